#include "statement/sentence.h"

#include "unit/statement/reading.h"

namespace factmill::testing {
namespace {

Node node_of(Tag tag, Span span) {
  Node node;
  node.tag = tag;
  node.span = node.core = span;
  return node;
}

TEST_CASE("tagged sentence: one byte a mention, one a character, offsets of the text") {
  const std::string text = "a \xC3\xA9 \xE2\x82\xAC" "5 \xF0\x9F\x9A\x97.";  // a é €5 🚗.
  TaggedSentence s;
  s.append_text(std::string_view(text).substr(0, 5), 0);
  s.append_node(node_of(Tag::money, {5, 9}));
  s.append_text(std::string_view(text).substr(9), 9);
  CHECK(s.readable(s.tagged) == "a ? {money} ?.");
  CHECK(s.origin == std::vector<uint32_t>{0, 1, 2, 4, 5, 9, 10, 14});
  CHECK(s.text_end(2, text) == 4);
  CHECK(s.text_end(4, text) == 9);
  CHECK(s.text_end(6, text) == 14);
  CHECK(s.text_end(7, text) == 15);
  CHECK((s.tags & tag_bit(Tag::money)) != 0);
}

TEST_CASE("tagged sentence: text that is cut inside a character reads no further than it is") {
  TaggedSentence s;
  s.append_text("ab\xE2\x82", 0);
  CHECK(s.readable(s.tagged) == "ab?");
  CHECK(s.origin.size() == 3);
}

TEST_CASE("tagged sentence: folding leaves offsets and nodes of what is around") {
  const std::string text = "from A to B.";
  TaggedSentence s;
  s.append_text("from ", 0);
  const int32_t a = s.append_node(node_of(Tag::company, {5, 6}));
  s.append_text(" to ", 6);
  const int32_t b = s.append_node(node_of(Tag::company, {10, 11}));
  s.append_text(".", 11);
  Node list = node_of(Tag::company, {5, 11});
  list.list = true;
  const int32_t folded = s.fold(5, 11, list);
  CHECK(s.readable(s.tagged) == "from {company+}.");
  CHECK(s.origin == std::vector<uint32_t>{0, 1, 2, 3, 4, 5, 11});
  CHECK(s.node_at == std::vector<int32_t>{kNoNode, kNoNode, kNoNode, kNoNode, kNoNode, folded, kNoNode});
  CHECK(s.text_end(5, text) == 11);
  CHECK(s.node(a).span == Span{5, 6});  // what was folded is still there
  CHECK(s.node(b).span == Span{10, 11});
  // The first and the last byte, and a fold of one.
  s.fold(6, 7, node_of(Tag::aside, {11, 12}));
  s.fold(0, 5, node_of(Tag::where, {0, 5}));
  CHECK(s.readable(s.tagged) == "{where}{company+}{aside}");
  CHECK(s.origin == std::vector<uint32_t>{0, 5, 11});
}

TEST_CASE("tagged sentence: clear leaves nothing behind") {
  TaggedSentence s;
  s.append_node(node_of(Tag::money, {0, 1}));
  s.clear();
  CHECK(s.tagged.empty());
  CHECK(s.origin.empty());
  CHECK(s.node_at.empty());
  CHECK(s.nodes.empty());
  CHECK(s.tags == 0);
}

TEST_CASE("tagging: every byte knows where it stands in the text") {
  const Reading r("\xC2\xABXiaomi\xC2\xBB delivered 27,307 \xE2\x82\xAC units of the SU7 in caf\xC3\xA9s.");
  REQUIRE(r.sentence.origin.size() == r.sentence.tagged.size());
  for (size_t i = 0; i + 1 < r.sentence.tagged.size(); ++i) {
    CHECK(r.sentence.origin[i] < r.sentence.origin[i + 1]);
    CHECK(r.sentence.text_end(i, r.document.text) <= r.sentence.origin[i + 1]);
  }
  CHECK(r.sentence.text_end(r.sentence.tagged.size() - 1, r.document.text) == r.document.text.size());
}

TEST_CASE("tagging: a megabyte without a full stop is read in pieces that lose no mention") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "Xiaomi delivered " + std::to_string(10000 + i) + " units \xC3\xA9\xE2\x82\xAC, ";
  const RulePack& pack = small_pack().get();
  const Document document = make_test_document(pack, text + "at last.");
  const MentionFinder finder(pack);
  MentionFinder::Scratch scratch;
  Mentions mentions;
  finder.find(document, scratch, mentions);
  REQUIRE(document.paragraphs.size() == 1);
  MentionCursor cursor;
  TaggedSentence s;
  size_t values = 0, names = 0, pieces = 0;
  for (Span rest = document.paragraphs[0].span; !rest.empty(); rest.begin = s.span.end) {
    tag_sentence(document.text, rest, mentions, cursor, s);
    REQUIRE(s.span.begin == rest.begin);
    REQUIRE(s.span.end > rest.begin);
    REQUIRE(s.tagged.size() <= 4096);
    CHECK(s.text_end(s.tagged.size() - 1, document.text) == s.span.end);
    for (const Node& node : s.nodes) ++(node.value == kNoNode ? names : values);
    ++pieces;
  }
  CHECK(values == 5000);
  CHECK(names == 10000);
  CHECK(pieces > 10);
}

}  // namespace
}  // namespace factmill::testing
