// Who a statement is about, when, how sure and by whom it is said: read from the sentence, then from what came before.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr std::string_view kFlow = "flow";  // period_kind of a rule: not a stock

bool is_subject(Tag tag) {
  return tag == Tag::company || tag == Tag::anaphor || tag == Tag::stranger || tag == Tag::industry;
}

// Names that may stand alone, without a preposition, for a slot.
bool stands_alone(Slot slot) {
  return slot == Slot::model || slot == Slot::variant || slot == Slot::segment || slot == Slot::feature ||
         slot == Slot::region;
}

// The kind of period that a unit of the calendar is; empty for days and what is none.
std::string_view kind_of_grain(DateSpec::Grain grain) {
  switch (grain) {
    case DateSpec::Grain::week: return "week";
    case DateSpec::Grain::month: return "month";
    case DateSpec::Grain::quarter: return "quarter";
    case DateSpec::Grain::half: return "half";
    case DateSpec::Grain::year: return "year";
    default: return "";
  }
}

}  // namespace

bool is_of_results(const Interval& days) {
  constexpr int kShortestQuarter = 80;
  return (days.to - days.from).count() >= kShortestQuarter;
}

const Entity& Resolver::entity_of(int32_t node) const {
  return pack_.lexicon.entity(static_cast<uint32_t>(s_->node(node).entity));
}

// Only for those who ask: boundaries concern statements, oblique names the sentences that have one or the other.
void Resolver::find_boundaries() {
  constexpr TagSet kSubjects = tag_bit(Tag::company) | tag_bit(Tag::stranger) | tag_bit(Tag::model);
  boundaries_.clear();
  obliques_.clear();
  rivals_.clear();
  if (statements_->empty() && (s_->tags & kSubjects) == 0) return;
  find_names(pack_.resolution.oblique, false, obliques_);
  find_names(pack_.resolution.rival, true, rivals_);
  if (statements_->empty()) return;
  std::array<Span, 1> match;
  size_t from = 0;
  while (from < s_->tagged.size() && pack_.resolution.clause_boundary.find(s_->tagged, from, match)) {
    boundaries_.push_back(match[0].begin);
    from = std::max<size_t>(match[0].end, from + 1);
  }
}

// The last byte of every match, or all of them.
void Resolver::find_names(const std::optional<Pattern>& pattern, bool all, std::vector<uint32_t>& out) const {
  out.clear();
  std::array<Span, 1> match;
  for (size_t from = 0; pattern && from < s_->tagged.size() && pattern->find(s_->tagged, from, match);) {
    for (uint32_t i = all ? match[0].begin : match[0].end - 1; i < match[0].end; ++i) out.push_back(i);
    from = std::max<size_t>(match[0].end, from + 1);
  }
}

bool Resolver::oblique(uint32_t position) const {
  return std::binary_search(obliques_.begin(), obliques_.end(), position);
}

bool Resolver::rival(uint32_t position) const { return std::binary_search(rivals_.begin(), rivals_.end(), position); }

// The stretch of tagged text that a statement owns: from the value before it to the value behind it, inside its clause.
void Resolver::limits(const Statement& st, Draft& draft) const {
  uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  draft.left_limit = 0;
  draft.right_limit = static_cast<uint32_t>(s_->tagged.size());
  for (uint32_t i = high + 1; i < draft.right_limit; ++i) {
    int32_t n = s_->node_at[i];
    if (n != kNoNode && is_value(s_->node(n).tag) && s_->node(n).tag != Tag::ordinal) draft.right_limit = i;
  }
  for (uint32_t b : boundaries_) {
    if (b < low) draft.left_limit = std::max(draft.left_limit, b);
    if (b > high) draft.right_limit = std::min(draft.right_limit, b);
  }
  for (const Statement& other : *statements_) {
    if (&other == &st) continue;
    uint32_t other_high = other.position;
    if (other_high < low && !other.change) draft.left_limit = std::max(draft.left_limit, other_high + 1);
    if (other.change && !st.change) continue;  // a change hangs on its host and owns nothing of it
    if (other.position > high)
      draft.right_limit =
          std::min(draft.right_limit, std::min(other.position, std::max(other.head_position, high + 1)));
  }
}

// The node that gives `slot` at this node: a mention folded into it, or the name itself where names may stand alone.
int32_t Resolver::slot_of_node(int32_t index, Slot slot) const {
  const Node& node = s_->node(index);
  if (int32_t inner = node.slot(slot); inner != kNoNode) return inner;
  if (stands_alone(slot) && tag_name(node.tag) == slot_name(slot)) return index;
  // A model that carries its variant inside an aside: of the SU7 Pro.
  if (slot == Slot::variant) {
    if (int32_t model = node.slot(Slot::model); model != kNoNode) return s_->node(model).slot(Slot::variant);
  }
  return kNoNode;
}

void Resolver::read_slots(const Statement& st, Draft& draft) {
  draft.slots.fill(kNoNode);
  uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position);
  auto take = [&](int32_t index, Slot slot) {
    int32_t& out = draft.slots[static_cast<size_t>(slot)];
    if (out != kNoNode || index == kNoNode) return;
    const Tag tag = s_->node(index).tag;
    const bool other_value = index != st.value && (is_value(tag) || tag == Tag::change || tag == Tag::reference);
    if (!other_value) out = slot_of_node(index, slot);
  };
  for (size_t k = 0; k < kSlotCount; ++k) {
    Slot slot = static_cast<Slot>(k);
    if (slot == Slot::alt || slot == Slot::reference || slot == Slot::upper || slot == Slot::compared) continue;
    if (st.head != kNoNode && !st.link) take(st.head, slot);
    take(st.value, slot);
    for (uint32_t i = low + 1; i < high; ++i) take(s_->node_at[i], slot);
    for (uint32_t i = high + 1; i < draft.right_limit; ++i) {
      int32_t n = s_->node_at[i];
      if (n == kNoNode) continue;
      // Behind the value a bare name begins something else; what qualifies the value is folded.
      if (is_transparent(s_->node(n).tag)) take(n, slot);
    }
    const bool of_car = slot == Slot::model || slot == Slot::variant;
    for (uint32_t i = low; i-- > draft.left_limit;) {
      if (!(of_car && rival(i) && last_model_.known())) take(s_->node_at[i], slot);
    }
  }
  // A place behind the next value of the clause is one for both: "87 stores in 30 cities in China".
  for (uint32_t i = high + 1; i < s_->tagged.size(); ++i) {
    if (std::binary_search(boundaries_.begin(), boundaries_.end(), i)) break;
    if (s_->node_at[i] != kNoNode && s_->node(s_->node_at[i]).tag == Tag::where) take(s_->node_at[i], Slot::region);
  }
  read_aside(low, draft);
  int32_t& variant = draft.slots[static_cast<size_t>(Slot::variant)];
  variant = stronger_variant(variant, draft, low, high);
  // A statement that leans on another has what that one has.
  if (st.host >= 0) {
    const Draft& host = drafts_[static_cast<size_t>(st.host)];
    if (draft.aside == kNoNode && !st.change) draft.aside = host.aside;
    for (size_t k = 0; k < kSlotCount; ++k) {
      Slot slot = static_cast<Slot>(k);
      bool dropped = st.link && std::find(st.link->drop.begin(), st.link->drop.end(), slot) != st.link->drop.end();
      if (!dropped && draft.slots[k] == kNoNode && slot != Slot::company) draft.slots[k] = host.slots[k];
    }
  }
  carry_model(st, draft);
  carry_feature(st, draft);
}

// What is said beside the statement and has attributes of its own: right of it first, then left.
void Resolver::read_aside(uint32_t low, Draft& draft) const {
  // What metrics ask for by name is looked for when the fact is made.
  auto says_more = [&](const Node& node) {
    int32_t a = node.attribute;
    while (a != kNoNode && pack_.metrics.asks_for(s_->attributes[static_cast<size_t>(a)].name))
      a = s_->attributes[static_cast<size_t>(a)].next;
    return a != kNoNode;
  };
  auto take = [&](int32_t index) {
    if (draft.aside != kNoNode || index == kNoNode) return;
    const Node& node = s_->node(index);
    if (is_transparent(node.tag) && (says_more(node) || !node.period_kind.empty())) draft.aside = index;
  };
  for (uint32_t i = low; i < draft.right_limit; ++i) take(s_->node_at[i]);
  for (uint32_t i = low; i-- > draft.left_limit;) take(s_->node_at[i]);
}

Resolver::Company Resolver::company_of_node(int32_t index, std::string_view from) const {
  const Node& node = s_->node(index);
  if (node.tag == Tag::stranger) return {kNoEntity, from, true, false};
  if (node.tag == Tag::industry) return {kNoEntity, from, false, true};
  if (node.tag == Tag::anaphor) {
    if (node.entity != kNoNode) return {static_cast<uint32_t>(node.entity), from, false, false};
    return {};
  }
  if (node.list && node.item_count > 0 && node.tag == Tag::company)  // "CATL and Sinopec will build": the first speaks
    return company_of_node(s_->items[node.first_item], from);
  if (node.entity == kNoNode) return {};
  const Entity& e = pack_.lexicon.entity(static_cast<uint32_t>(node.entity));
  uint32_t company = e.tag == Tag::company ? static_cast<uint32_t>(node.entity) : e.owner;
  if (company == kNoEntity) return {};
  const auto& sources = pack_.resolution.source_kinds;
  if (std::find(sources.begin(), sources.end(), pack_.lexicon.entity(company).kind) != sources.end()) return {};
  return {company, from, false, false};
}

// The nearest subject to the left in the sentence; a name that is no subject only where its clause has no other. A generic
// "the company" passes on to what it stands for; a bracket that has been closed keeps its names: "34,060 (Onvo 11,190), 20,620".
Resolver::Company Resolver::company_left_of(uint32_t position, uint32_t limit) const {
  Company aside;
  bool in_clause = true;
  int closed = 0;
  for (uint32_t i = position; i-- > limit;) {
    if (std::binary_search(boundaries_.begin(), boundaries_.end(), i + 1)) in_clause = false;
    if (!in_clause && aside.entity != kNoEntity) return aside;
    if (s_->tagged[i] == ')') ++closed;
    if (s_->tagged[i] == '(' && closed > 0) --closed;
    if (closed > 0) continue;
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (!is_subject(node.tag) && node.tag != Tag::model) continue;
    if (node.tag == Tag::anaphor && node.entity == kNoNode) continue;
    Company company = company_of_node(n, in_clause ? "clause" : "sentence");
    if (company.entity == kNoEntity && !company.stranger && !company.industry) continue;
    // "The SUV undercuts the Model Y": what was spoken of before goes on.
    if (rival(i) && last_subject_.entity != kNoEntity) continue;
    if (!oblique(i) || company.entity == kNoEntity) return company;
    if (aside.entity == kNoEntity) aside = company;
  }
  return aside;
}

// A head that any trade may have ("China's exports") needs a segment, a unit or a document about cars.
bool Resolver::speaks_of_cars(const Statement& st, const Draft& draft) const {
  return about_market_ || main_company_ != kNoEntity || s_->node(st.value).tag == Tag::quantity ||
         draft.slots[static_cast<size_t>(Slot::segment)] != kNoNode;
}

// Is it the whole market's figure, where its clause names no company? A rule says so of the head, or the document is
// about a market and a segment or a place is named, or nobody.
bool Resolver::is_of_market(const Statement& st, const Draft& draft) const {
  if (!metric_of(draft).about_industry) return false;
  const auto named = [&](Slot slot) { return draft.slots[static_cast<size_t>(slot)] != kNoNode; };
  if (st.head != kNoNode && s_->node(st.head).subject == "market") return speaks_of_cars(st, draft);
  if (!about_market_) return false;
  if (goes_on() && (last_subject_.entity != kNoEntity || previous_topic_ != kNoEntity)) return false;  // "Its retail sales"
  const bool nobody = last_subject_.entity == kNoEntity && !last_subject_.stranger;
  return nobody || (!st.carried && (named(Slot::segment) || named(Slot::region)));
}

void Resolver::read_company(const Statement& st, Draft& draft) {
  if (int32_t own = draft.slots[static_cast<size_t>(Slot::company)]; own != kNoNode) {
    if (s_->node(own).list) {
      draft.company = {kNoEntity, "clause", false, false};  // one company an item
      return;
    }
    draft.company = company_of_node(own, "clause");
    if (draft.company.entity != kNoEntity) return;
  }
  if (st.host >= 0) {
    const Statement& host = *drafts_[static_cast<size_t>(st.host)].statement;
    // A change is of its host's subject, unless the link goes on to another one.
    if (!st.change || (st.link && !st.link->drop.empty()))
      draft.company = company_left_of(st.position, std::max(host.position, host.head_position));
    if (draft.company.entity == kNoEntity) draft.company = drafts_[static_cast<size_t>(st.host)].company;
    return;
  }
  uint32_t high = std::max(st.position, st.head_position);
  const Metric& metric = metric_of(draft);
  const bool may_be_nobodys = metric.about_company && !metric.needs_subject;
  if (st.head != kNoNode && s_->node(st.head).subject == "industry" && !may_be_nobodys) {
    if (speaks_of_cars(st, draft)) draft.company = {kNoEntity, "clause", false, true};
    return;
  }
  draft.company = company_left_of(high);
  if (!metric.about_company && !metric.about_model && !draft.company.industry) draft.company = {};
  const bool left_behind =
      draft.company.from == "sentence" && st.head != kNoNode && s_->node(st.head).subject == "market";
  if ((left_behind || (draft.company.entity == kNoEntity && !draft.company.stranger)) && is_of_market(st, draft)) {
    draft.company = {kNoEntity, "clause", false, true};
    return;
  }
  if (draft.company.entity != kNoEntity || draft.company.stranger || draft.company.industry) return;
  if (!metric.needs_subject) {  // nothing said before this sentence is its subject
    draft.company.industry = metric.about_industry;
    return;
  }
  // Passive: "27,307 units were delivered by Xiaomi" is an aside; a model says its maker.
  if (int32_t model = draft.slots[static_cast<size_t>(Slot::model)]; model != kNoNode && !s_->node(model).list) {
    draft.company = company_of_node(model, "clause");
    if (draft.company.entity != kNoEntity) return;
  }
  const Company market{kNoEntity, "title", false, true};
  // "The KBA counted 24,000 new registrations."
  if (metric.about_industry && (!metric.about_company || counts_market(high))) {
    draft.company = market;
    return;
  }
  // "NEV sales rose 44 percent, against 9.8 percent for all automobile sales": the market speaks on.
  for (const Draft& other : drafts_) {
    if (&other == &draft || !other.company.industry || !metric.about_industry) continue;
    draft.company = other.company;
    return;
  }
  for (const Company* known : {&last_subject_, &section_subject_}) {
    if (known->entity == kNoEntity && !known->stranger) continue;
    if (metric.of_results && is_bystander(*known)) continue;
    draft.company = *known;
    draft.company.from = "paragraph";
    return;
  }
  // "It delivered": the paragraph goes on with whom the one before was about; a part of the article's company is not meant.
  if (first_of_paragraph_ && previous_topic_ != kNoEntity && !metric.carries_model && (goes_on() || begins_with_anaphor()) &&
      pack_.lexicon.entity(previous_topic_).owner != main_company_) {
    draft.company = {previous_topic_, "paragraph", false, false};
    return;
  }
  // Figures of the whole market go on until a company is named.
  if (std::find(industry_metrics_.begin(), industry_metrics_.end(), st.metric) != industry_metrics_.end()) {
    draft.company = {kNoEntity, "paragraph", false, true};
    return;
  }
  if (metric.about_industry && (about_market_ || (metric.industry_first && !title_names_company_))) {
    draft.company = market;
  } else if (previous_subject_.entity != kNoEntity && !main_is_clear_ && !metric.carries_model) {
    draft.company = previous_subject_;
  } else if (main_company_ != kNoEntity) {
    draft.company = {main_company_, "title", false, false};
  }
}

// Does the sentence begin with a phrase for the one spoken of, "the company"?
bool Resolver::begins_with_anaphor() const {
  for (int32_t n : s_->node_at) {
    if (n == kNoNode) continue;
    const Tag tag = s_->node(n).tag;
    if (tag == Tag::anaphor) return true;
    if (!is_transparent(tag)) return false;
  }
  return false;
}

// Results without a name are of whom the article is about, not of an owner or a rival that was just named.
bool Resolver::is_bystander(const Company& company) const {
  if (!main_is_clear_ || main_company_ == kNoEntity || company.stranger || company.entity == main_company_) return false;
  return std::find(reporters_.begin(), reporters_.end(), company.entity) == reporters_.end();
}

// Whether a body that counts a whole market is named to the left, in the sentence: no company is, where this is asked.
bool Resolver::counts_market(uint32_t position) const {
  const auto& kinds = pack_.resolution.market_kinds;
  for (uint32_t i = 0; i < position; ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (int32_t speaker = s_->node(n).slot(Slot::speaker); speaker != kNoNode) n = speaker;
    const Node& node = s_->node(n);
    if (node.tag != Tag::company || node.entity == kNoNode) continue;
    if (std::find(kinds.begin(), kinds.end(), entity_of(n).kind) != kinds.end()) return true;
  }
  return false;
}

std::optional<Resolver::Period> Resolver::resolve_period(int32_t index, std::string_view from, Direction direction,
                                                         const std::optional<Interval>& about) const {
  const Node& node = s_->node(index);
  if (node.value == kNoNode) return {};
  const Value& value = m_->values.values[static_cast<size_t>(node.value)];
  if (value.type != ValueType::date) return {};
  const DateSpec& spec = m_->values.dates[value.date];
  DateContext context{published_, about, direction};
  if (auto unit = unit_spoken_of(spec, direction)) context.period = unit;
  auto resolved = resolve_date(spec, context);
  if (!resolved) return {};
  Period period{*resolved, from, spec.role, false};
  bool needs_day = spec.anchor == DateSpec::Anchor::published || resolved->year_inferred;
  period.inferred = needs_day && published_inferred_;
  return period;
}

// The period that relative words of this statement start from.
std::optional<Interval> Resolver::period_spoken_of(const Statement& st, bool ahead) const {
  if (ahead) {
    for (const std::optional<Period>* outlook : {&last_outlook_, &announced_}) {
      if (*outlook) return (*outlook)->date.days;
    }
  }
  const std::optional<Period>* known[] = {st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)].period : nullptr,
                                          &last_period_, &report_period_, &title_period_};
  for (const std::optional<Period>* period : known) {
    if (period && *period) return (*period)->date.days;
  }
  return {};
}

// "For the quarter": the title's; else the latest one that figures were of; else the last one that is over.
std::optional<Interval> Resolver::unit_spoken_of(const DateSpec& spec, Direction direction) const {
  if (spec.anchor != DateSpec::Anchor::context || spec.offset != 0 || spec.year != 0) return {};
  const std::string_view kind = kind_of_grain(spec.grain);
  if (kind.empty()) return {};
  if (direction == Direction::future) {
    for (const std::optional<Period>* outlook : {&last_outlook_, &announced_}) {
      if (*outlook && (*outlook)->date.kind == kind) return (*outlook)->date.days;
    }
  }
  if (title_period_ && title_period_->date.kind == kind) return title_period_->date.days;
  if (auto spoken = last_of_kind_.find(kind); spoken != last_of_kind_.end()) return spoken->second;
  if (report_period_ && report_period_->date.kind == kind) return report_period_->date.days;
  if (!published_ || spec.grain == DateSpec::Grain::year) return {};
  DateSpec last;
  last.anchor = DateSpec::Anchor::published;
  last.grain = spec.grain;
  last.offset = -1;
  auto resolved = resolve_date(last, {published_, {}, Direction::past});
  if (!resolved) return {};
  return resolved->days;
}

// A cumulative figure is of the day that its sentence names, wherever it stands.
std::optional<Resolver::Period> Resolver::cumulative_period(Direction direction,
                                                            const std::optional<Interval>& about) const {
  for (int32_t n : s_->node_at) {
    if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
    auto period = resolve_period(s_->node(n).slot(Slot::period), "sentence", direction, about);
    if (period && period->role == DateSpec::Role::as_of) return period;
  }
  return {};
}

// What flows is counted over a period: a day named elsewhere in the sentence is when something else happened.
bool Resolver::fits_flow(const Period& period, const Metric& metric) {
  return metric.time != TimeKind::flow || period.date.kind != "day" || period.role != DateSpec::Role::plain;
}

// Leftwards in the sentence; of periods that an earlier value owns to its right only the plain ones.
std::optional<Resolver::Period> Resolver::period_left_of(uint32_t position, Direction direction,
                                                         const std::optional<Interval>& about, const Draft* of) const {
  for (uint32_t i = position; i-- > 0;) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode || !is_transparent(s_->node(n).tag) || s_->node(n).slot(Slot::period) == kNoNode) continue;
    auto period = resolve_period(s_->node(n).slot(Slot::period), "sentence", direction, about);
    if (!period || (of && !(may_be_of(*of, *period) && fits_flow(*period, metric_of(*of))))) continue;
    bool before_all = std::none_of(statements_->begin(), statements_->end(),
                                   [&](const Statement& other) { return other.position < i; });
    if (before_all || period->role == DateSpec::Role::plain) return period;
  }
  return {};
}

// The one day named later in a sentence of one clause: "611 stores, covering 185 cities, at the end of June".
std::optional<Resolver::Period> Resolver::period_right_of(uint32_t position, bool stock, Direction direction,
                                                          const std::optional<Interval>& about) const {
  if (!boundaries_.empty()) return {};
  int32_t later = kNoNode;
  uint32_t later_at = 0;
  for (uint32_t i = position; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::when) continue;
    if (later != kNoNode) return {};
    later = s_->node(n).slot(Slot::period);
    later_at = i;
  }
  if (later == kNoNode) return {};
  if (const auto& comparison = pack_.resolution.comparison) {
    std::array<Span, 1> match;
    if (comparison->find(s_->tagged, position, match) && match[0].begin < later_at) return {};
  }
  auto period = resolve_period(later, "sentence", direction, about);
  if (period && stock && period->role != DateSpec::Role::as_of) return {};
  return period;
}

// Reports are of a quarter or longer, and what they state as a fact is of one that is over.
bool Resolver::may_be_of(const Draft& draft, const Period& period) const {
  if (!metric_of(draft).of_results) return true;
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
  const auto fits = [&](const std::optional<Period>& period) { return period && may_be_of(draft, *period); };
  if (intro_ && intro_->period) return intro_->period;
  if (metric_of(draft).time == TimeKind::stock && !is_flow(*draft.statement)) return from_paragraph(last_as_of_);
  if (draft.modality != "actual" && draft.modality != "implied") {
    if (last_outlook_) return from_paragraph(last_outlook_);
    if (draft.modality == "guidance" && announced_) return from_paragraph(announced_);
    if (last_period_ && last_period_->date.kind == "year") return from_paragraph(last_period_);
  }
  if (draft.modality == "guidance" && results) {
    const std::optional<Period>& reported = fits(last_period_) ? last_period_ : fits(title_period_) ? title_period_ : results_period_;
    return awaited_period(reported && reported->date.kind == "quarter" ? DateSpec::Grain::quarter : DateSpec::Grain::year);
  }
  if (fits(last_period_) && last_period_->role == DateSpec::Role::plain) return from_paragraph(last_period_);
  if (fits(title_period_)) return title_period_;
  return results ? results_period_ : report_period_;
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

// "In January and February": one figure for both.
std::optional<Resolver::Period> Resolver::joined_period(int32_t index, Direction direction, const std::optional<Interval>& about) const {
  const Node& list = s_->node(index);
  if (!list.list || list.item_count == 0) return {};
  std::optional<Period> joined;
  for (uint32_t k = 0; k < list.item_count; ++k) {
    std::optional<Period> item = resolve_period(s_->items[list.first_item + k], "clause", direction, about);
    if (!item) return {};
    if (joined && item->date.days.from != joined->date.days.to + std::chrono::days(1)) return {};
    if (joined) item->date.days.from = joined->date.days.from;
    joined = item;
  }
  joined->date.text = period_text(joined->date.days);
  if (list.item_count > 1) joined->date.kind = "range";
  return joined;
}

// "Sales rose to 25,158 from 21,680": the second figure is one of an earlier period. An earlier target is of the same.
bool Resolver::states_previous(const Statement& st, const Draft& draft) const {
  if (!st.rule || st.rule->set.status != "previous") return false;
  return metric_of(draft).time == TimeKind::flow && draft.modality == "actual";
}

// The host's period moved back by the basis of a change that the sentence states of it; by a year where it states none.
std::optional<Resolver::Period> Resolver::previous_period(const Statement& st, const Draft& host) const {
  if (!host.period) return {};
  std::string basis = "yoy";
  for (const Statement& other : *statements_) {
    if (!other.change || other.metric != st.metric) continue;
    const Node& change = s_->node(other.value);
    if (change.list) continue;
    bool assumed = false;
    basis = basis_of(change, host.period, change.slot(Slot::compared), assumed);
    break;
  }
  return period_before(*host.period, basis);
}

// A quotation is of a day, the published one where none is named. A move may be of a longer time, which then ends there:
// "down 13.8 percent this year".
void Resolver::read_quote_period(const Statement& st, const std::optional<Interval>& about, Draft& draft) {
  const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool own_is_host = host && own == host->slots[static_cast<size_t>(Slot::period)];
  const uint32_t end = std::max(st.position, st.head_position);
  std::optional<Period> period;
  if (own != kNoNode && !own_is_host && !s_->node(own).list)
    period = resolve_period(own, "clause", Direction::past, about);
  if (!period && host && host->period) {
    draft.period = host->period;
    return;
  }
  // Outside its clause only a day or a beginning is its own: other figures are of the months named there.
  for (bool right : {false, true}) {
    if (period) break;
    period = right ? period_right_of(end, false, Direction::past, about) : period_left_of(end, Direction::past, about);
    if (period && period->date.kind != "day" && period->role == DateSpec::Role::plain) period.reset();
  }
  const bool open = period && published_ && period->date.days.from <= *published_ && *published_ < period->date.days.to;
  if (open && st.change) {
    period->date.days.to = *published_;
    period->date.kind = period->date.kind == "year" ? "ytd" : "range";
    period->date.text = period_text(period->date.days);
  }
  const bool since = period && period->role == DateSpec::Role::since;
  const bool dated = period && (period->date.kind == "day" || (period->date.kind == "month" && !open));
  const bool as_of = period && period->role == DateSpec::Role::as_of;
  if (period && (st.change || (dated && !since) || as_of)) {
    draft.period = period;
  } else if (published_) {
    ResolvedDate day{to_string(*published_), {*published_, *published_}, "day", false};
    draft.period = Period{day, "published", DateSpec::Role::plain, published_inferred_};
  }
  // "rose 10.2 percent to $231.40 on Tuesday": the day is that of the move as well.
  if (host && draft.period && draft.period->from != "published" && host->period && host->period->from == "published")
    drafts_[static_cast<size_t>(st.host)].period = draft.period;
}

// "Quarterly revenue": of the last quarter spoken of.
std::optional<Resolver::Period> Resolver::period_of_kind(const Statement& st, const Draft& draft) const {
  DateSpec unit;
  unit.anchor = DateSpec::Anchor::context;
  std::string_view kind = st.head == kNoNode ? std::string_view() : s_->node(st.head).period_kind;
  if (kind.empty() && draft.aside != kNoNode) kind = s_->node(draft.aside).period_kind;
  if (kind == "quarter") unit.grain = DateSpec::Grain::quarter;
  else if (kind == "year") unit.grain = DateSpec::Grain::year;
  else return {};
  if (kind == "year" && draft.modality != "actual") return awaited_period(DateSpec::Grain::year);
  auto days = unit_spoken_of(unit, draft.modality == "actual" ? Direction::past : Direction::future);
  if (!days) return {};
  Period period{{period_text(*days), *days, kind_of_grain(unit.grain), false}, "paragraph", DateSpec::Role::plain, true};
  if (metric_of(draft).time == TimeKind::stock && draft.modality == "actual") close(period);
  return period;
}

// "added 58 stations": of a stock, but what a period brought.
bool Resolver::is_flow(const Statement& st) const {
  return s_->node(st.value).period_kind == kFlow || (st.head != kNoNode && s_->node(st.head).period_kind == kFlow);
}

// A stock in a sentence about a past period is as of its end: "opened 18 stores in May, bringing its total to 298".
void Resolver::close(Period& period) const {
  if (period.role != DateSpec::Role::plain || period.date.kind == "day" || !published_) return;
  if (period.date.days.to > *published_) return;
  period.date.days.from = period.date.days.to;
  period.date.text = to_string(period.date.days.to);
  period.date.kind = "as_of";
  period.role = DateSpec::Role::as_of;
}

void Resolver::read_period(const Statement& st, Draft& draft) {
  const Metric& metric = metric_of(draft);
  const bool event = metric.time == TimeKind::event, stock = metric.time == TimeKind::stock && !is_flow(st);
  const bool ahead = draft.modality == "target" || draft.modality == "guidance" || draft.modality == "plan";
  Direction direction = ahead ? Direction::future : draft.modality == "actual" ? Direction::past : Direction::nearest;
  if (event) direction = draft.modality == "actual" ? Direction::nearest : Direction::future;
  const std::optional<Interval> about = period_spoken_of(st, ahead);
  const Draft* host = st.host >= 0 ? &drafts_[static_cast<size_t>(st.host)] : nullptr;

  if (event) {
    draft.period = resolve_period(s_->node(st.value).slot(Slot::period), "clause", direction, about);
    return;
  }
  if (metric.time == TimeKind::quote) return read_quote_period(st, about, draft);
  if (st.change && host) {
    const Draft* of = host;
    const int32_t dated = s_->node(st.value).slot(Slot::period);  // "after a rise of 2 percent in July"
    if (dated != kNoNode) draft.period = resolve_period(dated, "clause", direction, about);
    if (draft.period) return;
    if (host->statement->host >= 0 && states_previous(*host->statement, *host))
      of = &drafts_[static_cast<size_t>(host->statement->host)];
    draft.period = of->period;
    return;
  }
  const bool cumulative = st.head != kNoNode && s_->node(st.head).period_kind == "cumulative";
  if (cumulative) draft.period = cumulative_period(direction, about);
  const int32_t own = draft.slots[static_cast<size_t>(Slot::period)];
  const bool own_is_host = host && own == host->slots[static_cast<size_t>(Slot::period)];
  if (!draft.period && own != kNoNode && !own_is_host && !s_->node(own).list) {
    draft.period = resolve_period(own, "clause", direction, about);
    // The day is that of the report.
    const bool since = draft.period && draft.period->role == DateSpec::Role::since;
    if (draft.period && metric.of_results && (since || (draft.period->role == DateSpec::Role::plain && draft.period->date.kind == "day")))
      draft.period.reset();
  }
  if (!draft.period && own != kNoNode && !own_is_host && !s_->node(st.value).list) draft.period = joined_period(own, direction, about);
  if (draft.period || metric.time == TimeKind::timeless || metric.time == TimeKind::once) return;
  const uint32_t end = std::max(st.position, st.head_position);
  // "from 18.8 percent to 18.0 percent": only the first is of an earlier period.
  const bool from_old = host && host->statement->host < 0 && !st.change && states_previous(*host->statement, *host);
  if (host && !from_old) draft.period = states_previous(st, draft) ? previous_period(st, *host) : host->period;
  if (!draft.period) {
    draft.period = period_left_of(end, direction, about, &draft);
    if (stock && draft.period && draft.modality == "actual") close(*draft.period);
  }
  // "That was up 27.5 percent" is of the period that the figure was of.
  const bool goes_on = st.carried && draft.modality == "actual" &&
                       (st.head == kNoNode || s_->node(st.head).tag == Tag::noun);
  if (goes_on && !draft.period) {
    if (auto last = last_of_metric_.find(st.metric); last != last_of_metric_.end()) draft.period = last->second;
  }
  if (!draft.period && !goes_on) draft.period = period_right_of(end, stock, direction, about);
  if (draft.period && draft.period->from == "sentence" && !may_be_of(draft, *draft.period)) draft.period.reset();
  if (!draft.period) draft.period = period_of_kind(st, draft);
  if (!draft.period) draft.period = carried_period(draft);
  // "fell from 18.8 percent to 18.0 percent": the first is of an earlier period.
  if (!host && states_previous(st, draft) && draft.period) draft.period = previous_period(st, draft);
}

// The nearest body, regulator or analyst to the left: it is the source, not the subject.
uint32_t Resolver::source_left_of(uint32_t position) const {
  for (uint32_t i = position; i-- > 0;) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::company || s_->node(n).entity == kNoNode) continue;
    const auto& sources = pack_.resolution.source_kinds;
    if (std::find(sources.begin(), sources.end(), entity_of(n).kind) != sources.end())
      return static_cast<uint32_t>(s_->node(n).entity);
  }
  return kNoEntity;
}

std::string Resolver::modality_of(const Statement& st, std::string_view cue, Draft& draft) const {
  const auto& outlooks = pack_.resolution.outlook_modalities;
  if (std::find(outlooks.begin(), outlooks.end(), cue) == outlooks.end()) return std::string(cue);
  const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(st.metric));
  if (metric.as_is) return "actual";
  if (uint32_t source = source_left_of(std::max(st.position, st.head_position)); source != kNoEntity) {
    draft.attributed_to = pack_.lexicon.entity(source).name;
    return "forecast";
  }
  if (draft.company.industry && metric.time != TimeKind::once) return "forecast";
  return metric.outlook ? "guidance" : "plan";
}

// A mention with a modality of its own keeps its words to itself: "above the estimate of 19.3 billion, an increase of 8 percent".
bool Resolver::is_of_another(Span cue, const Statement& st) const {
  const auto keeps = [&](int32_t index) {
    if (index == kNoNode || index == st.value || s_->node(index).modality.empty()) return false;
    const Tag tag = s_->node(index).tag;
    return (tag == Tag::reference || tag == Tag::aside) && s_->node(index).span.contains(cue);
  };
  return std::any_of(s_->node_at.begin(), s_->node_at.end(), [&](int32_t n) {
    return n != kNoNode && (keeps(n) || keeps(s_->node(n).slot(Slot::reference)));
  });
}

void Resolver::read_modality(const Statement& st, Draft& draft) {
  draft.modality = "actual";
  const Node& value = s_->node(st.value);
  auto text_at = [&](uint32_t byte) { return byte < s_->origin.size() ? s_->origin[byte] : s_->span.end; };
  uint32_t clause = s_->span.begin;
  const uint32_t low = std::min(st.position, st.head_position);
  for (uint32_t b : boundaries_) {
    if (b < low) clause = std::max(clause, text_at(b));
  }
  // The nearest cue to the left of the value, in its clause; strong ones anywhere in it. A cue behind counts if it says
  // so.
  const Cue* nearest = nullptr;
  uint32_t best = 0;
  const uint32_t left_end =
      std::max(value.core.begin, st.head == kNoNode ? 0 : std::min(s_->node(st.head).span.end, s_->span.end));
  const uint32_t reach_end = std::max(left_end, text_at(draft.right_limit));
  auto first = std::lower_bound(m_->cues.begin(), m_->cues.end(), clause,
                                [](const CueHit& hit, uint32_t at) { return hit.span.begin < at; });
  for (; first != m_->cues.end() && first->span.begin < reach_end; ++first) {
    const CueHit& hit = *first;
    const Cue& cue = pack_.cues.all()[hit.cue];
    if (hit.span.begin >= left_end && !cue.follows) continue;
    if (is_of_another(hit.span, st)) continue;
    if (cue.strong) {
      nearest = &cue;
      best = reach_end;  // nothing said before it counts
      break;
    }
    if (!nearest || hit.span.begin >= best) {
      nearest = &cue;
      best = hit.span.begin;
    }
  }
  const auto& outlooks = pack_.resolution.outlook_modalities;
  const auto looks_ahead = [&](std::string_view cue) { return std::find(outlooks.begin(), outlooks.end(), cue) != outlooks.end(); };
  if (nearest && metric_of(draft).is_specification() && looks_ahead(nearest->modality)) nearest = nullptr;
  std::string_view set = metric_of(draft).modality;
  if (!value.modality.empty()) set = value.modality;
  if (st.head != kNoNode && !s_->node(st.head).modality.empty()) set = s_->node(st.head).modality;
  if (st.rule && !st.rule->set.modality.empty()) set = st.rule->set.modality;
  if (!set.empty()) {
    draft.modality = set;
  } else if (nearest) {
    draft.modality = modality_of(st, nearest->modality, draft);
  } else if (intro_ && intro_->cue) {
    draft.modality = modality_of(st, intro_->cue->modality, draft);
  }
  if (st.host >= 0 && set.empty()) {
    const Draft& host = drafts_[static_cast<size_t>(st.host)];
    uint32_t host_at = text_at(host.statement->position);
    if (!nearest || best < host_at) {
      draft.modality = host.modality;
      draft.attributed_to = host.attributed_to;
    }
  }
  const auto& silent = pack_.resolution.silent_modalities;
  draft.silent = std::find(silent.begin(), silent.end(), draft.modality) != silent.end();
  for (const Node* node : {&value, st.head != kNoNode ? &s_->node(st.head) : nullptr}) {
    if (node && !node->status.empty()) draft.status = node->status;
  }
  if (st.rule && !st.rule->set.status.empty() && !states_previous(st, draft)) draft.status = st.rule->set.status;
}

// A figure of days to come is none that somebody counted.
void Resolver::look_ahead(Draft& draft) const {
  const Metric& metric = metric_of(draft);
  if (draft.modality != "actual" || !draft.period || !published_ || published_inferred_) return;
  if (metric.time == TimeKind::timeless || draft.period->date.days.from <= *published_) return;
  if (metric.time == TimeKind::once) return;  // in force until then, or said to be to come
  draft.modality = draft.company.industry ? "forecast" : metric.outlook ? "guidance" : "plan";
}

void Resolver::read_source(Draft& draft) {
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (int32_t on = s_->node(n).slot(Slot::stated_on); on != kNoNode && draft.stated_on.empty()) {
      if (auto day = resolve_period(on, "clause", Direction::past, {}); day && day->date.text != published_text_)
        draft.stated_on = day->date.text;
    }
    int32_t speaker = s_->node(n).slot(Slot::speaker);
    if (speaker == kNoNode || !draft.attributed_to.empty()) continue;
    const Node& who = s_->node(speaker);
    if (who.entity == kNoNode) continue;
    const Entity& e = pack_.lexicon.entity(static_cast<uint32_t>(who.entity));
    bool same = draft.company.entity == static_cast<uint32_t>(who.entity) || e.tag == Tag::anaphor;
    if (!same && (e.tag == Tag::person || e.tag == Tag::company)) draft.attributed_to = e.name;
  }
}

}  // namespace factmill
