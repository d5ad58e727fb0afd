#include "ruleset/guard.h"

#include <re2/filtered_re2.h>

namespace factmill {

bool is_guarded(const Pattern& pattern) {
  re2::FilteredRE2 filter(1);
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  int id = 0;
  if (filter.Add(re2::StringPiece(pattern.source().data(), pattern.source().size()), options, &id) != RE2::NoError)
    return false;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  return !atoms.empty();
}

}  // namespace factmill
