// What the tests of the text room share.
#pragma once
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "text/make_document.h"
#include "unit/text/test_rules.h"

namespace factmill {

inline Record record_of(std::string bytes, Format format = Format::text, std::string charset = {}) {
  Record record;
  record.source.path = "test";
  record.bytes = std::move(bytes);
  record.format = format;
  record.charset = std::move(charset);
  return record;
}

inline Document document_of(std::string bytes, Format format = Format::text, std::string charset = {}) {
  DocumentOrReject made = make_document(record_of(std::move(bytes), format, std::move(charset)), test_rules());
  if (!made) FAIL(made.reject().code << ": " << made.reject().message);
  return std::move(made.document());
}

inline Reject reject_of(std::string bytes, Format format = Format::text, std::string charset = {}) {
  DocumentOrReject made = make_document(record_of(std::move(bytes), format, std::move(charset)), test_rules());
  if (made) FAIL("expected a reject, got: " << made.document().text.substr(0, 80));
  return std::move(made.reject());
}

inline std::string text_of(const Document& document, const Paragraph& paragraph) { return std::string(paragraph.span.of(document.text)); }

inline std::vector<std::string> paragraphs_of(const Document& document) {
  std::vector<std::string> result;
  for (const Paragraph& paragraph : document.paragraphs) result.push_back(text_of(document, paragraph));
  return result;
}

// "zone: text" of every paragraph, the text cut to 24 bytes.
inline std::vector<std::string> zones_of(const Document& document) {
  std::vector<std::string> result;
  for (const Paragraph& paragraph : document.paragraphs) {
    result.push_back(std::string(zone_name(paragraph.zone)) + ": " + text_of(document, paragraph).substr(0, 24));
  }
  return result;
}

// The raw bytes below the first occurrence of `needle` in the text.
inline std::string raw_below(const Document& document, std::string_view needle) {
  const size_t at = document.text.find(needle);
  if (at == std::string::npos) return "(not in the text)";
  const Span raw = document.to_raw({static_cast<uint32_t>(at), static_cast<uint32_t>(at + needle.size())});
  return std::string(raw.of(document.raw));
}

// An article of ../shared, empty where it is not there.
inline std::string shared_article(const std::string& name) {
  std::ifstream file(std::string(FACTMILL_SOURCE_DIR) + "/../shared/articles/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace factmill
