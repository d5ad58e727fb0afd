// The words that tables need, from rules/common/tables.yaml: what a word of a header, a row's label or a caption makes
// of the cells, beyond names, dates and the nouns of metrics. One entry:
//
//   - {means: change, basis: yoy, words: [y/y, year-on-year]}     the cells of this column are changes
//
// And the rules under whose ids cells become facts, with their tests.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ruleset/metrics.h"
#include "ruleset/rule_file.h"
#include "ruleset/rules.h"

namespace factmill {

struct TableWord {
  enum class Means : uint8_t {
    change,     // the cells are changes; `basis` may be empty: by the periods beside it
    metric,     // one more noun of these metrics, in headers alone
    modality,   // the cells are targets, forecasts
    scale,      // times 10^exponent; `money`: only beside a currency
    skip,       // ranks, notes: no statement
    total,      // the whole market or company
    rest,       // what is left: others
    beside,     // stands beside a name and changes nothing
    part,       // the row is a part of the one above
    empty,      // a cell without a value
    week,       // W10, week 10
    year_mark,  // behind a year: 2025E; with a modality or none
    models,     // the column of labels holds models
    variants,   // the column of labels holds trims
    attribute,  // of the fact: cycle
    ended,      // "three months ended": goes before the day in the cell below
    to_date,    // "July so far", cumulative: up to the latest period of the table
    bracketed,  // in a caption's brackets: what the numbers in brackets are
    against,    // before a date: the cells are changes since then
    count
  };
  Means means = Means::beside;
  std::string basis, modality;
  std::vector<int> metrics;
  int exponent = 0;
  bool money = false;
  Reduction rule;  // carries the attributes
};

class TableWords {
 public:
  void add(const RuleFile& file, const MetricTable& metrics);
  // The entry of a phrase in lower case, its words parted by single blanks; null where there is none.
  const TableWord* find(std::string_view phrase) const;
  // The metric of places in a row: the first noun of tables that takes them. -1: none.
  int rank() const { return rank_; }
  // The metric of amounts of money behind cars: the first noun of tables that is a price. -1: none.
  int price() const { return price_; }
  // Whether a noun of tables stands for this metric before all others.
  bool leads(int metric) const;
  size_t longest() const { return longest_; }  // words of the longest phrase
  // table.cell, table.change, table.item: null where the file does not list them.
  const Rule& cell() const { return rules_[0]; }
  const Rule& change() const { return rules_[1]; }
  const Rule& item() const { return rules_[2]; }
  const std::array<Rule, 3>& rules() const { return rules_; }

 private:
  std::vector<TableWord> entries_;
  std::unordered_map<std::string, uint32_t> phrases_;
  size_t longest_ = 1;
  int rank_ = -1, price_ = -1;
  std::array<Rule, 3> rules_;
};

}  // namespace factmill
