#define NCURSES_WIDECHAR 1
#include "terminfo.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "direct_terminfo.h"
#include "known_terminfo.h"
#include "ncurses_shim.h"

#include <term.h>  // last: it defines `columns`, `lines` and many more

const char *terminal_direct_name(void) { return DIRECT_TERMINFO_NAME; }

static int is_found(const char *name) {
  int error = 0;
  if (setupterm((char *)name, STDOUT_FILENO, &error) != OK) return 0;
  del_curterm(cur_term);
  return 1;
}

static const char *own_entry(const char *name) {
  if (strcmp(name, DIRECT_TERMINFO_NAME) == 0) return DIRECT_TERMINFO;
  for (size_t i = 0; i < sizeof known_terminfo / sizeof known_terminfo[0]; ++i) {
    if (strcmp(name, known_terminfo[i].name) == 0) return is_found(name) ? NULL : known_terminfo[i].entry;
  }
  return NULL;
}

struct terminfo_loan terminfo_borrow(const char *name) {
  struct terminfo_loan loan = {0, NULL};
  const char *entry = own_entry(name);
  if (!entry) return loan;
  char *value = malloc(strlen("b64:") + strlen(entry) + 1);
  if (!value) return loan;
  strcpy(value, "b64:");
  strcat(value, entry);
  const char *old = getenv("TERMINFO");
  loan.kept = old ? strdup(old) : NULL;
  loan.is_lent = setenv("TERMINFO", value, 1) == 0;
  free(value);
  return loan;
}

void terminfo_return(struct terminfo_loan loan) {
  if (loan.is_lent) {
    if (loan.kept) setenv("TERMINFO", loan.kept, 1);
    else unsetenv("TERMINFO");
  }
  free(loan.kept);
}

enum terminal_kind terminal_probe(const char *name, int *colors, int *has_direct_colors) {
  *colors = 0;
  *has_direct_colors = 0;
  struct terminfo_loan loan = terminfo_borrow(name);
  int error = 0;
  int known = setupterm((char *)name, STDOUT_FILENO, &error) == OK;
  terminfo_return(loan);
  if (!known) return TERMINAL_UNKNOWN;
  char *cup = tigetstr("cup");
  int count = tigetnum("colors");
  *colors = count > 0 ? count : 0;
  *has_direct_colors = tigetflag("RGB") > 0 || tigetflag("Tc") > 0;
  enum terminal_kind kind = cup && cup != (char *)-1 ? TERMINAL_USABLE : TERMINAL_UNUSABLE;
  del_curterm(cur_term);
  return kind;
}
