// Who a statement is about: its own context, the sentence to the left, what was spoken of before, the document.
#include <algorithm>

#include "base/ascii.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr std::string_view kSeveral = "several";  // of rules: a count of some together that are not named beside it

bool is_subject(Tag tag) {
  return tag == Tag::company || tag == Tag::anaphor || tag == Tag::stranger || tag == Tag::industry;
}

}  // namespace

Resolver::Company Resolver::company_of_node(int32_t index, std::string_view from) const {
  const Node& node = s_->node(index);
  if (node.tag == Tag::stranger) return {kNoEntity, from, true, false};
  if (node.tag == Tag::industry) return {kNoEntity, from, false, true};
  if (node.tag == Tag::anaphor) {
    if (node.entity == kNoNode) return {};
    const auto known = static_cast<uint32_t>(node.entity);
    return {entity_at(known).tag == Tag::person ? entity_at(known).owner : known, from, false, false};  // "Elon Musk's carmaker"
  }
  if (node.list && node.item_count > 0 && node.tag == Tag::company) {  // "CATL and Sinopec will build": the first speaks
    Company first = company_of_node(s_->items[node.first_item], from);
    first.together = index;
    return first;
  }
  if (node.entity == kNoNode) return {};
  const Entity& e = entity_at(static_cast<uint32_t>(node.entity));
  uint32_t company = e.tag == Tag::company ? static_cast<uint32_t>(node.entity) : e.owner;
  if (company == kNoEntity) return {};
  if (is_source(company)) return {};
  return {company, from, false, false};
}

// The name that a node is, or that a reduction folded into a head or a value: "Huawei's volume", "Tesla (#1)".
int32_t Resolver::name_in(int32_t index) const {
  const Node& node = s_->node(index);
  if (is_subject(node.tag) || node.tag == Tag::model) return index;
  if (node.tag == Tag::ordinal && node.slot(Slot::company) == kNoNode) return node.slot(Slot::model);  // "the ID.3 third with 610"
  if (is_head(node.tag) || is_value(node.tag) || node.tag == Tag::change) return node.slot(Slot::company);
  return kNoNode;
}

bool Resolver::names_any(uint32_t from, uint32_t to) const {
  return std::any_of(s_->node_at.begin() + from, s_->node_at.begin() + std::max(from, to), [&](int32_t n) { return n != kNoNode && name_in(n) != kNoNode; });
}

// Does the clause have a subject of its own to the left, of which this may be stated?
bool Resolver::names_subject(const Statement& st) const {
  const Company named = company_left_of(std::max(st.position, st.head_position));
  const bool outsider = is_outsider(named.entity) && !pack_.metrics.metric(static_cast<uint32_t>(st.metric)).about_outsider;
  return named.entity != kNoEntity && !named.aside && named.from != "sentence" && !outsider;
}

// The nearest subject to the left in the sentence; a name that is no subject only where its clause has no other. A generic
// "the company" passes on to what it stands for; a bracket that has been closed keeps its names: "34,060 (Onvo 11,190), 20,620".
Resolver::Company Resolver::company_left_of(uint32_t position, uint32_t limit, bool markets) const {
  Company aside;
  bool in_clause = true, spoken_of = false;
  int closed = 0;
  for (uint32_t i = position; i-- > limit;) {
    i = outside(i, position);
    if (std::binary_search(boundaries_.begin(), boundaries_.end(), i + 1)) in_clause = false;
    if (!in_clause && aside.entity != kNoEntity) return aside;
    if (s_->tagged[i] == ')') ++closed;
    if (s_->tagged[i] == '(' && closed > 0) --closed;
    if (closed > 0) continue;
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    if (markets && s_->node(n).tag == Tag::region && std::binary_search(places_.begin(), places_.end(), i) &&
        aside.entity == kNoEntity)
      return {kNoEntity, in_clause ? "clause" : "sentence", false, true};
    n = name_in(n);
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (node.tag == Tag::anaphor && node.entity == kNoNode) {
      if (const Company meant = company_of_country(n); meant.entity != kNoEntity) return meant;
      // "Together with Ford the company sold": who it stands for was spoken of before.
      spoken_of = true;
      aside = {};
      continue;
    }
    Company company = company_of_node(n, in_clause ? "clause" : "sentence");
    if (company.entity == kNoEntity && !company.stranger && !company.industry) continue;
    // "The SUV undercuts the Model Y": what was spoken of before goes on.
    if (rival(i) && (last_subject_.entity != kNoEntity || speaks_of_model(i))) continue;
    if (!oblique(i) || company.entity == kNoEntity || speaks_until(i, position)) return company;
    if (aside.entity == kNoEntity && !spoken_of) {
      aside = company;
      aside.aside = true;
    }
  }
  return aside;
}

// "The Swedish carmaker", "South Korea's biggest battery maker": the one spoken of, if it is at home there, else the last one named
// that is. A phrase of the lexicon itself names no country.
Resolver::Company Resolver::company_of_country(int32_t anaphor) const {
  const Node& node = s_->node(anaphor);
  if (node.hit != kNoNode) return {};
  std::vector<NameHit> hits;
  finder_.names().find(doc_->text, node.span, hits);
  std::string_view country;
  for (const NameHit& hit : hits) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag != Tag::region) continue;
    const Entity& region = entity_at(reading.index);
    country = region.home.empty() ? region.name : region.home;
    break;
  }
  if (country.empty()) return {};
  const auto is_home = [&](uint32_t company) { return company != kNoEntity && !is_source(company) && entity_at(company).home == country; };
  if (const Company spoken = spoken_of(); is_home(spoken.entity)) return spoken;
  const auto behind = std::lower_bound(m_->names.begin(), m_->names.end(), node.span.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; });
  for (auto name = std::make_reverse_iterator(behind); name != m_->names.rend(); ++name) {
    if (name->entity == kNoEntity) continue;
    if (name->tag != Tag::company && name->tag != Tag::model) continue;
    const uint32_t company = name->tag == Tag::company ? name->entity : entity_at(name->entity).owner;
    if (is_home(company)) return {company, "paragraph", false, false};
  }
  return is_home(main_company_) ? Company{main_company_, "title", false, false} : Company();
}

// The person whose figure it is, if no company stands nearer: "Zeng's stake", "Lei Jun sees his interest go down".
Resolver::Company Resolver::person_left_of(uint32_t position) const {
  for (uint32_t i = position; i-- > 0;) {
    i = outside(i, position);
    const int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (node.tag == Tag::person && node.entity != kNoNode) return {static_cast<uint32_t>(node.entity), "clause", false, false};
    if (name_in(n) != kNoNode) break;
  }
  return {};
}

void Resolver::read_company(const Statement& st, Draft& draft) {
  std::string_view whose = s_->node(st.value).subject;
  if (whose.empty() && st.head != kNoNode) whose = s_->node(st.head).subject;
  if (whose == kSeveral) {  // "the combined share of the three makers"
    draft.slots[static_cast<size_t>(Slot::company)] = kNoNode;
    draft.company.together = st.head;
    return;
  }
  if (whose == "nobody") {  // everybody's, whoever stands beside it
    draft.slots[static_cast<size_t>(Slot::company)] = kNoNode;
    return;
  }
  if (int32_t own = draft.slots[static_cast<size_t>(Slot::company)]; own != kNoNode) {
    if (s_->node(own).list && s_->node(st.value).list) {
      draft.company = {kNoEntity, "clause", false, false};  // one company an item
      return;
    }
    // "SK On, which makes cells for VW and Ford, will spend $5 billion": a list beside one value is none of subjects where there is one.
    if (s_->node(own).list && st.host < 0) {
      const Company subject = company_left_of(std::max(st.position, st.head_position));
      if (subject.entity != kNoEntity && !subject.aside) {
        draft.slots[static_cast<size_t>(Slot::company)] = kNoNode;
        draft.company = subject;
        return;
      }
    }
    draft.company = company_of_node(own, "clause");
    if (draft.company.entity != kNoEntity) return;
  }
  if (metric_of(draft).about_person && st.host < 0) {
    draft.company = person_left_of(std::max(st.position, st.head_position));
    if (draft.company.entity != kNoEntity) return;
  }
  // "put $650 million into Xpeng at $14 per ADS": the shares are Xpeng's.
  if (whose == "counterparty") {
    for (const Draft& other : drafts_) {
      const int32_t party = other.slots[static_cast<size_t>(Slot::counterparty)];
      if (&other != &draft && party != kNoNode) draft.company = company_of_node(party, "clause");
    }
    if (draft.company.entity != kNoEntity) return;
  }
  if (st.host >= 0) {
    const Statement& host = *drafts_[static_cast<size_t>(st.host)].statement;
    // A change is of its host's subject, unless the link goes on to another one.
    if (!passes_parts(st) && (!st.change || (st.link && !st.link->drop.empty())))
      draft.company = company_left_of(st.position, std::max(host.position, host.head_position));
    if (draft.company.entity == kNoEntity) draft.company = drafts_[static_cast<size_t>(st.host)].company;
    return;
  }
  uint32_t high = std::max(st.position, st.head_position);
  const Metric& metric = metric_of(draft);
  const bool may_be_nobodys = metric.about_company && !metric.needs_subject;
  if (st.head != kNoNode && s_->node(st.head).subject == "industry" && !may_be_nobodys) {
    if (!speaks_of_cars(st, draft)) return;
    draft.company = {kNoEntity, "clause", false, true};
    // "The Model Y led, despite a drop in the country's registrations": a model beside it is not what they are of.
    for (const Slot slot : {Slot::model, Slot::variant}) draft.slots[static_cast<size_t>(slot)] = s_->node(st.head).slot(slot);
    return;
  }
  draft.company = company_left_of(high, 0, metric.about_industry);
  // "With 20,176 deliveries in August, NIO was glad": whose they are stands behind the phrase.
  if (draft.company.entity == kNoEntity && !draft.company.stranger && !draft.company.industry && !fronted_.empty() && fronted_.front() > high) {
    const int32_t name = s_->node_at[fronted_.front()];
    draft.company = company_of_node(name, "sentence");
    if (draft.company.entity != kNoEntity && s_->node(name).tag == Tag::model) draft.slots[static_cast<size_t>(Slot::model)] = name;
    if (draft.company.entity != kNoEntity && metric.about_company) return;
  }
  if (draft.company.entity == kNoEntity && !draft.company.stranger && !draft.company.industry && metric.about_company) {
    draft.company = company_of_speaker(high, true);
    if (draft.company.entity != kNoEntity) return;
  }
  if (!metric.about_company && !metric.about_model && !draft.company.industry) draft.company = {};
  const bool left_behind =
      draft.company.from == "sentence" && st.head != kNoNode && s_->node(st.head).subject == "market" && !speaks_on(st);
  if ((left_behind || (draft.company.entity == kNoEntity && !draft.company.stranger)) && is_of_market(st, draft)) {
    draft.company = {kNoEntity, "clause", false, true};
    return;
  }
  // "EVs at 19.1 percent share": a kind of car that nobody in the clause owns.
  const bool of_kind = draft.slots[static_cast<size_t>(Slot::segment)] != kNoNode && draft.company.from != "clause";
  if (metric.industry_first && of_kind && !may_be_own_part(draft) && !draft.company.stranger && !begins_with_anaphor() && !has_pronoun(high)) {
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
  if (const Company speaker = company_of_speaker(high, false); speaker.entity != kNoEntity) {
    draft.company = speaker;
    return;
  }
  const Company market{kNoEntity, "title", false, true};
  // "The KBA counted 24,000 new registrations."
  if (metric.about_industry && (!metric.about_company || counts_market(high, draft))) {
    draft.company = market;
    return;
  }
  // "NEV sales rose 44 percent, against 9.8 percent for all automobile sales": the market speaks on.
  for (const Draft& other : drafts_) {
    if (&other == &draft || !other.company.industry || !metric.about_industry) continue;
    draft.company = other.company;
    return;
  }
  // Figures of the whole market go on until somebody is named: "Europe exported 5,000. Exports were".
  if (market_speaks_ && metric.about_industry && !goes_on_with_somebody(st)) {
    draft.company = market;
    return;
  }
  if (const uint32_t parent = parent_spoken_of(high); parent != kNoEntity) {
    draft.company = {parent, "paragraph", false, false};
    return;
  }
  for (const Company* known : {&last_subject_, &section_subject_}) {
    if (known->industry && !metric.about_industry) continue;
    if (known->entity == kNoEntity && !known->stranger && !known->industry) continue;
    if (metric.of_results && is_bystander(*known)) continue;
    draft.company = *known;
    draft.company.from = "paragraph";
    return;
  }
  // "The group delivered 30,050, 15,330 of them from Onvo and 4,320 from Firefly": whose brands these are.
  if (begins_with_anaphor()) {
    if (const uint32_t parent = parent_of_named(); parent != kNoEntity) {
      draft.company = {parent, "sentence", false, false};
      return;
    }
  }
  // "It delivered", "its share": the paragraph goes on with whom the one before was about; a part of the article's company is
  // not meant.
  const bool of_part = previous_topic_ != kNoEntity && main_company_ != kNoEntity && entity_at(previous_topic_).owner == main_company_;
  if (previous_topic_ != kNoEntity && !of_part && !metric.carries_model &&
      (speaks_on(st) || (first_of_paragraph_ && (goes_on() || begins_with_anaphor())))) {
    draft.company = {previous_topic_, "paragraph", false, false};
    return;
  }
  // "EV sales in the U.S. amounted to 655,699, according to data from Ward's": nobody's, unless the title names somebody.
  if (metric.about_industry && !title_names_company_ && !speaks_on(st) && is_cited() &&
      (draft.slots[static_cast<size_t>(Slot::segment)] != kNoNode || draft.slots[static_cast<size_t>(Slot::region)] != kNoNode)) {
    draft.company = market;
    return;
  }
  // "Meanwhile, Hyundai sold 343,824 vehicles. / Domestic sales rose": in an article on several, of the one whose these were last.
  const bool counted = std::ranges::any_of(last_company_of_, [&](const auto& last) { return last.second == previous_topic_; });
  if (counted && first_of_paragraph_ && !metric.carries_model && metric.about_industry && previous_topic_ != kNoEntity && (!title_names_company_ || titles_several_)) {
    draft.company = {previous_topic_, "paragraph", false, false};
    return;
  }
  // The same of one metric, until a company has it.
  if (std::find(industry_metrics_.begin(), industry_metrics_.end(), st.metric) != industry_metrics_.end()) {
    draft.company = {kNoEntity, "paragraph", false, true};
    return;
  }
  if (metric.about_industry && (about_market_ || may_be_of_market(draft) || (metric.industry_first && !title_names_company_ && !(names_nobody_ && is_short_ && !of_kind)))) {
    draft.company = market;
  } else if (previous_subject_.entity != kNoEntity && !main_is_clear_ && metric.about_industry && !goes_on_with_somebody(st)) {
    draft.company = market;
  } else if (previous_subject_.entity != kNoEntity && !main_is_clear_ && !metric.carries_model) {
    draft.company = previous_topic_ != kNoEntity ? Company{previous_topic_, "paragraph", false, false} : previous_subject_;
  } else if (main_company_ != kNoEntity) {
    draft.company = {main_company_, "title", false, false};
  }
}

// Is somebody meant who was spoken of before: "its EV share"? Asked of the sentence up to this byte of its tagged text.
bool Resolver::has_pronoun(uint32_t end) const {
  return pack_.resolution.topic_pronouns.stands_in(std::string_view(s_->tagged).substr(0, end));
}

// Does the clause of the head say that somebody's figure is meant who was spoken of before: "its share", "the company has a
// share of"?
bool Resolver::speaks_on(const Statement& st) const {
  const uint32_t low = std::min(st.position, st.head_position), high = std::max(st.position, st.head_position), begin = clause_begin(low);
  for (uint32_t i = begin; i < high; ++i) {
    const int32_t n = s_->node_at[i];
    if (n != kNoNode && s_->node(n).tag == Tag::anaphor) return true;
  }
  const std::string_view clause = std::string_view(s_->tagged).substr(begin, high - begin);
  return pack_.resolution.pronouns.stands_in(clause) || owns_head(st);
}

// "trimmed its forecast of exports": is the head somebody's who was spoken of before? Owned is what stands right behind the word.
bool Resolver::owns_head(const Statement& st) const {
  constexpr uint32_t kOwnedBytes = 24;
  const uint32_t low = std::min(st.position, st.head_position), begin = clause_begin(low);
  const uint32_t head = std::max(begin, st.head == kNoNode ? low : st.head_position);
  const uint32_t from = std::max(begin, head - std::min(head, kOwnedBytes));
  return pack_.resolution.possessives.stands_in(std::string_view(s_->tagged).substr(from, head - from));
}

// A count of several together, "Hyundai and Kia sold 46,826", is of none of them; of one and its own brands, it is that one's. A
// change without a count is of each: "NIO and Xpeng rose 5 percent".
bool Resolver::is_joint(const Draft& draft, int count) const {
  const Statement& st = *draft.statement;
  const Node& value = s_->node(st.value);
  if (draft.company.together == kNoNode || count > 1 || value.list || value.subject == "each" || !metric_of(draft).about_industry) return false;
  const bool said = draft.company.together == st.head;  // "their combined deliveries rose 12 percent"
  if (st.change && !said && (st.host < 0 || drafts_[static_cast<size_t>(st.host)].statement->change)) return false;
  const Node& list = s_->node(draft.company.together);
  if (!list.list) return true;
  const auto is_own = [&](int32_t item) {
    const uint32_t named = company_of_node(item, "").entity;
    return named == draft.company.entity || (named != kNoEntity && entity_at(named).owner == draft.company.entity);
  };
  if (std::all_of(&s_->items[list.first_item], &s_->items[list.first_item] + list.item_count, is_own)) return false;
  return !pack_.resolution.each_words.stands_in(s_->tagged) && !has_pairing();
}

// Does the sentence begin with a word for the one spoken of, "it", "its sales"?
bool Resolver::begins_with_pronoun() const {
  const std::string_view tagged = s_->tagged;
  const size_t end = std::min(tagged.find_first_of(" ,'"), tagged.size());
  return pack_.resolution.pronouns.stands_in(tagged.substr(0, end)) || pack_.resolution.possessives.stands_in(tagged.substr(0, end));
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
  if (company.entity == topic_) return false;  // the paragraph is about it: "Nissan also posted a decline. Operating profit fell"
  return std::find(reporters_.begin(), reporters_.end(), company.entity) == reporters_.end();
}

// Where the speaker of the sentence names himself: "our"; behind its end where he does not.
size_t Resolver::first_own_word() const {
  const auto& own = pack_.resolution.own_words;
  std::array<Span, 1> match;
  return own && own->find(s_->tagged, 0, match) ? match[0].begin : s_->tagged.size();
}

// "We delivered 20,000 cars," said somebody of a company: whose they are. Where one speaks of himself, "Separately, Nio said it had
// 3,542 stations", nobody else comes before.
Resolver::Company Resolver::company_of_speaker(uint32_t position, bool of_himself) const {
  const bool own = first_own_word() < position;
  const auto is_meant = [&](uint32_t speaker) {
    const std::string_view said = std::string_view(s_->tagged).substr(speaker, position - speaker);
    return pack_.resolution.pronouns.stands_in(said) || pack_.resolution.possessives.stands_in(said);
  };
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const int32_t speaker = s_->node(n).slot(Slot::speaker);
    if (speaker != kNoNode) n = speaker;
    else if (!own || of_himself) continue;
    if (of_himself && (i >= position || !is_meant(i))) continue;
    const Tag tag = s_->node(n).tag;
    if (tag != Tag::person && tag != Tag::company) continue;
    if (const Company company = company_of_node(n, "sentence"); company.entity != kNoEntity) return company;
  }
  return {};
}

}  // namespace factmill
