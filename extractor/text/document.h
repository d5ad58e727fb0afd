// A document ready to be searched: folded text, the way back to the raw bytes, and what is known about it.
//
//   raw      "Xiaomi\xC2\xA0sold \xE2\x80\x9Cmany\xE2\x80\x9D"
//   text     "Xiaomi sold \"many\""          folded: NBSP, quotes, dashes, full-width forms, markup gone
//   map      text offset -> raw offset
//
// `text` is UTF-8, paragraphs separated by '\n', no CR, no NUL. Spans of every later stage count bytes of `text`;
// only evidence goes back to `raw`. A Document owns all its storage and is immutable after make_document.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/record.h"
#include "base/date.h"
#include "base/span.h"

namespace factmill {

// What a paragraph is on its page. Only statement zones hold the article's own statements.
enum class Zone : uint8_t { body, title, lead, summary, caption, prompt, related, fx_note, legal, metadata };
std::string_view zone_name(Zone zone);
// Zones whose sentences state facts: title (names and context, never a fact by itself) is not one.
inline bool states_facts(Zone zone) { return zone == Zone::body || zone == Zone::lead || zone == Zone::summary; }

struct Paragraph {
  Span span;  // in text, without the line break
  Zone zone = Zone::body;
};

// Piecewise-linear map from text offsets to raw offsets. Between two anchors bytes correspond one to one.
class OffsetMap {
 public:
  // Anchors must be added in text order; an anchor says: from `text` on, byte text+k stands at raw+k.
  void add(uint32_t text, uint32_t raw) { anchors_.push_back({text, raw}); }
  // Identity where there are no anchors. `begin_to_raw` gives the raw byte where the character at `text` begins;
  // `end_to_raw` the raw byte just behind the character that ends at `text`.
  uint32_t begin_to_raw(uint32_t text) const;
  uint32_t end_to_raw(uint32_t text) const;
  bool identity() const { return anchors_.empty(); }

 private:
  struct Anchor {
    uint32_t text;
    uint32_t raw;
  };
  std::vector<Anchor> anchors_;
};

struct Document {
  std::string raw;      // the record's bytes, untouched
  std::string charset;  // of raw: "UTF-8", "UTF-16LE", "GB18030", ...
  std::string text;     // folded
  OffsetMap map;
  std::vector<Paragraph> paragraphs;  // in order, not overlapping

  std::string doc_id;  // 32 hex digits over raw
  Source source;
  std::string title;
  std::string site;
  std::string lang;
  std::optional<Day> published;
  std::string published_from;  // option, metadata, url, dateline, text, crawl; empty if unknown

  // The raw bytes that a span of text stands on, and those bytes as UTF-8.
  Span to_raw(Span text_span) const { return {map.begin_to_raw(text_span.begin), map.end_to_raw(text_span.end)}; }
  std::string raw_text(Span raw_span) const;
};

}  // namespace factmill
