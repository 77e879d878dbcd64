// All that the program needs of ncurses, of signals and of the kernel's notifications, without a type of
// theirs: curses' macros and globals don't import into Swift 6, and a handler must be plain C.
// One screen at a time; every function but `wake_post` and the handlers belongs to the thread that owns it.
#pragma once
#include <stdint.h>

// ---- the call (arguments.c) ----

/// The program's arguments, its own name the first, also where there is no /proc.
int process_argument_count(void);
const char *process_argument(int index);

// ---- the screen (screen.c) ----

enum terminal_kind { TERMINAL_UNKNOWN, TERMINAL_UNUSABLE, TERMINAL_USABLE };
enum terminal_attribute { TERMINAL_BOLD = 1, TERMINAL_UNDERLINE = 2, TERMINAL_REVERSE = 4 };
enum { TERMINAL_DEFAULT_COLOR = -1 };

/// Makes the character set UTF-8: the user's locale, else C.UTF-8. Call it once, before anything else.
void terminal_set_locale(void);

/// Whether terminfo knows `name` and it can place the cursor; how many colours, and whether they are direct.
enum terminal_kind terminal_probe(const char *name, int *colors, int *has_direct_colors);

/// The name of the terminal entry that comes with the program: any ECMA-48 terminal with direct colours.
const char *terminal_direct_name(void);

/// Takes the terminal over: termios saved, alternate screen, raw mode, mouse, paste and focus reports.
/// 0, or -1 where ncurses refuses `name`. `output` stays open and is the caller's. Without `with_colors` no
/// byte about colours is ever sent.
int terminal_open(const char *name, int input, int output, int uses_mouse, int with_colors);
/// Gives the terminal back as it was found. Does nothing when it is not open.
void terminal_close(void);
/// Goes on as another terminal entry, in the same place: colours, pairs and everything drawn are forgotten.
/// 0, or -1 where ncurses refuses `name`; the screen then goes on as it was.
int terminal_switch(const char *name);

void terminal_size(int *columns, int *rows);
/// In pixels, as the window's size says; 0 where it does not.
void terminal_cell_size(int *width, int *height);
/// Asks the kernel for the window's size and repaints everything at the next frame.
void terminal_resize(void);
/// Everything is sent again at the next frame.
void terminal_repaint(void);
void terminal_set_mouse(int on);

int terminal_color_pairs(void);
/// Makes `pair` (1 ..< terminal_color_pairs()) show these colours; -1 is the terminal's own.
int terminal_define_pair(int pair, int foreground, int background);
void terminal_forget_pairs(void);

/// Writes one cluster of UTF-8 into exactly `columns` cells. What can't be shown becomes U+FFFD.
void terminal_put(int row, int column, int columns, const char *cluster, int attributes, int pair);
/// Adds what was put so far to the frame. ncurses writes over a few cells that stay as they are between others that
/// change, though their attributes take more bytes than a move: what is put in parts is sent in parts.
void terminal_advance(void);
/// Sends what changed since the last frame as one synchronised update, nothing if nothing did.
/// A negative row hides the cursor. 0, or -1 when the terminal is gone.
int terminal_present(int cursor_row, int cursor_column);
/// Leaves out, in place, what nobody sees of a frame: the same picture in fewer bytes. Their number is the result.
/// - begins_plain: nothing has written to the terminal since the last frame, which ended without attributes in ASCII.
unsigned long frame_shorten(char *bytes, unsigned long count, int begins_plain);
/// All bytes sent to the terminal so far.
uint64_t terminal_bytes_written(void);
/// Sends bytes as they are, between frames.
int terminal_send(const char *bytes, int count);

/// Leaves the screen for the shell, and comes back to it (repaints at the next frame).
void terminal_leave(void);
void terminal_enter(void);

// ---- signals, jobs, crashes (signals.c) ----

/// Turns WINCH, TSTP, CONT, USR1 and every signal that asks the process to end into bytes (their numbers) of a pipe,
/// whose end to read from is returned, or -1. Call it before `terminal_open`, so that ncurses leaves these alone.
///
/// A second request to end, two seconds or more after the first, ends the process as a crash does: text saved,
/// terminal given back, dead by that signal.
int signals_open(void);

/// A crash saves the text (`rescue_keep`), gives the terminal back, says so on the real standard error and dies by its signal, without the
/// Swift runtime's interactive prompt. `log_path` may be null.
/// Covers the calling thread as `crash_cover_thread` does.
void crash_install(const char *log_path);
/// Gives the calling thread a stack for the handler, so that a stack overflow there is handled too. It goes
/// with the thread; a second call does nothing.
void crash_cover_thread(void);

/// Gives the shell's terminal back after a program that was killed could not: screen, cursor, mouse, paste and
/// line modes. -1 where there is no terminal.
int terminal_reset(void);

/// Stops the whole process group as Ctrl-Z does; returns once it is continued in the foreground, or asked to end.
/// -1, without stopping, where no shell could continue it.
int job_stop(int terminal);
int job_is_in_foreground(int terminal);

/// Sends standard error to `path`, else nowhere, if it would smear the screen. 1 if it goes to `path`.
int errors_redirect(const char *path, long limit);
/// Keeps the log at its limit while the program runs; nothing where standard error is no log.
void errors_bound(void);
void errors_restore(void);

// ---- the text, kept for a crash (rescue.c) ----

/// Names the file that a crash writes, whole or not at all. -1 where the path is too long.
int rescue_open(const char *file);
/// Copies the bytes that a crash would write, in place of those before.
void rescue_keep(const char *bytes, unsigned long count);
/// A crash writes nothing any more.
void rescue_drop(void);

// ---- wake-ups and files (notify.c) ----

int wake_open(void);
/// Async-signal-safe, callable from any thread.
void wake_post(int wake);
void wake_drain(int wake);

int watch_open(void);
/// Watches a folder for files written, moved or removed in it; a negative number where that fails.
int watch_add(int watch, const char *folder);
void watch_remove(int watch, int descriptor);
/// Forgets what was reported; 1 if there was anything.
int watch_drain(int watch);
