// Attach: what a document has stated so far, and which of it a value goes on with.
#include <algorithm>

#include "statement/attach.h"

namespace factmill {
namespace {

constexpr size_t kLeadParagraphs = 2;
constexpr int kOftenStated = 4;            // times that make a metric what a text is about

}  // namespace

bool Attacher::was_stated(int metric) const {
  return std::any_of(stated_.begin(), stated_.end(), [&](const Stated& s) { return s.metric == metric; });
}

bool Attacher::is_led(int metric) const { return std::ranges::find(lead_, metric) != lead_.end(); }

// What was stated last that takes such a value: "the figure was 5.5 percent". Where a rule names the metrics, the last
// of them, else the first: "the car market shrank by 8 percent" speaks of sales, whatever was stated before.
std::optional<Attacher::Stated> Attacher::carried_metric(const Node& value, const std::vector<int>* among, bool else_first) const {
  if (value.value == kNoNode) return {};
  const bool change = value.tag == Tag::change || value.tag == Tag::multiple;
  uint16_t unit = m_->values.values[static_cast<size_t>(value.value)].unit;
  auto takes = [&](int metric) {
    if (among && std::ranges::find(*among, metric) == among->end()) return false;
    const Metric& stated = pack_.metrics.metric(static_cast<uint32_t>(metric));
    if (change) {
      if (!takes_change(stated, value)) return false;
      // A share changes by points, an amount in percent.
      const ValueType type = m_->values.values[static_cast<size_t>(value.value)].type;
      return type == ValueType::points ? (stated.accepts & tag_bit(Tag::percent)) != 0 : stated.is_amount() || type != ValueType::percent;
    }
    return accepts(stated, value.tag, unit);
  };
  for (auto s = statements_->rbegin(); s != statements_->rend(); ++s) {
    if (takes(s->metric)) return Stated{s->metric, s->negative};
  }
  const Stated* last = nullptr;
  const Stated* most = nullptr;
  for (auto stated = stated_.rbegin(); stated != stated_.rend(); ++stated) {
    if (!takes(stated->metric)) continue;
    if (!last) last = &*stated;
    if (!most || stated->times > most->times) most = &*stated;
  }
  // What was stated once in passing is not what a text goes on with that states something else all the time.
  if (last) return last->times == 1 && most->times >= kOftenStated ? *most : *last;
  if (!among || !else_first) return {};
  // "UK registrations rose in May. The overall market was up 4.6 percent": what the article began with.
  if (const auto led = std::ranges::find_if(lead_heads_, takes); led != lead_heads_.end()) return Stated{*led, false};
  if (takes(among->front())) return Stated{among->front(), false};
  return {};
}

void Attacher::begin(const Document& document, const Mentions& mentions) {
  stated_.clear();
  auto add = [&](uint32_t readings, uint32_t count) {
    for (uint32_t r = readings; r < readings + count; ++r) {
      const NameReading& reading = mentions.index().reading(r);
      if (is_head(reading.tag) && reading.index != kCarriedMetric)
        stated_.push_back({static_cast<int>(reading.index), reading.negative});
    }
  };
  // A text without a title of its own begins with it.
  std::string_view title = document.title;
  if (title.empty() && !document.paragraphs.empty() && document.paragraphs.front().zone == Zone::title)
    title = document.paragraphs.front().span.of(document.text);
  std::vector<NameHit> hits;
  mentions.index().find(title, {0, static_cast<uint32_t>(title.size())}, hits);
  for (const NameHit& hit : hits) add(hit.readings, hit.count);
  std::reverse(stated_.begin(), stated_.end());
  read_lead(document, mentions);
}

// What the first paragraphs name beyond doubt settles which metric a noun of several is.
void Attacher::read_lead(const Document& document, const Mentions& mentions) {
  lead_.clear();
  lead_heads_.clear();
  market_lead_ = false;
  uint32_t end = 0;
  size_t paragraphs = 0;
  for (const Paragraph& p : document.paragraphs) {
    if (!states_facts(p.zone)) continue;
    end = p.span.end;
    if (++paragraphs == kLeadParagraphs) break;
  }
  for (const Name& name : mentions.names) {
    if (name.span.begin >= end) continue;
    if (name.tag == Tag::company && name.entity != kNoEntity) {
      const auto& kinds = pack_.resolution.market_kinds;
      if (std::ranges::find(kinds, mentions.entity(pack_.lexicon, name.entity).kind) != kinds.end()) market_lead_ = true;
    }
    if (name.count == 0) continue;
    const NameReading& reading = mentions.index().reading(name.readings);
    if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
    lead_heads_.push_back(static_cast<int>(reading.index));
    if (name.count == 1) lead_.push_back(static_cast<int>(reading.index));
  }
}

void Attacher::note_stated(Stated stated) {
  const auto known = std::ranges::find(stated_, stated.metric, &Stated::metric);
  stated.times = known == stated_.end() ? 1 : known->times + 1;
  if (known != stated_.end()) stated_.erase(known);
  stated_.push_back(stated);
}

}  // namespace factmill
