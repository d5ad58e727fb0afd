// The values that no rule claimed, grouped by what stands around them and ranked: the list of the next rules to write.
#include <algorithm>
#include <iostream>
#include <map>

#include "commands.h"

namespace factmill::cli {
namespace {

struct Group {
  uint64_t count = 0;
  std::string example;  // the first one's sentence, and where it stands
};

class UnclaimedCounter : public RecordSink {
 public:
  UnclaimedCounter(const Extractor& extractor, const RunOptions& run)
      : extractor_(extractor), extraction_(extractor, run.resolve), run_(run) {}

  bool on_reject(Reject&& reject) override {
    report(reject);
    return true;
  }
  bool on_record(Record&& record) override {
    DocumentOrReject made = make_document(std::move(record), extractor_.pack().text, run_.text);
    if (!made) return on_reject(std::move(made.reject()));
    count(made.document());
    return true;
  }

  // COUNT  CONTEXT  PLACE  SENTENCE, the most frequent first; equals in the order of their contexts.
  void print(size_t top) const {
    std::vector<const std::pair<const std::string, Group>*> ranked;
    for (const auto& entry : groups_) ranked.push_back(&entry);
    std::stable_sort(ranked.begin(), ranked.end(), [](auto* a, auto* b) { return a->second.count > b->second.count; });
    if (top && ranked.size() > top) ranked.resize(top);
    for (const auto* entry : ranked)
      std::cout << entry->second.count << '\t' << entry->first << '\t' << entry->second.example << '\n';
  }

 private:
  void count(const Document& document) {
    std::vector<SentenceTrace> trace;
    extraction_.run(document, &trace);
    for (const SentenceTrace& sentence : trace) {
      for (const OpenValue& open : sentence.unclaimed) {
        Group& group = groups_[open.context];
        if (group.count++ == 0) group.example = place_of(document, open.span) + '\t' + one_line(sentence.span.of(document.text));
      }
    }
  }

  static std::string place_of(const Document& document, Span span) {
    std::string place = document.source.path;
    if (!document.source.member.empty()) place += ":" + document.source.member;
    return place + "@" + std::to_string(document.to_raw(span).begin);
  }
  static std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line;
  }

  const Extractor& extractor_;
  Extraction extraction_;
  const RunOptions& run_;
  std::map<std::string, Group> groups_;
};

}  // namespace

int run_unclaimed(const UnclaimedOptions& options) {
  std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  RunOptions run;
  if (!fill_run_options(options, run)) return kFailed;
  Extractor extractor(pack);
  UnclaimedCounter counter(extractor, run);
  ReadSummary summary = read_records(options.paths, run.read, pack->profiles, counter);
  counter.print(options.top);
  if (!flush_output()) return kFailed;
  return summary.records == 0 && summary.rejects > 0 ? kFailed : kDone;
}

}  // namespace factmill::cli
