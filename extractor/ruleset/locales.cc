#include "ruleset/locales.h"

#include <algorithm>

namespace factmill {

void LocaleTable::add(const RuleFile& file, const ValueTables& tables) {
  file.root().allow_keys({"locales"});
  for (const RuleNode& node : file.root()["locales"].items()) {
    node.allow_keys({"locale", "currency", "domains", "names", "dates", "decimals"});
    Locale& locale = locales_.emplace_back();
    locale.code = node["locale"].required_text();
    const std::string currency = node["currency"].required_text();
    locale.currency = tables.find(currency);
    if (locale.currency == 0) node["currency"].error(message({"no currency '", currency, "'"}));
    locale.month_first = node["dates"].one_of({"day_first", "month_first"}, "day_first") == "month_first";
    locale.decimals =
        node["decimals"].one_of({"point", "comma"}, "point") == "comma" ? DecimalSign::comma : DecimalSign::point;
    locale.domains = node["domains"].texts();
    locale.names = node["names"].texts();
  }
}

const Locale* LocaleTable::of_site(std::string_view site) const {
  const size_t dot = site.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view domain = site.substr(dot + 1);
  for (const Locale& locale : locales_) {
    if (std::find(locale.domains.begin(), locale.domains.end(), domain) != locale.domains.end()) return &locale;
  }
  return nullptr;
}

}  // namespace factmill
