// What RE2 is given for a pattern over bytes.
//
//   RE2 re(re2_source("[\\x8E]a|[\\x8E]b"), latin1);   // "[\\x8E\\xFF]a|[\\x8E\\xFF]b"
//
// RE2 of 2022-06-01 finds nothing where alternatives in Latin-1 begin with the same byte above 0x7F and go on differently
// (it takes their common prefix off as if it were UTF-8). A choice of two bytes is left alone, so each choice of one takes
// in a second that no tagged text holds. Thread-safe.
#pragma once
#include <string>
#include <string_view>

namespace factmill {

std::string re2_source(std::string_view pattern);

}  // namespace factmill
