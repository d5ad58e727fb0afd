#include "mention/value.h"

#include <array>

namespace factmill {
namespace {

constexpr std::array<std::string_view, 9> kTypeNames = {"number",  "money",    "percent", "points",  "quantity",
                                                        "ordinal", "multiple", "date",    "duration"};
constexpr std::array<std::string_view, 9> kQualifierNames = {"exact", "about", "more_than", "at_least", "less_than",
                                                             "up_to", "as_low_as", "range",  "record"};

}  // namespace

std::string_view value_type_name(ValueType type) { return kTypeNames[static_cast<size_t>(type)]; }
std::string_view qualifier_name(Qualifier qualifier) { return kQualifierNames[static_cast<size_t>(qualifier)]; }

}  // namespace factmill
