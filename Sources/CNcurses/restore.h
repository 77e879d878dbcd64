// What a crash needs to give the terminal back and to save the text; written by screen.c and rescue.c, read by signals.c.
#pragma once
#include <termios.h>

/// -1 while the terminal is not ours.
extern volatile int restore_output;
extern struct termios restore_modes;

/// Writes what `rescue_keep` was given last; 1 where it is in its file. May be called in a signal handler.
int rescue_write(void);
