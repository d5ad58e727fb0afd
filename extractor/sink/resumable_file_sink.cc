// The sinks that write a file which a later run can go on with: NAME.part and NAME.manifest stand beside the target
// until it is complete.
#include <sys/stat.h>

#include <chrono>
#include <deque>
#include <utility>
#include <vector>

#include "sink/file_sink.h"
#include "sink/journal.h"
#include "sink/output_file.h"

namespace factmill {
namespace {

// After so much output everything is made durable, whatever the time.
constexpr uint64_t kCheckpointBytes = uint64_t{16} << 20;

class ResumableFileSink : public Sink {
 public:
  explicit ResumableFileSink(const FileFormat& format) : format_(format) {}

  Status open(const std::string& path, const LoadInfo& load) {
    Result<std::unique_ptr<OutputFile>> file = OutputFile::open_resumable(path);
    if (!file) return file.error();
    facts_ = *std::move(file);
    rejects_path_ = rejects_path_of(path);
    tracker_.configure(load.settings, load.starts_afresh);
    checkpoint_ = load.checkpoint;
    return journal_.open(path, load.settings, load.starts_afresh);
  }

  Status write(const DocumentFacts& document) override {
    if (Status status = start_writing(); !status) return status;
    scratch_.clear();
    for (const Fact& fact : document.facts) format_.append_fact(fact, scratch_);
    tracker_.count_document(document.facts.size());
    return settle(facts_->append(scratch_));
  }

  Status reject(const Reject& reject) override {
    if (!status_) return status_;
    scratch_.clear();
    append_json(reject, scratch_);
    scratch_ += '\n';
    // Of no input, so that no entry of the manifest could say whether it is there: it comes last.
    if (!tracker_.current()) {
      loose_ += scratch_;
      return {};
    }
    if (Status status = start_writing(); !status) return status;
    if (Status status = settle_quietly(open_rejects()); !status) return status;
    tracker_.count_reject();
    return settle(rejects_->append(scratch_));
  }

  Status flush() override {
    if (!status_) return status_;
    return settle_quietly(make_durable());
  }

  Status finish() override {
    if (Status status = start_writing(); !status) return status;
    if (Status status = settle_quietly(commit()); !status) return status;
    journal_.remove();
    status_ = Error{"error: the file is already complete"};
    return {};
  }

  // ---- the manifest ----

  Result<InputState> find_input(const InputPart& part) override {
    if (!status_) return status_.error();
    if (!is_matching_) return InputState{};
    Decision decision{{}, decisions_end_, journal_.place()};
    const std::optional<JournalEntry> entry = journal_.next(part);
    is_matching_ = entry && entry->facts_bytes <= facts_->size() && has_rejects(entry->rejects_bytes);
    if (is_matching_) {
      decisions_end_ = {entry->facts_bytes, entry->rejects_bytes};
      decision = {entry->state, decisions_end_, journal_.place()};
    }
    decisions_.push_back(decision);
    return decision.state;
  }

  Status keep_input(const InputPart&) override {
    if (!status_) return status_;
    take_decision();
    return {};
  }

  Status begin_input(const InputPart& part, const InputState& from) override {
    if (!status_) return status_;
    take_decision();
    tracker_.begin(part, from, {});
    return start_writing();
  }

  void at_record(uint64_t number) override { tracker_.at_record(number); }

  Status end_input() override {
    if (!status_ || !tracker_.current()) return status_;
    note(tracker_.end());
    return settle({});
  }

  Status leave_input() override {
    if (!status_ || !tracker_.current()) return status_;
    note(tracker_.leave());
    return {};
  }

 private:
  // How long facts and rejects are.
  struct Sizes {
    uint64_t facts = 0;
    uint64_t rejects = 0;
  };
  // What find_input() has answered and the writer not yet come to.
  struct Decision {
    InputState state;
    Sizes sizes;
    uint64_t journal_place = 0;
  };

  void take_decision() {
    if (is_writing_ || decisions_.empty()) return;
    taken_ = decisions_.front();
    decisions_.pop_front();
  }

  // Once it is clear what of the run before stays.
  Status start_writing() {
    if (is_writing_ || !status_) return status_;
    is_writing_ = true;
    decisions_.clear();
    last_checkpoint_ = std::chrono::steady_clock::now();
    checkpoint_size_ = taken_.sizes.facts;
    if (Status status = settle_quietly(journal_.begin_writing(taken_.journal_place)); !status) return status;
    if (Status status = settle_quietly(facts_->truncate(taken_.sizes.facts)); !status) return status;
    if (taken_.sizes.facts == 0) {
      std::string header;
      format_.append_header(header);
      if (Status status = settle_quietly(facts_->append(header)); !status) return status;
    }
    // Rejects of an earlier run must not stand beside the facts of this one.
    struct stat info {};
    if (stat((rejects_path_ + ".part").c_str(), &info) != 0 && stat(rejects_path_.c_str(), &info) != 0) return {};
    return settle_quietly(open_rejects());
  }

  bool has_rejects(uint64_t bytes) const {
    struct stat info {};
    return bytes == 0 ||
           (stat((rejects_path_ + ".part").c_str(), &info) == 0 && static_cast<uint64_t>(info.st_size) >= bytes);
  }

  Status open_rejects() {
    if (rejects_) return {};
    Result<std::unique_ptr<OutputFile>> file = OutputFile::open_resumable(rejects_path_);
    if (!file) return file.error();
    rejects_ = *std::move(file);
    return rejects_->truncate(taken_.sizes.rejects);
  }

  // After a write: everything durable now and then.
  Status settle(Status status) {
    if (!status) return status_ = std::move(status);
    const bool is_due = std::chrono::steady_clock::now() - last_checkpoint_ >= checkpoint_ ||
                        facts_->size() - checkpoint_size_ >= kCheckpointBytes;
    return is_due ? settle_quietly(make_durable()) : Status{};
  }

  Status settle_quietly(Status status) {
    if (!status) status_ = status;
    return status;
  }

  void note(const InputProgress& input) {
    journal_.add({input.part, input.state, facts_->size(), rejects_ ? rejects_->size() : 0});
  }

  // First the bytes, then the line that speaks of them.
  Status make_durable() {
    if (!is_writing_) return {};
    if (const InputProgress* input = tracker_.current()) note(*input);
    checkpoint_size_ = facts_->size();
    if (Status status = facts_->flush(); !status) return status;
    if (rejects_) {
      if (Status status = rejects_->flush(); !status) return status;
    }
    Status status = journal_.commit();
    // From its end: a slow disk must not make every document a checkpoint.
    last_checkpoint_ = std::chrono::steady_clock::now();
    return status;
  }

  Status commit() {
    if (!loose_.empty()) {
      if (Status status = open_rejects(); !status) return status;
      if (Status status = rejects_->append(loose_); !status) return status;
    }
    if (rejects_) {
      if (Status status = rejects_->commit(); !status) return status;
    }
    return facts_->commit();
  }

  const FileFormat& format_;
  std::unique_ptr<OutputFile> facts_;
  std::string rejects_path_;
  std::unique_ptr<OutputFile> rejects_;  // from the first reject on
  std::string loose_;                    // rejects of no input
  Journal journal_;
  InputTracker tracker_;
  std::deque<Decision> decisions_;
  Sizes decisions_end_;  // where the part stands that find_input() answered last
  bool is_matching_ = true;  // the inputs are those of the run before, so far
  Decision taken_;       // the last part that is kept or taken up
  bool is_writing_ = false;
  std::chrono::milliseconds checkpoint_{};
  std::chrono::steady_clock::time_point last_checkpoint_;
  uint64_t checkpoint_size_ = 0;
  std::string scratch_;
  Status status_;
};

}  // namespace

Result<std::unique_ptr<Sink>> open_resumable_file_sink(const std::string& path, const FileFormat& format,
                                                       const LoadInfo& load) {
  auto sink = std::make_unique<ResumableFileSink>(format);
  if (Status status = sink->open(path, load); !status) return status.error();
  return std::unique_ptr<Sink>(std::move(sink));
}

}  // namespace factmill
