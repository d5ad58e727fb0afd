// What annotations say of the time in a text, as one line that a test can compare:
//
//   Tuesday = 2024-08-20; every month = SET P1M; early March = 2024-03 START 2024-03-01..2024-03-10
//
// A type that is not DATE stands before the value, a mod behind it; the days stand last where check_days asks for them.
#pragma once
#include "mention/date_discourse.h"
#include "unit/mention/value_text.h"

namespace factmill {

inline std::string timexes_of(std::string_view text, std::optional<Day> published, bool with_days) {
  ValueList values;
  ValueReader(common_tables())
      .read(text, {0, static_cast<uint32_t>(text.size())}, values, DecimalSign::point, ReadFor::annotations);
  DateDiscourse dates(common_tables(), text, published);
  std::string all;
  for (const Value& value : values.values) {
    if (value.type != ValueType::date) continue;
    const std::optional<Timex> timex = dates.read(values, value);
    all += (all.empty() ? "" : "; ") + std::string(value.span.of(text)) + " =";
    if (!timex) {
      all += " ?";
      continue;
    }
    if (timex->type != "DATE") all += " " + std::string(timex->type);
    all += " " + timex->value;
    if (!timex->mod.empty()) all += " " + std::string(timex->mod);
    if (with_days && timex->days) all += " " + to_string(timex->days->from) + ".." + to_string(timex->days->to);
  }
  return all;
}

// Published on Wednesday, August 21, 2024 unless something else is said.
inline void check_timexes(std::initializer_list<Row> rows, Day published = make_day(2024, 8, 21)) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(timexes_of(row.text, published, false) == row.expected);
  }
}

inline void check_days(std::initializer_list<Row> rows, Day published = make_day(2024, 8, 21)) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(timexes_of(row.text, published, true) == row.expected);
  }
}

}  // namespace factmill
