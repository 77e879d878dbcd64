// ncurses reads an entry out of $TERMINFO itself (terminfo(5), "b64:"), so that ours need no file.
#pragma once

/// What $TERMINFO was while one of our entries stands there.
struct terminfo_loan {
  int is_lent;
  char *kept;
};

/// Puts our entry there if `name` is its name, or if it is the name of a usual terminal that the system's
/// database doesn't have, as on a machine without one. What was there goes back with `terminfo_return`.
struct terminfo_loan terminfo_borrow(const char *name);
void terminfo_return(struct terminfo_loan loan);
