#include "archive/sniff.h"

#include <string>

#include "base/ascii.h"

namespace factmill {
namespace {

struct Extension {
  std::string_view name;
  Format format;
};

constexpr Extension kExtensions[] = {
    {".txt", Format::text},    {".text", Format::text},     {".html", Format::html},  {".htm", Format::html},
    {".xhtml", Format::html},  {".jsonl", Format::jsonl},   {".ndjson", Format::jsonl}, {".json", Format::jsonl},
    {".csv", Format::csv},     {".tsv", Format::csv},       {".warc", Format::warc},  {".wet", Format::warc},
};

constexpr std::string_view kArchives[] = {".tar", ".zip"};

struct PackedExtension {
  std::string_view name;
  std::string_view unpacked;
};

constexpr PackedExtension kPacked[] = {{".gz", ""}, {".zst", ""}, {".gzip", ""}, {".zstd", ""}, {".tgz", ".tar"}, {".tzst", ".tar"}};

constexpr size_t kMaxExtension = 5;
constexpr size_t kTarHeaderBytes = 512;
constexpr size_t kTarChecksum = 148;  // and the 8 bytes from there count as blanks

bool ends_with_word(std::string_view text, std::string_view word) {
  if (text.size() <= word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower(text[text.size() - word.size() + i]) != word[i]) return false;
  }
  return true;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  return true;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r'))) text.remove_prefix(1);
}

void skip_mark(std::string_view& text) {
  for (std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
    if (text.starts_with(mark)) return text.remove_prefix(mark.size());
  }
}

bool skip_past(std::string_view& text, std::string_view begin, std::string_view end) {
  if (!text.starts_with(begin)) return false;
  const size_t at = text.find(end, begin.size());
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
  return true;
}

}  // namespace

bool has_extension(std::string_view path, std::string_view extension) { return ends_with_word(path, extension); }

std::optional<Format> format_of_name(std::string_view path) {
  for (const Extension& extension : kExtensions) {
    if (has_extension(path, extension.name)) return extension.format;
  }
  return std::nullopt;
}

std::string unpacked_name(std::string_view path) {
  for (const PackedExtension& extension : kPacked) {
    if (has_extension(path, extension.name)) return std::string(path.substr(0, path.size() - extension.name.size())) + std::string(extension.unpacked);
  }
  return std::string(path);
}

bool is_readable_name(std::string_view path) {
  const std::string inside = unpacked_name(path);
  if (format_of_name(inside)) return true;
  for (std::string_view extension : kArchives) {
    if (has_extension(inside, extension)) return true;
  }
  if (inside.size() == path.size()) return false;
  const size_t dot = inside.find_last_of("./");
  if (dot == std::string::npos || inside[dot] == '/') return true;
  const std::string_view extension = std::string_view(inside).substr(dot + 1);
  const bool is_letter = !extension.empty() && lower(extension[0]) >= 'a' && lower(extension[0]) <= 'z';
  return !is_letter || extension.size() > kMaxExtension;
}

bool looks_like_zip(std::string_view head) {
  // A first member, or the end of an archive without any.
  return head.starts_with(std::string_view("PK\x03\x04", 4)) || head.starts_with(std::string_view("PK\x05\x06", 4));
}

bool looks_like_tar(std::string_view head) {
  if (head.size() < kTarHeaderBytes || head[0] == '\0') return false;
  unsigned sum = 0;
  for (size_t i = 0; i < kTarHeaderBytes; ++i) {
    sum += i >= kTarChecksum && i < kTarChecksum + 8 ? ' ' : static_cast<unsigned char>(head[i]);
  }
  std::string_view digits = head.substr(kTarChecksum, 8);
  skip_blanks(digits);
  unsigned stated = 0;
  size_t count = 0;
  for (; count < digits.size() && digits[count] >= '0' && digits[count] <= '7'; ++count) stated = stated * 8 + static_cast<unsigned>(digits[count] - '0');
  return count > 0 && stated == sum;
}

bool looks_like_warc(std::string_view head) {
  skip_blanks(head);
  return head.starts_with("WARC/1.") || head.starts_with("WARC/0.");
}

bool looks_like_html(std::string_view bytes) {
  std::string_view head = bytes.substr(0, kSniffBytes);
  skip_mark(head);
  std::string ascii;
  if (head.find('\0') != std::string_view::npos) {  // UTF-16
    for (char c : head) {
      if (c != '\0') ascii += c;
    }
    head = ascii;
  }
  skip_blanks(head);
  while (skip_past(head, "<?xml", "?>") || skip_past(head, "<!--", "-->")) skip_blanks(head);
  for (std::string_view word : {"<!doctype html", "<html"}) {
    if (!starts_with_word(head, word)) continue;
    const char behind = head.size() > word.size() ? head[word.size()] : '>';
    if (behind == '>' || behind == ' ' || (behind >= '\t' && behind <= '\r') || behind == '/') return true;
  }
  return false;
}

char first_mark(std::string_view head) {
  skip_mark(head);
  skip_blanks(head);
  return head.empty() ? '\0' : head[0];
}

}  // namespace factmill
