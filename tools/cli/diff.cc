// What changed between two outputs of `extract`: facts that came, went, or differ in a slot or in the rule that stated
// them. A fact is the same one where document, metric, measure, the value's place and its digits are. The first file stays
// on disk: a few bytes a fact are kept of it.
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <unordered_map>

#include "base/hash.h"
#include "commands.h"

namespace factmill::cli {
namespace {

// A fact's keys with their values as written; nested ones as one text.
using Slots = std::map<std::string, std::string, std::less<>>;

const char* const kShown[] = {"metric", "measure", "basis", "company", "model", "variant", "segment", "region", "value",
                              "value_low", "value_high", "unit", "qualifier", "period", "modality", "rule"};
// They differ wherever anything does.
const char* const kUnjudged[] = {"fact_id", "pack", "source"};

class FactReader {
 public:
  // The slots of a line, none if it is no fact.
  std::optional<Slots> read(std::string_view line) {
    try {
      Slots slots;
      for (auto [key, value] : simdjson::dom::object(parser_.parse(simdjson::padded_string(line)))) {
        if (key == "evidence") {
          simdjson::dom::element first = value.at(0);
          slots["place"] = simdjson::minify(first);
        } else {
          slots[std::string(key)] = simdjson::minify(value);
        }
      }
      return slots;
    } catch (const simdjson::simdjson_error&) {
      return {};
    }
  }

 private:
  simdjson::dom::parser parser_;
};

std::string identity(const Slots& slots) {
  std::string key;
  for (const char* name : {"doc_id", "metric", "measure", "place", "value", "value_low", "value_high"}) {
    auto found = slots.find(name);
    if (found != slots.end()) key += found->second;
    key += '\x1F';
  }
  return hash128(key).to_hex();
}

std::string brief(const Slots& slots) {
  std::string out;
  auto source = slots.find("source");
  if (source != slots.end()) out += source->second;
  for (const char* name : kShown) {
    auto found = slots.find(name);
    if (found != slots.end()) out.append(" ").append(name).append("=").append(found->second);
  }
  return out;
}

// "period: "2024-Q2" -> "2024-Q3"", for every slot that differs.
std::string differences(Slots before, Slots after) {
  for (const char* name : kUnjudged) {
    before.erase(name);
    after.erase(name);
  }
  std::string out;
  auto say = [&](const std::string& name, const std::string& was, const std::string& is) {
    if (was != is) out.append(out.empty() ? "" : "; ").append(name).append(": ").append(was).append(" -> ").append(is);
  };
  for (const auto& [name, was] : before) say(name, was, after.count(name) ? after[name] : "none");
  for (const auto& [name, is] : after) {
    if (!before.count(name)) say(name, "none", is);
  }
  return out;
}

class Diff {
 public:
  bool run(const std::string& before, const std::string& after) {
    std::ifstream first(before, std::ios::binary), second(after, std::ios::binary);
    if (!open(first, before) || !open(second, after)) return false;
    if (!each_fact(first, before, [&](const Slots& slots, std::streamoff at) { places_.emplace(identity(slots), at); })) return false;
    first.clear();
    bool read = each_fact(second, after, [&](const Slots& slots, std::streamoff) {
      auto known = places_.find(identity(slots));
      if (known == places_.end()) return tell("came", brief(slots), came_);
      const Slots was = fact_at(first, known->second);
      places_.erase(known);
      if (std::string what = differences(was, slots); !what.empty()) tell("changed", brief(slots) + "  " + what, changed_);
    });
    if (!read) return false;
    std::vector<std::streamoff> gone;
    for (const auto& [key, at] : places_) gone.push_back(at);
    std::sort(gone.begin(), gone.end());
    for (std::streamoff at : gone) tell("went", brief(fact_at(first, at)), went_);
    std::cerr << came_ << " came, " << went_ << " went, " << changed_ << " changed\n";
    return true;
  }

 private:
  static bool open(const std::ifstream& file, const std::string& name) {
    if (file) return true;
    complain(name + " cannot be read: " + std::strerror(errno));
    return false;
  }

  template <class Use>
  bool each_fact(std::ifstream& file, const std::string& name, Use use) {
    std::string line;
    uint64_t number = 0;
    for (std::streamoff at = 0; std::getline(file, line); at += static_cast<std::streamoff>(line.size()) + 1) {
      ++number;
      if (line.empty()) continue;
      std::optional<Slots> slots = reader_.read(line);
      if (!slots) {
        complain(name + ":" + std::to_string(number) + ": not a fact as JSON");
        return false;
      }
      use(*slots, at);
    }
    if (!file.bad()) return true;
    complain(name + " cannot be read: " + std::strerror(errno));  // as a folder
    return false;
  }

  Slots fact_at(std::ifstream& file, std::streamoff at) {
    std::string line;
    file.clear();
    file.seekg(at);
    std::getline(file, line);
    return reader_.read(line).value_or(Slots());
  }

  static void tell(const char* what, const std::string& fact, uint64_t& count) {
    std::cout << what << '\t' << fact << '\n';
    ++count;
  }

  FactReader reader_;
  std::unordered_multimap<std::string, std::streamoff> places_;
  uint64_t came_ = 0, went_ = 0, changed_ = 0;
};

}  // namespace

int run_diff(const std::string& before, const std::string& after) {
  if (is_no_json_lines("diff", before) || is_no_json_lines("diff", after)) return kFailed;
  return Diff().run(before, after) && flush_output() ? kDone : kFailed;
}

}  // namespace factmill::cli
