#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "ncurses_shim.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#include "restore.h"
#include "terminfo.h"

#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"
#define REPORTS_ON "\033[?2004h\033[?1004h"
#define REPORTS_OFF "\033[?1004l\033[?2004l"
#define SYNC_BEGIN "\033[?2026h"
#define SYNC_END "\033[?2026l"
#define LENGTH(literal) (sizeof(literal) - 1)

// A window may claim 65535 x 65535 cells; nobody has more than these.
enum { MAX_COLUMNS = 2000, MAX_ROWS = 1000 };

static SCREEN *screen;
static FILE *curses_out, *curses_in;
// ncurses writes to `curses_fd`; while a frame is made it is `frame_fd`, a file in memory, so that the
// frame leaves in one write, wrapped and counted.
static int curses_fd = -1, frame_fd = -1, tty_fd = -1, is_capturing;
static struct termios raw_modes;
static int mouse_is_on, cursor_is_visible;
// Whether the terminal is ours at present. isendwin() does not say it: between `terminal_enter` and the next frame
// the line modes and the reports are ours, while ncurses has not come back to the alternate screen yet.
static int holds_terminal;
// The terminal's attributes are none, as the last frame left them.
static int is_plain;
static uint64_t bytes_written;

void terminal_set_locale(void) {
  setlocale(LC_ALL, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

// ---- bytes out ----

static int write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(tty_fd, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
      bytes_written += (uint64_t)written;
    } else if (written < 0 && errno == EAGAIN) {
      struct pollfd ready = {.fd = tty_fd, .events = POLLOUT};
      poll(&ready, 1, 1000);
    } else if (written < 0 && errno == EINTR) {
      continue;
    } else {
      return -1;
    }
  }
  return 0;
}

int terminal_send(const char *bytes, int count) {
  is_plain = 0;
  return holds_terminal && count > 0 ? write_all(bytes, (size_t)count) : 0;
}

uint64_t terminal_bytes_written(void) { return bytes_written; }

/// Runs ncurses' own output into memory, then sends it, inside a synchronised update if it is a frame.
static void capture_begin(void) {
  if (is_capturing) return;
  is_capturing = 1;
  if (frame_fd < 0 || ftruncate(frame_fd, 0) != 0) return;
  lseek(frame_fd, 0, SEEK_SET);
  dup2(frame_fd, curses_fd);
}

static int capture_end(void) {
  is_capturing = 0;
  if (frame_fd < 0) return 0;
  dup2(tty_fd, curses_fd);
  off_t count = lseek(frame_fd, 0, SEEK_CUR);
  if (count <= 0) return 0;
  size_t total = (size_t)count + LENGTH(SYNC_BEGIN) + LENGTH(SYNC_END);
  char *bytes = malloc(total);
  if (!bytes) return -1;
  memcpy(bytes, SYNC_BEGIN, LENGTH(SYNC_BEGIN));
  ssize_t got = pread(frame_fd, bytes + LENGTH(SYNC_BEGIN), (size_t)count, 0);
  got = got < 0 ? 0 : (ssize_t)frame_shorten(bytes + LENGTH(SYNC_BEGIN), (size_t)got, is_plain);
  is_plain = 1;
  memcpy(bytes + LENGTH(SYNC_BEGIN) + got, SYNC_END, LENGTH(SYNC_END));
  int status = write_all(bytes, LENGTH(SYNC_BEGIN) + (size_t)got + LENGTH(SYNC_END));
  free(bytes);
  return status;
}

// ---- open and close ----

static void reports_on(void) {
  write_all(REPORTS_ON, LENGTH(REPORTS_ON));
  if (mouse_is_on) write_all(MOUSE_ON, LENGTH(MOUSE_ON));
}

static void reports_off(void) {
  write_all(SYNC_END MOUSE_OFF REPORTS_OFF, LENGTH(SYNC_END MOUSE_OFF REPORTS_OFF));
}

static int uses_colors = 1;

// What the variable was, to be given to `give_back`; NULL where it was not set.
static char *lend(const char *name, const char *value) {
  const char *old = getenv(name);
  char *kept = old ? strdup(old) : NULL;
  setenv(name, value, 1);
  return kept;
}

static void give_back(const char *name, char *kept) {
  if (kept) setenv(name, kept, 1);
  else unsetenv(name);
  free(kept);
}

static SCREEN *new_screen(const char *name) {
  // The user's LINES and COLUMNS and the window may claim more cells than there is memory for, and an entry, as that
  // of the Linux console, may have no size, without which there is no screen. `terminal_resize` sets the window's.
  char *kept_rows = lend("LINES", "24"), *kept_columns = lend("COLUMNS", "80");
  use_env(TRUE);
  use_tioctl(FALSE);
  struct terminfo_loan loan = terminfo_borrow(name);
  SCREEN *made = newterm((char *)name, curses_out, curses_in);
  terminfo_return(loan);
  use_env(FALSE);
  give_back("LINES", kept_rows);
  give_back("COLUMNS", kept_columns);
  return made;
}

static void prepare_screen(void) {
  raw();
  noecho();
  nonl();
  typeahead(-1);  // a frame is never cut short because a key came in
  tcgetattr(tty_fd, &raw_modes);
  // Without it ncurses sends no byte about colours, not even the terminal's own pair at the end.
  if (uses_colors && has_colors()) {
    start_color();
    if (use_default_colors() != OK) assume_default_colors(COLOR_WHITE, COLOR_BLACK);
  }
  cursor_is_visible = 1;
}

int terminal_open(const char *name, int input, int output, int uses_mouse, int with_colors) {
  if (screen || tcgetattr(output, &restore_modes) != 0) return -1;
  uses_colors = with_colors;
  curses_fd = fcntl(output, F_DUPFD_CLOEXEC, 3);
  int input_copy = fcntl(input, F_DUPFD_CLOEXEC, 3);
  curses_out = curses_fd >= 0 ? fdopen(curses_fd, "w") : NULL;
  curses_in = input_copy >= 0 ? fdopen(input_copy, "r") : NULL;
  if (curses_out && curses_in) screen = new_screen(name);
  if (!screen) {
    if (curses_out) fclose(curses_out);
    if (curses_in) fclose(curses_in);
    curses_out = curses_in = NULL;
    return -1;
  }
  tty_fd = output;
  restore_output = output;
  holds_terminal = 1;
  is_plain = 0;
  frame_fd = memfd_create("frame", MFD_CLOEXEC);
  prepare_screen();
  mouse_is_on = uses_mouse;
  reports_on();
  terminal_resize();
  return 0;
}

int terminal_switch(const char *name) {
  if (!holds_terminal || isendwin()) return -1;
  // One synchronised update from the old screen to the new one's first frame, which ends it.
  write_all(SYNC_BEGIN, LENGTH(SYNC_BEGIN));
  is_plain = 0;
  curs_set(1);
  endwin();
  SCREEN *old = screen, *next = new_screen(name);
  if (next) {
    // The old one is not deleted, once in a process: that takes stdscr and the like of the new one away too.
    screen = next;
    prepare_screen();
  } else {
    set_term(old);
    cursor_is_visible = -1;
    tcsetattr(tty_fd, TCSADRAIN, &raw_modes);
  }
  terminal_resize();
  return next ? 0 : -1;
}

void terminal_leave(void) {
  if (!holds_terminal) return;
  holds_terminal = 0;
  // Stopped from outside and continued with `bg`, we are in the background, where writing may stop us once more. The
  // line modes are the shell's there: it has set them for itself.
  sigset_t background, before;
  sigemptyset(&background);
  sigaddset(&background, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &background, &before);
  reports_off();
  if (!isendwin()) {
    curs_set(1);
    endwin();
  }
  if (job_is_in_foreground(tty_fd)) tcsetattr(tty_fd, TCSADRAIN, &restore_modes);
  restore_output = -1;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void terminal_close(void) {
  if (!screen) return;
  terminal_leave();
  delscreen(screen);
  screen = NULL;
  fclose(curses_out);
  fclose(curses_in);
  curses_out = curses_in = NULL;
  if (frame_fd >= 0) close(frame_fd);
  curses_fd = frame_fd = tty_fd = -1;
}

void terminal_enter(void) {
  if (!screen) return;
  holds_terminal = 1;
  is_plain = 0;
  restore_output = tty_fd;
  // Not reset_prog_mode(): the next frame is made on a file, and ncurses would take that for the terminal.
  tcsetattr(tty_fd, TCSADRAIN, &raw_modes);
  cursor_is_visible = -1;
  // A stop from outside (SIGSTOP) left ncurses in the belief that it still holds the screen.
  if (!isendwin()) endwin();
  tcsetattr(tty_fd, TCSADRAIN, &raw_modes);
  reports_on();
  terminal_resize();
}

void terminal_set_mouse(int on) {
  mouse_is_on = on;
  if (holds_terminal && on) write_all(MOUSE_ON, LENGTH(MOUSE_ON));
  if (holds_terminal && !on) write_all(MOUSE_OFF, LENGTH(MOUSE_OFF));
}

// ---- size ----

void terminal_size(int *columns, int *rows) {
  *columns = screen ? getmaxx(stdscr) : 0;
  *rows = screen ? getmaxy(stdscr) : 0;
}

void terminal_cell_size(int *width, int *height) {
  struct winsize window = {0};
  ioctl(tty_fd, TIOCGWINSZ, &window);
  int is_known = window.ws_col > 0 && window.ws_row > 0;
  // a border that belongs to no cell is less than a pixel for each
  *width = is_known ? window.ws_xpixel / window.ws_col : 0;
  *height = is_known ? window.ws_ypixel / window.ws_row : 0;
}

/// What the window says; where it does not know, as on a serial line, what the environment says.
static int extent(int window, const char *variable, int most) {
  const char *said = window > 0 ? NULL : getenv(variable);
  long extent = said ? strtol(said, NULL, 10) : window;
  return extent < 0 ? 0 : extent > most ? most : (int)extent;
}

void terminal_resize(void) {
  if (!screen) return;
  struct winsize window = {0};
  ioctl(tty_fd, TIOCGWINSZ, &window);
  int rows = extent(window.ws_row, "LINES", MAX_ROWS);
  int columns = extent(window.ws_col, "COLUMNS", MAX_COLUMNS);
  if (rows > 0 && columns > 0) resizeterm(rows, columns);
  terminal_repaint();
}

void terminal_repaint(void) {
  is_plain = 0;
  if (screen) clearok(curscr, TRUE);
}

// ---- cells ----

int terminal_color_pairs(void) { return screen && has_colors() ? COLOR_PAIRS : 0; }

int terminal_define_pair(int pair, int foreground, int background) {
  // alloc_pair() crashes in 6.4 where there are no colours, and recycles pairs that are in use.
  if (!screen || !has_colors() || pair < 1 || pair >= COLOR_PAIRS) return -1;
  return init_extended_pair(pair, foreground, background) == OK ? 0 : -1;
}

void terminal_forget_pairs(void) {
  if (screen && has_colors()) reset_color_pairs();
}

static attr_t curses_attributes(int attributes) {
  attr_t result = A_NORMAL;
  if (attributes & TERMINAL_BOLD) result |= A_BOLD;
  if (attributes & TERMINAL_UNDERLINE) result |= A_UNDERLINE;
  if (attributes & TERMINAL_REVERSE) result |= A_REVERSE;
  return result;
}

static void put_glyph(int row, int column, wchar_t *glyph, attr_t attributes, int pair) {
  cchar_t cell;
  // The pair goes through `opts`: in the other argument it is a short, in COLOR_PAIR() 8 bits.
  if (setcchar(&cell, glyph, attributes, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void terminal_put(int row, int column, int columns, const char *cluster, int attributes, int pair) {
  if (!screen) return;
  attr_t drawn = curses_attributes(attributes);
  wchar_t glyph[CCHARW_MAX + 1];
  int used = 0, end = column + columns;
  size_t left = strlen(cluster);
  mbstate_t state;
  memset(&state, 0, sizeof state);
  // A cluster is one glyph (a spacing character and its marks), or two in the case of a flag.
  while (left > 0 && column < end) {
    wchar_t next;
    size_t length = mbrtowc(&next, cluster, left, &state);
    if (length == 0 || length > left) break;
    int width = wcwidth(next);
    if (width < 0) next = 0xFFFD, width = 1;
    if (width > 0 && used > 0) {
      int advance = wcwidth(glyph[0]);
      put_glyph(row, column, glyph, drawn, pair);
      column += advance > 0 ? advance : 1;
      used = 0;
    }
    if (width == 0 && used == 0) glyph[used++] = L' ';
    if (column + (width > 0 ? width : 1) > end) break;
    if (used < CCHARW_MAX) glyph[used++] = next;
    glyph[used] = 0;
    cluster += length;
    left -= length;
  }
  if (used > 0 && column < end) {
    int advance = wcwidth(glyph[0]);
    put_glyph(row, column, glyph, drawn, pair);
    column += advance > 0 ? advance : 1;
  }
  wchar_t blank[] = L" ";
  for (; column < end; column += 1) put_glyph(row, column, blank, drawn, pair);
}

void terminal_advance(void) {
  if (!holds_terminal) return;
  capture_begin();
  // the cursor is moved at the end of the frame
  leaveok(stdscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
}

int terminal_present(int cursor_row, int cursor_column) {
  if (!holds_terminal) return -1;
  int is_visible = cursor_row >= 0;
  capture_begin();
  if (is_visible) move(cursor_row, cursor_column);
  leaveok(stdscr, !is_visible);
  if (is_visible != cursor_is_visible) {
    curs_set(is_visible);
    cursor_is_visible = is_visible;
  }
  wnoutrefresh(stdscr);
  doupdate();
  return capture_end();
}
