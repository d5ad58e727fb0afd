#include "text/document.h"

#include <algorithm>

#include "text/charset.h"

namespace factmill {

void OffsetMap::add(uint32_t text, uint32_t raw, uint32_t text_unit, uint32_t raw_unit) {
  const Run identity{0, 0, 1, 1};
  const Run& last = runs_.empty() ? identity : runs_.back();
  if (last.text_unit == text_unit && last.raw_unit == raw_unit && raw_unit > 0) {
    const uint32_t size = text - last.text;
    const bool continues = size % text_unit == 0 && last.raw + uint64_t{size / text_unit} * raw_unit == raw;
    if (continues) return;
  }
  if (!runs_.empty() && runs_.back().text == text) runs_.pop_back();  // an empty run says nothing
  runs_.push_back({text, raw, text_unit, raw_unit});
}

const OffsetMap::Run* OffsetMap::last_at_or_before(uint32_t text) const {
  auto behind = std::upper_bound(runs_.begin(), runs_.end(), text,
                                 [](uint32_t offset, const Run& run) { return offset < run.text; });
  return behind == runs_.begin() ? nullptr : &*(behind - 1);
}

uint32_t OffsetMap::begin_to_raw(uint32_t text) const {
  const Run* run = last_at_or_before(text);
  if (run == nullptr) return text;
  return run->raw + (text - run->text) / run->text_unit * run->raw_unit;
}

uint32_t OffsetMap::end_to_raw(uint32_t text) const {
  if (text == 0) return begin_to_raw(0);
  // The run that holds the last byte before `text`: dropped bytes behind it are not part of it.
  const Run* run = last_at_or_before(text - 1);
  if (run == nullptr) return text;
  return run->raw + (text - run->text + run->text_unit - 1) / run->text_unit * run->raw_unit;
}

// Copies what `inner` says of middle[middle, middle + size), which text copies byte by byte from `text` on.
void OffsetMap::add_linear(uint32_t text, uint32_t middle, uint32_t size, const OffsetMap& inner, size_t& cursor) {
  const auto& runs = inner.runs_;
  const uint32_t end = middle + size;
  while (cursor < runs.size() && runs[cursor].text <= middle) ++cursor;  // runs[cursor] begins behind `middle`
  while (middle < end) {
    const Run run = cursor == 0 ? Run{0, 0, 1, 1} : runs[cursor - 1];
    const uint32_t run_end = cursor < runs.size() ? std::min(runs[cursor].text, end) : end;
    const uint32_t inside = (middle - run.text) % run.text_unit;
    const uint32_t raw = run.raw + (middle - run.text) / run.text_unit * run.raw_unit;
    if (inside == 0) {
      add(text, raw, run.text_unit, run.raw_unit);
      text += run_end - middle;
      middle = run_end;
    } else {  // begins inside a unit: the rest of it stands on the whole unit
      const uint32_t rest = std::min(run.text_unit - inside, run_end - middle);
      add(text, raw, rest, run.raw_unit);
      text += rest;
      middle += rest;
    }
    if (cursor < runs.size() && middle >= runs[cursor].text) ++cursor;
  }
}

OffsetMap OffsetMap::composed(const OffsetMap& outer, uint32_t text_size, const OffsetMap& inner) {
  if (inner.identity()) return outer;
  if (outer.identity()) return inner;
  OffsetMap result;
  size_t cursor = 0;
  if (outer.runs_.front().text > 0) result.add_linear(0, 0, outer.runs_.front().text, inner, cursor);
  for (size_t i = 0; i < outer.runs_.size(); ++i) {
    const Run& run = outer.runs_[i];
    const uint32_t end = i + 1 < outer.runs_.size() ? outer.runs_[i + 1].text : text_size;
    if (run.text_unit == 1 && run.raw_unit == 1) {
      result.add_linear(run.text, run.raw, end - run.text, inner, cursor);
      continue;
    }
    uint32_t middle = run.raw;
    for (uint32_t text = run.text; text < end; text += run.text_unit, middle += run.raw_unit) {
      const uint32_t raw = inner.begin_to_raw(middle);
      const uint32_t raw_end = run.raw_unit == 0 ? raw : inner.end_to_raw(middle + run.raw_unit);
      result.add(text, raw, run.text_unit, raw_end - raw);
    }
  }
  return result;
}

std::string Document::raw_text(Span raw_span) const {
  const std::string_view bytes = raw_span.of(raw);
  return charset == "UTF-8" ? std::string(bytes) : to_utf8(bytes, charset);
}

}  // namespace factmill
