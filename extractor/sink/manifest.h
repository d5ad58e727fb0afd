// What a sink remembers of its inputs, so that a run that was broken off goes on where it was: the checkpoint.
//
//   InputPart part{"news.jsonl", bytes, 0, bytes, hash};
//   Result<InputState> known = sink.find_input(part);
//   if (known->is_done) return sink.keep_input(part);       // loaded before, by the same rules: nothing to do
//   sink.begin_input(part, *known);                         // the first known->records records are there already
//   for (...) { sink.at_record(++number); sink.write(...); }
//   sink.end_input();
//
// A database keeps this in `input_shard`, written in the transaction that writes the documents; a file sink in a journal
// beside the unfinished file. A part is known again by its path, its range, the hash of the file's bytes and the
// settings of the run (LoadInfo::settings): after any change of these it is read from its beginning, and what it had
// produced before and produces no more goes when it ends.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

// A file, or the records that start in [begin, end) of it.
struct InputPart {
  std::string path;
  uint64_t bytes = 0;  // of the whole file
  uint64_t begin = 0;
  uint64_t end = 0;
  std::string content_hash;  // of the whole file, in hex

  bool is_whole() const { return begin == 0 && end >= bytes; }
  friend bool operator==(const InputPart&, const InputPart&) = default;
};

// What is there of a part. A record is what the reader handed over: a document or a reject.
struct InputState {
  bool is_done = false;
  uint64_t records = 0;
  uint64_t documents = 0;
  uint64_t facts = 0;
  uint64_t rejects = 0;
  // Numbers of the loads that wrote it and never finished, with blanks between; a database's own.
  std::string earlier_loads = {};
};

// A part and how far it is: a row of `input_shard`, a line of the journal.
struct InputProgress {
  InputPart part;
  InputState state;
  int64_t input_id = 0;  // of the path
  int64_t pass = 0;      // of what the bytes mean: their hash and the settings
  std::string started;
};

// The keys of a part in a database.
int64_t input_id_of(std::string_view path);
int64_t input_pass_of(std::string_view content_hash, std::string_view settings);

// A row of `input_shard` as a look-up finds it.
struct KnownRange {
  uint64_t begin = 0;
  uint64_t end = 0;
  InputState state;
  int64_t load_id = 0;
  bool is_load_finished = false;
};

// How far `known`, sorted by begin and all of one pass, covers the part; `used` are the rows that say so.
InputState state_of(const InputPart& part, const std::vector<KnownRange>& known, std::vector<KnownRange>& used);
// Whether the ranges that are done reach over all `bytes`.
bool covers_all(uint64_t bytes, const std::vector<KnownRange>& known);

// Inputs whose rows belong to loads that never finished and that this load goes on from: by load, the inputs.
using Inheritance = std::map<int64_t, std::vector<int64_t>>;

// What a database sink keeps in mind of its inputs while it writes. Not thread-safe.
class InputTracker {
 public:
  void configure(std::string settings, bool starts_afresh) {
    settings_ = std::move(settings);
    starts_afresh_ = starts_afresh;
  }
  const std::string& settings() const { return settings_; }
  // Null between inputs.
  const InputProgress* current() const { return current_ ? &*current_ : nullptr; }

  // What find_input() answers, from the ranges known of the part's pass.
  InputState judge(const InputPart& part, const std::vector<KnownRange>& known, int64_t load_id);
  InputProgress progress_of(const InputPart& part, const InputState& state) const;
  // The inputs of other loads, sorted.
  Inheritance inherited() const;

  void begin(const InputPart& part, const InputState& from, std::string now);
  void at_record(uint64_t number) { next_record_ = number; }
  // The record was written.
  void count_document(uint64_t facts);
  void count_reject();
  // The part as it is when its last record was written; there is none any more.
  InputProgress end();
  // The same of a part that is not done.
  InputProgress leave();

 private:
  std::string settings_;
  bool starts_afresh_ = false;
  std::optional<InputProgress> current_;
  uint64_t next_record_ = 0;
  Inheritance inherited_;
};

}  // namespace factmill
