// Which times stand beside a figure: its own, those that it is compared with, those at which something is said.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {

// "October deliveries of 3,667 vehicles, it said this week": a time right before the head is the figure's own.
int32_t Resolver::time_of_head(const Statement& st) const {
  if (st.head == kNoNode || st.link || st.head_position < 2 || st.head_position > st.position || s_->node(st.head).tag != Tag::noun) return kNoNode;
  const int32_t when = s_->tagged[st.head_position - 1] == ' ' ? s_->node_at[st.head_position - 2] : kNoNode;
  if (when == kNoNode || s_->node(when).tag != Tag::when) return kNoNode;
  const DateSpec* date = spec_of(when);
  return date && date->grain != DateSpec::Grain::day ? when : kNoNode;
}

// "Twice last year's 190,068": a time that owns the value.
int32_t Resolver::time_of_value(const Statement& st) const {
  constexpr std::string_view kOwns = "'s ", kOwnsCurly = "\u2019s ";
  const std::string_view before = std::string_view(s_->tagged).substr(0, st.position);
  const size_t bytes = before.ends_with(kOwns) ? kOwns.size() : before.ends_with(kOwnsCurly) ? kOwnsCurly.size() : 0;
  if (bytes == 0 || before.size() == bytes) return kNoNode;
  const int32_t when = s_->node_at[before.size() - bytes - 1];
  return when != kNoNode && s_->node(when).tag == Tag::when ? when : kNoNode;
}

// "Down 50.4 percent for the year so far": a time right behind the value.
int32_t Resolver::time_behind(const Statement& st) const {
  const uint32_t behind = st.position + 2;
  const int32_t when = behind < s_->tagged.size() && s_->tagged[st.position + 1] == ' ' ? s_->node_at[behind] : kNoNode;
  return when != kNoNode && s_->node(when).tag == Tag::when && !is_compared_time(behind, st.position) ? when : kNoNode;
}

// "(previous week: 3,240)", "a September of 3,336": a time whose figure stands right behind it.
bool Resolver::owns_next(uint32_t when) const {
  constexpr std::string_view kOf = " of ";
  const std::string_view behind = std::string_view(s_->tagged).substr(when + 1);
  if (behind.starts_with(':')) return true;
  if (!behind.starts_with(kOf) || behind.size() == kOf.size()) return false;
  const int32_t next = s_->node_at[when + 1 + kOf.size()];
  return next != kNoNode && is_value(s_->node(next).tag);
}

// Is it the time that a figure is compared with, "than in July", or, right before the value, the value's own: "against July's 300"?
// What stands before a colon is of the value behind it: "3,650 (previous week: 3,240)". What a count began with is no time of it.
bool Resolver::is_compared_time(uint32_t when, uint32_t value) const {
  constexpr uint32_t kBeside = 4;
  if (when > value && owns_next(when)) return true;
  if (std::ranges::binary_search(since_events_, when)) return true;
  return std::ranges::binary_search(compared_times_, when) && !(when < value && value - when <= kBeside);
}

// "On June 2 it announced that it sold 7,713 cars": a day of saying is no day of counting. "In July it had predicted 1.9 million": nor is
// a month in which something was expected.
bool Resolver::is_said_time(uint32_t when, uint32_t low) const {
  const auto said = [&](Span time) { return time.begin == when && time.end <= low; };
  const bool outlook = std::ranges::any_of(outlook_times_, said);
  if (!outlook && std::ranges::none_of(said_times_, said)) return false;
  const DateSpec* day = spec_of(s_->node_at[when]);
  return day && (day->grain == DateSpec::Grain::day || (outlook && day->grain == DateSpec::Grain::month));
}

// "Than in the first half of 2023, when 209,340 were sold": the time that a clause is said of. It may be folded into a change.
int32_t Resolver::time_of_clause(uint32_t low) const {
  int32_t when = kNoNode;
  for (Span clause : time_clauses_) {
    const bool left = std::ranges::any_of(boundaries_, [&](uint32_t b) { return b >= clause.end && b < low; });
    if (clause.end > low || left) continue;
    const int32_t begin = s_->node_at[clause.begin];
    when = s_->node(begin).tag == Tag::change ? s_->node(begin).slot(Slot::compared) : begin;
  }
  return when;
}

}  // namespace factmill
