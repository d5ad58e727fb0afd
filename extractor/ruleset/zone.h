// What a paragraph is on its page. Rules name zones, the text room assigns them, later rooms ask states_facts().
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace factmill {

// Only statement zones hold the article's own statements.
enum class Zone : uint8_t { body, title, lead, summary, caption, prompt, related, fx_note, legal, metadata };

std::string_view zone_name(Zone zone);
std::optional<Zone> zone_from_name(std::string_view name);
// Zones whose sentences state facts: title (names and context, never a fact by itself) is not one.
inline bool states_facts(Zone zone) { return zone == Zone::body || zone == Zone::lead || zone == Zone::summary; }

}  // namespace factmill
