// Whole markets: whether a document is about one, and whose figure a statement gives that names nobody.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr int kMarketOverOwn = 2;  // times as many figures of the market as of companies: an article on it

}  // namespace

// An article about a market: no company in its title, and a body that counts cars in the title or the lead.
void Resolver::find_market(const std::vector<NameHit>& title) {
  title_names_company_ = false;
  about_market_ = begins_with_market();
  const auto counts = [&](uint32_t entity) {
    const auto& kinds = pack_.resolution.market_kinds;
    return std::find(kinds.begin(), kinds.end(), entity_at(entity).kind) != kinds.end();
  };
  for (const NameHit& hit : title) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag != Tag::company && reading.tag != Tag::model) continue;
    if (reading.tag == Tag::company && counts(reading.index)) continue;
    title_names_company_ = true;
    main_is_clear_ &= !about_market_;
    return;
  }
  const uint32_t end = lead_end();
  about_market_ |= std::any_of(m_->names.begin(), m_->names.end(), [&](const Name& name) {
    return name.tag == Tag::company && name.entity != kNoEntity && name.span.begin < end && counts(name.entity);
  });
}

// Does the first sentence speak of a figure of a place and of what is counted there, and of nobody? "Plug-ins took a share of
// 24.7 percent in the UK in April": whatever company the title names.
bool Resolver::begins_with_market() const {
  const std::string_view text = body_.of(doc_->text);
  const uint32_t end = body_.begin + static_cast<uint32_t>(std::min(text.find(". "), text.size()));
  bool place = false, counted = false, head = false;
  for (const Name& name : m_->names) {
    if (name.span.begin < body_.begin) continue;
    if (name.span.begin >= end) break;
    const bool source = name.tag == Tag::company && name.entity != kNoEntity && is_source(name.entity);
    if (!source && (name.tag == Tag::company || name.tag == Tag::model || name.tag == Tag::anaphor || name.tag == Tag::person)) return false;
    place |= name.tag == Tag::region;
    counted |= name.tag == Tag::segment;
    for (uint32_t r = name.readings; is_head(name.tag) && r < name.readings + name.count; ++r) {
      const NameReading& reading = m_->index().reading(r);
      if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
      const Metric& metric = pack_.metrics.metric(reading.index);
      head |= metric.about_industry;
    }
  }
  return place && counted && head;
}

// Does a head say itself what is counted: "car registrations", not "exports", which may be batteries or money?
bool Resolver::says_what_is_counted(const Statement& st) const {
  const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(st.metric));
  if (metric.industry_first && !metric.about_company && !metric.about_model) return true;  // "NEV penetration"
  const Node& head = s_->node(st.head);
  if (head.metric >= 0 || head.hit == kNoNode) return false;
  const Name& name = m_->names[static_cast<size_t>(head.hit)];
  const uint16_t unit = metric.unit;
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = m_->index().reading(r);
    if (!is_head(reading.tag)) return false;
    if (reading.index == kCarriedMetric || pack_.metrics.metric(reading.index).unit != unit) return false;
  }
  return unit != 0;
}

// A head that any trade may have ("China's exports") needs a segment, a unit or a document about cars.
bool Resolver::speaks_of_cars(const Statement& st, const Draft& draft) const {
  return about_market_ || (st.head != kNoNode && says_what_is_counted(st)) || main_company_ != kNoEntity || s_->node(st.value).tag == Tag::quantity ||
         draft.slots[static_cast<size_t>(Slot::segment)] != kNoNode;
}

// Is it the whole market's figure, where its clause names no company? A rule says so of the head, or the document is
// about a market and a segment or a place is named, or nobody.
bool Resolver::is_of_market(const Statement& st, const Draft& draft) const {
  if (!metric_of(draft).about_industry || speaks_on(st)) return false;
  const auto named = [&](Slot slot) { return draft.slots[static_cast<size_t>(slot)] != kNoNode; };
  const bool whole = st.head != kNoNode && s_->node(st.head).subject == "open" && !metric_of(draft).own.empty() && !may_be_own_part(draft);
  if (st.head != kNoNode && (s_->node(st.head).subject == "market" || whole)) return speaks_of_cars(st, draft);
  if (st.head != kNoNode && s_->node(st.head).subject == "open" && !main_is_clear_ && !goes_on() && !begins_with_anaphor() &&
      last_subject_.entity == kNoEntity && !last_subject_.stranger && section_subject_.entity == kNoEntity)
    return speaks_of_cars(st, draft);
  if (!about_market_) return false;
  if (goes_on() && (last_subject_.entity != kNoEntity || previous_topic_ != kNoEntity)) return false;  // "Its retail sales"
  const bool nobody = last_subject_.entity == kNoEntity && !last_subject_.stranger;
  return nobody || (!st.carried && (named(Slot::segment) || named(Slot::region)));
}

// "SUVs were 61 percent of sales": a kind of car's part, of those of the company spoken of, unless a place is named.
bool Resolver::may_be_own_part(const Draft& draft) const {
  const int32_t head = draft.statement->head;
  const auto named = [&](Slot slot) { return draft.slots[static_cast<size_t>(slot)] != kNoNode; };
  return !metric_of(draft).own.empty() && head != kNoNode && s_->node(head).subject == "open" && named(Slot::segment) && !named(Slot::region);
}

// Does the sentence name a company or a word for one?
bool Resolver::goes_on_with_somebody(const Statement& st) const {
  return speaks_on(st) || goes_on() || begins_with_anaphor() || (s_->tags & tag_bit(Tag::company)) != 0;
}

// A figure in a sentence that goes on with nobody: the market's where the article has stated little but of it. That of a kind of
// car or of a place also where it has stated more of it than of companies, was not yet said to be about one, or names several
// in its title.
bool Resolver::may_be_of_market(const Draft& draft) const {
  const auto named = [&](Slot slot) { return draft.slots[static_cast<size_t>(slot)] != kNoNode; };
  if (goes_on_with_somebody(*draft.statement)) return false;
  const bool known = std::ranges::any_of(m_->names, [&](const Name& name) {
    return name.span.begin >= body_.begin && name.span.begin < s_->span.begin && name.entity != kNoEntity &&
           (name.entity == main_company_ || entity_at(name.entity).owner == main_company_);
  });
  if (!named(Slot::segment) && !named(Slot::region)) return !known && market_figures_ > kMarketOverOwn * own_figures_;
  if (titles_several_ || (market_figures_ > 0 && market_figures_ >= own_figures_)) return true;
  return !title_names_company_ && !known;
}

// Does the sentence say whose data it gives?
bool Resolver::is_cited() const {
  const auto& cited = pack_.resolution.cited;
  std::array<Span, 1> match;
  return cited && cited->find(s_->span.of(doc_->text), 0, match);
}

// Whether a body that counts a whole market is named to the left, in the sentence: no company is, where this is asked. Or to the
// right, as who says so, of a kind of car: "86,420 electrified vehicles were sold, says ABVE".
bool Resolver::counts_market(uint32_t position, const Draft& draft) const {
  const auto& kinds = pack_.resolution.market_kinds;
  const bool of_kind = draft.slots[static_cast<size_t>(Slot::segment)] != kNoNode && !speaks_on(*draft.statement) && !goes_on() && !begins_with_anaphor();
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const int32_t speaker = s_->node(n).slot(Slot::speaker);
    if (i >= position && (speaker == kNoNode || !of_kind)) continue;
    if (speaker != kNoNode) n = speaker;
    const Node& node = s_->node(n);
    if (node.tag != Tag::company || node.entity == kNoNode) continue;
    if (std::find(kinds.begin(), kinds.end(), entity_of(n).kind) != kinds.end()) return true;
  }
  return false;
}

}  // namespace factmill
