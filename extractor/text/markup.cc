#include "text/markup.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/ascii.h"
#include "text/entities.h"

namespace factmill {
namespace {

struct NameRow {
  std::string_view name;
  Tag tag;
};

// In byte order. What is not here is `other`.
constexpr NameRow kNames[] = {
    {"a", Tag::link}, {"abbr", Tag::inline_text}, {"address", Tag::block}, {"applet", Tag::dropped}, {"area", Tag::void_element},
    {"article", Tag::block}, {"aside", Tag::dropped}, {"audio", Tag::dropped}, {"b", Tag::inline_text}, {"base", Tag::void_element},
    {"big", Tag::inline_text}, {"blockquote", Tag::block}, {"body", Tag::paragraph}, {"br", Tag::line_break}, {"button", Tag::dropped},
    {"canvas", Tag::dropped}, {"caption", Tag::paragraph}, {"center", Tag::block}, {"cite", Tag::inline_text}, {"code", Tag::inline_text},
    {"col", Tag::void_element}, {"colgroup", Tag::other}, {"datalist", Tag::dropped}, {"dd", Tag::paragraph}, {"details", Tag::block},
    {"dialog", Tag::dropped}, {"dir", Tag::block}, {"div", Tag::block}, {"dl", Tag::block}, {"dt", Tag::paragraph},
    {"em", Tag::inline_text}, {"embed", Tag::void_element}, {"fieldset", Tag::block}, {"figcaption", Tag::caption},
    {"figure", Tag::figure}, {"font", Tag::inline_text}, {"footer", Tag::dropped}, {"form", Tag::block}, {"frame", Tag::void_element},
    {"frameset", Tag::dropped}, {"h1", Tag::heading}, {"h2", Tag::heading}, {"h3", Tag::heading}, {"h4", Tag::heading},
    {"h5", Tag::heading}, {"h6", Tag::heading}, {"head", Tag::other}, {"header", Tag::block}, {"hgroup", Tag::block},
    {"hr", Tag::rule}, {"html", Tag::html}, {"i", Tag::inline_text}, {"iframe", Tag::raw_dropped}, {"img", Tag::void_element},
    {"input", Tag::void_element}, {"ins", Tag::inline_text}, {"label", Tag::inline_text}, {"legend", Tag::paragraph},
    {"li", Tag::list_item}, {"link", Tag::link_rel}, {"main", Tag::block}, {"map", Tag::dropped}, {"mark", Tag::inline_text},
    {"math", Tag::dropped}, {"menu", Tag::block}, {"meta", Tag::meta}, {"nav", Tag::dropped}, {"noembed", Tag::raw_dropped},
    {"noframes", Tag::raw_dropped}, {"noscript", Tag::dropped}, {"object", Tag::dropped}, {"ol", Tag::block},
    {"optgroup", Tag::other}, {"option", Tag::other}, {"p", Tag::paragraph}, {"param", Tag::void_element}, {"picture", Tag::inline_text},
    {"pre", Tag::preformatted}, {"q", Tag::inline_text}, {"s", Tag::inline_text}, {"script", Tag::raw_dropped}, {"section", Tag::block},
    {"select", Tag::dropped}, {"small", Tag::inline_text}, {"source", Tag::void_element}, {"span", Tag::inline_text},
    {"strike", Tag::inline_text}, {"strong", Tag::inline_text}, {"style", Tag::raw_dropped}, {"sub", Tag::inline_text},
    {"summary", Tag::block}, {"sup", Tag::superscript}, {"svg", Tag::dropped}, {"table", Tag::table}, {"tbody", Tag::other},
    {"td", Tag::cell}, {"template", Tag::dropped}, {"textarea", Tag::raw_dropped}, {"tfoot", Tag::other}, {"th", Tag::cell},
    {"thead", Tag::other}, {"time", Tag::time}, {"title", Tag::title}, {"tr", Tag::row}, {"track", Tag::void_element},
    {"tt", Tag::inline_text}, {"u", Tag::inline_text}, {"ul", Tag::block}, {"video", Tag::dropped}, {"wbr", Tag::void_element},
    {"xmp", Tag::raw_dropped},
};

constexpr size_t kMaxNameBytes = 16;
constexpr size_t kMaxAttributes = 256;  // looked at; a tag may have more

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool equals_ignoring_case(std::string_view text, std::string_view lower_text) {
  return text.size() == lower_text.size() &&
         std::equal(text.begin(), text.end(), lower_text.begin(), [](char a, char b) { return lower(a) == b; });
}

// Where `</name` begins at or behind `from`, else the end.
size_t find_end_tag(std::string_view html, size_t from, std::string_view name) {
  for (size_t at = html.find("</", from); at != std::string_view::npos; at = html.find("</", at + 2)) {
    const size_t behind = at + 2 + name.size();
    if (behind > html.size()) break;
    const bool ends = behind == html.size() || is_blank(html[behind]) || html[behind] == '>' || html[behind] == '/';
    if (ends && equals_ignoring_case(html.substr(at + 2, name.size()), name)) return at;
  }
  return html.size();
}

// Steps through a tag's attributes. Quoted values may hold '>'.
class AttributeReader {
 public:
  explicit AttributeReader(std::string_view text) : text_(text) {}

  // False at the end of the text or at the '>' that ends the tag; `at()` stands there.
  bool next() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '/')) ++at_;
    if (at_ == text_.size() || text_[at_] == '>') return false;
    const size_t begin = at_++;  // a '=' here belongs to the name (13.2.5.32)
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '=' && text_[at_] != '>' && text_[at_] != '/') ++at_;
    name_ = text_.substr(begin, at_ - begin);
    value_ = {};
    size_t equals = at_;
    while (equals < text_.size() && is_blank(text_[equals])) ++equals;
    if (equals < text_.size() && text_[equals] == '=') {
      at_ = equals + 1;
      read_value();
    }
    return true;
  }
  std::string_view name() const { return name_; }
  std::string_view value() const { return value_; }
  size_t at() const { return at_; }

 private:
  void read_value() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size() || text_[at_] == '>') return;
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      const size_t end = std::min(text_.find(quote, at_ + 1), text_.size());
      value_ = text_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, text_.size());
      return;
    }
    const size_t begin = at_;
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '>') ++at_;
    value_ = text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string_view name_;
  std::string_view value_;
};

std::optional<std::string_view> find_attribute(std::string_view attributes, std::string_view name) {
  AttributeReader reader(attributes);
  for (size_t i = 0; i < kMaxAttributes && reader.next(); ++i) {
    if (equals_ignoring_case(reader.name(), name)) return reader.value();
  }
  return std::nullopt;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr unsigned char kLeads[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLeads[tails] | c >> (6 * tails));
  for (int i = tails - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

}  // namespace

TagName tag_of_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) return {};
  char buffer[kMaxNameBytes];
  std::transform(name.begin(), name.end(), buffer, lower);
  const std::string_view key(buffer, name.size());
  const auto* end = std::end(kNames);
  const auto* found = std::lower_bound(std::begin(kNames), end, key, [](const NameRow& row, std::string_view k) { return row.name < k; });
  if (found == end || found->name != key) return {};
  TagName result{found->tag, static_cast<uint8_t>(found - std::begin(kNames) + 1), 0};
  if (found->tag == Tag::heading) result.level = static_cast<uint8_t>(key[1] - '0');
  return result;
}

void MarkupReader::text_token(MarkupToken& token, size_t end) {
  token = {};
  token.begin = static_cast<uint32_t>(at_);
  token.size = static_cast<uint32_t>(end - at_);
  at_ = end;
}

// Where the comment or declaration at at_ ends.
size_t MarkupReader::skip_declaration() const {
  const std::string_view rest = html_.substr(at_);
  if (!rest.starts_with("<!--")) {
    const size_t end = rest.find('>');
    return end == std::string_view::npos ? html_.size() : at_ + end + 1;
  }
  if (rest.starts_with("<!-->")) return at_ + 5;
  if (rest.starts_with("<!--->")) return at_ + 6;
  for (size_t dashes = rest.find("--", 4); dashes != std::string_view::npos; dashes = rest.find("--", dashes + 1)) {
    const std::string_view behind = rest.substr(dashes + 2, 2);
    if (behind.starts_with('>')) return at_ + dashes + 3;
    if (behind == "!>") return at_ + dashes + 4;
  }
  return html_.size();
}

bool MarkupReader::read_tag(MarkupToken& token) {
  const size_t begin = at_;
  const bool end_tag = html_[at_ + 1] == '/';
  size_t name_begin = at_ + (end_tag ? 2 : 1);
  size_t name_end = name_begin;
  while (name_end < html_.size() && !is_blank(html_[name_end]) && html_[name_end] != '>' && html_[name_end] != '/') ++name_end;
  const std::string_view name = html_.substr(name_begin, name_end - name_begin);
  AttributeReader attributes(html_.substr(name_end));
  while (attributes.next()) {
  }
  const size_t end = name_end + attributes.at();
  at_ = std::min(end + 1, html_.size());
  if (end >= html_.size()) return false;  // a tag that is cut off is dropped (13.2.5.8, end of file)
  token = {};
  token.kind = end_tag ? MarkupToken::Kind::end : MarkupToken::Kind::start;
  token.begin = static_cast<uint32_t>(begin);
  token.size = static_cast<uint32_t>(at_ - begin);
  token.name = tag_of_name(name);
  token.attributes = html_.substr(name_end, end - name_end);
  token.self_closing = !token.attributes.empty() && token.attributes.back() == '/';
  const bool raw = token.name.tag == Tag::raw_dropped || token.name.tag == Tag::title;
  if (raw && !end_tag) raw_name_ = kNames[token.name.id - 1].name;
  return true;
}

bool MarkupReader::next(MarkupToken& token) {
  if (!raw_name_.empty()) {
    const size_t end = find_end_tag(html_, at_, raw_name_);
    raw_name_ = {};
    text_token(token, end);
    token.kind = MarkupToken::Kind::raw;
    return true;
  }
  while (at_ < html_.size()) {
    // A '<' that no tag, comment or declaration follows is text.
    size_t open = html_.find('<', at_);
    while (open != std::string_view::npos) {
      const char c = open + 1 < html_.size() ? html_[open + 1] : ' ';
      const char d = open + 2 < html_.size() ? html_[open + 2] : ' ';
      if (is_letter(c) || c == '!' || c == '?' || (c == '/' && d != ' ' && d != '<')) break;
      open = html_.find('<', open + 1);
    }
    if (open == std::string_view::npos) open = html_.size();
    if (open > at_) {
      text_token(token, open);
      return true;
    }
    const char c = html_[at_ + 1];
    const bool bogus = c == '!' || c == '?' || (c == '/' && at_ + 2 < html_.size() && !is_letter(html_[at_ + 2]));
    if (bogus) {
      at_ = skip_declaration();
    } else if (read_tag(token)) {
      return true;
    }
  }
  return false;
}

std::string decoded_references(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t reference = std::min(text.find('&', at), text.size());
    result.append(text, at, reference - at);
    at = reference;
    if (at == text.size()) break;
    const EntityMatch match = match_entity(text.substr(at));
    if (match.size == 0) {
      result += '&';
      ++at;
    } else {
      append_utf8(result, match.code);
      at += match.size;
    }
  }
  return result;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  const auto value = find_attribute(attributes, name);
  return value ? decoded_references(*value) : std::string();
}

bool has_attribute(std::string_view attributes, std::string_view name) { return find_attribute(attributes, name).has_value(); }

}  // namespace factmill
