#include "statement/table_meaning.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kMaxWords = 40;

bool is_word(char c) { return is_alnum(c) || static_cast<uint8_t>(c) >= 0x80; }
// What may stand inside a word of a header: y/y, '000, Q2'24, %, +/-.
bool is_joined(char c) { return is_word(c) || std::string_view("/'%+-&.#$").find(c) != std::string_view::npos; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// A word is explained where the span covers it but for a plural's or possessive's s: "Model 3" does not explain "3/Y".
template <class Word>
void take(std::vector<Word>& words, Span span, std::string_view text) {
  for (auto& word : words) {
    if (!span.overlaps(word.span)) continue;
    const std::string_view tail = span.end < word.span.end ? text.substr(span.end, word.span.end - span.end) : std::string_view();
    word.taken |= tail.empty() || tail == "s" || tail == "'s" || tail == "'" || std::none_of(tail.begin(), tail.end(), is_word);
  }
}

bool has_part_of_year(const DateSpec& d) { return d.grain != DateSpec::Grain::year; }

}  // namespace

void fill(TableMeaning& to, const TableMeaning& from) {
  if (to.metrics.empty()) {
    to.metrics = from.metrics;
    to.head = from.head;
  }
  if (!to.date) {
    to.date = from.date;
    to.date_text = from.date_text;
  }
  if (to.ended.empty()) to.ended = from.ended;
  if (to.year == 0) to.year = from.year;
  for (auto name : {&TableMeaning::company, &TableMeaning::model, &TableMeaning::variant, &TableMeaning::region, &TableMeaning::segment}) {
    if (!(to.*name).present()) to.*name = from.*name;
  }
  to.industry |= from.industry;
  if (!to.change) to.change = from.change;
  if (!to.modality) to.modality = from.modality;
  if (!to.attribute) to.attribute = from.attribute;
  if (to.unit == 0) to.unit = from.unit;
  if (to.scale == Decimal(1)) to.scale = from.scale;
  to.skip |= from.skip;
  to.models |= from.models;
  to.variants |= from.variants;
  if (to.unknown.empty()) to.unknown = from.unknown;
}

void TableMeaningReader::begin(const Document& document, const Mentions& mentions) {
  document_ = &document;
  m_ = &mentions;
}

std::vector<TableMeaningReader::Word> TableMeaningReader::words_of(Span span) const {
  std::vector<Word> words;
  const std::string_view text = document_->text;
  bool brackets = false;
  for (uint32_t at = span.begin; at < span.end && words.size() < kMaxWords;) {
    if (text[at] == '(' || text[at] == '[') brackets = true;
    if (text[at] == ')' || text[at] == ']') brackets = false;
    uint32_t end = at;
    while (end < span.end && is_joined(text[end])) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    Span word{at, end};
    while (word.size() > 1 && (text[word.end - 1] == '.' || text[word.end - 1] == '-')) --word.end;
    words.push_back({word, brackets, false});
    at = end;
  }
  return words;
}

TableMeaning TableMeaningReader::read(Span span, bool label, bool searched) const {
  TableMeaning out;
  out.span = span;
  if (span.empty()) return out;
  std::vector<Word> words = words_of(span);
  read_names(span, searched, out, words);
  read_dates(span, out, words);
  read_lone_month(out, words);
  read_marked_dates(out, words);
  read_phrases(out, words);
  if (!label || !out.metrics.empty()) read_unit(out, words);
  read_rest(label, out, words);
  return out;
}

void TableMeaningReader::read_names(Span span, bool searched, TableMeaning& out, std::vector<Word>& words) const {
  if (searched) {
    const auto& names = m_->names;
    auto name = std::lower_bound(names.begin(), names.end(), span.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; });
    for (; name != names.end() && name->span.end <= span.end; ++name) take_name(*name, out, words);
    return;
  }
  hits_.clear();
  names_.find(document_->text, span, hits_);
  for (const NameHit& hit : hits_) {
    const NameReading& reading = names_.reading(hit.readings);
    const bool head = is_head(reading.tag);
    take_name({hit.span, reading.tag, head ? kNoEntity : reading.index, hit.readings, hit.count, false}, out, words);
  }
}

void TableMeaningReader::take_name(const Name& name, TableMeaning& out, std::vector<Word>& words) const {
  TableName here{name.span, name.entity};
  TableName* slot = nullptr;
  switch (name.tag) {
    case Tag::company: {
      const auto& sources = pack_.resolution.source_kinds;
      if (std::find(sources.begin(), sources.end(), pack_.lexicon.entity(name.entity).kind) != sources.end()) return take(words, name.span, document_->text);
      slot = &out.company;
      break;
    }
    case Tag::model: slot = &out.model; break;
    case Tag::variant:
      if (counts(name.span)) return take(words, name.span, document_->text);
      slot = &out.variant;
      break;
    case Tag::region: slot = &out.region; break;
    case Tag::segment: slot = &out.segment; break;
    case Tag::industry: out.industry = true; break;
    case Tag::noun: case Tag::verb: {
      if (out.metrics.empty()) out.head = name.span;
      for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
        const NameReading& reading = names_.reading(r);
        if (is_head(reading.tag) && reading.index != kCarriedMetric) out.metrics.push_back({static_cast<int>(reading.index), reading.negative});
      }
      break;
    }
    default: return;
  }
  take(words, name.span, document_->text);
  if (slot != nullptr && !slot->present()) *slot = here;
}

// "Top 5", the name of a trim elsewhere: how many there are.
bool TableMeaningReader::counts(Span name) const {
  const std::string_view text = document_->text;
  return name.end + 1 < text.size() && text[name.end] == ' ' && text[name.end + 1] >= '0' && text[name.end + 1] <= '9';
}

void TableMeaningReader::read_dates(Span span, TableMeaning& out, std::vector<Word>& words) const {
  found_.clear();
  values_.read(document_->text, span, found_);
  for (const Value& value : found_.values) {
    if (value.type == ValueType::date) {
      const DateSpec& date = found_.dates[value.date];
      // "Week 1 (Oct 1-6)": the days say more.
      const bool better = !out.date || (date.day != 0 && out.date->day == 0);
      if (date.anchor == DateSpec::Anchor::context && date.offset < 0) {
        out.before = date;
        out.before->keeps_length = true;  // "(previous year: 1,304)": the same time of it
      }
      if (better && date.anchor != DateSpec::Anchor::context) {
        out.date = date;
        out.date_text = value.outer;
      }
      if (date.expected) {  // 2025E: its last letter says so
        const TableWord* mark = pack_.tables.find(lower(value.outer.of(document_->text)).substr(value.outer.size() - 1));
        if (mark && mark->means == TableWord::Means::year_mark && !mark->modality.empty()) out.modality = mark;
      }
      take(words, value.outer, document_->text);
    } else if (looks_like_year(value)) {
      out.year = static_cast<int>(value.low.approximate());
      take(words, value.outer, document_->text);
    }
  }
  // "2025" alone, read as a date: a year.
  if (out.date && !has_part_of_year(*out.date) && out.date->year != 0 && out.date->role == DateSpec::Role::plain) {
    out.year = out.date->year;
    out.date.reset();
  }
}

// "May" alone is a date in a header.
void TableMeaningReader::read_lone_month(TableMeaning& out, std::vector<Word>& words) const {
  if (out.date) return;
  for (Word& word : words) {
    const std::string_view text = word.span.of(document_->text);
    if (word.taken || text.size() < 3 || text.size() > 9 || text[0] < 'A' || text[0] > 'Z') continue;
    const std::string probe = "in " + std::string(text);
    found_.clear();
    values_.read(probe, {0, static_cast<uint32_t>(probe.size())}, found_);
    if (found_.values.size() != 1 || found_.values[0].type != ValueType::date || found_.values[0].span.size() != text.size()) continue;
    out.date = found_.dates[found_.values[0].date];
    out.date_text = word.span;
    word.taken = true;
    return;
  }
}

std::optional<DateSpec> TableMeaningReader::joined_date(Span first, Span second) const {
  const std::string probe = std::string(first.of(document_->text)) + " " + std::string(second.of(document_->text));
  found_.clear();
  values_.read(probe, {0, static_cast<uint32_t>(probe.size())}, found_);
  if (found_.values.size() != 1 || found_.values[0].type != ValueType::date || found_.values[0].outer.begin > first.size()) return {};
  return found_.dates[found_.values[0].date];
}

// "W10", "wk 10", "2025E".
void TableMeaningReader::read_marked_dates(TableMeaning& out, std::vector<Word>& words) const {
  const std::string_view text = document_->text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].taken) continue;
    std::string word = lower(words[i].span.of(text));
    size_t last = i;
    const size_t digits = static_cast<size_t>(std::find_if(word.begin(), word.end(), is_digit) - word.begin());
    std::string mark = word.substr(0, digits), number = word.substr(std::min(digits, word.size()));
    if (number.empty() && i + 1 < words.size()) number = lower(words[last = i + 1].span.of(text));
    const bool short_number = !number.empty() && number.size() <= 2 && number.find_first_not_of("0123456789") == std::string::npos;
    if (const TableWord* week = pack_.tables.find(mark); week && week->means == TableWord::Means::week && short_number && !out.date) {
      DateSpec date;
      date.grain = DateSpec::Grain::week;
      date.week = static_cast<int8_t>(std::stoi(number));
      if (date.week < 1 || date.week > 53) continue;
      out.date = date;
      take(words, cover(words[i].span, words[last].span), text);
      continue;
    }
    if (word.size() < 5 || word.size() > 6 || !std::all_of(word.begin(), word.begin() + 4, is_digit)) continue;
    const TableWord* year = pack_.tables.find(word.substr(4));
    if (!year || year->means != TableWord::Means::year_mark) continue;
    out.year = std::stoi(word.substr(0, 4));
    if (!year->modality.empty()) out.modality = year;
    words[i].taken = true;
  }
}

void TableMeaningReader::read_phrases(TableMeaning& out, std::vector<Word>& words) const {
  const std::string_view text = document_->text;
  for (size_t i = 0; i < words.size(); ++i) {
    const TableWord* best = nullptr;
    size_t best_end = i;
    std::string phrase;
    for (size_t k = i; k < std::min(words.size(), i + pack_.tables.longest()); ++k) {
      if (k > i) phrase += ' ';
      phrase += lower(words[k].span.of(text));
      const TableWord* word = pack_.tables.find(phrase);
      if (!word || (word->means == TableWord::Means::week && words[k].in_brackets)) continue;  // "(kW)"
      // A word that is part of a name or a noun says nothing by itself, but a phrase may hold one: "share of sales".
      const bool all_taken = std::all_of(words.begin() + static_cast<ptrdiff_t>(i), words.begin() + static_cast<ptrdiff_t>(k) + 1, [](const Word& w) { return w.taken; });
      if (all_taken && word->means != TableWord::Means::metric) continue;
      if (k == i && (out.segment.span.contains(words[i].span) || out.variant.span.contains(words[i].span) || out.model.span.contains(words[i].span))) continue;  // "Battery electric"
      best = word;
      best_end = k;
    }
    if (!best) continue;
    const Span span = cover(words[i].span, words[best_end].span);
    apply(*best, span, out);
    const bool unit_word = best->means == TableWord::Means::scale;
    if (!unit_word) take(words, span, text);
    i = best_end;
  }
}

void TableMeaningReader::apply(const TableWord& word, Span span, TableMeaning& out) const {
  switch (word.means) {
    case TableWord::Means::change: out.change = out.change && !out.change->basis.empty() ? out.change : &word; break;
    case TableWord::Means::metric: {
      // The longer phrase goes before the nouns in it.
      std::vector<Attacher::Stated> metrics;
      for (int metric : word.metrics) metrics.push_back({metric, false});
      metrics.insert(metrics.end(), out.metrics.begin(), out.metrics.end());
      out.metrics = std::move(metrics);
      if (out.head.empty()) out.head = span;
      break;
    }
    case TableWord::Means::modality: out.modality = &word; break;
    case TableWord::Means::attribute: out.attribute = &word; break;
    case TableWord::Means::skip: out.skip = true; break;
    case TableWord::Means::total: out.total = true; break;
    case TableWord::Means::rest: out.skip = true; break;
    case TableWord::Means::part: out.part = true; break;
    case TableWord::Means::models: out.models = true; break;
    case TableWord::Means::variants: out.models = out.variants = true; break;
    case TableWord::Means::ended: out.ended = {out.span.begin, span.end}; break;
    case TableWord::Means::to_date: out.to_date = true; break;
    case TableWord::Means::bracketed: out.bracketed = true; break;
    case TableWord::Means::against: compare(word, span, out); break;
    default: break;
  }
}

// "vs. August", "change from 2024": the date is of what the cells are compared with.
void TableMeaningReader::compare(const TableWord& word, Span span, TableMeaning& out) const {
  const std::string_view text = document_->text;
  const size_t behind = std::min(text.find_first_not_of(". ", span.end), text.size());
  const bool dated = out.date && out.date_text.begin == behind;
  if (!dated && (out.year == 0 || !text.substr(behind).starts_with(std::to_string(out.year)))) return;
  if (dated) {
    out.against = out.date;
    out.date.reset();
  } else {
    out.against.emplace();
    out.against->grain = DateSpec::Grain::year;
    out.against->year = static_cast<int16_t>(out.year);
    out.year = 0;
  }
  if (!out.change) out.change = &word;
}

// "(HK$)", "RMB mn", "'000 units", "km": what the cells' numbers leave out. A unit is read by putting a one to it.
void TableMeaningReader::read_unit(TableMeaning& out, std::vector<Word>& words) const {
  const std::string_view text = document_->text;
  int exponent = 0;
  bool money_only = false;
  for (Word& word : words) {
    const TableWord* scale = pack_.tables.find(lower(word.span.of(text)));
    if (!scale || scale->means != TableWord::Means::scale || word.taken) continue;
    exponent = scale->exponent;
    money_only = scale->money;
    word.taken = true;
  }
  read_bracketed_unit(out, words);
  for (Word& word : words) {
    if (word.taken || out.unit != 0) continue;
    const std::string_view unit = word.span.of(text);
    if (unit.size() == 1 && unit[0] != '%' && is_word(unit[0]) && !word.in_brackets) continue;
    out.unit = unit_of(unit, out);
    if (out.unit != 0) word.taken = true;
  }
  // A currency's sign is no word character: "(€)".
  for (uint32_t at = out.span.begin; at < out.span.end && out.unit == 0; ++at) {
    if (static_cast<uint8_t>(text[at]) < 0x80 && text[at] != '$') continue;
    uint32_t end = at + 1;
    while (end < out.span.end && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) ++end;
    out.unit = unit_of(text.substr(at, end - at), out);
    at = end - 1;
  }
  const bool currency = out.unit != 0 && pack_.values.unit(out.unit).type == UnitType::currency;
  if (exponent > 0 && (!money_only || currency)) out.scale = Decimal::power_of_ten(exponent);
}

// "(kWh/100 km)", "(10,000 yuan)": a unit of several words, or an amount of which there are so many.
void TableMeaningReader::read_bracketed_unit(TableMeaning& out, std::vector<Word>& words) const {
  const std::string_view text = document_->text;
  const auto first = std::find_if(words.begin(), words.end(), [](const Word& w) { return w.in_brackets && !w.taken; });
  const auto last = std::find_if(first, words.end(), [](const Word& w) { return !w.in_brackets || w.taken; });
  if (last - first < 2) return;
  const Span span = cover(first->span, (last - 1)->span);
  out.unit = is_digit(text[span.begin]) ? 0 : unit_of(span.of(text), out);
  if (is_digit(text[span.begin])) {
    found_.clear();
    values_.read(text, span, found_);
    if (found_.values.size() != 1 || found_.values[0].outer != span || found_.values[0].unit == 0 || found_.values[0].is_range) return;
    out.unit = found_.values[0].unit;
    out.scale = found_.values[0].low;
  }
  if (out.unit != 0) std::for_each(first, last, [](Word& w) { w.taken = true; });
}

uint16_t TableMeaningReader::unit_of(std::string_view unit, TableMeaning& out) const {
  // "$1" of "$1,600" is an amount, and so is "£21".
  if (is_digit(unit.back()) || (!is_word(unit[0]) && unit.find_first_of("0123456789") != std::string_view::npos)) return 0;
  for (const std::string& probe : {"1 " + std::string(unit), std::string(unit) + " 1", std::string(unit) + "1"}) {
    found_.clear();
    values_.read(probe, {0, static_cast<uint32_t>(probe.size())}, found_);
    if (found_.values.size() != 1 || found_.values[0].outer.size() != probe.size()) continue;
    const Value& value = found_.values[0];
    if (value.unit == 0 || value.type == ValueType::date) continue;
    const auto takes_time = [&](const Attacher::Stated& s) { return accepts(pack_.metrics.metric(static_cast<uint32_t>(s.metric)), Tag::duration, value.unit); };
    if (value.type == ValueType::duration && std::none_of(out.metrics.begin(), out.metrics.end(), takes_time)) continue;
    if (value.low != Decimal(1)) out.scale = value.low;
    return value.unit;
  }
  return 0;
}

// Words that nothing explains: behind a model its variant, else a reason not to trust the label.
void TableMeaningReader::read_rest(bool label, TableMeaning& out, std::vector<Word>& words) const {
  const std::string_view text = document_->text;
  Span rest;
  for (const Word& word : words) {
    if (word.taken || word.in_brackets) continue;
    const std::string_view w = word.span.of(text);
    const bool rank = word.span.begin == out.span.begin && w.size() <= 3 && std::all_of(w.begin(), w.end(), [](char c) { return is_digit(c) || c == '.' || c == '#'; });
    const bool marks = std::none_of(w.begin(), w.end(), is_word);
    if (rank || marks) continue;
    rest = rest.empty() ? word.span : cover(rest, word.span);
  }
  if (label && !out.model.present() && !out.company.present() && out.variant.present() && out.metrics.empty()) {
    // "Pro EREV", "Long Range AWD": a trim, whatever stands beside it.
    out.variant = {cover(rest.empty() ? out.variant.span : rest, cover(out.variant.span, out.segment.present() ? out.segment.span : out.variant.span)), kNoEntity};
    return;
  }
  if (rest.empty()) return;
  if (label && out.model.present() && rest.begin >= out.model.span.end) {
    // With a trim that the lexicon knows, all behind the model is the variant.
    Span variant = out.variant.present() ? cover(rest, out.variant.span) : rest;
    out.variant = {variant, kNoEntity};
    return;
  }
  out.unknown = rest;
}

}  // namespace factmill
