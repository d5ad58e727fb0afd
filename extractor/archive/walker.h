// Paths -> files, folders with all that is below them. Internal to this room.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "archive/stream.h"

namespace factmill {

// Uses errno.
void reject_errno(Output& output, const std::string& path, const std::string& what);

class Walker {
 public:
  Walker(const ReadOptions& options, Output& output, std::function<void(InputFile&&)> on_file)
      : options_(options), output_(output), on_file_(std::move(on_file)) {}

  // Stops between two files once the output is stopped.
  void walk(const std::string& path);

 private:
  struct Entry;
  void walk_folder(const std::string& path, std::pair<uint64_t, uint64_t> id);
  bool list_folder(const std::string& path, std::vector<Entry>& entries);
  bool is_left_out(const Entry& entry) const;

  const ReadOptions& options_;
  Output& output_;
  std::function<void(InputFile&&)> on_file_;
  std::set<std::pair<uint64_t, uint64_t>> visited_;  // device and inode of folders
};

}  // namespace factmill
