// Values as written: numbers, money, percents, quantities, dates, durations, read by a scanner over the tables of
// rules/common. A value is plain data; nothing is resolved here against the rest of the document.
//
//   ValueReader reader(tables);
//   ValueList values;
//   reader.read(text, paragraph_span, values);
//
// ValueReader is immutable and shared by threads; ValueList is per-thread scratch, cleared by its owner.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/span.h"
#include "ruleset/value_words.h"

namespace factmill {

enum class ValueType : uint8_t {
  number,    // 27,307 (no unit)
  money,     // RMB 6.4 billion
  percent,   // 15.4 percent
  points,    // 0.9 percentage points
  quantity,  // 405 km, 27,307 units: any unit of the tables that is not money or percent
  ordinal,   // second, No. 3, 300,000th
  multiple,  // doubled, 2.5 times, threefold: `low` is the factor (doubled: 2)
  date,      // see DateSpec
  duration,  // 12 minutes, within 24 hours
};
std::string_view value_type_name(ValueType type);

// One point or stretch of time as the text gives it, parts unknown where it does not. "May 23" has no year yet.
struct DateSpec {
  // Only `date` is read for facts; the others are read for annotations (ReadFor::annotations).
  enum class Kind : uint8_t {
    date,
    time,       // at 3 p.m. on Friday, tonight: a date as below with hour or daypart
    duration,   // the past three years, several days: `count` of `grain`
    set,        // every month, each Thursday: `count` of `grain`, or a weekday or month alone
    reference,  // now, recently, soon: `reference`
  };
  enum class Grain : uint8_t {
    day, week, month, quarter, half, year, range,
    // of annotations only
    hour, minute, second, weekend, season, decade, century, holiday
  };
  enum class Anchor : uint8_t {
    absolute,   // parts below, the year perhaps missing
    published,  // relative to the publish date: today (day, 0), last month (month, -1), next year (year, +1)
    context,    // relative to the period spoken of: "a year earlier" (year, -1), "the quarter" (quarter, 0),
                // "the previous month" (month, -1), "the same period last year" (year, -1)
  };
  // What the words around the date make of it.
  enum class Role : uint8_t {
    plain,
    as_of,       // as of June 30, by end-June (of a stock)
    by,          // by the end of 2025: a deadline
    since,       // since March 28: open to the right
    until,       // through June 16: open to the left
    ytd,         // so far this year, in the first eight months
    cumulative,  // to date, cumulatively
    rest,        // for the rest of the year: from the publish date to its end
  };
  enum class Part : uint8_t { whole, begin, early, mid, late, end };
  enum class Daypart : uint8_t { none, morning, midday, afternoon, evening, night, daytime };
  enum class Reference : uint8_t { none, present, past, future };
  // Of a month and a day in digits: `open` is 03/04/2025, read month first, see swap_order(); the others can only be read so.
  enum class Order : uint8_t { none, open, month_first, day_first };
  // What the other fields lie in: "Wednesday of next week", "the 20th of last month".
  enum class Base : uint8_t { none, week, month, quarter, half, year };

  Grain grain = Grain::day;
  Anchor anchor = Anchor::absolute;
  Role role = Role::plain;
  Part part = Part::whole;
  int16_t year = 0;     // 0: not stated; before Christ negative
  int8_t month = 0;     // 1..12, 0: none
  int8_t day = 0;       // 1..31
  int8_t quarter = 0;   // 1..4
  int8_t half = 0;      // 1..2
  int8_t week = 0;      // ISO week
  int8_t weekday = 0;   // 1 Monday..7 Sunday
  int16_t offset = 0;   // for published and context anchors, in units of `grain`; in years beside a month, quarter or half
  int8_t months = 0;    // "the first nine months": 9, from January of `year`; with an end, the months up to that end
  // Of a context anchor: the context's period is moved and keeps its length ("a year earlier"), where otherwise the
  // whole unit of `grain` is meant ("the previous month").
  bool keeps_length = false;
  bool fiscal = false;
  bool expected = false;  // marked as what has not been counted: 2025E
  bool elided = false;    // its unit is that of a date before: "the fourth"
  // Grain::range: the second end (same fields as above, absolute). The first end may lack what the second states.
  int16_t end_year = 0;
  int8_t end_month = 0;
  int8_t end_day = 0;   // -1: the last of its month
  int8_t end_quarter = 0;

  Kind kind = Kind::date;
  Daypart daypart = Daypart::none;
  Reference reference = Reference::none;
  Base base = Base::none;
  bool closing = false;   // the part `end` is the last day and not a stretch: "as of the end of June"
  Order order = Order::none;
  bool vague = false;     // of a count: several, a few
  bool points = false;    // "that year" is the one mentioned last, whatever it is
  bool ahead = false;     // "in two weeks": a date where the future is spoken of, else the duration
  bool steps = false;     // offset counts occurrences: "last October" is the one that ended last
  int8_t hour = 0;        // 1 is midnight, 24 is 11 p.m., 25 is 24:00; 0: none
  int8_t minute = -1;     // -1: not stated
  int8_t second = -1;
  int8_t season = 0;      // 1 spring, 2 summer, 3 autumn, 4 winter
  int8_t nth = 0;         // the nth day, weekday, week ... of what holds it; -1 is the last
  int8_t fraction = 0;    // of a count, in hundredths: two and a half years
  int16_t count = 0;      // of Kind::duration and Kind::set
  int16_t holiday = 0;    // 1 and up: DateCalendar::holiday
  int16_t end_count = 0;  // two years and three months: the second part
  Grain end_grain = Grain::day;
  // The third Tuesday after Christmas: `count` of this weekday behind the date, before it where that is negative; where
  // `closest` the one that is next to it but for count - 1.
  int8_t end_weekday = 0;
  bool closest = false;
  bool lasting = false;   // 18 December for ten days: from the date to the day that lies `count` of `end_grain` behind it
  // One year, two days, three hours and four seconds: what follows the second part of a duration.
  struct Piece {
    int16_t count = 0;
    Grain grain = Grain::day;
  };
  std::array<Piece, 3> pieces{};
  // From May 2015 to the end of 2018, between Jan 22 and now: the second end is a date of its own, 1 + its index in
  // ValueList::dates. Of annotations only.
  uint32_t until = 0;
};

// 03/04/2025 read the other way; nothing else changes. False where that is no date.
bool swap_order(DateSpec& spec);

// Which way an incomplete date is completed.
// The likely ones only weigh what lies in the other direction more; what is asked for is ahead, and not today.
enum class Direction : uint8_t { nearest, past, future, likely_past, likely_future, asked };

class DateCalendar;  // ruleset/date_calendar.h

struct DateContext {
  std::optional<Day> published;
  std::optional<Interval> period;  // the period spoken of, for Anchor::context
  Direction direction = Direction::nearest;
  const DateCalendar* calendar = nullptr;  // holidays, seasons and parts are empty without it
};

// A date completed: its contract spelling ("2024-Q2"), its days, and what had to be inferred.
struct ResolvedDate {
  std::string text;  // 2024-08-21, 2024-08, 2024-Q2, 2024-H1, 2024, 2024-W33 or FROM/TO
  Interval days;
  std::string_view kind;  // day week month quarter half year ytd range as_of by cumulative since_event
  bool year_inferred = false;
};

// Empty where the context does not suffice (no publish date, no period) or the parts make no date.
//   missing year   past: the last that has begun; future: the first that has not ended; nearest: by days from the publish
//                  date, those ahead counting twice ("the first quarter" in August is the one behind)
//   context        moved with its length (keeps_length), or the unit of `grain` in which it ends, moved by `offset`;
//                  with a year the same period of that year
//   as_of, until, and a deadline at the end of something   its last day; kinds as_of, by, by
//   by             the period itself, kind by
//   since          up to the publish date
//   ytd            up to the end of the context where that lies in the year, else to the publish date
//   cumulative     the context's last day, else the publish date
// "The first six months" is spelled and called a half, "January-August" is ytd, seven days from a Monday are a week.
std::optional<ResolvedDate> resolve_date(const DateSpec& spec, const DateContext& context);
// The contract's spelling of an interval: the shortest of year, half, quarter, month, day that is exactly it, else FROM/TO.
std::string period_text(Interval days);

enum class Qualifier : uint8_t { exact, about, more_than, at_least, less_than, up_to, as_low_as, range, record };
std::string_view qualifier_name(Qualifier qualifier);

struct Value {
  ValueType type = ValueType::number;
  Qualifier qualifier = Qualifier::exact;
  bool is_range = false;
  bool approximate = false;   // a range that is also "about"
  bool bare = false;          // digits alone without separator, decimals, scale or unit: "87", "2024"; a part of what is said elsewhere: "half"
  bool has_sign = false;      // "+5.0%", "-2.7 percent"
  bool at_mark = false;       // behind a word for a mark that is passed: "below 20,000"
  bool in_words = false;      // "three", "half a million"
  bool fraction = false;      // "two thirds", "half of", 3/4 with neither scale nor unit: a part of something said elsewhere
  bool other_decimals = false;  // digits read with a comma before the decimals
  bool unit_ambiguous = false;  // `¥`, `kr`, ... that nothing decided here
  uint16_t mark = 0;          // the shared sign or name it bears ($, kr, pounds): ValueTables::alternatives(mark); 0: none
  uint8_t choice = 0;         // 1 and up: ValueList::choices[choice - 1]
  uint16_t unit = 0;          // index into the unit table; 0: none. For money the currency
  uint16_t per = 0;           // unit of the denominator ("per ADS", "a week"); 0: none
  int8_t last_digit = 0;      // power of ten of the last stated digit: 6.4 billion -> 8
  uint32_t date = 0;          // ValueType::date: index into ValueList::dates
  Span span;                  // the value itself: "100,000 units" of "at least 100,000 units"
  Span scale;                 // where its scale stands, if apart from it: see declared_scales.h; else empty
  Span outer;                 // with its qualifier and sign words: "at least 100,000 units"
  Decimal low;                // the value; for a range its lower end
  Decimal high;               // for a range its upper end, else equal to low
};

// Why something that could be read in two ways was read as it was; see mention/conventions.h.
struct Choice {
  enum class Of : uint8_t { currency, decimal_sign, date_order, holiday };
  enum class By : uint8_t { nothing, site, document, countries, published };
  Of of = Of::currency;
  By by = By::nothing;
  Span evidence;  // in the text; empty where it is not the text that decided
};
std::string_view choice_name(Choice::Of of);
std::string_view choice_name(Choice::By by);

struct ValueList {
  std::vector<Value> values;  // by span, never overlapping
  std::vector<DateSpec> dates;
  std::vector<Choice> choices;
  DecimalTally decimals;  // of all that was read
  TokenList tokens;       // scratch of the reader
  void clear() {
    values.clear();
    dates.clear();
    choices.clear();
    decimals = {};
  }
};

class ValueTables;  // ruleset/value_tables.h

// What is read: for facts, values and dates; for annotations also times, durations of dates, sets and references, and a
// line break inside running text counts as a space.
enum class ReadFor : uint8_t { facts, annotations };

class ValueReader {
 public:
  // `tables` must outlive the reader.
  explicit ValueReader(const ValueTables& tables) : tables_(tables) {}
  // Appends the values inside `within` (bytes of text), in order. Reads nothing outside it. A line break ends a value.
  // `sign` stands before the decimals; which one a document uses is told by the tally of a first reading.
  void read(std::string_view text, Span within, ValueList& out, DecimalSign sign = DecimalSign::point,
            ReadFor purpose = ReadFor::facts) const;
  // Of a range whose begin lies inside a name that ends at `name_end` the upper end alone is kept. False: it is no such range.
  bool keep_upper_end(std::string_view text, uint32_t name_end, Value& value) const;

 private:
  const ValueTables& tables_;
};

}  // namespace factmill
