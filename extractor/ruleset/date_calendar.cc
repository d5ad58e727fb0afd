#include "ruleset/date_calendar.h"

#include <algorithm>

#include "ruleset/date_forms.h"

namespace factmill {
namespace {

using WordBits = std::array<uint64_t, 64>;

// Its length, its first two letters and its last.
size_t bit_of(std::string_view word) {
  if (word.empty()) return 0;
  const auto at = [&](size_t i) { return static_cast<uint8_t>(word[std::min(i, word.size() - 1)]); };
  return (word.size() * 7 + at(0) * 31U + at(1) * 131U + at(word.size() - 1) * 521U) % (64 * 64);
}
void set_bit(WordBits& bits, std::string_view word) { bits[bit_of(word) / 64] |= uint64_t{1} << bit_of(word) % 64; }
bool has_bit(const WordBits& bits, std::string_view word) { return bits[bit_of(word) / 64] >> bit_of(word) % 64 & 1; }

constexpr int kMinEndingStem = 3;  // "need" is no past of "ne"

std::optional<Day> day_in(int year, int month, int day) {
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  return parts.ok() ? std::optional<Day>(Day(parts)) : std::nullopt;
}

// "MM-DD" as month and day; zeros, with a complaint, where it is no day.
std::array<int, 2> month_day(const RuleNode& node) {
  const std::optional<Day> day = parse_day("2000-" + node.text());
  if (!day) {
    node.error(message({"no day of a year (got '", node.text(), "'; expected MM-DD)"}));
    return {};
  }
  const std::chrono::year_month_day parts(*day);
  return {static_cast<int>(static_cast<unsigned>(parts.month())), static_cast<int>(static_cast<unsigned>(parts.day()))};
}

// Western Easter Sunday, by the anonymous Gregorian computus.
Day easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return make_day(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

std::optional<Day> nth_weekday(int year, int month, int weekday, int nth) {
  const Interval all = month_interval(year, static_cast<unsigned>(month));
  const auto iso = [](Day day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); };
  if (nth < 0) {
    const Day last = all.to - std::chrono::days((iso(all.to) - weekday + 7) % 7) + std::chrono::days(7 * (nth + 1));
    return last >= all.from ? std::optional<Day>(last) : std::nullopt;
  }
  const Day day = all.from + std::chrono::days((weekday - iso(all.from) + 7) % 7) + std::chrono::days(7 * (nth - 1));
  return day <= all.to ? std::optional<Day>(day) : std::nullopt;
}

}  // namespace

void DateCalendar::add(const RuleNode& root) {
  for (const RuleNode& node : root["holidays"].items()) add_holiday(node);
  constexpr std::array<std::string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};
  for (const auto& [name, node] : root["seasons"].entries()) {
    const auto at = std::find(kSeasons.begin(), kSeasons.end(), name);
    if (at == kSeasons.end() || node.items().size() != 2) {
      node.key_error("a season is spring, summer, autumn or winter with its two ends: [MM-DD, MM-DD]");
      continue;
    }
    seasons_[static_cast<size_t>(at - kSeasons.begin())] = {month_day(node.items()[0]), month_day(node.items()[1])};
  }
  add_parts(root["date_part_days"]);
  if (const RuleNode fiscal = root["fiscal_year"]; fiscal.present()) {
    fiscal.allow_keys({"begins", "named_by"});
    fiscal_month_ = std::clamp(fiscal["begins"].integer(1), 1, 12);
    fiscal_by_end_ = fiscal["named_by"].one_of({"end", "begin"}, "end") == "end";
  }
  for (const std::string& word : root["ages"].texts()) ages_.insert(word);
  for (const std::string& word : root["period_ends"].texts()) ends_.insert(word);
  for (const std::string& word : root["period_joints"].texts()) joints_.insert(word);
  for (const std::string& word : root["comparisons"].texts()) comparisons_.insert(word);
  add_tenses(root["tense_cues"]);
}

void DateCalendar::add_holiday(const RuleNode& node) {
  node.allow_keys({"name", "words", "day", "month", "weekday", "nth", "easter", "of", "shift", "length", "days", "at", "elsewhere"});
  // "At" and "elsewhere" are settled by the document: see mention/conventions.h.
  Holiday holiday;
  holiday.name = node["name"].required_text();
  if (node["day"].present()) {
    const std::array<int, 2> fixed = month_day(node["day"]);
    holiday.month = fixed[0];
    holiday.day = fixed[1];
  }
  if (node["month"].present()) holiday.month = std::clamp(node["month"].integer(1), 1, 12);
  holiday.weekday = std::clamp(node["weekday"].integer(0), 0, 7);
  holiday.nth = node["nth"].integer(0);
  holiday.easter = node["easter"].flag(false);
  holiday.shift = node["shift"].integer(0);
  holiday.length = std::max(node["length"].integer(1), 1);
  if (node["of"].present()) {
    holiday.of = holiday_named(node["of"].text()) - 1;
    if (holiday.of < 0) node["of"].error(message({"no holiday '", node["of"].text(), "' before this one"}));
  }
  holiday.at = node["at"].texts();
  for (const auto& [name, locales] : node["elsewhere"].entries()) {
    const int other = holiday_named(name);
    if (other == 0) locales.key_error(message({"no holiday '", name, "' before this one"}));
    for (const std::string& locale : locales.texts()) holiday.elsewhere.emplace_back(locale, other);
  }
  for (const RuleNode& item : node["days"].items()) {
    const std::optional<Day> day = parse_day(item.text());
    if (!day) {
      item.error(message({"no day (got '", item.text(), "'; expected YYYY-MM-DD)"}));
      continue;
    }
    holiday.days.emplace_back(year_of(*day), *day);
  }
  std::sort(holiday.days.begin(), holiday.days.end());
  holidays_.push_back(std::move(holiday));
}

// {month: {early: [1, 10], late: [21, -1]}, year: {early: {months: [1, 4]}}}
void DateCalendar::add_parts(const RuleNode& node) {
  for (const auto& [grain_name, parts] : node.entries()) {
    const auto grain = static_cast<uint32_t>(DateForms::Builder::named_setting(parts, grain_name, DateField::grain));
    for (const auto& [part_name, share] : parts.entries()) {
      const auto part = static_cast<uint32_t>(DateForms::Builder::named_setting(share, part_name, DateField::part));
      const bool months = share["months"].present();
      const std::vector<RuleNode> ends = (months ? share["months"] : share["days"]).items();
      if (ends.size() != 2) {
        share.error("a part is {days: [FROM, TO]} or {months: [FROM, TO]}");
        continue;
      }
      parts_[grain << 8 | part] = {months ? Share::Of::months : Share::Of::days, ends[0].integer(1),
                                   ends[1].integer(1)};
    }
  }
}

void DateCalendar::add_tenses(const RuleNode& node) {
  node.allow_keys({"past", "weak_past", "future", "past_endings", "none"});
  for (const auto& [key, tense] : {std::pair{"none", Tense::none},
                                   {"past", Tense::past},
                                   {"weak_past", Tense::weak_past},
                                   {"future", Tense::future}}) {
    for (const RuleNode& item : node[key].items()) {
      const std::string words = item.text();
      const size_t space = words.find(' ');
      set_bit(space == words.npos ? single_bits_ : first_bits_, std::string_view(words).substr(0, space));
      tenses_[words] = tense;
    }
  }
  for (const RuleNode& item : node["past_endings"].items()) endings_.emplace_back(item.text(), Tense::past);
}

int DateCalendar::holiday_named(std::string_view name) const {
  for (size_t i = 0; i < holidays_.size(); ++i) {
    if (holidays_[i].name == name) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<Interval> DateCalendar::holiday_in(int number, int year) const {
  if (number < 1 || static_cast<size_t>(number) > holidays_.size()) return std::nullopt;
  const Holiday& holiday = holidays_[static_cast<size_t>(number) - 1];
  std::optional<Day> day;
  if (holiday.of >= 0) {
    const std::optional<Interval> base = holiday_in(holiday.of + 1, year);
    if (base) day = base->from;
  } else if (!holiday.days.empty()) {
    for (const auto& [of_year, tabulated] : holiday.days) {
      if (of_year == year) day = tabulated;
    }
  } else if (holiday.easter) {
    day = easter_sunday(year);
  } else if (holiday.weekday != 0 && holiday.month != 0) {
    day = nth_weekday(year, holiday.month, holiday.weekday, holiday.nth);
  } else if (holiday.month != 0) {
    day = day_in(year, holiday.month, holiday.day);
  }
  if (!day) return std::nullopt;
  const Day first = *day + std::chrono::days(holiday.shift);
  return Interval{first, first + std::chrono::days(holiday.length - 1)};
}

std::optional<Interval> DateCalendar::season_in(int season, int year) const {
  if (season < 1 || season > 4) return std::nullopt;
  const auto& [first, last] = seasons_[static_cast<size_t>(season) - 1];
  if (first[0] == 0 || last[0] == 0) return std::nullopt;
  const std::optional<Day> from = day_in(year, first[0], first[1]);
  const std::optional<Day> to = day_in(last < first ? year + 1 : year, last[0], last[1]);
  if (!from || !to) return std::nullopt;
  return Interval{*from, *to};
}

int DateCalendar::season_of(Day day) const {
  int best = 4;  // which begins in the year before
  for (int season = 1; season <= 4; ++season) {
    const std::optional<Interval> days = season_in(season, year_of(day));
    if (!days) return 0;
    if (days->from <= day) best = season;
  }
  return best;
}

std::optional<Interval> DateCalendar::season_around(Day day, int offset) const {
  const int season = season_of(day);
  if (season == 0) return std::nullopt;
  const auto begin_of = [&](int number) -> std::optional<Day> {
    const int index = season - 1 + number;
    const int years = index >= 0 ? index / 4 : (index - 3) / 4;
    const int year = year_of(day) - (season_in(season, year_of(day))->from > day ? 1 : 0) + years;
    const std::optional<Interval> days = season_in(index - 4 * years + 1, year);
    return days ? std::optional<Day>(days->from) : std::nullopt;
  };
  const std::optional<Day> from = begin_of(offset), next = begin_of(offset + 1);
  if (!from || !next) return std::nullopt;
  return Interval{*from, *next - std::chrono::days(1)};
}

Interval DateCalendar::part_of(size_t grain, size_t part, Interval whole) const {
  const auto known = parts_.find(static_cast<uint32_t>(grain << 8 | part));
  if (known == parts_.end()) return whole;
  const Share& share = known->second;
  Interval days = whole;
  if (share.of == Share::Of::months) {
    const Interval first = month_interval(year_of(whole.from), month_of(whole.from));
    const Interval last = month_interval(year_of(whole.to), month_of(whole.to));
    days.from =
        share.from > 0 ? shifted_months(first, 1 - share.from).from : shifted_months(last, -share.from - 1).from;
    days.to = share.to > 0 ? shifted_months(first, 1 - share.to).to : shifted_months(last, -share.to - 1).to;
  } else {
    days.from =
        share.from > 0 ? whole.from + std::chrono::days(share.from - 1) : whole.to + std::chrono::days(share.from + 1);
    days.to = share.to > 0 ? whole.from + std::chrono::days(share.to - 1) : whole.to + std::chrono::days(share.to + 1);
  }
  days.from = std::max(days.from, whole.from);
  days.to = std::min(days.to, whole.to);
  return days.from <= days.to ? days : whole;
}

bool DateCalendar::denies(const std::string& words) const {
  if (!has_bit(first_bits_, std::string_view(words).substr(0, words.find(' ')))) return false;
  const auto known = tenses_.find(words);
  return known != tenses_.end() && known->second == Tense::none;
}

Tense DateCalendar::tense_of(const std::string& word) const {
  if (has_bit(single_bits_, word)) {
    if (const auto known = tenses_.find(word); known != tenses_.end()) return known->second;
  }
  for (const auto& [ending, tense] : endings_) {
    if (word.size() >= ending.size() + kMinEndingStem && word.ends_with(ending)) return tense;
  }
  return Tense::none;
}

Tense DateCalendar::tense_of(const std::string& first, const std::string& second) const {
  if (!has_bit(first_bits_, first)) return Tense::none;
  const auto known = tenses_.find(first + " " + second);
  return known != tenses_.end() ? known->second : Tense::none;
}

}  // namespace factmill
