#include "archive/walker.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "archive/sniff.h"

namespace factmill {

struct Walker::Entry {
  std::string name;  // of a folder with '/' behind it, so that paths come in byte order
  struct stat status;
};

void reject_errno(Output& output, const std::string& path, const std::string& what) {
  const int error = errno;
  const bool missing = error == ENOENT || error == ENOTDIR;
  Source place;
  place.path = path;
  output.reject(place, missing ? "missing" : "unreadable", what + ": " + std::strerror(error));
}

void Walker::walk(const std::string& path) {
  if (path == "-") return on_file_({path, 0, std::nullopt});
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return reject_errno(output_, path, "cannot find it");
  if (S_ISDIR(status.st_mode)) return walk_folder(path, {status.st_dev, status.st_ino});
  on_file_({path, S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0, std::nullopt});
}

void Walker::walk_folder(const std::string& path, std::pair<uint64_t, uint64_t> id) {
  if (!visited_.insert(id).second) return;  // a loop of links, or a second way here
  std::vector<Entry> entries;
  if (!list_folder(path, entries)) return;
  const std::string prefix = path.ends_with('/') ? path : path + '/';
  for (Entry& entry : entries) {
    if (output_.summary().stopped) return;
    if (S_ISDIR(entry.status.st_mode)) {
      entry.name.pop_back();
      walk_folder(prefix + entry.name, {entry.status.st_dev, entry.status.st_ino});
    } else if (is_left_out(entry)) {
      output_.skip("file of this run's own");
    } else if (S_ISREG(entry.status.st_mode) && (is_readable_name(entry.name) || options_.from != Format::automatic)) {
      on_file_({prefix + entry.name, static_cast<uint64_t>(entry.status.st_size), std::nullopt});
    } else {
      output_.skip(kOtherKind);
    }
  }
}

bool Walker::is_left_out(const Entry& entry) const {
  return std::any_of(options_.leave_out.begin(), options_.leave_out.end(), [&](const std::string& own) {
    struct stat status{};
    return own.ends_with(entry.name) && ::stat(own.c_str(), &status) == 0 &&
           status.st_dev == entry.status.st_dev && status.st_ino == entry.status.st_ino;
  });
}

bool Walker::list_folder(const std::string& path, std::vector<Entry>& entries) {
  std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
  if (!folder) {
    reject_errno(output_, path, "cannot read the folder");
    return false;
  }
  while (true) {
    errno = 0;
    const dirent* found = ::readdir(folder.get());
    if (found == nullptr) break;
    const std::string_view name = found->d_name;
    if (name == "." || name == "..") continue;
    Entry entry{std::string(name), {}};
    if (::fstatat(::dirfd(folder.get()), entry.name.c_str(), &entry.status, 0) != 0) {
      if (is_readable_name(name)) {
        reject_errno(output_, (path.ends_with('/') ? path : path + '/') + entry.name, "cannot find it");
      } else {
        output_.skip(kOtherKind);
      }
      continue;
    }
    if (S_ISDIR(entry.status.st_mode)) entry.name += '/';
    entries.push_back(std::move(entry));
  }
  if (errno != 0) reject_errno(output_, path, "cannot read the folder to its end");
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return true;
}

}  // namespace factmill
