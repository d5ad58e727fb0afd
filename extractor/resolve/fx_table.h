// Exchange rates by day, from the tables that users have. Nothing is fetched and nothing is interpolated.
//
//   FxTable table;
//   Status status = table.read("eurofxref-hist.csv");                  // may be called for several files
//   std::optional<FxRate> rate = table.find("USD", "CNY", day);        // CNY for one USD
//
// Three forms are told apart by their header:
//   date,base,quote,rate,source      one rate a line: `quote` for one `base`; source may be missing
//   Date,USD,JPY,BGN,...             the ECB's eurofxref-hist.csv: for one EUR, N/A where there is none
//   observation_date,DEXCHUS         FRED: one series of the H.10 release ("." or nothing where there is none)
// The rate of a day is the last one known on it, not older than max_age_days. A pair without rates of its own goes
// over a third currency, by rates of one day. Immutable after reading; then thread-safe.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"

namespace factmill {

struct FxRate {
  Decimal rate;
  Day day;  // the rate is of this day
};

// A rate as a file states it; views into the table.
struct StatedRate {
  std::string_view base, quote;  // `quote` for one `base`
  Day day;
  Decimal rate;
  std::string_view file;
};

class FxTable {
 public:
  explicit FxTable(int max_age_days = 10) : max_age_days_(max_age_days) {}

  // Error: unreadable, a form that none of these is, a rate that is none or not above zero, a pair twice on one day.
  // It names file and line.
  Status read(const std::string& path);
  Status read_text(std::string_view bytes, const std::string& path);

  // `quote` for one `base`.
  std::optional<FxRate> find(std::string_view base, std::string_view quote, Day day) const;
  bool empty() const { return pairs_.empty(); }
  // Every rate that was read, by pair and day.
  void each(const std::function<void(const StatedRate&)>& use) const;

 private:
  struct Entry {
    int64_t day = 0;  // days since the epoch
    Decimal rate;
    bool is_forward = true;  // of the pair's second for one of its first
    uint32_t file = 0, line = 0;
  };
  using Pair = std::pair<std::string, std::string>;

  Status add(std::string_view base, std::string_view quote, Day day, std::string_view rate, uint32_t line);
  Status read_long(const std::vector<std::string_view>& header, std::string_view rest, uint32_t line);
  Status read_wide(const std::vector<std::string_view>& header, std::string_view rest, uint32_t line);
  Status read_series(const std::vector<std::string_view>& header, std::string_view rest, uint32_t line);
  Status sort();
  Error error_at(uint32_t line, const std::string& what) const;
  std::optional<FxRate> find_own(std::string_view base, std::string_view quote, int64_t day, int64_t oldest) const;
  std::optional<FxRate> find_over(const std::string& over, std::string_view base, std::string_view quote,
                                  int64_t day) const;

  int max_age_days_;
  std::map<Pair, std::vector<Entry>> pairs_;  // in the order of the alphabet; entries by day
  std::vector<std::string> currencies_;       // sorted
  std::vector<std::string> files_;
};

}  // namespace factmill
