// The fact record: one statement of an article, normalized, with its proof. Keys, order and conventions are a contract
// with the programs that read them (`factmill schema` prints it).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/span.h"

namespace factmill {

struct Evidence {
  uint64_t start = 0;  // bytes of the raw document
  uint64_t end = 0;
  std::string text;  // raw[start:end], as UTF-8
};

struct StatedAmount {
  std::optional<Decimal> value;  // or low and high
  std::optional<Decimal> value_low;
  std::optional<Decimal> value_high;
  std::string unit;
};

// Empty strings and optionals are absent values.
struct Fact {
  std::string fact_id;
  std::string doc_id;
  std::string path, member, url;  // source
  std::optional<uint64_t> offset;
  std::string charset;  // of the raw bytes; empty for UTF-8
  std::string title, site, lang;
  std::string published, published_from;

  std::string metric;
  std::string measure = "level";  // level, change
  std::string basis;
  std::string company, company_id, brand, model, variant;
  std::string industry;
  std::string segment, region, counterparty, feature;
  std::optional<Decimal> value, value_low, value_high;
  std::string qualifier;  // empty: exact
  std::string unit, per;
  std::optional<Decimal> value_std, value_low_std, value_high_std;
  std::string unit_std;
  std::optional<StatedAmount> stated_alt;
  std::optional<Decimal> value_cny, value_usd, fx_rate;
  std::string fx_from;
  std::string period, period_start, period_end, period_kind, period_from, company_from;
  std::string modality = "actual";
  std::string status;
  std::vector<std::pair<std::string, std::string>> attributes;  // sorted by name
  std::string attributed_to, stated_on;

  std::vector<Evidence> evidence;  // the first is the value's own span
  Span sentence;                   // raw bytes
  std::string rule, pack;
  std::vector<std::string> flags;  // sorted
};

// Each flag and each name of an attribute once, in order; an attribute that is there stays as it is.
void add_flag(Fact& fact, std::string_view flag);
void set_attribute(Fact& fact, std::string_view name, std::string_view value);

// A value of the document that no rule claimed.
struct UnclaimedValue {
  uint64_t start = 0;  // bytes of the raw document
  uint64_t end = 0;
  std::string type;     // money, quantity, percent, ...
  std::string text;     // raw[start:end], as UTF-8
  std::string context;  // the words around it, as rules see them
};

// A document's outcome as the sinks see it.
struct DocumentFacts {
  std::string doc_id;
  std::string path, member, url;
  std::optional<uint64_t> offset;
  std::string title, site, lang, published, published_from;
  uint64_t bytes = 0;
  std::string skipped_language;  // of a text that was not looked into, since it is in another language than the rules
  uint64_t signature = 0;        // of a text with facts, for near duplicates (text/near_duplicates.h)
  std::vector<Fact> facts;
  std::vector<UnclaimedValue> unclaimed;  // by start; only where they were asked for
  bool is_partial = false;  // more facts of a document that was written before, which stay
};

}  // namespace factmill
