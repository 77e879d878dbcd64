// What a crash writes to a file. It is made ready beforehand, because a handler may neither allocate nor format.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ncurses_shim.h"
#include "restore.h"

struct rescue {
  char *bytes;
  size_t count, capacity;
};

static char path[PATH_MAX], beside[PATH_MAX];
// One is what a crash would write, the other is where the next one is made ready.
static struct rescue copies[2];
static _Atomic(struct rescue *) present;
static atomic_int is_writing;

int rescue_open(const char *file) {
  if (strlen(file) + sizeof ".part" > sizeof path) return -1;
  strcpy(path, file);
  strcat(strcpy(beside, file), ".part");
  return 0;
}

void rescue_keep(const char *bytes, unsigned long count) {
  struct rescue *next = atomic_load(&present) == &copies[0] ? &copies[1] : &copies[0];
  if (atomic_load(&is_writing)) return;
  if (count > next->capacity) {
    size_t capacity = count + count / 2 + 4096;
    char *grown = realloc(next->bytes, capacity);
    if (!grown) return;
    next->bytes = grown;
    next->capacity = capacity;
  }
  memcpy(next->bytes, bytes, count);
  next->count = count;
  atomic_store(&present, next);
}

void rescue_drop(void) { atomic_store(&present, NULL); }

int rescue_write(void) {
  atomic_store(&is_writing, 1);
  struct rescue *kept = atomic_load(&present);
  if (!kept || !path[0]) return 0;
  int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return 0;
  size_t done = 0;
  while (done < kept->count) {
    ssize_t written = write(file, kept->bytes + done, kept->count - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += (size_t)written;
  }
  int is_whole = done == kept->count && close(file) == 0;
  if (is_whole && rename(beside, path) == 0) return 1;
  unlink(beside);
  return 0;
}
