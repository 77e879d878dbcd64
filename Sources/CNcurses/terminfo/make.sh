#!/bin/sh
# Compiles direct.ti into ../direct_terminfo.h. Needs tic and infocmp of ncurses 6.2 or later.
set -eu
cd "$(dirname "$0")"
compiled=$(mktemp -d)
trap 'rm -r "$compiled"' EXIT
tic -x -o "$compiled" direct.ti
base64=$(TERMINFO=$compiled infocmp -x -0 -Q2 whylight-direct | sed -n 's/^b64://p')
{
  echo '// Made by terminfo/make.sh from terminfo/direct.ti.'
  echo '#pragma once'
  echo '#define DIRECT_TERMINFO_NAME "whylight-direct"'
  echo '#define DIRECT_TERMINFO \'
  echo "$base64" | fold -w 96 | sed 's/.*/  "&" \\/'
  echo '  ""'
} > ../direct_terminfo.h
