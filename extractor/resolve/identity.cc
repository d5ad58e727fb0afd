// One statement, one fact: repeated statements become evidence of the first, and every fact gets its id.
#include <algorithm>

#include "base/hash.h"
#include "resolve/audit.h"
#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr size_t kMaxAlike =
    256;  // facts of one amount that a new one is compared with; only a dump of figures has more

// An absent slot agrees with anything.
bool agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

bool same_amount(const Fact& a, const Fact& b) {
  return a.value == b.value && a.value_low == b.value_low && a.value_high == b.value_high && a.unit == b.unit;
}

bool same_statement(const Fact& a, const Fact& b) {
  return a.metric == b.metric && a.measure == b.measure && a.company == b.company && same_amount(a, b) &&
         agree(a.basis, b.basis) && agree(a.model, b.model) && agree(a.variant, b.variant) &&
         agree(a.segment, b.segment) && agree(a.feature, b.feature) && agree(a.region, b.region) &&
         agree(a.counterparty, b.counterparty) && agree(a.period, b.period) && agree(a.status, b.status) &&
         a.modality == b.modality && a.per == b.per;
}

// What two facts must have in common to be one statement at all.
std::string amount_key(const Fact& f) {
  std::string key;
  for (const std::string* s : {&f.metric, &f.measure, &f.company, &f.unit, &f.per, &f.modality}) (key += *s) += '\x1F';
  for (const std::optional<Decimal>* d : {&f.value, &f.value_low, &f.value_high})
    (key += *d ? (*d)->to_string() : "") += '\x1F';
  return key;
}

std::string identity(const Fact& f) {
  std::string key;
  auto part = [&](std::string_view s) {
    key += s;
    key += '\x1F';
  };
  auto number = [&](const std::optional<Decimal>& d) { part(d ? d->to_string() : ""); };
  for (const std::string* s : {&f.doc_id, &f.metric, &f.measure, &f.basis, &f.company, &f.brand, &f.model, &f.variant,
                               &f.industry, &f.segment, &f.region, &f.counterparty, &f.feature}) {
    part(*s);
  }
  number(f.value);
  number(f.value_low);
  number(f.value_high);
  for (const std::string* s : {&f.unit, &f.per, &f.period, &f.period_kind, &f.modality, &f.status}) part(*s);
  for (const auto& [name, value] : f.attributes) part(name + "=" + value);
  return key;
}

}  // namespace

void Resolver::keep(Fact fact) {
  fact.doc_id = doc_->doc_id;
  std::vector<size_t>& alike = alike_[amount_key(fact)];
  for (size_t i = 0; i < std::min(alike.size(), kMaxAlike); ++i) {
    Fact& known = facts_[alike[i]];
    if (!same_statement(known, fact)) continue;
    for (Evidence& e : fact.evidence) {
      // Statements come sentence by sentence: only this one's evidence can be there already.
      bool there = false;
      for (auto k = known.evidence.rbegin(); k != known.evidence.rend() && k->end > fact.sentence.begin && !there;
           ++k) {
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
    return;
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
  fact.pack = pack_.label();
  alike.push_back(facts_.size());
  facts_.push_back(std::move(fact));
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
  for (Fact& fact : facts_) fact.fact_id = hash128(identity(fact)).to_hex();
  audit(facts_);
  const auto earlier = [](const Fact& a, const Fact& b) { return a.evidence[0].start < b.evidence[0].start; };
  // Most documents state their facts in order, and a fact is dear to move.
  if (!std::is_sorted(facts_.begin(), facts_.end(), earlier)) std::stable_sort(facts_.begin(), facts_.end(), earlier);
  return std::move(facts_);
}

}  // namespace factmill
