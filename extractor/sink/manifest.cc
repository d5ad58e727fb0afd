#include "sink/manifest.h"

#include <algorithm>
#include <sstream>

#include "base/hash.h"

namespace factmill {

int64_t input_id_of(std::string_view path) { return static_cast<int64_t>(hash64(path)); }

int64_t input_pass_of(std::string_view content_hash, std::string_view settings) {
  return static_cast<int64_t>(hash64(std::string(content_hash).append(1, '\0').append(settings)));
}

InputState state_of(const InputPart& part, const std::vector<KnownRange>& known, std::vector<KnownRange>& used) {
  used.clear();
  InputState sum;
  uint64_t covered = part.begin;
  for (const KnownRange& range : known) {
    if (!range.state.is_done || range.begin > covered || (range.end <= covered && range.begin != range.end)) continue;
    covered = std::max(covered, range.end);
    sum.records += range.state.records;
    sum.documents += range.state.documents;
    sum.facts += range.state.facts;
    sum.rejects += range.state.rejects;
    used.push_back(range);
    if (covered >= part.end) break;
  }
  if (!used.empty() && covered >= part.end) {
    sum.is_done = true;
    return sum;
  }
  used.clear();
  for (const KnownRange& range : known) {
    if (range.begin != part.begin || range.end != part.end || range.state.is_done) continue;
    used.push_back(range);
    return range.state;
  }
  return {};
}

InputState InputTracker::judge(const InputPart& part, const std::vector<KnownRange>& known, int64_t load_id) {
  if (starts_afresh_) return {};
  std::vector<KnownRange> used;
  InputState state = state_of(part, known, used);
  state.earlier_loads.clear();
  for (const KnownRange& range : used) {
    std::string loads = range.state.earlier_loads;
    if (!range.is_load_finished && range.load_id != load_id) {
      loads.append(loads.empty() ? "" : " ").append(std::to_string(range.load_id));
    }
    for (std::istringstream numbers(loads); numbers;) {
      int64_t number = 0;
      if (numbers >> number) inherited_[number].push_back(input_id_of(part.path));
    }
    // Who goes on with a part remembers all who wrote it, for the load that will go on from him.
    if (!state.is_done) state.earlier_loads = loads;
  }
  return state;
}

InputProgress InputTracker::progress_of(const InputPart& part, const InputState& state) const {
  return {part, state, input_id_of(part.path), input_pass_of(part.content_hash, settings_), {}};
}

Inheritance InputTracker::inherited() const {
  Inheritance sorted = inherited_;
  for (auto& [load, inputs] : sorted) {
    std::sort(inputs.begin(), inputs.end());
    inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  }
  return sorted;
}

void InputTracker::begin(const InputPart& part, const InputState& from, std::string now) {
  current_ = progress_of(part, from);
  current_->started = std::move(now);
  next_record_ = from.records;
}

void InputTracker::count_document(uint64_t facts) {
  if (!current_) return;
  current_->state.records = next_record_;
  ++current_->state.documents;
  current_->state.facts += facts;
}

void InputTracker::count_reject() {
  if (!current_) return;
  current_->state.records = next_record_;
  ++current_->state.rejects;
}

InputProgress InputTracker::leave() {
  InputProgress progress = std::move(*current_);
  current_.reset();
  return progress;
}

InputProgress InputTracker::end() {
  current_->state.is_done = true;
  return leave();
}

bool covers_all(uint64_t bytes, const std::vector<KnownRange>& known) {
  std::vector<KnownRange> used;
  InputPart whole;
  whole.bytes = whole.end = bytes;
  return state_of(whole, known, used).is_done;
}

}  // namespace factmill
