// Our own articles against their gold facts, with a floor under each: what was once found stays found.
//
//   FACTMILL_FLOOR=raise  build/dev/tests/test_golden -tc="corpus*"   rows that got better are written to floor.tsv
//   FACTMILL_FLOOR=accept build/dev/tests/test_golden -tc="corpus*"   every row becomes what is extracted now; say why in the commit
//   FACTMILL_FLOOR=show   build/dev/tests/test_golden -tc="corpus*"   also lists what is missed and what is extra in corpus/tune
//
// floor.tsv: article, required, found, strict, extra, then the gold lines found and strictly found, so that a drop can
// name the facts lost. Each further extra fact must be paid for by a further strict one. corpus/test is never tuned
// against: what was lost of it is named by its gold line only, and what is extra not at all.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "golden/extracting.h"
#include "golden/score.h"

namespace factmill::golden {
namespace {

using Lines = std::set<int>;

struct Floor {
  int required = 0, found = 0, strict = 0, extra = 0;
  Lines found_lines, strict_lines;
};
using Floors = std::map<std::string, Floor>;  // by article: "tune/nio-2025-05-deliveries"

std::string floor_path() { return source_path("tests/golden/floor.tsv"); }
constexpr const char* kHeader = "# article\trequired\tfound\tstrict\textra\tfound lines\tstrict lines";

// {1, 2, 3, 7} <-> "1-3,7"
std::string to_text(const Lines& lines) {
  std::string out;
  for (auto at = lines.begin(); at != lines.end();) {
    const int first = *at;
    int last = first;
    while (++at != lines.end() && *at == last + 1) last = *at;
    if (!out.empty()) out += ',';
    out += std::to_string(first);
    if (last > first) out += '-' + std::to_string(last);
  }
  return out.empty() ? "-" : out;
}

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream parts(text);
  std::string part;
  while (std::getline(parts, part, ',')) {
    if (part == "-") continue;
    const size_t dash = part.find('-');
    const int first = std::stoi(part), last = dash == std::string::npos ? first : std::stoi(part.substr(dash + 1));
    for (int line = first; line <= last; ++line) lines.insert(line);
  }
  return lines;
}

Floors read_floors() {
  Floors floors;
  std::istringstream rows(read_file(floor_path()));
  std::string row;
  while (std::getline(rows, row)) {
    if (row.empty() || row[0] == '#') continue;
    std::istringstream cells(row);
    std::string article, found, strict;
    Floor floor;
    cells >> article >> floor.required >> floor.found >> floor.strict >> floor.extra >> found >> strict;
    REQUIRE_MESSAGE(cells, "floor.tsv: malformed row: " << row);
    floor.found_lines = lines_of(found);
    floor.strict_lines = lines_of(strict);
    floors[article] = floor;
  }
  return floors;
}

void write_floors(const Floors& floors) {
  std::ofstream file(floor_path());
  file << kHeader << '\n';
  for (const auto& [article, f] : floors) {
    file << article << '\t' << f.required << '\t' << f.found << '\t' << f.strict << '\t' << f.extra << '\t'
         << to_text(f.found_lines) << '\t' << to_text(f.strict_lines) << '\n';
  }
}

Lines lines_of(const std::vector<const FlatFact*>& facts) {
  Lines lines;
  for (const FlatFact* fact : facts) lines.insert(fact->line);
  return lines;
}

Floor measured(const Score& score) {
  return {score.required, static_cast<int>(score.found.size()), static_cast<int>(score.strict.size()),
          static_cast<int>(score.extra.size()), lines_of(score.found), lines_of(score.strict)};
}

bool holds(const Floor& floor, const Floor& now) {
  return now.found >= floor.found && now.strict >= floor.strict && now.extra - floor.extra <= now.strict - floor.strict;
}

// What stood before and does not stand now.
std::string losses(const Floor& floor, const Floor& now, const Score& score, const std::vector<FlatFact>& gold, bool named) {
  std::string out;
  for (const FlatFact& fact : gold) {
    const char* what = nullptr;
    if (floor.found_lines.count(fact.line) && !now.found_lines.count(fact.line)) {
      what = "\n  lost    ";
    } else if (floor.strict_lines.count(fact.line) && !now.strict_lines.count(fact.line)) {
      what = "\n  blurred ";
    }
    if (what) out += what + (named ? fact.brief() : "gold line " + std::to_string(fact.line));
  }
  if (named && now.extra > floor.extra) {
    for (const FlatFact* fact : score.extra) out += "\n  extra   " + fact->brief();
  }
  return out;
}

std::string counts(const Floor& f) {
  return std::to_string(f.found) + " found, " + std::to_string(f.strict) + " strictly, " + std::to_string(f.extra) + " extra";
}

struct Totals {
  int articles = 0, required = 0, found = 0, strict = 0, extra = 0;

  void add(const Floor& f) {
    ++articles, required += f.required, found += f.found, strict += f.strict, extra += f.extra;
  }
  static double share(int part, int whole) { return whole ? static_cast<double>(part) / whole : 0; }
  // Of what was produced, of what was wanted, and their harmonic mean.
  std::string line(const char* name, int right) const {
    const double p = share(right, found + extra), r = share(right, required);
    char out[96];
    std::snprintf(out, sizeof out, "%s P %.3f R %.3f F1 %.3f", name, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
    return out;
  }
  std::string text() const {
    return std::to_string(articles) + " articles, " + std::to_string(required) + " gold facts, " + std::to_string(found + extra) +
           " extracted: " + line("lenient", found) + ", " + line("strict", strict);
  }
};

void show(const std::string& article, const Score& score, const std::vector<FlatFact>& gold) {
  const Lines strict = lines_of(score.strict), found = lines_of(score.found);
  for (const FlatFact& fact : gold) {
    if (fact.optional()) continue;
    if (!found.count(fact.line)) MESSAGE(article << ": missed " << fact.brief());
    if (found.count(fact.line) && !strict.count(fact.line)) MESSAGE(article << ": blurred " << fact.brief());
  }
  for (const FlatFact* fact : score.extra) MESSAGE(article << ": extra " << fact->brief());
}

// The article whose gold this is; its extension says the format.
std::string article_of(const std::string& gold_path) {
  const std::string stem = gold_path.substr(0, gold_path.size() - 5);
  for (const char* extension : {".txt", ".html", ".jsonl"}) {
    if (std::ifstream(stem + extension)) return stem + extension;
  }
  FAIL("no article beside " << gold_path);
  return {};
}

std::string name_of(const std::string& folder, const std::string& gold_path) {
  const std::string file = gold_path.substr(gold_path.rfind('/') + 1);
  return folder + "/" + file.substr(0, file.size() - 5);
}

// The day that gold gives the document.
std::string published_in(const std::vector<FlatFact>& gold) {
  for (const FlatFact& fact : gold) {
    if (fact.has("published")) return std::string(fact.get("published"));
  }
  return {};
}

void run_corpus(const std::string& folder) {
  const char* env = std::getenv("FACTMILL_FLOOR");
  const std::string mode = env ? env : "";
  Floors floors = read_floors();
  const Scorer scorer(extractor().pack().lexicon);
  Totals totals;
  const std::vector<std::string> golds = files_in("corpus/" + folder, ".gold");
  REQUIRE_FALSE(golds.empty());
  for (const std::string& path : golds) {
    const std::string article = name_of(folder, path);
    const std::vector<FlatFact> gold = read_fact_file(path);
    const Extracted extracted = extract_file(article_of(path), published_in(gold));
    check_proofs(extracted);
    const Score score = scorer.score(gold, extracted.flat);
    const Floor now = measured(score);
    totals.add(now);
    if (mode == "show" && folder == "tune") show(article, score, gold);
    const auto floor = floors.find(article);
    if (mode == "accept" || (mode == "raise" && (floor == floors.end() || holds(floor->second, now)))) {
      floors[article] = now;
      continue;
    }
    REQUIRE_MESSAGE(floor != floors.end(), article << " has no row in floor.tsv (FACTMILL_FLOOR=raise adds it)");
    CHECK_MESSAGE(holds(floor->second, now), article << ": " << counts(now) << "; the floor is " << counts(floor->second)
                                                     << losses(floor->second, now, score, gold, folder == "tune"));
  }
  MESSAGE("corpus/" << folder << ": " << totals.text());
  if (mode == "raise" || mode == "accept") write_floors(floors);
}

}  // namespace

TEST_CASE("corpus: tune") { run_corpus("tune"); }
TEST_CASE("corpus: test") { run_corpus("test"); }

TEST_CASE("corpus: no fact in texts that state none") {
  const std::vector<std::string> texts = files_in("corpus/negative", ".txt");
  CHECK(texts.size() >= 5);
  for (const std::string& path : texts) {
    CAPTURE(path);
    for (const FlatFact& fact : extract_file(path).flat) FAIL_CHECK(fact.brief());
    for (const FlatFact& fact : extract_file(path, "2024-08-21").flat) FAIL_CHECK(fact.brief());
  }
}

TEST_CASE("corpus: evidence stands in the bytes also where no date is given") {
  for (const char* folder : {"corpus/tune", "corpus/test"}) {
    for (const char* ending : {".txt", ".html", ".jsonl"}) {
      for (const std::string& path : files_in(folder, ending)) check_proofs(extract_file(path));
    }
  }
}

}  // namespace factmill::golden
