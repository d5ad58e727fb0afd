#include "mention/timex.h"

#include <array>

#include "mention/date_interval.h"
#include "ruleset/date_calendar.h"

namespace factmill {
namespace {

using Grain = DateSpec::Grain;
using Kind = DateSpec::Kind;
using Part = DateSpec::Part;
using Role = DateSpec::Role;

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// What a unit is called in a duration, and how many of that it is.
struct DurationUnit {
  std::string_view letter;  // with T where the unit lies within a day
  int factor = 1;
};

DurationUnit unit_of(Grain grain, bool vague) {
  switch (grain) {
    case Grain::week:
      return {"W"};
    case Grain::month:
      return {"M"};
    case Grain::quarter:
      return vague ? DurationUnit{"Q"} : DurationUnit{"M", 3};
    case Grain::half:
      return {"M", 6};
    case Grain::year:
      return {"Y"};
    case Grain::decade:
      return vague ? DurationUnit{"DE"} : DurationUnit{"Y", 10};
    case Grain::century:
      return vague ? DurationUnit{"CE"} : DurationUnit{"Y", 100};
    case Grain::hour:
      return {"TH"};
    case Grain::minute:
      return {"TM"};
    case Grain::second:
      return {"TS"};
    case Grain::weekend:
      return {"WE"};
    default:
      return {"D"};
  }
}

// What a fraction of a unit is in the next smaller one: half a year is six months.
struct Smaller {
  Grain grain;
  int count = 0;  // in a whole unit; 0: none that divides it
};

Smaller smaller_of(Grain grain) {
  switch (grain) {
    case Grain::century:
      return {Grain::year, 100};
    case Grain::decade:
      return {Grain::year, 10};
    case Grain::year:
      return {Grain::month, 12};
    case Grain::quarter:
      return {Grain::month, 3};
    case Grain::month:
      return {Grain::day, 30};
    case Grain::day:
      return {Grain::hour, 24};
    case Grain::hour:
      return {Grain::minute, 60};
    case Grain::minute:
      return {Grain::second, 60};
    default:
      return {grain, 0};
  }
}

class DurationText {
 public:
  void add(const std::string& count, Grain grain, bool vague) {
    DurationUnit unit = unit_of(grain, vague);
    if (unit.letter[0] == 'T') {
      if (!timed_) text_ += 'T';
      timed_ = true;
      unit.letter.remove_prefix(1);
    }
    text_ += unit.factor == 1 || count == "X" ? count : std::to_string(std::stoi(count) * unit.factor);
    text_ += unit.letter;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_ = "P";
  bool timed_ = false;
};

std::string duration_text(const DateSpec& spec) {
  DurationText text;
  if (spec.vague) {
    text.add("X", spec.grain, true);
    return text.text();
  }
  int count = spec.count;
  Smaller rest = spec.fraction != 0 ? smaller_of(spec.grain) : Smaller{spec.grain, 0};
  const int part = rest.count * spec.fraction;
  if (spec.fraction != 0 && (rest.count == 0 || part % 100 != 0)) {
    text.add(std::to_string(count) + (spec.fraction == 50   ? ".5"
                                      : spec.fraction == 25 ? ".25"
                                                            : ".75"),
             spec.grain, false);
    return text.text();
  }
  if (count != 0 || (part == 0 && spec.end_count == 0)) text.add(std::to_string(count), spec.grain, false);
  if (part != 0) text.add(std::to_string(part / 100), rest.grain, false);
  if (spec.end_count != 0) text.add(std::to_string(spec.end_count), spec.end_grain, false);
  for (const DateSpec::Piece& piece : spec.pieces) {
    if (piece.count != 0) text.add(std::to_string(piece.count), piece.grain, false);
  }
  return text.text();
}

std::string_view season_name(int season) {
  constexpr std::array<std::string_view, 5> kSeasons = {"", "SP", "SU", "FA", "WI"};
  return kSeasons[static_cast<size_t>(season) < kSeasons.size() ? static_cast<size_t>(season) : 0];
}

std::string_view daypart_name(DateSpec::Daypart part) {
  constexpr std::array<std::string_view, 7> kParts = {"", "MO", "MI", "AF", "EV", "NI", "DT"};
  return kParts[static_cast<size_t>(part)];
}

// T14:00, TMO; empty where the spec names no time of day.
std::string time_text(const DateSpec& spec) {
  if (spec.hour != 0) {
    std::string text = "T" + two_digits(spec.hour - 1) + ":" + two_digits(spec.minute < 0 ? 0 : spec.minute);
    if (spec.second >= 0) text += ":" + two_digits(spec.second);
    return text;
  }
  if (spec.daypart == DateSpec::Daypart::none) return {};
  return "T" + std::string(daypart_name(spec.daypart));
}

std::string week_text(Day day) {
  const Day monday = monday_of(day);
  const int year = year_of(monday + std::chrono::days(3));
  for (int week = 1; week <= 53; ++week) {
    const std::optional<Interval> days = iso_week_interval(year, week);
    if (days && days->from == monday) return std::to_string(year) + "-W" + two_digits(week);
  }
  return {};
}

// Of "two years ago", which is said of a year and lies a number of months back.
bool is_counted_back(const DateSpec& spec) {
  return spec.steps && spec.anchor == DateSpec::Anchor::published && spec.weekday == 0 && !names_part(spec) &&
         spec.kind == Kind::date;
}

bool is_week(const Interval& days) { return days.days() == 7 && days.from == monday_of(days.from); }

std::string date_text(const DateSpec& spec, const Interval& days) {
  const std::string year = to_string(days.from).substr(0, 4);
  if (spec.end_weekday != 0) return period_text(days);
  if (spec.season != 0 && spec.grain == Grain::season) return year + "-" + std::string(season_name(spec.season));
  switch (spec.grain) {
    case Grain::week:
      // "Two weeks ago" is said of a week and lies a number of days back.
      if ((is_week(days) || spec.steps) && spec.weekday == 0) return week_text(days.from);
      break;
    case Grain::month:
      if (is_counted_back(spec)) return to_string(days.from).substr(0, 7);
      break;
    case Grain::year:
      if (is_counted_back(spec)) return year;
      break;
    case Grain::weekend:
      return week_text(days.from) + "-WE";
    case Grain::decade:
      if (days == unit_around(days.from, Grain::decade, 0)) return year.substr(0, 3);
      break;
    case Grain::century:
      return year.substr(0, 2);
    default:
      break;
  }
  return period_text(days);
}

std::string_view granularity_of(const DateSpec& spec, const Interval& days) {
  if (spec.kind == Kind::time) {
    if (spec.hour == 0) return "daypart";
    return spec.second >= 0 ? "second" : spec.minute >= 0 ? "minute" : "hour";
  }
  if (days.from == days.to) return "day";
  switch (spec.grain) {
    case Grain::weekend:
      return "weekend";
    case Grain::season:
      return "season";
    case Grain::decade:
      return "decade";
    case Grain::century:
      return "century";
    case Grain::holiday:
      return "range";
    default:
      break;
  }
  const std::string text = period_text(days);
  if (text.size() == 4) return "year";
  if (text.size() == 7) return text[5] == 'Q' ? "quarter" : text[5] == 'H' ? "half" : "month";
  return is_week(days) ? "week" : "range";
}

// What is known where no year is.
std::string open_text(const DateSpec& spec) {
  if (spec.year < 0) {
    const std::string year = std::to_string(-spec.year);
    return "BC" + std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year;
  }
  if (spec.anchor == DateSpec::Anchor::context || spec.nth != 0 || spec.base != DateSpec::Base::none) return {};
  if (spec.anchor == DateSpec::Anchor::published && spec.weekday == 0) return {};
  if (spec.month != 0 && spec.end_month == 0 && spec.end_day == 0) {
    const std::string month = "XXXX-" + two_digits(spec.month);
    return spec.grain == Grain::month ? month
           : spec.grain == Grain::day ? month + "-" + two_digits(spec.day)
                                      : std::string();
  }
  if (spec.weekday != 0 && spec.month == 0 && spec.day == 0) return "XXXX-WXX-" + std::to_string(spec.weekday);
  if (spec.quarter != 0 && spec.end_quarter == 0) return "XXXX-Q" + std::to_string(spec.quarter);
  if (spec.half != 0) return "XXXX-H" + std::to_string(spec.half);
  if (spec.season != 0) return "XXXX-" + std::string(season_name(spec.season));
  if (spec.week != 0 && spec.month == 0) return "XXXX-W" + two_digits(spec.week);
  return {};
}

std::string set_text(const DateSpec& spec) {
  if (spec.count != 0 || spec.vague) return duration_text(spec);
  if (spec.weekday != 0) return "XXXX-WXX-" + std::to_string(spec.weekday) + time_text(spec);
  if (spec.grain == Grain::weekend) return "XXXX-WXX-WE";
  if (spec.day != 0 && spec.month == 0) return "XXXX-XX-" + two_digits(spec.day);
  if (spec.daypart != DateSpec::Daypart::none || spec.hour != 0) return "XXXX-XX-XX" + time_text(spec);
  if (spec.season != 0) return "XXXX-" + std::string(season_name(spec.season));
  if (spec.quarter != 0) return "XXXX-Q" + std::to_string(spec.quarter);
  return open_text(spec);
}

std::string_view mod_of(Part part) {
  switch (part) {
    case Part::begin:
    case Part::early:
      return "START";
    case Part::mid:
      return "MID";
    case Part::late:
    case Part::end:
      return "END";
    case Part::whole:
      break;
  }
  return {};
}

// The unit whose parts the calendar knows.
Grain whole_grain(const DateSpec& spec, const Interval& days) {
  const std::string_view name = granularity_of(spec, days);
  if (name == "week") return Grain::week;
  if (name == "month") return Grain::month;
  if (name == "quarter") return Grain::quarter;
  if (name == "half") return Grain::half;
  if (name == "year") return Grain::year;
  return spec.grain;
}

// The days that the mention is about. A deadline and a reporting day are the last day of what they name.
std::optional<Interval> days_of(const DateSpec& spec, const DateContext& context, const Interval& whole) {
  const bool stretch =
      spec.part != Part::whole && (spec.role == Role::plain || (spec.role == Role::as_of && !spec.closing));
  const bool edge = spec.grain == Grain::week && spec.day != 0;  // the week ended June 30
  if (stretch && context.calendar && !edge) {
    return context.calendar->part_of(static_cast<size_t>(whole_grain(spec, whole)), static_cast<size_t>(spec.part),
                                     whole);
  }
  if (spec.role == Role::plain) return whole;
  const std::optional<ResolvedDate> resolved = resolve_date(spec, context);
  return resolved ? std::optional(resolved->days) : std::nullopt;
}

// "This season" is one that has a name.
DateSpec with_season(DateSpec spec, const DateContext& context, const Interval& days) {
  if (spec.grain == Grain::season && spec.season == 0 && context.calendar) {
    spec.season = static_cast<int8_t>(context.calendar->season_of(days.from));
  }
  return spec;
}

std::string_view type_of(Kind kind) {
  constexpr std::array<std::string_view, 5> kTypes = {"DATE", "TIME", "DURATION", "SET", "DATE"};
  return kTypes[static_cast<size_t>(kind)];
}

// What the spec is without the words around it.
std::optional<Interval> whole_days(const DateSpec& spec, const DateContext& context) {
  DateSpec plain = spec;
  if (plain.role != Role::ytd && plain.role != Role::cumulative && plain.role != Role::rest) plain.role = Role::plain;
  const bool edge = spec.grain == Grain::week && spec.day != 0;
  if (!edge) plain.part = Part::whole;
  const std::optional<ResolvedDate> resolved = resolve_date(plain, context);
  return resolved ? std::optional(resolved->days) : std::nullopt;
}

}  // namespace

std::optional<Timex> timex_of(const DateSpec& spec, const DateContext& context) {
  constexpr std::array<std::string_view, 4> kReferences = {"", "PRESENT_REF", "PAST_REF", "FUTURE_REF"};
  Timex timex;
  timex.type = type_of(spec.kind);
  timex.mod = mod_of(spec.part);
  if (spec.kind == Kind::reference) {
    timex.value = kReferences[static_cast<size_t>(spec.reference)];
    if (spec.reference == DateSpec::Reference::present && context.published) {
      timex.days = Interval{*context.published, *context.published};
      timex.granularity = "day";
    }
  } else if (spec.kind == Kind::set) {
    timex.value = set_text(spec);
  } else {
    const std::optional<Interval> whole = whole_days(spec, context);
    if (spec.kind == Kind::duration) {
      timex.value = duration_text(spec);
      timex.days = whole;
    } else if (whole) {
      // "The first nine months" of a year that is not named are a count, as TIMEX3 has it; their days are known all the same.
      const bool counted = spec.months != 0 && spec.end_month == 0 && spec.year == 0 && spec.anchor == DateSpec::Anchor::absolute;
      if (counted) timex.type = type_of(Kind::duration);
      timex.value = counted ? "P" + std::to_string(spec.months) + "M" : date_text(with_season(spec, context, *whole), *whole) + time_text(spec);
      timex.days = days_of(spec, context, *whole);
      if (timex.days) timex.granularity = granularity_of(spec, *timex.days);
    } else {
      timex.value = open_text(spec) + time_text(spec);
    }
  }
  if (timex.value.empty()) return std::nullopt;
  return timex;
}

Timex range_timex(const Interval& days) {
  Timex timex;
  timex.type = type_of(Kind::date);
  timex.value = period_text(days);
  timex.days = days;
  DateSpec spec;
  spec.grain = Grain::range;
  timex.granularity = granularity_of(spec, days);
  return timex;
}

namespace {

struct NamedUnit {
  std::string_view name;
  Grain grain;
};
constexpr NamedUnit kUnits[] = {{"s", Grain::second},   {"min", Grain::minute}, {"h", Grain::hour},
                                {"day", Grain::day},    {"week", Grain::week},  {"month", Grain::month},
                                {"quarter", Grain::quarter}, {"year", Grain::year}};

}  // namespace

std::string_view counted_unit(const DateSpec& spec) {
  if (spec.kind != Kind::duration || spec.vague || spec.count == 0 || spec.end_count != 0 || spec.fraction != 0) return {};
  for (const NamedUnit& unit : kUnits) {
    if (unit.grain == spec.grain) return unit.name;
  }
  return {};
}

std::optional<DateSpec::Grain> grain_of_unit(std::string_view unit) {
  for (const NamedUnit& named : kUnits) {
    if (named.name == unit) return named.grain;
  }
  return std::nullopt;
}

std::string duration_timex(const Value& value, const Unit& unit) {
  for (const NamedUnit& named : kUnits) {
    if (named.name != unit.name) continue;
    const std::string number = value.low.to_string();
    const bool whole = number.find_first_not_of("0123456789") == number.npos && number.size() <= 6;
    if (named.grain == Grain::quarter && !whole) return {};
    DurationText text;
    text.add(number, named.grain, false);
    return text.text();
  }
  return {};
}

}  // namespace factmill
