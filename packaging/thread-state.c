#include <fcntl.h>

/// What libdispatch calls instead of `open` where it asks the kernel for the state of a worker thread
/// (/proc/N/stat), once a second while work waits.
///
/// It ends the program if that fails, as in a root without /proc. Any number but -1 is a file to it, and one that
/// can't be read is a thread that doesn't run: it starts another one for the work that waits.
int open_thread_state(const char *path, int flags) {
  int file = open(path, flags);
  return file == -1 ? -2 : file;
}
