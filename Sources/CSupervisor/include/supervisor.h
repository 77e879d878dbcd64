#pragma once
// A program of the user's own with pipes to it, and a process of ours between that ends whatever the
// program started: as a subreaper it gets every descendant, also one with a session of its own, and
// it learns from a pipe that this program is gone, however that came about.

#include <sys/types.h>

typedef struct {
  /// Ends as the program ended: with its status or by its signal.
  pid_t supervisor;
  /// To the program's standard input; from its standard output and standard error.
  int input, output, errors;
  /// When it is closed, the program and all its descendants are killed, and the supervisor ends.
  int lifeline;
} supervised;

/// Starts `/bin/sh -c command` in a session without a terminal, all signals as by default, no
/// descriptors but the standard ones. All of ours are closed on exec.
/// Returns 0, or an error number; then nothing was started.
int supervise(const char *command, supervised *program);
