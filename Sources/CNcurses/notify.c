#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "ncurses_shim.h"

int wake_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void wake_post(int wake) {
  uint64_t one = 1;
  if (write(wake, &one, sizeof one) < 0) {
    // The counter is full, so the reader is woken anyway.
  }
}

void wake_drain(int wake) {
  uint64_t count;
  if (read(wake, &count, sizeof count) < 0) {
    // Nobody posted.
  }
}

int watch_open(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

int watch_add(int watch, const char *folder) {
  return inotify_add_watch(
      watch, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR);
}

void watch_remove(int watch, int descriptor) { inotify_rm_watch(watch, descriptor); }

int watch_drain(int watch) {
  char events[4096];
  int any = 0;
  while (read(watch, events, sizeof events) > 0) any = 1;
  return any;
}
