#include "fuzz.h"

#include "base/diagnostics.h"
#include "ruleset/rule_file.h"

namespace factmill::fuzz {

const Profiles& profiles() {
  static const Profiles kProfiles = [] {
    Diagnostics diagnostics;
    RuleFiles files(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    Profiles read = Profiles::load(files);
    promise(!diagnostics.has_errors(), "the profiles can be read");
    return read;
  }();
  return kProfiles;
}

ReadOptions small_options() {
  ReadOptions options;
  options.max_document_bytes = 4000;
  options.max_line_bytes = 6000;
  options.max_nesting = 4;
  options.max_member_bytes = 100'000;
  options.max_documents = 200;
  options.max_expansion = 100;
  options.expansion_floor = 100'000;
  options.block_bytes = 512;
  return options;
}

namespace {

Kept read(std::string_view bytes, const std::string& name, const ReadOptions& options, size_t piece, bool fails) {
  Pieces source(bytes, piece, fails);
  Kept kept;
  const ReadSummary summary = read_stream(source, name, options, profiles(), kept);
  promise(summary.records == kept.records.size() && summary.rejects == kept.rejects.size(), "the summary counts what came");
  for (const Record& record : kept.records) {
    promise(record.source.path == name, "a record knows its file");
    promise(record.bytes.size() <= options.max_document_bytes, "no document is over the limit");
    promise(record.format == Format::text || record.format == Format::html, "a record is text or HTML");
  }
  for (const Reject& reject : kept.rejects) {
    promise(reject.source.path == name && !reject.code.empty() && !reject.message.empty() && reject.stage == "archive", "a reject says what and where");
    promise(reject.snippet.size() <= 240, "a snippet is short");
  }
  return kept;
}

void same(const Kept& a, const Kept& b) {
  promise(a.records.size() == b.records.size(), "the same number of records however the bytes come");
  for (size_t i = 0; i < a.records.size(); ++i) {
    promise(a.records[i].bytes == b.records[i].bytes && a.records[i].source.same_place(b.records[i].source), "the same records however the bytes come");
  }
}

}  // namespace

void read_in_all_ways(std::string_view bytes, const std::string& name, const ReadOptions& options) {
  const Kept whole = read(bytes, name, options, SIZE_MAX, false);
  const Kept pieces = read(bytes, name, options, 7, false);
  same(whole, pieces);
  promise(whole.rejects.size() == pieces.rejects.size(), "the same number of rejects however the bytes come");
  if (bytes.empty()) return;
  const Kept failed = read(bytes, name, options, SIZE_MAX, true);
  promise(failed.records.size() <= whole.records.size(), "a failure gives no more records");
}

}  // namespace factmill::fuzz
