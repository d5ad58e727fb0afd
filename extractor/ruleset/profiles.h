// Where producers of JSON Lines keep text and metadata: a table of profiles, read from rules/common/profiles.yaml.
//
//   Profiles profiles = Profiles::load(files);
//   for (const Profile& profile : profiles.all) ...             // the first whose `when` keys are all there is used
//
// Immutable after load, shared by threads.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

class RuleFiles;

// What a record is made of.
enum class RecordField : uint8_t { text, title, published, url, site, lang, id };
inline constexpr size_t kRecordFields = 7;
std::string_view field_name(RecordField field);
std::optional<RecordField> field_from_name(std::string_view name);

// A way into a JSON object: "maintext", "source.domain", "body.sections[].paragraphs[]" (all elements of a list).
struct KeyPath {
  struct Step {
    std::string key;
    bool each = false;
  };
  std::vector<Step> steps;

  // Empty for what is no path.
  static std::optional<KeyPath> parse(std::string_view text);
  std::string to_string() const;
};

struct Profile {
  std::string name;
  std::vector<KeyPath> when;                               // all must be there; none: always
  std::array<std::vector<KeyPath>, kRecordFields> fields;  // the first that holds something is taken
  std::vector<std::string> null_words;                     // texts that mean nothing: "None"

  const std::vector<KeyPath>& operator[](RecordField field) const { return fields[static_cast<size_t>(field)]; }
  std::vector<KeyPath>& operator[](RecordField field) { return fields[static_cast<size_t>(field)]; }
};

struct Profiles {
  std::vector<Profile> all;  // in the order in which they are tried

  static Profiles load(RuleFiles& files);
};

}  // namespace factmill
