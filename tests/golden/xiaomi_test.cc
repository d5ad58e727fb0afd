// The article that the project began with: every required fact with every slot, nothing besides, and the same facts
// from the same article in other bytes. It is not ours to ship; where it is absent these tests say so and pass.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "golden/extracting.h"
#include "golden/score.h"

namespace factmill::golden {
namespace {

constexpr const char* kPublished = "2024-08-21";

std::string article_path() { return source_path("../shared/articles/xiaomi-2024-q2.txt"); }

bool article_is_there() {
  if (std::ifstream(article_path())) return true;
  MESSAGE("skipped: " << article_path() << " is not here");
  return false;
}

std::vector<FlatFact> gold_facts() { return read_fact_file(source_path("../shared/articles/xiaomi-2024-q2.facts.jsonl")); }

// Keys of a gold line that are no slots of the fact.
bool is_slot(const std::string& key) { return key != "optional" && key != "note" && key != "metric_alt"; }

std::string_view default_of(std::string_view key) {
  if (key == "measure") return "level";
  if (key == "modality") return "actual";
  if (key == "qualifier") return "exact";
  return {};
}

bool slot_equals(const FlatFact& gold, const FlatFact& fact, const std::string& key) {
  const std::optional<Decimal> a = gold.number(key), b = fact.number(key);
  if (a || b) return a && b && *a == *b;
  return gold.get(key, default_of(key)) == fact.get(key, default_of(key));
}

// Slots in which the fact is not what gold says. What gold leaves out is not judged but for measure, modality and
// qualifier, whose absence says something.
std::vector<std::string> differences(const FlatFact& gold, const FlatFact& fact, const std::set<std::string>& besides = {}) {
  std::set<std::string> keys = {"measure", "modality", "qualifier"};
  for (const auto& [key, value] : gold.slots) {
    if (is_slot(key)) keys.insert(key);
  }
  std::vector<std::string> different;
  for (const std::string& key : keys) {
    if (!besides.count(key) && !slot_equals(gold, fact, key)) different.push_back(key);
  }
  return different;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Every required fact has one of its own; nothing is left over but the optional ones.
void check_facts(const std::vector<FlatFact>& facts) {
  const std::vector<FlatFact> gold = gold_facts();
  CHECK(std::count_if(gold.begin(), gold.end(), [](const FlatFact& g) { return !g.optional(); }) == 18);
  std::vector<bool> used(facts.size());
  for (const FlatFact& wanted : gold) {
    if (wanted.optional()) continue;
    size_t best = facts.size();
    std::vector<std::string> least;
    for (size_t i = 0; i < facts.size(); ++i) {
      if (used[i] || keys_of(facts[i])[0] != keys_of(wanted)[0]) continue;
      const std::vector<std::string> different = differences(wanted, facts[i]);
      if (best == facts.size() || different.size() < least.size()) best = i, least = different;
    }
    if (best == facts.size()) {
      FAIL_CHECK("missing: " << wanted.brief());
      continue;
    }
    used[best] = true;
    CHECK_MESSAGE(least.empty(), "differs in " << joined(least) << "\n  wanted " << wanted.brief() << "\n  got    " << facts[best].brief());
  }
  for (const FlatFact& allowed : gold) {
    if (!allowed.optional()) continue;
    for (size_t i = 0; i < facts.size(); ++i) {
      if (!used[i] && keys_of(facts[i])[0] == keys_of(allowed)[0]) {
        used[i] = true;
        break;
      }
    }
  }
  for (size_t i = 0; i < facts.size(); ++i) {
    if (!used[i]) FAIL_CHECK("not in the gold file: " << facts[i].brief());
  }
}

// ---- the article in other bytes ------------------------------------------------------------------------------------

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  replace_all(text, from, to);
  return text;
}

// `encode` gets code points; the article has none beyond the Basic Multilingual Plane.
template <class Encode>
std::string encoded(const std::string& utf8, Encode encode) {
  std::string out;
  for (size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const int size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    uint32_t code = size == 1 ? lead : lead & (size == 2 ? 0x1F : 0x0F);
    for (int k = 1; k < size; ++k) code = code << 6 | (static_cast<unsigned char>(utf8[i + static_cast<size_t>(k)]) & 0x3F);
    encode(code, out);
    i += static_cast<size_t>(size);
  }
  return out;
}

std::string same(const std::string& utf8) { return utf8; }

std::string utf16le(const std::string& utf8) {
  return encoded(utf8, [](uint32_t c, std::string& out) { out += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)}; });
}

std::string utf16be(const std::string& utf8) {
  return encoded(utf8, [](uint32_t c, std::string& out) { out += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)}; });
}

// ASCII, curly quotes, the full-width comma and the characters of the Chinese line below.
std::string gb18030(const std::string& utf8) {
  static const std::map<uint32_t, std::string> kCodes = {
      {0x201C, "\xA1\xB0"}, {0x201D, "\xA1\xB1"}, {0x2019, "\xA1\xAF"}, {0x5C0F, "\xD0\xA1"}, {0x7C73, "\xC3\xD7"},
      {0x6C7D, "\xC6\xFB"}, {0x8F66, "\xB3\xB5"}, {0x56FE, "\xCD\xBC"}, {0x7247, "\xC6\xAC"}};
  return encoded(utf8, [](uint32_t c, std::string& out) {
    if (c < 0x80) {
      out += static_cast<char>(c);
      return;
    }
    REQUIRE_MESSAGE(kCodes.count(c), "no GB18030 code for U+" << c << " in this test");
    out += kCodes.at(c);
  });
}

std::string as_html(const std::string& text, const std::string& head = {}) {
  std::string body = replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), "($", "(&#36;");
  replace_all(body, "\n\n", "</p>\n<p>");
  return "<!DOCTYPE html>\n<html lang=\"en\"><head>" + head +
         "</head>\n<body><nav><a href=\"/\">Home</a> <a href=\"/ev\">EVs</a></nav>\n<article><p>" + body +
         "</p></article>\n<script>var sold = 99999;</script></body></html>\n";
}

std::string as_json_line(const std::string& text) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("id", "xiaomi");
  json.field("maintext", text);
  json.end_object();
  return line + "\n";
}

struct Form {
  const char* name;
  std::string file;
  std::string bytes;
  std::string (*encode)(const std::string& utf8);  // how this form writes characters
};

std::vector<Form> forms(const std::string& text) {
  const std::string bom = "\xEF\xBB\xBF";
  // Two Chinese words, so that a detector has something to go by.
  const std::string chinese = text + "\n\n\xE5\x9B\xBE\xE7\x89\x87: \xE5\xB0\x8F\xE7\xB1\xB3\xE6\xB1\xBD\xE8\xBD\xA6\n";
  return {
      {"HTML", "a.html", as_html(text, "<meta charset=\"utf-8\">"), same},
      {"JSON line", "a.jsonl", as_json_line(text), same},
      {"CRLF", "a.txt", replaced(text, "\n", "\r\n"), same},
      {"UTF-8 with byte order mark", "a.txt", bom + text, same},
      {"UTF-16LE", "a.txt", utf16le(bom + text), utf16le},
      {"UTF-16BE", "a.txt", utf16be(bom + text), utf16be},
      {"UTF-16LE without a mark", "a.txt", utf16le(text), utf16le},
      {"GB18030, declared", "a.html", as_html(gb18030(text), "<meta charset=\"gb18030\">"), gb18030},
      {"GB18030, detected", "a.txt", gb18030(chinese), gb18030},
      {"non-breaking spaces and curly quotes", "a.txt", replaced(replaced(text, " ", "\xC2\xA0"), "'", "\xE2\x80\x99"), same},
      {"entities", "a.html", replaced(as_html(text), "RMB ", "RMB&nbsp;"), same},
  };
}

// What a fact states, without its place and its identity.
std::string statement_of(const FlatFact& fact) {
  std::string out;
  for (const auto& [key, value] : fact.slots) {
    if (key == "fact_id" || key == "doc_id" || key == "lang" || key == "title") continue;
    if (key.starts_with("source.") || key.starts_with("sentence.")) continue;
    out += key + "=" + value + " ";
  }
  return out;
}

std::vector<std::string> statements_of(const Extracted& extracted) {
  std::vector<std::string> out;
  for (const FlatFact& fact : extracted.flat) out.push_back(statement_of(fact));
  std::sort(out.begin(), out.end());
  return out;
}

void check_same(const std::vector<std::string>& expected, const std::vector<std::string>& got) {
  for (const std::string& one : expected) {
    if (!std::count(got.begin(), got.end(), one)) FAIL_CHECK("only in the plain text: " << one);
  }
  for (const std::string& one : got) {
    if (!std::count(expected.begin(), expected.end(), one)) FAIL_CHECK("only in this form: " << one);
  }
  CHECK(got.size() == expected.size());
}

}  // namespace

TEST_CASE("xiaomi: all 18 facts with every slot, and nothing beyond the optional ones") {
  if (!article_is_there()) return;
  const Extracted extracted = extract_file(article_path(), kPublished);
  check_proofs(extracted);
  check_facts(extracted.flat);
}

TEST_CASE("xiaomi: the same facts in other bytes, each with its proof in those") {
  if (!article_is_there()) return;
  const std::string text = read_file(article_path());
  const std::vector<std::string> expected = statements_of(extract_bytes(text, "a.txt", kPublished));
  CHECK(expected.size() >= 14);
  for (const Form& form : forms(text)) {
    SUBCASE(form.name) {
      const Extracted extracted = extract_bytes(form.bytes, form.file, kPublished);
      check_proofs(extracted);
      check_same(expected, statements_of(extracted));
      // The proof once more with this test's own encoder, which shares no code with the decoder.
      for (const Fact& fact : extracted.facts.facts) {
        for (const Evidence& e : fact.evidence) CHECK(extracted.document.raw.substr(e.start, e.end - e.start) == form.encode(e.text));
      }
    }
  }
}

TEST_CASE("xiaomi: without a publish date, what differs or rests on a guessed year is flagged") {
  if (!article_is_there()) return;
  const Extracted dated = extract_file(article_path(), kPublished);
  const Extracted undated = extract_file(article_path());
  check_proofs(undated);
  CHECK(undated.flat.size() == dated.flat.size());
  const auto flagged = [](const FlatFact& fact) { return fact.has_flag("year_inferred") || fact.has_flag("period_inferred"); };
  for (const FlatFact& fact : dated.flat) {
    INFO(fact.brief());
    std::vector<const FlatFact*> same_value;
    for (const FlatFact& other : undated.flat) {
      const bool dateless = !fact.has("value") && !fact.has("value_low");
      if (dateless ? fact.get("metric") == other.get("metric") && fact.get("variant") == other.get("variant")
                   : keys_of(other)[0] == keys_of(fact)[0]) {
        same_value.push_back(&other);
      }
    }
    const bool kept = std::any_of(same_value.begin(), same_value.end(), [&](const FlatFact* other) {
      return other->get("period") == fact.get("period") || flagged(*other);
    });
    CHECK_MESSAGE(kept, "neither the same nor flagged without a publish date");
  }
  // "on March 28", "in April", "in May": no year stands there.
  for (const FlatFact& fact : undated.flat) {
    if (fact.get("metric") != "launch_date" && fact.get("metric") != "delivery_start_date") continue;
    CHECK_MESSAGE(flagged(fact), "not flagged: " << fact.brief());
  }
}

}  // namespace factmill::golden
