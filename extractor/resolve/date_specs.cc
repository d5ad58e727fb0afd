// Which dates the words of a sentence mean: two that are one, a year as the company counts it.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

bool is_part_of_year(DateSpec::Grain grain) {
  return grain == DateSpec::Grain::month || grain == DateSpec::Grain::quarter || grain == DateSpec::Grain::half;
}

}  // namespace

bool lacks_year(const DateSpec& spec) {
  return spec.anchor == DateSpec::Anchor::absolute && spec.year == 0 && spec.end_year == 0 && is_part_of_year(spec.grain);
}

// The date of a when; none where it lists several.
const DateSpec* Resolver::spec_of(int32_t when) const {
  const int32_t date = s_->node(when).slot(Slot::period);
  if (date == kNoNode || s_->node(date).list || s_->node(date).value == kNoNode) return nullptr;
  const Value& value = m_->values.values[static_cast<size_t>(s_->node(date).value)];
  return value.type == ValueType::date ? &m_->values.dates[value.date] : nullptr;
}

// "Its third-quarter revenue in 2025": either mention is the third quarter of 2025.
DateSpec Resolver::joined_spec(int32_t index, const DateSpec& spec) const {
  for (const auto& [part, year] : split_periods_) {
    if (s_->node(part).slot(Slot::period) != index && s_->node(year).slot(Slot::period) != index) continue;
    const DateSpec* a = spec_of(part);
    const DateSpec* b = spec_of(year);
    if (!a || !b || !lacks_year(*a) || b->grain != DateSpec::Grain::year || b->role != DateSpec::Role::plain) continue;
    if (b->anchor == DateSpec::Anchor::context) continue;
    DateSpec joined = *a;
    joined.year = b->year;
    if (b->anchor == DateSpec::Anchor::published) {
      joined.anchor = b->anchor;
      joined.offset = b->offset;
    }
    return joined;
  }
  if (lacks_year(spec) && published_ && follows_year_before(index)) {
    if (const auto past = resolve_date(spec, {published_, {}, Direction::past})) {
      DateSpec before = spec;
      before.year = static_cast<int16_t>(year_of(past->days.from) - 1);
      return before;
    }
  }
  return spec;
}

// "A year ago, it had 20,116 deliveries in June": the clause begins with a time a year before.
bool Resolver::follows_year_before(int32_t date) const {
  uint32_t at = 0;
  while (at < s_->tagged.size() && (s_->node_at[at] == kNoNode || s_->node(s_->node_at[at]).slot(Slot::period) != date)) ++at;
  uint32_t begin = clause_begin(at);
  for (; begin < at && s_->node_at[begin] == kNoNode; ++begin) {
  }
  if (begin >= at || s_->node(s_->node_at[begin]).tag != Tag::when) return false;
  const auto between = std::ranges::count_if(*statements_, [&](const Statement& st) { return st.position > begin && st.position < at; });
  if (between > 1) return false;  // "A year ago it was 48,560, so that is a fall of 40.7%, and even July was better"
  const DateSpec* first = spec_of(s_->node_at[begin]);
  return first && first->anchor == DateSpec::Anchor::context && first->grain == DateSpec::Grain::year && first->keeps_length && first->offset == -1;
}

// "Its full-year profit beat the estimates of 14.6 billion in 2024": the full year is the one that the sentence names. An
// outlook beside a year that is over is of another.
DateSpec Resolver::named_year(const DateSpec& spec, Direction direction) const {
  const bool unplaced = spec.anchor == DateSpec::Anchor::context && spec.grain == DateSpec::Grain::year && spec.role == DateSpec::Role::plain &&
                        spec.offset == 0 && spec.year == 0 && !spec.keeps_length;
  if (!unplaced || direction == Direction::future || direction == Direction::likely_future) return spec;
  const DateSpec* named = nullptr;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    if (s_->node_at[i] == kNoNode || s_->node(s_->node_at[i]).tag != Tag::when || std::ranges::binary_search(compared_times_, i)) continue;
    const DateSpec* date = spec_of(s_->node_at[i]);
    if (!date || date->grain != DateSpec::Grain::year || date->role != DateSpec::Role::plain || date->anchor == DateSpec::Anchor::context) continue;
    if (named) return spec;
    named = date;
  }
  return named ? *named : spec;
}

// A quarter or year as the article's company counts it, in those of the calendar.
DateSpec Resolver::calendar_spec(DateSpec spec) const {
  const bool near = spec.anchor == DateSpec::Anchor::published && spec.fiscal && (spec.grain == DateSpec::Grain::year || spec.months > 0) && published_;  // "this fiscal year"
  if (main_company_ == kNoEntity || (spec.anchor != DateSpec::Anchor::absolute && !near) || spec.end_quarter != 0) return spec;
  const auto& years = pack_.resolution.fiscal_years;
  const auto year = std::ranges::find(years, entity_at(main_company_).home, &FiscalYear::home);
  if (year == years.end() || !(spec.fiscal || year->plain)) return spec;
  const int running = near ? year_of(*published_) - (static_cast<int>(month_of(*published_)) < year->begins ? 1 : 0) : 0;
  const int first = near ? running + spec.offset : year->by_end ? spec.year - 1 : spec.year;  // in which it begins
  if (spec.grain == DateSpec::Grain::range && spec.fiscal && spec.months > 0 && (near || spec.year != 0)) {
    constexpr int kMonths = 12;
    const int last = year->begins + spec.months - 1;
    spec.anchor = DateSpec::Anchor::absolute;
    spec.offset = 0;
    spec.month = static_cast<int8_t>(year->begins);
    spec.year = static_cast<int16_t>(first);
    spec.end_month = static_cast<int8_t>((last - 1) % kMonths + 1);
    spec.end_year = static_cast<int16_t>(first + (last - 1) / kMonths);
    spec.months = 0;
  } else if (spec.grain == DateSpec::Grain::quarter && spec.quarter != 0) {
    constexpr int kQuarters = 4, kMonths = 3;
    const int behind = spec.quarter - 1 + (year->begins - 1) / kMonths;
    spec.quarter = static_cast<int8_t>(behind % kQuarters + 1);
    if (spec.year != 0) spec.year = static_cast<int16_t>(first + behind / kQuarters);
  } else if (spec.grain == DateSpec::Grain::year && spec.fiscal && (near || spec.year != 0) && spec.role == DateSpec::Role::plain && year->begins > 1) {
    spec.anchor = DateSpec::Anchor::absolute;
    spec.offset = 0;
    spec.grain = DateSpec::Grain::range;
    spec.month = static_cast<int8_t>(year->begins);
    spec.end_month = static_cast<int8_t>(year->begins - 1);
    spec.year = static_cast<int16_t>(first);
    spec.end_year = static_cast<int16_t>(first + 1);
  }
  return spec;
}

}  // namespace factmill
