#include "mention/declared_scales.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr uint32_t kMaxItem = 160;   // bytes of a line below that may be an item
constexpr uint32_t kMaxLoan = 60;    // between a number with a scale and the next, which leaves it out
constexpr uint32_t kMaxBehindName = 8;  // "Xiaomi had 7.2"
constexpr int kThousands = 3;
constexpr int64_t kWholeCount = 1000;  // from here on a whole number says by itself how many there are

bool in_table(std::string_view line) { return line.find_first_of("|\t") != line.npos; }

// Marks alone: the declaration closes its line.
bool is_closed(std::string_view rest) {
  return std::none_of(rest.begin(), rest.end(), [](char c) { return is_alnum(c) || static_cast<uint8_t>(c) >= 0x80; });
}

// Where the sentence that goes on at `from` ends.
uint32_t sentence_end(std::string_view text, uint32_t from, uint32_t limit) {
  for (uint32_t i = from; i + 1 < limit; ++i) {
    if ((text[i] == '.' || text[i] == '!' || text[i] == '?') && text[i + 1] == ' ') return i;
  }
  return limit;
}

std::vector<Value>::iterator first_behind(ValueList& list, uint32_t at) {
  return std::ranges::lower_bound(list.values, at, {}, [](const Value& value) { return value.span.begin; });
}

}  // namespace

// The first of each paragraph, in order; those of tables are left to their readers.
std::vector<DeclaredScales::Declared> DeclaredScales::find(const Document& document, MatchStarts::Scratch& starts) const {
  const std::string_view text = document.text;
  std::vector<Declared> all;
  std::vector<Span> groups;
  for (size_t p = 0; p < document.paragraphs.size(); ++p) {
    const Paragraph& paragraph = document.paragraphs[p];
    if (!states_facts(paragraph.zone)) continue;
    const std::string_view line = paragraph.span.of(text);
    resolution_.declared_starts.find(line, starts);
    for (int i = starts.next(0); i >= 0; i = starts.next(i + 1)) {
      const Resolution::DeclaredScale& known = resolution_.declared_scales[static_cast<size_t>(i)];
      groups.resize(static_cast<size_t>(known.pattern.group_count()) + 1);
      const auto places = starts.places(i, 0);
      if (!(places ? known.pattern.find_among(line, *places, groups, false) : known.pattern.find(line, 0, groups))) continue;
      if (in_table(line)) break;
      const auto shifted = [&](Span span) { return Span{span.begin + paragraph.span.begin, span.end + paragraph.span.begin}; };
      Declared& declared = all.emplace_back(Declared{p, shifted(groups[0]), known.exponent});
      if (const int money = known.pattern.group("money"); money > 0 && groups[static_cast<size_t>(money)] != kNoMatch)
        declared.currency = currency_of(shifted(groups[static_cast<size_t>(money)]).of(text));
      break;
    }
  }
  return all;
}

void DeclaredScales::apply(const Document& document, MatchStarts::Scratch& starts, Mentions& mentions) const {
  ValueList& list = mentions.values;
  const std::string_view text = document.text;
  if (const std::vector<Declared> all = find(document, starts); !all.empty()) {
    // "(10,000 vehicles)" is an amount of nothing.
    auto next = all.begin();
    std::erase_if(list.values, [&](const Value& value) {
      while (next != all.end() && next->span.end <= value.span.begin) ++next;
      return next != all.end() && next->span.overlaps(value.span);
    });
    for (const Declared& declared : all) declare(document, all, declared, list);
  }
  size_t lender = list.values.size();  // the last value that is no date
  for (size_t i = 0; i < list.values.size(); ++i) {
    Value& value = list.values[i];
    if (value.type == ValueType::date) continue;
    if (lender < i && lends(text, list.values[lender], value, mentions.names)) lend(text, list.values[lender], value);
    lender = i;
  }
}

// The scale is what the digits as written leave of the amount.
void DeclaredScales::lend(std::string_view text, const Value& lender, Value& value) {
  const std::string_view digits = lender.span.of(text);
  int decimals = 0;
  if (const size_t point = digits.find('.'); point != digits.npos) {
    while (point + 1 + static_cast<size_t>(decimals) < digits.size() && is_digit(digits[point + 1 + static_cast<size_t>(decimals)])) ++decimals;
  }
  scale(value, lender.last_digit + decimals, lender.scale.empty() ? lender.span : lender.scale);
  value.type = lender.type;
  value.unit = lender.unit;
}

// Behind it in its sentence, in the lines below where it closes its own, else before it: in its sentence, or where it is one of its
// own, in the one before or the lines above.
void DeclaredScales::declare(const Document& document, const std::vector<Declared>& all, const Declared& declared, ValueList& list) const {
  const std::string_view text = document.text;
  const Span own = document.paragraphs[declared.paragraph].span;
  const bool closes = is_closed(Span{declared.span.end, own.end}.of(text));
  uint32_t behind = declared.span.end;
  if (behind < own.end && text[behind] == '.') behind = std::min(behind + 2, own.end);  // "Unit: 10,000 vehicles. Sales: ..."
  if (!closes && scale_all(text, {declared.span.end, sentence_end(text, behind, own.end)}, declared, list) > 0) return;
  if (closes && scale_lines(document, all, declared, 1, list) > 0) return;
  uint32_t begin = own.begin, before = own.begin;
  for (uint32_t end; (end = sentence_end(text, begin, declared.span.begin)) < declared.span.begin; begin = end + 1) before = begin;
  if (scale_all(text, {begin, declared.span.begin}, declared, list) > 0) return;
  if (Span{declared.span.end - 1, own.end}.of(text).find(':') != std::string_view::npos) return;  // a heading
  if (begin > own.begin) scale_all(text, {before, begin}, declared, list);
  else scale_lines(document, all, declared, -1, list);
}

// The items above or below, as far as each has a value and none declares a scale of its own; a line without a value may stand
// between the first and the declaration.
size_t DeclaredScales::scale_lines(const Document& document, const std::vector<Declared>& all, const Declared& declared, int step, ValueList& list) const {
  const std::string_view text = document.text;
  size_t scaled = 0;
  const auto from = static_cast<ptrdiff_t>(declared.paragraph) + step;
  for (ptrdiff_t p = from; p >= 0 && p < static_cast<ptrdiff_t>(document.paragraphs.size()); p += step) {
    const auto paragraph = static_cast<size_t>(p);
    const auto other = std::ranges::lower_bound(all, paragraph, {}, &Declared::paragraph);
    if (other != all.end() && other->paragraph == paragraph) break;
    const Span line = document.paragraphs[paragraph].span;
    if (line.size() > kMaxItem || in_table(line.of(text)) || sentence_end(text, line.begin, line.end) < line.end) break;
    const auto value = first_behind(list, line.begin);
    if (p != from && (value == list.values.end() || !line.contains(value->span))) break;
    scaled += scale_all(text, line, declared, list);
  }
  return scaled;
}

size_t DeclaredScales::scale_all(std::string_view text, Span within, const Declared& declared, ValueList& list) const {
  size_t scaled = 0;
  for (auto value = first_behind(list, within.begin); value != list.values.end() && value->span.begin < within.end; ++value) {
    if (!within.contains(value->span) || !takes(text, *value, declared)) continue;
    scale(*value, declared.exponent, declared.span);
    if (declared.currency != 0) {
      value->type = ValueType::money;
      value->unit = declared.currency;
    }
    ++scaled;
  }
  return scaled;
}

// A number that says neither of what it is nor how many thousands of it.
bool DeclaredScales::takes(std::string_view text, const Value& value, const Declared& declared) const {
  if (value.type != ValueType::number || value.in_words || !value.scale.empty() || value.last_digit > 0 || value.fraction) return false;
  if (looks_like_year(value) && declared.currency == 0) return false;
  const bool whole = value.last_digit == 0;
  if (declared.currency == 0 && declared.exponent <= kThousands + 1 && whole && !(value.low < Decimal(kWholeCount))) return false;
  if (!whole || !value.bare) return true;
  // "1. BYD", "3 models": a place, something counted.
  const std::string_view rest = text.substr(value.span.end, 2);
  if (rest.size() < 2 || rest[0] == '\n') return true;
  const bool place = (rest[0] == '.' || rest[0] == ')') && (value.span.begin == 0 || text[value.span.begin - 1] == '\n');
  return !place && !(rest[0] == ' ' && (is_lower(rest[1]) || is_upper(rest[1]) || static_cast<uint8_t>(rest[1]) >= 0x80));
}

// "Tesla had 14.3 thousand, Xiaomi 7.2": nothing that is counted has decimals.
bool DeclaredScales::lends(std::string_view text, const Value& lender, const Value& value, const std::vector<Name>& names) const {
  const UnitType type = tables_.unit(lender.unit).type;
  const bool counts = lender.type == ValueType::number || (lender.type == ValueType::quantity && type == UnitType::count);
  if (!counts || lender.is_range || lender.in_words || lender.has_sign || lender.per != 0) return false;
  if (lender.last_digit <= 0 && lender.scale.empty()) return false;
  if (value.type != ValueType::number || value.last_digit >= 0 || !value.scale.empty() || value.has_sign || value.fraction || value.in_words) return false;
  if (lender.span.end > value.span.begin || value.span.begin - lender.span.end > kMaxLoan) return false;
  if (Span{lender.span.end, value.span.begin}.of(text).find_first_of(".;\n()") != std::string_view::npos) return false;
  const auto name = std::lower_bound(names.begin(), names.end(), value.span.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; });
  if (name == names.begin()) return false;
  const Name& last = *(name - 1);
  const bool named = last.tag == Tag::company || last.tag == Tag::model || last.tag == Tag::region;
  return named && last.span.begin >= lender.span.end && last.span.end + kMaxBehindName >= value.span.begin;
}

void DeclaredScales::scale(Value& value, int exponent, Span from) {
  const Decimal factor = Decimal::power_of_ten(exponent);
  const std::optional<Decimal> low = value.low.times(factor), high = value.high.times(factor);
  if (!low || !high) return;
  value.low = low->normalized();
  value.high = high->normalized();
  value.last_digit = static_cast<int8_t>(value.last_digit + exponent);
  value.bare = false;
  value.scale = from;
}

// A currency is read by putting a one beside it.
uint16_t DeclaredScales::currency_of(std::string_view word) const {
  for (const std::string& amount : {std::string(word) + " 1", "1 " + std::string(word)}) {
    ValueList list;
    reader_.read(amount, {0, static_cast<uint32_t>(amount.size())}, list);
    if (list.values.size() == 1 && list.values[0].type == ValueType::money) return list.values[0].unit;
  }
  return 0;
}

}  // namespace factmill
