// One raw document as an archive holds it, before anything is decoded.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"

namespace factmill {

enum class Format : uint8_t { automatic, text, html, jsonl };

// Where a document's bytes are. `path` as the user gave it (or "-"), and for a member of an archive its name and the
// byte offset of its record in the file.
struct Source {
  std::string path;
  std::string member;
  std::optional<uint64_t> offset;
  std::string url;
};

// Owns its bytes. For a JSON Lines record `bytes` is the decoded value of its text key, which is UTF-8, and the
// record's own keys fill the metadata; offsets of spans count bytes of `bytes`.
struct Record {
  Source source;
  std::string bytes;
  Format format = Format::text;  // text or html, never automatic
  std::string charset;           // declared outside the bytes (JSON: "UTF-8"); empty if unknown
  std::string id;                // the producer's id, if any
  std::string title;
  std::string site;
  std::string lang;
  std::string published;  // as the producer wrote it; read later
};

// A document or part of an archive that could not be read: what was lost, where and why.
struct Reject {
  Source source;
  uint64_t offset = 0;  // byte in the document (or in the archive, where the document itself could not be found)
  uint64_t line = 0;    // 1-based, of the archive; 0: it has no lines
  std::string stage;    // "archive", "text", ...
  std::string code;     // stable, kebab-case: "unreadable", "truncated-json", "too-long", "binary"
  std::string message;
  std::string snippet;  // a few bytes of the input, made printable
};

}  // namespace factmill
