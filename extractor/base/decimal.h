// An exact decimal number: an integer coefficient and a scale, value = coefficient / 10^scale.
// Never binary floating point. Up to 38 digits; an operation that would need more says so instead of wrapping.
//
//   Decimal::parse("6.4")->times(Decimal::power_of_ten(9))->to_string()   // "6400000000"
#pragma once
#include <cassert>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace factmill {

class Decimal {
 public:
  using Coefficient = __int128;

  Decimal() = default;
  // The value coefficient / 10^scale; scale is 0..38.
  Decimal(int64_t coefficient, int scale = 0) : coefficient_(coefficient), scale_(scale) {
    assert(scale >= 0 && scale <= 38);
  }

  // Reads [+-]digits[.digits], nothing else: no grouping, no exponent. Empty on anything else and beyond 38 digits,
  // where leading zeros are free.
  static std::optional<Decimal> parse(std::string_view text);
  // 10^exponent for 0 <= exponent <= 37.
  static Decimal power_of_ten(int exponent);

  // Empty where the result needs more than 38 digits.
  std::optional<Decimal> plus(const Decimal& other) const;
  std::optional<Decimal> minus(const Decimal& other) const;
  std::optional<Decimal> times(const Decimal& other) const;
  // Quotient rounded half to even at `places` decimals (0..38), zeros at its end included: 1 / 4 at 3 is 0.250.
  // Empty for a zero divisor, and where the digits with those zeros are more than 38.
  std::optional<Decimal> divided_by(const Decimal& other, int places) const;
  // Rounded half to even at `places` >= 0 decimals; what has no more than that is returned as it is.
  Decimal rounded(int places) const;
  Decimal negated() const;
  Decimal abs() const { return is_negative() ? negated() : *this; }

  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  bool is_integer() const;
  // Decimals after the point as written or computed; normalized() drops trailing zeros.
  int scale() const { return scale_; }
  Decimal normalized() const;

  // Plain digits, no exponent, no trailing zeros: "-0.5", "6400000000".
  std::string to_string() const;
  void append_to(std::string& out) const;
  // The same into a buffer of kMaxChars bytes; gives how many it wrote.
  static constexpr size_t kMaxChars = 48;
  size_t write_to(char* out) const;
  // Nearest double: for plausibility checks and display only.
  double approximate() const;

  // By value: 1.50 equals 1.5.
  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) { return compare(a, b) <=> 0; }

 private:
  static int compare(const Decimal& a, const Decimal& b);
  static Decimal raw(Coefficient coefficient, int scale);

  Coefficient coefficient_ = 0;
  int scale_ = 0;
};

}  // namespace factmill
