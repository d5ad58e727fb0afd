#include <doctest/doctest.h>

#include "sink/duplicates.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

constexpr uint64_t kStory = 0xFF00FF00FF00FF00;

using Marks = std::vector<std::pair<std::string, std::string>>;

Marks marks_of(std::vector<SignedDocument> documents) {
  Marks marks;
  for (DuplicateMark& mark : changed_marks(std::move(documents))) marks.emplace_back(mark.doc_id, mark.dup_of);
  return marks;
}

TEST_CASE("duplicates: what was published first is the original, whatever the order") {
  const SignedDocument first{"bb", "2024-08-01", kStory, ""}, second{"aa", "2024-08-02", kStory ^ 0x1F, ""},
      undated{"00", "", kStory, ""}, other{"cc", "2024-08-01", ~kStory, ""};
  CHECK(marks_of({second, undated, other, first}) == Marks{{"00", "bb"}, {"aa", "bb"}});
  CHECK(marks_of({first, other, undated, second}) == Marks{{"00", "bb"}, {"aa", "bb"}});
}

TEST_CASE("duplicates: one day's documents go by their id") {
  CHECK(marks_of({{"b", "2024-08-01", kStory, ""}, {"a", "2024-08-01", kStory, ""}}) == Marks{{"b", "a"}});
}

TEST_CASE("duplicates: nine bits off is another story, and no signature is none") {
  CHECK(marks_of({{"a", "", kStory, ""}, {"b", "", kStory ^ 0x1FF, ""}}).empty());
  CHECK(marks_of({{"a", "", kStory, ""}, {"b", "", kStory ^ 0xFF, ""}}) == Marks{{"b", "a"}});
  CHECK(marks_of({{"a", "", 0, ""}, {"b", "", 0, ""}}).empty());
}

TEST_CASE("duplicates: only marks that change, and one whose original has gone is taken off") {
  CHECK(marks_of({{"a", "", kStory, ""}, {"b", "", kStory, "a"}}).empty());
  CHECK(marks_of({{"b", "", kStory, "a"}}) == Marks{{"b", ""}});
}

TEST_CASE("duplicates: an original that is loaded later than its copy takes its place") {
  const auto check_in = [](const std::string& target, Database& database) {
    std::vector<DocumentFacts> documents = {make_document('a', {}), make_document('b', {})};
    documents[0].published = "2024-08-02";
    documents[1].published = "2024-08-01";
    for (DocumentFacts& document : documents) document.signature = kStory;
    load(target, {documents[0]});
    CHECK(database.query("SELECT count(*) FROM document WHERE dup_of IS NOT NULL") == Rows{{"0"}});
    load(target, {documents[1]});
    CHECK(database.query("SELECT doc_id, dup_of FROM document WHERE dup_of IS NOT NULL") ==
          Rows{{documents[0].doc_id, documents[1].doc_id}});
    load(target, documents);  // again: the same rows
    CHECK(database.query("SELECT doc_id, dup_of FROM document WHERE dup_of IS NOT NULL") ==
          Rows{{documents[0].doc_id, documents[1].doc_id}});
  };
  ScratchDirectory directory;
  load(directory / "facts.db", {});
  check_in(directory / "facts.db", *open_sqlite(directory / "facts.db"));
  if (const auto postgresql = make_postgresql()) check_in(postgresql->url, *postgresql->database);
}

}  // namespace
}  // namespace factmill::testing
