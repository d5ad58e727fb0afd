#include "pipeline/flow.h"

#include <tbb/concurrent_queue.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

namespace factmill {
namespace {

constexpr size_t kReadAhead = 16;       // records between the reader and the pipeline
constexpr size_t kTokensPerThread = 4;  // records in flight
constexpr size_t kEventsAtOnce = 64;    // of inputs without a record of their own

using ParcelPtr = std::unique_ptr<Parcel>;

// Reject codes that say an input ended before its end: what is behind may be there the next time.
constexpr std::string_view kCutOffCodes[] = {
    "read-error",     "truncated-gzip", "truncated-zstd", "truncated-archive",
    "truncated-warc", "damaged-gzip",   "damaged-zstd",   "damaged-archive",
};

bool is_cut_off(const Reject& reject) {
  return std::find(std::begin(kCutOffCodes), std::end(kCutOffCodes), reject.code) != std::end(kCutOffCodes);
}

// Hands the reader's records to the pipeline; a stop travels back the other way.
class Intake : public RecordSink {
 public:
  explicit Intake(const RunOptions& options) : options_(options) { queue_.set_capacity(kReadAhead); }

  bool on_record(Record&& record) override {
    if (is_there_already()) return !stopped();
    ParcelPtr parcel = next_parcel();
    if (record.source.offset) parcel->position = std::min(*record.source.offset, file_bytes_);
    parcel->record = std::move(record);
    queue_.push(std::move(parcel));
    return !stopped();
  }
  bool on_reject(Reject&& reject) override {
    was_cut_off_ = was_cut_off_ || is_cut_off(reject);
    if (is_there_already()) return !stopped();
    ParcelPtr parcel = next_parcel();
    parcel->reject = std::move(reject);
    queue_.push(std::move(parcel));
    return !stopped();
  }

  // ---- the reader's side ----

  void begin(InputEvent event) {
    file_bytes_ = event.part.bytes;
    skipped_ = event.state.records;
    number_ = 0;
    was_cut_off_ = false;
    add(std::move(event));
  }
  void add(InputEvent event) {
    events_.push_back(std::move(event));
    if (events_.size() >= kEventsAtOnce) push_events();
  }
  bool was_cut_off() const { return was_cut_off_; }
  void end() {
    if (!events_.empty()) push_events();
    queue_.push(nullptr);
  }
  bool stopped() const { return stopped_ || (options_.stop && *options_.stop); }

  // ---- the pipeline's side ----

  ParcelPtr next() {
    ParcelPtr parcel;
    queue_.pop(parcel);
    return parcel;
  }
  void stop() { stopped_ = true; }

 private:
  // The first records of an input that an earlier run has are read over.
  bool is_there_already() { return ++number_ <= skipped_; }
  ParcelPtr next_parcel() {
    auto parcel = std::make_unique<Parcel>();
    parcel->number = number_;
    parcel->events = std::exchange(events_, {});
    return parcel;
  }
  void push_events() {
    auto parcel = std::make_unique<Parcel>();
    parcel->events = std::exchange(events_, {});
    queue_.push(std::move(parcel));
  }

  const RunOptions& options_;
  tbb::concurrent_bounded_queue<ParcelPtr> queue_;
  std::atomic<bool> stopped_{false};
  std::vector<InputEvent> events_;
  uint64_t file_bytes_ = 0;
  uint64_t skipped_ = 0;
  uint64_t number_ = 0;
  bool was_cut_off_ = false;
};

// Goes through the parts: what is loaded already is left alone, the rest is read from where an earlier run stopped.
class Reader {
 public:
  Reader(const FlowHooks& hooks, Intake& intake, FlowSummary& summary)
      : hooks_(hooks), intake_(intake), summary_(summary) {}

  void run(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects) {
    for (Reject& reject : rejects) intake_.on_reject(std::move(reject));
    for (const PartOfFile& part : parts) {
      if (intake_.stopped() || !summary_.status) break;
      read(part);
    }
    intake_.end();
  }

 private:
  void read(const PartOfFile& part) {
    InputEvent event;
    event.part = {part.file.path, part.file.bytes, part.range.begin, part.range.end, {}};
    event.kind = InputEvent::Kind::open;
    // A pipe can be read once.
    std::error_code error;
    if (hooks_.find_input && std::filesystem::is_regular_file(part.file.path, error)) look_up(event);
    if (!summary_.status) return;
    if (event.kind == InputEvent::Kind::keep) return intake_.add(std::move(event));
    const InputEvent begun = event;
    intake_.begin(std::move(event));
    ByteRange range = part.range;
    if (part.file.bytes == 0 || begun.part.is_whole()) range = {};
    add(hooks_.read(part.file, range, intake_));
    if (intake_.stopped()) return;  // perhaps in the middle
    // An input that was cut off is not done, so that the next run tries again.
    const bool is_done = begun.kind == InputEvent::Kind::begin && !intake_.was_cut_off();
    if (intake_.was_cut_off()) summary_.cut_off.push_back(begun.part.path);
    intake_.add({is_done ? InputEvent::Kind::end : InputEvent::Kind::leave, begun.part, {}});
  }

  // What cannot be hashed cannot be told from another: it is read without a manifest, and the reader says what is wrong.
  void look_up(InputEvent& event) {
    Result<std::string> hash = content_hash_of(event.part.path);
    if (!hash) return;
    event.part.content_hash = *std::move(hash);
    Result<InputState> state = hooks_.find_input(event.part);
    if (!state) {
      summary_.status = state.error();
      return;
    }
    event.state = *state;
    event.kind = state->is_done ? InputEvent::Kind::keep : InputEvent::Kind::begin;
  }

  void add(const ReadSummary& read) {
    ReadSummary& sum = summary_.read;
    sum.files += read.files;
    sum.skipped += read.skipped;
    sum.bytes += read.bytes;
    sum.records += read.records;
    sum.rejects += read.rejects;
    sum.stopped = sum.stopped || read.stopped;
    for (const auto& [kind, count] : read.skipped_by) sum.skipped_by[kind] += count;
  }

  const FlowHooks& hooks_;
  Intake& intake_;
  FlowSummary& summary_;
};

}  // namespace

FlowSummary flow(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects, const RunOptions& options,
                 const FlowHooks& hooks) {
  Intake intake(options);
  FlowSummary summary;
  std::thread reader([&] { Reader(hooks, intake, summary).run(parts, std::move(rejects)); });
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(options.threads));
  bool ended = false;
  const auto take = [&](tbb::flow_control& control) -> Parcel* {
    ParcelPtr parcel = ended ? nullptr : intake.next();
    if (!parcel) {
      ended = true;
      control.stop();
    }
    return parcel.release();
  };
  const auto work = [&](Parcel* parcel) {
    if (parcel->record) hooks.work(*parcel);
    return parcel;
  };
  const auto done = [&](Parcel* raw) {
    const ParcelPtr parcel(raw);
    if (!hooks.write(*parcel)) intake.stop();
  };
  tbb::parallel_pipeline(static_cast<size_t>(options.threads) * kTokensPerThread,
                         tbb::make_filter<void, Parcel*>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<Parcel*, Parcel*>(tbb::filter_mode::parallel, work) &
                             tbb::make_filter<Parcel*, void>(tbb::filter_mode::serial_in_order, done));
  reader.join();
  return summary;
}

}  // namespace factmill
