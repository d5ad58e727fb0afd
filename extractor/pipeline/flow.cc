#include "pipeline/flow.h"

#include <tbb/concurrent_queue.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "base/hash.h"

namespace factmill {
namespace {

constexpr size_t kBatchRecords = 32;    // that go through the threads together, ...
constexpr size_t kBatchBytes = 64 << 10;  // ... unless they are large
constexpr size_t kReadAhead = 4;        // batches between the reader and the pipeline
constexpr size_t kTokensPerThread = 4;  // batches in flight
constexpr size_t kEventsAtOnce = 64;    // of inputs without a record of their own

using Batch = std::vector<Parcel>;

// Reject codes that say an input ended before its end: what is behind may be there the next time.
constexpr std::string_view kCutOffCodes[] = {
    "read-error",     "truncated-gzip", "truncated-zstd", "truncated-archive",
    "truncated-warc", "damaged-gzip",   "damaged-zstd",   "damaged-archive",
};

bool is_cut_off(const Reject& reject) {
  return std::find(std::begin(kCutOffCodes), std::end(kCutOffCodes), reject.code) != std::end(kCutOffCodes);
}

// Hands the reader's records on, some at a time; a stop travels back the other way.
class Intake : public RecordSink {
 public:
  // `deliver` takes parcels in order, up to `at_once` of them; false stops.
  Intake(const RunOptions& options, size_t at_once, std::function<bool(Batch&&)> deliver)
      : options_(options), at_once_(at_once), deliver_(std::move(deliver)) {}

  bool on_record(Record&& record) override {
    if (is_there_already()) return !stopped();
    Parcel& parcel = next_parcel();
    if (record.source.offset) parcel.position = std::min(*record.source.offset, file_bytes_);
    bytes_ += record.bytes.size();
    parcel.record = std::move(record);
    if (batch_.size() >= at_once_ || bytes_ >= kBatchBytes) deliver();
    return !stopped();
  }
  bool on_reject(Reject&& reject) override {
    was_cut_off_ = was_cut_off_ || is_cut_off(reject);
    if (is_there_already()) return !stopped();
    next_parcel().reject = std::move(reject);
    if (batch_.size() >= at_once_) deliver();
    return !stopped();
  }
  void on_wait() override { deliver(); }

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
    if (events_.size() < kEventsAtOnce) return;
    next_parcel();
    if (batch_.size() >= at_once_) deliver();
  }
  bool was_cut_off() const { return was_cut_off_; }
  void end() {
    if (!events_.empty()) next_parcel();
    deliver();
  }
  bool stopped() const { return stopped_ || (options_.stop && *options_.stop); }

  // ---- the other side, from any thread ----

  void stop() { stopped_ = true; }

 private:
  // The first records of an input that an earlier run has are read over.
  bool is_there_already() { return ++number_ <= skipped_; }
  Parcel& next_parcel() {
    Parcel& parcel = batch_.emplace_back();
    parcel.number = number_;
    parcel.events = std::exchange(events_, {});
    return parcel;
  }
  void deliver() {
    if (!batch_.empty() && !deliver_(std::exchange(batch_, {}))) stop();
    bytes_ = 0;
  }

  const RunOptions& options_;
  const size_t at_once_;
  const std::function<bool(Batch&&)> deliver_;
  Batch batch_;
  size_t bytes_ = 0;  // of its records
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
    if (hooks_.find_input && std::filesystem::is_regular_file(part.file.path, error)) look_up(part.file, event);
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
  void look_up(const InputFile& file, InputEvent& event) {
    Result<std::string> hash = content_hash_of(event.part.path);
    if (!hash) return;
    event.part.content_hash = *std::move(hash);
    // A list's date is part of what the bytes mean.
    if (file.published) event.part.content_hash = hash128(event.part.content_hash + to_string(*file.published)).to_hex();
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

void work_on(Batch& batch, const FlowHooks& hooks) {
  for (Parcel& parcel : batch) {
    if (parcel.record) hooks.work(parcel);
  }
}

// False: the run is over.
bool write(Batch& batch, const FlowHooks& hooks) {
  bool goes_on = true;
  for (Parcel& parcel : batch) goes_on = hooks.write(parcel) && goes_on;
  return goes_on;
}

// One thread reads, works and writes, a record at a time.
FlowSummary flow_here(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects, const RunOptions& options,
                      const FlowHooks& hooks) {
  FlowSummary summary;
  Intake intake(options, 1, [&](Batch&& batch) {
    work_on(batch, hooks);
    return write(batch, hooks);
  });
  Reader(hooks, intake, summary).run(parts, std::move(rejects));
  return summary;
}

// One thread reads; the others work, and write in turn.
FlowSummary flow_over_threads(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects, const RunOptions& options,
                              const FlowHooks& hooks) {
  FlowSummary summary;
  tbb::concurrent_bounded_queue<std::unique_ptr<Batch>> queue;  // the end is a null
  queue.set_capacity(kReadAhead);
  Intake intake(options, kBatchRecords, [&](Batch&& batch) {
    queue.push(std::make_unique<Batch>(std::move(batch)));
    return true;
  });
  std::thread reader([&] {
    Reader(hooks, intake, summary).run(parts, std::move(rejects));
    queue.push(nullptr);
  });
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(options.threads));
  bool ended = false;
  const auto take = [&](tbb::flow_control& control) -> Batch* {
    std::unique_ptr<Batch> batch;
    if (!ended) queue.pop(batch);
    if (!batch) {
      ended = true;
      control.stop();
    }
    return batch.release();
  };
  const auto work = [&](Batch* batch) {
    work_on(*batch, hooks);
    return batch;
  };
  const auto done = [&](Batch* raw) {
    const std::unique_ptr<Batch> batch(raw);
    if (!write(*batch, hooks)) intake.stop();
  };
  tbb::parallel_pipeline(static_cast<size_t>(options.threads) * kTokensPerThread,
                         tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, work) &
                             tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, done));
  reader.join();
  return summary;
}

}  // namespace

FlowSummary flow(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects, const RunOptions& options,
                 const FlowHooks& hooks) {
  return options.threads > 1 ? flow_over_threads(parts, std::move(rejects), options, hooks)
                             : flow_here(parts, std::move(rejects), options, hooks);
}

}  // namespace factmill
