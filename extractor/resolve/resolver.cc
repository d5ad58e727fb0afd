#include "resolve/resolver.h"

#include <algorithm>

namespace factmill {
namespace {

constexpr std::string_view kProposed = "proposed";  // of the contract

}  // namespace

void Resolver::add(const TaggedSentence& sentence, const std::vector<Statement>& statements, std::vector<DropTrace>* drops) {
  s_ = &sentence;
  drops_ = drops;
  statements_ = &statements;
  drafts_.clear();
  // "It comes in three versions": of what the paragraph before was about, whatever the article is about.
  if (first_of_paragraph_ && !last_model_.known() && goes_on()) last_model_ = model_before_;
  find_boundaries();
  if (!statements.empty()) given_slots_ = given_slots();
  for (const Statement& st : statements) {
    Draft& draft = drafts_.emplace_back();
    draft.statement = &st;
    antecedent_ = antecedent(st);
    limits(st, draft);
    read_slots(st, draft);
    read_company(st, draft);
    read_modality(st, draft);
    read_period(st, draft);
    look_ahead(draft);
    read_source(draft);
  }
  date_changes();
  antecedent_ = {};
  if (names_nobody_ && is_short_) {
    for (const Draft& draft : drafts_) is_of_trade_ |= metric_of(draft).unnamed && !draft.statement->change;
  }
  const auto refers = [&](const Draft& d) { return sentence.node(d.statement->value).tag == Tag::reference; };
  if (std::any_of(drafts_.begin(), drafts_.end(), refers)) bases_.clear();
  for (const Draft& draft : drafts_) {
    emit(draft);
    std::erase(industry_metrics_, draft.statement->metric);
    if (draft.company.industry) industry_metrics_.push_back(draft.statement->metric);
  }

  for (const Draft& draft : drafts_) {
    const bool named = draft.company.from == "clause" || draft.company.from == "sentence";
    if (metric_of(draft).about_industry && draft.company.industry) ++market_figures_;
    if (named && draft.company.entity != kNoEntity) ++own_figures_, last_company_of_[draft.statement->metric] = draft.company.entity;
    if (named && draft.company.entity != kNoEntity && metric_of(draft).of_results) reporters_.push_back(draft.company.entity);
  }
  if (!drafts_.empty()) {
    const auto cited = std::ranges::find_if(drafts_, [](const Draft& draft) { return draft.modality == "forecast" && !draft.attributed_to.empty(); });
    last_source_ = cited == drafts_.end() ? std::string_view() : cited->attributed_to;
  }
  read_topic();
  read_intro();
  first_of_paragraph_ = false;
  for (const Draft& draft : drafts_) {
    // One that was proposed stays so, whatever is in force beside it.
    std::string& last = last_modality_[draft.statement->metric];
    if (last != kProposed) last = draft.modality;
  }
  for (const Draft& draft : drafts_) {
    if (draft.silent || !draft.period || refers(draft)) continue;
    const bool goes_back = steps_back(*draft.period) || states_previous(*draft.statement, draft);
    if (!goes_back) last_of_metric_[draft.statement->metric] = *draft.period;
    if (draft.modality == "guidance" || draft.modality == "forecast") last_outlook_ = draft.period;
    if (draft.modality == "guidance" && draft.status.empty()) announced_ = draft.period;
    if (draft.modality != "actual") continue;
    // A day before the one spoken of is there for comparison.
    if (metric_of(draft).time == TimeKind::stock && draft.period->role == DateSpec::Role::as_of &&
        !(last_as_of_ && draft.period->date.days.to < last_as_of_->date.days.to)) {
      last_as_of_ = draft.period;
      last_as_of_metric_ = draft.statement->metric;
      as_of_is_near_ = true;
    }
    const TimeKind time = metric_of(draft).time;
    if (draft.period->role != DateSpec::Role::plain || time == TimeKind::event || time == TimeKind::quote) continue;
    // "EV sales fell 28 percent in August": a change alone is of a time as well.
    const bool leans = draft.statement->host >= 0 || (draft.statement->change && draft.period->from != "clause");
    if (leans || draft.period->back || steps_back(*draft.period)) continue;
    last_spoken_ = draft.period;
    if (metric_of(draft).of_results) last_results_ = draft.period;
    // "7,310 in April, which makes 25,180 since January": what follows is of the month again.
    const bool running_sum = draft.period->date.kind == "ytd" && last_period_ && last_period_->date.kind != "ytd" &&
                             last_period_->date.days.to == draft.period->date.days.to;
    if (!running_sum) last_period_ = draft.period;
    auto [spoken, fresh] = last_of_kind_.try_emplace(draft.period->date.kind, draft.period->date.days);
    if (!fresh && draft.period->date.days.from > spoken->second.from) spoken->second = draft.period->date.days;
  }
}

// Whether a figure of this period is there for comparison: it is that of an earlier year or quarter than what the
// paragraph, the title or the article reports on.
bool Resolver::steps_back(const Period& period) const {
  // "Last year as a whole the share had been 29.6 percent", where a quarter since then is spoken of.
  if (period.date.kind == "year" && last_period_ && period.date.days.to < last_period_->date.days.from) return true;
  for (const std::optional<Period>* known : {&last_period_, &title_period_}) {
    if (*known && (*known)->date.kind == period.date.kind && period.date.days.to < (*known)->date.days.from) return true;
  }
  return false;
}

// A sentence that ends in a colon speaks for the items below it.
void Resolver::read_intro() {
  constexpr TagSet kAmounts = tag_bit(Tag::number) | tag_bit(Tag::quantity) | tag_bit(Tag::money) | tag_bit(Tag::percent) | tag_bit(Tag::change);
  Intro intro;
  const bool colon = s_->span.of(doc_->text).ends_with(':');
  intro.heading = in_heading_ && !colon && (s_->tags & kAmounts) == 0;
  if (!intro.heading && !colon) return;
  bool happened = false;  // "here's how it did, compared with what analysts expected:"
  for (const CueHit& hit : m_->cues) {
    if (!s_->span.contains(hit.span)) continue;
    intro.cue = &pack_.cues.all()[hit.cue];
    happened |= intro.cue->modality == "actual";
  }
  if (happened) intro.cue = nullptr;
  // "For the fourth quarter analysts expect", in January: the one that they wait for is over.
  const Direction direction = !intro.cue ? Direction::past : intro.cue->modality == "forecast" ? Direction::nearest : Direction::future;
  for (int32_t n : s_->node_at) {
    if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
    auto period = resolve_period(s_->node(n).slot(Slot::period), "paragraph", direction, {});
    if (period && period->role == DateSpec::Role::plain) intro.period = period;
  }
  if (intro.period && intro.cue) announced_ = intro.period;
  if (intro.period || intro.cue) intro_ = intro;
}

}  // namespace factmill
