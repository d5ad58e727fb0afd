#include "ruleset/languages.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "ruleset/rule_file.h"

namespace factmill {
namespace {

std::optional<uint32_t> code_point(std::string_view hex) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  if (error != std::errc() || end != hex.data() + hex.size() || value > 0x10FFFF) return std::nullopt;
  return value;
}

class Reader {
 public:
  explicit Reader(LanguageTable& table) : table_(table) {}

  void read_scripts(const RuleNode& list) {
    for (const RuleNode& node : list.items()) {
      node.allow_keys({"language", "letters", "share"});
      const auto script = static_cast<uint8_t>(table_.scripts.size());
      const int share = node["share"].integer(50);
      if (share < 1 || share > 100) node["share"].error("not a percentage (got " + std::to_string(share) + ")");
      table_.scripts.push_back({language(node["language"]), static_cast<uint32_t>(std::clamp(share, 1, 100))});
      for (const RuleNode& letters : node["letters"].items()) {
        const std::string text = letters.text();
        const size_t dash = std::min(text.find('-'), text.size());
        const auto first = code_point(std::string_view(text).substr(0, dash));
        const auto last = dash == text.size() ? first : code_point(std::string_view(text).substr(dash + 1));
        if (first && last && *first <= *last) {
          table_.ranges.push_back({*first, *last, script});
        } else {
          letters.error("not code points (got '" + text + "'; expected hexadecimal, like 4E00-9FFF)");
        }
      }
    }
    // The languages that come first own the letters that others have too.
    std::stable_sort(table_.ranges.begin(), table_.ranges.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (size_t i = 1; i < table_.ranges.size(); ++i) {
      if (table_.ranges[i].first <= table_.ranges[i - 1].last) list.error("two scripts have the same letters");
    }
  }

  uint8_t language(const RuleNode& node) {
    const std::string code = node.required_text();
    const auto found = std::find(table_.codes.begin(), table_.codes.end(), code);
    if (found != table_.codes.end()) return static_cast<uint8_t>(found - table_.codes.begin());
    if (table_.codes.size() == LanguageTable::kMaxLanguages) {
      node.error("there are more than " + std::to_string(LanguageTable::kMaxLanguages) + " languages");
      return 0;
    }
    table_.codes.push_back(code);
    return static_cast<uint8_t>(table_.codes.size() - 1);
  }

 private:
  LanguageTable& table_;
};

}  // namespace

bool LanguageTable::is_extracted(std::string_view code) const {
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] == code) return (extracted >> i & 1) != 0;
  }
  return true;  // what is not known is not ruled out
}

void LanguageTable::add(uint64_t key, uint32_t languages) {
  size_t at = slot_of(key);
  while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {key, slots_[at].languages | languages};
}

LanguageTable LanguageTable::load(RuleFiles& files) {
  LanguageTable table;
  const RuleFile& file = files.read("common/languages.yaml");
  file.root().allow_keys({"extracted", "scripts", "words"});
  Reader reader(table);
  reader.read_scripts(file.root()["scripts"]);
  std::vector<std::pair<uint64_t, uint32_t>> words;
  for (const RuleNode& node : file.root()["words"].items()) {
    node.allow_keys({"language", "words"});
    const uint32_t bit = uint32_t{1} << reader.language(node["language"]);
    for (const RuleNode& word : node["words"].items()) {
      const uint64_t key = LanguageTable::key(word.text());
      if (key != 0) words.emplace_back(key, bit);
      else word.error("not a word of at most " + std::to_string(kMaxWordBytes) + " bytes (got '" + word.text() + "')");
    }
  }
  size_t size = 64;
  while (size < words.size() * 2) size *= 2;
  table.slots_.resize(size);
  for (const auto& [key, bit] : words) table.add(key, bit);
  for (const RuleNode& node : file.root()["extracted"].items()) {
    const auto found = std::find(table.codes.begin(), table.codes.end(), node.text());
    if (found == table.codes.end()) node.error("no such language (got '" + node.text() + "')");
    else table.extracted |= uint32_t{1} << (found - table.codes.begin());
  }
  return table;
}

}  // namespace factmill
