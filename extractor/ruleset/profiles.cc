#include "ruleset/profiles.h"

#include "ruleset/rule_file.h"

namespace factmill {
namespace {

constexpr std::array<std::string_view, kRecordFields> kFieldNames = {"text", "title", "published", "url", "site", "lang", "id"};

std::vector<KeyPath> paths_of(const RuleNode& node) {
  std::vector<KeyPath> paths;
  for (const RuleNode& item : node.items()) {
    if (auto path = KeyPath::parse(item.text())) {
      paths.push_back(std::move(*path));
    } else {
      item.error("not a key path (got '" + item.text() + "'; expected 'key', 'key.key' or 'key[].key')");
    }
  }
  return paths;
}

Profile profile_of(const RuleNode& node) {
  node.allow_keys({"name", "when", "null_words", "text", "title", "published", "url", "site", "lang", "id"});
  Profile profile;
  profile.name = node["name"].required_text();
  profile.when = paths_of(node["when"]);
  profile.null_words = node["null_words"].texts();
  for (size_t i = 0; i < kRecordFields; ++i) profile.fields[i] = paths_of(node[kFieldNames[i]]);
  if (profile[RecordField::text].empty()) node.error("profile '" + profile.name + "' names no key of the text");
  return profile;
}

}  // namespace

std::string_view field_name(RecordField field) { return kFieldNames[static_cast<size_t>(field)]; }

std::optional<RecordField> field_from_name(std::string_view name) {
  for (size_t i = 0; i < kRecordFields; ++i) {
    if (kFieldNames[i] == name) return static_cast<RecordField>(i);
  }
  return std::nullopt;
}

std::optional<KeyPath> KeyPath::parse(std::string_view text) {
  KeyPath path;
  while (true) {
    const size_t dot = text.find('.');
    Step step;
    step.key = text.substr(0, dot);
    if (step.key.ends_with("[]")) {
      step.each = true;
      step.key.resize(step.key.size() - 2);
    }
    if (step.key.empty() || step.key.find_first_of("[]") != std::string::npos) return std::nullopt;
    path.steps.push_back(std::move(step));
    if (dot == std::string_view::npos) return path;
    text.remove_prefix(dot + 1);
  }
}

std::string KeyPath::to_string() const {
  std::string text;
  for (const Step& step : steps) {
    if (!text.empty()) text += '.';
    text += step.key;
    if (step.each) text += "[]";
  }
  return text;
}

Profiles Profiles::load(RuleFiles& files) {
  Profiles profiles;
  const RuleFile& file = files.read("common/profiles.yaml");
  file.root().allow_keys({"profiles"});
  for (const RuleNode& node : file.root()["profiles"].items()) profiles.all.push_back(profile_of(node));
  return profiles;
}

}  // namespace factmill
