// What a file is, by its name and its first bytes.
#pragma once
#include <optional>
#include <string_view>

#include "archive/record.h"

namespace factmill {

inline constexpr size_t kSniffBytes = 4096;

// By extension, in any case; empty for an unknown one. ".json" is jsonl: a whole file of JSON is read by its reader too.
std::optional<Format> format_of_name(std::string_view path);
bool has_extension(std::string_view path, std::string_view extension);

// `<!doctype html` or `<html` behind blanks, comments and an XML prolog; also in UTF-16.
bool looks_like_html(std::string_view head);
// The first byte that is no blank and no byte order mark; 0 if none.
char first_mark(std::string_view head);

}  // namespace factmill
