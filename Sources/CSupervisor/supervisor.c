#define _GNU_SOURCE
#include "supervisor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Between fork and exec, and in the supervisor for all its life, only system calls are made: another
// thread may have held any lock of the C library at the fork.

// ---- the descendants ----

/// The parent in a line of /proc/N/stat; the name before it may hold anything, spaces and brackets too.
static pid_t parent_of(int proc, const char *number) {
  char path[32], line[512];
  size_t length = strlen(number);
  if (length > sizeof path - 6) return 0;
  memcpy(path, number, length);
  memcpy(path + length, "/stat", 6);
  int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, line, sizeof line - 1);
  close(file);
  if (count <= 0) return 0;
  line[count] = 0;
  const char *end = strrchr(line, ')');
  // ") S 123"
  if (!end || strlen(end) < 5) return 0;
  pid_t parent = 0;
  for (const char *digit = end + 4; *digit >= '0' && *digit <= '9'; digit += 1)
    parent = parent * 10 + (*digit - '0');
  return parent;
}

struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

/// A child's number is its own until it is waited for, so none but our own children are hit.
static void kill_children(pid_t self) {
  int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (proc < 0) return;
  _Alignas(struct entry) char buffer[4096];
  for (;;) {
    long count = syscall(SYS_getdents64, proc, buffer, sizeof buffer);
    if (count <= 0) break;
    for (long place = 0; place < count;) {
      struct entry *entry = (struct entry *)(buffer + place);
      place += entry->length;
      if (entry->name[0] < '1' || entry->name[0] > '9') continue;
      if (parent_of(proc, entry->name) != self) continue;
      pid_t child = 0;
      for (const char *digit = entry->name; *digit; digit += 1) child = child * 10 + (*digit - '0');
      kill(child, SIGKILL);
    }
  }
  close(proc);
}

// ---- the supervisor ----

/// What the kernel is told of a signal. The C library's own call takes a lock where the signal is SIGABRT
/// (since glibc 2.41), and the fork may have copied it locked by another thread.
static void set_signal(int number, void (*handler)(int)) {
  // as the kernel has it on x86-64 and AArch64: handler, flags, restorer, and a mask of 64 signals
  struct {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
  } action = {handler, 0, NULL, 0};
  syscall(SYS_rt_sigaction, number, &action, NULL, sizeof action.mask);
}

static void exit_as(int status) {
  if (WIFSIGNALED(status)) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    int number = WTERMSIG(status);
    set_signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    kill(getpid(), number);
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

/// Gives back what lies in one line of /proc/self/maps, where that is anonymous memory, but for the
/// neighbourhood of this thread's stack and its own data.
static void drop_mapping(const char *line) {
  const uintptr_t part = 1 << 20;
  uintptr_t kept[] = {(uintptr_t)&line, (uintptr_t)&errno};
  char *rest;
  uintptr_t start = strtoull(line, &rest, 16);
  uintptr_t end = strtoull(rest + 1, &rest, 16);
  // "-" [permissions] [offset] [device] [inode] [name]
  int is_anonymous = strncmp(rest, " rw-p", 5) == 0 && !strchr(rest, '/') && !strchr(rest, '[');
  if (!is_anonymous && !strstr(rest, "[heap]")) return;
  for (uintptr_t place = start; place + part <= end; place += part) {
    int is_kept = 0;
    for (int i = 0; i < 2; i += 1)
      if (place < kept[i] + part && kept[i] < place + 2 * part) is_kept = 1;
    if (!is_kept) madvise((void *)place, part, MADV_DONTNEED);
  }
}

/// The fork left memory shared: a model that the parent closes would stay.
static void drop_memory(void) {
  int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (maps < 0) return;
  char buffer[4096], line[512];
  size_t length = 0;
  ssize_t count;
  while ((count = read(maps, buffer, sizeof buffer)) > 0)
    for (ssize_t i = 0; i < count; i += 1) {
      if (buffer[i] != '\n') {
        if (length < sizeof line - 1) line[length++] = buffer[i];
        continue;
      }
      line[length] = 0;
      length = 0;
      drop_mapping(line);
    }
  close(maps);
}

/// Waits for children until there are none, or until the parent closes the lifeline, and then kills
/// them all.
static void watch(int lifeline, int signals, pid_t program) {
  pid_t self = getpid();
  int status = 0, is_closed = 0;
  for (;;) {
    int found;
    pid_t child;
    while ((child = waitpid(-1, &found, WNOHANG)) > 0)
      if (child == program) status = found;
    if (child < 0 && errno == ECHILD) exit_as(status);
    if (is_closed) {
      // What a killed one leaves behind is a child of ours at the next turn.
      kill_children(self);
      poll(NULL, 0, 1);
      continue;
    }
    struct pollfd events[] = {{lifeline, POLLIN, 0}, {signals, POLLIN, 0}};
    if (poll(events, 2, -1) < 0) continue;
    if (events[0].revents) {
      is_closed = 1;
      kill(-program, SIGKILL);
    }
    struct signalfd_siginfo read_one;
    if (events[1].revents && read(signals, &read_one, sizeof read_one) < 0) continue;
  }
}

static void reset_signals(int ignored) {
  for (int number = 1; number < NSIG; number += 1)
    if (number != SIGCHLD) set_signal(number, ignored ? SIG_IGN : SIG_DFL);
  set_signal(SIGCHLD, SIG_DFL);
}

// ---- the program ----

static void run(const char *command, const int streams[3], int told, pid_t supervisor) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
  setpgid(0, 0);
  reset_signals(0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int i = 0; i < 3; i += 1) dup2(streams[i], i);
  syscall(SYS_close_range, 3, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */);
  execl("/bin/sh", "sh", "-c", command, NULL);
  int code = errno;
  if (write(told, &code, sizeof code) < 0) _exit(126);
  _exit(127);
}

static void supervise_here(
    const char *command, const int streams[3], int lifeline, int told) {
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_NAME, "whylight-guard");
  reset_signals(1);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  pid_t self = getpid();
  pid_t program = _Fork();
  if (program == 0) run(command, streams, told, self);
  if (program < 0) {
    int code = errno;
    if (write(told, &code, sizeof code) < 0) _exit(126);
    _exit(127);
  }
  setpgid(program, program);
  dup2(lifeline, 0);
  syscall(SYS_close_range, 1, ~0U, 0);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  int signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  drop_memory();
  watch(0, signals, program);
}

// ---- the parent ----

static void close_all(int pipes[][2], int count) {
  for (int i = 0; i < count; i += 1)
    for (int end = 0; end < 2; end += 1)
      if (pipes[i][end] >= 0) close(pipes[i][end]);
}

/// Never one of the three standard descriptors, which may be closed.
static int make_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  for (int end = 0; end < 2; end += 1) {
    if (ends[end] > 2) continue;
    int higher = fcntl(ends[end], F_DUPFD_CLOEXEC, 3);
    if (higher < 0) return errno;
    close(ends[end]);
    ends[end] = higher;
  }
  return 0;
}

int supervise(const char *command, supervised *program) {
  enum { input, output, errors, life, told, count };
  int pipes[count][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  for (int i = 0; i < count; i += 1) {
    int code = make_pipe(pipes[i]);
    if (code != 0) {
      close_all(pipes, count);
      return code;
    }
  }
  // No handler of ours may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t supervisor = _Fork();
  int code = supervisor < 0 ? errno : 0;
  if (supervisor == 0) {
    int streams[] = {pipes[input][0], pipes[output][1], pipes[errors][1]};
    supervise_here(command, streams, pipes[life][0], pipes[told][1]);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (code == 0) {
    close(pipes[told][1]);
    pipes[told][1] = -1;
    ssize_t got;
    do got = read(pipes[told][0], &code, sizeof code);
    while (got < 0 && errno == EINTR);
    if (got != sizeof code) code = 0;
    if (code != 0)
      while (waitpid(supervisor, NULL, 0) < 0 && errno == EINTR) {}
  }
  if (code != 0) {
    close_all(pipes, count);
    return code;
  }
  program->supervisor = supervisor;
  int *kept[] = {&pipes[input][1], &pipes[output][0], &pipes[errors][0], &pipes[life][1]};
  int *places[] = {&program->input, &program->output, &program->errors, &program->lifeline};
  for (int i = 0; i < 4; i += 1) {
    *places[i] = *kept[i];
    *kept[i] = -1;
  }
  close_all(pipes, count);
  return 0;
}
