// The quick way finds what the naive way finds: every rule tried on every sentence.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "golden/extracting.h"
#include "unit/archive/reading.h"

namespace factmill::golden {
namespace {

const Extractor& naive_extractor() {
  static const Extractor naive([] {
    Diagnostics diagnostics;
    auto pack = load_rules(source_path("rules"), diagnostics, {.naive = true});
    REQUIRE_MESSAGE(pack, diagnostics.render());
    return pack;
  }());
  return naive;
}

std::string facts_of(Extraction& extraction, const Extractor& extractor, const std::string& path) {
  std::string lines;
  TextOptions options;
  options.published = parse_day("2025-05-02");
  Kept kept = read_memory(read_file(path), path);
  for (Record& record : kept.records) {
    DocumentOrReject made = make_document(std::move(record), extractor.pack().text, options);
    if (!made) continue;
    for (const Fact& fact : extraction.run(made.document()).facts) append_json(fact, lines);
    for (const Unclaimed& open : extraction.unclaimed()) lines += open.type + " " + std::to_string(open.span.begin) + "\n";
  }
  return lines;
}

}  // namespace

TEST_CASE("naive: every article of the corpus gives the same facts, and leaves the same values open") {
  Extraction quick(extractor()), naive(naive_extractor());
  size_t bytes = 0;
  for (const char* folder : {"corpus/tune", "corpus/test", "corpus/negative"}) {
    for (const char* ending : {".txt", ".html", ".jsonl"}) {
      for (const std::string& path : files_in(folder, ending)) {
        const std::string facts = facts_of(quick, extractor(), path);
        INFO(path);
        CHECK(facts == facts_of(naive, naive_extractor(), path));
        bytes += facts.size();
      }
    }
  }
  CHECK(bytes > 100000);
}

}  // namespace factmill::golden
