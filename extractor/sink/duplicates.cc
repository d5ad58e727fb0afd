#include "sink/duplicates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "text/near_duplicates.h"

namespace factmill {

std::vector<DuplicateMark> changed_marks(std::vector<SignedDocument> documents) {
  std::sort(documents.begin(), documents.end(), [](const SignedDocument& a, const SignedDocument& b) {
    const bool a_unknown = a.published.empty(), b_unknown = b.published.empty();
    return std::tie(a_unknown, a.published, a.doc_id) < std::tie(b_unknown, b.published, b.doc_id);
  });
  NearDuplicates originals;
  std::vector<const SignedDocument*> by_number;
  std::vector<DuplicateMark> marks;
  for (const SignedDocument& document : documents) {
    std::string dup_of;
    if (const std::optional<uint32_t> known = originals.find(document.signature)) {
      dup_of = by_number[*known]->doc_id;
    } else {
      originals.add(document.signature);
      by_number.push_back(&document);
    }
    if (dup_of != document.dup_of) marks.push_back({document.doc_id, std::move(dup_of)});
  }
  // In one order everywhere, so that two loads that finish at once do not wait for each other.
  std::sort(marks.begin(), marks.end(),
            [](const DuplicateMark& a, const DuplicateMark& b) { return a.doc_id < b.doc_id; });
  return marks;
}

}  // namespace factmill
