// A library for LD_PRELOAD that breaks one process at one call. It stands between the program and every call of the C library that
// changes the world below one folder, or starts a program and learns of its end. docs/reliability.md says what for.
//
//   FAULT_ROOT   the folder; calls elsewhere pass uncounted
//   FAULT_LOG    a file that gets a line for each call: its kind, what it is about, the how manieth of both it is
//   FAULT_AT     the call to break, written as that line is
//   FAULT_DO     what happens there, see `enum fault`
//   FAULT_BELOW  the folder that FAULT_DO=readonly is about
//
// What a call is about is a path from the root, or the arguments of a program; 16 or 32 hexadecimal digits in it, which programs make
// up for names of their own, count as a star. So a call is the same call in every run, whatever the threads do between them.
// Only the process that the library was loaded into is broken: what it starts does not see these variables.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum fault {
  NONE,
  BEFORE,     // SIGKILL, the call not made
  AFTER,      // SIGKILL, the call made
  HALF,       // SIGKILL, half of the bytes written
  LOST,       // the call made, and EIO (a program that ended well: exit code 128) for an answer
  FULL,       // from here on nothing that needs room gets any
  READONLY,   // from here on nothing below FAULT_BELOW can be changed
  INTERRUPT,  // SIGINT to the process and all that it started, as a terminal sends it; the call made
  TERMINATE,  // SIGTERM to the process alone; the call made
  REFUSED,    // the call not made, errno set
};

static const char *const words[] = {"none", "before", "after", "half", "lost", "full", "readonly", "interrupt", "terminate"};

enum { SEEN = 8192, CHILDREN = 512, NAME = 1024, LONGEST = NAME + 64 };

// Shared memory: a child between vfork or fork and exec counts like a thread.
struct shared {
  pthread_mutex_t lock;
  bool fired;
  struct { uint64_t key; unsigned count; } seen[SEEN];
  struct { pid_t id; char name[NAME]; } children[CHILDREN];
};

static struct shared *shared;
static enum fault wanted;
static pid_t self;
static int journal = -1;
static char root[PATH_MAX], below[PATH_MAX], at[LONGEST];

static const char *variable(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

__attribute__((constructor)) static void begin(void) {
  snprintf(root, sizeof root, "%s", variable("FAULT_ROOT"));
  snprintf(below, sizeof below, "%s", variable("FAULT_BELOW"));
  snprintf(at, sizeof at, "%s", variable("FAULT_AT"));
  for (int i = NONE; i < REFUSED; i++)
    if (strcmp(words[i], variable("FAULT_DO")) == 0) wanted = i;
  int file = syscall(SYS_openat, AT_FDCWD, variable("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  // Out of the way of the numbers that a program may expect.
  journal = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, 500);
  if (file >= 0) syscall(SYS_close, file);
  const char *own[] = {"LD_PRELOAD", "FAULT_ROOT", "FAULT_LOG", "FAULT_AT", "FAULT_DO", "FAULT_BELOW"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) unsetenv(own[i]);
  if (!*root) return;

  void *memory = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) abort();
  shared = memory;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->lock, &attributes);
  self = getpid();
  // A group of its own, so that an interrupt reaches what it started and nobody else. A shell that started the tests in the background made
  // all below it ignore one.
  setpgid(0, 0);
  signal(SIGINT, SIG_DFL);
}

static void note(const char *text) {
  if (journal >= 0) syscall(SYS_write, journal, text, strlen(text));
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Copies a text, the root left out and made-up names made equal. Nothing is allocated: this runs between vfork and exec too.
static size_t simplify(char *to, size_t room, const char *from) {
  size_t length = 0, top = strlen(root), digits;
  while (*from && length + 2 < room) {
    if (strncmp(from, root, top) == 0) {
      from += top;
      continue;
    }
    for (digits = 0; is_hex(from[digits]);) digits++;
    if (digits == 16 || digits == 32) {
      to[length++] = '*';
      from += digits;
      continue;
    }
    // The whole run of digits, so that the end of a longer one is not taken for a made-up name.
    for (digits = digits ? digits : 1; digits && length + 2 < room; digits--, from++) to[length++] = (unsigned char)*from < ' ' ? '?' : *from;
  }
  to[length] = 0;
  return length;
}

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return length && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static bool needs_room(const char *kind, const char *path) {
  struct stat is;
  if (strcmp(kind, "open") == 0) return lstat(path, &is) != 0;
  return strcmp(kind, "write") == 0 || strcmp(kind, "mkdir") == 0 || strcmp(kind, "link") == 0 || strcmp(kind, "symlink") == 0;
}

static unsigned count(uint64_t key) {
  unsigned result = 0;
  pthread_mutex_lock(&shared->lock);
  for (size_t i = 0, place = key % SEEN; i < SEEN && !result; i++, place = (place + 1) % SEEN) {
    if (shared->seen[place].key == 0) shared->seen[place].key = key;
    if (shared->seen[place].key == key) result = ++shared->seen[place].count;
  }
  pthread_mutex_unlock(&shared->lock);
  return result;
}

static void end(void) {
  syscall(SYS_kill, self, SIGKILL);
  // A child that is not yet another program ends with its parent; a thread waits for the end.
  if (getpid() != self) _exit(127);
  for (;;) pause();
}

// Counts a call, notes it, and says what is to happen to it. `path` is absolute, or null when `name` is not about a file.
static enum fault meet(const char *kind, const char *name, const char *path) {
  char line[LONGEST];
  uint64_t key = 14695981039346656037u;
  int length = snprintf(line, sizeof line, "%s\t%s\t", kind, name);
  for (int i = 0; i < length && i < LONGEST - 1; i++) key = (key ^ (unsigned char)line[i]) * 1099511628211u;
  if (length > LONGEST - 16) length = LONGEST - 16;
  snprintf(line + length, sizeof line - length, "%u", count(key | 1));
  bool here = wanted != NONE && strcmp(line, at) == 0;
  strcat(line, "\n");
  note(line);
  if (here) {
    note("here\n");
    shared->fired = true;
    if (wanted == BEFORE || (wanted == HALF && strcmp(kind, "write") != 0)) end();
    if (wanted == INTERRUPT) syscall(SYS_kill, 0, SIGINT);
    if (wanted == TERMINATE) syscall(SYS_kill, self, SIGTERM);
  }
  if (shared->fired && path && wanted == FULL && needs_room(kind, path)) {
    errno = ENOSPC;
    return REFUSED;
  }
  if (shared->fired && path && wanted == READONLY && is_below(path, below)) {
    errno = EROFS;
    return REFUSED;
  }
  return here ? wanted : NONE;
}

static enum fault meet_path(const char *kind, const char *path) {
  char full[PATH_MAX * 2], name[NAME];
  size_t length = 0;
  if (!shared || !path) return NONE;
  if (*path != '/') {
    if (!getcwd(full, PATH_MAX)) return NONE;
    length = strlen(full);
    full[length++] = '/';
  }
  snprintf(full + length, sizeof full - length, "%s", path);
  if (!is_below(full, root)) return NONE;
  simplify(name, sizeof name, full);
  return meet(kind, name, full);
}

static enum fault meet_file(const char *kind, int file) {
  char link[64], path[PATH_MAX];
  if (!shared || file <= 2) return NONE;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  // A pipe or a socket has no path.
  if (length <= 0 || *path != '/') return NONE;
  path[length] = 0;
  return meet_path(kind, path);
}

static long answer(enum fault fault, long result) {
  if (fault == AFTER) end();
  if (fault == LOST && result >= 0) {
    errno = EIO;
    return -1;
  }
  return result;
}

#define THROUGH(meeting, call)            \
  enum fault fault = meeting;             \
  if (fault == REFUSED) return -1;        \
  return answer(fault, (call))

EXPORT int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  bool changes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
  enum fault fault = changes ? meet_path("open", path) : NONE;
  if (fault == REFUSED) return -1;
  int file = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (fault == LOST && file >= 0) syscall(SYS_close, file);
  return answer(fault, file);
}
EXPORT int open64(const char *, int, ...) __attribute__((alias("open")));

static size_t part(enum fault fault, size_t bytes) { return fault == HALF ? bytes / 2 : bytes; }

EXPORT ssize_t write(int file, const void *bytes, size_t size) {
  enum fault fault = meet_file("write", file);
  if (fault == REFUSED) return -1;
  long result = syscall(SYS_write, file, bytes, part(fault, size));
  return answer(fault == HALF ? AFTER : fault, result);
}

EXPORT ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
  enum fault fault = meet_file("write", file);
  if (fault == REFUSED) return -1;
  long result = syscall(SYS_pwrite64, file, bytes, part(fault, size), offset);
  return answer(fault == HALF ? AFTER : fault, result);
}
EXPORT ssize_t pwrite64(int, const void *, size_t, off_t) __attribute__((alias("pwrite")));

EXPORT ssize_t pwritev(int file, const struct iovec *parts, int number, off_t offset) {
  enum fault fault = meet_file("write", file);
  if (fault == REFUSED) return -1;
  long result = syscall(SYS_pwritev, file, parts, part(fault, number), offset, 0L);
  return answer(fault == HALF ? AFTER : fault, result);
}
EXPORT ssize_t pwritev64(int, const struct iovec *, int, off_t) __attribute__((alias("pwritev")));

EXPORT ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
  enum fault fault = meet_file("write", to);
  if (fault == REFUSED) return -1;
  long result = syscall(SYS_sendfile, to, from, offset, part(fault, size));
  return answer(fault == HALF ? AFTER : fault, result);
}
EXPORT ssize_t sendfile64(int, int, off_t *, size_t) __attribute__((alias("sendfile")));

// Nothing here has to survive a power cut, and the disks of test machines are slow.
EXPORT int fsync(int file) { THROUGH(meet_file("flush", file), shared ? 0 : syscall(SYS_fsync, file)); }

EXPORT int ftruncate(int file, off_t size) { THROUGH(meet_file("truncate", file), syscall(SYS_ftruncate, file, size)); }
EXPORT int ftruncate64(int, off_t) __attribute__((alias("ftruncate")));

EXPORT int fallocate(int file, int mode, off_t offset, off_t size) { THROUGH(meet_file("write", file), syscall(SYS_fallocate, file, mode, offset, size)); }
EXPORT int fallocate64(int, int, off_t, off_t) __attribute__((alias("fallocate")));

EXPORT int fchmod(int file, mode_t mode) { THROUGH(meet_file("mode", file), syscall(SYS_fchmod, file, mode)); }

EXPORT int chmod(const char *path, mode_t mode) { THROUGH(meet_path("mode", path), syscall(SYS_fchmodat, AT_FDCWD, path, mode)); }

EXPORT int mkdir(const char *path, mode_t mode) { THROUGH(meet_path("mkdir", path), syscall(SYS_mkdirat, AT_FDCWD, path, mode)); }

EXPORT int rmdir(const char *path) { THROUGH(meet_path("rmdir", path), syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR)); }

EXPORT int unlink(const char *path) { THROUGH(meet_path("unlink", path), syscall(SYS_unlinkat, AT_FDCWD, path, 0)); }

EXPORT int rename(const char *from, const char *to) { THROUGH(meet_path("rename", to), syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0)); }

EXPORT int link(const char *from, const char *to) { THROUGH(meet_path("link", to), syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0)); }

EXPORT int symlink(const char *target, const char *path) { THROUGH(meet_path("symlink", path), syscall(SYS_symlinkat, target, AT_FDCWD, path)); }

// Between vfork and exec: killing "after" leaves the child to do its work alone.
EXPORT int execve(const char *path, char *const arguments[], char *const variables[]) {
  char name[NAME];
  if (shared && getpid() != self) {
    size_t length = 0;
    for (size_t i = 0; arguments[i] && length + 2 < sizeof name; i++) {
      if (i) name[length++] = ' ';
      length += simplify(name + length, sizeof name - length, arguments[i]);
    }
    name[length] = 0;
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < CHILDREN; i++) {
      if (shared->children[i].id == 0) {
        shared->children[i].id = getpid();
        memcpy(shared->children[i].name, name, length + 1);
        break;
      }
    }
    pthread_mutex_unlock(&shared->lock);
    if (meet("start", name, NULL) == AFTER) syscall(SYS_kill, self, SIGKILL);
  }
  return syscall(SYS_execve, path, arguments, variables);
}

EXPORT pid_t waitpid(pid_t id, int *status, int options) {
  pid_t ended = syscall(SYS_wait4, id, status, options, NULL);
  if (!shared || ended <= 0 || !status || !(WIFEXITED(*status) || WIFSIGNALED(*status))) return ended;
  char name[NAME] = "";
  pthread_mutex_lock(&shared->lock);
  for (size_t i = 0; i < CHILDREN; i++) {
    if (shared->children[i].id == ended) {
      memcpy(name, shared->children[i].name, NAME);
      shared->children[i].id = 0;
      break;
    }
  }
  pthread_mutex_unlock(&shared->lock);
  enum fault fault = *name ? meet("end", name, NULL) : NONE;
  if (fault == AFTER) end();
  if (fault == LOST && *status == 0) *status = 128 << 8;
  return ended;
}

// What .NET looks up by name rather than link to: `[LibraryImport("libc")]`.
EXPORT void *dlsym(void *handle, const char *name) {
  static void *(*lookup)(void *, const char *);
  static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
  for (size_t i = 0; !lookup && i < sizeof versions / sizeof *versions; i++)
    lookup = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", versions[i]);
  void *found = lookup(handle, name);
  return !found ? NULL : strcmp(name, "link") == 0 ? (void *)link : strcmp(name, "fsync") == 0 ? (void *)fsync : found;
}
