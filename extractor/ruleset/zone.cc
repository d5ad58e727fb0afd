#include "ruleset/zone.h"

#include <array>

namespace factmill {
namespace {

constexpr std::array<std::string_view, 10> kNames = {"body",    "title",   "lead",    "summary", "caption",
                                                     "prompt",  "related", "fx_note", "legal",   "metadata"};

}  // namespace

std::string_view zone_name(Zone zone) { return kNames[static_cast<size_t>(zone)]; }

std::optional<Zone> zone_from_name(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Zone>(i);
  }
  return std::nullopt;
}

}  // namespace factmill
