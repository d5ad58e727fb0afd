#include "ruleset/tags.h"

namespace factmill {

Tag tag_of(std::string_view name) {
  for (size_t i = 1; i < kTagCount; ++i) {
    if (kTagNames[i] == name) return static_cast<Tag>(i);
  }
  return Tag::none;
}

Slot slot_of(std::string_view name) {
  for (size_t i = 0; i < kSlotCount; ++i) {
    if (kSlotNames[i] == name) return static_cast<Slot>(i);
  }
  return Slot::count;
}

}  // namespace factmill
