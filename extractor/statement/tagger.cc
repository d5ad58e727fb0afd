#include "statement/tagger.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace factmill {
namespace {

// Tagged bytes of one piece. Prose stays far below; what is longer is a dump of figures, and work that grows with the
// square of a sentence's length would never end.
constexpr size_t kMaxTagged = 4096;

Tag tag_of_value(ValueType type) {
  return static_cast<Tag>(static_cast<uint8_t>(type) + static_cast<uint8_t>(Tag::number));
}
static_assert(static_cast<uint8_t>(Tag::duration) - static_cast<uint8_t>(Tag::number) ==
              static_cast<uint8_t>(ValueType::duration));

Node value_node(const Value& value, size_t index) {
  Node node;
  node.tag = tag_of_value(value.type);
  node.span = value.outer;
  node.core = value.span;
  node.value = static_cast<int32_t>(index);
  return node;
}

Node name_node(const Name& name, size_t index) {
  Node node;
  node.tag = name.tag;
  node.span = node.core = name.span;
  node.hit = static_cast<int32_t>(index);
  node.entity = name.entity == kNoEntity ? kNoNode : static_cast<int32_t>(name.entity);
  return node;
}

constexpr std::array<std::string_view, 15> kGrains = {"day",    "week",   "month",   "quarter", "half",   "year",    "range",  "hour",
                                                      "minute", "second", "weekend", "season",  "decade", "century", "holiday"};
constexpr std::array<std::string_view, 3> kAnchors = {"absolute", "published", "context"};
constexpr std::array<std::string_view, 7> kRoles = {"plain", "as_of", "by", "since", "until", "ytd", "cumulative"};

bool date_is(const DateSpec& date, std::string_view what) {
  return kGrains[static_cast<size_t>(date.grain)] == what || kAnchors[static_cast<size_t>(date.anchor)] == what ||
         kRoles[static_cast<size_t>(date.role)] == what;
}

}  // namespace

namespace {

// Where the next emphasis of marked-up text begins, two or more marks: "**DC charging**: 30 kW"; else `end`.
uint32_t next_emphasis(std::string_view text, uint32_t from, uint32_t end) {
  const std::string_view part = text.substr(0, end);
  return static_cast<uint32_t>(std::min({part.find("**", from), part.find("__", from), size_t{end}}));
}

// The text between the mentions and the mentions, in their order; a mention that begins inside another is left out. Gives where
// the piece ends: at `span.end`, or before, where it would be too long.
template <class Out>
uint32_t walk(std::string_view text, Span span, const Mentions& mentions, MentionCursor& cursor, Out out) {
  const auto& values = mentions.values.values;
  const auto& names = mentions.names;
  while (cursor.value < values.size() && values[cursor.value].outer.begin < span.begin) ++cursor.value;
  while (cursor.name < names.size() && names[cursor.name].span.begin < span.begin) ++cursor.name;
  uint32_t at = span.begin;
  // False where the piece was full before `end`.
  auto text_up_to = [&](uint32_t end) {
    const auto room = static_cast<uint32_t>(kMaxTagged - std::min(kMaxTagged, out.size()));
    uint32_t stop = end;
    if (end > at && end - at > room) {
      stop = at + room;
      while (stop > at && is_utf8_tail(text[stop])) --stop;
    }
    for (uint32_t from = at; from < stop;) {
      const uint32_t mark = next_emphasis(text, from, stop);
      if (mark > from) out.add_text(text.substr(from, mark - from), from);
      for (from = mark; from < stop && text[from] == text[mark];) ++from;
    }
    at = std::max(at, stop);
    return at >= end && out.size() < kMaxTagged;
  };
  while (true) {
    while (cursor.value < values.size() && values[cursor.value].fraction) ++cursor.value;  // the rules read the words
    const bool has_value = cursor.value < values.size() && values[cursor.value].outer.end <= span.end;
    const bool has_name = cursor.name < names.size() && names[cursor.name].span.end <= span.end;
    if (!has_value && !has_name) {
      text_up_to(span.end);
      break;
    }
    const bool take_value = has_value && (!has_name || values[cursor.value].outer.begin <= names[cursor.name].span.begin);
    const Span mention = take_value ? values[cursor.value].outer : names[cursor.name].span;
    const bool inside = mention.begin < at;  // the one before
    if (!inside && !text_up_to(mention.begin)) break;
    const size_t index = take_value ? cursor.value++ : cursor.name++;
    if (inside) continue;
    at = mention.end;
    if (take_value) {
      out.add_value(values[index], index);
    } else {
      out.add_name(names[index], index);
    }
  }
  return at;
}

}  // namespace

void tag_sentence(std::string_view text, Span span, const Mentions& mentions, MentionCursor& cursor,
                  TaggedSentence& out) {
  struct Nodes {
    TaggedSentence& out;
    size_t size() const { return out.tagged.size(); }
    void add_text(std::string_view part, uint32_t at) { out.append_text(part, at); }
    void add_value(const Value& value, size_t index) { out.append_node(value_node(value, index)); }
    void add_name(const Name& name, size_t index) { out.append_node(name_node(name, index)); }
  };
  out.clear();
  out.span = span;
  out.span.end = walk(text, span, mentions, cursor, Nodes{out});
}

uint32_t tag_text(std::string_view text, Span span, const Mentions& mentions, MentionCursor& cursor, std::string& out) {
  struct Bytes {
    std::string& out;
    size_t size() const { return out.size(); }
    void add_text(std::string_view part, uint32_t) { append_tagged(out, part); }
    void add_value(const Value& value, size_t) { out += tag_byte(tag_of_value(value.type)); }
    void add_name(const Name& name, size_t) { out += tag_byte(name.tag); }
  };
  out.clear();
  return walk(text, span, mentions, cursor, Bytes{out});
}

bool MentionTest::is_one(const Node& node, std::string_view what) const {
  if (is_head(node.tag)) {
    if (node.metric >= 0) return pack_.metrics.metric(static_cast<uint32_t>(node.metric)).id == what;
    if (node.hit == kNoNode) return what == kCarriedName;
    const Name& name = mentions_.names[static_cast<size_t>(node.hit)];
    for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
      const NameReading& reading = mentions_.index().reading(r);
      if (!is_head(reading.tag)) continue;
      if (reading.index == kCarriedMetric ? what == kCarriedName : pack_.metrics.metric(reading.index).id == what) return true;
    }
    return false;
  }
  if (node.value != kNoNode) {
    const Value& value = mentions_.values.values[static_cast<size_t>(node.value)];
    if (value.type == ValueType::date) return date_is(mentions_.values.dates[value.date], what);
    if (what == "range") return value.is_range;
    if (value.qualifier != Qualifier::exact && what == qualifier_name(value.qualifier)) return true;
    if (what.front() >= '0' && what.front() <= '9') return !value.is_range && value.low.to_string() == what;
    if (what == "signed") return value.has_sign;
    if (what == "bare") return value.bare;
    if (what == "words") return value.in_words;
    if (what == "mark") return value.at_mark;
    if (what == "year" && value.type == ValueType::number) return looks_like_year(value);
    return pack_.values.unit(value.unit).name == what;
  }
  if (node.entity != kNoNode) {
    const Entity& entity = mentions_.entity(pack_.lexicon, static_cast<uint32_t>(node.entity));
    return entity.kind == what || entity.id == what || entity.name == what;
  }
  return false;
}

void MentionTest::add_metrics(const Node& head, MetricSet& metrics) const {
  if (head.metric >= 0) return metrics.add(head.metric);
  if (head.hit == kNoNode) return;
  const Name& name = mentions_.names[static_cast<size_t>(head.hit)];
  for (uint32_t r = name.readings; r < name.readings + name.count; ++r) {
    const NameReading& reading = mentions_.index().reading(r);
    if (is_head(reading.tag) && reading.index != kCarriedMetric) metrics.add(static_cast<int>(reading.index));
  }
}

bool MentionTest::same_unit(const Node& a, const Node& b) const {
  if (a.value == kNoNode || b.value == kNoNode) return true;
  return mentions_.values.values[static_cast<size_t>(a.value)].unit ==
         mentions_.values.values[static_cast<size_t>(b.value)].unit;
}

bool MentionTest::restates(const Node& amount, const Node& other) const {
  if (amount.value == kNoNode || other.value == kNoNode) return false;
  const Unit& a = pack_.values.unit(mentions_.values.values[static_cast<size_t>(amount.value)].unit);
  const Unit& b = pack_.values.unit(mentions_.values.values[static_cast<size_t>(other.value)].unit);
  return a.type == b.type && a.dimension == b.dimension && a.name != b.name && a.type != UnitType::count;
}

std::string MentionTest::text_of(const Node& node) const {
  if (node.value != kNoNode) {
    const Value& value = mentions_.values.values[static_cast<size_t>(node.value)];
    return value.is_range ? value.low.to_string() + "-" + value.high.to_string() : value.low.to_string();
  }
  if (node.entity != kNoNode) return mentions_.entity(pack_.lexicon, static_cast<uint32_t>(node.entity)).name;
  return {};
}

std::string MentionTest::unit_of(const Node& node) const {
  return node.value == kNoNode ? "" : pack_.values.unit(mentions_.values.values[static_cast<size_t>(node.value)].unit).name;
}

bool MentionTest::is(const TaggedSentence&, const Node& node, std::string_view what) const {
  bool negated = !what.empty() && what[0] == '!';
  if (negated) what.remove_prefix(1);
  for (size_t begin = 0; begin <= what.size();) {
    size_t bar = std::min(what.find('|', begin), what.size());
    // Of several with '&' all must hold: {quantity/km/h&range}.
    bool all = true;
    for (size_t part = begin; part <= bar && all;) {
      const size_t end = std::min(what.find('&', part), bar);
      all = is_one(node, what.substr(part, end - part));
      part = end + 1;
    }
    if (all) return !negated;
    begin = bar + 1;
  }
  return negated;
}

}  // namespace factmill
