// Closed-class words that colour a statement: what makes it a target, a forecast, a denial. They stay words in tagged
// text. One list of rules/common/cues.yaml:
//
//   cues:
//     - {modality: target, words: [target, goal, aims to]}
#pragma once
#include <string>
#include <vector>

#include "ruleset/rule_file.h"

namespace factmill {

struct Cue {
  std::string surface;
  std::string modality;  // as in the contract, or "denied", "hypothetical", "actual", "plan", "expect"
  bool follows = false;  // also counts for a value before it: "had guided for"
  bool strong = false;   // wins over nearer weak ones in the same clause
  bool next = false;     // means the next figure alone: "a target of 140,000 and sold 118,685"
  bool ahead = false;    // of no time that is over, unless its clause names one: "sold 190,068 last year and aims for 380,000"
};

class CueTable {
 public:
  void add(const RuleFile& file) {
    file.root().allow_keys({"cues"});
    for (const RuleNode& node : file.root()["cues"].items()) {
      node.allow_keys({"modality", "words", "follows", "strong", "next", "ahead"});
      std::string modality = node["modality"].required_text();
      for (std::string& word : node["words"].texts()) {
        cues_.push_back({std::move(word), modality, node["follows"].flag(false), node["strong"].flag(false), node["next"].flag(false), node["ahead"].flag(false)});
      }
    }
  }
  const std::vector<Cue>& all() const { return cues_; }

 private:
  std::vector<Cue> cues_;
};

}  // namespace factmill
