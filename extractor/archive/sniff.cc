#include "archive/sniff.h"

#include <string>

namespace factmill {
namespace {

struct Extension {
  std::string_view name;
  Format format;
};

constexpr Extension kExtensions[] = {
    {".txt", Format::text},    {".text", Format::text},     {".html", Format::html},  {".htm", Format::html},
    {".xhtml", Format::html},  {".jsonl", Format::jsonl},   {".ndjson", Format::jsonl}, {".json", Format::jsonl},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

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
