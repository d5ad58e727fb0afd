// An HTML page -> its main text, and what it says about itself.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "ruleset/text_rules.h"
#include "text/document.h"
#include "text/zones.h"

namespace factmill {

struct Page {
  std::string text;  // paragraphs, table rows and list items, a line each; cells parted by " | "
  OffsetMap map;     // text -> the page's bytes
  std::vector<MarkupHint> hints;
  std::string title, site, lang, url;
  std::optional<Day> published;  // as JSON-LD, <meta> or <time> say

  // Set where the page was not read: "too-deep", "too-complex".
  std::string problem;
  std::string message;
  uint64_t offset = 0;
};

// `html` is valid UTF-8 without NUL. Time and memory are bounded by its size, however it is nested.
Page read_page(std::string_view html, const PageRules& rules);

}  // namespace factmill
