// A value or the reason there is none. Expected failures travel in Result; bugs are asserts; nothing throws across rooms.
//
//   Result<Decimal> rate = read_rate(path);
//   if (!rate) return rate.error();
//   use(*rate);
#pragma once
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace factmill {

struct Error {
  std::string message;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return get(); }
  const T& operator*() const& { return const_cast<Result*>(this)->get(); }
  T&& operator*() && { return std::move(get()); }
  T* operator->() { return &get(); }
  const T* operator->() const { return &const_cast<Result*>(this)->get(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  T& get() {
    assert(state_.index() == 0);
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

// Success, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)), ok_(false) {}
  explicit operator bool() const { return ok_; }
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace factmill
