#include "sink/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "sink/sink.h"

namespace factmill {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;

// A link stays a link: the file it points to is replaced.
std::string resolved(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  if (!real) return path;
  std::string result(real);
  std::free(real);
  return result;
}

Error cannot_create(const std::string& path, int reason) {
  return Error{path + ": error: cannot create the file: " + std::strerror(reason)};
}

// The rename itself is durable once the directory is.
void sync_directory_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& path) {
  std::unique_ptr<OutputFile> file(new OutputFile);
  file->path_ = path;
  if (path == "-") {
    file->descriptor_ = STDOUT_FILENO;
    return file;
  }
  struct stat info {};
  const bool is_there = stat(path.c_str(), &info) == 0;
  if (is_there && S_ISDIR(info.st_mode)) return cannot_create(path, EISDIR);
  if (!is_there || S_ISREG(info.st_mode)) {
    file->final_ = resolved(path);
    file->temporary_ = file->final_ + ".tmp-" + std::to_string(getpid());
  }
  const std::string& name = file->is_stream() ? path : file->temporary_;
  file->descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file->descriptor_ < 0) return cannot_create(path, errno);
  return file;
}

Result<std::unique_ptr<OutputFile>> OutputFile::open_resumable(const std::string& path) {
  std::unique_ptr<OutputFile> file(new OutputFile);
  file->path_ = path;
  file->is_kept_ = true;
  file->final_ = resolved(path);
  file->temporary_ = file->final_ + ".part";
  struct stat info {}, named {};
  do {  // until the file that is locked has the name: a run that ends just now has given it another
    if (file->descriptor_ >= 0) close(file->descriptor_);
    file->descriptor_ = ::open(file->temporary_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file->descriptor_ < 0) return cannot_create(path, errno);
    if (flock(file->descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return Error{path + ": error: another run is writing it (" + file->temporary_ + " is locked)"};
    }
    if (fstat(file->descriptor_, &info) != 0) return cannot_create(path, errno);
  } while (stat(file->temporary_.c_str(), &named) != 0 || named.st_ino != info.st_ino);
  file->size_ = static_cast<uint64_t>(info.st_size);
  return file;
}

bool OutputFile::is_stream(const std::string& path) {
  struct stat info {};
  return path == "-" || (stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode));
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0 || descriptor_ == STDOUT_FILENO) return;
  close(descriptor_);
  if (!is_stream() && !is_kept_) unlink(temporary_.c_str());
}

Status OutputFile::append(std::string_view bytes) {
  if (!status_) return status_;
  size_ += bytes.size();
  buffer_.append(bytes);
  return buffer_.size() < kBufferBytes ? Status{} : write_buffer();
}

Status OutputFile::flush() {
  if (Status status = write_buffer(); !status) return status;
  if (!is_stream() && fdatasync(descriptor_) != 0) return fail("cannot write");
  return {};
}

Status OutputFile::truncate(uint64_t size) {
  if (Status status = write_buffer(); !status) return status;
  if (ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return fail("cannot shorten " + temporary_);
  size_ = size;
  return {};
}

Status OutputFile::commit() {
  if (Status status = flush(); !status) return status;
  if (is_stream()) return {};
  if (rename(temporary_.c_str(), final_.c_str()) != 0) return fail("cannot rename " + temporary_ + " to it");
  sync_directory_of(final_);
  close(std::exchange(descriptor_, -1));
  status_ = Error{path_ + ": error: the file is already complete"};
  return {};
}

Status OutputFile::write_buffer() {
  if (!status_) return status_;
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail("cannot write");
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
  return {};
}

Status OutputFile::fail(const std::string& what) {
  if (errno == EPIPE) status_ = Error{std::string(kBrokenPipe)};
  else status_ = Error{path_ + ": error: " + what + ": " + std::strerror(errno)};
  buffer_.clear();
  return status_;
}

}  // namespace factmill
