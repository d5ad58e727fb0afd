#include "golden/score.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace factmill::golden {
namespace {

const char* const kJudged[] = {"company", "model", "variant", "period", "modality"};
const char* const kCompared[] = {"company", "model", "variant", "period", "modality", "qualifier"};

// Metrics whose unit says nothing more.
const std::set<std::string, std::less<>> kCounted = {"seats", "sales_rank", "streak", "sensor_count", "new_model_count"};

std::string same_metric(std::string_view metric) { return std::string(metric == "price" ? "starting_price" : metric); }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Letters and digits alone.
std::string bare(std::string_view text) {
  std::string out;
  for (char c : lower(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

// A slot as it is compared.
std::string slot_text(std::string_view value, std::string_view slot) {
  static const RE2 kKind("(?i)\\s+(series|version|edition|variant)$");
  static const RE2 kBrand("(?i)\\s*\\((main )?brand\\)$");
  static const RE2 kRear("(?i)rear[- ]wheel[- ]drive|\\brwd\\b");
  static const RE2 kAll("(?i)(all|four)[- ]wheel[- ]drive|\\bawd\\b|\\b4wd\\b");
  static const RE2 kBase("(?i)\\bbase\\b|\\bstandard\\b");
  if (slot == "period") return std::string(value);
  std::string text(value);
  if (slot == "model" || slot == "variant") RE2::Replace(&text, kKind, "");
  if (slot == "company") RE2::Replace(&text, kBrand, "");
  if (slot == "variant") {
    RE2::GlobalReplace(&text, kRear, "rwd");
    RE2::GlobalReplace(&text, kAll, "awd");
    RE2::GlobalReplace(&text, kBase, "standard");
  }
  return bare(text);
}

std::string_view slot_or_default(const FlatFact& fact, std::string_view slot) {
  if (slot == "modality") return fact.get(slot, "actual");
  if (slot == "qualifier") return fact.get(slot, "exact");
  return fact.get(slot);
}

std::string digits(const FlatFact& fact, std::string_view key) {
  const std::optional<Decimal> number = fact.number(key);
  return number ? number->to_string() : "-";
}

std::string key_with(const FlatFact& fact, std::string_view metric) {
  static const std::map<std::string, std::string, std::less<>> kUnits = {
      {"N·m", "Nm"}, {"N.m", "Nm"}, {"litre", "L"}, {"minute", "min"}, {"second", "s"}};
  std::string unit(fact.get("unit"));
  if (auto same = kUnits.find(unit); same != kUnits.end()) unit = same->second;
  if (kCounted.count(metric)) unit.clear();
  const bool valued = fact.has("value") || fact.has("value_low") || fact.has("value_high");
  std::string key = same_metric(metric);
  key.append("|").append(fact.get("measure", "level"));
  for (const char* part : {"value", "value_low", "value_high"}) key.append("|").append(digits(fact, part));
  key.append("|").append(unit);
  if (!valued) key.append("|").append(fact.get("period"));
  return key;
}

}  // namespace

std::vector<std::string> keys_of(const FlatFact& fact) {
  std::vector<std::string> keys{key_with(fact, fact.get("metric"))};
  for (const std::string& metric : fact.metric_alt) keys.push_back(key_with(fact, metric));
  return keys;
}

// Equal, or one is the other's parent: a brand and its maker both name the subject.
bool Scorer::same_company(std::string_view a, std::string_view b) const {
  if (slot_text(a, "company") == slot_text(b, "company")) return true;
  const std::string one = lower(a), other = lower(b);
  for (const Entity& entity : lexicon_.entities()) {
    if (entity.id.empty() || entity.owner == kNoEntity) continue;
    const std::string name = lower(entity.name), owner = lower(lexicon_.entity(entity.owner).name);
    if ((name == one && owner == other) || (name == other && owner == one)) return true;
  }
  return false;
}

bool Scorer::slot_agrees(const FlatFact& gold, const FlatFact& fact, const std::string& slot) const {
  const std::string_view a = slot_or_default(gold, slot), b = slot_or_default(fact, slot);
  if (slot == "company" && !a.empty() && !b.empty() && same_company(a, b)) return true;
  return slot_text(a, slot) == slot_text(b, slot);
}

bool Scorer::strictly_equal(const FlatFact& gold, const FlatFact& fact) const {
  for (const std::string slot : kJudged) {
    if (slot != "modality" && !gold.has(slot)) continue;  // gold is silent: not judged
    if (!slot_agrees(gold, fact, slot)) return false;
  }
  const bool change = gold.get("measure") == "change" && gold.has("basis");
  return !change || bare(gold.get("basis")) == bare(fact.get("basis"));
}

int Scorer::agreement(const FlatFact& gold, const FlatFact& fact) const {
  int points = strictly_equal(gold, fact) ? 10 : 0;
  for (const std::string slot : kCompared) {
    points += gold.has(slot) && slot_text(gold.get(slot), slot) == slot_text(slot_or_default(fact, slot), slot);
  }
  return points;
}

Score Scorer::score(const std::vector<FlatFact>& gold, const std::vector<FlatFact>& facts) const {
  Score score;
  std::multimap<std::string, size_t> by_key;
  for (size_t i = 0; i < facts.size(); ++i) by_key.emplace(keys_of(facts[i])[0], i);
  std::vector<bool> used(facts.size());

  // Unused facts that answer this one, in their order.
  const auto candidates = [&](const FlatFact& wanted) {
    std::vector<size_t> found;
    for (const std::string& key : keys_of(wanted)) {
      for (auto [at, end] = by_key.equal_range(key); at != end; ++at) {
        if (!used[at->second]) found.push_back(at->second);
      }
    }
    return found;
  };

  for (const FlatFact& wanted : gold) {
    if (wanted.optional()) continue;
    ++score.required;
    const std::vector<size_t> possible = candidates(wanted);
    if (possible.empty()) {
      score.missed.push_back(&wanted);
      continue;
    }
    size_t best = possible[0];
    for (size_t i : possible) {
      if (agreement(wanted, facts[i]) > agreement(wanted, facts[best])) best = i;
    }
    used[best] = true;
    score.found.push_back(&wanted);
    if (strictly_equal(wanted, facts[best])) score.strict.push_back(&wanted);
  }
  for (const FlatFact& wanted : gold) {
    if (!wanted.optional()) continue;
    if (const std::vector<size_t> possible = candidates(wanted); !possible.empty()) used[possible[0]] = true;
  }
  for (size_t i = 0; i < facts.size(); ++i) {
    if (!used[i]) score.extra.push_back(&facts[i]);
  }
  return score;
}

}  // namespace factmill::golden
