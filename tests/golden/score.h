// How near extracted facts come to gold facts.
//
//   found   metric, measure, value (or range) and unit agree; where there is no value, the period too
//   strict  also company (or its parent), model, variant and period, as far as gold gives them, modality, and a
//           change's basis
//   extra   extracted facts that answer no gold fact, the optional ones included
//
// Gold may name metrics that would do as well (`metric_alt`), and annotators differ in small things (price or starting
// price, "RWD" or "rear-wheel drive"); score.cc lists them.
#pragma once
#include <string>
#include <vector>

#include "golden/flat_fact.h"
#include "ruleset/lexicon.h"

namespace factmill::golden {

struct Score {
  int required = 0;
  std::vector<const FlatFact*> found;
  std::vector<const FlatFact*> strict;
  std::vector<const FlatFact*> missed;
  std::vector<const FlatFact*> extra;  // of what was extracted

  int produced() const { return static_cast<int>(found.size() + extra.size()); }
};

class Scorer {
 public:
  explicit Scorer(const Lexicon& lexicon) : lexicon_(lexicon) {}
  // The score points into both lists.
  Score score(const std::vector<FlatFact>& gold, const std::vector<FlatFact>& facts) const;
  bool strictly_equal(const FlatFact& gold, const FlatFact& fact) const;

 private:
  bool same_company(std::string_view a, std::string_view b) const;
  int agreement(const FlatFact& gold, const FlatFact& fact) const;
  bool slot_agrees(const FlatFact& gold, const FlatFact& fact, const std::string& slot) const;

  const Lexicon& lexicon_;
};

// Every way to state this fact's metric, value and unit that counts as the same.
std::vector<std::string> keys_of(const FlatFact& fact);

}  // namespace factmill::golden
