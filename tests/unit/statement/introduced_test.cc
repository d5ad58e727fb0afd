// Names that a document introduces itself.
#include "statement/introduced.h"
#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

const RulePack& introducing_pack() {
  static const SmallPack kPack(Files{
      {"pack.yaml",
       "pack: small\nversion: \"1\"\n"
       "values: [common/numbers.yaml, common/currencies.yaml, common/units.yaml, common/dates.yaml]\n"
       "lexicon: [lexicon.yaml]\nmetrics: [metrics.yaml]\ncues: [cues.yaml]\nrules: [rules.yaml, names.yaml]\nresolution: words.yaml\n"},
      {"words.yaml", "clause_boundary: '; '\nname_separators: [', ', ' and ']\nno_names: [The, Both]\n"},
      {"names.yaml",
       "introductions:\n"
       "  - id: trims\n"
       "    match: '(?P<names>(?:(?-i:[A-Z][a-z]+)|{variant}|{number})(?:(?: |, | and )(?:(?-i:[A-Z][a-z]+)|{variant}|{number}))*) trims'\n"
       "    as: variant\n"},
  });
  CHECK(kPack.errors() == "");
  return kPack.get();
}

// Every variant of the text, as it stands there.
std::string trims(const std::string& text) {
  const RulePack& pack = introducing_pack();
  const Document document = make_test_document(pack, text);
  const MentionFinder finder(pack);
  MentionFinder::Scratch scratch;
  Mentions mentions;
  finder.find(document, scratch, mentions);
  Introducer introducer(pack);
  introducer.run(document, mentions);
  std::string out;
  uint32_t last = 0;
  for (const Name& name : mentions.names) {
    CHECK(name.span.begin >= last);  // by position, none over another
    last = name.span.end;
    if (name.tag == Tag::variant) out += (out.empty() ? "" : "|") + std::string(name.span.of(document.text));
  }
  return out;
}

TEST_CASE("introduced: names of a list, wherever the document has them") {
  CHECK(trims("The SU7 comes in Earth, Wind and Sky trims this year. In May the Sky is the best of them.") == "Earth|Wind|Sky|Sky");
  CHECK(trims("The SU7 comes in The Wind trims this year. Both Windy and Wind were seen.") == "Wind|Wind");
}

TEST_CASE("introduced: a longer name takes in the known trim and the figure") {
  CHECK(trims("The SU7 comes in 702 Max trims this year. In May the 702 Max and the Max were seen.") == "702 Max|702 Max|Max");
  CHECK(trims("The SU7 comes in 12 Max trims this year, they said.") == "Max");  // a count of them
  CHECK(trims("The SU7 comes in Earth 50, Wind 60 and Wind 85 trims this year. In May the Wind 60 sold 60 times.") ==
        "Earth 50|Wind 60|Wind 85|Wind 60");
  CHECK(trims("The SU7 comes in Earth 5 and 85 Wind trims this year, they said.") == "");
}

TEST_CASE("introduced: nothing without a model, and nothing that has a name already") {
  CHECK(trims("The firm sells Earth, Wind and Sky trims this year.") == "");
  CHECK(trims("The SU7 comes in Xiaomi trims this year, they said.") == "");
}

}  // namespace
}  // namespace factmill::testing
