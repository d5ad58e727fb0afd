#include "pipeline/verify.h"

#include <unordered_set>
#include <utility>

#include "base/hash.h"
#include "sink/clean_text.h"
#include "text/document.h"

namespace factmill {
namespace {

class Verifier : public RecordSink {
 public:
  Verifier(EvidenceStore& store, const std::function<void(const FailedRow&)>& on_failed,
           const std::function<void(const Reject&)>& on_reject)
      : store_(store), on_failed_(on_failed), on_reject_(on_reject) {}

  bool on_record(Record&& record) override {
    const std::string doc_id = hash128(record.bytes).to_hex();
    if (!found_.insert(hash64(doc_id)).second) return true;  // the same bytes a second time
    summary.status = store_.find(doc_id, rows_);
    if (!summary.status) return false;
    if (rows_.empty()) return true;
    ++summary.documents;
    Document document;
    document.raw = std::move(record.bytes);
    for (EvidenceRow& row : rows_) check(document, row);
    return true;
  }

  bool on_reject(Reject&& reject) override {
    ++summary.rejects;
    if (on_reject_) on_reject_(reject);
    return true;
  }

  // Documents of the store that did not come.
  void tell_missing() {
    std::vector<std::string> missing;
    summary.status = store_.each_document([&](const std::string& doc_id) {
      if (!found_.contains(hash64(doc_id))) missing.push_back(doc_id);
    });
    for (const std::string& doc_id : missing) {
      if (summary.status) summary.status = store_.find(doc_id, rows_);
      if (!summary.status) return;
      for (EvidenceRow& row : rows_) {
        ++summary.gone;
        on_failed_({"gone", std::move(row)});
      }
    }
  }

  VerifySummary summary;

 private:
  void check(Document& document, EvidenceRow& row) {
    document.charset = row.charset.empty() ? "UTF-8" : row.charset;
    if (row.start <= row.end && row.end <= document.raw.size() && stands(document, row)) {
      ++summary.stands;
      return;
    }
    ++summary.differs;
    on_failed_({"differs", std::move(row)});
  }

  // Databases hold text without the bytes that no table accepts.
  bool stands(const Document& document, const EvidenceRow& row) {
    const std::string text =
        document.raw_text({static_cast<uint32_t>(row.start), static_cast<uint32_t>(row.end)});
    return text == row.text || clean_text(text, scratch_) == row.text;
  }

  EvidenceStore& store_;
  const std::function<void(const FailedRow&)>& on_failed_;
  const std::function<void(const Reject&)>& on_reject_;
  std::unordered_set<uint64_t> found_;
  std::vector<EvidenceRow> rows_;
  std::string scratch_;
};

}  // namespace

VerifySummary verify(EvidenceStore& store, const std::vector<std::string>& paths, const ReadOptions& options,
                     const Profiles& profiles, const std::function<void(const FailedRow&)>& on_failed,
                     const std::function<void(const Reject&)>& on_reject) {
  Verifier verifier(store, on_failed, on_reject);
  read_records(paths, options, profiles, verifier);
  if (verifier.summary.status) verifier.tell_missing();
  return std::move(verifier.summary);
}

}  // namespace factmill
