// The commands of bench that stand in files of their own.
#pragma once
#include <string>

namespace factmill::bench {

// The pack as it is, and with ten and a hundred times its names and rules: compile time, and time on both texts.
int measure_many(const std::string& rules, int rounds);
// Two runs' JSON: a change counts where the rounds of one run do not overlap those of the other.
int compare(const std::string& before, const std::string& after);

}  // namespace factmill::bench
