// What a page says about itself: title, site, address, publish date, from <meta>, <link>, <time> and JSON-LD.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "ruleset/text_rules.h"

namespace factmill {

class PageFacts {
 public:
  explicit PageFacts(const PageRules& rules);

  void add_meta(std::string_view attributes);
  void add_link(std::string_view attributes);
  // <time> at this byte of the page.
  void add_time(std::string_view attributes, uint32_t at);
  // The contents of <script type="application/ld+json">.
  void add_json_ld(std::string_view json);

  std::string title, site, lang, url;

  // The best date there is. <time> counts from `from` on and up to `to`: elsewhere it dates other articles.
  std::optional<Day> published(uint32_t from, uint32_t to) const;

 private:
  struct Ranked {
    size_t rank = SIZE_MAX;
    std::string text;
  };
  struct Time {
    uint32_t at;
    bool is_published;
    Day day;
  };
  static void keep_better(Ranked& kept, const std::vector<std::string>& names, std::string_view name, const std::string& text);

  const PageRules& rules_;
  Ranked meta_title_, meta_site_, meta_url_, meta_published_, json_published_;
  bool canonical_ = false;
  std::vector<Time> times_;
};

}  // namespace factmill
