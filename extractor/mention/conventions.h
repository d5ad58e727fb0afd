// How one document writes what can be read in two ways: which dollar "$" is, which of 03/04/2025 is the month, whether
// 10.000 is ten or ten thousand. Decided once for the whole document, with what decided it, where the text leaves it
// open:
//
//   the domain of the site      example.com.au
//   the document's other words  2.345,6 beside 10.000, 27/06/2025 beside 03/04/2025, yen beside ¥
//   the countries it names      "Sydney ... Australian ... $45,000"
//   the publish date            09/08/2024 in August 2024 is the 9th
//                               Labor Day of a Chinese page is in May
//   nothing                     the usual reading stands, and the value says that it is open
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "mention/names.h"
#include "mention/value.h"
#include "ruleset/locales.h"
#include "text/document.h"

namespace factmill {

// Where the document is at home: the host of its URL, else what it calls its site.
std::string_view home_site(const Document& document);

// Immutable, shared by threads.
class Conventions {
 public:
  // Both must outlive this.
  Conventions(const LocaleTable& locales, const ValueTables& tables);

  // The sign before the decimals, from a reading with the point: a comma asks for a second one.
  DecimalSign decimal_sign(const Document& document, const ValueList& values) const;
  // Settles what is open in the values of a document, and adds to `values.choices` what decided it.
  void settle(const Document& document, ValueList& values) const;

 private:
  struct Vote {
    const Locale* locale = nullptr;
    Span first;  // where the text names it first
    int count = 0;
  };
  class Votes;

  void settle_currencies(const Document& document, Votes& votes, ValueList& values) const;
  std::optional<Choice> choose_currency(const Document& document, Votes& votes, const ValueList& values, uint16_t mark,
                                        uint16_t& unit) const;
  void settle_dates(const Document& document, ValueList& values) const;
  void settle_holidays(const Document& document, Votes& votes, ValueList& values) const;
  void settle_decimals(const Document& document, ValueList& values) const;

  const LocaleTable& locales_;
  const ValueTables& tables_;
  NameIndex names_;
};

}  // namespace factmill
