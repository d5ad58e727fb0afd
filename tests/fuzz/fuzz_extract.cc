// From a file's bytes to facts, with all rules. Proof must stand whatever comes.
#include "fuzz.h"
#include "pipeline/extractor.h"
#include "text/make_document.h"

namespace {

using namespace factmill;

const Extractor& extractor() {
  static const Extractor kExtractor = [] {
    Diagnostics diagnostics;
    auto pack = load_rules(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    fuzz::promise(pack != nullptr, "the rules compile");
    return Extractor(pack);
  }();
  return kExtractor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  std::unique_ptr<char[]> owner;
  fuzz::Pieces source(fuzz::exact(input, size, owner), SIZE_MAX);
  fuzz::Kept kept;
  read_stream(source, "input", fuzz::small_options(), extractor().pack().profiles, kept);
  static Extraction extraction(extractor());
  for (Record& record : kept.records) {
    TextOptions options;
    options.published = parse_day("2025-06-02");
    options.topic = &*extractor().pack().resolution.topic;
    const bool is_off_topic = make_document(Record(record), extractor().pack().text, options).is_off_topic();
    options.topic = nullptr;
    const DocumentOrReject made = make_document(std::move(record), extractor().pack().text, options);
    if (!made) continue;
    const Document& document = made.document();
    for (const Fact& fact : extraction.run(document).facts) {
      fuzz::promise(!is_off_topic, "a text that is left out states no fact");
      fuzz::promise(fact.fact_id.size() == 32 && !fact.metric.empty() && !fact.evidence.empty(), "a fact has an identity and a proof");
      for (const Evidence& evidence : fact.evidence) {
        fuzz::promise(evidence.start < evidence.end && evidence.end <= document.raw.size(), "evidence lies in the document");
        const Span span{static_cast<uint32_t>(evidence.start), static_cast<uint32_t>(evidence.end)};
        fuzz::promise(evidence.text == document.raw_text(span), "evidence is what stands there");
      }
    }
  }
  return 0;
}
