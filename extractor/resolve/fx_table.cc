#include "resolve/fx_table.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace factmill {
namespace {

// Of a rate that is computed: an inverse, or one over a third currency.
constexpr int kRatePlaces = 10;

// The Federal Reserve's names for its series, H.10: what one unit of `base` costs in `quote`.
struct FredSeries {
  std::string_view name, base, quote;
};
constexpr FredSeries kFredSeries[] = {
    {"DEXCHUS", "USD", "CNY"}, {"DEXUSEU", "EUR", "USD"}, {"DEXJPUS", "USD", "JPY"}, {"DEXKOUS", "USD", "KRW"},
    {"DEXUSUK", "GBP", "USD"}, {"DEXINUS", "USD", "INR"}, {"DEXHKUS", "USD", "HKD"}, {"DEXTAUS", "USD", "TWD"},
    {"DEXTHUS", "USD", "THB"}, {"DEXSIUS", "USD", "SGD"}, {"DEXMAUS", "USD", "MYR"}, {"DEXUSAL", "AUD", "USD"},
    {"DEXUSNZ", "NZD", "USD"}, {"DEXCAUS", "USD", "CAD"}, {"DEXBZUS", "USD", "BRL"}, {"DEXMXUS", "USD", "MXN"},
    {"DEXSZUS", "USD", "CHF"}, {"DEXSDUS", "USD", "SEK"}, {"DEXNOUS", "USD", "NOK"}, {"DEXDNUS", "USD", "DKK"},
    {"DEXSFUS", "USD", "ZAR"}, {"DEXSLUS", "USD", "LKR"},
};

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

// Cells of a line; a comma between quotes belongs to its cell. Nothing that counts here holds a quote itself.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  bool is_quoted = false;
  size_t begin = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') is_quoted = !is_quoted;
    if (line[i] != ',' || is_quoted) continue;
    cells.push_back(trimmed(line.substr(begin, i - begin)));
    begin = i + 1;
  }
  cells.push_back(trimmed(line.substr(begin)));
  if (cells.size() > 1 && cells.back().empty()) cells.pop_back();  // the ECB ends its lines with a comma
  return cells;
}

// Takes the next line off `rest`.
std::string_view next_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

template <class Use>
Status each_line(std::string_view rest, uint32_t line, Use use) {
  while (!rest.empty()) {
    const std::string_view text = next_line(rest);
    ++line;
    if (trimmed(text).empty()) continue;
    if (Status status = use(cells_of(text), line); !status) return status;
  }
  return {};
}

bool is_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int64_t number_of(Day day) { return day.time_since_epoch().count(); }

std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 40)) + "'"; }

}  // namespace

Status FxTable::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) return Error{path + ": error: cannot read the exchange rates"};
  return read_text(bytes.str(), path);
}

Status FxTable::read_text(std::string_view bytes, const std::string& path) {
  files_.push_back(path);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::vector<std::string_view> header = cells_of(next_line(bytes));
  Status status;
  if (header.size() >= 4 && header[0] == "date" && header[1] == "base" && header[2] == "quote" && header[3] == "rate") {
    status = read_long(header, bytes, 1);
  } else if (header.size() >= 2 && header[0] == "Date" && is_code(header[1])) {
    status = read_wide(header, bytes, 1);
  } else if (header.size() == 2 && (header[0] == "DATE" || header[0] == "observation_date")) {
    status = read_series(header, bytes, 1);
  } else {
    status = error_at(1, "no form of exchange rates that is known (expected date,base,quote,rate or Date,USD,... or "
                         "observation_date,DEXCHUS)");
  }
  return status ? sort() : status;
}

Status FxTable::read_long(const std::vector<std::string_view>&, std::string_view rest, uint32_t line) {
  return each_line(rest, line, [&](const std::vector<std::string_view>& cells, uint32_t at) -> Status {
    if (cells.size() < 4) return error_at(at, "a line of " + std::to_string(cells.size()) + " cells (expected 4 or 5)");
    const std::optional<Day> day = parse_day(cells[0]);
    if (!day) return error_at(at, "no day (got " + quoted(cells[0]) + "; expected YYYY-MM-DD)");
    return add(cells[1], cells[2], *day, cells[3], at);
  });
}

Status FxTable::read_wide(const std::vector<std::string_view>& header, std::string_view rest, uint32_t line) {
  return each_line(rest, line, [&](const std::vector<std::string_view>& cells, uint32_t at) -> Status {
    const std::optional<Day> day = parse_day(cells[0]);
    if (!day) return error_at(at, "no day (got " + quoted(cells[0]) + "; expected YYYY-MM-DD)");
    if (cells.size() > header.size()) return error_at(at, "more cells than the header has");
    for (size_t i = 1; i < cells.size(); ++i) {
      if (cells[i].empty() || cells[i] == "N/A") continue;
      if (Status status = add("EUR", header[i], *day, cells[i], at); !status) return status;
    }
    return {};
  });
}

Status FxTable::read_series(const std::vector<std::string_view>& header, std::string_view rest, uint32_t line) {
  const auto* series = std::find_if(std::begin(kFredSeries), std::end(kFredSeries),
                                    [&](const FredSeries& row) { return row.name == header[1]; });
  if (series == std::end(kFredSeries)) return error_at(line, "no exchange rate of FRED's that is known (got " + quoted(header[1]) + ")");
  return each_line(rest, line, [&](const std::vector<std::string_view>& cells, uint32_t at) -> Status {
    const std::optional<Day> day = parse_day(cells[0]);
    if (!day) return error_at(at, "no day (got " + quoted(cells[0]) + "; expected YYYY-MM-DD)");
    if (cells.size() < 2 || cells[1] == "." || cells[1].empty()) return {};
    return add(series->base, series->quote, *day, cells[1], at);
  });
}

// The two directions of a pair are one key, so that 7.1 and 1/7.1 on one day are a rate twice.
Status FxTable::add(std::string_view base, std::string_view quote, Day day, std::string_view rate, uint32_t line) {
  if (!is_code(base) || !is_code(quote) || base == quote) {
    return error_at(line, "no two currencies (got " + quoted(base) + " and " + quoted(quote) + ")");
  }
  const std::optional<Decimal> number = Decimal::parse(rate);
  if (!number) return error_at(line, "the rate is no number (got " + quoted(rate) + ")");
  if (number->is_zero() || number->is_negative()) {
    return error_at(line, "a rate must be above zero (got " + quoted(rate) + ")");
  }
  Entry entry{number_of(day), *number, base < quote, static_cast<uint32_t>(files_.size() - 1), line};
  Pair key = base < quote ? Pair(base, quote) : Pair(quote, base);
  pairs_[std::move(key)].push_back(entry);
  return {};
}

Status FxTable::sort() {
  currencies_.clear();
  for (auto& [pair, entries] : pairs_) {
    currencies_.push_back(pair.first);
    currencies_.push_back(pair.second);
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.day < b.day; });
    const auto twice = std::adjacent_find(entries.begin(), entries.end(),
                                          [](const Entry& a, const Entry& b) { return a.day == b.day; });
    if (twice == entries.end()) continue;
    const Entry &first = twice[0], &second = twice[1];
    const Day day{std::chrono::days(first.day)};
    return Error{files_[second.file] + ":" + std::to_string(second.line) + ": error: a second rate of " + pair.first +
                 " and " + pair.second + " on " + to_string(day) + " (the first is at " + files_[first.file] + ":" +
                 std::to_string(first.line) + ")"};
  }
  std::sort(currencies_.begin(), currencies_.end());
  currencies_.erase(std::unique(currencies_.begin(), currencies_.end()), currencies_.end());
  return {};
}

Error FxTable::error_at(uint32_t line, const std::string& what) const {
  return Error{files_.back() + ":" + std::to_string(line) + ": error: " + what};
}

// ---- looking up ----

void FxTable::each(const std::function<void(const StatedRate&)>& use) const {
  for (const auto& [pair, entries] : pairs_) {
    for (const Entry& entry : entries) {
      const Day day{std::chrono::days(entry.day)};
      const auto& [base, quote] = pair;
      use(entry.is_forward ? StatedRate{base, quote, day, entry.rate, files_[entry.file]}
                           : StatedRate{quote, base, day, entry.rate, files_[entry.file]});
    }
  }
}

std::optional<FxRate> FxTable::find(std::string_view base, std::string_view quote, Day day) const {
  if (base == quote) return FxRate{Decimal(1), day};
  const int64_t number = number_of(day);
  if (std::optional<FxRate> own = find_own(base, quote, number, number - max_age_days_)) return own;
  std::optional<FxRate> best;
  for (const std::string& over : currencies_) {
    if (over == base || over == quote) continue;
    const std::optional<FxRate> rate = find_over(over, base, quote, number);
    if (rate && (!best || rate->day > best->day)) best = rate;
  }
  return best;
}

// The last one of [oldest, day].
std::optional<FxRate> FxTable::find_own(std::string_view base, std::string_view quote, int64_t day,
                                        int64_t oldest) const {
  const bool is_forward = base < quote;
  const auto found = pairs_.find(is_forward ? Pair(base, quote) : Pair(quote, base));
  if (found == pairs_.end()) return {};
  const std::vector<Entry>& entries = found->second;
  auto behind = std::upper_bound(entries.begin(), entries.end(), day,
                                 [](int64_t wanted, const Entry& entry) { return wanted < entry.day; });
  if (behind == entries.begin()) return {};
  const Entry& entry = *--behind;
  if (entry.day < oldest) return {};
  const Day of{std::chrono::days(entry.day)};
  if (entry.is_forward == is_forward) return FxRate{entry.rate, of};
  const std::optional<Decimal> inverse = Decimal(1).divided_by(entry.rate, kRatePlaces);
  if (!inverse || inverse->is_zero()) return {};
  return FxRate{inverse->normalized(), of};
}

std::optional<FxRate> FxTable::find_over(const std::string& over, std::string_view base, std::string_view quote,
                                         int64_t day) const {
  for (int64_t at = day; at >= day - max_age_days_;) {
    const std::optional<FxRate> to_base = find_own(over, base, at, day - max_age_days_);
    if (!to_base) return {};
    at = number_of(to_base->day);
    if (const std::optional<FxRate> to_quote = find_own(over, quote, at, at)) {
      const std::optional<Decimal> cross = to_quote->rate.divided_by(to_base->rate, kRatePlaces);
      if (!cross || cross->is_zero()) return {};
      return FxRate{cross->normalized(), to_base->day};
    }
    --at;
  }
  return {};
}

}  // namespace factmill
