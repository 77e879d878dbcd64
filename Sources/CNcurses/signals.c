#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ncurses_shim.h"
#include "restore.h"

volatile int restore_output = -1;
struct termios restore_modes;

// ---- signals as bytes ----

static const int noticed[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGUSR1};
// Every signal that ends a process unless it is handled, but for crashes and for SIGPIPE and SIGXFSZ, which the
// program ignores. The real-time signals, which end it too, have no constants.
static const int ending[] = {SIGHUP,    SIGINT,  SIGQUIT, SIGTERM, SIGUSR2, SIGALRM,
                             SIGVTALRM, SIGPROF, SIGXCPU, SIGIO,   SIGPWR,  SIGSTKFLT};
#define COUNT(list) (int)(sizeof(list) / sizeof *(list))
static volatile int pipe_in = -1;
static int pipe_out = -1;
/// The second at which the process was first asked to end; 0 before.
static volatile time_t asked_to_end;

static void give_up(int number, int is_crash);

static void report(int number) {
  int kept = errno;
  unsigned char byte = (unsigned char)number;
  if (pipe_in >= 0 && write(pipe_in, &byte, 1) < 0) {
    // The pipe is full: the loop has plenty to wake up for.
  }
  errno = kept;
}

static void report_end(int number) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  // Asked again after two seconds: the loop does not listen, perhaps because the terminal takes no bytes.
  if (asked_to_end && now.tv_sec >= asked_to_end + 2) give_up(number, 0);
  if (!asked_to_end) asked_to_end = now.tv_sec ? now.tv_sec : 1;
  report(number);
}

static void handle(int number, void (*handler)(int), sigset_t *heard) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
  sigaddset(heard, number);
}

int signals_open(void) {
  int ends[2];
  if (pipe_out >= 0 || pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  pipe_out = ends[0];
  pipe_in = ends[1];
  // A parent may have started us with signals blocked: then no resize would ever arrive.
  sigset_t heard;
  sigemptyset(&heard);
  for (int i = 0; i < COUNT(noticed); i += 1) handle(noticed[i], report, &heard);
  for (int i = 0; i < COUNT(ending); i += 1) handle(ending[i], report_end, &heard);
  for (int number = SIGRTMIN; number <= SIGRTMAX; number += 1) handle(number, report_end, &heard);
  sigprocmask(SIG_UNBLOCK, &heard, NULL);
  return pipe_out;
}

static void die(int number) {
  signal(number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
}

// ---- crashes ----

static const char RESTORE[] =
    "\033[?2026l\033[?1006l\033[?1002l\033[?1000l\033[?2004l\033[?1004l\033[m\033[?25h\033[?7h\033[?1l\033>"
    "\033[?1049l";
static const char RESCUED[] = "Your text is kept: the next start shows it.\n";
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
static char message[2048];
static size_t message_length;
static int real_errors = -1;

/// Writes what a terminal takes without waiting; a terminal that takes nothing is given up after half a second.
static void write_patiently(int output, const char *bytes, size_t count) {
  int flags = fcntl(output, F_GETFL);
  fcntl(output, F_SETFL, flags | O_NONBLOCK);
  for (int waits = 0; count > 0 && waits < 10;) {
    ssize_t written = write(output, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
    } else if (written < 0 && errno == EAGAIN) {
      struct pollfd ready = {.fd = output, .events = POLLOUT};
      poll(&ready, 1, 50);
      waits += 1;
    } else if (written == 0 || errno != EINTR) {
      break;
    }
  }
  fcntl(output, F_SETFL, flags);
}

/// Saves the text, gives the terminal back and dies by a signal; all that is called here may be called in a handler.
static void give_up(int number, int is_crash) {
  static _Atomic(pid_t) first;
  pid_t nobody = 0, me = (pid_t)syscall(SYS_gettid);
  if (!atomic_compare_exchange_strong(&first, &nobody, me)) {
    if (nobody == me) die(number);  // a crash within this function
    for (;;) pause();               // another thread does all this already
  }
  int is_rescued = rescue_write();
  int output = restore_output;
  restore_output = -1;
  if (output >= 0) {
    write_patiently(output, RESTORE, sizeof RESTORE - 1);
    sigset_t background;
    sigemptyset(&background);
    sigaddset(&background, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &background, NULL);
    if (job_is_in_foreground(output)) tcsetattr(output, TCSANOW, &restore_modes);
    int errors = real_errors >= 0 ? real_errors : STDERR_FILENO;
    if (is_crash) write_patiently(errors, message, message_length);
    if (is_crash && is_rescued) write_patiently(errors, RESCUED, sizeof RESCUED - 1);
  }
  die(number);
}

static void crash(int number) { give_up(number, 1); }

int terminal_reset(void) {
  int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct termios modes;
  if (tty < 0) return -1;
  write_patiently(tty, RESTORE, sizeof RESTORE - 1);
  int result = tcgetattr(tty, &modes);
  if (result == 0) {
    modes.c_iflag |= ICRNL | BRKINT | IXON;
    modes.c_iflag &= ~(tcflag_t)(INLCR | IGNCR | ISTRIP);
    modes.c_oflag |= OPOST | ONLCR;
    modes.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK;
    result = tcsetattr(tty, TCSADRAIN, &modes);
  }
  close(tty);
  return result;
}

enum { STACK_BYTES = 64 * 1024 };
static pthread_key_t thread_stack;
static pthread_once_t thread_stack_once = PTHREAD_ONCE_INIT;

static void drop_thread_stack(void *stack) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  munmap(stack, STACK_BYTES);
}

static void make_thread_stack_key(void) { pthread_key_create(&thread_stack, drop_thread_stack); }

void crash_cover_thread(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  pthread_once(&thread_stack_once, make_thread_stack_key);
  void *stack =
      mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return;
  stack_t alternate = {.ss_sp = stack, .ss_size = STACK_BYTES};
  if (sigaltstack(&alternate, NULL) != 0 || pthread_setspecific(thread_stack, stack) != 0)
    drop_thread_stack(stack);
}

void crash_install(const char *log_path) {
  const char *said = log_path ? "whylight crashed. What it said last is in " : "whylight crashed.";
  const char *parts[] = {said, log_path ? log_path : "", "\n"};
  message_length = 0;
  for (int i = 0; i < 3; i += 1) {
    size_t count = strlen(parts[i]), space = sizeof message - 1 - message_length;
    if (count > space) count = space;
    memcpy(message + message_length, parts[i], count);
    message_length += count;
  }
  message[message_length - 1] = '\n';
  crash_cover_thread();
  // Installed after the Swift runtime's own handlers, which would ask questions on the terminal.
  struct sigaction action = {.sa_handler = crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < COUNT(fatal); i += 1) sigaction(fatal[i], &action, NULL);
}

// ---- job control ----

int job_is_in_foreground(int terminal) {
  pid_t owner = tcgetpgrp(terminal);
  return owner < 0 || owner == getpgrp();
}

int job_stop(int terminal) {
  // Stopped in a session of its own, or orphaned, it would stay stopped for ever.
  if (getsid(getppid()) != getsid(0)) return -1;
  do {
    kill(0, SIGSTOP);
    // A parent in between may claim the terminal for us a little later.
    for (int i = 0; i < 10 && !job_is_in_foreground(terminal); i += 1) poll(NULL, 0, 10);
  } while (!job_is_in_foreground(terminal) && !asked_to_end);
  return 0;
}

// ---- standard error ----

static char log_path[PATH_MAX];
static long log_limit;

/// Opened anew where it has its size: what it held is kept under another name, and what that held
/// goes.
static int open_log(void) {
  struct stat facts;
  if (log_limit > 0 && stat(log_path, &facts) == 0 && S_ISREG(facts.st_mode) &&
      facts.st_size >= log_limit) {
    char older[sizeof log_path + 2];
    snprintf(older, sizeof older, "%s.1", log_path);
    rename(log_path, older);
  }
  return open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void errors_bound(void) {
  struct stat facts;
  if (real_errors < 0 || log_limit <= 0 || !log_path[0]) return;
  if (fstat(STDERR_FILENO, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size < log_limit)
    return;
  int log = open_log();
  if (log < 0) return;
  dup2(log, STDERR_FILENO);
  close(log);
}

int errors_redirect(const char *path, long limit) {
  if (real_errors >= 0 || !isatty(STDERR_FILENO)) return 0;
  snprintf(log_path, sizeof log_path, "%s", path ? path : "");
  log_limit = limit;
  int log = path ? open_log() : -1;
  int is_kept = log >= 0;
  if (log < 0) log = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (log < 0) return 0;
  real_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real_errors >= 0) dup2(log, STDERR_FILENO);
  close(log);
  return is_kept;
}

void errors_restore(void) {
  if (real_errors < 0) return;
  dup2(real_errors, STDERR_FILENO);
  close(real_errors);
  real_errors = -1;
}
