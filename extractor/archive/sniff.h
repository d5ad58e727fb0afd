// What a file is, by its name and its first bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "archive/record.h"

namespace factmill {

inline constexpr size_t kSniffBytes = 4096;
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// By extension, in any case; empty for an unknown one. ".json" is jsonl: a whole file of JSON is read by its reader too.
std::optional<Format> format_of_name(std::string_view path);
bool has_extension(std::string_view path, std::string_view extension);
// Whether what lies in a folder or archive under this name is worth opening: one of the formats, packed or not, an
// archive, or something packed whose own name says nothing ("dump.gz", but not "picture.png.gz").
bool is_readable_name(std::string_view path);
// The name of what a packed file holds: "a.jsonl.gz" is "a.jsonl", "a.tgz" is "a.tar".
std::string unpacked_name(std::string_view path);

// `<!doctype html` or `<html` behind blanks, comments and an XML prolog; also in UTF-16.
bool looks_like_html(std::string_view head);
bool looks_like_zip(std::string_view head);
// A first header with a checksum that is right (POSIX.1-1988 ustar and the tar before it).
bool looks_like_tar(std::string_view head);
// "WARC/1.0" and its relatives.
bool looks_like_warc(std::string_view head);
// The first byte that is no blank and no byte order mark; 0 if none.
char first_mark(std::string_view head);

}  // namespace factmill
