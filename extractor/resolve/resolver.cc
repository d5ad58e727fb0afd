#include "resolve/resolver.h"

#include <algorithm>

namespace factmill {

void Resolver::add(const TaggedSentence& sentence, const std::vector<Statement>& statements) {
  s_ = &sentence;
  statements_ = &statements;
  drafts_.clear();
  if (!statements.empty()) find_boundaries();
  for (const Statement& st : statements) {
    Draft& draft = drafts_.emplace_back();
    draft.statement = &st;
    limits(st, draft);
    read_slots(st, draft);
    read_company(st, draft);
    read_modality(st, draft);
    read_period(st, draft);
    read_source(draft);
  }
  for (const Draft& draft : drafts_) {
    emit(draft);
    std::erase(industry_metrics_, draft.statement->metric);
    if (draft.company.industry) industry_metrics_.push_back(draft.statement->metric);
  }

  // What the next sentence may lean on: the last named subject, and the last plain period.
  for (uint32_t i = 0; i < sentence.tagged.size(); ++i) {
    int32_t n = sentence.node_at[i];
    if (n == kNoNode) continue;
    const Node& node = sentence.node(n);
    if (node.tag == Tag::company || node.tag == Tag::stranger || node.tag == Tag::model) {
      Company company = company_of_node(n, "paragraph");
      if (company.entity != kNoEntity || company.stranger) last_subject_ = company;
    }
    if (node.tag == Tag::model && node.entity != kNoNode && !node.list) last_model_ = node.entity;
  }
  for (const Draft& draft : drafts_) {
    if (draft.silent || !draft.period) continue;
    last_of_metric_[draft.statement->metric] = *draft.period;
    if (draft.modality == "guidance" || draft.modality == "forecast") last_outlook_ = draft.period;
    if (draft.modality != "actual") continue;
    if (metric_of(draft).time == TimeKind::stock && draft.period->role == DateSpec::Role::as_of) last_as_of_ = draft.period;
    if (draft.period->role != DateSpec::Role::plain || metric_of(draft).time == TimeKind::event) continue;
    if (draft.statement->change || draft.statement->host >= 0) continue;
    last_period_ = draft.period;
  }
}

}  // namespace factmill
