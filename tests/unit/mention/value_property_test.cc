// What is printed in any of the usual forms is read back as it was: numbers, money, percents, quantities and days.
#include <rapidcheck.h>

#include <array>
#include <vector>

#include "unit/mention/value_text.h"

namespace factmill {
namespace {

std::string grouped(const std::string& digits, std::string_view sign) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += sign;
    out += digits[i];
  }
  return out;
}

// A number as a writer gives it: digits, perhaps in groups, perhaps with decimals.
struct Written {
  std::string text;
  Decimal value;
};

Written any_number(int64_t limit = 1'000'000'000'000) {
  const auto whole = std::to_string(*rc::gen::inRange<int64_t>(1, limit));
  const auto places = *rc::gen::inRange(0, 4);
  const auto fraction =
      places == 0 ? std::string()
                  : std::to_string(*rc::gen::inRange(0, 9)) + std::string(static_cast<size_t>(places - 1), '7');
  const bool groups = *rc::gen::arbitrary<bool>() || whole.size() == 4;  // 2024 is a year
  const std::string tail = fraction.empty() ? "" : "." + fraction;
  return {(groups ? grouped(whole, ",") : whole) + tail, Decimal::parse(whole + tail).value()};
}

// The one value in the text, which must be all of `written`.
Value only_value(const std::string& before, const std::string& written, const std::string& after) {
  const std::string text = before + written + after;
  const ValueList values = read_values(text);
  RC_ASSERT(values.values.size() == size_t{1});
  const Value value = values.values[0];
  RC_ASSERT(std::string(value.outer.of(text)) == written);
  return value;
}

struct MoneyForm {
  const char *before, *after, *code;
  int exponent;
};
const std::vector<MoneyForm> kMoneyForms = {{"RMB ", " billion", "CNY", 9},
                                            {"RMB", " million", "CNY", 6},
                                            {"$", "bn", "USD", 9},
                                            {"US$", " trillion", "USD", 12},
                                            {"€", " million", "EUR", 6},
                                            {"HK$", "m", "HKD", 6},
                                            {"", " billion yuan", "CNY", 9},
                                            {"", " million euros", "EUR", 6},
                                            {"", " trillion won", "KRW", 12},
                                            {"", " thousand dollars", "USD", 3},
                                            {"£", "k", "GBP", 3},
                                            {"", " crore rupees", "INR", 7}};

using UnitForm = std::pair<const char*, const char*>;
const std::vector<UnitForm> kUnitForms = {{" percent", "percent"},
                                          {"%", "percent"},
                                          {" percentage points", "pp"},
                                          {" km", "km"},
                                          {" kWh", "kWh"},
                                          {" Nm", "Nm"},
                                          {" vehicles", "vehicle"},
                                          {" mm", "mm"},
                                          {"kg", "kg"},
                                          {" Wh/kg", "Wh/kg"},
                                          {" GWh", "GWh"}};

std::string unit_of(const Value& value) { return common_tables().unit(value.unit).name; }

TEST_CASE("properties: a number is read back, alone and with every scale, unit and currency around it") {
  CHECK(rc::check("plain", [] {
    const Written n = any_number();
    RC_PRE(!n.text.ends_with(".0"));  // a version
    const Value value = only_value("it counted ", n.text, " in all");
    RC_ASSERT(value.low == n.value);
    RC_ASSERT(value.unit == 0);
  }));
  CHECK(rc::check("scaled money", [] {
    const auto form = *rc::gen::elementOf(kMoneyForms);
    const Written n = any_number();
    const Value value = only_value("worth ", form.before + n.text + form.after, " then");
    RC_ASSERT(value.type == ValueType::money);
    RC_ASSERT(unit_of(value) == form.code);
    RC_ASSERT(value.low == n.value.times(Decimal::power_of_ten(form.exponent)).value());
  }));
  CHECK(rc::check("units", [] {
    const auto unit = *rc::gen::elementOf(kUnitForms);
    const Written n = any_number(1'000'000'000);
    const bool thousandths =
        n.text.size() > 4 && n.text[n.text.size() - 4] == '.' && std::string_view(unit.second) == "vehicle";
    RC_PRE(!thousandths);  // 7.777 vehicles are 7,777
    const Value value = only_value("it came to ", n.text + unit.first, " again");
    RC_ASSERT(unit_of(value) == unit.second);
    RC_ASSERT(value.low == n.value);
  }));
  CHECK(rc::check("ranges", [] {
    const int64_t low = *rc::gen::inRange<int64_t>(10'000, 500'000),
                  high = low + *rc::gen::inRange<int64_t>(1, 500'000);
    const auto joint = *rc::gen::elementOf(std::vector<std::string>{"-", " to ", " - ", "–"});
    const std::string text =
        "between " + grouped(std::to_string(low), ",") + " and " + grouped(std::to_string(high), ",") + " vehicles";
    const std::string joined =
        grouped(std::to_string(low), ",") + joint + grouped(std::to_string(high), ",") + " vehicles";
    for (const std::string& written : {text, joined}) {
      const Value value = only_value("it will sell ", written, " now");
      RC_ASSERT(value.is_range);
      RC_ASSERT(value.low == Decimal(low));
      RC_ASSERT(value.high == Decimal(high));
    }
  }));
}

TEST_CASE("properties: a day is read back in every order") {
  CHECK(rc::check("days", [] {
    static constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                            "May",       "June",     "July",     "August",
                                                            "September", "October",  "November", "December"};
    const Day day = make_day(2000, 1, 1) + std::chrono::days(*rc::gen::inRange(0, 365 * 40));
    const std::string iso = to_string(day), year = iso.substr(0, 4), digits = iso.substr(8);
    const std::string number = digits[0] == '0' ? digits.substr(1) : digits;
    const std::string month = kMonths[month_of(day) - 1];
    for (const std::string& written :
         {iso, month + " " + number + ", " + year, number + " " + month + " " + year, month + " " + digits + " " + year,
          (month == "May" ? month : month.substr(0, 3) + ".") + " " + number + ", " + year}) {
      const std::string text = "The car arrived on " + written + " in Oslo.";
      const ValueList values = read_values(text);
      RC_ASSERT(values.values.size() == size_t{1});
      RC_ASSERT(values.values[0].type == ValueType::date);
      const auto date = resolve_date(values.dates[values.values[0].date], {});
      RC_ASSERT(date.has_value());
      RC_ASSERT(date->text == iso);
    }
  }));
}

}  // namespace
}  // namespace factmill
