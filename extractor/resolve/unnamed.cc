// Statements that name nobody. In a short text, or one on the topic that names no company at all, they are facts without
// one where their words, or those beside them, show that the pack's trade is spoken of; general news never is.
#include <algorithm>

#include "base/ascii.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr size_t kShortWord = 3;  // "RMB", "SOC": no names

// Does a sentence, a quotation or a bracket begin here, where any word has a capital?
bool begins_something(std::string_view text, size_t begin, size_t at) {
  while (at > begin && text[at - 1] == ' ') --at;
  return at == begin || std::string_view(".!?:;\"(-|\n*").find(text[at - 1]) != std::string_view::npos ||
         static_cast<uint8_t>(text[at - 1]) >= 0x80;
}

}  // namespace

void Resolver::find_unnamed() {
  const auto& topic = pack_.resolution.topic;
  is_short_ = topic && doc_->text.size() < topic->options().min_bytes;
  names_nobody_ = std::none_of(m_->names.begin(), m_->names.end(), [&](const Name& name) {
    if (name.entity == kNoEntity || name.tag == Tag::anaphor) return false;
    if (name.tag == Tag::model) return entity_at(name.entity).owner != kNoEntity;
    return name.tag == Tag::company && !is_source(name.entity);
  });
  is_of_trade_ = has_strange_name_ = is_of_another_ = false;
  if (!names_nobody_ || !is_short_) return;
  const auto& trade = pack_.resolution.trade;
  is_of_trade_ = trade && (trade->count(doc_->title, 1) > 0 || trade->count(doc_->text, 1) > 0);
  const bool by_words = is_of_trade_;
  for (const Name& name : m_->names) {
    if (name.count != 1) continue;  // a word of several metrics proves nothing: "registrations"
    const NameReading& reading = m_->index().reading(name.readings);
    if (is_head(reading.tag) && reading.index != kCarriedMetric) is_of_trade_ |= pack_.metrics.metric(reading.index).unnamed;
  }
  has_strange_name_ = has_strange_name();
  is_of_another_ = has_strange_name_ && !by_words;
}

// A word with a capital that nothing explains: the text may be about it.
bool Resolver::has_strange_name() const {
  const std::string_view text = doc_->text;
  const auto covered = [](const auto& mentions, size_t at, auto span_of) {
    return std::any_of(mentions.begin(), mentions.end(), [&](const auto& m) { return span_of(m).begin <= at && at < span_of(m).end; });
  };
  for (const Paragraph& p : doc_->paragraphs) {
    if (!states_facts(p.zone)) continue;
    for (size_t at = p.span.begin; at < p.span.end; ++at) {
      if (!is_upper(text[at]) || (at > 0 && is_letter(text[at - 1]))) continue;
      size_t end = at + 1;
      while (end < p.span.end && is_letter(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      const bool name = word.size() > kShortWord && std::any_of(word.begin() + 1, word.end(), [](char c) { return !is_upper(c); });
      if (!name || pack_.resolution.no_names.contains(word) || begins_something(text, p.span.begin, at)) continue;
      if (covered(m_->names, at, [](const Name& n) { return n.span; })) continue;
      if (!covered(m_->values.values, at, [](const Value& v) { return v.outer; })) return true;
    }
  }
  return false;
}

// May the statement stand without a subject?
bool Resolver::may_be_unnamed(const Draft& draft) const {
  const Metric& metric = metric_of(draft);
  if (metric.about_outsider && draft.slots[static_cast<size_t>(Slot::counterparty)] != kNoNode) return true;  // money for Xpeng
  if (!names_nobody_ || is_of_another_ || first_own_word() < s_->tagged.size()) return false;  // "our sales": of whoever speaks
  if (metric.unnamed && (!draft.statement->change || draft.statement->host >= 0)) return true;  // a long text is asked for its topic elsewhere
  if (!is_short_) return false;
  if (has_strange_name_) return metric.carries_model;  // of a car whose name is not known
  // "500,000 units": what is counted in the metric's own unit, by name.
  const auto counts = [&](const Statement& s) {
    const Metric& m = pack_.metrics.metric(static_cast<uint32_t>(s.metric));
    const Node& value = s_->node(s.value);
    if (s.change || m.silent || value.value == kNoNode) return false;
    return m.unnamed_in_short || (m.about_model && value.tag == Tag::quantity && m.unit == m_->values.values[static_cast<size_t>(value.value)].unit);
  };
  const bool since_event = draft.aside != kNoNode && s_->node(draft.aside).period_kind == "since_event";
  return is_of_trade_ || since_event || std::any_of(statements_->begin(), statements_->end(), counts);
}

}  // namespace factmill
