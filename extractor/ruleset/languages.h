// What languages look like: rules/common/languages.yaml, as tables that a text is looked up in word by word.
//
//   LanguageTable table = LanguageTable::load(files);
//   uint32_t languages = table.languages_of(LanguageTable::key("the"));     // bit i: table.codes[i]
//
// Immutable after load, shared by threads.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

class RuleFiles;

struct LanguageTable {
  static constexpr size_t kMaxLanguages = 32;
  static constexpr size_t kMaxWordBytes = 8;

  struct Script {
    uint8_t language = 0;  // into codes
    uint32_t share = 50;   // percent of all letters of scripts
  };
  struct Range {
    uint32_t first, last;
    uint8_t script;  // into scripts
  };

  std::vector<std::string> codes;  // "en", "de", ...
  uint32_t extracted = 0;          // bits of those that facts are looked for in
  std::vector<Script> scripts;     // in the order in which they are tried
  std::vector<Range> ranges;       // by first code point, not overlapping

  // A word's bytes, small, in one number; 0 for none and for what is longer.
  static uint64_t key(std::string_view word) {
    if (word.size() > kMaxWordBytes) return 0;
    uint64_t key = 0;
    for (char c : word) key = key << 8 | static_cast<unsigned char>(c);
    return key;
  }
  // Bits of the languages that have it among their commonest.
  uint32_t languages_of(uint64_t key) const {
    if (slots_.empty() || key == 0) return 0;
    for (size_t at = slot_of(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == key) return slots_[at].languages;
      if (slots_[at].key == 0) return 0;
    }
  }
  // Whether a text of this language (one of codes) is read.
  bool is_extracted(std::string_view code) const;

  // Reads `directory`/common/languages.yaml.
  static LanguageTable load(RuleFiles& files);

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t languages = 0;
  };
  size_t slot_of(uint64_t key) const { return static_cast<size_t>((key * 0x9E3779B97F4A7C15) >> 40) & (slots_.size() - 1); }
  void add(uint64_t key, uint32_t languages);

  std::vector<Slot> slots_;  // a power of two, at most half full
};

}  // namespace factmill
