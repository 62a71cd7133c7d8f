// What Swift cannot import from curses by itself: computed macros, globals, and the signal handlers, which may only call
// functions that are safe there. The values come from the headers of the machine that compiles this.
#ifndef DRYDOCK_CNCURSES_SHIM_H
#define DRYDOCK_CNCURSES_SHIM_H

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#else
#include <curses.h>
#include <term.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

static const int drydock_bold = (int)A_BOLD;
static const int drydock_dim = (int)A_DIM;
static const int drydock_underline = (int)A_UNDERLINE;

static inline int drydock_pair(int number) { return (int)COLOR_PAIR(number); }
static inline WINDOW *drydock_window(void) { return stdscr; }
// Known after `start_color`.
static inline int drydock_colours(void) { return COLORS; }
static inline int drydock_open_pairs(void) { return COLOR_PAIRS; }
static inline SCREEN *drydock_open(void) { return newterm(NULL, stdout, stdin); }
static inline const char *drydock_codeset(void) { return nl_langinfo(CODESET); }

// The left button and the wheel.
static inline void drydock_mouse_on(void) {
  mouseinterval(0);
  mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}
// 1: the left button, 2: the wheel up, 3: the wheel down, 0: something else.
static inline int drydock_mouse(int *x, int *y) {
  MEVENT event;
  if (getmouse(&event) != OK) return 0;
  *x = event.x;
  *y = event.y;
  if (event.bstate & BUTTON1_PRESSED) return 1;
  if (event.bstate & BUTTON4_PRESSED) return 2;
  if (event.bstate & BUTTON5_PRESSED) return 3;
  return 0;
}

#define DRYDOCK_NOTHING -1
#define DRYDOCK_CLOSED -2

// A terminal that is ready to be read, without a byte to read, was closed.
static inline int drydock_terminal_ready(void) {
  int count = 0;
  return ioctl(STDIN_FILENO, FIONREAD, &count) == 0 && count > 0 ? 0 : DRYDOCK_CLOSED;
}

// Waits for input. The first descriptor is the terminal. The index of one that can be read or whose other end is closed,
// DRYDOCK_NOTHING after the time (in milliseconds) or a signal, or DRYDOCK_CLOSED when the terminal is gone.
static inline int drydock_wait(const int *descriptors, int count, int timeout) {
#ifdef __APPLE__  // where poll refuses terminals
  fd_set set;
  FD_ZERO(&set);
  int last = -1;
  for (int i = 0; i < count; i++) {
    if (descriptors[i] < 0 || descriptors[i] >= FD_SETSIZE) continue;
    FD_SET(descriptors[i], &set);
    if (descriptors[i] > last) last = descriptors[i];
  }
  struct timeval time = {timeout / 1000, timeout % 1000 * 1000};
  if (select(last + 1, &set, NULL, NULL, &time) <= 0) return DRYDOCK_NOTHING;
  for (int i = 0; i < count; i++) {
    int ready = descriptors[i] >= 0 && descriptors[i] < FD_SETSIZE && FD_ISSET(descriptors[i], &set);
    if (ready) return i == 0 ? drydock_terminal_ready() : i;
  }
  return DRYDOCK_NOTHING;
#else
  struct pollfd list[64];
  if (count > 64) count = 64;
  for (int i = 0; i < count; i++) list[i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
  if (poll(list, (nfds_t)count, timeout) <= 0) return DRYDOCK_NOTHING;
  if (list[0].revents & (POLLHUP | POLLERR | POLLNVAL)) return DRYDOCK_CLOSED;
  for (int i = 0; i < count; i++) {
    if (list[i].revents) return i == 0 ? drydock_terminal_ready() : i;
  }
  return DRYDOCK_NOTHING;
#endif
}

// Past what curses keeps back to be written.
static inline void drydock_write(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(STDOUT_FILENO, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    bytes += done;
    count -= (size_t)done;
  }
}

// Stops this process as Ctrl-Z does where nobody handles it.
static inline void drydock_stop(void) {
  struct sigaction standard, before;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &before);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
}

// A capability of the terminal, or NULL.
static inline const char *drydock_capability(const char *name) {
  const char *value = tigetstr((char *)name);
  return value == NULL || value == (const char *)-1 ? NULL : value;
}

// --- Rescue: the terminal as it was, however the program ends.
// All of this is used from one Swift file only: each file that uses it would have state of its own.

#define DRYDOCK_SIGNALS 10
static const int drydock_signals[DRYDOCK_SIGNALS] = {SIGSEGV, SIGBUS,  SIGILL, SIGTRAP, SIGFPE,
                                                     SIGABRT, SIGTERM, SIGHUP, SIGINT,  SIGQUIT};
static struct {
  volatile sig_atomic_t armed;
  struct termios mode;
  char leave[256];
  size_t leave_count;
  int error;  // the real standard error while ours goes to `held`, else -1
  int held;
  struct sigaction before[DRYDOCK_SIGNALS];
  void *stack;
} drydock_rescue = {.error = -1, .held = -1};

// What was written to standard error meanwhile comes out now.
static inline void drydock_rescue_errors(void) {
  if (drydock_rescue.error < 0) return;
  dup2(drydock_rescue.error, STDERR_FILENO);
  char buffer[4096];
  off_t place = 0;
  for (;;) {
    ssize_t count = pread(drydock_rescue.held, buffer, sizeof buffer, place);
    if (count <= 0) break;
    place += count;
    for (ssize_t done = 0; done < count;) {
      ssize_t more = write(STDERR_FILENO, buffer + done, (size_t)(count - done));
      if (more <= 0) return;
      done += more;
    }
  }
}

static inline void drydock_rescue_now(void) {
  if (!drydock_rescue.armed) return;
  drydock_rescue.armed = 0;
  ssize_t written = write(STDOUT_FILENO, drydock_rescue.leave, drydock_rescue.leave_count);
  (void)written;
  tcsetattr(STDIN_FILENO, TCSANOW, &drydock_rescue.mode);
  drydock_rescue_errors();
}

static void drydock_rescue_handler(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  drydock_rescue_now();
  for (int i = 0; i < DRYDOCK_SIGNALS; i++) {
    if (drydock_signals[i] == number) sigaction(number, &drydock_rescue.before[i], NULL);
  }
  errno = saved;
  // A fault happens again on return, now with the action it had before. A signal that somebody sent must be sent again.
  if (info == NULL || info->si_code <= 0 || number == SIGTERM || number == SIGHUP || number == SIGINT) raise(number);
}

// Remembers the mode of the terminal as it is before the session changes it. 0 or an errno.
static inline int drydock_rescue_save(void) {
  return tcgetattr(STDIN_FILENO, &drydock_rescue.mode) == 0 ? 0 : errno;
}

// `leave` are the bytes that bring the terminal back.
static inline void drydock_rescue_arm(const char *leave, size_t count) {
  drydock_rescue.leave_count = count < sizeof drydock_rescue.leave ? count : sizeof drydock_rescue.leave;
  memcpy(drydock_rescue.leave, leave, drydock_rescue.leave_count);
  drydock_rescue.armed = 1;
}

// Handlers on a stack of their own, so that an overflow of the other one is survived too.
static inline void drydock_rescue_install(void) {
  static int registered = 0;
  if (!registered) {
    registered = 1;
    atexit(drydock_rescue_now);
  }
  if (drydock_rescue.stack == NULL) {
    size_t size = 64 * 1024;
    drydock_rescue.stack = malloc(size);
    if (drydock_rescue.stack != NULL) {
      stack_t stack = {.ss_sp = drydock_rescue.stack, .ss_size = size, .ss_flags = 0};
      sigaltstack(&stack, NULL);
    }
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = drydock_rescue_handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < DRYDOCK_SIGNALS; i++) {
    struct sigaction before;
    sigaction(drydock_signals[i], &action, &before);
    // curses has handlers of its own for the polite ones, which are not safe: leave those out.
    int polite = drydock_signals[i] == SIGTERM || drydock_signals[i] == SIGINT;
    if (polite) before.sa_handler = SIG_DFL, before.sa_flags = 0;
    drydock_rescue.before[i] = before;
  }
}

static inline void drydock_rescue_uninstall(void) {
  for (int i = 0; i < DRYDOCK_SIGNALS; i++) sigaction(drydock_signals[i], &drydock_rescue.before[i], NULL);
}

// From now on standard error goes to a file without a name, where a message cannot spoil the screen.
static inline void drydock_rescue_hold_errors(void) {
  if (drydock_rescue.error >= 0) return;
  FILE *file = tmpfile();
  if (file == NULL) return;
  drydock_rescue.held = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
  fclose(file);
  if (drydock_rescue.held < 0) return;
  drydock_rescue.error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (drydock_rescue.error >= 0) dup2(drydock_rescue.held, STDERR_FILENO);
}

static inline void drydock_rescue_release_errors(void) {
  if (drydock_rescue.error < 0) return;
  drydock_rescue_errors();
  close(drydock_rescue.error);
  close(drydock_rescue.held);
  drydock_rescue.error = -1;
  drydock_rescue.held = -1;
}

// Back to the mode the terminal had, without the rest: after curses put the screen back itself.
static inline void drydock_rescue_disarm(void) { drydock_rescue.armed = 0; }
static inline void drydock_rescue_mode(void) { tcsetattr(STDIN_FILENO, TCSADRAIN, &drydock_rescue.mode); }

#endif
