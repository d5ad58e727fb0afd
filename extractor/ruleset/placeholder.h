// How the mentions of a pattern are written in rule files: {tag/what+:name}.
//
//   size_t end = 0;
//   std::optional<Placeholder> p = read_placeholder("{noun/deliveries:metric} of", 0, end);   // noun, deliveries, metric
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/tags.h"

namespace factmill {

struct Placeholder {
  std::string tag, what, name;
  char repeat = 0;  // '+' a list, '*' one or a list
};

// The placeholder at pattern[at] == '{', `end` behind it; empty where the braces are RE2's own counts.
std::optional<Placeholder> read_placeholder(std::string_view pattern, size_t at, size_t& end);

// Of a tag's name or that of a class of tags; empty where it is neither.
std::vector<Tag> tags_called(std::string_view name);

// All that tags_called knows.
std::vector<std::string_view> placeholder_tags();

// What to say about a tag that it does not know.
std::string unknown_tag(std::string_view tag);

// The bytes of the tags as a class of a pattern.
std::string tag_class(const std::vector<Tag>& tags, char repeat);

}  // namespace factmill
