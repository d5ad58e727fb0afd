// What is wrong with a rule file, with its place, in the form a compiler would show it:
//
//   rules/ev/metrics/sales.yaml:12:3: error: unknown key 'noun' (did you mean 'nouns'?)
//      12 |   noun: [revenue]
//         |   ^
//
// Collect all of them, then print: a rule author mends one file in one go. Not thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

struct Place {
  std::string file;
  int line = 0;    // 1-based; 0: the whole file
  int column = 0;  // 1-based, in characters
};

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;
  std::string source_line;  // the text of the line, empty if unknown
};

class Diagnostics {
 public:
  void error(Place place, std::string message, std::string source_line = {});
  void warning(Place place, std::string message, std::string source_line = {});
  void append(const Diagnostics& others);
  bool has_errors() const { return errors_ > 0; }
  int errors() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  // Every diagnostic, by file, line and column.
  std::string render() const;

 private:
  std::vector<Diagnostic> all_;
  int errors_ = 0;
};

// The candidate nearest to `name` by edit distance, if near enough to be a slip of the pen; else empty.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates);

// " (did you mean 'x'?)" for that candidate, or nothing.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace factmill
