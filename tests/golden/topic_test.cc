// No text that a quick look takes to be about something else states a fact.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "golden/extracting.h"
#include "unit/archive/reading.h"

namespace factmill::golden {
namespace {

// What was left out, and of it what states facts all the same.
struct Looked {
  size_t texts = 0, left_out = 0, facts_lost = 0;
};

void look(const std::string& text, const std::string& title, Looked& out) {
  static Extraction extraction(extractor());
  const auto record = [&] {
    Record record;
    record.source.path = "a.txt";
    record.bytes = text;
    record.title = title;
    return record;
  };
  ++out.texts;
  if (!make_document(record(), extractor().pack().text, {.topic = &*extractor().pack().resolution.topic}).is_off_topic()) return;
  ++out.left_out;
  DocumentOrReject made = make_document(record(), extractor().pack().text, {.published = parse_day("2025-05-02")});
  REQUIRE(made);
  const size_t facts = extraction.run(made.document()).facts.size();
  INFO(title << ": " << text);
  CHECK(facts == 0);
  out.facts_lost += facts;
}

// The same words in other bytes: what readers take for one character, what they do not see, capitals, broken lines.
std::string disguised(const std::string& text, std::mt19937& random) {
  const std::string_view blanks[] = {"\u00A0", "\n", "\u2009", "\r\n", "\t", "  "};
  const std::string_view unseen[] = {"\u00AD", "\u200B", "\uFEFF", "\x01", "\u0301", "\u00E9"};
  std::string out;
  for (char c : text) {
    const auto chance = random() % 200;
    if (c == ' ' && chance < 40) out += blanks[chance % std::size(blanks)];
    else if (c == '-' && chance < 100) out += "\u2011";
    else if (c == '\'' && chance < 100) out += "\u2019";
    else if (c >= 'a' && c <= 'z' && chance < 3) out += static_cast<char>(c - 32);
    else if (c >= '!' && c <= '~' && chance < 6) out += {'\xEF', static_cast<char>(c < 0x60 ? '\xBC' : '\xBD'), static_cast<char>(c < 0x60 ? c + 0x60 : c + 0x20)};  // full width
    else out += c;
    if (chance == 199) out += unseen[random() % std::size(unseen)];
  }
  return out;
}

// The facts of a run over all of the corpus and a text about something else.
std::pair<std::string, RunSummary> run_over_corpus(bool only_facts) {
  const Folder folder;
  std::string other = "The council of a small town spoke of its new bridge and of what it may cost. ";
  for (int i = 0; i < 3; ++i) other += other;
  const std::string target = folder.path() + "/facts.jsonl";
  const std::vector<std::string> paths = {source_path("corpus"), folder.write("in/other.txt", other)};
  Result<std::unique_ptr<Sink>> sink = open_sink(target, {"test", extractor().pack().label(), extractor().pack().hash});
  REQUIRE(sink);
  RunOptions options;
  options.only_facts = only_facts;
  const RunSummary summary = extract(extractor(), paths, options, **sink);
  REQUIRE(summary.status);
  return {read_file(target), summary};
}

}  // namespace

TEST_CASE("topic: a run that is asked for facts only gives the same facts and counts the same documents") {
  const auto [all, all_summary] = run_over_corpus(false);
  const auto [quick, quick_summary] = run_over_corpus(true);
  CHECK((all == quick));
  CHECK(all_summary.documents == quick_summary.documents);
  CHECK(all_summary.bytes == quick_summary.bytes);
  CHECK(all_summary.with_facts == quick_summary.with_facts);
  CHECK(all_summary.facts > 1000);
}

TEST_CASE("topic: no part of an article that is left out states a fact") {
  std::mt19937 random(20240821);
  Looked plain, other;
  for (const char* folder : {"corpus/tune", "corpus/test", "corpus/negative"}) {
    for (const std::string& path : files_in(folder, ".txt")) {
      const std::string text = read_file(path);
      look(text, "", plain);
      // Parts that just must speak of the topic: in some it is not named.
      for (size_t begin = 0; begin < text.size(); begin += 400) {
        const std::string part = text.substr(begin, 500 + random() % 400);
        look(part, random() % 4 == 0 ? text.substr(0, text.find('\n')) : "", plain);
        look(disguised(part, random), "", other);
      }
    }
  }
  CHECK(plain.left_out > 50);
  CHECK(other.left_out > 50);
  CHECK(plain.left_out < plain.texts / 2);
  MESSAGE(plain.left_out << " of " << plain.texts << " texts left out, " << other.left_out << " of " << other.texts << " disguised ones");
}

}  // namespace factmill::golden
