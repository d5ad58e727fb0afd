#include "mention/date_discourse.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "mention/date_interval.h"

namespace factmill {
namespace {

using Grain = DateSpec::Grain;
using Anchor = DateSpec::Anchor;

constexpr size_t kReachBytes = 300;
constexpr int kReach = 24;       // words looked at on either side
constexpr size_t kMaxWord = 24;  // longer ones are no words of tense
constexpr int kAloneWords = 2;   // beside a date that is the whole text
constexpr size_t kAloneLetters = 4;  // of such a word
constexpr size_t kAloneBytes = 120;
constexpr int kStaleDays = 62;   // from the end of a period to the publish date, up to which "so far" ends with it
constexpr int kComparedReach = 8;  // words between a period and what says that it is compared with
constexpr int kVerbReach = 4;    // words between a date and a verb of the past that leaves no doubt: "sold in October"
constexpr int kSayingReach = 2;  // words between a date and a verb of saying that dates it
constexpr int kMaxListed = 11;   // dates behind one that has its year from the last of them
constexpr int kBesideReach = 1;  // the same where the verb follows
constexpr int kWeekdayReach = 12;  // words between a weekday and the verb that puts it ahead
constexpr int kOwnedReach = 3;     // the same of "Wednesday's ruling", which the verb is not about

// Of a word, "it's" being one.
bool is_of_word(char c) { return is_letter(c) || c == '\''; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string lower_word(std::string_view word) {
  std::string out(word.substr(0, std::min(word.size(), kMaxWord)));
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

// Whether a sentence ends with the byte at `at`: a stop behind a word of some length, space and a capital behind it.
bool ends_sentence(std::string_view text, size_t at) {
  const char c = text[at];
  if (c == '!' || c == '?') return true;
  if (c == '\n') return at + 1 < text.size() && text[at + 1] == '\n';
  if (c != '.' || at + 2 >= text.size() || !is_space(text[at + 1])) return false;
  size_t next = at + 2;
  while (next < std::min(text.size(), at + 6) && (is_space(text[next]) || text[next] == '"' || text[next] == '`'))
    ++next;
  if (next < text.size() && is_of_word(text[next]) && !is_upper(text[next])) return false;
  size_t word = 0;
  while (word < 4 && word < at && is_of_word(text[at - 1 - word])) ++word;
  return word > 3 || (word > 1 && !is_upper(text[at - word]));
}

// "In two weeks" where no future is spoken of.
DateSpec duration_of(const DateSpec& spec) {
  DateSpec duration;
  duration.kind = DateSpec::Kind::duration;
  duration.grain = spec.grain;
  duration.count = spec.offset;
  return duration;
}

}  // namespace

DateDiscourse::Cue DateDiscourse::cue_before(size_t at, int saying_reach) const {
  Cue cue;
  std::string behind;
  const size_t stop = at > kReachBytes ? at - kReachBytes : 0;
  while (at > stop && cue.distance < kReach) {
    if (!is_of_word(text_[at - 1])) {
      if (ends_sentence(text_, at - 1)) break;
      --at;
      continue;
    }
    size_t begin = at;
    while (begin > stop && is_of_word(text_[begin - 1])) --begin;
    const std::string word = lower_word(text_.substr(begin, at - begin));
    ++cue.distance;
    cue.tense = behind.empty() ? Tense::none : calendar_.tense_of(word, behind);
    if (cue.tense == Tense::none) cue.tense = calendar_.tense_of(word);
    if (cue.tense != Tense::none && is_no_cue(begin, at)) cue.tense = Tense::none;
    cue.sure = cue.tense != Tense::weak_past;
    if (cue.tense == Tense::weak_past) cue.tense = cue.distance <= saying_reach ? Tense::past : Tense::none;
    // "will be sold", "to be completed": what stands before a participle has the tense.
    if (cue.tense == Tense::past && word_tense_before(begin) == Tense::future) cue.tense = Tense::future;
    if (cue.tense != Tense::none) return cue;
    behind = word;
    at = begin;
  }
  return {};
}

// "Wider-than-expected", "mainly due to", "due to the": a word of tense that says nothing of time.
bool DateDiscourse::is_no_cue(size_t begin, size_t end) const {
  if (names_month(begin)) return true;
  if (begin > 1 && text_[begin - 1] == '-' && is_of_word(text_[begin - 2])) return true;
  const auto word_at = [&](size_t at) {  // and the gap before it
    size_t last = at;
    while (last < text_.size() && last - at <= kMaxWord && is_of_word(text_[last])) ++last;
    return std::string_view(text_).substr(at, last - at);
  };
  const auto next_word = [&](std::string_view word, size_t at) {
    const size_t next = at + word.size() + 1;
    return next < text_.size() && is_space(text_[next - 1]) ? word_at(next) : std::string_view();
  };
  const std::string word = lower_word(text_.substr(begin, end - begin));
  size_t stop = begin;
  if (stop > 0 && is_space(text_[stop - 1])) --stop;
  size_t first = stop;
  while (first > 0 && stop - first <= kMaxWord && is_of_word(text_[first - 1])) --first;
  if (first < stop && stop < begin && calendar_.denies(lower_word(text_.substr(first, stop - first)) + " " + word)) return true;
  const std::string_view behind = next_word(text_.substr(begin, end - begin), begin);
  if (behind.empty()) return false;
  const std::string two = word + " " + lower_word(behind);
  const std::string_view third = next_word(behind, end + 1);
  return calendar_.denies(two) || (!third.empty() && calendar_.denies(two + " " + lower_word(third)));
}

// "March, April and | May": the word here begins a month.
bool DateDiscourse::names_month(size_t begin) const {
  const auto from = std::lower_bound(list_->values.begin(), list_->values.end(), begin,
                                     [](const Value& value, size_t at) { return value.span.begin < at; });
  return from != list_->values.end() && from->span.begin == begin && from->type == ValueType::date && list_->dates[from->date].month != 0;
}

// Of the word right before this place.
Tense DateDiscourse::word_tense_before(size_t at) const {
  size_t end = at;
  if (end > 0 && is_space(text_[end - 1])) --end;
  size_t begin = end;
  while (begin > 0 && end - begin <= kMaxWord && is_of_word(text_[begin - 1])) --begin;
  return begin < end ? calendar_.tense_of(lower_word(text_.substr(begin, end - begin))) : Tense::none;
}

DateDiscourse::Cue DateDiscourse::cue_behind(size_t at, int saying_reach) const {
  Cue cue;
  std::string before;
  const size_t stop = std::min(text_.size(), at + kReachBytes);
  while (at < stop && cue.distance < kReach) {
    if (!is_of_word(text_[at])) {
      if (ends_sentence(text_, at)) break;
      ++at;
      continue;
    }
    size_t end = at;
    while (end < stop && is_of_word(text_[end])) ++end;
    const std::string word = lower_word(text_.substr(at, end - at));
    ++cue.distance;
    cue.tense = before.empty() ? Tense::none : calendar_.tense_of(before, word);
    if (cue.tense == Tense::none) cue.tense = calendar_.tense_of(word);
    if (cue.tense != Tense::none && is_no_cue(at, end)) cue.tense = Tense::none;
    cue.sure = cue.tense != Tense::weak_past;
    if (cue.tense == Tense::weak_past) cue.tense = cue.distance <= saying_reach ? Tense::past : Tense::none;
    if (cue.tense != Tense::none) return cue;
    before = word;
    at = end;
  }
  return {};
}

// A text that is nothing but a date, with a word as short as "in" before it, asks for one and reports none: it lies ahead. Not
// "July deliveries".
bool DateDiscourse::stands_alone(Span span) const {
  if (text_.size() > kAloneBytes) return false;
  int words = 0;
  for (size_t i = 0, begin = 0; i < text_.size(); ++i) {
    const bool outside = (i < span.begin || i >= span.end) && is_of_word(text_[i]);
    if (!outside) continue;
    const bool opens = i == 0 || !is_of_word(text_[i - 1]);
    words += opens;
    if (opens || i == span.end) begin = i;
    if (i - begin >= kAloneLetters) return false;
  }
  return words <= kAloneWords;
}

Direction DateDiscourse::direction_of(const DateSpec& spec, Span span) const {
  const bool weekday = spec.weekday != 0 && spec.day == 0;
  if (spec.ahead) return stands_alone(span) ? Direction::asked : tense_at(span, false, false);
  const bool relative = spec.grain == Grain::weekend || spec.base == DateSpec::Base::month;
  const bool open = spec.anchor == Anchor::absolute ? spec.year == 0 && spec.end_year == 0 : weekday || relative;
  if (!open) return Direction::nearest;
  // "Nov. 10" of a paper may be two weeks ahead whatever the verb; a month or a quarter that has been is long.
  const bool sure = spec.grain == Grain::month || spec.grain == Grain::quarter;
  const Direction said = tense_at(span, weekday || relative, sure);
  if (spec.role == DateSpec::Role::as_of && said == Direction::likely_future) return Direction::nearest;
  if (spec.role == DateSpec::Role::as_of && said == Direction::likely_past) return Direction::past;  // what stood then has been counted
  const bool deadline = spec.role == DateSpec::Role::by || spec.role == DateSpec::Role::until;
  if (deadline && said != Direction::likely_future) return Direction::nearest;
  // "Forecasts of 18 %, down from 17 % in the second quarter"
  // "January through November" is a count so far, whatever the verb.
  if (spec.grain == Grain::range && spec.month == 1 && spec.day == 0 && said == Direction::likely_future) return Direction::nearest;
  if (sure && said == Direction::likely_future && is_compared(spec, span.begin)) return Direction::likely_past;
  const bool ends = spec.months != 0 && spec.end_month != 0;  // the year to March
  return said == Direction::nearest && !ends && stands_alone(span) ? Direction::asked : said;
}

// What the nearest word of tense says. A weekday that is not announced is one that was, and verbs of saying date it.
Direction DateDiscourse::tense_at(Span span, bool weekday, bool sure) const {
  const Cue before = cue_before(span.begin, weekday ? kReach : kSayingReach);
  const Cue behind = cue_behind(span.end, kBesideReach);
  const bool nearer = behind.tense == Tense::none || before.distance <= behind.distance + 1;
  const Cue& cue = before.tense != Tense::none && (weekday || nearer) ? before : behind;
  if (cue.tense == Tense::past) {
    const bool beside = cue.sure && &cue == &before && cue.distance <= kVerbReach;
    return beside && sure ? Direction::past : Direction::likely_past;
  }
  const bool owns = weekday && text_.substr(span.end).starts_with("'");
  const bool far = weekday && cue.distance > (owns ? kOwnedReach : kWeekdayReach);
  return cue.tense == Tense::future && !far ? Direction::likely_future : Direction::nearest;
}

bool DateDiscourse::is_age(Span span) const {
  size_t at = span.end;
  if (at < text_.size() && (text_[at] == '-' || text_[at] == ' ')) ++at;
  size_t end = at;
  while (end < text_.size() && end - at <= kMaxWord && is_of_word(text_[end])) ++end;
  return at > span.end && end > at && calendar_.makes_age(lower_word(text_.substr(at, end - at)));
}

// The last unit that was over when the document was published.
std::optional<Interval> DateDiscourse::last_full(Grain grain) const {
  if (!published_) return std::nullopt;
  return unit_around(*published_, grain, -1);
}

// The period that a context date starts from.
std::optional<Interval> DateDiscourse::spoken_of(const DateSpec& spec) const {
  const auto published_unit = [&](Grain grain) -> std::optional<Interval> {
    if (!published_) return std::nullopt;
    return unit_around(*published_, grain, 0);
  };
  if (spec.points) return last_ ? last_ : published_unit(spec.grain);
  if (spec.kind == DateSpec::Kind::time) return day_ ? day_ : published_unit(Grain::day);
  switch (spec.grain) {
    case Grain::day:
    case Grain::week:
      if (last_ && last_->days() <= 7) return last_;
      return day_ ? day_ : published_unit(Grain::day);
    case Grain::quarter:
      if (spec.keeps_length && spec.year != 0) return quarter_ ? quarter_ : last_full(Grain::quarter);
      // "The next quarter" of a text that speaks of none is the one after the publish date's.
      if (!period_ && spec.offset > 0 && !spec.keeps_length) return published_unit(Grain::quarter);
      if (spec.keeps_length || spec.offset != 0) return period_ ? period_ : last_full(Grain::quarter);
      return quarter_ ? quarter_ : last_full(Grain::quarter);
    case Grain::range:
      return period_ ? period_ : last_full(Grain::quarter);
    default:
      break;
  }
  if (spec.keeps_length && spec.base == DateSpec::Base::quarter) return quarter_ ? quarter_ : last_full(Grain::quarter);
  if (spec.grain == Grain::year && !spec.keeps_length && spec.offset == 0 && published_) {
    const int years = last_ ? year_of(*published_) - year_of(last_->to) : 0;
    return last_ && years >= 0 && years <= 1 ? last_ : published_unit(Grain::year);
  }
  if (spec.keeps_length) return period_ ? period_ : published_unit(spec.grain);
  return last_ ? last_ : published_unit(spec.grain);
}

// "up from 14,000 in March": what something is compared with is not what is spoken of.
bool DateDiscourse::is_compared(const DateSpec& spec, size_t begin) const {
  size_t at = begin;
  for (int words = 0; at > 0 && begin - at < kReachBytes && words < kComparedReach;) {
    const char c = text_[at - 1];
    if (!is_of_word(c)) {
      if (c == ';' || (c == ',' && at < text_.size() && is_space(text_[at])) || ends_sentence(text_, at - 1))
        return false;
      --at;
      continue;
    }
    const size_t end = at;
    while (at > 0 && end - at <= kMaxWord && is_of_word(text_[at - 1])) --at;
    ++words;
    const bool begins_range = words == 1 && spec.grain == Grain::range;
    if (calendar_.compares(lower_word(text_.substr(at, end - at)))) return !begins_range;
  }
  return false;
}

void DateDiscourse::note(const DateSpec& spec, const Timex& timex, size_t begin) {
  fiscal_ |= spec.fiscal && spec.quarter != 0;
  if (!timex.days || (spec.kind != DateSpec::Kind::date && spec.kind != DateSpec::Kind::time)) return;
  const bool behind = spec.offset < 0 || spec.keeps_length || spec.year != 0;
  if (spec.anchor == Anchor::context && behind) return;
  const bool counted_back = spec.steps && (spec.grain == Grain::month || spec.grain == Grain::year) && !names_part(spec);
  const Interval days = counted_back ? unit_around(timex.days->from, spec.grain, 0) : *timex.days;
  if (period_ && days.to < period_->to && is_compared(spec, begin)) return;
  last_ = days;
  if (days.days() == 1) {
    day_ = days;
    return;
  }
  const bool over = !published_ || days.to < *published_ || !quarter_;
  if (timex.granularity == "quarter" && over) quarter_ = days;
  if (days.days() >= 28) period_ = days;
}

namespace {

// A year that the text leaves out, for which the other end's may stand.
bool lacks_year(const DateSpec& spec) {
  return spec.anchor == Anchor::absolute && spec.kind == DateSpec::Kind::date && spec.year == 0 && spec.end_year == 0 && names_part(spec);
}

bool states_year(const DateSpec& spec) { return spec.anchor == Anchor::absolute && spec.year > 0; }

// Six months, 13 weeks, a year: of whatever time.
bool is_plain_count(const DateSpec& spec) {
  const bool unit = spec.grain == Grain::week || spec.grain == Grain::month || spec.grain == Grain::quarter || spec.grain == Grain::year;
  return unit && spec.kind == DateSpec::Kind::duration && spec.count > 0 && spec.offset == 0 && spec.fraction == 0 && spec.end_count == 0 && !spec.vague;
}

int months_of(Grain grain) {
  switch (grain) {
    case Grain::year: return 12;
    case Grain::half: return 6;
    case Grain::quarter: return 3;
    default: return 1;
  }
}

bool is_bare_weekday(const DateSpec& spec) { return spec.weekday != 0 && spec.day == 0 && spec.month == 0; }

}  // namespace

std::string DateDiscourse::words_between(uint32_t begin, uint32_t end) const {
  while (begin < end && is_space(text_[begin])) ++begin;
  while (begin < end && is_space(text_[end - 1])) --end;
  return lower_word(text_.substr(begin, end - begin));
}

// "The quarter ended June 30", "the six months ended Aug. 12": the months of a period whose last day stands right behind it.
std::optional<Interval> DateDiscourse::ended_by_next(const ValueList& list, const Value& value) const {
  const DateSpec& spec = list.dates[value.date];
  const bool open = spec.kind == DateSpec::Kind::date && spec.anchor == Anchor::context && spec.offset == 0 && !spec.keeps_length && spec.year == 0;
  // A fiscal quarter has been named as the company counts.
  const bool part = open && !fiscal_ && (spec.grain == Grain::quarter || spec.grain == Grain::half);
  const bool counted = is_plain_count(spec);
  if (!part && !counted) return std::nullopt;
  const auto next = std::upper_bound(list.values.begin(), list.values.end(), value.span.begin,
                                     [](uint32_t at, const Value& other) { return at < other.span.begin; });
  if (next == list.values.end() || next->type != ValueType::date) return std::nullopt;
  if (!calendar_.ends_period(words_between(value.span.end, next->span.begin))) return std::nullopt;
  const DateSpec& end = list.dates[next->date];
  if (end.month == 0 || end.until != 0 || (end.grain != Grain::day && end.grain != Grain::month)) return std::nullopt;
  const DateContext context{published_, {}, direction_of(end, next->span), &calendar_};
  const std::optional<Timex> last = timex_of(end, context);
  if (!last || !last->days) return std::nullopt;
  if (counted && spec.grain == Grain::week) return Interval{last->days->to - std::chrono::days(7 * spec.count - 1), last->days->to};
  const int months = counted ? spec.count * months_of(spec.grain) : months_of(spec.grain);
  const Interval month = unit_around(last->days->to, Grain::month, 0);
  const Interval whole = {shifted_months(month, months - 1).from, month.to};
  // "The six months ended Aug. 12" began on Feb. 13.
  const std::chrono::days short_by = month.to - last->days->to;
  if (!counted || short_by.count() == 0) return whole;
  return Interval{shifted_months(whole, 1).from + (last->days->to - month.from) + std::chrono::days(1), last->days->to};
}

// A count stays one: the six months ended Aug. 12 are P6M and have their days.
Timex DateDiscourse::noted_range(const DateSpec& spec, const Interval& days, size_t begin) {
  Timex timex = range_timex(days);
  DateSpec dated = spec;
  dated.kind = DateSpec::Kind::date;
  note(dated, timex, begin);
  if (spec.kind != DateSpec::Kind::duration) return timex;
  Timex count = timex_of(spec, {published_, {}, Direction::nearest, &calendar_}).value_or(timex);
  count.days = days;
  return count;
}

// "March and April 2025", "Q1 or Q2 of next year": the year that only the last of a list states.
void DateDiscourse::take_year_behind(const Value& value, DateSpec& spec) const {
  if (!lacks_year(spec) || spec.grain == Grain::range || spec.role != DateSpec::Role::plain) return;
  auto next = std::upper_bound(list_->values.begin(), list_->values.end(), value.span.begin,
                               [](uint32_t at, const Value& other) { return at < other.span.begin; });
  uint32_t end = value.span.end;
  for (int listed = 0; next != list_->values.end() && listed < kMaxListed; ++next, ++listed) {
    if (next->type != ValueType::date || next->span.begin <= end || !calendar_.lists(words_between(end, next->span.begin))) return;
    const DateSpec& other = list_->dates[next->date];
    if (other.grain != spec.grain || other.kind != spec.kind || other.part != spec.part || !names_part(other)) return;
    end = next->span.end;
    if (lacks_year(other)) continue;
    if (!states_year(other) && (other.anchor != Anchor::published || other.steps)) return;
    const bool year_before = other.month < spec.month || other.quarter < spec.quarter || other.half < spec.half;
    spec.year = static_cast<int16_t>(states_year(other) ? other.year - (year_before ? 1 : 0) : 0);
    spec.anchor = other.anchor;
    spec.offset = static_cast<int16_t>(states_year(other) ? 0 : other.offset - (year_before ? 1 : 0));
    return;
  }
}

std::optional<Timex> DateDiscourse::read(const ValueList& list, const Value& value) {
  list_ = &list;
  DateSpec from = list.dates[value.date];
  if (from.until == 0) take_year_behind(value, from);
  if (from.until == 0) {
    if (const std::optional<Interval> ended = ended_by_next(list, value)) return noted_range(from, *ended, value.span.begin);
    return read(from, value.span);
  }
  DateSpec to = list.dates[from.until - 1];
  const bool borrowed = lacks_year(from) && states_year(to);
  if (borrowed) from.year = to.year;
  std::optional<Timex> first = read(from, value.span);
  if (!first || !first->days) return first;
  const bool lent = lacks_year(to);
  if (lent) to.year = static_cast<int16_t>(year_of(first->days->from));
  std::optional<Timex> second = read(to, value.span);
  if (lent && second && second->days && second->days->to < first->days->from) {
    ++to.year;
    second = read(to, value.span);
  }
  if (!second || !second->days) return first;
  if (borrowed && second->days->to < first->days->from) {
    --from.year;
    first = read(from, value.span);
    if (!first || !first->days) return first;
  }
  // "From next Monday to Friday"
  if (is_bare_weekday(to)) {
    constexpr std::chrono::days kWeek{7};
    while (second->days->to < first->days->from) second->days = Interval{second->days->from + kWeek, second->days->to + kWeek};
    while (second->days->from - kWeek >= first->days->from) second->days = Interval{second->days->from - kWeek, second->days->to - kWeek};
  }
  if (second->days->to < first->days->from) return first;
  return range_timex({first->days->from, second->days->to});
}

std::optional<Timex> DateDiscourse::read(const DateSpec& spec, Span span) {
  DateContext context{published_, {}, direction_of(spec, span), &calendar_};
  if (spec.anchor == Anchor::context) {
    context.period = spoken_of(spec);
  } else if (spec.role == DateSpec::Role::ytd || spec.role == DateSpec::Role::cumulative) {
    // "So far this year" of a text that spoke of the spring is not over with it.
    const bool stale = spec.role == DateSpec::Role::ytd && period_ && published_ && (*published_ - period_->to).count() > kStaleDays;
    if (!stale) context.period = period_;
  }
  const bool coming = context.direction == Direction::likely_future || context.direction == Direction::asked;
  const bool brief = spec.grain == Grain::hour || spec.grain == Grain::minute || spec.grain == Grain::second;
  std::optional<Timex> timex = timex_of(spec.ahead && (!coming || brief) ? duration_of(spec) : spec, context);
  if (timex) note(spec, *timex, span.begin);
  return timex;
}

}  // namespace factmill
