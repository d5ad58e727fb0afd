// The tables that the value reader reads by: units, currencies, number words, qualifiers and date forms, as the YAML
// files of rules/common give them. The reader knows no word of any language; every word it acts on is in here.
//
//   ValueTables tables = ValueTables::load({&numbers, &currencies, &units, &dates});
//   uint16_t km = tables.find("km");
//   tables.unit(tables.find("mi")).factor;      // 1.609344, into tables.unit(...).standard
//
// Any file may hold any of the top-level keys, several files the same one. Immutable after load, shared by threads.
// What the files may say is described at the head of each file in rules/common.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostics.h"
#include "ruleset/date_calendar.h"
#include "ruleset/date_forms.h"
#include "ruleset/phrase_table.h"
#include "ruleset/rule_file.h"
#include "ruleset/value_words.h"

namespace factmill {

enum class UnitType : uint8_t { currency, count, physical, time, percent, points, multiple };
std::string_view unit_type_name(UnitType type);

struct Unit {
  std::string name;  // canonical spelling, for money the ISO 4217 code
  UnitType type = UnitType::count;
  std::string dimension;  // length, energy, ...; empty for counts and money
  uint16_t standard = 0;  // the unit that values convert into: itself where it is the standard one
  Decimal factor{1};      // one of this is `factor` of `standard`, exactly
  struct Rest {
    uint16_t unit = 0;
    int32_t count = 0;  // of it in one of this
  };
  std::vector<Rest> rests;  // smaller units that may follow: 5 feet 10 inches
};

// What a surface asks of the number before it and of its surroundings. All of it must hold.
struct Guard {
  bool glued = false;      // directly behind the digits, or with a hyphen: 19in, 19-inch
  bool spaced = false;     // not so
  bool closed = false;     // with no word or number behind it: "5 in", not "19 in China"
  bool of = false;         // of something, and without a scale: 5 pounds of it
  bool unquoted = false;   // no quotation mark is open that it could close: 15.6"
  bool paired = false;     // with a smaller unit glued behind it: 5'10"
  bool negative = false;   // below zero: -10C
  bool alone = false;      // number and surface are the whole text, of annotations: 3M
  bool ungrouped = false;  // no thousands separators in the digits
  bool whole = false;      // no decimals
  bool decimal = false;    // with decimals: 1.2M
  bool money = false;      // of a scale: a currency stands with it ($700m)
  bool unit = false;       // of a scale: a currency, or a unit follows (500k units)
  int32_t min = 0;         // of the number as written
  int32_t max = INT32_MAX;
  ListSet context;         // a word of one of these lists within a few words; see ValueTables::lists
  ListSet unless;          // not where a word of these stands right before the number: "in the low 20s"
};

struct UnitSurface {
  uint16_t unit = 0;
  int8_t exponent = 0;  // a cent is 10^-2 USD, a basis point 10^-2 pp
  bool echo = false;    // of money: only behind a mark of the same currency (HK$263 dollars)
  bool grouped = false; // of money: only behind separators, a point, a scale or four digits: 3,000 won
  bool behind = false;  // of money: only behind an amount of the same currency: £3 10p
  uint16_t shared = 0;  // the SharedMark that it is; 0: it means one unit
  Guard guard;
};

struct CurrencyMark {
  uint16_t unit = 0;
  int8_t exponent = 0;   // MSEK 500
  bool grouped = false;  // only before digits with separators or a point: R652,000, never R19
  bool aside = false;    // of annotations only: Singapore dollars 2.5 million
  uint16_t shared = 0;   // the SharedMark that it is; 0: it means one currency
};

// A sign or name that several units go by: $, kr, pounds.
struct SharedMark {
  std::vector<uint16_t> units;  // the first is what it is read as where nothing decides
  bool settled = false;         // so likely the first that it needs no flag
};

// thousand: 3. bn: 9.
struct Scale {
  int8_t exponent = 0;
  bool plural = false;  // "millions": only behind a number
  Guard guard;
};

// A word or phrase around a number that says how exact it is. `qualifier` counts as enum Qualifier of mention/value.h.
struct QualifierPhrase {
  uint8_t qualifier = 0;
  bool outside = false;  // a verb, which rules must still see: "exceeded"
  bool mark = false;     // says where something stands, not how much it has changed: "fell below"
  bool glued = false;    // only where it hangs on to the number: 600+, 10,000-plus, c1.2m
  bool compares = false;  // no bound behind a value: 3 percent more than 40,000
  bool aside = false;     // the same, and of annotations alone: "lower than"
};

// Words before a date: `role` and `part` count as DateSpec::Role and DateSpec::Part.
struct DateRole {
  uint8_t role = 0;
  uint8_t part = 0;
  bool closing = false;  // of the part `end`: its last day, where it would be a stretch
};

// What a phrase can be. A phrase may be several of them ("second": an ordinal, a unit, a part of a date form).
enum class Sense : uint8_t {
  unit,              // payload: unit_surfaces
  currency_before,   // currency_marks
  currency_after,    // unit_surfaces
  scale,             // scales
  numeral,           // 1..90, the word's value
  multiplier,        // hundred: 100, dozen: 12
  article,           // a, an
  collective,        // a | couple of: 2
  lone,              // a number where it is the whole text: few
  decimal_point,     // one | point | five
  times_ten,         // 6 | x10^ | 4
  power,             // 1.3 | e | 6
  part,              // half, quarter: parts that need no numerator, 2 and 4
  fraction,          // third: 3
  fractions,         // thirds: 3
  fraction_of,       // two thirds | of | a million
  and_number,        // one hundred and five
  ordinal,           // second: 2
  ordinal_scale,     // millionth: 6
  ordinal_suffix,    // 27th
  ordinal_prefix,    // No. 3
  multiple,          // doubled: 2
  qualifier_before,  // qualifiers
  qualifier_after,
  negative,
  positive,
  range_to,
  range_from,     // from A to B
  range_between,  // between A and B
  range_and,
  bounds_and,  // more than 100 | and | less than 300
  ratio,       // two | out of | five
  ratio_of_one,  // one | in | five
  negative_after,  // 20 degrees | below zero: the unit of a bare number
  list_and,    // and, or: closes a list
  list_comma,  // goes on with it
  list_tight,  // 4,997/1,963/1,440: glued, closes as well
  per,         // per, /
  per_article, // a, an
  denominator, // unit: month, share
  each,        // unit
  never,       // read over: "first time"
  date_word,   // DateForms::words
  date_role,   // date_roles
  date_part,   // DateSpec::Part
  date_to,
  date_between,
  date_and,
  count
};

// Word lists that the reader itself asks for; tables may define more for guards.
enum class List : uint8_t {
  change,         // rose, cut: "from A to B" after them is no range
  by,             // "by A to B" is none either
  ranging,        // ... but "ranging from A to B" is one
  exchange,       // HKG: 1810
  exchange_suffix,  // 1810.HK
  clock,          // 10 am
  version,        // version 2.5
  tyre,           // 245/45 R19
  article_after,  // "within an hour", not "an hour" anywhere
  link,           // https://...
  sure_year,      // "in 2024 EVs made up" is a year, "for 2024 EVs" is not
  whole,          // half of | the: what a part is a part of begins with it
  counted_things, // 6.9m | BEVs
  counted_over,   // 26.9m | new passenger | cars
  compared,       // a third | more
  count
};

// A set of pairs of words, by one bit of a hash each.
class WordPairs {
 public:
  void add(uint32_t first, uint32_t second) { bits_[bit(first, second) / 64] |= uint64_t{1} << bit(first, second) % 64; }
  bool may_hold(uint32_t first, uint32_t second) const { return bits_[bit(first, second) / 64] >> bit(first, second) % 64 & 1; }

 private:
  static constexpr size_t kBits = 1 << 16;
  static size_t bit(uint32_t first, uint32_t second) { return ((uint64_t{first} << 32 | second) * 0x9E3779B97F4A7C15) >> 48; }

  std::vector<uint64_t> bits_ = std::vector<uint64_t>(kBits / 64);
};

class ValueTables {
 public:
  ValueTables();

  // What is wrong goes to the Diagnostics that the files were read with; what is right is there all the same.
  static ValueTables load(std::span<const RuleFile* const> files);
  // numbers, currencies, units, holidays, times and dates of `directory`/common.
  static ValueTables load(const std::string& directory, Diagnostics& diagnostics);
  static ValueTables load(std::initializer_list<const RuleFile*> files) {
    return load(std::span<const RuleFile* const>(files.begin(), files.size()));
  }

  // unit(0) is "none": an empty name.
  const Unit& unit(uint16_t index) const { return units_[index]; }
  size_t unit_count() const { return units_.size(); }
  uint16_t find(std::string_view name) const;
  static constexpr uint32_t kDivided = 1U << 31;  // in the payload of a multiple: the words say that such a part is left
  // The unit of "doubled" and "2.5 times"; 0 where the tables have none.
  uint16_t multiple() const { return multiple_; }
  uint16_t clocked() const { return clocked_; }  // the unit of the 6 in "6:46.874"; 0: none
  uint16_t percent() const { return percent_; }
  // `value` in the unit's standard unit; empty where that takes more than 38 digits.
  std::optional<Decimal> to_standard(const Decimal& value, uint16_t unit) const;

  // For the reader.
  const Vocabulary& vocabulary() const { return vocabulary_; }
  const PhraseTable& phrases() const { return phrases_; }
  const UnitSurface& unit_surface(uint32_t payload) const { return unit_surfaces_[payload]; }
  // What a Value::mark may stand for, the likeliest first; empty for 0.
  std::span<const uint16_t> alternatives(uint16_t mark) const { return shared_marks_[mark].units; }
  bool is_settled(uint16_t mark) const { return shared_marks_[mark].settled; }
  const CurrencyMark& currency_mark(uint32_t payload) const { return currency_marks_[payload]; }
  // The place of a phrase; empty for one that no table gave.
  const Place& row(uint32_t row) const { return rows_[row]; }
  const Scale& scale(uint32_t payload) const { return scales_[payload]; }
  const QualifierPhrase& qualifier(uint32_t payload) const { return qualifiers_[payload]; }
  const DateRole& date_role(uint32_t payload) const { return date_roles_[payload]; }
  const DateForms& dates() const { return dates_; }
  const DateCalendar& calendar() const { return calendar_; }
  // The senses of phrases that begin with this word, as bits; kDateStart and kAsideStart where a date form may.
  uint64_t starts(uint32_t word) const { return word < starts_.size() ? starts_[word] : 0; }
  // The senses that the word has all by itself, as bits.
  uint64_t whole(uint32_t word) const { return word < whole_.size() ? whole_[word] : 0; }
  // Whether a phrase or date form may begin with these two words; now and then true where none does.
  bool may_begin(uint32_t first, uint32_t second) const { return pairs_.may_hold(first, second); }
  // The lists the word is on.
  ListSet lists(uint32_t word) const { return word < lists_.size() ? lists_[word] : ListSet(); }
  bool is_on(uint32_t word, List list) const { return lists(word).has(static_cast<size_t>(list)); }

 private:
  friend class ValueTableLoader;

  std::vector<Unit> units_;
  uint16_t multiple_ = 0, percent_ = 0, clocked_ = 0;
  Vocabulary vocabulary_;
  PhraseTable phrases_;
  std::vector<UnitSurface> unit_surfaces_;
  std::vector<CurrencyMark> currency_marks_;
  std::vector<SharedMark> shared_marks_{1};
  std::vector<Place> rows_{1};
  std::vector<Scale> scales_;
  std::vector<QualifierPhrase> qualifiers_;
  std::vector<DateRole> date_roles_;
  DateForms dates_;
  DateCalendar calendar_;
  std::vector<uint64_t> starts_;
  std::vector<uint64_t> whole_;
  WordPairs pairs_;
  std::vector<ListSet> lists_;
};

// Set in starts() for words that date forms begin with, those of facts and those of annotations; beyond the bits of Sense.
inline constexpr uint64_t kDateStart = uint64_t{1} << 63;
// A date form is that word alone.
inline constexpr uint64_t kDateWhole = uint64_t{1} << 62;
inline constexpr uint64_t kAsideStart = uint64_t{1} << 61;
inline constexpr uint64_t kAsideWhole = uint64_t{1} << 60;

constexpr uint64_t sense_bit(Sense sense) { return uint64_t{1} << static_cast<unsigned>(sense); }

}  // namespace factmill
