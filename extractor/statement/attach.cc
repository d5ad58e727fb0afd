#include "statement/attach.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/hash.h"

namespace factmill {
namespace {

constexpr int kValueCrossed = 14;  // deductions
constexpr int kHeadCrossed = 9;
constexpr int kWordBetween = 1;
constexpr int kNeedsMet = 6;             // a metric that asks for a slot beats one that does not
constexpr int kOwnChange = 2;            // "shares fell 3 percent": of two metrics, the one whose changes have a name
constexpr int kCarriedMetricCosts = 12;  // a head of its own is better than one that goes on
constexpr size_t kMet = 4096;        // tagged texts that are remembered; one whose place is taken goes
constexpr size_t kMaxMet = 400;      // bytes of one
constexpr TagSet kStated = (kValueTags & ~tag_bit(Tag::date)) | tag_bit(Tag::change) | tag_bit(Tag::when) | tag_bit(Tag::reference);

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
    bool word = is_alnum(c) || is_tag_byte(c);
    words += word && !inside;
    inside = word;
  }
  return words;
}

}  // namespace

// The text between two mentions without what is transparent. Blanks and commas around it close up:
//   "noun, {change}, was value"  over " was "      a pair of commas goes with the mention
//   "value {when}, {change}"     over ", "
void Attacher::read_gap(size_t begin, size_t end) {
  ++gaps_read_;
  gap_.clear();
  crossed_values_ = crossed_heads_ = 0;
  bool skipped = false;
  for (size_t i = begin; i < end; ++i) {
    char c = s_->tagged[i];
    if (is_tag_byte(c)) {
      const Tag tag = tag_of_byte(c);
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
  // "NIO up 1.2 percent, Li Auto, at 6,100": a head that names whose it is takes nothing that stands before it.
  if (frame.carried && value_at < head_at && (head.slot(Slot::company) != kNoNode || head.slot(Slot::model) != kNoNode)) return;
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
      if (takes && is_bare(value, amount) && score < kBareNumberNeeds)
        return stop("a bare number needs a tighter frame", metric.id, score);
    }
    if (!takes) return stop("the metric takes no such value", metric.id, score);
    if (!may_be(metric, value)) {
      outdone_ = std::max(outdone_, score);
      return stop("no plausible amount of the metric", metric.id, score);
    }
    if (!frame.set.flag.empty() && is_of_amount(metric, value)) return stop("a share changes by points", metric.id, score);
    if (!has_slots(metric.needs)) return stop("a slot that it needs is not in the sentence", metric.id, score);
    stop("", metric.id, score);
    Edge edge;
    bool stated = was_stated(index) || is_led(index);
    const bool own_change = !metric.changes_as.empty() && value.tag == Tag::change;
    // "EV sales fell 43 percent": of the two that are called so, the one that counts.
    const bool of_kind = value.tag == Tag::change && head.slot(Slot::segment) != kNoNode && metric.about_industry;
    edge.score = score + (metric.needs.empty() ? 0 : kNeedsMet) + (stated ? kStatedBefore : 0) +
                 (own_change || of_kind ? kOwnChange : 0);
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
      if (takes(frame)) weigh_frame(value_at, head_at, frame, less);
    });
    return;
  }
  for (const Meeting& m : *meetings_) {
    if (m.value_at == value_at && takes(*m.frame)) weigh_frame(value_at, m.head_at, *m.frame, m.deduction);
  }
}

// Is it an amount that the metric may have? What is not, another metric may have: "priced at HK$263 a share" is no car's price. A
// list is asked for item by item when facts are made.
bool Attacher::may_be(const Metric& metric, const Node& node) const {
  if ((!metric.min && !metric.max) || node.list || node.value == kNoNode || node.slot(Slot::upper) != kNoNode) return true;
  if (!is_value(node.tag) && node.tag != Tag::reference) return true;
  const Value& v = m_->values.values[static_cast<size_t>(node.value)];
  if (v.is_range || v.type == ValueType::multiple || v.type == ValueType::date) return true;
  if (v.type == ValueType::number && metric.is_specification()) return true;  // its unit may stand beside another: "4.43 metres long and 1.86 wide"
  const bool converted = v.type == ValueType::quantity && node.unit.empty() && metric.unit != 0 && v.unit != metric.unit && pack_.values.unit(v.unit).standard == metric.unit;
  const std::optional<Decimal> amount = converted ? pack_.values.to_standard(v.low, v.unit) : v.low;
  return amount && metric.may_be(*amount);
}

bool Attacher::carries(const Node& head) const {
  if (head.metric != -1 || head.hit == kNoNode) return head.metric == kCarried;
  const Name& name = m_->names[static_cast<size_t>(head.hit)];
  return name.count == 1 && m_->index().reading(name.readings).index == kCarriedMetric;
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

Attacher::Attacher(const RulePack& pack) : pack_(pack) {
  const auto& metrics = pack.metrics.all();
  for (size_t i = 0; i < metrics.size(); ++i) {
    for (const Implied& implied : metrics[i].implied) {
      if (implied.unit >= implied_.size()) implied_.resize(implied.unit + 1);
      implied_[implied.unit].emplace_back(i, &implied);
    }
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
    outdone_ = 0;
    weigh_heads(at);
    // What a tighter frame says of it is not so, but a loose one knows no better: "the difference in market share is only 1.4 percent".
    if (!best_.empty() && !best_.front().rule->set.flag.empty() && best_.front().score < outdone_) best_.clear();
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
    const bool by_head = s.host < 0 && s.head != kNoNode && !s.carried;  // "Registrations fell 5 percent. BYD's rose by 3 percent."
    if (!s.change || by_head) note_stated({s.metric, s.negative});
  }
}

}  // namespace factmill
