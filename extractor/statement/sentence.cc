#include "statement/sentence.h"

#include <algorithm>
#include <cstring>

namespace factmill {
namespace {

size_t character_length(char lead) {
  auto c = static_cast<uint8_t>(lead);
  if (c < 0x80) return 1;
  return c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
}

bool is_ascii(std::string_view text) {
  uint64_t all = 0;
  size_t i = 0;
  for (; i + sizeof(all) <= text.size(); i += sizeof(all)) {
    uint64_t some;
    std::memcpy(&some, text.data() + i, sizeof(some));
    all |= some;
  }
  for (; i < text.size(); ++i) all |= static_cast<uint8_t>(text[i]);
  return (all & 0x8080808080808080) == 0;
}

}  // namespace

void append_tagged(std::string& out, std::string_view text) {
  if (is_ascii(text)) {
    out += text;
    return;
  }
  for (size_t i = 0; i < text.size();) {
    const size_t length = std::min(character_length(text[i]), text.size() - i);
    out += length == 1 && !is_tag_byte(text[i]) ? text[i] : kForeign;
    i += length;
  }
}

void TaggedSentence::clear() {
  tagged.clear();
  origin.clear();
  node_at.clear();
  nodes.clear();
  items.clear();
  attributes.clear();
  tags = 0;
  tag_bytes = 0;
  metrics.clear();
}

void TaggedSentence::append_text(std::string_view text, uint32_t at) {
  const size_t size = tagged.size();
  append_tagged(tagged, text);
  origin.resize(tagged.size());
  node_at.resize(tagged.size(), kNoNode);
  if (tagged.size() - size == text.size()) {
    for (size_t k = size; k < origin.size(); ++k) origin[k] = at + static_cast<uint32_t>(k - size);
    return;
  }
  size_t i = 0;
  for (size_t k = size; k < origin.size(); ++k) {
    origin[k] = at + static_cast<uint32_t>(i);
    i += character_length(text[i]);
  }
}

int32_t TaggedSentence::append_node(Node node) {
  auto index = static_cast<int32_t>(nodes.size());
  tagged += tag_byte(node.tag, node.list);
  origin.push_back(node.span.begin);
  node_at.push_back(index);
  tags |= tag_bit(node.tag);
  tag_bytes |= tag_byte_bit(tagged.back());
  nodes.push_back(std::move(node));
  return index;
}

int32_t TaggedSentence::fold(size_t begin, size_t end, Node node) {
  auto index = static_cast<int32_t>(nodes.size());
  tagged.replace(begin, end - begin, 1, tag_byte(node.tag, node.list));
  auto erase = [&](auto& v) {
    v.erase(v.begin() + static_cast<ptrdiff_t>(begin) + 1, v.begin() + static_cast<ptrdiff_t>(end));
  };
  origin[begin] = node.span.begin;
  node_at[begin] = index;
  erase(origin);
  erase(node_at);
  tags |= tag_bit(node.tag);
  tag_bytes |= tag_byte_bit(tagged[begin]);
  nodes.push_back(std::move(node));
  return index;
}

uint32_t TaggedSentence::text_end(size_t byte, std::string_view text) const {
  if (node_at[byte] != kNoNode) return node(node_at[byte]).span.end;
  uint32_t at = origin[byte];
  return at + static_cast<uint32_t>(character_length(text[at]));
}

std::string TaggedSentence::readable(std::string_view part) const {
  std::string out;
  for (char c : part) {
    if (!is_tag_byte(c)) {
      out += c == kForeign ? '?' : c;
      continue;
    }
    bool list = static_cast<uint8_t>(c) >= 0xC0;
    size_t tag = static_cast<uint8_t>(c) - (list ? 0xC0 : 0x80);
    out += '{';
    out += tag < kTagCount ? kTagNames[tag] : "?";
    out += list ? "+}" : "}";
  }
  return out;
}

}  // namespace factmill
