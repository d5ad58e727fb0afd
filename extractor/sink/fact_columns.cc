#include "sink/fact_columns.h"

#include <iterator>
#include <utility>

#include "sink/clean_text.h"

namespace factmill {
namespace {

Cell text_cell(const std::string& text) {
  if (text.empty()) return std::monostate{};
  return std::string_view(text);
}

Cell decimal_cell(const std::optional<Decimal>& number) {
  if (!number) return std::monostate{};
  return *number;
}

Cell integer_cell(uint64_t number) { return static_cast<int64_t>(number); }

template <auto member>
Cell text_of(const Fact& fact) {
  return text_cell(fact.*member);
}

template <auto member>
Cell decimal_of(const Fact& fact) {
  return decimal_cell(fact.*member);
}

template <auto member>
Cell alt_of(const Fact& fact) {
  if (!fact.stated_alt) return std::monostate{};
  return decimal_cell((*fact.stated_alt).*member);
}

Cell alt_unit(const Fact& fact) { return fact.stated_alt ? text_cell(fact.stated_alt->unit) : Cell{}; }

Cell source_offset(const Fact& fact) { return fact.offset ? integer_cell(*fact.offset) : Cell{}; }

Cell word_or(const std::string& word, std::string_view fallback) {
  return word.empty() ? fallback : std::string_view(word);
}

Cell measure(const Fact& fact) { return word_or(fact.measure, "level"); }
Cell qualifier(const Fact& fact) { return word_or(fact.qualifier, "exact"); }
Cell modality(const Fact& fact) { return word_or(fact.modality, "actual"); }

Cell sentence_start(const Fact& fact) { return integer_cell(fact.sentence.begin); }
Cell sentence_end(const Fact& fact) { return integer_cell(fact.sentence.end); }

Cell evidence_start(const Fact& fact) {
  return fact.evidence.empty() ? Cell{} : integer_cell(fact.evidence.front().start);
}
Cell evidence_end(const Fact& fact) { return fact.evidence.empty() ? Cell{} : integer_cell(fact.evidence.front().end); }
Cell evidence_text(const Fact& fact) { return fact.evidence.empty() ? Cell{} : text_cell(fact.evidence.front().text); }

// Cleaned, because PostgreSQL's JSONB refuses "\u0000".
void write_attributes(const Fact& fact, JsonWriter& json) {
  std::string scratch;
  json.begin_object();
  for (const auto& [name, value] : fact.attributes) json.field(name, clean_text(value, scratch));
  json.end_object();
}

void write_evidence(const Fact& fact, JsonWriter& json) {
  static constexpr JsonKey kStart("start"), kEnd("end"), kText("text");
  json.begin_array();
  for (const Evidence& evidence : fact.evidence) {
    json.begin_object();
    json.field(kStart, evidence.start);
    json.field(kEnd, evidence.end);
    json.field(kText, std::string_view(evidence.text));
    json.end_object();
  }
  json.end_array();
}

void write_flags(const Fact& fact, JsonWriter& json) {
  json.begin_array();
  for (const std::string& flag : fact.flags) json.value(std::string_view(flag));
  json.end_array();
}

template <auto member, auto write>
Cell json_of(const Fact& fact) {
  if ((fact.*member).empty()) return std::monostate{};
  return LazyJson{&fact, write};
}

using enum ColumnType;
using enum Presence;

constexpr std::string_view kEvidenceSchema =
    R"({"type": "array", "minItems": 1, "items": {"type": "object", "additionalProperties": false, )"
    R"("required": ["start", "end", "text"], "properties": {"start": {"type": "integer", "minimum": 0}, )"
    R"("end": {"type": "integer", "minimum": 0}, "text": {"type": "string"}}}})";

// JSON holds evidence as objects; CSV has the first one in cells of its own too; in SQL it is a table.
constexpr FactColumn kColumns[] = {
    {"", "fact_id", "fact_id", hash, always, text_of<&Fact::fact_id>,
     "Identity: the same document and statement give the same id on any machine."},
    {"", "doc_id", "doc_id", hash, always, text_of<&Fact::doc_id>, "Hash of the document's raw bytes."},
    {"source", "path", "source_path", text, always, text_of<&Fact::path>, "The file that holds the document."},
    {"source", "member", "source_member", text, optional, text_of<&Fact::member>, "Name inside an archive."},
    {"source", "offset", "source_offset", integer, optional, source_offset, "Byte of the record in the file."},
    {"source", "url", "source_url", text, optional, text_of<&Fact::url>, "Address of the document, if known."},
    {"source", "charset", "source_charset", text, optional, text_of<&Fact::charset>,
     "Of the raw bytes, where it is not UTF-8."},
    {"", "title", "title", text, optional, text_of<&Fact::title>, "Title of the document."},
    {"", "site", "site", text, optional, text_of<&Fact::site>, "Who published it."},
    {"", "lang", "lang", text, optional, text_of<&Fact::lang>, "Language of the document."},
    {"", "published", "published", date, optional, text_of<&Fact::published>, "Day of publication."},
    {"", "published_from", "published_from", text, optional, text_of<&Fact::published_from>,
     "Where the day of publication was found.", {}, "option metadata url dateline text crawl"},
    {"", "metric", "metric", text, always, text_of<&Fact::metric>, "What is measured, a name of the rule pack."},
    {"", "measure", "measure", text, optional, measure,
     "The value itself, or a signed difference against the basis.", "level", "level change"},
    {"", "basis", "basis", text, optional, text_of<&Fact::basis>,
     "What a change is measured against: yoy, qoq, mom, ..."},
    {"", "company", "company", text, optional, text_of<&Fact::company>, "Canonical name from the lexicon."},
    {"", "brand", "brand", text, optional, text_of<&Fact::brand>, "Canonical name from the lexicon."},
    {"", "model", "model", text, optional, text_of<&Fact::model>, "Canonical name from the lexicon."},
    {"", "variant", "variant", text, optional, text_of<&Fact::variant>, "Trim of the model."},
    {"", "company_id", "company_id", text, optional, text_of<&Fact::company_id>, "The lexicon's id of the company."},
    {"", "industry", "industry", text, optional, text_of<&Fact::industry>,
     "The whole market, where a market body speaks of it."},
    {"", "segment", "segment", text, optional, text_of<&Fact::segment>, "Part of the business."},
    {"", "region", "region", text, optional, text_of<&Fact::region>, "CN, EU, ... or a place."},
    {"", "counterparty", "counterparty", text, optional, text_of<&Fact::counterparty>, "The other party."},
    {"", "feature", "feature", text, optional, text_of<&Fact::feature>, "The named feature."},
    {"", "value", "value", decimal, optional, decimal_of<&Fact::value>,
     "Exact decimal; absent for a range and for the date of an event."},
    {"", "value_low", "value_low", decimal, optional, decimal_of<&Fact::value_low>, "Lower end of a range."},
    {"", "value_high", "value_high", decimal, optional, decimal_of<&Fact::value_high>, "Upper end of a range."},
    {"", "qualifier", "qualifier", text, optional, qualifier,
     "about, more_than, at_least, range, record, ...", "exact"},
    {"", "unit", "unit", text, optional, text_of<&Fact::unit>, "As stated, in canonical spelling; ISO 4217 for money."},
    {"", "per", "per", text, optional, text_of<&Fact::per>, "For a rate: day, vehicle, share, ..."},
    {"", "value_std", "value_std", decimal, optional, decimal_of<&Fact::value_std>,
     "The value in the metric's standard unit, where that is another."},
    {"", "unit_std", "unit_std", text, optional, text_of<&Fact::unit_std>, "The metric's standard unit."},
    {"", "value_low_std", "value_low_std", decimal, optional, decimal_of<&Fact::value_low_std>,
     "Lower end in the standard unit."},
    {"", "value_high_std", "value_high_std", decimal, optional, decimal_of<&Fact::value_high_std>,
     "Upper end in the standard unit."},
    {"stated_alt", "value", "stated_alt_value", decimal, optional, alt_of<&StatedAmount::value>,
     "The same amount as the article also gives it."},
    {"stated_alt", "value_low", "stated_alt_value_low", decimal, optional, alt_of<&StatedAmount::value_low>,
     "Lower end of that amount."},
    {"stated_alt", "value_high", "stated_alt_value_high", decimal, optional, alt_of<&StatedAmount::value_high>,
     "Upper end of that amount."},
    {"stated_alt", "unit", "stated_alt_unit", text, within, alt_unit, "Unit or currency of that amount."},
    {"", "value_cny", "value_cny", decimal, optional, decimal_of<&Fact::value_cny>, "Money in yuan."},
    {"", "value_usd", "value_usd", decimal, optional, decimal_of<&Fact::value_usd>, "Money in US dollars."},
    {"", "fx_rate", "fx_rate", decimal, optional, decimal_of<&Fact::fx_rate>, "CNY per USD."},
    {"", "fx_from", "fx_from", text, optional, text_of<&Fact::fx_from>,
     "Where the rate was found.", {}, "article table option default"},
    {"", "period", "period", text, optional, text_of<&Fact::period>,
     "What the value is about: 2024-08-21, 2024-08, 2024-Q2, 2024-H1, 2024, 2024-W33 or from/to."},
    {"", "period_start", "period_start", date, optional, text_of<&Fact::period_start>, "First day of the period."},
    {"", "period_end", "period_end", date, optional, text_of<&Fact::period_end>, "Last day of the period, inclusive."},
    {"", "period_kind", "period_kind", text, optional, text_of<&Fact::period_kind>,
     "How the value relates to the period.",
     {}, "day week month quarter half year ytd range as_of by cumulative since_event"},
    {"", "period_from", "period_from", text, optional, text_of<&Fact::period_from>,
     "Where the period was found: clause, sentence, paragraph, title, published."},
    {"", "company_from", "company_from", text, optional, text_of<&Fact::company_from>, "Where the company was found."},
    {"", "modality", "modality", text, optional, modality,
     "How certain the statement is.",
     "actual", "actual preliminary estimate guidance target plan forecast implied derived proposed rumored"},
    {"", "status", "status", text, optional, text_of<&Fact::status>,
     "Where the article says so.", {}, "previous revised unchanged"},
    {"", "attributes", "attributes", json, optional, json_of<&Fact::attributes, write_attributes>,
     "Arguments that belong to one metric.",
     {}, {}, R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"", "attributed_to", "attributed_to", text, optional, text_of<&Fact::attributed_to>,
     "Who said it, if not the article itself."},
    {"", "stated_on", "stated_on", text, optional, text_of<&Fact::stated_on>,
     "When it was said, if not in the article itself."},
    {"", "evidence_start", "evidence_start", integer, optional, evidence_start,
     "First byte of the value in the raw document.", {}, {}, {}, kCsv},
    {"", "evidence_end", "evidence_end", integer, optional, evidence_end,
     "Byte after the value in the raw document.", {}, {}, {}, kCsv},
    {"", "evidence_text", "evidence_text", text, optional, evidence_text,
     "The value as the document writes it.", {}, {}, {}, kCsv},
    {"", "evidence", "evidence", json, always, json_of<&Fact::evidence, write_evidence>,
     "Byte spans of the raw document; the first is the value's own, others support it.",
     {}, {}, kEvidenceSchema, kJson | kCsv},
    {"sentence", "start", "sentence_start", integer, always, sentence_start,
     "First byte of the sentence in the raw document."},
    {"sentence", "end", "sentence_end", integer, always, sentence_end, "Byte after the sentence in the raw document."},
    {"", "rule", "rule", text, always, text_of<&Fact::rule>, "Permanent id of the rule."},
    {"", "pack", "pack", text, always, text_of<&Fact::pack>, "The rule pack with its version."},
    {"", "flags", "flags", json, optional, json_of<&Fact::flags, write_flags>,
     "What a careful reader would want to know.", {}, {}, R"({"type": "array", "items": {"type": "string"}})"},
};

bool is_left_out(const FactColumn& column, const Cell& cell) {
  if (is_absent(cell)) return true;
  const std::string_view* word = std::get_if<std::string_view>(&cell);
  return word && !column.fallback.empty() && *word == column.fallback;
}

void write_cell(const Cell& cell, JsonWriter& json) {
  if (const auto* string = std::get_if<std::string_view>(&cell)) return json.value(*string);
  if (const auto* integer = std::get_if<int64_t>(&cell)) return json.value(*integer);
  if (const auto* number = std::get_if<Decimal>(&cell)) return json.value(*number);
  if (const auto* nested = std::get_if<LazyJson>(&cell)) return nested->write(*nested->fact, json);
  json.null();
}

// The JSON object that the key before this one is in.
constexpr std::string_view group_before(size_t index) {
  while (index > 0) {
    if (kColumns[--index].is_in(kJson)) return kColumns[index].group;
  }
  return {};
}

// `open`: whether the column's object, or that of the key before, has been opened, which its first value does.
template <size_t kIndex>
void append_column(const Fact& fact, JsonWriter& json, bool& open) {
  static constexpr FactColumn kColumn = kColumns[kIndex];
  if constexpr (kColumn.is_in(kJson)) {
    if constexpr (group_before(kIndex) != kColumn.group) {
      if (open) json.end_object();
      open = false;
    }
    const Cell cell = kColumn.read(fact);
    if (is_left_out(kColumn, cell)) return;
    if constexpr (!kColumn.group.empty()) {
      static constexpr JsonKey kGroup(kColumn.group);
      if (!open) {
        json.key(kGroup);
        json.begin_object();
      }
      open = true;
    }
    static constexpr JsonKey kKey(kColumn.key);
    json.key(kKey);
    write_cell(cell, json);
  }
}

}  // namespace

std::span<const FactColumn> fact_columns() { return kColumns; }

// Written out column by column by the compiler: what is constant of one costs nothing.
void append_json(const Fact& fact, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  bool open = false;
  [&]<size_t... kIndexes>(std::index_sequence<kIndexes...>) {
    (append_column<kIndexes>(fact, json, open), ...);
  }(std::make_index_sequence<std::size(kColumns)>());
  if (open) json.end_object();
  json.end_object();
}

}  // namespace factmill
