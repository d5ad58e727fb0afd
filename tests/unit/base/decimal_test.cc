#include "base/decimal.h"

#include <doctest/doctest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>
#include <string>

namespace factmill {
namespace {

using boost::multiprecision::cpp_int;

const std::string kNines(38, '9');
const std::string kOneAndZeros = "1" + std::string(37, '0');  // 10^37

std::string text_of(const std::optional<Decimal>& number) { return number ? number->to_string() : "none"; }

Decimal decimal(std::string_view text) {
  const std::optional<Decimal> number = Decimal::parse(text);
  REQUIRE_MESSAGE(number.has_value(), text);
  return *number;
}

TEST_CASE("decimal: digits with an optional sign and fraction are read, trailing zeros dropped in writing") {
  struct {
    std::string_view text;
    std::string_view written;
    int scale;
  } const rows[] = {
      {"0", "0", 0},
      {"6.4", "6.4", 1},
      {"-0.5", "-0.5", 1},
      {"+27307", "27307", 0},
      {"1.50", "1.5", 2},
      {"100", "100", 0},
      {"-0", "0", 0},
      {"-0.00", "0", 2},
      {"007", "7", 0},
      {"0.05", "0.05", 2},
      {"-12.340", "-12.34", 3},
      {"0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001", 38},
      {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999", 0},
      {"0000000000000000000000000000000000000000000001", "1", 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(decimal(row.text).to_string() == row.written);
    CHECK(decimal(row.text).scale() == row.scale);
  }
}

TEST_CASE("decimal: anything but digits is no number") {
  for (std::string_view text : {"", "+", "-", ".", ".5", "5.", "1,000", "1e5", " 1", "1 ", "--1", "+-1", "1.2.3", "0x10",
                                "NaN", "inf", "１", "1_000", "-.5"}) {
    CAPTURE(text);
    CHECK_FALSE(Decimal::parse(text).has_value());
  }
  CHECK_FALSE(Decimal::parse(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("decimal: a 39th digit is refused on either side of the point") {
  CHECK(Decimal::parse(kNines).has_value());
  CHECK_FALSE(Decimal::parse("1" + std::string(38, '0')).has_value());
  CHECK_FALSE(Decimal::parse(kNines + ".0").has_value());
  CHECK(Decimal::parse("0." + kNines).has_value());
  CHECK_FALSE(Decimal::parse("0." + std::string(39, '0')).has_value());
}

TEST_CASE("decimal: 38 digits multiply or say so") {
  struct {
    std::string a;
    std::string b;
    std::string product;
  } const rows[] = {
      {"6.4", "1000000000", "6400000000"},
      {"-7.1348", "900000000", "-6421320000"},
      {"0", kNines, "0"},
      {kNines, "1", kNines},
      {kNines, "10", "none"},
      {kNines, "2", "none"},
      {kNines, kNines, "none"},
      {kOneAndZeros, "0.0000000001", "1000000000000000000000000000"},
      {kOneAndZeros, "9", "9" + std::string(37, '0')},
      {kOneAndZeros, "10", "none"},
      // Short only once the twos of one side have met the fives of the other.
      {"0.00000000000000000000000000000000000002", "50000000000000000000000000000000000000", "1"},
      {"0.00000000000000000000000000000000000001", "0.1", "none"},
      {"0.00000000000000000000000000000000000005", "0.2", "0.00000000000000000000000000000000000001"},
      {"0.00000000000000000000000000000000000000", "0.00", "0"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(text_of(decimal(row.a).times(decimal(row.b))) == row.product);
    CHECK(text_of(decimal(row.b).times(decimal(row.a))) == row.product);
  }
}

TEST_CASE("decimal: 38 digits add or say so") {
  struct {
    std::string a;
    std::string b;
    std::string sum;
  } const rows[] = {
      {"0.1", "0.2", "0.3"},
      {"1.25", "-1.25", "0"},
      {"19400", "7907", "27307"},
      {kNines, "1", "none"},
      {kNines, "-1", std::string(37, '9') + "8"},
      {"-" + kNines, "-1", "none"},
      {kNines, "0.0", kNines},
      {kNines, "0.5", "none"},
      // 39 digits with their zero, 38 without.
      {"5000000000000000000000000000000000000.5", "4999999999999999999999999999999999999.5", kOneAndZeros},
      {kOneAndZeros, "-0.5", std::string(37, '9') + ".5"},
      {kOneAndZeros, "-0.05", "none"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(text_of(decimal(row.a).plus(decimal(row.b))) == row.sum);
    CHECK(text_of(decimal(row.b).plus(decimal(row.a))) == row.sum);
    CHECK(text_of(decimal(row.a).minus(decimal(row.b).negated())) == row.sum);
  }
}

TEST_CASE("decimal: a quotient is rounded half to even") {
  struct {
    std::string a;
    std::string b;
    int places;
    std::string quotient;
  } const rows[] = {
      {"1", "8", 2, "0.12"},
      {"3", "8", 2, "0.38"},
      {"-1", "8", 2, "-0.12"},
      {"1", "3", 5, "0.33333"},
      {"2", "3", 5, "0.66667"},
      {"2", "-3", 5, "-0.66667"},
      {"9", "10", 0, "1"},
      {"0.5", "1", 0, "0"},
      {"1.5", "1", 0, "2"},
      {"7", "7.1348", 4, "0.9811"},
      {"0", "5", 3, "0"},
      {"5", "0", 3, "none"},
      {"5", "0.00", 3, "none"},
      {kNines, kNines, 37, "1"},
      {kNines, kNines, 38, "none"},
      {kNines, "0.1", 0, "none"},
      {"1", kNines, 38, "0.00000000000000000000000000000000000001"},
      {"0." + kNines, kNines, 38, "0.00000000000000000000000000000000000001"},
      {"0.00000000000000000000000000000000000001", kNines, 0, "0"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(text_of(decimal(row.a).divided_by(decimal(row.b), row.places)) == row.quotient);
  }
}

TEST_CASE("decimal: rounding is half to even and never lengthens") {
  struct {
    std::string_view text;
    int places;
    std::string_view rounded;
  } const rows[] = {
      {"0.125", 2, "0.12"}, {"0.135", 2, "0.14"},  {"-0.125", 2, "-0.12"}, {"0.1251", 2, "0.13"}, {"2.5", 0, "2"},
      {"3.5", 0, "4"},      {"9.99", 1, "10"},     {"1.5", 4, "1.5"},      {"-0.4", 0, "0"},      {"12", 0, "12"},
      {"0.049", 1, "0"},    {"1.0500", 1, "1"},    {"1.15", 1, "1.2"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(decimal(row.text).rounded(row.places).to_string() == row.rounded);
  }
  CHECK(decimal("9." + std::string(37, '9')).rounded(36).to_string() == "10");
}

TEST_CASE("decimal: comparison is by value, not by spelling") {
  CHECK(decimal("1.50") == decimal("1.5"));
  CHECK(decimal("-0.0") == Decimal());
  CHECK(decimal("1.49") < decimal("1.5"));
  CHECK(decimal("-1.5") < decimal("-1.49"));
  CHECK(decimal("-1") < decimal("0.001"));
  CHECK(decimal(kNines) > decimal("0." + kNines));
  CHECK(decimal("-" + kNines) < decimal("-0." + kNines));
  CHECK(decimal("100") != decimal("10"));
  CHECK(Decimal(150, 2) == Decimal(15, 1));
  CHECK(Decimal(INT64_MIN).to_string() == "-9223372036854775808");
}

TEST_CASE("decimal: integers, signs, powers of ten and doubles") {
  CHECK(decimal("5.00").is_integer());
  CHECK_FALSE(decimal("5.01").is_integer());
  CHECK(decimal("-3").abs() == Decimal(3));
  CHECK(decimal("3").negated().is_negative());
  CHECK_FALSE(decimal("-0.0").is_negative());
  CHECK(decimal("5.100").normalized().scale() == 1);
  CHECK(decimal("500").normalized().scale() == 0);
  CHECK(Decimal::power_of_ten(0).to_string() == "1");
  CHECK(Decimal::power_of_ten(37).to_string() == kOneAndZeros);
  CHECK(decimal("0.1").approximate() == 0.1);
  CHECK(decimal("-7.1348").approximate() == -7.1348);
  CHECK(decimal(kNines).approximate() == 1e38);
}

// The oracle: coefficients of any length, no cleverness.
struct Oracle {
  cpp_int coefficient;
  int scale = 0;
};

cpp_int power(int exponent) { return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent)); }

std::string text_of(Oracle number) {
  while (number.scale > 0 && number.coefficient % 10 == 0) {
    number.coefficient /= 10;
    --number.scale;
  }
  const bool negative = number.coefficient < 0;
  std::string digits = cpp_int(abs(number.coefficient)).str();
  if (digits.size() > 38 || number.scale > 38) return "none";
  const auto scale = static_cast<size_t>(number.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return (negative ? "-" : "") + digits;
}

cpp_int divided_half_even(const cpp_int& a, const cpp_int& b) {
  cpp_int quotient;
  cpp_int remainder;
  divide_qr(cpp_int(abs(a)), cpp_int(abs(b)), quotient, remainder);
  const cpp_int twice = remainder * 2;
  if (twice > abs(b) || (twice == abs(b) && quotient % 2 == 1)) ++quotient;
  return (a < 0) != (b < 0) ? cpp_int(-quotient) : quotient;
}

// Lengths and scales evenly, so that the edges of 38 digits are met often; digits that make carries and ties likely.
class Numbers {
 public:
  Oracle next() {
    const int length = std::uniform_int_distribution<int>(1, 38)(random_);
    std::string digits;
    for (int i = 0; i < length; ++i) digits += "0123456789000999555"[random_() % 19];
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const int scale = std::uniform_int_distribution<int>(0, 38)(random_);
    return {random_() % 2 == 0 ? cpp_int(digits) : cpp_int(-cpp_int(digits)), scale};
  }
  int places() { return std::uniform_int_distribution<int>(0, 38)(random_); }

 private:
  std::mt19937 random_{20240821};
};

TEST_CASE("decimal: agrees with Boost.Multiprecision on a hundred thousand pairs") {
  Numbers numbers;
  int fitting = 0;
  for (int i = 0; i < 100000; ++i) {
    const Oracle a = numbers.next();
    const Oracle b = numbers.next();
    const int places = numbers.places();
    const Decimal x = decimal(text_of(a));
    const Decimal y = decimal(text_of(b));

    const int scale = std::max(a.scale, b.scale);
    const cpp_int left = a.coefficient * power(scale - a.scale);
    const cpp_int right = b.coefficient * power(scale - b.scale);
    const std::string sum = text_of(Oracle{left + right, scale});
    const std::string product = text_of(Oracle{a.coefficient * b.coefficient, a.scale + b.scale});
    bool agree = text_of(x.plus(y)) == sum && text_of(x.times(y)) == product;
    agree = agree && text_of(x.minus(y)) == text_of(Oracle{left - right, scale});
    agree = agree && (x < y) == (left < right) && (x == y) == (left == right);
    if (b.coefficient != 0) {
      const cpp_int quotient = divided_half_even(left * power(places), right);
      const bool fits = abs(quotient) < power(38);
      agree = agree && text_of(x.divided_by(y, places)) == (fits ? text_of(Oracle{quotient, places}) : "none");
    }
    if (places < a.scale) {
      const cpp_int rounded = divided_half_even(a.coefficient, power(a.scale - places));
      agree = agree && x.rounded(places).to_string() == text_of(Oracle{rounded, places});
    }
    if (!agree) FAIL("disagree on ", text_of(a), " and ", text_of(b), " at ", places);
    fitting += sum != "none" && product != "none";
  }
  CHECK(fitting > 5000);  // else the generator only makes overflows
}

}  // namespace
}  // namespace factmill
