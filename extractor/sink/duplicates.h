// Which documents of a database repeat which: decided when a load is finished, over all that is there, so that the order
// of loading, shards and resumed runs make no difference.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace factmill {

// A document as the database has it.
struct SignedDocument {
  std::string doc_id;
  std::string published;  // empty: unknown
  uint64_t signature = 0;
  std::string dup_of;  // as it stands; empty: none
};

struct DuplicateMark {
  std::string doc_id;
  std::string dup_of;  // empty: none any more
};

// The marks that change. The original of several is the one published first, those without a date last; of one day the one
// of the least doc_id. An original is never itself a duplicate.
std::vector<DuplicateMark> changed_marks(std::vector<SignedDocument> documents);

// Rows of doc_id, signature, published, dup_of for changed_marks(): the documents of finished loads and of load $1/?1.
inline constexpr const char* kSignedDocuments =
    "SELECT document.doc_id, document.signature, coalesce(CAST(document.published AS TEXT), ''), "
    "coalesce(document.dup_of, '') FROM document JOIN load ON load.load_id = document.load_id "
    "WHERE (document.signature IS NOT NULL OR document.dup_of IS NOT NULL) "
    "AND (load.status = 'finished' OR load.load_id = ";

}  // namespace factmill
