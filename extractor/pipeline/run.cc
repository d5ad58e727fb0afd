#include "pipeline/run.h"

#include <tbb/concurrent_queue.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <variant>

namespace factmill {
namespace {

constexpr size_t kReadAhead = 16;       // records between the reader and the pipeline
constexpr size_t kTokensPerThread = 4;  // records in flight

// What travels: a record on its way in, facts or a reject on its way out.
struct Parcel {
  std::optional<Record> record;
  std::optional<Reject> reject;
  DocumentFacts facts;
  std::string lines;  // annotations
  uint64_t bytes = 0;
};
using ParcelPtr = std::unique_ptr<Parcel>;

// Hands the reader's records to the pipeline; a stop travels back the other way.
class Intake : public RecordSink {
 public:
  Intake() { queue_.set_capacity(kReadAhead); }
  bool on_record(Record&& record) override {
    auto parcel = std::make_unique<Parcel>();
    parcel->record = std::move(record);
    queue_.push(std::move(parcel));
    return !stopped_;
  }
  bool on_reject(Reject&& reject) override {
    auto parcel = std::make_unique<Parcel>();
    parcel->reject = std::move(reject);
    queue_.push(std::move(parcel));
    return !stopped_;
  }
  void end() { queue_.push(nullptr); }
  ParcelPtr next() {
    ParcelPtr parcel;
    queue_.pop(parcel);
    return parcel;
  }
  void stop() { stopped_ = true; }

 private:
  tbb::concurrent_bounded_queue<ParcelPtr> queue_;
  std::atomic<bool> stopped_{false};
};

template <class Work, class Write>
ReadSummary flow(const std::vector<std::string>& paths, const RunOptions& options, const Profiles& profiles, Work work,
                 Write write) {
  Intake intake;
  ReadSummary read;
  std::thread reader([&] {
    read = read_records(paths, options.read, profiles, intake);
    intake.end();
  });
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(options.threads));
  bool ended = false;
  auto take = [&](tbb::flow_control& control) -> Parcel* {
    ParcelPtr parcel = ended ? nullptr : intake.next();
    if (!parcel) {
      ended = true;
      control.stop();
    }
    return parcel.release();
  };
  auto done = [&](Parcel* raw) {
    ParcelPtr parcel(raw);
    if (!write(*parcel)) intake.stop();
  };
  tbb::parallel_pipeline(static_cast<size_t>(options.threads) * kTokensPerThread,
                         tbb::make_filter<void, Parcel*>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<Parcel*, Parcel*>(tbb::filter_mode::parallel,
                                                                [&](Parcel* p) {
                                                                  if (p->record) work(*p);
                                                                  return p;
                                                                }) &
                             tbb::make_filter<Parcel*, void>(tbb::filter_mode::serial_in_order, done));
  reader.join();
  return read;
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

void count(const Reject& reject, RunSummary& summary) {
  ++summary.rejects;
  ++summary.rejects_by_code[reject.code];
}

class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

RunSummary extract(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                   Sink& sink) {
  RunSummary summary;
  Clock clock;
  tbb::enumerable_thread_specific<Extraction> extractions([&] { return Extraction(extractor, options.resolve); });
  auto work = [&](Parcel& parcel) {
    with_document(parcel, extractor, options, [&](const Document& document) {
      parcel.facts = extractions.local().run(document);
    });
  };
  auto write = [&](Parcel& parcel) {
    if (!summary.status) return false;
    summary.bytes += parcel.bytes;
    if (parcel.reject) {
      count(*parcel.reject, summary);
      if (options.on_reject) options.on_reject(*parcel.reject);
      summary.status = sink.reject(*parcel.reject);
    } else {
      ++summary.documents;
      summary.facts += parcel.facts.facts.size();
      summary.status = sink.write(parcel.facts);
    }
    if (options.progress) options.progress(summary.documents, summary.bytes);
    return static_cast<bool>(summary.status);
  };
  summary.skipped = flow(paths, options, extractor.pack().profiles, work, write).skipped;
  if (summary.status) summary.status = sink.finish();
  summary.seconds = clock.seconds();
  return summary;
}

RunSummary annotate(const Extractor& extractor, const std::vector<std::string>& paths, const RunOptions& options,
                    AnnotationOptions annotations,
                    const std::function<Status(const std::string& line)>& write_line) {
  RunSummary summary;
  Clock clock;
  tbb::enumerable_thread_specific<Extraction> extractions([&] { return Extraction(extractor, options.resolve); });
  auto work = [&](Parcel& parcel) {
    const std::string id = parcel.record->id;
    with_document(parcel, extractor, options, [&](const Document& document) {
      append_annotations(extractor, document, id, extractions.local().annotate(document), annotations, parcel.lines);
    });
  };
  auto write = [&](Parcel& parcel) {
    if (!summary.status) return false;
    summary.bytes += parcel.bytes;
    if (parcel.reject) {
      count(*parcel.reject, summary);
      if (options.on_reject) options.on_reject(*parcel.reject);
    } else {
      ++summary.documents;
      summary.status = write_line(parcel.lines);
    }
    return static_cast<bool>(summary.status);
  };
  summary.skipped = flow(paths, options, extractor.pack().profiles, work, write).skipped;
  summary.seconds = clock.seconds();
  return summary;
}

}  // namespace factmill
