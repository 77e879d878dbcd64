#define NCURSES_WIDECHAR 1
#include "terminfo.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "direct_terminfo.h"
#include "ncurses_shim.h"

#include <term.h>  // last: it defines `columns`, `lines` and many more

const char *terminal_direct_name(void) { return DIRECT_TERMINFO_NAME; }

char *terminfo_borrow(const char *name) {
  const char *old = getenv("TERMINFO");
  char *kept = old ? strdup(old) : NULL;
  if (strcmp(name, DIRECT_TERMINFO_NAME) == 0) setenv("TERMINFO", "b64:" DIRECT_TERMINFO, 1);
  return kept;
}

void terminfo_return(const char *name, char *kept) {
  if (strcmp(name, DIRECT_TERMINFO_NAME) == 0) {
    if (kept) setenv("TERMINFO", kept, 1);
    else unsetenv("TERMINFO");
  }
  free(kept);
}

enum terminal_kind terminal_probe(const char *name, int *colors, int *has_direct_colors) {
  *colors = 0;
  *has_direct_colors = 0;
  char *kept = terminfo_borrow(name);
  int error = 0;
  int known = setupterm((char *)name, STDOUT_FILENO, &error) == OK;
  terminfo_return(name, kept);
  if (!known) return TERMINAL_UNKNOWN;
  char *cup = tigetstr("cup");
  int count = tigetnum("colors");
  *colors = count > 0 ? count : 0;
  *has_direct_colors = tigetflag("RGB") > 0 || tigetflag("Tc") > 0;
  enum terminal_kind kind = cup && cup != (char *)-1 ? TERMINAL_USABLE : TERMINAL_UNUSABLE;
  del_curterm(cur_term);
  return kind;
}
