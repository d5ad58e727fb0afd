#include "mention/names.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace factmill {
namespace {

NameIndex index_of(const std::vector<std::string>& names) {
  NameIndex index;
  for (uint32_t i = 0; i < names.size(); ++i) index.add(names[i], {Tag::company, i});
  index.build();
  return index;
}

// The names found, as written, with '|' between them.
std::string found(const NameIndex& index, std::string_view text) {
  std::vector<NameHit> hits;
  index.find(text, {0, static_cast<uint32_t>(text.size())}, hits);
  std::string out;
  for (const NameHit& hit : hits) {
    out += out.empty() ? "" : "|";
    out += hit.span.of(text);
  }
  return out;
}

TEST_CASE("names: what is found in a text") {
  struct {
    std::vector<std::string> names;
    std::string_view text, found;
  } const rows[] = {
      // longest, leftmost
      {{"Li Auto", "Li", "Li Auto Inc"}, "Li Auto Inc sold, Li said, Li Auto too", "Li Auto Inc|Li|Li Auto"},
      {{"Model", "Model 3", "3 Plus"}, "Model 3 Plus", "Model 3"},
      {{"gross margin", "margin"}, "vehicle gross margin margin", "gross margin|margin"},
      {{"a b c d", "b c"}, "a b c e", "b c"},
      {{"NIO ES6", "NIO", "ES6"}, "NIO ES6 NIO, ES6", "NIO ES6|NIO|ES6"},
      // case: lower-case names in any, others to the letter but for a sentence's first capital
      {{"revenue"}, "Revenue REVENUE revenue rEvEnUe", "Revenue|REVENUE|revenue|rEvEnUe"},
      {{"Nio"}, "Nio NIO nio", "Nio"},
      {{"HAN"}, "Han han HAN", "HAN"},
      {{"non-GAAP profit"}, "Non-GAAP profit, non-GAAP profit, NON-GAAP profit", "Non-GAAP profit|non-GAAP profit"},
      // word boundaries
      {{"Li"}, "Lithium Li-ion Li. (Li) ELi Li2 2Li", "Li|Li|Li"},
      {{"range"}, "ranges arrange range-topping orange", "range"},
      {{"Pro+"}, "the Pro+, Pro, Pro+ and Pro++", "Pro+|Pro+|Pro+"},
      {{"SU7"}, "SU7's, SU7, SU71 SU-7 SU7", "SU7|SU7|SU7"},
      {{"R&D expenses"}, "R&D expenses R & D expenses", "R&D expenses"},
      // a number that goes on is no end of a name
      {{"Polestar 1", "Polestar"}, "Polestar 1,241 Polestar 1.5 Polestar 1, 2 Polestar 1.", "Polestar|Polestar|Polestar 1|Polestar 1"},
      // plurals of names, not of words
      {{"EC6"}, "EC6s and two EC6s, EC6sx", "EC6s|EC6s"},
      {{"Model Y"}, "Model Ys Model Y's", "Model Ys|Model Y"},
      {{"order"}, "orders order", "order"},
      {{"L"}, "Ls", ""},  // too short to be told from a word
      // footnotes behind words
      {{"vehicle margin"}, "Vehicle margin2 was, vehicle margin22 was", "Vehicle margin"},
      {{"deliveries"}, "deliveries1 deliveries0", "deliveries"},
      {{"range"}, "range1", ""},
      // blank or hyphen
      {{"year end"}, "year-end year end year_end yearend", "year-end|year end"},
      {{"pre-orders"}, "pre-orders pre orders", "pre-orders"},
      // characters before the first word
      {{"#1"}, "#1 1 ##1 #12", "#1|#1"},
      {{"$AI"}, "AI $AI", "$AI"},
      {{"A", "(A)"}, "(A) A", "(A)|A"},
      // non-ASCII neighbours
      {{"Xiaomi"}, "Xiaomi\xC2\xAE \xC2\xABXiaomi\xC2\xBB \xE2\x80\x9CXiaomi\xE2\x80\x9D \xE2\x80\xA2Xiaomi", "Xiaomi|Xiaomi|Xiaomi|Xiaomi"},
      {{"Seal"}, "Seal\xC3\xA9 \xC3\xA9Seal Seal", "Seal"},
      {{"Citro\xC3\xABn"}, "Citro\xC3\xABn Citroen", "Citro\xC3\xABn"},
      {{"\xE5\xB0\x8F\xE7\xB1\xB3"}, "\xE5\xB0\x8F\xE7\xB1\xB3 \xE5\xB0\x8F\xE7\xB1\xB3\xE5\xB0\x8F", "\xE5\xB0\x8F\xE7\xB1\xB3"},
      // nothing to find
      {{}, "anything", ""},
      {{"", "...", "         Nine"}, "... Nine         Nine", ""},
      {{"Nio"}, "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(found(index_of(row.names), row.text) == row.found);
  }
}

TEST_CASE("names: only inside the span, and boundaries do not look beyond it") {
  const NameIndex index = index_of({"Li Auto", "#1", "SU7"});
  const std::string_view text = "SU7 Li Auto #1 SU7s";
  struct {
    Span within;
    size_t count;
  } const rows[] = {{{0, 19}, 4}, {{4, 11}, 1}, {{4, 10}, 0}, {{5, 11}, 0}, {{13, 14}, 0}, {{12, 14}, 1}, {{15, 18}, 1}, {{15, 17}, 0}, {{3, 3}, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.within.begin);
    CAPTURE(row.within.end);
    std::vector<NameHit> hits;
    index.find(text, row.within, hits);
    CHECK(hits.size() == row.count);
    for (const NameHit& hit : hits) CHECK(row.within.contains(hit.span));
  }
}

TEST_CASE("names: one spelling keeps all its readings, in order of adding") {
  NameIndex index;
  index.add("range", {Tag::noun, 1});
  index.add("Range", {Tag::variant, 2});
  index.add("range", {Tag::noun, 3, true});
  index.build();
  const std::string_view text = "Range RANGE";
  std::vector<NameHit> hits;
  index.find(text, {0, 11}, hits);
  REQUIRE(hits.size() == 2);
  REQUIRE(hits[0].count == 3);  // to the letter, and in any case
  CHECK(index.reading(hits[0].readings).tag == Tag::variant);
  CHECK(index.reading(hits[0].readings + 1).index == 1);
  CHECK(index.reading(hits[0].readings + 2).index == 3);
  REQUIRE(hits[1].count == 2);
  CHECK(index.reading(hits[1].readings).index == 1);
  CHECK(index.reading(hits[1].readings + 1).negative);
}

TEST_CASE("names: ten thousand of them, each found by its own reading") {
  std::vector<std::string> names;
  for (int i = 0; i < 10000; ++i) names.push_back("Brand" + std::to_string(i % 100) + " M" + std::to_string(i));
  const NameIndex index = index_of(names);
  for (uint32_t i = 0; i < names.size(); i += 37) {
    std::vector<NameHit> hits;
    index.find(names[i], {0, static_cast<uint32_t>(names[i].size())}, hits);
    REQUIRE(hits.size() == 1);
    CHECK(index.reading(hits[0].readings).index == i);
  }
}

// The same by brute force: at every position every name, without hashes.
bool letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
char low(char c) { return upper(c) ? static_cast<char>(c + 32) : c; }

size_t covers(std::string_view text, size_t at, std::string_view name) {
  if (text.size() - at < name.size()) return 0;
  const bool any_case = std::none_of(name.begin(), name.end(), upper);
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = text[at + i];
    const bool same = c == name[i] || (name[i] == ' ' && c == '-') || ((any_case || i == 0) && name[i] == low(c));
    if (!same) return 0;
  }
  const std::string_view rest = text.substr(at + name.size());
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digit(name.back()) && rest.size() > 1 && (rest[0] == ',' || rest[0] == '.') && digit(rest[1])) return 0;
  if (!letter(name.back()) || rest.empty() || !letter(rest[0])) return name.size();
  const bool ends = rest.size() < 2 || !letter(rest[1]);
  if (!any_case && name.size() > 1 && rest[0] == 's' && ends) return name.size() + 1;
  if (any_case && name.size() >= 8 && rest[0] >= '1' && rest[0] <= '9' && ends) return name.size();
  return 0;
}

std::string found_naively(const std::vector<std::string>& names, std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t best = 0;
    for (const std::string& name : names) {
      const bool begins = letter(name[0]) && (at == 0 || !letter(text[at - 1]));
      if (begins) best = std::max(best, covers(text, at, name));
    }
    if (best > 0) {
      out += (out.empty() ? "" : "|") + std::string(text.substr(at, best));
      at += best;
    } else {
      ++at;
    }
  }
  return out;
}

TEST_CASE("names: as a naive scan finds them") {
  const auto letters = rc::gen::elementOf(std::string("abABs1"));
  const auto name = rc::gen::apply(
      [](std::string a, std::string b, bool two) { return two && !b.empty() ? a + " " + b : a; },
      rc::gen::suchThat(rc::gen::container<std::string>(letters), [](const std::string& s) { return !s.empty() && s.size() < 4; }),
      rc::gen::suchThat(rc::gen::container<std::string>(letters), [](const std::string& s) { return s.size() < 3; }), rc::gen::arbitrary<bool>());
  const bool holds = rc::check("names: as a naive scan finds them", [&] {
    const auto names = *rc::gen::container<std::vector<std::string>>(name);
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("abABs1 -.,  ")));
    const std::string naive = found_naively(names, text);
    RC_CLASSIFY(!naive.empty(), "finds something");
    RC_ASSERT(found(index_of(names), text) == naive);
  });
  CHECK(holds);
}

}  // namespace
}  // namespace factmill
