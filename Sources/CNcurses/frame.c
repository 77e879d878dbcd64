#define _GNU_SOURCE
// What ncurses sends for a frame, said in fewer bytes.
#include <string.h>

#include "ncurses_shim.h"

enum { MOST_PARAMETERS = 256 };

/// One or more attribute changes that follow each other without a character or a move between them.
struct change {
  int is_reset;
  size_t count;
  char parameters[MOST_PARAMETERS];
};

/// The length of the attribute change (`ESC [ ... m`) that begins here; 0 where none does.
static size_t change_length(const char *bytes, size_t count) {
  if (count < 3 || bytes[0] != '\033' || bytes[1] != '[') return 0;
  size_t length = 2;
  while (length < count && ((bytes[length] >= '0' && bytes[length] <= '9') || bytes[length] == ';')) length += 1;
  return length < count && bytes[length] == 'm' ? length + 1 : 0;
}

/// Adds the parameters of a change; what stood before one that begins with a reset says nothing. 0 where there is no room.
static int add(struct change *change, const char *parameters, size_t count) {
  int is_reset = count == 0 || parameters[0] == ';' || (parameters[0] == '0' && (count == 1 || parameters[1] == ';'));
  if (is_reset) {
    size_t first = count > 0 && parameters[0] == '0' ? 1 : 0;
    if (first < count) first += 1;
    change->is_reset = 1;
    change->count = 0;
    parameters += first;
    count -= first;
  }
  if (count == 0) return 1;
  if (change->count + 1 + count > MOST_PARAMETERS) return 0;
  if (change->count > 0) change->parameters[change->count++] = ';';
  memcpy(change->parameters + change->count, parameters, count);
  change->count += count;
  return 1;
}

static size_t write_change(char *out, const struct change *change) {
  size_t length = 0;
  out[length++] = '\033';
  out[length++] = '[';
  if (change->is_reset && change->count > 0) {
    out[length++] = '0';
    out[length++] = ';';
  }
  memcpy(out + length, change->parameters, change->count);
  length += change->count;
  out[length++] = 'm';
  return length;
}

static int holds(const char *bytes, size_t count, const char *sequence) {
  return memmem(bytes, count, sequence, strlen(sequence)) != NULL;
}

unsigned long frame_shorten(char *bytes, unsigned long count) {
  // ncurses goes back to ASCII with each reset, because it might draw lines in the other character set. We never do:
  // the first time in a frame is enough, for a terminal that somebody else left in the other one.
  int drops_ascii = !holds(bytes, count, "\033(0") && !holds(bytes, count, "\016"), has_said_ascii = 0;
  size_t from = 0, to = 0;
  while (from < count) {
    struct change change = {0};
    int is_change = 0;
    for (;;) {
      if (drops_ascii && count - from >= 3 && memcmp(bytes + from, "\033(B", 3) == 0) {
        // before the changes that are being joined, which it has nothing to do with
        if (!has_said_ascii) {
          memcpy(bytes + to, "\033(B", 3);
          to += 3;
        }
        has_said_ascii = 1;
        from += 3;
        continue;
      }
      size_t length = change_length(bytes + from, count - from);
      if (length == 0 || !add(&change, bytes + from + 2, length - 3)) break;
      is_change = 1;
      from += length;
    }
    if (is_change) {
      to += write_change(bytes + to, &change);
    } else if (from < count) {
      // also a change with more parameters than there is room for
      bytes[to++] = bytes[from++];
    }
  }
  return to;
}
