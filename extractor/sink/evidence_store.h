// The evidence that was loaded, to be looked up by document: from a database or a file of facts.
//
//   Result<std::unique_ptr<EvidenceStore>> store = open_evidence_store("facts.db");
//   (*store)->find(doc_id, rows);
//
// Nothing is written. Not thread-safe.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/record.h"
#include "base/result.h"

namespace factmill {

struct EvidenceRow {
  std::string fact_id;
  uint64_t ordinal = 0;
  uint64_t start = 0;
  uint64_t end = 0;
  std::string text;
  std::string charset;  // of the raw bytes; empty for UTF-8
  Source source;        // where the document was when it was extracted
};

class EvidenceStore {
 public:
  virtual ~EvidenceStore() = default;
  // All evidence of one document's facts; none where it has none. Replaces the content of `rows`.
  virtual Status find(const std::string& doc_id, std::vector<EvidenceRow>& rows) = 0;
  // The files that the documents were in, each once, sorted.
  virtual Status paths(std::vector<std::string>& paths) = 0;
  // Every document that has a fact, in the order of the ids.
  virtual Status each_document(const std::function<void(const std::string& doc_id)>& use) = 0;
};

// `target` as for open_sink(): *.db, postgresql://..., *.jsonl. Error: it cannot be read, or is none of ours.
Result<std::unique_ptr<EvidenceStore>> open_evidence_store(const std::string& target);

}  // namespace factmill
