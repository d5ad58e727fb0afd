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
#include "ruleset/zone.h"

namespace factmill {

struct Paragraph {
  Span span;  // in text, without the line break
  Zone zone = Zone::body;
};

// The way back from text offsets to raw offsets, as runs of equal units: in a run every `text_unit` bytes of text stand
// on `raw_unit` bytes of raw, in order. A run of 1:1 units is plain copied bytes (also of longer characters); UTF-16
// English is one run of 1:2; an NBSP is a run of one 1:2 unit, `&nbsp;` of one 1:6, a line break that markup implies 1:0.
//
//   text  Xiaomi sold          runs  {text 0, raw 0, 1:1} {text 6, raw 6, 1:2} {text 7, raw 8, 1:1}
//   raw   Xiaomi\xC2\xA0sold
//
// Bytes of raw between two runs were dropped. Immutable after building; safe to share.
class OffsetMap {
 public:
  // Runs are added in text order, each at the text offset where the one before ends. A run that only continues the one
  // before is merged into it.
  void add(uint32_t text, uint32_t raw) { add(text, raw, 1, 1); }
  void add(uint32_t text, uint32_t raw, uint32_t text_unit, uint32_t raw_unit);
  // Identity where there are no runs. `begin_to_raw` gives the raw byte where the character at `text` begins;
  // `end_to_raw` the raw byte just behind the character that ends at `text`. Inside a unit: its begin, its end.
  uint32_t begin_to_raw(uint32_t text) const;
  uint32_t end_to_raw(uint32_t text) const;
  bool identity() const { return runs_.empty(); }
  size_t run_count() const { return runs_.size(); }

  // The map text -> raw, of `outer` text -> middle (over `text_size` bytes of text) and `inner` middle -> raw.
  static OffsetMap composed(const OffsetMap& outer, uint32_t text_size, const OffsetMap& inner);

 private:
  struct Run {
    uint32_t text;
    uint32_t raw;
    uint32_t text_unit;
    uint32_t raw_unit;
  };
  const Run* last_at_or_before(uint32_t text) const;
  void add_linear(uint32_t text, uint32_t middle, uint32_t size, const OffsetMap& inner, size_t& cursor);

  std::vector<Run> runs_;
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
  std::string lang;      // as the record or page declares it
  std::string language;  // as the text shows it; empty where it is not clear
  std::optional<Day> published;
  std::string published_from;  // option, metadata, url; empty if unknown
  std::optional<Day> crawled;  // dates the document where nothing else does, but resolves no "today" in it

  // The raw bytes that a span of text stands on (an empty span has none), and those bytes as UTF-8.
  Span to_raw(Span text_span) const {
    uint32_t begin = map.begin_to_raw(text_span.begin);
    return {begin, text_span.empty() ? begin : map.end_to_raw(text_span.end)};
  }
  std::string raw_text(Span raw_span) const;
};

}  // namespace factmill
