#include "archive/read_again.h"

#include <map>
#include <set>
#include <tuple>

#include "archive/stream.h"

namespace factmill {
namespace {

struct One : RecordSink {
  explicit One(const Source& wanted) : source(wanted) {}
  bool on_record(Record&& record) override {
    if (!record.source.same_place(source)) return true;
    found = std::move(record);
    return false;
  }
  bool on_reject(Reject&& reject) override {
    // What is wrong where the document should be tells more than what is wrong before.
    const bool here = reject.source.same_place(source);
    if (here || problem.empty()) problem = reject.message;
    return !here;
  }
  const Source& source;
  std::optional<Record> found;
  std::string problem;
};

using MemberPlace = std::tuple<std::string, std::optional<uint64_t>>;  // member and offset

struct Chosen : RecordSink {
  Chosen(std::set<MemberPlace>& wanted, RecordSink& sink, ReadSummary& summary) : left(wanted), out(sink), total(summary) {}
  bool on_record(Record&& record) override {
    if (left.erase({record.source.member, record.source.offset}) == 0) return true;
    ++total.records;
    if (!out.on_record(std::move(record))) total.stopped = true;
    return !total.stopped && !left.empty();
  }
  bool on_reject(Reject&& reject) override {
    const auto found = left.find({reject.source.member, reject.source.offset});
    if (found != left.end()) why[*found] = reject.message;
    return true;
  }
  std::set<MemberPlace>& left;
  RecordSink& out;
  ReadSummary& total;
  std::map<MemberPlace, std::string> why;
};

}  // namespace

Result<Record> read_again(const Source& source, const ReadOptions& options, const Profiles& profiles) {
  if (source.path == "-") return Error{"standard input cannot be read again"};
  One one(source);
  const bool within_archive = !source.member.empty() && source.member[0] != '+';
  if (!within_archive && source.offset.value_or(0) > 0) read_target(source, {*source.offset, *source.offset + 1}, options, profiles, one);
  // What has no parts, or begins otherwise than a part does.
  if (!one.found) {
    one.problem.clear();
    read_target(source, {}, options, profiles, one);
  }
  if (one.found) return std::move(*one.found);
  return Error{one.problem.empty() ? "there is no such document" : one.problem};
}

ReadSummary read_again(const std::vector<Source>& sources, const ReadOptions& options, const Profiles& profiles, RecordSink& sink) {
  ReadSummary total;
  std::map<std::string, std::set<MemberPlace>> by_path;
  for (const Source& source : sources) by_path[source.path].insert({source.member, source.offset});
  for (auto& [path, wanted] : by_path) {
    Chosen chosen(wanted, sink, total);
    const ReadSummary read = path == "-" ? ReadSummary() : read_file({path, 0, std::nullopt}, {}, options, profiles, chosen);
    total.files += read.files;
    total.bytes += read.bytes;
    for (const MemberPlace& place : wanted) {
      if (total.stopped) return total;
      Reject reject;
      reject.source.path = path;
      std::tie(reject.source.member, reject.source.offset) = place;
      reject.stage = "archive";
      reject.code = "gone";
      reject.offset = reject.source.offset.value_or(0);
      const auto why = chosen.why.find(place);
      reject.message = why != chosen.why.end() ? why->second : path == "-" ? "standard input cannot be read again" : "there is no such document";
      ++total.rejects;
      if (!sink.on_reject(std::move(reject))) total.stopped = true;
    }
  }
  return total;
}

}  // namespace factmill
