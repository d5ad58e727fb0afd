#include "text/page_facts.h"

#include <simdjson.h>

#include <algorithm>

#include "text/markup.h"
#include "text/metadata_date.h"

namespace factmill {
namespace {

namespace dom = simdjson::dom;

constexpr size_t kMaxJsonLdBytes = 2 << 20;
constexpr size_t kMaxTimes = 256;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

bool has_word(std::string_view text, std::string_view word) {
  const std::string small = lower(text);
  const size_t at = small.find(word);
  if (at == std::string::npos) return false;
  const size_t end = at + word.size();
  return (at == 0 || small[at - 1] == ' ') && (end == small.size() || small[end] == ' ');
}

std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

// Every value of `key` in the document, wherever it stands; objects of an article come before those of a video or page.
void collect(dom::element root, std::string_view key, std::vector<std::string>& articles, std::vector<std::string>& others) {
  std::vector<dom::element> open{root};
  while (!open.empty()) {
    const dom::element element = open.back();
    open.pop_back();
    dom::array list;
    dom::object object;
    if (element.get(list) == simdjson::SUCCESS) {
      const size_t first = open.size();
      for (dom::element item : list) open.push_back(item);
      std::reverse(open.begin() + static_cast<ptrdiff_t>(first), open.end());
    } else if (element.get(object) == simdjson::SUCCESS) {
      std::string_view value, headline;
      const bool article = object["headline"].get(headline) == simdjson::SUCCESS;
      if (object[key].get(value) == simdjson::SUCCESS) (article ? articles : others).emplace_back(value);
      for (dom::key_value_pair field : object) {
        if (field.value.is_object() || field.value.is_array()) open.push_back(field.value);
      }
    }
  }
}

// JSON-LD that is no JSON (line breaks in strings are common): the first "key": "value" in it.
std::string find_in_broken_json(std::string_view json, const std::string& key) {
  const size_t at = json.find('"' + key + '"');
  if (at == std::string_view::npos) return {};
  const size_t open = json.find('"', at + key.size() + 2);
  const size_t between = json.find_first_not_of(" \t\r\n:", at + key.size() + 2);
  if (open == std::string_view::npos || between != open) return {};
  const size_t close = json.find('"', open + 1);
  return close == std::string_view::npos ? std::string() : std::string(json.substr(open + 1, close - open - 1));
}

}  // namespace

PageFacts::PageFacts(const PageRules& rules) : rules_(rules) {}

void PageFacts::keep_better(Ranked& kept, const std::vector<std::string>& names, std::string_view name, const std::string& text) {
  if (text.empty()) return;
  for (size_t i = 0; i < std::min(names.size(), kept.rank); ++i) {
    if (lower(names[i]) != name) continue;
    kept = {i, text};
    return;
  }
}

void PageFacts::add_meta(std::string_view attributes) {
  const std::string content = trimmed(attribute(attributes, "content"));
  if (content.empty()) return;
  for (std::string_view key : {"property", "name", "itemprop"}) {
    const std::string name = lower(trimmed(attribute(attributes, key)));
    if (name.empty()) continue;
    if (parse_metadata_date(content)) keep_better(meta_published_, rules_.published, name, content);
    keep_better(meta_title_, rules_.title, name, content);
    keep_better(meta_site_, rules_.site, name, content);
    keep_better(meta_url_, rules_.url, name, content);
  }
  title = meta_title_.text;
  site = meta_site_.text;
  if (!canonical_) url = meta_url_.text;
}

void PageFacts::add_link(std::string_view attributes) {
  if (canonical_ || !has_word(attribute(attributes, "rel"), "canonical")) return;
  const std::string address = trimmed(attribute(attributes, "href"));
  if (address.find("://") == std::string::npos) return;
  url = address;
  canonical_ = true;
}

void PageFacts::add_time(std::string_view attributes, uint32_t at) {
  const auto day = parse_metadata_date(attribute(attributes, "datetime"));
  if (!day || times_.size() == kMaxTimes) return;
  const bool is_published = has_attribute(attributes, "pubdate") || has_word(attribute(attributes, "itemprop"), "datepublished");
  times_.push_back({at, is_published, *day});
}

void PageFacts::add_json_ld(std::string_view json) {
  if (json.size() > kMaxJsonLdBytes) return;
  dom::parser parser;
  dom::element root;
  const bool valid = parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS;
  for (const std::string& key : rules_.json_published) {
    std::vector<std::string> articles, others;
    if (valid) {
      collect(root, key, articles, others);
    } else {
      others.push_back(find_in_broken_json(json, key));
    }
    articles.insert(articles.end(), others.begin(), others.end());
    for (const std::string& value : articles) {
      if (!parse_metadata_date(value)) continue;
      keep_better(json_published_, rules_.json_published, lower(key), value);
      break;
    }
  }
}

std::optional<Day> PageFacts::published(uint32_t from, uint32_t to) const {
  if (auto day = parse_metadata_date(json_published_.text)) return day;
  if (auto day = parse_metadata_date(meta_published_.text)) return day;
  for (const Time& time : times_) {
    if (time.is_published) return time.day;
  }
  for (const Time& time : times_) {
    if (time.at >= from && time.at <= to) return time.day;
  }
  return std::nullopt;
}

}  // namespace factmill
