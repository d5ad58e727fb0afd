#include "pipeline/annotations.h"

#include "base/json_writer.h"
#include "mention/date_discourse.h"
#include "mention/value_rows.h"

namespace factmill {
namespace {

constexpr JsonKey kBy("by"), kEnd("end"), kEntity("entity"), kGranularity("granularity"), kHigh("high"), kId("id"), kLow("low"), kMentions("mentions"), kMetrics("metrics"), kMod("mod"), kName("name"), kOf("of"), kPer("per"), kPeriodEnd("period_end"), kPeriodStart("period_start"), kQualifier("qualifier"), kReading("reading"), kRows("rows"), kStart("start"), kText("text"), kTimex("timex"), kTimexType("timex_type"), kType("type"), kUnit("unit"), kValue("value");

void append_span(const Document& document, Span text, JsonWriter& json) {
  Span raw = document.to_raw(text);
  json.field(kStart, raw.begin);
  json.field(kEnd, raw.end);
  if (document.charset == "UTF-8") {
    json.field(kText, raw.of(document.raw));
  } else {
    json.field(kText, document.raw_text(raw));
  }
}

// {"of": "currency", "by": "countries", "start", "end", "text"}: the bytes that decided, where some did.
void append_choice(const Document& document, const Choice& choice, JsonWriter& json) {
  json.key(kReading);
  json.begin_object();
  json.field(kOf, choice_name(choice.of));
  json.field(kBy, choice_name(choice.by));
  if (choice.by == Choice::By::site) json.field(kText, home_site(document));
  if (!choice.evidence.empty()) append_span(document, choice.evidence, json);
  json.end_object();
}

// "rows": ["common/units.yaml:23 units", ...]
void append_rows(const Extractor& extractor, const Document& document, const Value& value, JsonWriter& json) {
  json.key(kRows);
  json.begin_array();
  for (const ValueRow& row : rows_of(extractor.pack().values, document.text, value)) {
    const std::string line = row.place->file + ":" + std::to_string(row.place->line) + " ";
    json.value(line + std::string(row.span.of(document.text)));
  }
  json.end_array();
}

void append_timex(const Timex& timex, JsonWriter& json) {
  json.field(kTimex, std::string_view(timex.value));
  if (timex.type == "TIME" || timex.type == "SET") json.field(kTimexType, timex.type);
  if (!timex.mod.empty()) json.field(kMod, timex.mod);
  if (!timex.granularity.empty()) json.field(kGranularity, timex.granularity);
  if (timex.days) {
    json.field(kPeriodStart, to_string(timex.days->from));
    json.field(kPeriodEnd, to_string(timex.days->to));
  }
}

void append_value(const Extractor& extractor, const Document& document, const Mentions& mentions, const Value& value,
                  AnnotationOptions options, DateDiscourse& dates, JsonWriter& json) {
  json.begin_object();
  const bool is_date = value.type == ValueType::date;
  const bool is_span = is_date && mentions.values.dates[value.date].kind == DateSpec::Kind::duration;
  json.field(kType, value_type_name(is_span ? ValueType::duration : value.type));
  append_span(document, value.span, json);
  if (is_date) {
    if (const std::optional<Timex> timex = dates.read(mentions.values, value)) append_timex(*timex, json);
    if (const std::string_view unit = counted_unit(mentions.values.dates[value.date]); !unit.empty()) {
      json.field(kValue, Decimal(mentions.values.dates[value.date].count));
      json.field(kUnit, unit);
    }
  } else if (value.is_range) {
    json.field(kLow, value.low);
    json.field(kHigh, value.high);
  } else {
    json.field(kValue, value.low);
  }
  const ValueTables& tables = extractor.pack().values;
  if (value.unit) json.field(kUnit, std::string_view(tables.unit(value.unit).name));
  if (value.per) json.field(kPer, std::string_view(tables.unit(value.per).name));
  if (value.type == ValueType::duration && !dates.is_age(value.span)) {
    if (const std::string timex = duration_timex(value, tables.unit(value.unit)); !timex.empty()) json.field(kTimex, std::string_view(timex));
  }
  if (value.qualifier != Qualifier::exact) json.field(kQualifier, qualifier_name(value.qualifier));
  if (value.choice != 0) append_choice(document, mentions.values.choices[value.choice - 1], json);
  if (options.rows) append_rows(extractor, document, value, json);
  json.end_object();
}

void append_name(const Extractor& extractor, const Document& document, const Name& name, JsonWriter& json) {
  json.begin_object();
  json.field(kType, tag_name(name.tag));
  append_span(document, name.span, json);
  if (name.entity != kNoEntity) {
    const Entity& entity = extractor.pack().lexicon.entity(name.entity);
    json.field(kName, std::string_view(entity.name));
    if (!entity.id.empty()) json.field(kEntity, std::string_view(entity.id));
  } else if (name.tag == Tag::noun || name.tag == Tag::verb) {
    json.key(kMetrics);
    json.begin_array();
    for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
      const NameReading& reading = extractor.finder().names().reading(r);
      if (is_head(reading.tag) && reading.index != kCarriedMetric)
        json.value(std::string_view(extractor.pack().metrics.metric(reading.index).id));
    }
    json.end_array();
  }
  json.end_object();
}

}  // namespace

void append_annotations(const Extractor& extractor, const Document& document, std::string_view id,
                        const Mentions& mentions, AnnotationOptions options, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  json.field(kId, id.empty() ? std::string_view(document.doc_id) : id);
  json.key(kMentions);
  json.begin_array();
  const auto& values = mentions.values.values;
  const auto& names = mentions.names;
  DateDiscourse dates(extractor.pack().values, document.text, document.published);
  size_t v = 0, n = 0;
  uint32_t covered = 0;
  while (v < values.size() || n < names.size()) {
    bool take_value = n >= names.size() || (v < values.size() && values[v].span.begin <= names[n].span.begin);
    Span span = take_value ? values[v].span : names[n].span;
    if (span.begin >= covered) {
      take_value ? append_value(extractor, document, mentions, values[v], options, dates, json)
                 : append_name(extractor, document, names[n], json);
      covered = span.end;
    }
    ++(take_value ? v : n);
  }
  json.end_array();
  json.end_object();
  out += '\n';
}

}  // namespace factmill
