// HTML as a stream of tags and text, in one pass, without a tree.
//
//   MarkupReader reader(html);
//   MarkupToken token;
//   while (reader.next(token)) ...
//
// A page's text needs no tree: which block a word stands in, whether it is linked and whether an ancestor is dropped
// can be told from the tags as they come. So nothing here nests, and time is linear whatever a page does with its tags
// (a tree builder takes quadratic time for deep nesting and copies unclosed <b>s into every paragraph). Comments,
// declarations and the contents of <script>, <style>, <title> and the like are recognized as HTML does (13.2.5).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace factmill {

// What a tag means for text. `other` is inline and means nothing.
enum class Tag : uint8_t {
  other, inline_text,  // <b>, <span>, ...: known, nested, no break
  block,               // <div>, <section>, ...: a break, nested
  paragraph,           // <p>, <dt>, ...: a break; its end tag may be left out
  list_item, heading, link, line_break, rule,
  table, row, cell, figure, caption, preformatted, superscript,
  dropped,             // <nav>, <svg>, ...: no part of the article
  raw_dropped,         // <script>, <style>: what is in it is no markup either
  title, html, meta, link_rel, time, void_element,
};

struct TagName {
  Tag tag = Tag::other;
  uint8_t id = 0;  // tells names of one Tag apart: <div> and <section>; 0: unknown name
  uint8_t level = 0;  // of a heading
};
TagName tag_of_name(std::string_view name);

struct MarkupToken {
  enum class Kind : uint8_t { text, start, end, raw } kind = Kind::text;
  uint32_t begin = 0;  // bytes of the page: text, tag, or contents of the raw element that was just started
  uint32_t size = 0;
  TagName name;
  bool self_closing = false;
  std::string_view attributes;  // of a start tag, as written
};

class MarkupReader {
 public:
  explicit MarkupReader(std::string_view html) : html_(html) {}
  bool next(MarkupToken& token);

 private:
  bool read_tag(MarkupToken& token);
  size_t skip_declaration() const;
  void text_token(MarkupToken& token, size_t end);

  std::string_view html_;
  size_t at_ = 0;
  std::string_view raw_name_;  // of the element whose contents come next
};

// The value of an attribute with character references decoded; "" where it is not there or empty. Names in lower case.
std::string attribute(std::string_view attributes, std::string_view name);
bool has_attribute(std::string_view attributes, std::string_view name);
std::string decoded_references(std::string_view text);

}  // namespace factmill
