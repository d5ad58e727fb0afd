// One raw document as an archive holds it, before anything is decoded.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"

namespace factmill {

enum class Format : uint8_t { automatic, text, html, jsonl, csv, warc };

// Where a document's bytes are: what `read_again` needs to find them. archive.h has the table.
struct Source {
  std::string path;    // as the user gave it, or below a folder that he gave; "-"
  std::string member;  // of an archive, "!/" between an inner archive and its member; "+N" for a record within a frame
  std::optional<uint64_t> offset;
  std::string url;

  bool same_place(const Source& other) const { return path == other.path && member == other.member && offset == other.offset; }
};

// Owns its bytes. For a JSON Lines record `bytes` is the decoded value of its text key, which is UTF-8, for a CSV row
// that of its text cell, for a WARC record the body that was sent; the record's own keys, cells or headers fill the
// metadata. Offsets of spans count bytes of `bytes`.
struct Record {
  Source source;
  std::string bytes;
  Format format = Format::text;  // text or html
  std::string charset;           // declared outside the bytes (JSON: "UTF-8"; an HTTP header's); empty if unknown
  std::string id;                // the producer's id, if any
  std::string title;
  std::string site;
  std::string lang;
  std::string published;                 // as the producer wrote it; read later
  std::string crawled;                   // when a crawler fetched it: no publish date, but not before it
  std::optional<Day> default_published;  // of the list that named the file; stands where nothing else does
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
