// What changed between two outputs of `extract`: facts that came, went, or differ in a slot or in the rule that stated
// them. A fact is the same one where document, metric, measure, the value's place and its digits are. Several may be: a date
// is the launch of two models, a document is in the input twice. Then those that agree in all else belong together, the rest
// in their order. Both files stay on disk: a few bytes a fact are kept of them.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <tuple>
#include <vector>

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

using Key = std::array<uint64_t, 2>;

Key key_of(std::string_view text) {
  const Hash128 hash = hash128(text);
  return {hash.high, hash.low};
}

// Where a fact stands in its file, which one it is, and all that is said of it.
struct Place {
  std::streamoff at = 0;
  Key fact;
  Key content;
};

Place place_of(const Slots& slots, std::streamoff at) {
  std::string fact, content;
  for (const char* name : {"doc_id", "metric", "measure", "place", "value", "value_low", "value_high"}) {
    auto found = slots.find(name);
    if (found != slots.end()) fact += found->second;
    fact += '\x1F';
  }
  for (const auto& [name, value] : slots) {
    if (std::ranges::find(kUnjudged, name) == std::end(kUnjudged)) content.append(name).append("=").append(value) += '\x1F';
  }
  return {at, key_of(fact), key_of(content)};
}

bool by_content(const Place& a, const Place& b) { return std::tie(a.fact, a.content) < std::tie(b.fact, b.content); }
bool by_fact(const Place& a, const Place& b) { return std::tie(a.fact, a.at) < std::tie(b.fact, b.at); }

// What has no equal among the others, by fact. Both are sorted by content.
std::vector<Place> without_equals(const std::vector<Place>& places, const std::vector<Place>& others) {
  std::vector<Place> left;
  std::set_difference(places.begin(), places.end(), others.begin(), others.end(), std::back_inserter(left), by_content);
  std::sort(left.begin(), left.end(), by_fact);
  return left;
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
    std::vector<Place> old_places, new_places;
    if (!read(first, before, old_places) || !read(second, after, new_places)) return false;
    const std::vector<Place> went = without_equals(old_places, new_places), came = without_equals(new_places, old_places);
    std::map<std::streamoff, std::streamoff> old_of;  // of a fact that changed, by the place of the new one
    std::vector<std::streamoff> left, found;
    pair(went, came, old_of, left, found);
    for (std::streamoff at : found) {
      const Slots slots = fact_at(second, at);
      if (auto old = old_of.find(at); old != old_of.end())
        tell("changed", brief(slots) + "  " + differences(fact_at(first, old->second), slots), changed_);
      else
        tell("came", brief(slots), came_);
    }
    for (std::streamoff at : left) tell("went", brief(fact_at(first, at)), went_);
    std::cerr << came_ << " came, " << went_ << " went, " << changed_ << " changed\n";
    return true;
  }

 private:
  static bool open(const std::ifstream& file, const std::string& name) {
    if (file) return true;
    complain(name + " cannot be read: " + std::strerror(errno));
    return false;
  }

  // Which of those that went became one of those that came; the rest of the one and all of the other, in the order of the files.
  static void pair(const std::vector<Place>& went, const std::vector<Place>& came, std::map<std::streamoff, std::streamoff>& old_of,
                   std::vector<std::streamoff>& left, std::vector<std::streamoff>& found) {
    auto old = went.begin();
    for (const Place& place : came) {
      while (old != went.end() && old->fact < place.fact) left.push_back((old++)->at);
      if (old != went.end() && old->fact == place.fact) old_of[place.at] = (old++)->at;
      found.push_back(place.at);
    }
    while (old != went.end()) left.push_back((old++)->at);
    std::sort(left.begin(), left.end());
    std::sort(found.begin(), found.end());
  }

  // The places of a file's facts, by content.
  bool read(std::ifstream& file, const std::string& name, std::vector<Place>& places) {
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
      places.push_back(place_of(*slots, at));
    }
    std::stable_sort(places.begin(), places.end(), by_content);
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
  uint64_t came_ = 0, went_ = 0, changed_ = 0;
};

}  // namespace

int run_diff(const std::string& before, const std::string& after) {
  if (is_no_json_lines("diff", before) || is_no_json_lines("diff", after)) return kFailed;
  return Diff().run(before, after) && flush_output() ? kDone : kFailed;
}

}  // namespace factmill::cli
