#include "golden/extracting.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "text/charset.h"
#include "unit/archive/reading.h"

namespace factmill::golden {

const Extractor& extractor() {
  static const Extractor kExtractor = [] {
    Diagnostics diagnostics;
    std::shared_ptr<const RulePack> pack = load_rules(source_path("rules"), diagnostics);
    REQUIRE_MESSAGE(pack, diagnostics.render());
    return Extractor(pack);
  }();
  return kExtractor;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, "cannot open " << path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> files_in(const std::string& folder, const std::string& ending) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(source_path(folder))) {
    if (entry.path().string().ends_with(ending)) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

Extracted extract_bytes(const std::string& bytes, const std::string& name, const std::string& published) {
  Kept kept = read_memory(bytes, name);
  REQUIRE(kept.rejects.empty());
  REQUIRE(kept.records.size() == 1);
  TextOptions options;
  if (!published.empty()) options.published = parse_day(published);
  DocumentOrReject made = make_document(std::move(kept.records[0]), extractor().pack().text, options);
  REQUIRE_MESSAGE(made, name << ": " << made.reject().message);
  Extracted extracted{std::move(made.document()), {}, {}};
  extracted.facts = Extraction(extractor()).run(extracted.document);
  for (const Fact& fact : extracted.facts.facts) {
    std::string json;
    append_json(fact, json);
    extracted.flat.push_back(read_fact(json));
  }
  return extracted;
}

Extracted extract_file(const std::string& path, const std::string& published) {
  return extract_bytes(read_file(path), path, published);
}

void check_proofs(const Extracted& extracted) {
  const Document& document = extracted.document;
  std::set<std::string> ids;
  for (const Fact& fact : extracted.facts.facts) {
    std::string json;
    append_json(fact, json);
    INFO(json);
    CHECK(ids.insert(fact.fact_id).second);
    REQUIRE_FALSE(fact.evidence.empty());
    CHECK(fact.evidence[0].start >= fact.sentence.begin);
    CHECK(fact.evidence[0].end <= fact.sentence.end);
    CHECK(fact.sentence.end <= document.raw.size());
    for (const Evidence& evidence : fact.evidence) {
      REQUIRE(evidence.start < evidence.end);
      REQUIRE(evidence.end <= document.raw.size());
      const std::string bytes = document.raw.substr(evidence.start, evidence.end - evidence.start);
      CHECK(to_utf8(bytes, document.charset) == evidence.text);
    }
  }
}

}  // namespace factmill::golden
