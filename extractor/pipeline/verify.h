// Whether what was extracted still stands in the archives: every evidence is read again.
//
//   VerifySummary summary = verify(store, {"archive/"}, options, profiles, [](const FailedRow& row) { ... });
//
// Documents are known again by the hash of their bytes, so an archive may have moved or been packed anew. A document
// that is not found, or whose bytes differ at the evidence, is told. Eight bytes a document are kept in memory.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "sink/evidence_store.h"

namespace factmill {

struct FailedRow {
  const char* why = "";  // "gone": no document of these bytes; "differs": other bytes stand at the evidence's place
  EvidenceRow row;
};

struct VerifySummary {
  uint64_t documents = 0;  // of the store that were found
  uint64_t stands = 0;     // evidence
  uint64_t gone = 0;
  uint64_t differs = 0;
  uint64_t rejects = 0;    // of the archives
  Status status;
};

// `on_reject` may be empty.
VerifySummary verify(EvidenceStore& store, const std::vector<std::string>& paths, const ReadOptions& options,
                     const Profiles& profiles, const std::function<void(const FailedRow&)>& on_failed,
                     const std::function<void(const Reject&)>& on_reject);

}  // namespace factmill
