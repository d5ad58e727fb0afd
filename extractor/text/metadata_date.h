// Publish dates as metadata and URLs write them. The date is taken as written, whatever its zone.
#pragma once
#include <optional>
#include <string_view>

#include "base/date.h"

namespace factmill {

// ISO 8601 and its relatives ("2024-08-21T14:30:00+08:00", "2024/08/21", "20240821"), RFC 2822 and what is spelled with
// a month's name ("Wed, 21 Aug 2024 14:30:00 +0800", "August 21, 2024"), seconds or milliseconds since 1970.
// Empty for anything else, and for days that nobody published news on (before 1971, after 2100).
std::optional<Day> parse_metadata_date(std::string_view text);

// The day that a URL's path holds: /2024/08/21/ or 2024-08-21 or /20240821/. A month alone says nothing.
std::optional<Day> date_in_url(std::string_view url);

}  // namespace factmill
