// Periods that a statement takes over: from the paragraph, from the title, from what the document reports on.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kLeadWeight = 3;

bool is_range(const DateSpec& d) { return d.grain == DateSpec::Grain::range || (d.grain == DateSpec::Grain::day && d.end_day != 0); }

bool may_be_reported_on(const DateSpec& d) {
  return d.grain == DateSpec::Grain::month || d.grain == DateSpec::Grain::quarter || d.grain == DateSpec::Grain::half ||
         d.grain == DateSpec::Grain::year || d.grain == DateSpec::Grain::week || is_range(d);
}

}  // namespace

// A quarter, half or year that is not over.
bool Resolver::still_runs(const ResolvedDate& date) const {
  return published_ && !published_inferred_ && is_of_results(date.days) && date.days.to > *published_;
}

// Whether the title names it or figures were stated of it, not long ago.
bool Resolver::reports_on(const Interval& days) const {
  constexpr int kReportedWithin = 200;
  if (published_ && (*published_ - days.to).count() > kReportedWithin) return false;
  if (title_period_ && title_period_->date.days == days) return true;
  return std::any_of(last_of_kind_.begin(), last_of_kind_.end(), [&](const auto& spoken) { return spoken.second == days; });
}

// A bare year of the title, before a common word or a head: "2023 sales targets", "2023 Sales", not "2025 G6".
bool Resolver::names_year(const Value& value) const {
  const uint32_t at = value.span.end;
  if (!looks_like_year(value) || at + 1 >= title_.size() || title_[at] != ' ') return false;
  if (title_[at + 1] >= 'a' && title_[at + 1] <= 'z') return true;
  std::vector<NameHit> hits;
  finder_.names().find(title_, {at + 1, static_cast<uint32_t>(title_.size())}, hits);
  return !hits.empty() && hits.front().span.begin == at + 1 && is_head(finder_.names().reading(hits.front().readings).tag);
}

// The period that the article reports on: the one most often named, in its lead above all; the first of equals.
void Resolver::find_report_period() {
  struct Named {
    Period period;
    int votes;
  };
  std::vector<Named> named;
  const uint32_t lead = lead_end();
  for (const Value& value : m_->values.values) {
    if (value.type != ValueType::date) continue;
    const DateSpec& d = m_->values.dates[value.date];
    if (d.anchor == DateSpec::Anchor::context || d.kind != DateSpec::Kind::date || d.role != DateSpec::Role::plain || d.elided || !may_be_reported_on(d)) continue;
    auto resolved = resolve_date(calendar_spec(d), {published_, {}, Direction::past});
    if (!resolved || (published_ && resolved->days.from > *published_)) continue;
    if (is_nearer_ahead(d, resolved->days) || (!is_range(d) && is_compared_date(value.span.begin))) continue;
    const int weight = value.span.begin < lead ? kLeadWeight : 1;
    auto known = std::find_if(named.begin(), named.end(), [&](const Named& n) { return n.period.date.days == resolved->days; });
    if (known != named.end()) {
      known->votes += weight;
    } else {
      named.push_back({{*resolved, "paragraph", DateSpec::Role::plain, true}, weight});
    }
  }
  // What still runs is not reported on yet, and a year is named for comparison and for plans as well.
  constexpr int kReportedWithin = 250, kYearShare = 3;
  const auto is_old = [&](const Named& n) { return published_ && (*published_ - n.period.date.days.to).count() > kReportedWithin; };
  // "Over ten months", where October is named as well.
  const auto is_sum = [&](const Named& n) {
    const auto is_last = [&](const Named& other) {
      return other.period.date.kind == "month" && other.period.date.days.to == n.period.date.days.to;
    };
    return n.period.date.kind == "ytd" && std::ranges::any_of(named, is_last);
  };
  const auto votes_of_report = [&](const Named& n) {
    const bool year = n.period.date.kind == "year";
    return still_runs(n.period.date) || (year && is_old(n)) ? 0 : year ? 1 + n.votes / kYearShare : is_sum(n) ? 1 : 1 + n.votes;
  };
  auto most = std::max_element(named.begin(), named.end(), [&](const Named& a, const Named& b) { return votes_of_report(a) < votes_of_report(b); });
  if (most != named.end() && votes_of_report(*most) > 0) report_period_ = most->period;
  // The first thing that a review of a year names is the year, however often its last quarter is spoken of.
  if (report_period_ && report_period_->date.kind == "quarter") {
    const Period& first = named.front().period;
    const bool last_quarter = first.date.kind == "year" && report_period_->date.days.to == first.date.days.to;
    if (last_quarter && named.front().votes >= kLeadWeight) report_period_ = first;
  }
  // What was over long before is there for comparison.
  const auto votes_of_results = [&](const Named& n) {
    const Interval& days = n.period.date.days;
    const bool open = published_ && days.to > *published_;
    if (is_old(n) || !is_of_results(days) || (open && n.period.date.kind != "year")) return 0;
    return open ? 1 : 1 + n.votes;
  };
  most = std::max_element(named.begin(), named.end(), [&](const Named& a, const Named& b) { return votes_of_results(a) < votes_of_results(b); });
  if (most != named.end() && votes_of_results(*most) > 0) results_period_ = most->period;
  ValueReader reader(pack_.values);
  ValueList found;
  reader.read(title_, {0, static_cast<uint32_t>(title_.size())}, found);
  for (const Value& value : found.values) {
    DateSpec d;
    if (value.type == ValueType::date) {
      d = found.dates[value.date];
    } else if (names_year(value)) {
      d.grain = DateSpec::Grain::year;
      d.year = static_cast<int16_t>(value.low.approximate());
    } else {
      continue;
    }
    if (d.anchor == DateSpec::Anchor::context || !may_be_reported_on(d) || d.role == DateSpec::Role::by) continue;
    auto resolved = resolve_date(calendar_spec(d), {published_, {}, Direction::past});
    if (resolved && !(published_ && resolved->days.from > *published_) && !is_nearer_ahead(d, resolved->days)) {  // "to sell in Europe in 2027"
      title_period_ = Period{*resolved, "title", DateSpec::Role::plain, true};
      if (d.role == DateSpec::Role::until) from_new_year(*title_period_);
      return;
    }
  }
}

// "Rose 5.5 percent from July": a date that something is compared with is not what the article reports on.
bool Resolver::is_compared_date(uint32_t begin) const {
  constexpr uint32_t kBytes = 64;
  const auto& compared = pack_.resolution.compared_date;
  const uint32_t from = begin - std::min(begin, kBytes);
  std::array<Span, 1> match;
  return compared && compared->find(std::string_view(doc_->text).substr(from, begin - from), 0, match);
}

// A month or quarter without a year that is nearer as one to come, "10,000 cars in June" in April: nothing is reported of it yet.
bool Resolver::is_nearer_ahead(const DateSpec& d, const Interval& days) const {
  constexpr int kHalfYear = 183, kLateReport = 215;
  if (d.year != 0 || !published_) return false;
  const auto ago = (*published_ - days.to).count();
  return d.grain == DateSpec::Grain::month ? ago > kHalfYear : lacks_year(d) && ago > kLateReport;
}

// Nobody aims now at what has been.
bool Resolver::is_past_aim(const Draft& draft, const Period& period) const {
  return draft.looks_ahead && published_ && period.date.days.to < *published_;
}

// Reports are of a quarter or longer, and what they state as a fact is of one that is over.
bool Resolver::may_be_of(const Draft& draft, const Period& period) const {
  if (is_past_aim(draft, period)) return false;
  if (!metric_of(draft).of_results || draft.company.industry) return true;
  if (!is_of_results(period.date.days) || period.role == DateSpec::Role::since) return false;
  const bool open = published_ && period.date.days.to > *published_ && period.date.days.from <= *published_;
  return !open || draft.modality != "actual" || period.date.kind == "year";
}

// What earlier sentences, the title or the article's reporting period give.
std::optional<Resolver::Period> Resolver::carried_period(const Draft& draft) const {
  auto from_paragraph = [](std::optional<Period> period) {
    if (period) period->from = "paragraph";
    return period;
  };
  const bool results = metric_of(draft).of_results;
  // Nothing was counted yet of a time to come; what the title says of one that runs is no more than that.
  const auto fits = [&](const std::optional<Period>& period) {
    if (!period || !may_be_of(draft, *period)) return false;
    if (draft.modality != "actual" || !published_ || published_inferred_) return true;
    // A sum of the year so far is no time that the next figure is of.
    const bool so_far = period->date.kind == "ytd" && period->date.days.to >= *published_;
    return period->date.days.from <= *published_ && !so_far && !(period->from == "title" && still_runs(period->date));
  };
  if (intro_ && intro_->period) return intro_->period;
  if (is_stock(*draft.statement)) {
    const bool goes_on = last_as_of_ && (as_of_is_near_ || last_as_of_metric_ == draft.statement->metric);
    if (goes_on || !results || draft.modality != "actual") return goes_on ? from_paragraph(last_as_of_) : std::nullopt;
    // "Despite sitting on $4.86 billion in cash": at the end of what is reported on.
    std::optional<Period> end = fits(title_period_) ? title_period_ : results_period_;
    if (end) close(*end);
    return end;
  }
  if (draft.modality != "actual" && draft.modality != "implied") {
    // "It had targeted 3.6 million for 2024 and raised this to 4 million"
    const auto before = std::find_if(drafts_.rbegin(), drafts_.rend(), [&](const Draft& other) {
      return &other != &draft && other.period && other.modality == draft.modality && other.statement->metric == draft.statement->metric;
    });
    if (before != drafts_.rend()) return before->period;
    if (last_outlook_) return from_paragraph(last_outlook_);
    if (draft.modality == "guidance" && announced_) return from_paragraph(announced_);
    // "Analysts had expected a loss of 34 cents", "it had guided for": of the period that the figure itself was stated of.
    const auto stated = last_of_metric_.find(draft.statement->metric);
    const bool was_expected = (draft.modality == "forecast" && results) || draft.status == "previous";
    if (was_expected && stated != last_of_metric_.end()) return from_paragraph(stated->second);
    if (fits(last_period_) && last_period_->date.kind == "year") return from_paragraph(last_period_);
  }
  if (draft.modality == "guidance" && results) {
    const std::optional<Period>& reported = fits(last_period_) ? last_period_ : fits(title_period_) ? title_period_ : results_period_;
    return awaited_period(reported && reported->date.kind == "quarter" ? DateSpec::Grain::quarter : DateSpec::Grain::year);
  }
  const bool spoken = fits(last_period_) && last_period_->role == DateSpec::Role::plain;
  // "Citi forecasts sales of 5.5 million": of the year that runs, not of the month that the article reports on.
  if ((draft.modality == "guidance" || draft.modality == "target" || draft.modality == "forecast") && metric_of(draft).outlook && !results && published_) {
    const std::optional<Period>& reported = spoken ? last_period_ : fits(title_period_) ? title_period_ : report_period_;
    const std::string_view kind = reported ? reported->date.kind : std::string_view();
    const bool part = kind == "month" || kind == "week" || (!spoken && (kind == "quarter" || kind == "half"));
    const bool brief = part && reported->date.days.to < *published_;
    const bool stated = draft.modality == "forecast" && last_of_metric_.contains(draft.statement->metric);
    // "It sold 190,068 vehicles last year. It aims to sell 380,000."
    const bool over = last_period_ && is_past_aim(draft, *last_period_);
    if ((brief || over) && !stated) return awaited_period(DateSpec::Grain::year);
  }
  if (spoken) return from_paragraph(last_period_);
  if (fits(title_period_)) return title_period_;
  if (results && fits(last_results_)) return from_paragraph(last_results_);
  const std::optional<Period>& reported = results ? results_period_ : report_period_;
  return fits(reported) ? reported : std::nullopt;
}

// Guidance without a period is of the quarter or the year that runs, not of the one that the article reports on.
std::optional<Resolver::Period> Resolver::awaited_period(DateSpec::Grain grain) const {
  if (!published_) return {};
  DateSpec running;
  running.anchor = DateSpec::Anchor::published;
  running.grain = grain;
  auto resolved = resolve_date(running, {published_, {}, Direction::nearest});
  if (!resolved) return {};
  return Period{*resolved, "published", DateSpec::Role::plain, true};
}

// Monthly figures come out in the first half of the next month: those of an article that names no time are of the one before.
std::optional<Resolver::Period> Resolver::month_before() const {
  constexpr unsigned kLatest = 15;
  if (report_period_ || !published_ || published_inferred_ || static_cast<unsigned>(std::chrono::year_month_day{*published_}.day()) > kLatest) return {};
  DateSpec last;
  last.anchor = DateSpec::Anchor::published;
  last.grain = DateSpec::Grain::month;
  last.offset = -1;
  const auto resolved = resolve_date(last, {published_, {}, Direction::past});
  if (!resolved) return {};
  return Period{*resolved, "published", DateSpec::Role::plain, true};
}

}  // namespace factmill
