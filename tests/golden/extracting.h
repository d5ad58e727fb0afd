// What the golden tests share: the rule pack, loaded once, and the way from bytes to facts.
#pragma once
#include <string>
#include <vector>

#include "factmill.h"
#include "golden/flat_fact.h"

namespace factmill::golden {

const Extractor& extractor();  // over the rules of the source tree

inline std::string source_path(const std::string& below) { return std::string(FACTMILL_SOURCE_DIR) + "/" + below; }
std::string read_file(const std::string& path);
// Files below a folder of the source tree whose name ends so, sorted.
std::vector<std::string> files_in(const std::string& folder, const std::string& ending);

struct Extracted {
  Document document;
  DocumentFacts facts;
  std::vector<FlatFact> flat;  // the same, as written to JSON Lines
};

// One document, as if a file of this name held the bytes; its name says the format. `published` stands where the
// document does not say it; empty: unknown.
Extracted extract_bytes(const std::string& bytes, const std::string& name, const std::string& published = {});
// The first document of a file.
Extracted extract_file(const std::string& path, const std::string& published = {});

// Every evidence of every fact must be the document's bytes at its place.
void check_proofs(const Extracted& extracted);

}  // namespace factmill::golden
