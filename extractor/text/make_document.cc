#include "text/make_document.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "archive/snippet.h"
#include "base/hash.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/metadata_date.h"
#include "text/page.h"
#include "text/unwrap.h"
#include "text/zones.h"

namespace factmill {
namespace {

Reject reject(const Source& source, std::string code, std::string message, uint64_t offset, std::string_view bytes) {
  Reject result;
  result.source = source;
  result.offset = offset;
  result.stage = "text";
  result.code = std::move(code);
  result.message = std::move(message);
  result.snippet = snippet(bytes, offset);
  return result;
}

// Metadata on one line, folded as text is, so that later rooms find the same names in it. What a CSV holds is in the
// charset of the text beside it.
std::string folded_line(std::string_view metadata, std::string_view charset) {
  const bool is_utf8 = simdjson::validate_utf8(metadata.data(), metadata.size());
  const std::string text = is_utf8 ? std::string(metadata) : to_utf8(metadata, charset);
  std::string folded;
  OffsetMap map;
  if (!fold(text, folded, map)) folded = text;
  std::replace_if(folded.begin(), folded.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  const size_t begin = folded.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return folded.substr(begin, folded.find_last_not_of(' ') + 1 - begin);
}

// Hints name bytes of the text before folding; the first folded byte that stands there or behind it takes them.
void move_hints(std::vector<MarkupHint>& hints, const OffsetMap& map, uint32_t text_size) {
  for (MarkupHint& hint : hints) {
    uint32_t low = 0, high = text_size;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (map.begin_to_raw(middle) < hint.at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    hint.at = low;
  }
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

void date_document(Document& document, const Record& record, const Page& page, const TextOptions& options) {
  const auto set = [&](std::optional<Day> day, const char* from) {
    if (!day || document.published) return;
    document.published = day;
    document.published_from = from;
  };
  if (options.published_overrides) set(options.published, "option");
  set(parse_metadata_date(record.published), "metadata");
  set(page.published, "metadata");
  set(date_in_url(document.source.url), "url");
  set(date_in_url(page.url), "url");
  set(record.default_published, "option");
  set(options.published, "option");
  document.crawled = parse_metadata_date(record.crawled);
}

}  // namespace

DocumentOrReject make_document(Record&& record, const TextRules& rules, const TextOptions& options) {
  Document document;
  document.raw = std::move(record.bytes);
  document.source = std::move(record.source);
  const std::string_view raw = document.raw;
  const auto fail = [&](std::string code, std::string message, uint64_t offset) {
    return reject(document.source, std::move(code), std::move(message), offset, raw);
  };
  if (raw.empty()) return fail("empty", "the document is empty", 0);
  if (raw.size() > options.max_text_bytes) return fail("too-long", "the document has " + std::to_string(raw.size()) + " bytes", 0);

  const bool html = record.format == Format::html;
  Decoded decoded = decode(raw, record.charset.empty() && html ? declared_in_markup(raw) : record.charset);
  if (!decoded.problem.empty()) return fail(decoded.problem, decoded.message, decoded.offset);
  document.charset = decoded.charset;
  std::string_view text = decoded.text(raw);

  Page page;
  if (html) {
    page = read_page(text, rules.page);
    if (!page.problem.empty()) return fail(page.problem, page.message, decoded.map.begin_to_raw(static_cast<uint32_t>(page.offset)));
    document.map = OffsetMap::composed(page.map, static_cast<uint32_t>(page.text.size()), decoded.map);
    text = page.text;
  } else {
    document.map = std::move(decoded.map);
  }
  OffsetMap folding;
  const bool is_folded = fold(text, document.text, folding);
  const std::string_view folded = is_folded ? document.text : text;
  if (folded.size() > options.max_text_bytes) return fail("too-long", "the folded text is too long", 0);
  if (is_blank(folded)) return fail("empty", "the document holds no text", 0);
  document.title = folded_line(record.title.empty() ? page.title : record.title, document.charset);
  if (options.topic && !options.topic->may_be_in(folded, document.title)) return OffTopic{std::move(document.source)};
  if (is_folded) {
    document.map = OffsetMap::composed(folding, static_cast<uint32_t>(document.text.size()), document.map);
    move_hints(page.hints, folding, static_cast<uint32_t>(document.text.size()));
  } else {
    document.text = text;
  }
  if (!html) unwrap(document.text);

  document.doc_id = hash128(raw).to_hex();
  document.site = folded_line(record.site.empty() ? page.site : record.site, document.charset);
  document.lang = folded_line(record.lang.empty() ? page.lang : record.lang, document.charset);
  document.language = language_of(document.text, rules.languages);
  if (document.lang.empty()) document.lang = document.language;
  date_document(document, record, page, options);
  if (document.source.url.empty()) document.source.url = page.url;
  mark_zones(document.text, document.title, page.hints, rules, document.paragraphs);
  return document;
}

}  // namespace factmill
