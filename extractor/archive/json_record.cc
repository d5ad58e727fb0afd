#include "archive/json_record.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "archive/sniff.h"
#include "base/utf8.h"

namespace factmill {
namespace {

namespace dom = simdjson::dom;

constexpr size_t kKeptParserBytes = 4 << 20;  // a parser that grew beyond this is not kept
constexpr size_t kMaxParts = 100'000;         // texts that one key path may join

// What the rest of the path, from this step on, leads to, in order. Objects and lists of objects at its end are nothing.
void collect(dom::element value, const KeyPath& path, size_t step, std::vector<dom::element>& found);

// The same, of the value that the key of the path's step before has.
void collect_of_key(dom::element child, const KeyPath& path, size_t step, std::vector<dom::element>& found) {
  if (child.is_null()) return;
  dom::array list;
  if (!path.steps[step - 1].each) return collect(child, path, step, found);
  if (child.get(list) != simdjson::SUCCESS) return;
  for (dom::element element : list) collect(element, path, step, found);
}

void collect(dom::element value, const KeyPath& path, size_t step, std::vector<dom::element>& found) {
  if (found.size() >= kMaxParts) return;
  if (step == path.steps.size()) {
    found.push_back(value);
    return;
  }
  dom::element child;
  if (value[path.steps[step].key].get(child) == simdjson::SUCCESS) collect_of_key(child, path, step + 1, found);
}

// Strings and numbers as text, a list of strings as lines; `made` holds what is not text in the JSON itself.
std::optional<std::string_view> text_of(dom::element value, std::string& made) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return text;
  made.clear();
  if (value.is_number()) {
    made = simdjson::to_string(value);
    return made;
  }
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
  for (dom::element element : list) {
    if (element.get(text) != simdjson::SUCCESS) return std::nullopt;
    if (!made.empty()) made += '\n';
    made += text;
  }
  return made;
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

// The keys that paths begin with, each with the value that the object at hand has under it: its keys are looked up once, not
// every key of the profiles in turn.
class FirstKeys {
 public:
  // The number of a key.
  uint32_t add(const std::string& key) {
    for (uint32_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i] == key) return i;
    }
    keys_.push_back(key);
    values_.emplace_back();
    return static_cast<uint32_t>(keys_.size() - 1);
  }
  // Once, after the last add.
  void finish() {
    size_t size = 64;
    while (size < keys_.size() * 4) size *= 2;
    slots_.assign(size, kNone);
    for (uint32_t i = 0; i < keys_.size(); ++i) {
      size_t at = slot_of(keys_[i]);
      while (slots_[at] != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = i;
    }
  }

  void read(dom::element object) {
    std::fill(values_.begin(), values_.end(), std::nullopt);
    dom::object fields;
    if (object.get(fields) != simdjson::SUCCESS) return;
    for (const auto field : fields) {
      for (size_t at = slot_of(field.key); slots_[at] != kNone; at = (at + 1) & (slots_.size() - 1)) {
        if (keys_[slots_[at]] != field.key) continue;
        // Of a key that is there twice the first counts.
        if (!values_[slots_[at]]) values_[slots_[at]] = field.value;
        break;
      }
    }
  }
  const std::optional<dom::element>& operator[](uint32_t key) const { return values_[key]; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  size_t slot_of(std::string_view key) const {
    const size_t ends = key.empty() ? 0 : static_cast<unsigned char>(key.front()) * 31u + static_cast<unsigned char>(key.back());
    return (key.size() * 7 + ends) & (slots_.size() - 1);
  }

  std::vector<std::string> keys_;
  std::vector<std::optional<dom::element>> values_;
  std::vector<uint32_t> slots_;  // a power of two, at most a quarter full
};

// A path, and the number of its first key.
struct Way {
  uint32_t key = 0;
  const KeyPath* path = nullptr;
};

struct Ways {
  const Profile* profile = nullptr;  // null: of --map
  std::vector<Way> when;
  std::array<std::vector<Way>, kRecordFields> fields;
};

}  // namespace

struct JsonRecordReader::Impl {
  Impl(const ReadOptions& read_options, const Profiles& read_profiles) : options(read_options), profiles(read_profiles) {
    for (const auto& [field, path] : options.map) add(path, mapped.fields[static_cast<size_t>(field)]);
    for (const Profile& profile : profiles.all) {
      Ways& ways = by_profile.emplace_back();
      ways.profile = &profile;
      for (const KeyPath& path : profile.when) add(path, ways.when);
      for (size_t field = 0; field < kRecordFields; ++field) {
        for (const KeyPath& path : profile.fields[field]) add(path, ways.fields[field]);
      }
    }
    keys.finish();
  }
  void add(const KeyPath& path, std::vector<Way>& ways) { ways.push_back({keys.add(path.steps.front().key), &path}); }

  void find(const Way& way) {
    found.clear();
    if (const std::optional<dom::element>& value = keys[way.key]) collect_of_key(*value, *way.path, 1, found);
  }

  // The profile whose keys are all there.
  const Ways* profile_of() {
    for (const Ways& ways : by_profile) {
      const bool fits = std::all_of(ways.when.begin(), ways.when.end(), [&](const Way& way) {
        find(way);
        return !found.empty();
      });
      if (fits) return &ways;
    }
    return nullptr;
  }

  std::string value(const Way& way, const Profile* profile) {
    find(way);
    std::string joined;
    for (dom::element element : found) {
      const std::optional<std::string_view> text = text_of(element, made);
      if (!text || is_blank(*text)) continue;
      if (profile != nullptr && std::find(profile->null_words.begin(), profile->null_words.end(), *text) != profile->null_words.end()) continue;
      if (!joined.empty()) joined += '\n';
      joined += *text;
    }
    return joined;
  }

  std::string field(RecordField field, const Ways* of) {
    const auto index = static_cast<size_t>(field);
    const auto first = [&](const Ways& ways) -> std::string {
      for (const Way& way : ways.fields[index]) {
        std::string text = value(way, of == nullptr ? nullptr : of->profile);
        const bool is_url = text.find("://") != std::string::npos;
        if (!text.empty() && (field != RecordField::url || is_url)) return text;
      }
      return {};
    };
    std::string text = first(mapped);
    // A mapped text that is not there is not replaced by another one unseen.
    const bool decided = field == RecordField::text && !mapped.fields[index].empty();
    if (text.empty() && !decided && of != nullptr) text = first(*of);
    return text;
  }

  const ReadOptions& options;
  const Profiles& profiles;
  FirstKeys keys;
  Ways mapped;
  std::vector<Ways> by_profile;
  dom::parser parser;
  std::vector<dom::element> found;
  std::string made;
};

namespace {

std::string lists(const std::vector<Way>& ways) {
  std::string text;
  for (const Way& way : ways) text += (text.empty() ? "" : ", ") + way.path->to_string();
  return text;
}

}  // namespace

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

  impl_->keys.read(root);
  const Ways* profile = impl_->profile_of();
  record.bytes = impl_->field(RecordField::text, profile);
  if (record.bytes.empty()) {
    constexpr auto kText = static_cast<size_t>(RecordField::text);
    const bool is_mapped = !impl_->mapped.fields[kText].empty() || profile == nullptr;
    const Ways& known = is_mapped ? impl_->mapped : *profile;
    return fail("no-text", "no text under " + lists(known.fields[kText]) + (is_mapped ? "" : " (--map text=KEY names another key)"));
  }
  if (record.bytes.size() > impl_->options.max_document_bytes) {
    return fail("too-long", "the text has " + std::to_string(record.bytes.size()) + " bytes (the limit is " +
                                std::to_string(impl_->options.max_document_bytes) + ")");
  }
  record.charset = "UTF-8";
  record.format = looks_like_html(record.bytes) ? Format::html : Format::text;
  record.title = impl_->field(RecordField::title, profile);
  record.published = impl_->field(RecordField::published, profile);
  record.source.url = impl_->field(RecordField::url, profile);
  record.site = impl_->field(RecordField::site, profile);
  record.lang = impl_->field(RecordField::lang, profile);
  record.id = impl_->field(RecordField::id, profile);
  return true;
}

}  // namespace factmill
