#include "golden/flat_fact.h"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <sstream>

#include "golden/extracting.h"

namespace factmill::golden {
namespace {

using simdjson::ondemand::json_type;

std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

void read_object(simdjson::ondemand::object object, const std::string& prefix, FlatFact& fact);

// Lists of words become one text; the list of evidence is left to other tests.
void read_array(simdjson::ondemand::array array, const std::string& key, FlatFact& fact) {
  for (simdjson::ondemand::value item : array) {
    if (item.type() != json_type::string) continue;
    const std::string word(std::string_view(item.get_string()));
    if (key == "metric_alt") {
      fact.metric_alt.push_back(word);
    } else {
      std::string& words = fact.slots[key];
      words += words.empty() ? word : " " + word;
    }
  }
}

void read_value(simdjson::ondemand::value value, const std::string& key, FlatFact& fact) {
  switch (json_type type = value.type(); type) {
    case json_type::object: return read_object(value.get_object(), key + ".", fact);
    case json_type::array: return read_array(value.get_array(), key, fact);
    case json_type::null: return;
    case json_type::string: fact.slots[key] = std::string_view(value.get_string()); return;
    default: fact.slots[key] = trimmed(value.raw_json_token()); return;
  }
}

void read_object(simdjson::ondemand::object object, const std::string& prefix, FlatFact& fact) {
  for (auto field : object) {
    std::string key = prefix + std::string(std::string_view(field.unescaped_key()));
    read_value(field.value(), key, fact);
  }
}

}  // namespace

std::optional<Decimal> FlatFact::number(std::string_view key) const {
  const std::string_view text = get(key);
  return text.empty() ? std::nullopt : Decimal::parse(text);
}

bool FlatFact::has_flag(std::string_view flag) const {
  return (" " + std::string(get("flags")) + " ").find(" " + std::string(flag) + " ") != std::string::npos;
}

std::string FlatFact::brief() const {
  static const char* const kKeys[] = {"metric", "measure", "basis", "company", "model", "variant", "segment", "region", "feature",
                                      "value", "value_low", "value_high", "unit", "qualifier", "period", "period_kind",
                                      "modality", "rule"};
  std::string out = line ? "line " + std::to_string(line) + ":" : "";
  for (const char* key : kKeys) {
    if (has(key)) out.append(out.empty() ? "" : " ").append(key).append("=").append(get(key));
  }
  return out;
}

FlatFact read_fact(std::string_view json) {
  FlatFact fact;
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(json);
  try {
    simdjson::ondemand::document document = parser.iterate(padded);
    read_object(document.get_object(), "", fact);
  } catch (const simdjson::simdjson_error& error) {
    FAIL("not a fact: " << error.what() << ": " << std::string(json));
  }
  return fact;
}

std::vector<FlatFact> read_facts(const std::string& json_lines) {
  std::vector<FlatFact> facts;
  std::istringstream lines(json_lines);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (trimmed(line).empty()) continue;
    facts.push_back(read_fact(line));
    facts.back().line = number;
  }
  return facts;
}

std::vector<FlatFact> read_fact_file(const std::string& path) { return read_facts(read_file(path)); }

}  // namespace factmill::golden
