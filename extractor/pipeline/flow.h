// Records on their way through the threads: read by one, worked on by all, written in the order they were read. A run of
// one thread does all in turn.
// Internal to this room.
//
//   FlowSummary summary = flow(parts, rejects, options, {read, find_input, work, write});
//
// Threads hand small batches of records to each other, and at most a few batches a thread are in flight, so memory does not
// grow with the input.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "pipeline/inputs.h"
#include "pipeline/run.h"
#include "sink/manifest.h"

namespace factmill {

// Where one input begins or ends between two records.
struct InputEvent {
  enum class Kind : uint8_t {
    begin,
    end,
    keep,    // an earlier run has it
    open,    // begins, without a manifest
    leave,   // ends, and is not done: without a manifest, or cut off
  } kind = Kind::begin;
  InputPart part;
  InputState state;
};

// A record on its way in, facts or a reject on its way out.
struct Parcel {
  std::vector<InputEvent> events;  // that come before it
  std::optional<Record> record;
  std::optional<Reject> reject;
  uint64_t number = 0;    // of the record in its input, from 1
  uint64_t position = 0;  // bytes of its file that were read, as far as the record tells
  DocumentFacts facts;
  std::vector<Reject> more_rejects;  // beside the facts, of the same record
  std::string lines;  // annotations
  uint64_t bytes = 0;
  bool is_document = false;  // made of the record
};

// What is known of an input before it is read; an Error ends the run.
using FindInput = std::function<Result<InputState>(const InputPart&)>;

struct FlowHooks {
  std::function<ReadSummary(const InputFile&, ByteRange, RecordSink&)> read;
  FindInput find_input;  // empty: no manifest
  std::function<void(Parcel&)> work;         // for each record, from any thread
  std::function<bool(Parcel&)> write;        // in order, from one thread at a time; false stops
};

struct FlowSummary {
  ReadSummary read;
  std::vector<std::string> cut_off;  // inputs that could not be read to their end
  Status status;
};

FlowSummary flow(const std::vector<PartOfFile>& parts, std::vector<Reject> rejects, const RunOptions& options,
                 const FlowHooks& hooks);

}  // namespace factmill
