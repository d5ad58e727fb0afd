// Attach: values that lean on an earlier value, on what was stated last, or that say by their unit what they are.
#include <algorithm>

#include "statement/attach.h"

namespace factmill {
namespace {

constexpr size_t kBeside = 60;      // tagged bytes to a metric that a unit needs beside it
constexpr int kStatedLast = 2;           // of two metrics with the same unit, the one stated last
constexpr int kHostOnly = 1000;          // in a link's own test the other links give hosts, but win over nothing
constexpr int kShareBetween = 60;  // a share between an amount and its change

}  // namespace

void Attacher::weigh_links(size_t value_at) {
  const int32_t v = s_->node_at[value_at];
  const Node& value = s_->node(v);
  for (int k = static_cast<int>(statements_->size()) - 1; k >= 0; --k) {
    const Statement& host = (*statements_)[static_cast<size_t>(k)];
    if (value_at - host.position > kReach) break;  // statements stand by position
    const Node& host_value = s_->node(host.value);
    // From the end of what the host states: its value, or its head where that stands behind ("20,000 deliveries").
    size_t from =
        host.head_position > host.position && host.head_position < value_at ? host.head_position : host.position;
    read_gap(from + 1, value_at);
    int less = deduction();
    const std::vector<int>& matches = gaps_.matches_whole(pack_.rules.link_gaps, gap_);
    if (matches.empty()) {
      if (trace_)
        trace_->push_back({static_cast<uint32_t>(value_at), "value " + std::to_string(k), "", "", s_->readable(gap_), 0,
                           "no link has this gap"});
      continue;
    }
    for (int l : matches) {
      const Link& link = pack_.rules.links[static_cast<size_t>(l)];
      if (link.id == left_out_) continue;
      if (!(link.left_values & tag_bit(host_value.tag)) || !(link.right_values & tag_bit(value.tag))) continue;
      int metric = link.metric >= 0 ? link.metric : host.metric;
      bool change = value.tag == Tag::change || value.tag == Tag::multiple || (link.as_change && host.change);
      const Metric& m = pack_.metrics.metric(static_cast<uint32_t>(metric));
      if (!link.metrics.empty() &&
          std::find(link.metrics.begin(), link.metrics.end(), host.metric) == link.metrics.end())
        continue;
      if (!rated(value, link.per) || is_less(value, link.least)) continue;
      std::string why;
      uint16_t unit = 0;
      if (link.as_change && !host.change) why = "the host is no change";
      if (change && m.time == TimeKind::event) why = "a date has no change";
      if (value.tag == Tag::change && host.metric == metric && !takes_change(m, value)) why = "the metric takes no such change";
      // "749,900 baht, 150,000 less": in what the host is stated in.
      if (value.tag == Tag::change && is_unit_missing(m, value)) {
        unit = unit_of(host);
        if (!lends_unit(m, unit, value)) why = "a change without a unit";
      }
      const bool of_amount = value.tag == Tag::change && host.metric == metric && is_of_amount(m, value);
      if (of_amount && !link.set.flag.empty()) why = "a share changes by points";
      if (!change && value.tag == Tag::reference && !may_refer(m, value)) {
        if (!host.change && lends_unit(m, unit_of(host), value)) unit = unit_of(host);
        else why = "the metric takes no such value";
      }
      // "the first decrease after seven consecutive increases"
      if (why.empty() && !change && value.tag == Tag::reference && link.score - less < kBareNumberNeeds) {
        const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
        if (amount.bare && amount.type == ValueType::number) why = "a bare number needs a tighter link";
      }
      if (!change && value.tag != Tag::reference) {
        const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
        if (!host.change && !accepts(m, value.tag, amount.unit) && lends_unit(m, unit_of(host), value)) unit = unit_of(host);
        if (unit == 0 && link.same_type && host_value.tag != value.tag &&
            !(host_value.tag == Tag::quantity && value.tag == Tag::number) &&
            !(host_value.tag == Tag::number && value.tag == Tag::quantity) && host_value.tag != Tag::change) {
          why = "another kind of value";
        } else if (unit == 0 && !accepts(m, value.tag, amount.unit)) {
          why = "the metric takes no such value";
        } else if (is_bare(value, amount) && link.score - less < kBareNumberNeeds) {
          why = "a bare number needs a tighter link";
        }
      }
      if (why.empty() && !change && !may_be(m, value)) why = "no plausible amount of the metric";
      if (trace_) {
        trace_->push_back({static_cast<uint32_t>(value_at), "value " + std::to_string(k), link.id, m.id,
                           s_->readable(gap_), link.score - less, why});
      }
      if (!why.empty()) continue;
      Edge edge;
      const bool host_only = !only_link_.empty() && link.id != only_link_;
      // "EVs took 35.2 percent of registrations, a rise of 25.8 percent": of what they are a share of.
      if (of_amount && host.head != kNoNode && s_->node(host.head).tag == Tag::verb) {
        if (const auto counted = carried_metric(value)) metric = counted->metric;
      }
      // "installed 10.6 GWh, or 32.8 percent of the market, up 7.4 percent": of the amount, unless the share has a head of its own before it.
      const int amount = of_amount ? amount_before(k) : -1;
      const bool own_head = host.head != kNoNode && host.head_position < host.position && s_->node(host.head).tag == Tag::noun;
      int to = amount >= 0 && !own_head ? amount : -1;
      if (value.tag == Tag::reference && !value.modality.empty()) to = whole_of(k);
      const bool passed_on = to >= 0;
      const Statement& of = passed_on ? (*statements_)[static_cast<size_t>(to)] : host;
      if (passed_on) metric = of.metric;
      edge.score = link.score - less - (host_only ? kHostOnly : 0) - (amount >= 0 && own_head ? kShareBetween : 0);
      edge.statement = {.value = v,
                        .head = of.head,
                        .host = passed_on ? to : k,
                        .rule = &link,
                        .link = &link,
                        .metric = metric,
                        .unit = unit,
                        .change = change,
                        .negative = of.negative,
                        .position = static_cast<uint32_t>(value_at),
                        .head_position = static_cast<uint32_t>(value_at)};
      offer(edge);
    }
  }
}

// What no head and no value of the sentence claims goes on with the metric stated last, if a rule says that it may.
void Attacher::weigh_carried(size_t value_at) {
  const int32_t v = s_->node_at[value_at];
  const Node& value = s_->node(v);
  const bool change = value.tag == Tag::change || value.tag == Tag::multiple;
  for (const Link& link : pack_.rules.carried_links) {
    if ((!only_link_.empty() && link.id != only_link_) || link.id == left_out_) continue;
    if (!(link.right_values & tag_bit(value.tag)) || !rated(value, link.per) || is_less(value, link.least)) continue;
    // A change may be of what was stated before something else that changes, too.
    const auto last = carried_metric(value, link.metrics.empty() || !change ? nullptr : &link.metrics, false);
    if (!last || (!link.metrics.empty() && std::ranges::find(link.metrics, last->metric) == link.metrics.end())) continue;
    const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(last->metric));
    std::string why;
    if (link.before && !link.before->matches_part(std::string_view(s_->tagged).substr(0, value_at))) {
      why = "what stands before";
    } else if (link.after && !link.after->matches_part(std::string_view(s_->tagged).substr(value_at + 1))) {
      why = "what stands behind";
    } else if (!has_slots(metric.needs)) {
      why = "a slot that it needs is not in the sentence";
    } else if (value.value != kNoNode && is_bare(value, m_->values.values[static_cast<size_t>(value.value)])) {
      why = "a bare number needs a tighter link";
    } else if (!change && !may_be(metric, value)) {
      why = "no plausible amount of the metric";
    }
    const auto at = static_cast<uint32_t>(value_at);
    if (trace_) trace_->push_back({at, "what was stated last", link.id, metric.id, "", link.score, why});
    if (!why.empty()) continue;
    Edge edge;
    edge.score = link.score;
    edge.statement = {.value = v, .rule = &link, .metric = last->metric, .change = change, .negative = last->negative,
                      .carried = true, .position = at, .head_position = at};
    offer(edge);
  }
}

void Attacher::weigh_implied(size_t value_at) {
  const int32_t v = s_->node_at[value_at];
  const Node& node = s_->node(v);
  if (node.metric >= 0 && only_frame_.empty() && is_value(node.tag)) {
    const auto at = static_cast<uint32_t>(value_at);
    if (trace_) trace_->push_back({at, "itself", "", pack_.metrics.metric(static_cast<uint32_t>(node.metric)).id, "",
                                node.score, ""});
    Edge edge;
    edge.score = node.score;
    edge.statement = {.value = v, .metric = node.metric, .position = at, .head_position = at};
    return offer(edge);
  }
  if (node.value == kNoNode || (node.tag != Tag::quantity && node.tag != Tag::duration)) return;
  const Value& amount = m_->values.values[static_cast<size_t>(node.value)];
  if (amount.unit >= implied_.size() || implied_[amount.unit].empty()) return;
  const auto& metrics = pack_.metrics.all();
  const auto last = carried_metric(node);
  for (const auto& [i, which] : implied_[amount.unit]) {
    const Implied& implied = *which;
    if (implied.per == amount.per) {
      const bool has_all = has_slots(implied.needs) && has_slots(metrics[i].needs);
      const std::string_view why = !has_all ? "a slot that it needs is not in the sentence" : !may_be(metrics[i], node) ? "no plausible amount of the metric" : "";
      // A figure of a market that is named beside itself also goes on from where the document has spoken of it.
      const bool spoken_of = metrics[i].about_industry && std::ranges::find(implied.beside, metrics[i].id) != implied.beside.end() &&
                             (market_lead_ || was_stated(static_cast<int>(i)) || is_led(static_cast<int>(i)));
      const bool goes_on = last && last->metric == static_cast<int>(i);
      const bool latest = statements_->empty() && !stated_.empty() && stated_.back().metric == static_cast<int>(i) &&
                          node.tag == Tag::quantity;
      if (!implied.beside.empty() && !(implied.goes_on && goes_on) && !latest && !spoken_of && !stands_beside(implied.beside, value_at)) continue;
      if (trace_) {
        trace_->push_back({static_cast<uint32_t>(value_at), "its unit", "", metrics[i].id, "", implied.score, std::string(why)});
      }
      if (!why.empty() || !only_frame_.empty()) continue;
      Edge edge;
      edge.score = implied.score + (was_stated(static_cast<int>(i)) ? kStatedBefore : 0) + (goes_on ? kStatedLast : 0);
      edge.statement = {.value = v,
                        .metric = static_cast<int>(i),
                        .position = static_cast<uint32_t>(value_at),
                        .head_position = static_cast<uint32_t>(value_at)};
      offer(edge);
    }
  }
}

// Is one of these metrics stated near the value, by an earlier value or by what a reduction made of words?
bool Attacher::stands_beside(const std::vector<std::string>& metrics, size_t value_at) const {
  auto is = [&](int metric) {
    if (metric < 0) return false;
    return std::ranges::find(metrics, pack_.metrics.metric(static_cast<uint32_t>(metric)).id) != metrics.end();
  };
  auto near = [&](size_t at) { return at + kBeside > value_at && at < value_at + kBeside; };
  if (std::ranges::any_of(*statements_, [&](const Statement& s) { return near(s.position) && is(s.metric); }))
    return true;
  const size_t end = std::min(s_->tagged.size(), value_at + kBeside);
  for (size_t i = value_at - std::min(value_at, kBeside); i < end; ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || i == value_at) continue;
    const Node& node = s_->node(n);
    if (node.metric >= 0 && is(node.metric)) return true;
  }
  return false;
}

bool Attacher::is_less(const Node& value, const std::optional<Decimal>& least) const {
  return least && value.value != kNoNode && m_->values.values[static_cast<size_t>(value.value)].low < *least;
}

// The amount stated last before this statement, in "10.6 GWh, accounting for 32.8 percent, up 7.4 percent"; -1: none.
int Attacher::amount_before(int statement) const {
  for (int k = statement - 1; k >= 0; --k) {
    const Statement& s = (*statements_)[static_cast<size_t>(k)];
    const Tag tag = s_->node(s.value).tag;
    if (!s.change && (tag == Tag::number || tag == Tag::quantity)) return k;
  }
  return -1;
}

// What the list of parts that a statement ends is one of: "72,056, including 17,081 from Onvo and 7,843 from Firefly, in line with
// the guidance of 72,000 to 75,000"; -1: it ends none.
int Attacher::whole_of(int statement) const {
  for (int k = statement; k >= 0;) {
    const Statement& s = (*statements_)[static_cast<size_t>(k)];
    if (s.host < 0 || s.change || s_->node(s.value).tag == Tag::reference) return -1;
    if (s.link && s.link->part) return s.host;
    k = s.host;
  }
  return -1;
}

}  // namespace factmill
