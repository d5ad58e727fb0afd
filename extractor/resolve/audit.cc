#include "resolve/audit.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/basis.h"
#include "base/date.h"

namespace factmill {
namespace {

constexpr size_t kMostCompared = 64;  // levels of one subject that are compared; only a dump of figures has more
constexpr double kSlack = 1.5;        // writers truncate as often as they round

// Whose figure it is, and of what; a change says no more of its levels.
std::string subject_of(const Fact& f) {
  std::string key;
  for (const std::string* s : {&f.metric, &f.company, &f.brand, &f.model, &f.variant, &f.segment, &f.region, &f.counterparty,
                               &f.feature, &f.modality, &f.status})
    (key += *s) += '\x1F';
  return key;
}

std::string unit_of(const Fact& f) {
  std::string key = f.unit + '\x1F' + f.per;
  for (const auto& [name, value] : f.attributes) key += '\x1F' + name + '=' + value;
  return key;
}

bool is_exact(const Fact& f) { return f.value && (f.qualifier.empty() || f.qualifier == "record"); }

// Half of the last digit that is no trailing zero: what rounding may hide.
double rounding(const Decimal& value) {
  const std::string digits = value.to_string();
  if (const size_t point = digits.find('.'); point != std::string::npos)
    return 0.5 * std::pow(10.0, -static_cast<double>(digits.size() - point - 1));
  size_t zeros = 0;
  while (zeros + 1 < digits.size() && digits[digits.size() - 1 - zeros] == '0') ++zeros;
  return 0.5 * std::pow(10.0, static_cast<double>(zeros));
}

std::optional<Interval> days_of(const Fact& f) {
  const auto from = parse_day(f.period_start), to = parse_day(f.period_end);
  if (!from || !to) return {};
  return Interval{*from, *to};
}

struct Level {
  Fact* fact;
  Interval days;
};

const Level* level_of(const std::vector<Level>& levels, const Interval& days) {
  const auto found = std::ranges::find(levels, days, &Level::days);
  return found == levels.end() ? nullptr : &*found;
}

void complain(std::initializer_list<Fact*> facts, std::string_view flag, const std::string& numbers) {
  for (Fact* fact : facts) {
    add_flag(*fact, flag);
    set_attribute(*fact, "audit", numbers);
  }
}

void check_growth(Fact& change, const std::vector<Level>& levels) {
  const auto days = days_of(change);
  const auto before = days ? days_before(*days, change.basis) : std::nullopt;
  if (!before) return;
  const Level* level = level_of(levels, *days);
  const Level* reference = level_of(levels, *before);
  if (!level || !reference) return;
  const double now = level->fact->value->approximate(), then = reference->fact->value->approximate();
  if (now <= 0 || then <= 0) return;
  const double stated = change.value->approximate(), given = (now / then - 1) * 100;
  const double hidden = (rounding(*level->fact->value) / now + rounding(*reference->fact->value) / then) * now / then * 100;
  if (std::abs(stated - given) <= kSlack * (hidden + rounding(*change.value))) return;
  complain({&change, level->fact, reference->fact}, "growth_mismatch",
           level->fact->value->to_string() + " against " + reference->fact->value->to_string() + " is not " +
               change.value->to_string() + " percent");
}

// A count of all there ever was is of its last day, and no part of a year.
bool ever_counted(const Fact& f) { return f.period_kind == "cumulative" || f.period_kind == "as_of"; }

bool holds(const Level& whole, const Level& part) {
  if (ever_counted(*part.fact)) return false;
  if (whole.fact->period_kind == "cumulative") return part.days.to <= whole.days.to;
  const bool longer = whole.fact->period_kind == "ytd" || whole.fact->period_kind == "year";
  return longer && whole.days.from <= part.days.from && part.days.to <= whole.days.to && part.days != whole.days;
}

// A month is not more than the year so far, nor that more than all there ever was.
void check_order(const std::vector<Level>& levels) {
  for (const Level& whole : levels) {
    for (const Level& part : levels) {
      if (!holds(whole, part) || *part.fact->value <= *whole.fact->value) continue;
      complain({part.fact, whole.fact}, "order_mismatch",
               part.fact->value->to_string() + " in " + part.fact->period + " is more than " + whole.fact->value->to_string() +
                   " in " + whole.fact->period);
    }
  }
}

bool is_part(const Fact& f) { return !f.model.empty() || !f.variant.empty() || !f.segment.empty() || !f.feature.empty(); }

bool same_part(const Fact& a, const Fact& b) { return a.model == b.model && a.variant == b.variant && a.segment == b.segment && a.feature == b.feature; }

// Whose figures of one time these are, parts or whole.
std::string whole_of(const Fact& f) {
  std::string key;
  for (const std::string* s : {&f.metric, &f.company, &f.brand, &f.region, &f.counterparty, &f.modality, &f.status, &f.period_start, &f.period_end, &f.unit, &f.per})
    (key += *s) += '\x1F';
  return key;
}

// "7,000 SU7s, of which 3,000": without a name of its own, but a part of what stands before it in its sentence.
bool follows(const Fact& a, const Fact& b) {
  return a.sentence.begin == b.sentence.begin && !a.evidence.empty() && !b.evidence.empty() && a.evidence.front().start > b.evidence.front().start;
}

// The parts of a whole are not more than it; kinds of car overlap, models do not.
void check_parts(Fact& whole, const std::vector<Fact*>& group) {
  double models = 0, hidden = rounding(*whole.value);
  for (Fact* part : group) {
    if (!is_part(*part)) continue;
    if (*part->value > *whole.value && !follows(whole, *part)) complain({part, &whole}, "sum_mismatch", part->value->to_string() + " of a part is more than " + whole.value->to_string());
    if (part->model.empty() || !part->variant.empty() || !part->segment.empty() || !part->feature.empty()) continue;
    if (follows(whole, *part)) return;
    models += part->value->approximate();
    hidden += rounding(*part->value);
  }
  if (models <= whole.value->approximate() + kSlack * hidden) return;
  const std::string numbers = "models have together more than " + whole.value->to_string();
  if (!whole.flags.empty() && whole.flags.back() == "sum_mismatch") return;  // one of them alone has
  complain({&whole}, "sum_mismatch", numbers);
  for (Fact* part : group) {
    if (!part->model.empty()) complain({part}, "sum_mismatch", numbers);
  }
}

// "Of its 45,000 cars 9,000, or 20 percent, were exported."
void check_share(Fact& share, Fact& part, Fact& whole) {
  if (*whole.value < Decimal(1) || part.sentence.begin != share.sentence.begin || !same_part(part, share)) return;
  const double all = whole.value->approximate(), given = part.value->approximate() / all * 100;
  const double off = (rounding(*part.value) / all + rounding(*whole.value) * part.value->approximate() / all / all) * 100;
  if (std::abs(share.value->approximate() - given) <= kSlack * (off + rounding(*share.value))) return;
  complain({&share, &part, &whole}, "share_mismatch",
           part.value->to_string() + " of " + whole.value->to_string() + " is not " + share.value->to_string() + " percent");
}

// Only counts: a loss makes a part more than the whole.
void audit_parts(std::vector<Fact>& facts, std::span<const std::string> shares) {
  std::map<std::string, std::vector<Fact*>> wholes;
  for (Fact& fact : facts) {
    const bool money = fact.unit.size() == 3 && std::ranges::all_of(fact.unit, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (fact.measure != "level" || !is_exact(fact) || fact.unit == "percent" || money || fact.period_start.empty() || fact.value->is_negative()) continue;
    std::vector<Fact*>& group = wholes[whole_of(fact)];
    if (group.size() < kMostCompared) group.push_back(&fact);
  }
  for (auto& [key, group] : wholes) {
    const auto whole = std::ranges::find_if(group, [](const Fact* f) { return !is_part(*f); });
    if (whole == group.end()) continue;
    check_parts(**whole, group);
    for (Fact& share : facts) {
      if (std::ranges::find(shares, share.metric) == shares.end() || share.measure != "level" || !is_exact(share)) continue;
      if (share.company != (*whole)->company || share.region != (*whole)->region || share.period_start != (*whole)->period_start || share.period_end != (*whole)->period_end) continue;
      for (Fact* part : group) {
        if (is_part(*part)) check_share(share, *part, **whole);
      }
    }
  }
}

}  // namespace

void audit(std::vector<Fact>& facts, std::span<const std::string> shares) {
  audit_parts(facts, shares);
  // By subject, then by unit and attributes.
  std::map<std::string, std::map<std::string, std::vector<Level>>> subjects;
  for (Fact& fact : facts) {
    if (fact.measure != "level" || !is_exact(fact) || fact.unit == "percent") continue;
    const auto days = days_of(fact);
    if (!days) continue;
    std::vector<Level>& known = subjects[subject_of(fact)][unit_of(fact)];
    if (known.size() < kMostCompared) known.push_back({&fact, *days});
  }
  for (Fact& fact : facts) {
    if (fact.measure != "change" || !is_exact(fact) || fact.unit != "percent") continue;
    const auto subject = subjects.find(subject_of(fact));
    if (subject == subjects.end()) continue;
    size_t compared = 0;
    for (const auto& [unit, levels] : subject->second) {
      if (++compared <= kMostCompared) check_growth(fact, levels);
    }
  }
  for (const auto& [subject, units] : subjects) {
    for (const auto& [unit, levels] : units) {
      const Fact& first = *levels.front().fact;
      if (first.modality == "actual" && !first.value_cny) check_order(levels);  // a loss may make a year poorer than a month
    }
  }
}

}  // namespace factmill
