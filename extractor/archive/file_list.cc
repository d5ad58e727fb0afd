// A list of files to read.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "archive/archive.h"
#include "archive/snippet.h"

namespace factmill {
namespace {

constexpr size_t kMaxLineBytes = 64 << 10;

Result<InputFile> file_of(std::string_view line) {
  InputFile file;
  const size_t tab = line.find('\t');
  file.path = line.substr(0, tab);
  if (file.path.find('\0') != std::string::npos || line.size() > kMaxLineBytes) return Error{"this is no path (got '" + snippet(line) + "')"};
  if (tab == std::string_view::npos || tab + 1 == line.size()) return file;
  const std::string day(line.substr(tab + 1));
  file.published = parse_publish_day(day);
  if (!file.published || file.path.empty()) return Error{"expected a path, or a path, a tab and YYYY-MM-DD (got '" + snippet(line) + "')"};
  return file;
}

}  // namespace

Result<std::vector<InputFile>> read_file_list(const std::string& path) {
  const bool is_standard_input = path == "-";
  const int descriptor = is_standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{path + ": cannot open the list: " + std::strerror(errno)};
  FileSource source(descriptor, !is_standard_input);
  Input input(source, 64 << 10);
  std::vector<InputFile> files;
  std::string line;
  uint64_t number = 1;
  std::optional<Error> problem;
  const auto end_line = [&] {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // byte order mark
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) {
      Result<InputFile> file = file_of(line);
      if (file) files.push_back(std::move(*file));
      else if (!problem) problem = Error{path + ":" + std::to_string(number) + ": " + file.error().message};
    }
    line.clear();
    ++number;
  };
  for (std::string_view block = input.next(); !block.empty(); block = input.next()) {
    for (size_t newline = block.find('\n'); newline != std::string_view::npos; newline = block.find('\n')) {
      line += block.substr(0, newline);
      block.remove_prefix(newline + 1);
      end_line();
    }
    line += block;
    if (line.size() > kMaxLineBytes) return Error{path + ":" + std::to_string(number) + ": this is no list of paths (got '" + snippet(line) + "')"};
  }
  if (input.failure()) return Error{path + ": cannot read the list: " + *input.failure()};
  if (!line.empty()) end_line();
  if (problem) return *problem;
  return files;
}

}  // namespace factmill
