// Built against an installed factmill: headers found, library and what it needs linked, rules in their place.
#include <base/decimal.h>
#include <base/hash.h>
#include <ruleset/pattern.h>
#include <ruleset/rule_file.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const factmill::Result<factmill::Pattern> pattern = factmill::Pattern::compile("(\\d+) vehicles");
  factmill::Span groups[2];
  const std::string_view text = "deliveries of 27307 vehicles";
  if (!pattern || !pattern->find(text, 0, groups)) return 1;
  const std::optional<factmill::Decimal> value = factmill::Decimal::parse(groups[1].of(text));

  factmill::Diagnostics diagnostics;
  const factmill::RuleFile file = factmill::RuleFile::read(argv[1], diagnostics);
  if (!value || !file.root().present()) return 1;
  std::cout << value->to_string() << '\n';
}
