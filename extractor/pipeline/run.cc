#include "pipeline/run.h"

#include <tbb/enumerable_thread_specific.h>

#include <chrono>
#include <mutex>
#include <utility>

#include "pipeline/flow.h"

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

// Makes the parcel's record a document and hands it on; what is none becomes the parcel's reject.
template <class Use>
void with_document(Parcel& parcel, const Extractor& extractor, const RunOptions& options, Use use) {
  parcel.bytes = parcel.record->bytes.size();
  DocumentOrReject made = make_document(std::move(*parcel.record), extractor.pack().text, options.text);
  if (made) {
    use(made.document());
  } else {
    parcel.reject = std::move(made.reject());
  }
}

// The side of the run that writes, in order.
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
    if (parcel.reject) {
      count(*parcel.reject);
      summary_.status = write_reject(parcel);
    } else {
      ++summary_.documents;
      summary_.facts += parcel.facts.facts.size();
      if (!parcel.facts.facts.empty()) ++summary_.with_facts;
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
  if (summary.status && !flowed.status) summary.status = flowed.status;
}

}  // namespace

RunSummary extract(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                   Sink& sink) {
  RunSummary summary;
  const Clock clock;
  Inputs inputs = find_inputs(paths, options);
  tbb::enumerable_thread_specific<Extraction> extractions([&] {
    Extraction extraction(extractor, options.resolve);
    extraction.list_unclaimed(options.unclaimed);
    return extraction;
  });
  std::mutex in_sink;  // the reader asks about inputs while the writer writes
  Writer writer(options, inputs.total, summary);
  FlowHooks hooks;
  if (options.keeps_manifest) {
    hooks.find_input = [&](const InputPart& part) {
      const std::lock_guard lock(in_sink);
      return sink.find_input(part);
    };
  }
  hooks.work = [&](Parcel& parcel) {
    with_document(parcel, extractor, options,
                  [&](const Document& document) { parcel.facts = extractions.local().run(document); });
  };
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
  hooks.write = [&](Parcel& parcel) {
    const std::lock_guard lock(in_sink);
    const auto write_document = [&](const Parcel& p) {
      sink.at_record(p.number);
      return sink.write(p.facts);
    };
    const auto write_reject = [&](const Parcel& p) {
      sink.at_record(p.number);
      return sink.reject(*p.reject);
    };
    return writer.take(parcel, write_document, write_reject, write_event);
  };
  const FlowSummary flowed = flow(inputs.parts, std::move(inputs.rejects), options, extractor.pack().profiles, hooks);
  add_read(flowed, inputs, summary);
  summary.cut_off = flowed.cut_off;
  summary.interrupted = options.stop && *options.stop;
  if (summary.status) summary.status = summary.interrupted ? sink.flush() : sink.finish();
  summary.seconds = clock.seconds();
  return summary;
}

RunSummary annotate(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                    AnnotationOptions annotations,
                    const std::function<Status(const std::string& line)>& write_line) {
  RunSummary summary;
  const Clock clock;
  Inputs inputs = find_inputs(paths, options);
  tbb::enumerable_thread_specific<Extraction> extractions([&] { return Extraction(extractor, options.resolve); });
  Writer writer(options, inputs.total, summary);
  FlowHooks hooks;
  hooks.work = [&](Parcel& parcel) {
    const std::string id = parcel.record->id;
    with_document(parcel, extractor, options, [&](const Document& document) {
      append_annotations(extractor, document, id, extractions.local().annotate(document), annotations, parcel.lines);
    });
  };
  hooks.write = [&](Parcel& parcel) {
    return writer.take(
        parcel, [&](const Parcel& p) { return write_line(p.lines); }, [](const Parcel&) { return Status(); },
        [](const InputEvent&) { return Status(); });
  };
  const FlowSummary flowed = flow(inputs.parts, std::move(inputs.rejects), options, extractor.pack().profiles, hooks);
  add_read(flowed, inputs, summary);
  summary.cut_off = flowed.cut_off;
  summary.seconds = clock.seconds();
  return summary;
}

}  // namespace factmill
