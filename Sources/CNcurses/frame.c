#define _GNU_SOURCE
// What ncurses sends for a frame, said in fewer bytes.
//
// ncurses changes attributes as soon as it thinks of them: a reset and both colours for each word that has another
// background. Here a change waits until something is written that shows it, and says only what is new.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ncurses_shim.h"

enum { MOST_NUMBERS = 64, MOST_LOOKAHEAD = 256 };

/// The attributes that a cell is written with.
struct pen {
  /// What stood before the frame still holds, whatever it was.
  int is_inherited;
  /// Bit n is set where attribute n (1 bold, 4 underlined, 7 reversed) is.
  unsigned attributes;
  /// The parameters of both colours; empty is the terminal's own.
  char foreground[24], background[24];
};

/// What of a pen is seen on a blank: lines through and below it, and that it is reversed.
static const unsigned SEEN_ON_BLANKS = 1u << 4 | 1u << 7 | 1u << 9;

static int is_equal(const struct pen *a, const struct pen *b) {
  return a->is_inherited == b->is_inherited && a->attributes == b->attributes &&
         strcmp(a->foreground, b->foreground) == 0 && strcmp(a->background, b->background) == 0;
}

/// The length of the control sequence (`ESC [ … letter`) that begins here; 0 where none does, or where it has no end.
static size_t sequence_length(const char *bytes, size_t count) {
  if (count < 3 || bytes[0] != '\033' || bytes[1] != '[') return 0;
  size_t length = 2;
  while (length < count && bytes[length] >= 0x20 && bytes[length] <= 0x3F) length += 1;
  return length < count && bytes[length] >= 0x40 && bytes[length] <= 0x7E ? length + 1 : 0;
}

/// Whether attributes change here, also in a form that is not known: `<`, `=`, `>` and `?` begin what is the terminal's
/// own affair.
static int is_change(const char *bytes, size_t length) {
  return length >= 3 && bytes[0] == '\033' && bytes[1] == '[' && bytes[length - 1] == 'm' &&
         !(bytes[2] >= '<' && bytes[2] <= '?');
}

/// Moves of the cursor and modes of the terminal show no attribute; whatever erases, inserts or scrolls may.
static int shows_attributes(const char *bytes, size_t length) {
  char last = bytes[length - 1];
  return bytes[2] == '?' ? 0 : strchr("HGdABCD", last) == NULL;
}

/// Reads the parameters of a change; 0 where there is one that is not known here.
/// - knows_own: becomes 1 where a colour is the terminal's own again.
static int apply(struct pen *pen, const char *bytes, size_t length, int *knows_own) {
  unsigned short numbers[MOST_NUMBERS], number = 0;
  int count = 0;
  for (size_t i = 2; i < length; i += 1) {
    if (bytes[i] >= '0' && bytes[i] <= '9') {
      number = (unsigned short)(number * 10 + (bytes[i] - '0'));
      if (number > 999) return 0;
      continue;
    }
    // a colon's numbers belong together: a line of another form (4:3), a colour (38:5:16)
    if (bytes[i] != ';' && i + 1 < length) return 0;
    if (count == MOST_NUMBERS) return 0;
    numbers[count++] = number;
    number = 0;
  }
  for (int i = 0; i < count; i += 1) {
    int code = numbers[i];
    char *color = (code >= 40 && code <= 49) || code >= 100 ? pen->background : pen->foreground;
    if (code == 0) {
      *pen = (struct pen){0};
    } else if (code <= 9) {
      pen->attributes |= 1u << code;
    } else if (code >= 22 && code <= 29 && code != 26 && !pen->is_inherited) {
      pen->attributes &= code == 22 ? ~(1u << 1 | 1u << 2) : ~(1u << (code - 20));
    } else if ((code >= 30 && code <= 37) || (code >= 40 && code <= 47) || (code >= 90 && code <= 97) ||
               (code >= 100 && code <= 107)) {
      snprintf(color, sizeof pen->foreground, "%d", code);
    } else if (code == 39 || code == 49) {
      *knows_own = 1;
      // where attributes are inherited, nothing else says that the colour is not
      snprintf(color, sizeof pen->foreground, "%s", pen->is_inherited ? (code == 39 ? "39" : "49") : "");
    } else if ((code == 38 || code == 48) && i + 2 < count && numbers[i + 1] == 5) {
      snprintf(color, sizeof pen->foreground, "%d;5;%hu", code, numbers[i + 2]);
      i += 2;
    } else if ((code == 38 || code == 48) && i + 4 < count && numbers[i + 1] == 2 && numbers[i + 2] < 256 &&
               numbers[i + 3] < 256 && numbers[i + 4] < 256) {
      snprintf(color, sizeof pen->foreground, "%d;2;%hu;%hu;%hu", code, numbers[i + 2], numbers[i + 3], numbers[i + 4]);
      i += 4;
    } else {
      return 0;
    }
  }
  return 1;
}

/// Adds a parameter to a change.
static size_t add(char *out, size_t length, const char *parameter) {
  if (!*parameter) return length;
  return length + (size_t)sprintf(out + length, "%s%s", length > 2 ? ";" : "", parameter);
}

static size_t add_attributes(char *out, size_t length, unsigned attributes) {
  for (int code = 1; code <= 9; code += 1) {
    char parameter[2] = {(char)('0' + code), 0};
    if (attributes & 1u << code) length = add(out, length, parameter);
  }
  return length;
}

enum { LONGEST_CHANGE = 2 + 2 * 9 + 2 * 24 + 4 };

/// Writes the shortest change from one pen to another; nothing where they are equal.
/// - knows_own: the terminal is asked for its own colours by 39 and 49.
static size_t write_change(char *out, const struct pen *from, const struct pen *to, int knows_own) {
  if (is_equal(from, to)) return 0;
  char anew[LONGEST_CHANGE] = "\033[", further[LONGEST_CHANGE] = "\033[";
  size_t anew_length = 2, further_length = 2;
  int has_colors = *to->foreground || *to->background;
  if (to->attributes || has_colors) anew_length = add(anew, anew_length, "0");
  anew_length = add_attributes(anew, anew_length, to->attributes);
  anew_length = add(anew, anew_length, to->foreground);
  anew_length = add(anew, anew_length, to->background);
  anew[anew_length++] = 'm';

  int loses_color = (*from->foreground && !*to->foreground) || (*from->background && !*to->background);
  int is_further = from->is_inherited == to->is_inherited && !(from->attributes & ~to->attributes) &&
                   (!loses_color || knows_own);
  further_length = add_attributes(further, further_length, to->attributes & ~from->attributes);
  if (strcmp(from->foreground, to->foreground) != 0)
    further_length = add(further, further_length, *to->foreground ? to->foreground : "39");
  if (strcmp(from->background, to->background) != 0)
    further_length = add(further, further_length, *to->background ? to->background : "49");
  further[further_length++] = 'm';
  if (!to->is_inherited && (!is_further || anew_length < further_length)) {
    memcpy(out, anew, anew_length);
    return anew_length;
  }
  memcpy(out, further, further_length);
  return further_length;
}

/// What a blank needs of the wanted pen: the present one with the wanted background.
static int blank_pen(const struct pen *present, const struct pen *wanted, struct pen *blank) {
  unsigned seen = (present->attributes | wanted->attributes) & SEEN_ON_BLANKS;
  // what is inherited may be seen as well
  if (seen || present->is_inherited || wanted->is_inherited) return 0;
  *blank = *present;
  memcpy(blank->background, wanted->background, sizeof blank->background);
  return 1;
}

/// The length of what begins here: a control sequence, another escape sequence, or a byte.
static size_t part_length(const char *bytes, size_t count) {
  size_t length = sequence_length(bytes, count);
  if (length > 0) return length;
  if (*bytes != '\033' || count < 2) return 1;
  return (bytes[1] == '(' || bytes[1] == ')') && count > 2 ? 3 : 2;
}

/// The pen of the next character that is no blank; 0 where none is near.
static int next_pen(const char *bytes, size_t count, struct pen *pen) {
  size_t end = count < MOST_LOOKAHEAD ? count : MOST_LOOKAHEAD, from = 0;
  int knows_own = 0;
  while (from < end) {
    size_t length = part_length(bytes + from, count - from);
    if (is_change(bytes + from, length)) {
      if (!apply(pen, bytes + from, length, &knows_own)) return 0;
    } else if (length == 1 && (unsigned char)bytes[from] > ' ') {
      return 1;
    }
    from += length;
  }
  return 0;
}

/// Whether there are changes in a frame, all of them known here. Without one the terminal may be of another kind, to
/// which the other sequences mean something else.
static int knows_changes(const char *bytes, size_t count, int *knows_own) {
  struct pen pen = {.is_inherited = 1};
  int has_change = 0;
  for (size_t from = 0; from < count;) {
    size_t length = part_length(bytes + from, count - from);
    if (is_change(bytes + from, length)) {
      if (!apply(&pen, bytes + from, length, knows_own)) return 0;
      has_change = 1;
    }
    from += length;
  }
  return has_change;
}

static int holds(const char *bytes, size_t count, const char *sequence) {
  return memmem(bytes, count, sequence, strlen(sequence)) != NULL;
}

/// Whether attributes show in what is no change: a character, or what erases, inserts or scrolls.
static int is_shown(const char *bytes, size_t length) {
  if (*bytes != '\033') return *bytes == '\n' || (unsigned char)*bytes >= ' ';
  if (length < 2) return 0;
  if (bytes[1] == '[') return length < 3 || shows_attributes(bytes, length);
  return bytes[1] != '(' && bytes[1] != ')';
}

/// Whether a sequence that repeats the last character begins here.
static int is_repetition(const char *bytes, size_t count) {
  size_t length = sequence_length(bytes, count);
  return length > 0 && bytes[length - 1] == 'b';
}

/// The pen to write a blank with: the wanted one, or the present one with another background, whichever makes the
/// fewer bytes up to the next character.
static struct pen pen_of_blank(
    const struct pen *present, const struct pen *wanted, const char *bytes, size_t count, int knows_own) {
  struct pen blank, following = *wanted;
  // Some terminals repeat a character only where nothing stands between, no change either.
  if (is_repetition(bytes + 1, count - 1)) return *wanted;
  if (!blank_pen(present, wanted, &blank) || !next_pen(bytes, count, &following)) return *wanted;
  char scratch[LONGEST_CHANGE];
  size_t whole = write_change(scratch, present, wanted, knows_own) + write_change(scratch, wanted, &following, knows_own);
  size_t parts = write_change(scratch, present, &blank, knows_own) + write_change(scratch, &blank, &following, knows_own);
  return parts < whole ? blank : *wanted;
}

/// Writes the shorter frame; 0 where it would not be shorter, or where something in it is not known here.
/// - room: of `out`, more than `count`.
static size_t shorten(const char *bytes, size_t count, int begins_plain, char *out, size_t room) {
  // ncurses goes back to ASCII with each reset, because it might draw lines in the other character set. We never do:
  // once is enough, for a terminal that somebody else left in the other one.
  int drops_ascii = !holds(bytes, count, "\033(0") && !holds(bytes, count, "\016"), has_said_ascii = begins_plain;
  int knows_own = 0;
  if (!knows_changes(bytes, count, &knows_own)) return 0;
  struct pen present = {.is_inherited = !begins_plain}, wanted = present;
  size_t to = 0;
  for (size_t from = 0; from < count;) {
    const char *next = bytes + from;
    size_t length = part_length(next, count - from);
    if (to + length + 2 * LONGEST_CHANGE > room) return 0;
    from += length;
    if (is_change(next, length)) {
      apply(&wanted, next, length, &knows_own);
      continue;
    }
    if (drops_ascii && length == 3 && memcmp(next, "\033(B", 3) == 0) {
      if (has_said_ascii) continue;
      has_said_ascii = 1;
    }
    if (is_shown(next, length) && !is_equal(&present, &wanted)) {
      struct pen pen = *next == ' ' ? pen_of_blank(&present, &wanted, next, count - from + length, knows_own) : wanted;
      to += write_change(out + to, &present, &pen, knows_own);
      present = pen;
    }
    memcpy(out + to, next, length);
    to += length;
  }
  to += write_change(out + to, &present, &wanted, knows_own);
  return to < count ? to : 0;
}

unsigned long frame_shorten(char *bytes, unsigned long count, int begins_plain) {
  size_t room = count + 4 * LONGEST_CHANGE;
  char *out = malloc(room);
  if (!out) return count;
  size_t shorter = shorten(bytes, count, begins_plain, out, room);
  if (shorter > 0) memcpy(bytes, out, shorter);
  free(out);
  return shorter > 0 ? shorter : count;
}
