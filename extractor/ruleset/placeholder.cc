#include "ruleset/placeholder.h"

#include <array>
#include <span>

#include "base/ascii.h"
#include "base/diagnostics.h"

namespace factmill {
namespace {

constexpr std::array<Tag, 6> kValueClass = {Tag::number, Tag::money,    Tag::percent,
                                            Tag::points, Tag::quantity, Tag::duration};
constexpr std::array<Tag, 2> kMetricClass = {Tag::noun, Tag::verb};
constexpr std::array<Tag, 4> kSubjectClass = {Tag::company, Tag::anaphor, Tag::model, Tag::stranger};
constexpr std::array<Tag, 5> kNameClass = {Tag::company, Tag::model, Tag::variant, Tag::segment, Tag::region};
constexpr std::array<Tag, 4> kSourceClass = {Tag::company, Tag::person, Tag::anaphor, Tag::stranger};
constexpr std::array<Tag, 4> kTransparentClass = {Tag::when, Tag::where, Tag::aside, Tag::speaker};

struct TagClass {
  std::string_view name;
  std::span<const Tag> tags;
};
const TagClass kClasses[] = {{"value", kValueClass},   {"metric", kMetricClass}, {"subject", kSubjectClass},
                             {"source", kSourceClass}, {"name", kNameClass},     {"_", kTransparentClass}};

void append_byte(std::string& out, char c) {
  constexpr char kHex[] = "0123456789ABCDEF";
  auto byte = static_cast<uint8_t>(c);
  out += "\\x";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

}  // namespace

std::vector<Tag> tags_called(std::string_view name) {
  for (const TagClass& c : kClasses) {
    if (c.name == name) return {c.tags.begin(), c.tags.end()};
  }
  Tag tag = tag_of(name);
  return tag == Tag::none ? std::vector<Tag>{} : std::vector<Tag>{tag};
}

std::vector<std::string_view> placeholder_tags() {
  std::vector<std::string_view> names(kTagNames.begin() + 1, kTagNames.end());
  for (const TagClass& known : kClasses) names.push_back(known.name);
  return names;
}

std::string unknown_tag(std::string_view tag) {
  std::string message = "unknown tag '{" + std::string(tag) + "}'";
  const std::string_view near = nearest_name(tag, placeholder_tags());
  if (!near.empty()) message += " (did you mean '{" + std::string(near) + "}'?)";
  return message;
}

std::optional<Placeholder> read_placeholder(std::string_view pattern, size_t at, size_t& end) {
  size_t close = pattern.find('}', at);
  if (close == std::string_view::npos || at + 1 == close) return {};
  char first = pattern[at + 1];
  if (!is_letter(first) && first != '_') return {};
  std::string_view body = pattern.substr(at + 1, close - at - 1);
  Placeholder p;
  if (size_t colon = body.find(':'); colon != std::string_view::npos) {
    p.name = body.substr(colon + 1);
    body = body.substr(0, colon);
  }
  if (!body.empty() && (body.back() == '+' || body.back() == '*')) {
    p.repeat = body.back();
    body.remove_suffix(1);
  }
  if (size_t slash = body.find('/'); slash != std::string_view::npos) {
    p.what = body.substr(slash + 1);
    body = body.substr(0, slash);
  }
  p.tag = body;
  end = close + 1;
  return p;
}

std::string tag_class(const std::vector<Tag>& tags, char repeat) {
  std::string out = "[";
  for (Tag tag : tags) {
    if (repeat != '+') append_byte(out, tag_byte(tag));
    if (repeat == '+' || repeat == '*') append_byte(out, tag_byte(tag, true));
  }
  return out + "]";
}

}  // namespace factmill
