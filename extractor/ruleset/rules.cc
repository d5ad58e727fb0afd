#include "ruleset/rules.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <optional>
#include <span>

#include "ruleset/metrics.h"
#include "ruleset/modality.h"
#include "ruleset/placeholder.h"

namespace factmill {

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
  if (index < 0) node.error("unknown metric '" + node.text() + "'" + suggestion(node.text(), metrics_.ids()));
  return index;
}

void RuleReader::read_own(const RuleNode& node, Rule& rule) {
  rule.id = node["id"].required_text();
  rule.place = node["id"].present() ? node["id"].place() : node.place();
  rule.tests = read_tests(node["tests"]);
}

void RuleReader::check_id(const RuleNode& node, const Rule& rule) {
  auto [it, fresh] = ids_.emplace(rule.id, rule.place);
  if (!fresh) {
    node["id"].error("rule id '" + rule.id + "' is already used at " + it->second.file + ":" +
                     std::to_string(it->second.line));
  }
}

void RuleReader::read_common(const RuleNode& node, Rule& rule) {
  read_own(node, rule);
  check_id(node, rule);
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

std::vector<std::string_view> setting_names() {
  std::vector<std::string_view> names = {"minus",   "plus",    "unchanged",   "basis", "modality", "status", "flag",
                                         "qualifier", "subject", "period_kind", "per",   "unit",     "attributes"};
  names.insert(names.end(), kSlotNames.begin(), kSlotNames.end());
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
      set.modality = read_modality(value);
    } else if (key == "status") {
      set.status = value.one_of({"previous", "revised", "unchanged", "moved"}, "");
    } else if (key == "flag") {
      set.flag = text;
    } else if (key == "qualifier") {
      set.qualifier = text;
    } else if (key == "subject") {
      set.subject = value.one_of({"market", "open", "industry", "company", "nobody", "several", "counterparty", "each"}, "");
    } else if (key == "period_kind") {
      set.period_kind = value.one_of({"day", "week", "month", "quarter", "half", "year", "ytd", "range", "as_of", "by", "cumulative",
                                      "since_event", "flow"}, "");
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
      value.key_error("unknown setting '" + key + "'" + suggestion(key, setting_names()));
    }
  }
}

// `restrictions` is null where nothing in the context can be looked at.
void RuleReader::read_context(const RuleNode& node, const char* side, std::optional<Pattern>& context,
                              std::vector<Restriction>* restrictions, const Needing& needing) const {
  if (!node[side].present()) return;
  ExpandedPattern expanded = expand(node[side], node[side].text());
  std::optional<PatternTree> tree;
  Result<Pattern> pattern = Pattern::compile(
      side[0] == 'b' ? "(?:" + expanded.re2 + ")$" : "^(?:" + expanded.re2 + ")", pattern_options(), &tree);
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
  if (tree && needing) needing(*pattern, *tree, *restrictions);
}

namespace {
constexpr int kStatesItself = 75;  // a value of which a reduction says the metric
}

// The pattern of a reduction or introduction and the tag of what it makes. False where it is none.
bool RuleReader::read_match(const RuleNode& node, Reduction& r, const Needing& needing) const {
  const std::string match = node["match"].required_text();
  if (match.empty()) return false;
  ExpandedPattern expanded = expand(node["match"], match);
  Pattern::Options options = pattern_options();
  options.whole_words = true;
  std::optional<PatternTree> tree;
  Result<Pattern> pattern = Pattern::compile(expanded.re2, options, &tree);
  if (!pattern) {
    node["match"].error("not a pattern: " + pattern.error().message);
    return false;
  }
  r.pattern = *pattern;
  r.groups = static_cast<size_t>(r.pattern.group_count()) + 1;
  r.requires_tags = expanded.requires_tags;
  r.restrictions = std::move(expanded.restrictions);
  for (Restriction& restriction : r.restrictions) restriction.group = r.pattern.group(restriction.name);
  if (tree && needing) needing(r.pattern, *tree, r.restrictions);
  r.as = tag_of(node["as"].required_text());
  if (r.as == Tag::none && node["as"].present()) {
    const std::string written = node["as"].text();
    node["as"].error("'" + written + "' is not a tag" + suggestion(written, {kTagNames.begin() + 1, kTagNames.end()}));
  }
  read_context(node, "before", r.before, &r.before_restrictions, needing);
  read_context(node, "after", r.after, &r.after_restrictions, needing);
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

// All but whether its id is its own. By several threads at once.
bool RuleReader::read_reduction(const RuleNode& node, Reduction& r, const Needing& needing) const {
  node.allow_keys(
      {"id", "match", "before", "after", "as", "keep", "list", "metric", "metrics", "score", "set", "tests", "note"});
  read_own(node, r);
  if (!read_match(node, r, needing)) return false;
  r.list = node["list"].flag(false);
  r.metric = node["metric"].text() == kCarriedName ? kCarried : metric(node["metric"]);
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
  return true;
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

// Most of the work of loading, so by two threads. Gives the needs of the table's reductions.
std::vector<std::vector<Need>> RuleReader::add_reductions(const std::vector<RuleNode>& nodes) {
  struct Read {
    Reduction rule;
    std::vector<Need> needs;
    bool is_sound = false;
  };
  std::vector<Read> all(nodes.size());
  std::atomic<size_t> next = 0;
  const auto read = [&] {
    NeedsReader reader;
    for (size_t i = next++; i < all.size(); i = next++) {
      const auto derive = [&](const Pattern& pattern, const PatternTree& tree, const std::vector<Restriction>& restrictions) {
        for (Need& need : reader.needs_of(pattern.source(), tree, head_groups(restrictions))) all[i].needs.push_back(std::move(need));
      };
      all[i].is_sound = read_reduction(nodes[i], all[i].rule, derive);
    }
  };
  std::future<void> beside = std::async(std::launch::async, read);
  read();
  beside.get();
  std::vector<std::vector<Need>> needs;
  for (size_t i = 0; i < all.size(); ++i) {
    check_id(nodes[i], all[i].rule);
    if (!all[i].is_sound) continue;
    table_.reductions.push_back(std::move(all[i].rule));
    needs.push_back(std::move(all[i].needs));
  }
  return needs;
}

void RuleReader::add_rules(std::span<const RuleFile* const> files) {
  std::vector<RuleNode> reductions;
  for (const RuleFile* file : files) {
    for (RuleNode& node : file->root()["reductions"].items()) reductions.push_back(std::move(node));
  }
  const std::vector<std::vector<Need>> needs = add_reductions(reductions);
  std::future<void> beside = std::async(std::launch::async, [&] {
    for (const Reduction& r : table_.reductions) {
      table_.reduction_tags.push_back(r.requires_tags);
      table_.reduction_starts.add(r.pattern);
    }
    table_.reduction_starts.finish();
    for (const std::vector<Need>& of_rule : needs) table_.reduction_filter.add(of_rule);
    table_.reduction_filter.finish();
  });
  for (const RuleFile* file : files) {
    for (const RuleNode& node : file->root()["introductions"].items()) add_introduction(node);
    for (const RuleNode& node : file->root()["frames"].items()) add_frame(node);
    for (const RuleNode& node : file->root()["links"].items()) add_link(node);
  }
  for (const Introduction& r : table_.introductions) table_.introduction_starts.add(r.pattern, r.after ? &*r.after : nullptr);
  table_.introduction_starts.finish();
  for (PatternSet* set : {&table_.noun_value.gaps, &table_.verb_value.gaps, &table_.value_noun.gaps,
                          &table_.value_verb.gaps, &table_.link_gaps})
    set->finish();
  beside.get();
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
