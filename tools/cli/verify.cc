#include "pipeline/verify.h"

#include <algorithm>
#include <iostream>

#include "base/json_writer.h"
#include "commands.h"
#include "report.h"
#include "sink/evidence_store.h"

namespace factmill::cli {
namespace {

// why  fact_id  place  start-end  quote
void print(const FailedRow& failed) {
  const EvidenceRow& row = failed.row;
  std::string quote = row.text;
  std::replace_if(quote.begin(), quote.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  std::cout << failed.why << '\t' << row.fact_id << '\t' << place_of(row.source) << '\t' << row.start << '-' << row.end
            << '\t' << quote << '\n';
}

void print_json(const FailedRow& failed) {
  const EvidenceRow& row = failed.row;
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("why", failed.why);
  json.field("fact_id", std::string_view(row.fact_id));
  json.field("path", std::string_view(row.source.path));
  if (!row.source.member.empty()) json.field("member", std::string_view(row.source.member));
  if (row.source.offset) json.field("offset", *row.source.offset);
  json.field("start", row.start);
  json.field("end", row.end);
  json.field("text", std::string_view(row.text));
  json.end_object();
  std::cout << line << '\n';
}

}  // namespace

int run_verify(const VerifyOptions& options) {
  set_log_format(options.log_format == "json");
  const std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  Result<std::unique_ptr<EvidenceStore>> store = open_evidence_store(options.facts);
  if (!store) {
    complain(store.error().message);
    return kFailed;
  }
  Common input = options;
  if (input.paths.empty()) {
    if (Status status = (*store)->paths(input.paths); !status) {
      complain(status.error().message);
      return kFailed;
    }
    std::erase(input.paths, "-");  // what came that way cannot be read again; without any path every row is told
  }
  ReadOptions read;
  if (!fill_read_options(input, read)) return kFailed;
  const VerifySummary summary =
      verify(**store, input.paths, read, pack->profiles, logs_json() ? print_json : print, report);
  if (!summary.status) {
    complain(summary.status.error().message);
    return kFailed;
  }
  if (!flush_output()) return kFailed;
  const uint64_t failed = summary.gone + summary.differs;
  inform(grouped(summary.stands) + " evidences of " + grouped(summary.documents) + " documents stand" +
         (failed == 0 ? "" : ", " + grouped(summary.gone) + " are gone, " + grouped(summary.differs) + " differ"));
  return failed == 0 ? kDone : kTooManyRejects;
}

}  // namespace factmill::cli
