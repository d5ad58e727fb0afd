// One statement, one fact: repeated statements become evidence of the first, and every fact gets its id.
#include <algorithm>

#include "base/hash.h"
#include "resolve/audit.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr size_t kUsualFacts = 48;  // of a document; a fact is dear to move
constexpr size_t kMaxAlike =
    256;  // facts of one amount that a new one is compared with; only a dump of figures has more

// An absent slot agrees with anything.
bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

bool same_amount(const Fact& a, const Fact& b) {
  return a.value == b.value && a.value_low == b.value_low && a.value_high == b.value_high && a.unit == b.unit;
}

// The same attribute with another text: phase 1 and phase 2.
bool attributes_agree(const Fact& a, const Fact& b) {
  return std::all_of(a.attributes.begin(), a.attributes.end(), [&](const auto& one) {
    return std::all_of(b.attributes.begin(), b.attributes.end(), [&](const auto& other) { return one.first != other.first || one.second == other.second; });
  });
}

bool same_statement(const Fact& a, const Fact& b) {
  return a.metric == b.metric && a.measure == b.measure && a.company == b.company && same_amount(a, b) &&
         agree(a.basis, b.basis) && agree(a.model, b.model) && agree(a.variant, b.variant) &&
         agree(a.segment, b.segment) && agree(a.feature, b.feature) && agree(a.region, b.region) &&
         agree(a.counterparty, b.counterparty) && agree(a.period, b.period) && agree(a.status, b.status) &&
         a.modality == b.modality && a.per == b.per && attributes_agree(a, b);
}

// Parts of a key, each ended by a byte that no part has.
void add_part(std::string& key, std::string_view part) { (key += part) += '\x1F'; }

void add_number(std::string& key, const std::optional<Decimal>& number) {
  if (number) number->append_to(key);
  key += '\x1F';
}

// What two facts must have in common to be one statement at all.
void write_amount(const Fact& f, std::string& key) {
  key.clear();
  for (const std::string* s : {&f.metric, &f.measure, &f.company, &f.unit, &f.per, &f.modality}) add_part(key, *s);
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high}) add_number(key, *d);
}

void write_identity(const Fact& f, std::string& key) {
  key.clear();
  for (const std::string* s : {&f.doc_id, &f.metric, &f.measure, &f.basis, &f.company, &f.brand, &f.model, &f.variant,
                               &f.industry, &f.segment, &f.region, &f.counterparty, &f.feature}) {
    add_part(key, *s);
  }
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high}) add_number(key, *d);
  for (const std::string* s : {&f.unit, &f.per, &f.period, &f.period_kind, &f.modality, &f.status}) add_part(key, *s);
  for (const auto& [name, value] : f.attributes) add_part((key += name) += '=', value);
}

}  // namespace

void Resolver::keep(Fact&& fact) {
  fact.doc_id = doc_->doc_id;
  write_amount(fact, key_);
  const auto [alike, fresh] = alike_.try_emplace(hash64(key_), Alike{});
  size_t at = fresh ? facts_.size() : alike->second.first;
  for (size_t i = 0; i < kMaxAlike && at < facts_.size(); ++i, at = next_alike_[at]) {
    if (!same_statement(facts_[at], fact)) continue;
    if (drops_) drops_->push_back({fact.evidence.front().text, fact.metric, "stated before, at byte " + std::to_string(facts_[at].evidence.front().start)});
    return merge(std::move(fact), facts_[at]);
  }
  fact.path = doc_->source.path;
  fact.member = doc_->source.member;
  fact.offset = doc_->source.offset;
  fact.url = doc_->source.url;
  if (doc_->charset != "UTF-8") fact.charset = doc_->charset;
  fact.title = doc_->title;
  fact.site = doc_->site;
  fact.lang = doc_->lang;
  fact.published = published_text_;
  fact.published_from = published_from_;
  fact.pack = pack_label_;
  const size_t index = facts_.size();
  if (fresh) {
    alike->second.first = index;
  } else {
    next_alike_[alike->second.last] = index;
  }
  alike->second.last = index;
  next_alike_.push_back(SIZE_MAX);
  if (facts_.empty()) facts_.reserve(kUsualFacts);
  facts_.push_back(std::move(fact));
}

// The same statement once more: its evidence, and what is fuller in it.
void Resolver::merge(Fact&& fact, Fact& known) {
  for (Evidence& e : fact.evidence) {
    // Statements come sentence by sentence: only this one's evidence can be there already.
    bool there = false;
    for (auto k = known.evidence.rbegin(); k != known.evidence.rend() && k->end > fact.sentence.begin && !there; ++k) {
      there = k->start == e.start && k->end == e.end;
    }
    if (!there) known.evidence.push_back(std::move(e));
  }
  // The fuller record wins, slot by slot.
  for (auto slot : {&Fact::basis, &Fact::model, &Fact::variant, &Fact::segment, &Fact::feature, &Fact::region,
                    &Fact::counterparty, &Fact::status}) {
    if (known.*slot == "") known.*slot = fact.*slot;
  }
  if (known.period.empty()) {
    for (auto slot : {&Fact::period, &Fact::period_start, &Fact::period_end, &Fact::period_kind, &Fact::period_from})
      known.*slot = fact.*slot;
  }
  if (!known.stated_alt) known.stated_alt = fact.stated_alt;
}

std::vector<Fact> Resolver::finish() {
  if (article_rate_) {
    Fact fact;
    fact.metric = "fx_rate";
    fact.value = *article_rate_;
    fact.unit = "CNY";
    fact.per = "USD";
    fact.rule = "fx_note";
    Span raw = doc_->to_raw(rate_span_);
    fact.evidence.push_back({raw.begin, raw.end, doc_->raw_text(raw)});
    fact.sentence = raw;
    keep(std::move(fact));
  }
  for (Fact& fact : facts_) {
    write_identity(fact, key_);
    fact.fact_id = hash128(key_).to_hex();
  }
  std::vector<std::string> shares;
  for (const Metric& metric : pack_.metrics.all()) {
    if (metric.is_share) shares.push_back(metric.id);
  }
  audit(facts_, shares);
  const auto earlier = [](const Fact& a, const Fact& b) { return a.evidence[0].start < b.evidence[0].start; };
  // Most documents state their facts in order, and a fact is dear to move.
  if (!std::is_sorted(facts_.begin(), facts_.end(), earlier)) std::stable_sort(facts_.begin(), facts_.end(), earlier);
  return std::move(facts_);
}

}  // namespace factmill
