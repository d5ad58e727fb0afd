#include "statement/attach.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"

namespace factmill {
namespace {

constexpr size_t kReach = 160;     // tagged bytes that a gap may span
constexpr size_t kLeadParagraphs = 2;
constexpr size_t kBeside = 60;      // tagged bytes to a metric that a unit needs beside it
constexpr int kValueCrossed = 14;  // deductions
constexpr int kHeadCrossed = 9;
constexpr int kWordBetween = 1;
constexpr int kNeedsMet = 6;             // a metric that asks for a slot beats one that does not
constexpr int kStatedBefore = 1;         // of two metrics with the same noun, the one that the document has stated
constexpr int kStatedLast = 2;           // of two metrics with the same unit, the one stated last
constexpr int kOwnChange = 2;            // "shares fell 3 percent": of two metrics, the one whose changes have a name
constexpr int kCarriedMetricCosts = 12;  // a head of its own is better than one that goes on
constexpr int kHostOnly = 1000;          // in a link's own test the other links give hosts, but win over nothing
constexpr int kShareBetween = 60;  // a share between an amount and its change
constexpr int kOftenStated = 4;            // times that make a metric what a text is about
constexpr int kLeastPrice = 1000;          // a number that may be money without a currency beside it
constexpr uint32_t kCurrencyReach = 600;   // bytes from the last amount of money to such a number
constexpr size_t kMet = 4096;        // tagged texts that are remembered; one whose place is taken goes
constexpr size_t kMaxMet = 400;      // bytes of one
constexpr TagSet kStated = (kValueTags & ~tag_bit(Tag::date)) | tag_bit(Tag::change) | tag_bit(Tag::when) | tag_bit(Tag::reference);
constexpr int kBareNumberNeeds = 60;     // a plain small number needs a tight frame

// A change whose reduction kept no value states nothing.
bool attachable(const Node& node) {
  if (node.tag != Tag::when && node.value == kNoNode) return false;
  return is_value(node.tag) ? node.tag != Tag::date
                            : node.tag == Tag::change || node.tag == Tag::when || node.tag == Tag::reference;
}

// Does a gap see through this mention?
bool transparent(Tag tag) { return is_transparent(tag) || tag == Tag::change || tag == Tag::reference; }

int words_in(std::string_view gap) {
  int words = 0;
  bool inside = false;
  for (char c : gap) {
    bool word = std::isalnum(static_cast<unsigned char>(c)) || is_tag_byte(c);
    words += word && !inside;
    inside = word;
  }
  return words;
}

}  // namespace

struct Attacher::Edge {
  Statement statement;
  int score = 0;
};

// The text between two mentions without what is transparent. Blanks and commas around it close up:
//   "noun, {change}, was value"  over " was "      a pair of commas goes with the mention
//   "value {when}, {change}"     over ", "
void Attacher::read_gap(size_t begin, size_t end) {
  ++gaps_read_;
  gap_.clear();
  crossed_values_ = crossed_heads_ = 0;
  crossed_change_ = false;
  bool skipped = false;
  for (size_t i = begin; i < end; ++i) {
    char c = s_->tagged[i];
    if (is_tag_byte(c)) {
      const Tag tag = tag_of_byte(c);
      if (tag == Tag::change) crossed_change_ = true;
      if (transparent(tag)) {
        skipped = true;
        continue;
      }
      if (is_value(tag)) ++crossed_values_;
      if (is_head(tag)) ++crossed_heads_;
    }
    if (skipped && c == ' ' && (gap_.empty() || gap_.back() == ' ')) {
      if (!gap_.empty()) continue;
    } else if (skipped && c == ',') {
      bool blank = !gap_.empty() && gap_.back() == ' ';
      if (blank) gap_.pop_back();
      if (!gap_.empty() && gap_.back() == ',') {
        gap_.pop_back();
        skipped = false;
        continue;
      }
    }
    // Brackets that held nothing else: "21,180 ({change}), including".
    if (c == '(' && i + 1 < end && is_tag_byte(s_->tagged[i + 1]) && transparent(tag_of_byte(s_->tagged[i + 1]))) {
      skipped = true;
      continue;
    }
    if (c == ')' && skipped) continue;
    if (c != ' ') skipped = false;
    gap_ += c;
  }
}

// Does the sentence hold a mention for each of these slots?
bool Attacher::has_slots(const std::vector<Slot>& slots) const {
  return std::all_of(slots.begin(), slots.end(), [&](Slot slot) {
    Tag tag = tag_of(slot_name(slot));
    return std::any_of(s_->nodes.begin(), s_->nodes.end(),
                       [&](const Node& n) { return n.tag == tag || n.slot(slot) != kNoNode; });
  });
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

int Attacher::deduction() const {
  return crossed_values_ * kValueCrossed + crossed_heads_ * kHeadCrossed + std::min(20, words_in(gap_) * kWordBetween);
}

void Attacher::offer(Edge edge) {
  edge.statement.score = edge.score;
  if (best_.empty() || edge.score > best_.front().score) {
    best_.clear();
    best_.push_back(edge.statement);
  }
}

void Attacher::note_stop(std::string why, size_t value_at, size_t head_at, const std::string& rule, const std::string& metric, int score) {
  if (!trace_) return;
  trace_->push_back({static_cast<uint32_t>(value_at), s_->readable(s_->tagged.substr(head_at, 1)), rule, metric,
                     s_->readable(gap_), score, std::move(why)});
}

// As far as the tagged text tells: may the frame state this value of this head, over the gap read last?
bool Attacher::fits(size_t value_at, size_t head_at, const Frame& frame) {
  const std::string_view tagged = s_->tagged;
  const Tag tag = tag_of_byte(tagged[value_at]);
  if (!(frame.values & tag_bit(tag == Tag::when ? Tag::date : tag))) return false;
  if (frame.needs_change && !crossed_change_) return false;
  const Node& head = s_->node(s_->node_at[head_at]);
  if (trace_ && (!rated(s_->node(s_->node_at[value_at]), frame.per) || (frame.carried && !carries(head)))) return false;
  const size_t left = std::min(value_at, head_at), right = std::max(value_at, head_at);
  if (frame.before && !frame.before->matches_part(tagged.substr(0, left))) {
    note_stop("what stands before", value_at, head_at, frame.id, "", frame.score);
    return false;
  }
  if (frame.after && !frame.after->matches_part(tagged.substr(right + 1))) {
    note_stop("what stands behind", value_at, head_at, frame.id, "", frame.score);
    return false;
  }
  return true;
}

void Attacher::weigh_frame(size_t value_at, size_t head_at, const Frame& frame, int deduction) {
  const int32_t v = s_->node_at[value_at], h = s_->node_at[head_at];
  const Node& value = s_->node(v);
  const Node& head = s_->node(h);
  if (!rated(value, frame.per)) return;
  const bool carried = carries(head);
  if (frame.carried && !carried) return;
  const bool event_date = value.tag == Tag::when;
  const int score = frame.score - deduction - (carried ? kCarriedMetricCosts : 0);
  const auto stop = [&](std::string why, const std::string& metric, int at_score) {
    note_stop(std::move(why), value_at, head_at, frame.id, metric, at_score);
  };

  auto try_metric = [&](int index, bool negative) {
    const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(index));
    if (frame.as_metric < 0 && !frame.metrics.empty() &&
        std::find(frame.metrics.begin(), frame.metrics.end(), index) == frame.metrics.end()) {
      return stop("the frame is for other metrics", metric.id, score);
    }
    bool takes = false;
    uint16_t unit = 0;
    if (event_date) {
      takes = metric.accepts & tag_bit(Tag::date);
    } else if (value.tag == Tag::change || value.tag == Tag::reference || value.tag == Tag::multiple) {
      takes = takes_change(metric, value) && (value.tag != Tag::reference || may_refer(metric, value));
    } else {
      const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
      takes = accepts(metric, value.tag, amount.unit);
      if (!takes) takes = (unit = borrowed_unit(metric, value)) != 0;
      if (takes && value.tag == Tag::number && amount.bare && score < kBareNumberNeeds)
        return stop("a bare number needs a tighter frame", metric.id, score);
    }
    if (!takes) return stop("the metric takes no such value", metric.id, score);
    if (!frame.set.flag.empty() && is_of_amount(metric, value)) return stop("a share changes by points", metric.id, score);
    if (!has_slots(metric.needs)) return stop("a slot that it needs is not in the sentence", metric.id, score);
    stop("", metric.id, score);
    Edge edge;
    bool stated = was_stated(index) || is_led(index);
    const bool own_change = !metric.changes_as.empty() && value.tag == Tag::change;
    edge.score = score + (metric.needs.empty() ? 0 : kNeedsMet) + (stated ? kStatedBefore : 0) +
                 (own_change ? kOwnChange : 0);
    edge.statement = {.value = v,
                      .head = h,
                      .rule = &frame,
                      .metric = index,
                      .unit = unit,
                      .change = value.tag == Tag::change || value.tag == Tag::multiple,
                      .negative = negative,
                      .carried = carried,
                      .position = static_cast<uint32_t>(value_at),
                      .head_position = static_cast<uint32_t>(head_at)};
    offer(edge);
  };
  if (frame.as_metric >= 0 && head.metric < 0 && head.hit != kNoNode) {
    const Name& named = m_->names[static_cast<size_t>(head.hit)];
    for (uint32_t r = named.readings; r < named.readings + named.count; ++r) {
      const NameReading& reading = m_->index().reading(r);
      bool fits = is_head(reading.tag) &&
                  (frame.metrics.empty() || std::find(frame.metrics.begin(), frame.metrics.end(),
                                                      static_cast<int>(reading.index)) != frame.metrics.end());
      if (fits) return try_metric(frame.as_metric, reading.negative != head.negative);
    }
    return stop("the frame is for other metrics", "", score);
  }
  if (head.metric >= 0) {
    const bool fits = frame.metrics.empty() ||
                      std::find(frame.metrics.begin(), frame.metrics.end(), head.metric) != frame.metrics.end();
    if (frame.as_metric >= 0 && !fits) return stop("the frame is for other metrics", "", score);
    return try_metric(frame.as_metric >= 0 ? frame.as_metric : head.metric, head.negative != kept_sign(head));
  }
  if (head.metric == kCarried) {
    if (auto last = carried_metric(value, head.among)) try_metric(last->metric, last->negative);
    return;
  }
  const Name& name = m_->names[static_cast<size_t>(head.hit)];
  const NameIndex& index = m_->index();
  // A change says nothing of its unit: it goes with what the same head already states.
  if (value.tag == Tag::change || value.tag == Tag::multiple) {
    for (const Statement& s : *statements_) {
      if (s.head == h && !s.change) return try_metric(s.metric, s.negative);
    }
  }
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = index.reading(r);
    if (is_head(reading.tag) && reading.index == kCarriedMetric) {
      if (auto last = carried_metric(value)) try_metric(last->metric, last->negative);
      continue;
    }
    if (is_head(reading.tag)) try_metric(static_cast<int>(reading.index), reading.negative != head.negative);
  }
}

// What a reference stands beside is stated in the same kind of unit.
bool Attacher::may_refer(const Metric& metric, const Node& reference) const {
  if (reference.value == kNoNode) return false;
  const Value& amount = m_->values.values[static_cast<size_t>(reference.value)];
  return accepts(metric, static_cast<Tag>(static_cast<uint8_t>(amount.type) + static_cast<uint8_t>(Tag::number)), amount.unit);
}

// A head that a reduction made out of another keeps its sign: "net loss" of "net loss per ADS".
bool Attacher::kept_sign(const Node& head) const {
  if (head.hit == kNoNode) return false;
  const Name& name = m_->names[static_cast<size_t>(head.hit)];
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    if (const NameReading& reading = m_->index().reading(r); is_head(reading.tag)) return reading.negative;
  }
  return false;
}

// Calls use(head_at, frame, deduction) for each frame that fits, head by head.
template <class Use>
void Attacher::each_fitting(size_t value_at, Use use) {
  const std::string_view tagged = s_->tagged;
  const size_t reach_end = std::min(tagged.size(), value_at + kReach + 1);
  for (size_t i = value_at - std::min(value_at, kReach); i < reach_end; ++i) {
    if (!is_tag_byte(tagged[i]) || !is_head(tag_of_byte(tagged[i]))) continue;
    const size_t left = std::min(i, value_at), right = std::max(i, value_at);
    const bool noun = tag_of_byte(tagged[i]) == Tag::noun;
    const bool value_left = value_at < i;
    const FrameTable& table = noun ? (value_left ? pack_.rules.value_noun : pack_.rules.noun_value)
                                   : (value_left ? pack_.rules.value_verb : pack_.rules.verb_value);
    read_gap(left + 1, right);
    const int less = deduction();
    const std::vector<int>& matches = gaps_.matches_whole(table.gaps, gap_);
    if (matches.empty()) note_stop("no frame has this gap", value_at, i, "", "", 0);
    for (int f : matches) {
      const Frame& frame = table.frames[static_cast<size_t>(f)];
      if (fits(value_at, i, frame)) use(i, frame, less);
    }
  }
}

// The frames that fit, of all values that the sentence may state; from memory where a sentence with the same text was met lately.
const std::vector<Attacher::Meeting>& Attacher::meetings() {
  if (met_.empty()) met_.resize(kMet);
  Met& met = met_[hash64(s_->tagged) % kMet];
  if (met.tagged == s_->tagged) return met.meetings;
  met.tagged = s_->tagged;
  met.meetings.clear();
  for (size_t at = 0; at < s_->tagged.size(); ++at) {
    if (!is_tag_byte(s_->tagged[at]) || !(tag_bit(tag_of_byte(s_->tagged[at])) & kStated)) continue;
    each_fitting(at, [&](size_t head_at, const Frame& frame, int less) {
      met.meetings.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(head_at), &frame, less});
    });
  }
  return met.meetings;
}

void Attacher::weigh_heads(size_t value_at) {
  if (trace_ || s_->tagged.size() > kMaxMet) {
    each_fitting(value_at, [&](size_t head_at, const Frame& frame, int less) {
      if (only_frame_.empty() || frame.id == only_frame_) weigh_frame(value_at, head_at, frame, less);
    });
    return;
  }
  for (const Meeting& m : *meetings_) {
    if (m.value_at == value_at && (only_frame_.empty() || m.frame->id == only_frame_)) weigh_frame(value_at, m.head_at, *m.frame, m.deduction);
  }
}

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
      const bool of_amount = value.tag == Tag::change && host.metric == metric && is_of_amount(m, value);
      if (of_amount && !link.set.flag.empty()) why = "a share changes by points";
      if (!change && value.tag == Tag::reference && !may_refer(m, value)) why = "the metric takes no such value";
      if (!change && value.tag != Tag::reference) {
        const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
        if (!host.change && !accepts(m, value.tag, amount.unit) && lends_unit(m, unit_of(host), value)) unit = unit_of(host);
        if (unit == 0 && link.same_type && host_value.tag != value.tag &&
            !(host_value.tag == Tag::quantity && value.tag == Tag::number) &&
            !(host_value.tag == Tag::number && value.tag == Tag::quantity) && host_value.tag != Tag::change) {
          why = "another kind of value";
        } else if (unit == 0 && !accepts(m, value.tag, amount.unit)) {
          why = "the metric takes no such value";
        } else if (amount.bare && value.tag == Tag::number && link.score - less < kBareNumberNeeds) {
          why = "a bare number needs a tighter link";
        }
      }
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
      edge.score = link.score - less - (host_only ? kHostOnly : 0) - (of_amount && follows_amount(k) ? kShareBetween : 0);
      edge.statement = {.value = v,
                        .head = host.head,
                        .host = k,
                        .rule = &link,
                        .link = &link,
                        .metric = metric,
                        .unit = unit,
                        .change = change,
                        .negative = host.negative,
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
    if (!only_link_.empty() && link.id != only_link_) continue;
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
    } else if (value.tag == Tag::number && m_->values.values[static_cast<size_t>(value.value)].bare) {
      why = "a bare number needs a tighter link";
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
      bool has_all = has_slots(implied.needs) && has_slots(metrics[i].needs);
      // A figure of a market that is named beside itself also goes on from where the document has spoken of it.
      const bool spoken_of = metrics[i].about_industry && std::ranges::find(implied.beside, metrics[i].id) != implied.beside.end() &&
                             (market_lead_ || was_stated(static_cast<int>(i)) || is_led(static_cast<int>(i)));
      const bool goes_on = last && last->metric == static_cast<int>(i);
      const bool latest = statements_->empty() && !stated_.empty() && stated_.back().metric == static_cast<int>(i) &&
                          node.tag == Tag::quantity;
      if (!implied.beside.empty() && !(implied.goes_on && goes_on) && !latest && !spoken_of && !stands_beside(implied.beside, value_at)) continue;
      if (trace_) {
        trace_->push_back({static_cast<uint32_t>(value_at), "its unit", "", metrics[i].id, "", implied.score,
                           has_all ? "" : "a slot that it needs is not in the sentence"});
      }
      if (!has_all || !only_frame_.empty()) continue;
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

bool Attacher::carries(const Node& head) const {
  if (head.metric != -1 || head.hit == kNoNode) return head.metric == kCarried;
  const Name& name = m_->names[static_cast<size_t>(head.hit)];
  return name.count == 1 && m_->index().reading(name.readings).index == kCarriedMetric;
}

// Is the amount a rate by one of these units, where any are asked for?
bool Attacher::rated(const Node& value, const std::vector<std::string>& per) const {
  if (per.empty()) return true;
  if (value.value == kNoNode) return false;
  std::string_view by = value.per;
  if (uint16_t unit = m_->values.values[static_cast<size_t>(value.value)].per; by.empty() && unit != 0)
    by = pack_.values.unit(unit).name;
  return std::find(per.begin(), per.end(), by) != per.end();
}

bool Attacher::is_less(const Node& value, const std::optional<Decimal>& least) const {
  return least && value.value != kNoNode && m_->values.values[static_cast<size_t>(value.value)].low < *least;
}

// A change says nothing of its unit. Where it stands before the level of the same head, the level decides of which
// metric both are: "sales rose 5 percent to 44.2 trillion won".
void Attacher::name_changes_by_levels() {
  for (size_t i = 0; i < statements_->size(); ++i) {
    Statement& change = (*statements_)[i];
    if (!change.change || change.link || change.head == kNoNode) continue;
    for (size_t k = i + 1; k < statements_->size(); ++k) {
      const Statement& level = (*statements_)[k];
      if (level.head != change.head || level.change || level.link) continue;
      change.metric = level.metric;
      change.negative = level.negative;
      break;
    }
  }
}

// A date changes to nothing, and a metric whose changes in percent have a name has none in points.
bool Attacher::takes_change(const Metric& metric, const Node& value) const {
  if (metric.time == TimeKind::event) return false;
  // A rank or a run has no change of its own.
  if (value.tag != Tag::reference && (metric.accepts & tag_bit(Tag::ordinal))) return false;
  const bool points = value.value != kNoNode && m_->values.values[static_cast<size_t>(value.value)].type == ValueType::points;
  if (value.tag == Tag::change && points && !(metric.accepts & tag_bit(Tag::percent))) return false;  // what counts cars moves by cars or percent
  return metric.changes_as.empty() || value.tag == Tag::reference ||
         m_->values.values[static_cast<size_t>(value.value)].type != ValueType::points;
}

// A share changes by points: a change in percent beside it is of what it is a share of.
bool Attacher::is_of_amount(const Metric& metric, const Node& change) const {
  if (change.tag != Tag::change || change.list || change.value == kNoNode || !metric.about_industry) return false;
  constexpr TagSet kAmounts = tag_bit(Tag::number) | tag_bit(Tag::quantity) | tag_bit(Tag::money);
  const bool share = (metric.accepts & tag_bit(Tag::percent)) != 0 && (metric.accepts & kAmounts) == 0 && metric.units.empty();
  return share && m_->values.values[static_cast<size_t>(change.value)].type == ValueType::percent;
}

// Was an amount stated in the sentence before this statement: "10.6 GWh, accounting for 32.8 percent, up 7.4 percent"?
bool Attacher::follows_amount(int statement) const {
  for (int k = 0; k < statement; ++k) {
    const Statement& s = (*statements_)[static_cast<size_t>(k)];
    const Tag tag = s_->node(s.value).tag;
    if (!s.change && (tag == Tag::number || tag == Tag::quantity)) return true;
  }
  return false;
}

uint16_t Attacher::unit_of(const Statement& statement) const {
  if (statement.unit != 0) return statement.unit;
  const int32_t value = s_->node(statement.value).value;
  return value == kNoNode ? uint16_t{0} : m_->values.values[static_cast<size_t>(value)].unit;
}

// May the number be an amount in this unit, of this metric? Words ("one") and plain figures beside money are none.
bool Attacher::lends_unit(const Metric& metric, uint16_t unit, const Node& number) const {
  if (unit == 0 || number.tag != Tag::number || number.value == kNoNode || number.list) return false;
  const Value& amount = m_->values.values[static_cast<size_t>(number.value)];
  if (amount.unit != 0 || amount.per != 0 || amount.in_words) return false;
  switch (pack_.values.unit(unit).type) {
    case UnitType::currency: return !amount.bare && accepts(metric, Tag::money, unit);
    case UnitType::time: return accepts(metric, Tag::duration, unit);
    case UnitType::count:
    case UnitType::physical: return accepts(metric, Tag::quantity, unit);
    default: return false;
  }
}

// The unit of a number that has none: that of what the sentence stated before it ("3.9 seconds, and the other takes 6.6");
// an amount of some size behind the price of a car is in the currency spoken of last. 0: none.
uint16_t Attacher::borrowed_unit(const Metric& metric, const Node& number) const {
  if (number.tag != Tag::number || number.value == kNoNode) return 0;
  const auto& values = m_->values.values;
  const Value& amount = values[static_cast<size_t>(number.value)];
  for (auto s = statements_->rbegin(); s != statements_->rend(); ++s) {
    if (const uint16_t unit = unit_of(*s); !s->change && lends_unit(metric, unit, number)) return unit;
  }
  if (!metric.carries_model || amount.bare || amount.last_digit < 0 || amount.low < Decimal(kLeastPrice)) return 0;
  for (auto i = static_cast<size_t>(number.value); i-- > 0;) {
    const Value& before = values[i];
    if (before.span.begin + kCurrencyReach < amount.span.begin) return 0;
    if (before.type == ValueType::money && before.per == 0) return lends_unit(metric, before.unit, number) ? before.unit : uint16_t{0};
  }
  return 0;
}

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
    const TagSet kinds = stated.accepts;
    if (change) {
      if (!takes_change(stated, value)) return false;
      // A share changes by points, an amount in percent.
      const bool amount = (kinds & (tag_bit(Tag::number) | tag_bit(Tag::quantity) | tag_bit(Tag::money))) != 0 || !stated.units.empty();
      const ValueType type = m_->values.values[static_cast<size_t>(value.value)].type;
      return type == ValueType::points ? static_cast<bool>(kinds & tag_bit(Tag::percent)) : amount || type != ValueType::percent;
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

Attacher::Attacher(const RulePack& pack) : pack_(pack) {
  const auto& metrics = pack.metrics.all();
  for (size_t i = 0; i < metrics.size(); ++i) {
    for (const Implied& implied : metrics[i].implied) {
      if (implied.unit >= implied_.size()) implied_.resize(implied.unit + 1);
      implied_[implied.unit].emplace_back(i, &implied);
    }
  }
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

void Attacher::restrict_to(const std::string& rule) {
  const auto& links = pack_.rules.links;
  const auto& carried = pack_.rules.carried_links;
  const auto is_it = [&](const Link& l) { return l.id == rule; };
  const bool link = std::ranges::any_of(links, is_it) || std::ranges::any_of(carried, is_it);
  only_link_ = link ? rule : "";
  only_frame_ = link ? "" : rule;
}

void Attacher::attach(const TaggedSentence& sentence, const Mentions& mentions, std::vector<Statement>& statements,
                      std::vector<int32_t>& unclaimed, std::vector<EdgeTrace>* trace) {
  s_ = &sentence;
  m_ = &mentions;
  statements_ = &statements;
  trace_ = trace;
  if (!trace_ && sentence.tagged.size() <= kMaxMet) meetings_ = &meetings();
  for (size_t at = 0; at < sentence.tagged.size(); ++at) {
    int32_t n = sentence.node_at[at];
    if (n == kNoNode || !attachable(sentence.node(n))) continue;
    const int32_t value = sentence.node(n).value;
    if (sentence.node(n).tag == Tag::number && looks_like_year(mentions.values.values[static_cast<size_t>(value)]))
      continue;
    best_.clear();
    weigh_heads(at);
    if (sentence.node(n).tag != Tag::when) {
      if (only_frame_.empty()) weigh_links(at);
      weigh_implied(at);
      if (best_.empty() && only_frame_.empty()) weigh_carried(at);
    }
    if (!best_.empty()) {
      statements.push_back(best_.front());
    } else if (is_value(sentence.node(n).tag) && sentence.node(n).tag != Tag::ordinal) {
      unclaimed.push_back(n);
    }
  }
  name_changes_by_levels();
  for (const Statement& s : statements) {
    if (!s.change) note_stated({s.metric, s.negative});
  }
}

void Attacher::note_stated(Stated stated) {
  const auto known = std::ranges::find(stated_, stated.metric, &Stated::metric);
  stated.times = known == stated_.end() ? 1 : known->times + 1;
  if (known != stated_.end()) stated_.erase(known);
  stated_.push_back(stated);
}

}  // namespace factmill
