#include <optional>

#include "ruleset/metrics.h"
#include "ruleset/placeholder.h"
#include "ruleset/rules.h"

namespace factmill {

// Gaps are matched all at once, so that nothing in them can be captured or looked at.
std::string RuleReader::expand_gap(const RuleNode& node, const std::string& gap) const {
  ExpandedPattern expanded = expand(node, gap);
  for (const Restriction& restriction : expanded.restrictions)
    node.error("a gap takes no restriction (got '" + restriction.what + "')");
  return expanded.re2;
}

void RuleReader::add_gap(const RuleNode& node, PatternSet& set, const std::string& gap) const {
  if (Status added = set.add(gap, pattern_options()); !added) {
    node.error("not a pattern: " + added.error().message);
    (void)set.add("[^\\x00-\\xFF]", pattern_options());  // keeps the indexes in step
  }
}

namespace {

constexpr int kHighestScore = 150;  // more is a slip of the pen

int read_score(const RuleNode& node, const std::string& what) {
  const int score = node["score"].integer(0);
  if (score <= 0 || score > kHighestScore) node.error(what + " needs a score from 1 to " + std::to_string(kHighestScore));
  return score;
}

bool is_known(const RuleNode& node, const Placeholder& end) {
  if (!tags_called(end.tag).empty()) return true;
  node.error(unknown_tag(end.tag));
  return false;
}

// Cuts the placeholder ends off a frame or link: the gap stays.
bool cut_ends(const RuleNode& node, Placeholder& left, Placeholder& right, std::string& gap) {
  std::string frame = node.required_text();
  if (frame.empty()) return false;
  size_t left_end = 0, right_end = 0;
  size_t open = frame.rfind('{');
  auto l = frame.empty() || frame[0] != '{' ? std::nullopt : read_placeholder(frame, 0, left_end);
  auto r = open == std::string::npos || open == 0 ? std::nullopt : read_placeholder(frame, open, right_end);
  if (!l || !r || right_end != frame.size()) {
    node.error("must begin and end with a mention, as in '{noun} of {value}'");
    return false;
  }
  for (const Placeholder& end : {*l, *r}) {
    if (!is_known(node, end)) return false;
    if (!end.what.empty())
      node.error("an end takes no restriction (got '" + end.tag + "/" + end.what + "'; use metrics: or values:)");
  }
  left = *l;
  right = *r;
  gap = frame.substr(left_end, open - left_end);
  return true;
}

// "... {value}": no host in the sentence, the value goes on with the metric stated last.
constexpr std::string_view kCarriedLink = "... ";

bool cut_value(const RuleNode& node, Placeholder& value) {
  const std::string link = node.required_text();
  size_t end = 0;
  auto found = read_placeholder(link, kCarriedLink.size(), end);
  if (found && end == link.size() && found->what.empty()) {
    value = *found;
    return is_known(node, value);
  }
  node.error("behind '... ' stands one value, as in '... {change}'");
  return false;
}

TagSet values_of(const RuleNode& list, const Placeholder& end) {
  TagSet set = 0;
  if (end.tag != "value") {
    for (Tag tag : tags_called(end.tag)) set |= tag_bit(tag);
    return set;
  }
  for (const RuleNode& item : list.items()) {
    Tag tag = tag_of(item.text());
    if (is_value(tag) || tag == Tag::change || tag == Tag::reference) {
      set |= tag_bit(tag);
    } else {
      item.error("'" + item.text() + "' is not a value type");
    }
  }
  if (set == 0) {
    for (Tag tag : tags_called("value")) set |= tag_bit(tag);
    set |= tag_bit(Tag::multiple);
  }
  return set;
}

bool is_value_end(const Placeholder& p) {
  Tag tag = tag_of(p.tag);
  return p.tag == "value" || is_value(tag) || tag == Tag::change || tag == Tag::when || tag == Tag::reference;
}

}  // namespace

void RuleReader::add_frame(const RuleNode& node) {
  node.allow_keys({"id", "frame", "score", "values", "metrics", "states", "before", "after", "carried",
                   "per", "set", "tests", "note"});
  Frame frame;
  read_common(node, frame);
  Placeholder left, right;
  std::string gap;
  if (!cut_ends(node["frame"], left, right, gap)) return;
  bool value_left = is_value_end(left);
  const Placeholder& value = value_left ? left : right;
  const Placeholder& head = value_left ? right : left;
  if (!is_value_end(value) || (head.tag != "noun" && head.tag != "verb" && head.tag != "metric")) {
    node["frame"].error("one end must be a value and the other {noun}, {verb} or {metric}");
    return;
  }
  frame.score = read_score(node, "a frame");
  frame.values = values_of(node["values"], value);
  frame.as_metric = metric(node["states"]);
  frame.carried = node["carried"].flag(false);
  frame.per = node["per"].texts();
  for (const RuleNode& item : node["metrics"].items()) {
    if (int m = metric(item); m >= 0) frame.metrics.push_back(m);
  }
  read_context(node, "before", frame.before, nullptr);
  read_context(node, "after", frame.after, nullptr);
  read_settings(node["set"], nullptr, frame.set);
  const std::string re2 = expand_gap(node["frame"], gap);
  for (Frame::End end : {Frame::End::noun, Frame::End::verb}) {
    if (head.tag != "metric" && (head.tag == "noun") != (end == Frame::End::noun)) continue;
    frame.left = value_left ? Frame::End::value : end;
    frame.right = value_left ? end : Frame::End::value;
    FrameTable& table = end == Frame::End::noun ? (value_left ? table_.value_noun : table_.noun_value)
                                                : (value_left ? table_.value_verb : table_.verb_value);
    add_gap(node["frame"], table.gaps, re2);
    table.frames.push_back(frame);
  }
}

void RuleReader::add_link(const RuleNode& node) {
  node.allow_keys({"id", "link", "score", "left", "right", "same_type", "as_change", "part", "metrics", "metric", "drop", "per", "least",
                   "before", "after", "set", "tests", "note"});
  Link link;
  read_common(node, link);
  Placeholder left, right;
  std::string gap;
  const bool carried = node["link"].text().starts_with(kCarriedLink);
  if (carried) {
    if (!cut_value(node["link"], right)) return;
  } else if (!cut_ends(node["link"], left, right, gap)) {
    return;
  }
  if (carried) left = right;
  if (!is_value_end(left) || !is_value_end(right)) {
    node["link"].error("both ends must be values, as in '{value}, of which {value}'");
    return;
  }
  link.score = read_score(node, "a link");
  link.left_values = values_of(node["left"], left);
  link.right_values = values_of(node["right"], right);
  link.same_type = node["same_type"].flag(right.tag != "change");
  link.as_change = node["as_change"].flag(false);
  if (link.as_change) link.same_type = false;
  link.part = node["part"].flag(false);
  link.metric = metric(node["metric"]);
  link.per = node["per"].texts();
  if (node["least"].present()) link.least = node["least"].decimal({});
  for (const RuleNode& item : node["metrics"].items()) {
    if (int m = metric(item); m >= 0) link.metrics.push_back(m);
  }
  for (const RuleNode& item : node["drop"].items()) {
    Slot slot = slot_of(item.text());
    if (slot == Slot::count) item.error("'" + item.text() + "' is not a slot");
    link.drop.push_back(slot);
  }
  read_settings(node["set"], nullptr, link.set);
  read_context(node, "before", link.before, nullptr);
  read_context(node, "after", link.after, nullptr);
  if (carried) {
    table_.carried_links.push_back(std::move(link));
    return;
  }
  for (const char* side : {"before", "after"}) {
    if (node[side].present()) node[side].error("only a link '... {value}' has a context");
  }
  add_gap(node["link"], table_.link_gaps, expand_gap(node["link"], gap));
  table_.links.push_back(std::move(link));
}

}  // namespace factmill
