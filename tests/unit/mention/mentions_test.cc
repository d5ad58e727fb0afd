// Names against values: what a document's mentions are once both are found.
#include "mention/mentions.h"

#include <doctest/doctest.h>

#include "text/make_document.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

Document document_of(const RulePack& pack, const std::string& text, const std::string& title = "") {
  Record record;
  record.bytes = text;
  record.title = title;
  record.charset = "UTF-8";
  DocumentOrReject made = make_document(std::move(record), pack.text, {});
  REQUIRE_MESSAGE(static_cast<bool>(made), text);
  return std::move(made.document());
}

// "company:NIO" for a name, "number:1200" for a value, by position. A name that several entities share ends in '?'.
std::string mentions_of(const std::string& text, const std::string& title = "") {
  const RulePack& pack = small_pack().get();
  static const MentionFinder kFinder(pack);
  const Document document = document_of(pack, text, title);
  MentionFinder::Scratch scratch;
  Mentions found;
  kFinder.find(document, scratch, found);
  std::vector<std::pair<uint32_t, std::string>> all;
  for (const Value& value : found.values.values) {
    std::string written(value_type_name(value.type));
    written += ":" + (value.type == ValueType::date ? std::string(value.span.of(document.text)) : value.low.to_string());
    all.emplace_back(value.span.begin, written);
  }
  for (const Name& name : found.names) {
    std::string written(tag_name(name.tag));
    written += ":" + (name.entity == kNoEntity ? std::string(name.span.of(document.text)) : pack.lexicon.entity(name.entity).name);
    if (name.uncertain) written += "?";
    all.emplace_back(name.span.begin, written);
  }
  std::sort(all.begin(), all.end());
  std::string out;
  for (const auto& [at, written] : all) out += (out.empty() ? "" : " ") + written;
  return out;
}

struct Row {
  std::string text, mentions;
};

void check(std::span<const Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(mentions_of(row.text) == row.mentions);
  }
}

TEST_CASE("mentions: a digit of a name is no value") {
  const Row rows[] = {
      {"Tesla sold Model 3 cars.", "company:Tesla model:Model 3"},
      {"The Model 3 costs 231,900 yuan.", "model:Model 3 money:231900"},
      {"The price of the Model 3 fell; Model 3 to 231,900 yuan.", "model:Model 3 model:Model 3 money:231900"},
      {"Fang Cheng Bao delivered 3,000 Leopard 5 units.", "company:Fang Cheng Bao verb:delivered number:3000 model:Leopard 5"},
      {"The Bao 5 was launched.", "model:Leopard 5 verb:launched"},
      {"BYD's Yuan Plus costs 20,000 yuan.", "company:BYD model:Yuan Plus money:20000"},
      {"20,000 Yuan Plus cars were delivered.", "number:20000 model:Yuan Plus verb:delivered"},
      {"two EC6s", "number:2 model:EC6"},
      {"BYD's Leopard 5 - 2,795 in May", "company:BYD model:Leopard 5 number:2795 date:May"},
      {"BYD's Bao 5 – 688", "company:BYD model:Leopard 5 number:688"},
      {"BYD's Leopard 5: 2,795-3,100", "company:BYD model:Leopard 5 number:2795"},
  };
  check(rows);
}

TEST_CASE("mentions: a noun that is a unit as well goes with its number's head") {
  const Row rows[] = {
      {"Xiaomi had 87 stores.", "company:Xiaomi quantity:87 noun:stores"},
      {"Xiaomi opened 1,200 stores in China.", "company:Xiaomi quantity:1200 noun:stores region:CN"},
      {"NIO made 1,200 EVs.", "company:NIO quantity:1200"},
      {"The range is 405 km.", "quantity:405"},
  };
  check(rows);
}

TEST_CASE("mentions: tickers are the company, their digits no value") {
  const Row rows[] = {
      {"Xiaomi (HKG: 1810) said", "company:Xiaomi company:Xiaomi"},
      {"Nio (NYSE: NIO; HKG: 9866) said", "company:NIO company:NIO company:NIO"},
      {"(HKG:1211) rose 3 percent", "company:BYD percent:3"},
  };
  check(rows);
}

TEST_CASE("mentions: a name that is a word too needs its owner in the document") {
  const Row rows[] = {
      {"A firefly lights up. Firefly is a show.", ""},
      {"NIO launched Firefly.", "company:NIO verb:launched company:Firefly"},
      {"Onvo and Firefly are siblings.", "company:Onvo company:Firefly"},  // a sibling names the parent
      {"A seal is an animal. The Seal swims.", ""},
      {"BYD Seal", "model:Seal"},
      {"BYD launched the Seal.", "company:BYD verb:launched model:Seal"},
      {"The Leopard 5 and the Seal", "model:Leopard 5 model:Seal"},  // a model of a sub-brand names the group
      {"The L60 highway", ""},
      {"The Onvo L60", "model:L60"},
      {"NIO said the L60 sold well.", "company:NIO model:L60"},  // the parent of the maker is enough
      {"Firefly and the L60", ""},                               // neither proves the other
  };
  check(rows);
  CHECK(mentions_of("The Seal starts at 20,000 yuan.", "BYD cuts prices") == "model:Seal money:20000");
  CHECK(mentions_of("The Seal starts at 20,000 yuan.", "Tesla cuts prices") == "money:20000");
}

TEST_CASE("mentions: descriptors count once their company is named") {
  const Row rows[] = {
      {"The smartphone giant said", ""},
      {"Xiaomi fell. The smartphone giant said", "company:Xiaomi anaphor:Xiaomi"},
      {"The company said", "anaphor:The company"},
  };
  check(rows);
}

TEST_CASE("mentions: a noun's sign, people, segments, features") {
  const Row rows[] = {
      {"NIO's net loss was RMB 5 billion.", "company:NIO noun:net loss money:5000000000"},
      {"William Li of NIO", "person:William Li company:NIO"},
      {"EV business revenue", "segment:EVs noun:revenue"},
      {"NOA in 30 cities", "feature:NOA quantity:30"},
  };
  check(rows);
}

TEST_CASE("mentions: values and names never overlap, and both stand by position") {
  const std::string text =
      "Nio (NYSE: NIO) delivered 1,200 EC6s, 20,000 Yuan Plus and 3 Model 3 cars in May 2024; net loss of RMB 5 billion at 87 stores in 30 cities. "
      "Leopard 5 Pro from 20,000 yuan, Model 3 10,000 units; 5 Leopard 5 5 Leopard 5.";
  const RulePack& pack = small_pack().get();
  const MentionFinder finder(pack);
  const Document document = document_of(pack, text);
  MentionFinder::Scratch scratch;
  Mentions found;
  for (int round = 0; round < 2; ++round) {  // what was found before does not matter
    finder.find(document, scratch, found);
    for (size_t i = 1; i < found.names.size(); ++i) CHECK(found.names[i - 1].span.end <= found.names[i].span.begin);
    for (size_t i = 1; i < found.values.values.size(); ++i) CHECK(found.values.values[i - 1].outer.end <= found.values.values[i].outer.begin);
    for (const Value& value : found.values.values) {
      for (const Name& name : found.names) CHECK_FALSE(value.span.overlaps(name.span));
    }
    CHECK(found.names.size() == 13);
  }
}

}  // namespace
}  // namespace factmill::testing
