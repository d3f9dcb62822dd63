// A library to preload (LD_PRELOAD): one call of the system fails, so that a test can try every one of them.
//
//   FAILING_CALL=NAME:N:ERRNO        the N-th call of NAME (from 1) fails once with that error number
//   FAILING_CALL=NAME:N+:ERRNO       that call and all after it
//   FAILING_CALL=NAME:N:ERRNO:short  a write does half of what it is asked to, once
//   FAILING_CALL_SAY=1               says on standard error which call failed: "[failing write 3]"
//
// NAME: open (to read), create, write, pwrite, read, pread, fsync, close, ftruncate, rename, link, unlink, mkdir, lock, and of the C
// library fwrite, fflush, fclose (whose own calls of the system cannot be seen from here). Calls of write, read, close and those of
// the C library count on regular files other than the standard streams only. A program that ends without the text of
// FAILING_CALL_SAY has fewer than N such calls.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static struct {
  int is_read, error, permanent, is_short;
  char name[16];
  long number, seen;
} wish;

static void read_wish(void) {
  if (wish.is_read) return;
  wish.is_read = 1;
  char plus = 0;
  const char* text = getenv("FAILING_CALL");
  if (!text || sscanf(text, "%15[^:]:%ld%c", wish.name, &wish.number, &plus) < 2) return;
  wish.permanent = plus == '+';
  wish.is_short = strstr(text, ":short") != NULL;
  const char* error = strchr(text + strlen(wish.name) + 1, ':');
  wish.error = error ? atoi(error + 1) : EIO;
}

// This call is to fail.
static int fails(const char* name) {
  read_wish();
  if (strcmp(wish.name, name) != 0) return 0;
  const long n = __sync_add_and_fetch(&wish.seen, 1);
  if (wish.permanent ? n < wish.number : n != wish.number) return 0;
  if (getenv("FAILING_CALL_SAY")) {
    char said[64];
    const int length = snprintf(said, sizeof said, "[failing %s %ld]", name, n);
    syscall(SYS_write, 2, said, (size_t)length);
  }
  return 1;
}

static int regular(int file) {
  struct stat status;
  return file > 2 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

#define REAL(call) ((__typeof__(&call))dlsym(RTLD_NEXT, #call))
#define FAIL_IF(condition)  \
  do {                      \
    if (condition) {        \
      errno = wish.error;   \
      return -1;            \
    }                       \
  } while (0)

ssize_t write(int file, const void* bytes, size_t count) {
  if (regular(file) && fails("write")) {
    FAIL_IF(!wish.is_short || count < 2);
    count /= 2;
  }
  return REAL(write)(file, bytes, count);
}
ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  if (fails("pwrite")) {
    FAIL_IF(!wish.is_short || count < 2);
    count /= 2;
  }
  return REAL(pwrite)(file, bytes, count, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
  if (fails("pwrite")) {
    FAIL_IF(!wish.is_short || count < 2);
    count /= 2;
  }
  return REAL(pwrite64)(file, bytes, count, at);
}
ssize_t read(int file, void* bytes, size_t count) {
  FAIL_IF(regular(file) && fails("read"));
  return REAL(read)(file, bytes, count);
}
ssize_t pread(int file, void* bytes, size_t count, off_t at) {
  FAIL_IF(fails("pread"));
  return REAL(pread)(file, bytes, count, at);
}
ssize_t pread64(int file, void* bytes, size_t count, off64_t at) {
  FAIL_IF(fails("pread"));
  return REAL(pread64)(file, bytes, count, at);
}
int fsync(int file) {
  FAIL_IF(fails("fsync"));
  return REAL(fsync)(file);
}
int ftruncate(int file, off_t length) {
  FAIL_IF(fails("ftruncate"));
  return REAL(ftruncate)(file, length);
}
int ftruncate64(int file, off64_t length) {
  FAIL_IF(fails("ftruncate"));
  return REAL(ftruncate64)(file, length);
}
// The file is closed all the same, as Linux does.
int close(int file) {
  const int is_regular = regular(file), status = REAL(close)(file);
  FAIL_IF(is_regular && fails("close"));
  return status;
}
int rename(const char* from, const char* to) {
  FAIL_IF(fails("rename"));
  return REAL(rename)(from, to);
}
int link(const char* from, const char* to) {
  FAIL_IF(fails("link"));
  return REAL(link)(from, to);
}
int unlink(const char* path) {
  FAIL_IF(fails("unlink"));
  return REAL(unlink)(path);
}
int mkdir(const char* path, mode_t mode) {
  FAIL_IF(fails("mkdir"));
  return REAL(mkdir)(path, mode);
}

static int opening_fails(const char* path, int flags) {
  if (flags & O_CREAT) return fails("create");
  return strncmp(path, "/proc", 5) != 0 && strncmp(path, "/sys", 4) != 0 && fails("open");
}
static mode_t mode_of(int flags, va_list list) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; }

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_of(flags, list);
  va_end(list);
  FAIL_IF(opening_fails(path, flags));
  return REAL(open)(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_of(flags, list);
  va_end(list);
  FAIL_IF(opening_fails(path, flags));
  return REAL(open64)(path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) {
  if (strncmp(path, "/proc", 5) != 0 && strncmp(path, "/sys", 4) != 0 && fails(*mode == 'r' ? "open" : "create")) {
    errno = wish.error;
    return NULL;
  }
  return REAL(fopen)(path, mode);
}
FILE* fopen64(const char* path, const char* mode) { return fopen(path, mode); }
size_t fwrite(const void* bytes, size_t size, size_t count, FILE* file) {
  if (regular(fileno(file)) && fails("fwrite")) {
    errno = wish.error;
    return 0;
  }
  return REAL(fwrite)(bytes, size, count, file);
}
int fflush(FILE* file) {
  if (file && regular(fileno(file)) && fails("fflush")) {
    errno = wish.error;
    return EOF;
  }
  return REAL(fflush)(file);
}
int fclose(FILE* file) {
  const int is_regular = regular(fileno(file)), status = REAL(fclose)(file);
  if (is_regular && fails("fclose")) {
    errno = wish.error;
    return EOF;
  }
  return status;
}

static int locks(int command) { return command == F_OFD_SETLK || command == F_OFD_SETLKW; }

int fcntl(int file, int command, ...) {
  va_list list;
  va_start(list, command);
  void* argument = va_arg(list, void*);
  va_end(list);
  FAIL_IF(locks(command) && fails("lock"));
  return REAL(fcntl)(file, command, argument);
}
int fcntl64(int file, int command, ...) {
  va_list list;
  va_start(list, command);
  void* argument = va_arg(list, void*);
  va_end(list);
  FAIL_IF(locks(command) && fails("lock"));
  return REAL(fcntl64)(file, command, argument);
}
