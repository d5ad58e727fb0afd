#include "archive/json_record.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "archive/sniff.h"
#include "base/utf8.h"

namespace factmill {
namespace {

namespace dom = simdjson::dom;

constexpr size_t kKeptParserBytes = 4 << 20;  // a parser that grew beyond this is not kept
constexpr size_t kMaxParts = 100'000;         // texts that one key path may join

// What the path leads to, in order. Objects and lists of objects at its end are nothing.
void collect(dom::element value, const KeyPath& path, size_t step, std::vector<dom::element>& found) {
  if (found.size() >= kMaxParts) return;
  if (step == path.steps.size()) {
    found.push_back(value);
    return;
  }
  dom::element child;
  if (value[path.steps[step].key].get(child) != simdjson::SUCCESS || child.is_null()) return;
  dom::array list;
  if (!path.steps[step].each) return collect(child, path, step + 1, found);
  if (child.get(list) != simdjson::SUCCESS) return;
  for (dom::element element : list) collect(element, path, step + 1, found);
}

// Strings and numbers as text; a list of strings as lines.
std::optional<std::string> text_of(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_number()) return simdjson::to_string(value);
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
  std::string lines;
  for (dom::element element : list) {
    if (element.get(text) != simdjson::SUCCESS) return std::nullopt;
    if (!lines.empty()) lines += '\n';
    lines += text;
  }
  return lines;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

size_t first_invalid_utf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t size = utf8_sequence_size(text.substr(at, 4));
    if (size == 0) return at;
    at += size;
  }
  return at;
}

std::string lists(const std::vector<KeyPath>& paths) {
  std::string text;
  for (const KeyPath& path : paths) text += (text.empty() ? "" : ", ") + path.to_string();
  return text;
}

}  // namespace

struct JsonRecordReader::Impl {
  Impl(const ReadOptions& read_options, const Profiles& read_profiles) : options(read_options), profiles(read_profiles) {
    for (const auto& [field, path] : options.map) mapped[field].push_back(path);
  }

  // The profile whose keys are all there.
  const Profile* profile_of(dom::element object) {
    for (const Profile& profile : profiles.all) {
      const bool fits = std::all_of(profile.when.begin(), profile.when.end(), [&](const KeyPath& path) {
        found.clear();
        collect(object, path, 0, found);
        return !found.empty();
      });
      if (fits) return &profile;
    }
    return nullptr;
  }

  std::string value(dom::element object, const KeyPath& path, const Profile* profile) {
    found.clear();
    collect(object, path, 0, found);
    std::string joined;
    for (dom::element element : found) {
      const std::optional<std::string> text = text_of(element);
      if (!text || is_blank(*text)) continue;
      if (profile != nullptr && std::find(profile->null_words.begin(), profile->null_words.end(), *text) != profile->null_words.end()) continue;
      if (!joined.empty()) joined += '\n';
      joined += *text;
    }
    return joined;
  }

  std::string field(dom::element object, RecordField field, const Profile* profile) {
    const auto first = [&](const std::vector<KeyPath>& paths) -> std::string {
      for (const KeyPath& path : paths) {
        std::string text = value(object, path, profile);
        const bool is_url = text.find("://") != std::string::npos;
        if (!text.empty() && (field != RecordField::url || is_url)) return text;
      }
      return {};
    };
    std::string text = first(mapped[field]);
    // A mapped text that is not there is not replaced by another one unseen.
    const bool decided = field == RecordField::text && !mapped[field].empty();
    if (text.empty() && !decided && profile != nullptr) text = first((*profile)[field]);
    return text;
  }

  const ReadOptions& options;
  const Profiles& profiles;
  Profile mapped;
  dom::parser parser;
  std::vector<dom::element> found;
};

JsonRecordReader::JsonRecordReader(const ReadOptions& options, const Profiles& profiles)
    : impl_(std::make_unique<Impl>(options, profiles)) {}
JsonRecordReader::~JsonRecordReader() = default;

bool JsonRecordReader::is_object(std::string_view json) {
  dom::element root;
  return impl_->parser.parse(json.data(), json.size(), false).get(root) == simdjson::SUCCESS && root.is_object();
}

bool JsonRecordReader::read(std::string_view json, Record& record, Reject& problem) {
  const auto fail = [&](std::string code, std::string message, size_t offset = 0) {
    problem.code = std::move(code);
    problem.message = std::move(message);
    problem.offset = offset;
    return false;
  };
  if (impl_->parser.capacity() > kKeptParserBytes && json.size() < kKeptParserBytes) impl_->parser = dom::parser();
  dom::element root;
  const simdjson::error_code error = impl_->parser.parse(json.data(), json.size(), false).get(root);
  if (error == simdjson::UTF8_ERROR) return fail("invalid-utf8", "not UTF-8", first_invalid_utf8(json));
  if (error != simdjson::SUCCESS) {
    const size_t last = json.find_last_not_of(" \t\r");
    const bool ends_as_object = last != std::string_view::npos && json[last] == '}' && error != simdjson::UNCLOSED_STRING;
    const bool truncated = first_mark(json) == '{' && !ends_as_object;
    return fail(truncated ? "truncated-json" : "invalid-json", simdjson::error_message(error));
  }
  if (!root.is_object()) return fail("invalid-json", "not a JSON object");

  const Profile* profile = impl_->profile_of(root);
  record.bytes = impl_->field(root, RecordField::text, profile);
  if (record.bytes.empty()) {
    const auto& paths = impl_->mapped[RecordField::text].empty() && profile != nullptr ? (*profile)[RecordField::text] : impl_->mapped[RecordField::text];
    return fail("no-text", "no text under " + lists(paths));
  }
  if (record.bytes.size() > impl_->options.max_document_bytes) {
    return fail("too-long", "the text has " + std::to_string(record.bytes.size()) + " bytes (the limit is " +
                                std::to_string(impl_->options.max_document_bytes) + ")");
  }
  record.charset = "UTF-8";
  record.format = looks_like_html(record.bytes) ? Format::html : Format::text;
  record.title = impl_->field(root, RecordField::title, profile);
  record.published = impl_->field(root, RecordField::published, profile);
  record.source.url = impl_->field(root, RecordField::url, profile);
  record.site = impl_->field(root, RecordField::site, profile);
  record.lang = impl_->field(root, RecordField::lang, profile);
  record.id = impl_->field(root, RecordField::id, profile);
  return true;
}

}  // namespace factmill
