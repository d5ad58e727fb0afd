// Where texts are at home, and how such texts write: rules/common/locales.yaml.
//
//   locales:
//     - {locale: AU, currency: AUD, domains: [au], names: [Australia, Sydney]}
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/rule_file.h"
#include "ruleset/value_tables.h"

namespace factmill {

struct Locale {
  std::string code;       // AU
  uint16_t currency = 0;  // unit of ValueTables
  bool month_first = false;
  DecimalSign decimals = DecimalSign::point;
  std::vector<std::string> domains;
  std::vector<std::string> names;
};

// Immutable after loading, shared by threads.
class LocaleTable {
 public:
  void add(const RuleFile& file, const ValueTables& tables);
  const std::vector<Locale>& all() const { return locales_; }
  // Of a site's name such as example.com.au; null where its last part says nothing.
  const Locale* of_site(std::string_view site) const;

 private:
  std::vector<Locale> locales_;
};

}  // namespace factmill
