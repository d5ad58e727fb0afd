// What the calendar of a table knows beyond months: holidays, seasons, the parts of a month or year, the fiscal year,
// and the words that say which way an incomplete date lies.
//
//   std::optional<Interval> days = calendar.holiday_in(holiday, 2024);
//   Interval early = calendar.part_of({.grain = month, .part = early}, august);
//
// How a file says it stands at the head of rules/common/holidays.yaml. Immutable after load, shared by threads.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "ruleset/rule_file.h"

namespace factmill {

// A weak past is a verb of saying: it dates what is said only where it stands right beside the date.
enum class Tense : uint8_t { none, past, weak_past, future };

struct Holiday {
  std::string name;
  int month = 0;  // of a fixed day, or of the nth weekday
  int day = 0;
  int weekday = 0;  // 1 Monday..7 Sunday
  int nth = 0;      // -1: the last
  bool easter = false;
  int of = -1;                            // counted from another holiday, by index
  int shift = 0;                          // days after all that
  int length = 1;                         // days that it lasts
  std::vector<std::pair<int, Day>> days;  // tabulated, by year; in order
  std::vector<std::string> at;            // locales where the name means this day; empty: everywhere
  std::vector<std::pair<std::string, int>> elsewhere;  // locale, and the holiday, from 1, that the name means there
};

class DateCalendar {
 public:
  // Adds what a file's root says under holidays, seasons, date_part_days, fiscal_year and tense_cues.
  void add(const RuleNode& root);
  // The number, 1 and up, of the holiday that was added `index`-th in its file, by name; 0: unknown.
  int holiday_named(std::string_view name) const;

  // Where the name means something else by country: empty for most.
  const Holiday& holiday(int number) const { return holidays_[static_cast<size_t>(number) - 1]; }
  // Its days in a year; empty where that year is not tabulated. `holiday` counts from 1.
  std::optional<Interval> holiday_in(int holiday, int year) const;
  // 1 spring .. 4 winter, the one that begins in this year.
  std::optional<Interval> season_in(int season, int year) const;
  // The season that holds a day, 1..4, and the one `offset` seasons from it: up to the day before the next begins.
  int season_of(Day day) const;
  std::optional<Interval> season_around(Day day, int offset) const;
  // The stretch that a part (as DateSpec::Part) of a unit (as DateSpec::Grain) is: early, mid, late. All of it where
  // the tables say nothing.
  Interval part_of(size_t grain, size_t part, Interval whole) const;
  // The month in which a fiscal year begins, and whether it is named by the year in which it ends.
  int fiscal_month() const { return fiscal_month_; }
  bool fiscal_by_end() const { return fiscal_by_end_; }
  bool makes_age(std::string_view word) const { return ages_.contains(std::string(word)); }
  bool ends_period(std::string_view words) const { return ends_.contains(std::string(words)); }
  bool lists(std::string_view words) const { return joints_.contains(std::string(words)); }
  bool compares(std::string_view word) const { return comparisons_.contains(std::string(word)); }
  // Of a word, lower case.
  Tense tense_of(const std::string& word) const;
  // Of two words that stand together and have one: "set for".
  Tense tense_of(const std::string& first, const std::string& second) const;
  // Whether these two or three words, around one of tense, take it from it: "mainly due", "due to the".
  bool denies(const std::string& words) const;

 private:
  struct Share {
    enum class Of : uint8_t { days, months } of = Of::days;
    int from = 0;  // from 1; negative ones count from the end
    int to = 0;
  };
  void add_holiday(const RuleNode& node);
  void add_parts(const RuleNode& node);
  void add_tenses(const RuleNode& node);

  std::vector<Holiday> holidays_;
  std::array<std::pair<std::array<int, 2>, std::array<int, 2>>, 4> seasons_{};  // month and day of both ends
  std::unordered_map<uint32_t, Share> parts_;
  std::unordered_map<std::string, Tense> tenses_;
  std::vector<std::pair<std::string, Tense>> endings_;
  // One bit of a quick hash for each word of `tenses_`, and for the first word of each pair there: most words of a text are neither.
  std::array<uint64_t, 64> single_bits_{}, first_bits_{};
  std::unordered_set<std::string> ages_, comparisons_, ends_, joints_;
  int fiscal_month_ = 1;
  bool fiscal_by_end_ = true;
};

}  // namespace factmill
