#include "pipeline/writer.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace factmill {
namespace {

class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// What the walk over the paths could not read.
class ListedRejects : public RecordSink {
 public:
  bool on_record(Record&&) override { return true; }
  bool on_reject(Reject&& reject) override {
    rejects.push_back(std::move(reject));
    return true;
  }
  std::vector<Reject> rejects;
};

// What a run reads, and what the listing of it found wrong.
struct Inputs {
  std::vector<PartOfFile> parts;
  std::vector<Reject> rejects;
  ReadSummary summary;
  uint64_t total = 0;  // bytes of the parts; 0 where one has no size
};

Inputs find_inputs(const std::vector<std::string>& paths, const RunOptions& options) {
  Inputs inputs;
  ListedRejects listed;
  inputs.parts = parts_of(list_files(paths, options.read, listed, inputs.summary), options.shard);
  if (options.shard.index == 0) inputs.rejects = std::move(listed.rejects);  // one of the runs says it
  for (const PartOfFile& part : inputs.parts) {
    inputs.total += part.range.end - part.range.begin;
    if (part.file.path == "-") {
      inputs.total = 0;
      break;
    }
  }
  return inputs;
}

// Counts what goes by, and stops where the sink fails.
class Writer {
 public:
  Writer(const RunOptions& options, uint64_t input_total, RunSummary& summary) : options_(options), summary_(summary) {
    progress_.input_total = input_total;
  }

  // False where the run is over.
  template <class WriteDocument, class WriteReject, class WriteEvent>
  bool take(Parcel& parcel, WriteDocument write_document, WriteReject write_reject, WriteEvent write_event) {
    for (const InputEvent& event : parcel.events) {
      if (!summary_.status) return false;
      follow(event);
      summary_.status = write_event(event);
    }
    if (!summary_.status) return false;
    if (!parcel.record && !parcel.reject) return true;  // inputs alone
    summary_.bytes += parcel.bytes;
    progress_.input_done = finished_ + (parcel.position > begin_ ? parcel.position - begin_ : 0);
    for (const Reject& reject : parcel.more_rejects) {
      count(reject);
      if (summary_.status) summary_.status = write_reject(parcel, reject);
    }
    if (!summary_.status) return false;
    if (parcel.reject) {
      count(*parcel.reject);
      summary_.status = write_reject(parcel, *parcel.reject);
    } else if (parcel.is_document) {
      ++summary_.documents;
      summary_.facts += parcel.facts.facts.size();
      if (!parcel.facts.facts.empty()) ++summary_.with_facts;
      if (!parcel.facts.skipped_language.empty()) ++summary_.skipped_languages[parcel.facts.skipped_language];
      summary_.status = write_document(parcel);
    }
    report();
    return static_cast<bool>(summary_.status);
  }

 private:
  void follow(const InputEvent& event) {
    using Kind = InputEvent::Kind;
    const uint64_t size = event.part.end - event.part.begin;
    if (event.kind == Kind::keep) ++summary_.kept_inputs;
    if (event.kind == Kind::begin || event.kind == Kind::open) {
      ++summary_.inputs;
      begin_ = event.part.begin;
    } else {
      finished_ += size;
    }
    add_kept(event.state);
  }
  void add_kept(const InputState& state) {
    summary_.kept.records += state.records;
    summary_.kept.documents += state.documents;
    summary_.kept.facts += state.facts;
    summary_.kept.rejects += state.rejects;
  }
  void count(const Reject& reject) {
    ++summary_.rejects;
    ++summary_.rejects_by_code[reject.code];
    if (options_.on_reject) options_.on_reject(reject);
  }
  void report() {
    if (!options_.progress) return;
    progress_.documents = summary_.documents;
    progress_.facts = summary_.facts;
    progress_.rejects = summary_.rejects;
    progress_.bytes = summary_.bytes;
    options_.progress(progress_);
  }

  const RunOptions& options_;
  RunSummary& summary_;
  Progress progress_;
  uint64_t finished_ = 0;  // bytes of inputs that are behind us
  uint64_t begin_ = 0;     // of the part being read
};

void add_read(const FlowSummary& flowed, const Inputs& inputs, RunSummary& summary) {
  summary.skipped = flowed.read.skipped + inputs.summary.skipped;
  summary.skipped_by = flowed.read.skipped_by;
  for (const auto& [kind, count] : inputs.summary.skipped_by) summary.skipped_by[kind] += count;
  summary.cut_off = flowed.cut_off;
  if (summary.status && !flowed.status) summary.status = flowed.status;
}

}  // namespace

RunSummary run_into(Sink& sink, const std::vector<std::string>& paths, const RunOptions& options, FlowHooks hooks) {
  RunSummary summary;
  const Clock clock;
  Inputs inputs = find_inputs(paths, options);
  Writer writer(options, inputs.total, summary);
  std::mutex in_sink;  // the reader asks about inputs while the writer writes
  if (options.keeps_manifest) {
    hooks.find_input = [&](const InputPart& part) {
      const std::lock_guard lock(in_sink);
      return sink.find_input(part);
    };
  }
  const auto write_event = [&](const InputEvent& event) -> Status {
    switch (event.kind) {
      case InputEvent::Kind::begin: return sink.begin_input(event.part, event.state);
      case InputEvent::Kind::end: return sink.end_input();
      case InputEvent::Kind::keep: return sink.keep_input(event.part);
      case InputEvent::Kind::open: return {};
      case InputEvent::Kind::leave: return sink.leave_input();
    }
    return {};
  };
  const auto write_document = [&](const Parcel& parcel) {
    sink.at_record(parcel.number);
    return sink.write(parcel.facts);
  };
  const auto write_reject = [&](const Parcel& parcel, const Reject& reject) {
    sink.at_record(parcel.number);
    return sink.reject(reject);
  };
  hooks.write = [&](Parcel& parcel) {
    const std::lock_guard lock(in_sink);
    return writer.take(parcel, write_document, write_reject, write_event);
  };
  const FlowSummary flowed = flow(inputs.parts, std::move(inputs.rejects), options, hooks);
  add_read(flowed, inputs, summary);
  summary.interrupted = options.stop && *options.stop;
  if (summary.status) summary.status = summary.interrupted ? sink.flush() : sink.finish();
  summary.seconds = clock.seconds();
  return summary;
}

RunSummary run_lines(const std::function<Status(const std::string& lines)>& write_line,
                     const std::vector<std::string>& paths, const RunOptions& options, FlowHooks hooks) {
  RunSummary summary;
  const Clock clock;
  Inputs inputs = find_inputs(paths, options);
  Writer writer(options, inputs.total, summary);
  hooks.write = [&](Parcel& parcel) {
    return writer.take(
        parcel, [&](const Parcel& p) { return write_line(p.lines); },
        [](const Parcel&, const Reject&) { return Status(); }, [](const InputEvent&) { return Status(); });
  };
  const FlowSummary flowed = flow(inputs.parts, std::move(inputs.rejects), options, hooks);
  add_read(flowed, inputs, summary);
  summary.seconds = clock.seconds();
  return summary;
}

}  // namespace factmill
