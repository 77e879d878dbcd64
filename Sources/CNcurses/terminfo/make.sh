#!/bin/sh
# Compiles direct.ti into ../direct_terminfo.h, and takes the entries of the usual terminals from the system's
# database into ../known_terminfo.h. Needs tic, infocmp and the entries of ncurses 6.2 or later (ncurses-bin, ncurses-term).
set -eu
cd "$(dirname "$0")"
compiled=$(mktemp -d)
trap 'rm -r "$compiled"' EXIT
tic -x -o "$compiled" direct.ti

# The entry as ncurses reads it from $TERMINFO, as one C string.
string() {
  infocmp -x -0 -Q2 "$1" | sed -n 's/^b64://p' | fold -w 96 | sed "s/.*/  \"&\"$2/"
}

{
  echo '// Made by terminfo/make.sh from terminfo/direct.ti.'
  echo '#pragma once'
  echo '#define DIRECT_TERMINFO_NAME "whylight-direct"'
  echo '#define DIRECT_TERMINFO \'
  TERMINFO=$compiled string whylight-direct ' \\'
  echo '  ""'
} > ../direct_terminfo.h

{
  echo '// Made by terminfo/make.sh from the database of ncurses.'
  echo '#pragma once'
  echo 'static const struct {'
  echo '  const char *name, *entry;'
  echo '} known_terminfo[] = {'
  for name in xterm-256color xterm screen-256color screen tmux-256color tmux linux vt100 alacritty konsole-256color \
    putty-256color rxvt-unicode-256color st-256color vte-256color; do
    echo "    {\"$name\","
    string "$name" ''
    echo '    },'
  done
  echo '};'
} > ../known_terminfo.h
