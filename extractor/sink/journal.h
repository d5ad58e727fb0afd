// The manifest of a file that is being written: a line of JSON for each part of the input that is in it, and how long
// the files were then. It stands beside the file, as NAME.manifest, until the file is complete.
//
//   Journal journal; Status status = journal.open("facts.jsonl", settings, /*starts_afresh=*/false);
//   std::optional<JournalEntry> entry = journal.next(part);    // of the run before, as long as its inputs are the same
//   journal.begin_writing();                                   // what stands behind the last entry taken is forgotten
//   journal.add(entry); journal.commit();                      // after the bytes it speaks of are on the disk
//
// A last line that was cut off counts as not written. Not thread-safe.
#pragma once
#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

#include "base/result.h"
#include "sink/manifest.h"

namespace factmill {

struct JournalEntry {
  InputPart part;
  InputState state;
  uint64_t facts_bytes = 0;
  uint64_t rejects_bytes = 0;
};

class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  // Error: the file cannot be created.
  Status open(const std::string& target, const std::string& settings, bool starts_afresh);
  // What is known of this part, which follows those asked for before; nothing any more once one was not there.
  std::optional<JournalEntry> next(const InputPart& part);
  // `taken` is the place behind the last entry that counts, as place() said after next().
  Status begin_writing(uint64_t taken);
  uint64_t place() const { return taken_; }
  void add(const JournalEntry& entry);
  // Error: what was added could not be written.
  Status commit();
  void remove();

 private:
  bool read_entry();
  Status fail(const std::string& what);

  std::string path_;
  std::string header_;
  int descriptor_ = -1;
  std::ifstream old_;                  // the run before, as far as it is good
  std::optional<JournalEntry> ahead_;  // read and not yet taken
  uint64_t read_ = 0;                  // bytes up to and with `ahead_`
  uint64_t taken_ = 0;                 // bytes up to and with the entry that next() gave last
  std::string buffer_;
};

}  // namespace factmill
