#include "mention/value.h"

#include <array>

namespace factmill {
namespace {

constexpr std::array<std::string_view, 9> kTypeNames = {"number",  "money",    "percent", "points",  "quantity",
                                                        "ordinal", "multiple", "date",    "duration"};
constexpr std::array<std::string_view, 9> kQualifierNames = {"exact", "about", "more_than", "at_least", "less_than",
                                                             "up_to", "as_low_as", "range",  "record"};

constexpr std::array<std::string_view, 4> kChoiceNames = {"currency", "decimal_sign", "date_order", "holiday"};
constexpr std::array<std::string_view, 5> kReasonNames = {"nothing", "site", "document", "countries", "published"};

}  // namespace

std::string_view choice_name(Choice::Of of) { return kChoiceNames[static_cast<size_t>(of)]; }
std::string_view choice_name(Choice::By by) { return kReasonNames[static_cast<size_t>(by)]; }
std::string_view value_type_name(ValueType type) { return kTypeNames[static_cast<size_t>(type)]; }
std::string_view qualifier_name(Qualifier qualifier) { return kQualifierNames[static_cast<size_t>(qualifier)]; }

}  // namespace factmill
