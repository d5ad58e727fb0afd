#include "ruleset/table_words.h"

#include <algorithm>

#include "ruleset/modality.h"

namespace factmill {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(TableWord::Means::count)> kMeans = {
    "change", "metric", "modality", "scale", "skip",      "total",  "rest",
    "beside", "part",   "empty",    "week",  "year_mark", "models", "variants", "attribute",
    "ended",  "to_date", "bracketed", "against"};
constexpr std::array<std::string_view, 3> kRules = {"table.cell", "table.change", "table.item"};

TableWord read_word(const RuleNode& node, const MetricTable& metrics) {
  node.allow_keys({"means", "basis", "modality", "metric", "exponent", "money", "attributes", "words"});
  TableWord word;
  const std::string means = node["means"].required_text();
  const auto found = std::find(kMeans.begin(), kMeans.end(), means);
  if (found == kMeans.end()) {
    node["means"].error("no such meaning: '" + means + "'" + suggestion(means, {kMeans.begin(), kMeans.end()}));
  } else {
    word.means = static_cast<TableWord::Means>(found - kMeans.begin());
  }
  word.basis = node["basis"].text();
  word.modality = read_modality(node["modality"]);
  word.exponent = node["exponent"].integer(0);
  word.money = node["money"].flag(false);
  for (const std::string& name : node["metric"].texts()) {
    const int metric = metrics.find(name);
    if (metric < 0) {
      node["metric"].error("unknown metric '" + name + "'" + suggestion(name, metrics.ids()));
    } else {
      word.metrics.push_back(metric);
    }
  }
  for (const auto& [key, value] : node["attributes"].entries()) word.rule.set.attributes.emplace_back(key, value.text());
  return word;
}

}  // namespace

void TableWords::add(const RuleFile& file, const MetricTable& metrics) {
  file.root().allow_keys({"table_words", "table_rules"});
  for (const RuleNode& node : file.root()["table_words"].items()) {
    entries_.push_back(read_word(node, metrics));
    for (int metric : entries_.back().metrics) {
      if (price_ < 0 && metrics.metric(static_cast<uint32_t>(metric)).is_price()) price_ = metric;
      if (rank_ < 0 && (metrics.metric(static_cast<uint32_t>(metric)).accepts & tag_bit(Tag::ordinal)) != 0) rank_ = metric;
    }
    for (const std::string& phrase : node["words"].texts()) {
      const auto index = static_cast<uint32_t>(entries_.size() - 1);
      if (!phrases_.emplace(phrase, index).second) node["words"].error("'" + phrase + "' already means something");
      longest_ = std::max(longest_, static_cast<size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1);
    }
  }
  for (const RuleNode& node : file.root()["table_rules"].items()) {
    node.allow_keys({"id", "note", "tests"});
    const auto known = std::find(kRules.begin(), kRules.end(), node["id"].required_text());
    if (known == kRules.end()) {
      node["id"].error("tables have the rules table.cell, table.change and table.item");
      continue;
    }
    Rule& rule = rules_[static_cast<size_t>(known - kRules.begin())];
    rule.id = *known;
    rule.place = node.place();
    rule.tests = read_tests(node["tests"]);
  }
}

bool TableWords::leads(int metric) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const TableWord& word) { return !word.metrics.empty() && word.metrics.front() == metric; });
}

const TableWord* TableWords::find(std::string_view phrase) const {
  const auto found = phrases_.find(std::string(phrase));
  return found == phrases_.end() ? nullptr : &entries_[found->second];
}

}  // namespace factmill
