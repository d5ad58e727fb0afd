// Preloaded into a program, makes its n-th write fail: a full disk, a broken one, a connection that goes.
//
//   FAULT_AT=7 FAULT_ERRNO=28 FAULT_MARK=happened LD_PRELOAD=libfactmill_faults.so factmill load ...
//
// Counted are writes to files and sockets, syncs, truncations and renames. From the n-th on all of them fail, or with
// FAULT_ONCE=1 that one alone; with FAULT_KILL=1 the process is killed there instead. FAULT_MARK is a file that is made
// when it happens. Standard output and error are left alone.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

std::atomic<long> g_calls{0};

long number(const char* name) {
  const char* text = std::getenv(name);
  return text ? std::atol(text) : 0;
}

bool counts(int descriptor) {
  struct stat info {};
  if (descriptor <= STDERR_FILENO || fstat(descriptor, &info) != 0) return false;
  return S_ISREG(info.st_mode) || S_ISSOCK(info.st_mode) || S_ISDIR(info.st_mode);
}

// Whether the call that is about to be made must fail.
bool fails() {
  static const long at = number("FAULT_AT"), code = number("FAULT_ERRNO"), once = number("FAULT_ONCE");
  if (at == 0) return false;
  const long call = ++g_calls;
  if (call < at || (once && call > at)) return false;
  if (const char* mark = std::getenv("FAULT_MARK")) {
    const long made = syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0666);
    if (made >= 0) syscall(SYS_close, made);
  }
  if (number("FAULT_KILL")) kill(getpid(), SIGKILL);
  errno = static_cast<int>(code ? code : ENOSPC);
  return true;
}

template <class Function>
Function next_of(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static const auto next = next_of<ssize_t (*)(int, const void*, size_t)>("write");
  return counts(descriptor) && fails() ? -1 : next(descriptor, bytes, size);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  static const auto next = next_of<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return counts(descriptor) && fails() ? -1 : next(descriptor, bytes, size, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  static const auto next = next_of<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return counts(descriptor) && fails() ? -1 : next(descriptor, bytes, size, at);
}
ssize_t send(int descriptor, const void* bytes, size_t size, int flags) {
  static const auto next = next_of<ssize_t (*)(int, const void*, size_t, int)>("send");
  if (!counts(descriptor) || !fails()) return next(descriptor, bytes, size, flags);
  // A connection that takes nothing more gives nothing more: libpq would wait for an answer for ever.
  const int code = errno;
  shutdown(descriptor, SHUT_RDWR);
  errno = code;
  return -1;
}
int fsync(int descriptor) {
  static const auto next = next_of<int (*)(int)>("fsync");
  return counts(descriptor) && fails() ? -1 : next(descriptor);
}
int fdatasync(int descriptor) {
  static const auto next = next_of<int (*)(int)>("fdatasync");
  return counts(descriptor) && fails() ? -1 : next(descriptor);
}
int ftruncate(int descriptor, off_t size) noexcept {
  static const auto next = next_of<int (*)(int, off_t)>("ftruncate");
  return counts(descriptor) && fails() ? -1 : next(descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
  static const auto next = next_of<int (*)(int, off64_t)>("ftruncate64");
  return counts(descriptor) && fails() ? -1 : next(descriptor, size);
}
int rename(const char* from, const char* to) noexcept {
  static const auto next = next_of<int (*)(const char*, const char*)>("rename");
  return fails() ? -1 : next(from, to);
}

}  // extern "C"
