#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

#include "base/ascii.h"

namespace factmill {
namespace {

// Magnitudes are unsigned: the sum of two 38-digit numbers overflows the signed type, not this one.
using Magnitude = unsigned __int128;

constexpr int kMaxDigits = 38;

constexpr std::array<Magnitude, kMaxDigits + 1> powers_of_ten() {
  std::array<Magnitude, kMaxDigits + 1> powers{};
  powers[0] = 1;
  for (int i = 1; i <= kMaxDigits; ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}

constexpr std::array<Magnitude, kMaxDigits + 1> kPowers = powers_of_ten();
constexpr Magnitude kMaxMagnitude = kPowers[kMaxDigits] - 1;

Magnitude magnitude_of(Decimal::Coefficient coefficient) {
  return coefficient < 0 ? -static_cast<Magnitude>(coefficient) : static_cast<Magnitude>(coefficient);
}

Decimal::Coefficient with_sign(Magnitude magnitude, bool negative) {
  const auto coefficient = static_cast<Decimal::Coefficient>(magnitude);
  return negative ? -coefficient : coefficient;
}

// An intermediate result, not yet known to fit.
struct Wide {
  Magnitude magnitude = 0;
  int scale = 0;
  bool negative = false;
};

// Gives up decimals that are zero where that is needed to fit; false where it is not enough.
bool fit(Wide& wide) {
  while ((wide.magnitude > kMaxMagnitude || wide.scale > kMaxDigits) && wide.scale > 0 && wide.magnitude % 10 == 0) {
    wide.magnitude /= 10;
    --wide.scale;
  }
  return wide.magnitude <= kMaxMagnitude && wide.scale <= kMaxDigits;
}

// magnitude * 10^exponent; false where it leaves 128 bits.
bool scale_up(Magnitude& magnitude, int exponent) {
  if (magnitude == 0) return true;
  return exponent <= kMaxDigits && !__builtin_mul_overflow(magnitude, kPowers[exponent], &magnitude);
}

bool add(Wide a, Wide b, Wide& sum) {
  sum.scale = std::max(a.scale, b.scale);
  if (!scale_up(a.magnitude, sum.scale - a.scale) || !scale_up(b.magnitude, sum.scale - b.scale)) return false;
  if (a.negative == b.negative) {
    sum.negative = a.negative;
    if (__builtin_add_overflow(a.magnitude, b.magnitude, &sum.magnitude)) return false;
  } else {
    const bool a_wins = a.magnitude >= b.magnitude;
    sum.negative = a_wins ? a.negative : b.negative;
    sum.magnitude = a_wins ? a.magnitude - b.magnitude : b.magnitude - a.magnitude;
  }
  return fit(sum);
}

// Moves every factor of ten that the product a * b would end in from the two into the scale, which may become negative.
void cancel_tens(Magnitude& a, Magnitude& b, int& scale) {
  for (auto [x, y] : {std::pair(&a, &a), std::pair(&b, &b), std::pair(&a, &b), std::pair(&b, &a)}) {
    while (*x % 2 == 0 && *y % 5 == 0) {
      *x /= 2;
      *y /= 5;
      --scale;
    }
  }
}

bool multiply(Wide a, Wide b, Wide& product) {
  product.scale = a.scale + b.scale;
  product.negative = a.negative != b.negative;
  if (!__builtin_mul_overflow(a.magnitude, b.magnitude, &product.magnitude) && fit(product)) return true;
  // 0.00…02 * 50…0: too long before the tens are cancelled, short after.
  if (a.magnitude == 0 || b.magnitude == 0) {
    product = {};
    return true;
  }
  product.scale = a.scale + b.scale;
  cancel_tens(a.magnitude, b.magnitude, product.scale);
  if (__builtin_mul_overflow(a.magnitude, b.magnitude, &product.magnitude)) return false;
  if (product.scale < 0) {
    if (!scale_up(product.magnitude, -product.scale)) return false;
    product.scale = 0;
  }
  return fit(product);
}

// Half to even: `twice_remainder` against `divisor` decides, the quotient's last bit breaks the tie.
bool rounds_up(Magnitude quotient, Magnitude remainder, Magnitude divisor) {
  const Magnitude rest = divisor - remainder;
  return remainder > rest || (remainder == rest && quotient % 2 == 1);
}

// The next decimal digit of remainder / divisor. Ten additions, since remainder * 10 would leave 128 bits.
unsigned next_digit(Magnitude& remainder, Magnitude divisor) {
  unsigned digit = 0;
  Magnitude rest = 0;
  for (int i = 0; i < 10; ++i) {
    rest += remainder;
    if (rest >= divisor) {
      rest -= divisor;
      ++digit;
    }
  }
  remainder = rest;
  return digit;
}

// quotient = a * 10^exponent / b, rounded half to even.
bool divide(Magnitude a, Magnitude b, int exponent, Magnitude& quotient) {
  if (exponent < 0 && !scale_up(b, -exponent)) {
    quotient = 0;  // the divisor is beyond 2^128, more than twice any dividend
    return true;
  }
  quotient = a / b;
  Magnitude remainder = a % b;
  for (; exponent > 0 && (quotient != 0 || remainder != 0); --exponent) {
    if (quotient > kMaxMagnitude / 10) return false;
    quotient = quotient * 10 + next_digit(remainder, b);
  }
  if (rounds_up(quotient, remainder, b)) ++quotient;
  return quotient <= kMaxMagnitude;
}

Wide wide(Decimal::Coefficient coefficient, int scale) { return {magnitude_of(coefficient), scale, coefficient < 0}; }

}  // namespace

Decimal Decimal::raw(Coefficient coefficient, int scale) {
  assert(magnitude_of(coefficient) <= kMaxMagnitude && scale >= 0 && scale <= kMaxDigits);
  Decimal result;
  result.coefficient_ = coefficient;
  result.scale_ = scale;
  return result;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != text.npos && fraction.empty())) return std::nullopt;

  Magnitude magnitude = 0;
  for (std::string_view part : {whole, fraction}) {
    for (char c : part) {
      if (!is_digit(c) || magnitude > kMaxMagnitude / 10) return std::nullopt;
      magnitude = magnitude * 10 + static_cast<unsigned>(c - '0');
    }
  }
  if (fraction.size() > kMaxDigits) return std::nullopt;
  return raw(with_sign(magnitude, negative), static_cast<int>(fraction.size()));
}

Decimal Decimal::power_of_ten(int exponent) {
  assert(exponent >= 0 && exponent < kMaxDigits);
  return raw(static_cast<Coefficient>(kPowers[exponent]), 0);
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  Wide sum;
  if (!add(wide(coefficient_, scale_), wide(other.coefficient_, other.scale_), sum)) {
    // 1.0 may not fit beside a 38-digit integer, 1 does.
    const Decimal a = normalized();
    const Decimal b = other.normalized();
    if (!add(wide(a.coefficient_, a.scale_), wide(b.coefficient_, b.scale_), sum)) return std::nullopt;
  }
  return raw(with_sign(sum.magnitude, sum.negative), sum.scale);
}

std::optional<Decimal> Decimal::minus(const Decimal& other) const { return plus(other.negated()); }

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  Wide product;
  if (!multiply(wide(coefficient_, scale_), wide(other.coefficient_, other.scale_), product)) return std::nullopt;
  return raw(with_sign(product.magnitude, product.negative), product.scale);
}

std::optional<Decimal> Decimal::divided_by(const Decimal& other, int places) const {
  assert(places >= 0 && places <= kMaxDigits);
  if (other.is_zero()) return std::nullopt;
  Magnitude quotient = 0;
  const int exponent = places + other.scale_ - scale_;
  if (!divide(magnitude_of(coefficient_), magnitude_of(other.coefficient_), exponent, quotient)) return std::nullopt;
  return raw(with_sign(quotient, is_negative() != other.is_negative()), places);
}

Decimal Decimal::rounded(int places) const {
  assert(places >= 0);
  if (places >= scale_) return *this;
  const Magnitude divisor = kPowers[scale_ - places];
  const Magnitude magnitude = magnitude_of(coefficient_);
  Magnitude quotient = magnitude / divisor;
  if (rounds_up(quotient, magnitude % divisor, divisor)) ++quotient;
  return raw(with_sign(quotient, is_negative()), places);
}

Decimal Decimal::negated() const { return raw(-coefficient_, scale_); }

bool Decimal::is_integer() const { return normalized().scale_ == 0; }

Decimal Decimal::normalized() const {
  Decimal result = *this;
  if (result.scale_ == 0) return result;
  if (auto small = static_cast<int64_t>(coefficient_); small == coefficient_) {  // far quicker than 128 bits
    for (; result.scale_ > 0 && small % 10 == 0; small /= 10) --result.scale_;
    result.coefficient_ = small;
    return result;
  }
  while (result.scale_ > 0 && result.coefficient_ % 10 == 0) {
    result.coefficient_ /= 10;
    --result.scale_;
  }
  return result;
}

std::string Decimal::to_string() const {
  char text[kMaxChars];
  return std::string(text, write_to(text));
}

void Decimal::append_to(std::string& out) const {
  char text[kMaxChars];
  out.append(text, write_to(text));
}

size_t Decimal::write_to(char* out) const {
  const Decimal shortest = normalized();
  char digits[kMaxDigits + 1];  // from the right; at least one stands before the point
  int count = 0;
  Magnitude rest = magnitude_of(shortest.coefficient_);
  for (; rest > UINT64_MAX; rest /= 10) digits[count++] = static_cast<char>('0' + static_cast<int>(rest % 10));
  for (auto low = static_cast<uint64_t>(rest); low != 0 || count <= shortest.scale_; low /= 10)
    digits[count++] = static_cast<char>('0' + static_cast<int>(low % 10));
  char* at = out;
  if (is_negative()) *at++ = '-';
  while (count > 0) {
    if (count == shortest.scale_) *at++ = '.';
    *at++ = digits[--count];
  }
  return static_cast<size_t>(at - out);
}

double Decimal::approximate() const {
  const std::string text = to_string();
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);  // unlike strtod it knows no locale
  return result;
}

int Decimal::compare(const Decimal& a, const Decimal& b) {
  if (a.is_negative() != b.is_negative()) return a.is_negative() ? -1 : 1;
  const int scale = std::max(a.scale_, b.scale_);
  Magnitude x = magnitude_of(a.coefficient_);
  Magnitude y = magnitude_of(b.coefficient_);
  int order = 0;
  if (!scale_up(x, scale - a.scale_)) {
    order = 1;  // only one of the two is scaled, and 128 bits hold more than the other can be
  } else if (!scale_up(y, scale - b.scale_)) {
    order = -1;
  } else {
    order = x < y ? -1 : x > y ? 1 : 0;
  }
  return a.is_negative() ? -order : order;
}

}  // namespace factmill
