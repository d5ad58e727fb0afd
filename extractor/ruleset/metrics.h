// What can be stated: the vocabulary of metrics, each a noun or verb with the values it takes.
// One entry of rules/*/metrics/*.yaml:
//
//   - id: deliveries
//     nouns: [deliveries, handovers]
//     verbs: [delivered, handed over]
//     accepts: [number, vehicle]        # value types, or units for quantities
//     unit: vehicle                     # of a bare number
//     subject: [company, model]         # who may be the subject
//     time: flow                        # flow, stock, event, timeless, once or quote
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostics.h"
#include "ruleset/rule_file.h"
#include "ruleset/tags.h"

namespace factmill {

class ValueTables;

// once: done or decreed at some time; only its own clause dates it. quote: of a day, the published one if none is named.
enum class TimeKind : uint8_t { flow, stock, event, timeless, once, quote };

// The unit alone says the metric: "30 cities" is city_coverage.
struct Implied {
  uint16_t unit = 0;
  uint16_t per = 0;  // only as a rate by this; 0: only without
  int score = 0;
  std::vector<Slot> needs;  // slots that must stand in the value's own context
  std::vector<std::string> beside;  // only where one of these metrics is spoken of nearby
  bool goes_on = false;             // or where it is the last one stated that takes such a value
};

struct Metric {
  std::string id;
  std::vector<std::string> nouns, verbs;
  TagSet accepts = 0;           // value tags without regard to unit
  std::vector<uint16_t> units;  // quantities in these units
  uint16_t unit = 0;            // of a bare number, 0: none
  std::vector<uint16_t> loose_units;  // of `units`, those that stand for its own: 20,000 units of orders
  TimeKind time = TimeKind::flow;
  std::vector<std::string> negative_nouns, negative_verbs;  // state the amount below zero: "net loss of"
  bool about_model = false;                                 // a model may be the subject
  bool about_company = true;
  bool about_industry = false;  // so may a whole market: where nobody is named in an article about one; alone: always
  bool industry_first = false;  // named before company and model: the market's unless the title or the paragraph names somebody
  bool of_results = false;     // a figure of a quarter or longer, not of the day or month named beside it
  bool carries_model = false;  // the model spoken of before stays the subject
  bool needs_subject = true;   // no company and no model: no fact; with company and none: only its own sentence says whose
  bool about_outsider = false;  // a company of another trade may be the subject
  bool about_person = false;   // so may a person: who holds a stake
  bool is_share = false;       // what a part is of the whole, in percent
  bool unnamed = false;        // its words say themselves what is spoken of: a fact also where a text names nobody
  bool unnamed_in_short = false;  // the same, but only in a short text that holds no name at all
  bool outlook = false;        // a plan or expectation of the company itself is guidance
  bool as_is = false;          // what will be is stated like what is: a specification
  std::string region;          // where none is named
  std::string nobody;          // the company where none is named: a tariff is everybody's
  // With this in a slot it is another metric: sold overseas, priced without the battery.
  struct Elsewhere {
    Slot slot;
    std::string is, metric;
  };
  std::vector<Elsewhere> elsewhere;
  // What was counted of the same before goes on under plainer words: "Retail sales were X. BEV sales were Y."
  struct Continued {
    std::string metric;
    bool of_market = false;   // only of a whole market
    std::string period_kind;  // only over such a period; empty: any
  };
  std::vector<Continued> continues;
  std::string own;             // the metric of a kind of car's part of what one company counts, where nothing says of what it is a part
  std::string modality;        // whatever the words beside it say: a price target is no plan
  bool silent = false;         // read, so that its amounts belong to nothing else, but no fact
  std::string changes_as;  // the metric that states its changes in percent: share_price_change of share_price
  std::optional<Decimal> min, max;  // plausible, in the standard unit
  std::vector<Implied> implied;
  std::vector<Slot> needs;              // slots without which there is no fact
  std::vector<std::string> attributes;  // that it takes from what stands beside the value
  Place place;

  // What a thing is, not what it costs: of a car yet to come it is no plan.
  bool is_price() const { return time == TimeKind::timeless && about_model && (accepts & tag_bit(Tag::money)) != 0; }
  // Counted or measured, so that it changes in percent; a share changes by points.
  bool is_amount() const { return (accepts & (tag_bit(Tag::number) | tag_bit(Tag::quantity) | tag_bit(Tag::money))) != 0 || !units.empty(); }
  // A part of what is counted, in percent: of a market, of all that is sold.
  bool is_part() const { return about_industry && (accepts & tag_bit(Tag::percent)) != 0 && !is_amount(); }
  // May so much be stated of it? In its own unit.
  bool may_be(const Decimal& amount) const { return !(min && amount.abs() < *min) && !(max && amount.abs() > *max); }
  bool is_specification() const { return time == TimeKind::timeless && !(accepts & tag_bit(Tag::money)); }
};

// What rules write for a metric where the one stated last is meant.
inline constexpr std::string_view kCarriedName = "carried";

// Does the metric take this kind of value?
bool accepts(const Metric& metric, Tag tag, uint16_t unit);

class MetricTable {
 public:
  void add(const RuleFile& file, const ValueTables& units);
  const std::vector<Metric>& all() const { return metrics_; }
  const Metric& metric(uint32_t index) const { return metrics_[index]; }
  int find(std::string_view id) const;  // -1: none
  std::vector<std::string_view> ids() const;
  // Does any metric take this attribute from what stands beside the value? Others do not, then.
  bool asks_for(std::string_view attribute) const;

 private:
  std::vector<Metric> metrics_;
};

}  // namespace factmill
