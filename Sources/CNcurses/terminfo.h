// ncurses reads an entry out of $TERMINFO itself (terminfo(5), "b64:"), so that ours needs no file.
#pragma once

/// Puts our entry there if `name` is its name; what was there goes back with `terminfo_return`.
char *terminfo_borrow(const char *name);
void terminfo_return(const char *name, char *kept);
