#include "ruleset/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <future>
#include <optional>
#include <span>

#include "ruleset/metrics.h"

namespace factmill {
namespace {

constexpr std::array<Tag, 6> kValueClass = {Tag::number, Tag::money,    Tag::percent,
                                            Tag::points, Tag::quantity, Tag::duration};
constexpr std::array<Tag, 2> kMetricClass = {Tag::noun, Tag::verb};
constexpr std::array<Tag, 4> kSubjectClass = {Tag::company, Tag::anaphor, Tag::model, Tag::stranger};
constexpr std::array<Tag, 5> kNameClass = {Tag::company, Tag::model, Tag::variant, Tag::segment, Tag::region};
constexpr std::array<Tag, 4> kSourceClass = {Tag::company, Tag::person, Tag::anaphor, Tag::stranger};
constexpr std::array<Tag, 4> kTransparentClass = {Tag::when, Tag::where, Tag::aside, Tag::speaker};

struct TagClass {
  std::string_view name;
  std::span<const Tag> tags;
};
const TagClass kClasses[] = {{"value", kValueClass},   {"metric", kMetricClass}, {"subject", kSubjectClass},
                             {"source", kSourceClass}, {"name", kNameClass},     {"_", kTransparentClass}};

std::vector<Tag> tags_called(std::string_view name) {
  for (const TagClass& c : kClasses) {
    if (c.name == name) return {c.tags.begin(), c.tags.end()};
  }
  Tag tag = tag_of(name);
  return tag == Tag::none ? std::vector<Tag>{} : std::vector<Tag>{tag};
}

void append_byte(std::string& out, char c) {
  constexpr char kHex[] = "0123456789ABCDEF";
  auto byte = static_cast<uint8_t>(c);
  out += "\\x";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

// {tag/what+:name} taken apart.
struct Placeholder {
  std::string tag, what, name;
  char repeat = 0;  // '+' a list, '*' one or a list
};

// Reads the placeholder at pattern[at] == '{'; empty where the braces are RE2's own counts.
std::optional<Placeholder> read_placeholder(std::string_view pattern, size_t at, size_t& end) {
  size_t close = pattern.find('}', at);
  if (close == std::string_view::npos || at + 1 == close) return {};
  char first = pattern[at + 1];
  if (!std::isalpha(static_cast<unsigned char>(first)) && first != '_') return {};
  std::string_view body = pattern.substr(at + 1, close - at - 1);
  Placeholder p;
  if (size_t colon = body.find(':'); colon != std::string_view::npos) {
    p.name = body.substr(colon + 1);
    body = body.substr(0, colon);
  }
  if (!body.empty() && (body.back() == '+' || body.back() == '*')) {
    p.repeat = body.back();
    body.remove_suffix(1);
  }
  if (size_t slash = body.find('/'); slash != std::string_view::npos) {
    p.what = body.substr(slash + 1);
    body = body.substr(0, slash);
  }
  p.tag = body;
  end = close + 1;
  return p;
}

std::string tag_class(const std::vector<Tag>& tags, char repeat) {
  std::string out = "[";
  for (Tag tag : tags) {
    if (repeat != '+') append_byte(out, tag_byte(tag));
    if (repeat == '+' || repeat == '*') append_byte(out, tag_byte(tag, true));
  }
  return out + "]";
}

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

// Behind the name of a macro that begins at text[at]; a full stop at its end is the pattern's.
size_t end_of_name(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_word_char(text[end])) ++end;
  while (end > at && text[end - 1] == '.') --end;
  return end;
}

}  // namespace

namespace {

// A head is restricted to metrics. Units, kinds and names of entities are many, and are not looked up.
void check_heads(const RuleNode& node, const MetricTable& metrics, std::string_view what) {
  if (what.starts_with('!')) what.remove_prefix(1);
  for (size_t begin = 0; begin <= what.size();) {
    const size_t end = std::min(what.find('|', begin), what.size());
    const std::string name(what.substr(begin, end - begin));
    begin = end + 1;
    if (name == "carried" || metrics.find(name) >= 0) continue;
    std::string_view near = nearest_name(name, metrics.ids());
    node.error("unknown metric '" + name + "'" + (near.empty() ? "" : " (did you mean '" + std::string(near) + "'?)"));
  }
}

}  // namespace

ExpandedPattern RuleReader::expand(const RuleNode& node, std::string_view pattern) const {
  ExpandedPattern out;
  // Macros first, they may hold tags; a macro may use macros defined before it.
  std::string flat;
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] != '@' || (i > 0 && pattern[i - 1] == '\\')) {
      flat += pattern[i++];
      continue;
    }
    const size_t end = end_of_name(pattern, i + 1);
    const std::string name(pattern.substr(i + 1, end - i - 1));
    auto macro = table_.macros.find(name);
    if (macro == table_.macros.end()) {
      std::vector<std::string_view> names;
      for (const auto& [known, text] : table_.macros) names.push_back(known);
      std::string_view near = nearest_name(name, names);
      node.error("unknown macro '@" + name + "'" +
                 (near.empty() ? "" : " (did you mean '@" + std::string(near) + "'?)"));
    } else {
      flat += macro->second;
    }
    i = end;
  }
  int depth = 0;
  bool alternation = false;
  size_t class_at = std::string::npos;  // where an open character class begins
  TagSet required = 0;
  for (size_t i = 0; i < flat.size();) {
    char c = flat[i];
    if (c == '\\' && i + 1 < flat.size()) {
      out.re2.append(flat, i, 2);
      i += 2;
      continue;
    }
    if (class_at != std::string::npos) {
      const bool first = i == class_at + 1 || (i == class_at + 2 && flat[i - 1] == '^');
      if (c == ']' && !first) class_at = std::string::npos;
      out.re2 += c;
      ++i;
      continue;
    }
    if (c == '[') class_at = i;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == '|' && depth == 0) alternation = true;
    size_t end = 0;
    std::optional<Placeholder> p = c == '{' ? read_placeholder(flat, i, end) : std::nullopt;
    if (!p) {
      out.re2 += c;
      ++i;
      continue;
    }
    std::vector<Tag> tags = tags_called(p->tag);
    if (tags.empty()) {
      std::vector<std::string_view> names(kTagNames.begin() + 1, kTagNames.end());
      for (const TagClass& known : kClasses) names.push_back(known.name);
      std::string_view near = nearest_name(p->tag, names);
      node.error("unknown tag '{" + p->tag + "}'" +
                 (near.empty() ? "" : " (did you mean '{" + std::string(near) + "}'?)"));
    } else if (p->tag == "_") {
      out.re2 += "(?: ?" + tag_class(tags, 0) + ",?)*";
    } else {
      if (!p->what.empty()) {
        if (is_head(tags[0])) check_heads(node, metrics_, p->what);
        if (p->name.empty()) p->name = "restricted_" + std::to_string(out.restrictions.size());
        out.restrictions.push_back({p->name, p->what, 0});
      }
      std::string bytes = tag_class(tags, p->repeat);
      out.re2 += p->name.empty() ? bytes : "(?P<" + p->name + ">" + bytes + ")";
      bool optional = end < flat.size() && (flat[end] == '?' || flat[end] == '*' || flat.compare(end, 2, "{0") == 0);
      if (depth == 0 && !optional && tags.size() == 1) required |= tag_bit(tags[0]);
    }
    i = end;
  }
  if (!alternation) out.requires_tags = required;
  return out;
}

std::vector<RuleTest> read_tests(const RuleNode& node) {
  std::vector<RuleTest> tests;
  for (const RuleNode& item : node.items()) {
    item.allow_keys({"text", "on", "title", "fires", "facts"});
    RuleTest& test = tests.emplace_back();
    test.text = item["text"].required_text();
    test.on = item["on"].text();
    test.title = item["title"].text();
    test.place = item.place();
    if (item["fires"].present()) test.fires = item["fires"].flag(true);
    test.has_facts = item["facts"].present();
    for (const RuleNode& fact : item["facts"].items()) {
      auto& record = test.facts.emplace_back();
      for (const auto& [key, value] : fact.entries()) record.emplace_back(key, value.text());
    }
    if (!test.fires) test.fires = test.has_facts ? std::optional<bool>(!test.facts.empty()) : std::nullopt;
  }
  return tests;
}

int RuleReader::metric(const RuleNode& node) const {
  if (!node.present()) return -1;
  int index = metrics_.find(node.text());
  if (index < 0) {
    std::string_view near = nearest_name(node.text(), metrics_.ids());
    node.error("unknown metric '" + node.text() + "'" +
               (near.empty() ? "" : " (did you mean '" + std::string(near) + "'?)"));
  }
  return index;
}

void RuleReader::read_common(const RuleNode& node, Rule& rule) {
  rule.id = node["id"].required_text();
  rule.place = node["id"].present() ? node["id"].place() : node.place();
  rule.tests = read_tests(node["tests"]);
  auto [it, fresh] = ids_.emplace(rule.id, rule.place);
  if (!fresh) {
    node["id"].error("rule id '" + rule.id + "' is already used at " + it->second.file + ":" +
                     std::to_string(it->second.line));
  }
}

namespace {

// The names in braces: "{low}-{high}".
std::vector<std::string> groups_named(std::string_view text) {
  std::vector<std::string> names;
  for (size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    std::string_view name = text.substr(open + 1, close - open - 1);
    names.emplace_back(name.substr(0, name.find('.')));
  }
  return names;
}

}  // namespace

void RuleReader::read_settings(const RuleNode& node, const Pattern* pattern, Settings& set) const {
  for (const auto& [key, value] : node.entries()) {
    std::string text = value.is_text() ? value.text() : "";
    int group = pattern ? pattern->group(text) : 0;
    if (Slot slot = slot_of(key); slot != Slot::count) {
      if (pattern && text == "match") {
        set.slots.emplace_back(slot, kWholeMatch);
      } else if (group <= 0) {
        value.error("slot '" + key + "' needs a named mention of the pattern (got '" + text + "')");
      } else {
        set.slots.emplace_back(slot, group);
      }
    } else if (key == "minus" && text == "true") {
      set.minus = true;
    } else if (key == "unchanged") {
      set.unchanged = value.flag(false);
    } else if (key == "minus" || key == "plus") {
      if (group <= 0) value.error("'" + key + "' needs a named group of the pattern, or true");
      (key == "minus" ? set.minus_group : set.plus_group) = group;
    } else if (key == "basis") {
      set.basis = text;
    } else if (key == "modality") {
      set.modality = text;
    } else if (key == "status") {
      set.status = text;
    } else if (key == "flag") {
      set.flag = text;
    } else if (key == "qualifier") {
      set.qualifier = text;
    } else if (key == "subject") {
      set.subject = text;
    } else if (key == "period_kind") {
      set.period_kind = text;
    } else if (key == "per") {
      set.per = text;
    } else if (key == "unit") {
      set.unit = text;
    } else if (key == "attributes") {
      for (const auto& [name, v] : value.entries()) {
        set.attributes.emplace_back(name, v.text());
        for (const std::string& used : groups_named(v.text())) {
          if (!pattern || pattern->group(used) <= 0) v.error("the pattern has no group '" + used + "'");
        }
      }
    } else {
      value.error("unknown setting '" + key + "'");
    }
  }
}

void RuleReader::add_macros(const RuleFile& file) {
  for (const auto& [name, node] : file.root()["macros"].entries()) {
    std::string text;
    if (node.is_list()) {
      for (const std::string& word : node.texts()) text += (text.empty() ? "" : "|") + word;
      text = "(?:" + text + ")";
    } else {
      text = "(?:" + node.text() + ")";  // its alternatives stay its own
    }
    // A macro may use those before it.
    for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
      if (at > 0 && text[at - 1] == '\\') continue;
      const size_t end = end_of_name(text, at + 1);
      auto used = table_.macros.find(text.substr(at + 1, end - at - 1));
      if (used == table_.macros.end()) {
        node.error("macro '@" + name + "' uses '" + text.substr(at, end - at) + "', which is not defined before it");
        break;
      }
      text.replace(at, end - at, used->second);
    }
    if (!table_.macros.emplace(name, text).second) node.error("macro '@" + name + "' is given twice");
  }
}

// `restrictions` is null where nothing in the context can be looked at.
void RuleReader::read_context(const RuleNode& node, const char* side, std::optional<Pattern>& context,
                              std::vector<Restriction>* restrictions) const {
  if (!node[side].present()) return;
  ExpandedPattern expanded = expand(node[side], node[side].text());
  Result<Pattern> pattern = Pattern::compile(
      side[0] == 'b' ? "(?:" + expanded.re2 + ")$" : "^(?:" + expanded.re2 + ")", pattern_options());
  if (!pattern) return node[side].error("not a pattern: " + pattern.error().message);
  context = *pattern;
  for (Restriction& restriction : expanded.restrictions) {
    if (!restrictions) {
      node[side].error("the context of a frame takes no restriction (got '" + restriction.what + "')");
      continue;
    }
    restriction.group = pattern->group(restriction.name);
    restrictions->push_back(std::move(restriction));
  }
}

namespace {
constexpr int kStatesItself = 75;  // a value of which a reduction says the metric
}

// The pattern of a reduction or introduction and the tag of what it makes. False where it is none.
bool RuleReader::read_match(const RuleNode& node, Reduction& r) const {
  const std::string match = node["match"].required_text();
  if (match.empty()) return false;
  ExpandedPattern expanded = expand(node["match"], match);
  Result<Pattern> pattern = Pattern::compile(expanded.re2, pattern_options());
  if (!pattern) {
    node["match"].error("not a pattern: " + pattern.error().message);
    return false;
  }
  r.pattern = *pattern;
  r.groups = static_cast<size_t>(r.pattern.group_count()) + 1;
  r.requires_tags = expanded.requires_tags;
  r.restrictions = std::move(expanded.restrictions);
  for (Restriction& restriction : r.restrictions) restriction.group = r.pattern.group(restriction.name);
  r.as = tag_of(node["as"].required_text());
  if (r.as == Tag::none && node["as"].present()) node["as"].error("'" + node["as"].text() + "' is not a tag");
  read_context(node, "before", r.before, &r.before_restrictions);
  read_context(node, "after", r.after, &r.after_restrictions);
  return r.as != Tag::none;
}

void RuleReader::add_introduction(const RuleNode& node) {
  node.allow_keys({"id", "match", "before", "after", "as", "tests", "note"});
  Introduction rule;
  read_common(node, rule);
  if (!read_match(node, rule)) return;
  rule.keep = rule.pattern.group("names");
  if (rule.keep <= 0) node["match"].error("the pattern of an introduction needs a group 'names'");
  table_.introductions.push_back(std::move(rule));
}

void RuleReader::add_reduction(const RuleNode& node) {
  node.allow_keys(
      {"id", "match", "before", "after", "as", "keep", "list", "metric", "metrics", "score", "set", "tests", "note"});
  Reduction r;
  read_common(node, r);
  if (!read_match(node, r)) return;
  r.list = node["list"].flag(false);
  r.metric = node["metric"].text() == "carried" ? kCarried : metric(node["metric"]);
  r.score = static_cast<int>(node["score"].integer(kStatesItself));
  for (const RuleNode& item : node["metrics"].items()) r.metrics.push_back(metric(item));
  if (node["keep"].present()) {
    r.keep = r.pattern.group(node["keep"].text());
    if (r.keep <= 0) node["keep"].error("the pattern has no group '" + node["keep"].text() + "'");
  } else if (!r.list && !is_transparent(r.as) && !node["metric"].present() && !node["set"]["unchanged"].present() && r.as != Tag::stranger &&
             r.as != Tag::anaphor && r.as != Tag::variant && r.as != Tag::model) {
    node.error("a reduction to {" + std::string(tag_name(r.as)) + "} must say which mention it keeps");
  }
  read_settings(node["set"], &r.pattern, r.set);
  table_.reductions.push_back(std::move(r));
}

// Gaps are matched all at once, so that nothing in them can be captured or looked at.
std::string RuleReader::expand_gap(const RuleNode& node, const std::string& gap) const {
  ExpandedPattern expanded = expand(node, gap);
  for (const Restriction& restriction : expanded.restrictions)
    node.error("a gap takes no restriction (got '" + restriction.what + "')");
  return expanded.re2;
}

void RuleReader::add_gap(const RuleNode& node, PatternSet& set, const std::string& gap) const {
  if (Status added = set.add(gap); !added) {
    node.error("not a pattern: " + added.error().message);
    (void)set.add("[^\\x00-\\xFF]");  // keeps the indexes in step
  }
}

namespace {

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
    return true;
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
    for (Tag tag : kValueClass) set |= tag_bit(tag);
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
  node.allow_keys({"id", "frame", "score", "values", "metrics", "states", "before", "after", "needs_change", "carried",
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
  frame.score = node["score"].integer(0);
  if (frame.score <= 0) node.error("a frame needs a score above 0");
  frame.values = values_of(node["values"], value);
  frame.as_metric = metric(node["states"]);
  frame.carried = node["carried"].flag(false);
  frame.needs_change = node["needs_change"].flag(false);
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
  node.allow_keys({"id", "link", "score", "left", "right", "same_type", "as_change", "metrics", "metric", "drop", "per",
                   "before", "set", "tests", "note"});
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
  link.score = node["score"].integer(0);
  if (link.score <= 0) node.error("a link needs a score above 0");
  link.left_values = values_of(node["left"], left);
  link.right_values = values_of(node["right"], right);
  link.same_type = node["same_type"].flag(right.tag != "change");
  link.as_change = node["as_change"].flag(false);
  if (link.as_change) link.same_type = false;
  link.metric = metric(node["metric"]);
  link.per = node["per"].texts();
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
  if (carried) {
    table_.carried_links.push_back(std::move(link));
    return;
  }
  if (link.before) node["before"].error("only a link '... {value}' has a context");
  add_gap(node["link"], table_.link_gaps, expand_gap(node["link"], gap));
  table_.links.push_back(std::move(link));
}

// Groups whose mention must be a head of certain metrics.
HeadGroups RuleReader::head_groups(const std::vector<Restriction>& restrictions) const {
  HeadGroups groups;
  for (const Restriction& restriction : restrictions) {
    std::vector<int> metrics;
    std::string_view what = restriction.what;
    bool known = true;
    for (size_t begin = 0; begin <= what.size();) {
      const size_t end = std::min(what.find('|', begin), what.size());
      metrics.push_back(metrics_.find(std::string(what.substr(begin, end - begin))));
      known &= metrics.back() >= 0;
      begin = end + 1;
    }
    if (known && restriction.group > 0) groups.emplace(restriction.group, std::move(metrics));
  }
  return groups;
}

void RuleReader::add_to_filter(const Reduction& rule) {
  std::vector<Need> needs;
  const auto add = [&](const Pattern& pattern, const std::vector<Restriction>& restrictions) {
    for (Need& need : needs_of(pattern.source(), head_groups(restrictions))) needs.push_back(std::move(need));
  };
  if (!table_.naive) {
    add(rule.pattern, rule.restrictions);
    if (rule.before) add(*rule.before, rule.before_restrictions);
    if (rule.after) add(*rule.after, rule.after_restrictions);
  }
  table_.reduction_filter.add(needs);
}

void RuleReader::add_rules(std::span<const RuleFile* const> files, Diagnostics& diagnostics) {
  for (const RuleFile* file : files) {
    for (const RuleNode& node : file->root()["reductions"].items()) add_reduction(node);
  }
  // Half of what is left to do; the other half needs nothing of it.
  std::future<void> filters = std::async(std::launch::async, [&] {
    for (const Reduction& r : table_.reductions) add_to_filter(r);
    table_.reduction_filter.finish();
  });
  for (const RuleFile* file : files) {
    for (const RuleNode& node : file->root()["introductions"].items()) add_introduction(node);
    for (const RuleNode& node : file->root()["frames"].items()) add_frame(node);
    for (const RuleNode& node : file->root()["links"].items()) add_link(node);
  }
  for (const Reduction& r : table_.reductions) table_.reduction_starts.add(r.pattern);
  table_.reduction_starts.finish();
  for (const Introduction& r : table_.introductions) table_.introduction_starts.add(r.pattern, r.after ? &*r.after : nullptr);
  table_.introduction_starts.finish();
  for (PatternSet* set : {&table_.noun_value.gaps, &table_.verb_value.gaps, &table_.value_noun.gaps,
                          &table_.value_verb.gaps, &table_.link_gaps}) {
    if (Status compiled = set->compile(); !compiled) diagnostics.error({}, compiled.error().message);
  }
  filters.get();
}

std::vector<const Rule*> RuleTable::all() const {
  std::vector<const Rule*> rules;
  for (const Reduction& r : reductions) rules.push_back(&r);
  for (const FrameTable* table : {&noun_value, &verb_value, &value_noun, &value_verb}) {
    for (const Frame& f : table->frames) {
      bool seen = std::any_of(rules.begin(), rules.end(), [&](const Rule* r) { return r->id == f.id; });
      if (!seen) rules.push_back(&f);
    }
  }
  for (const Link& l : links) rules.push_back(&l);
  for (const Link& l : carried_links) rules.push_back(&l);
  return rules;
}

}  // namespace factmill
