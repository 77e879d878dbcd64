// What the crash handler needs to give the terminal back; written by screen.c, read by signals.c.
#pragma once
#include <termios.h>

/// -1 while the terminal is not ours.
extern volatile int restore_output;
extern struct termios restore_modes;

void restore_write(int fd, const char *bytes, unsigned long count);
