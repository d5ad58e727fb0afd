// What a whole document decides: each row is a site, a text, and every value of it that could be read in two ways.
#include "mention/conventions.h"

#include "base/diagnostics.h"
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

const LocaleTable& locales() {
  static const LocaleTable table = [] {
    Diagnostics diagnostics;
    LocaleTable loaded;
    loaded.add(RuleFile::read(std::string(FACTMILL_SOURCE_DIR) + "/rules/common/locales.yaml", diagnostics),
               common_tables());
    REQUIRE_MESSAGE(!diagnostics.has_errors(), diagnostics.render());
    return loaded;
  }();
  return table;
}

// "$45,000 = AUD by countries 'Sydney'; ..."
std::string choices_of(std::string_view site, std::string_view text) {
  Document document;
  document.site = site;
  document.text = text;
  document.paragraphs.push_back({{0, static_cast<uint32_t>(text.size())}, Zone::body});
  const Conventions conventions(locales(), common_tables());
  const ValueReader reader(common_tables());
  ValueList values;
  reader.read(text, document.paragraphs[0].span, values);
  if (const DecimalSign sign = conventions.decimal_sign(document, values); sign != DecimalSign::point) {
    values.clear();
    reader.read(text, document.paragraphs[0].span, values, sign);
  }
  conventions.settle(document, values);
  std::string all;
  for (const Value& value : values.values) {
    if (value.choice == 0) continue;
    const Choice& choice = values.choices[value.choice - 1];
    all += (all.empty() ? "" : "; ") + std::string(value.span.of(text)) + " = " + value.low.to_string();
    if (value.unit != 0) all += " " + common_tables().unit(value.unit).name;
    all += " by " + std::string(choice_name(choice.by));
    if (!choice.evidence.empty()) all += " '" + std::string(choice.evidence.of(text)) + "'";
    if (value.unit_ambiguous) all += " ambiguous";
  }
  return all;
}

struct Page {
  std::string_view site, text, expected;
};

void check(std::initializer_list<Page> pages) {
  for (const Page& page : pages) {
    CAPTURE(page.text);
    CHECK(choices_of(page.site, page.text) == page.expected);
  }
}

TEST_CASE("conventions: the dollar is the US one unless the site or the countries say otherwise") {
  check({
      {"example.com", "It costs $45,000.", ""},
      {"example.com.au", "It costs $45,000.", "$45,000 = 45000 AUD by site"},
      {"example.ca", "A rebate of $5,000 for 70 cents", "$5,000 = 5000 CAD by site; 70 cents = 0.7 CAD by site"},
      {"example.co.nz", "from 61,990 dollars", "61,990 dollars = 61990 NZD by site"},
      {"", "Australian buyers in Sydney and Melbourne pay $45,000.", "$45,000 = 45000 AUD by countries 'Australian'"},
      // Two names are not enough for a sign that is nearly always the US one.
      {"", "Australian buyers in Sydney pay $45,000.", ""},
      // The local price stands beside it, so "$" is another.
      {"", "Australian buyers in Sydney and Melbourne pay A$45,000 ($29,600).", ""},
      {"", "Buyers in Australia, where Sydney and Melbourne lead, pay RMB 215,900 ($30,260).", ""},
      // As many American names as Canadian ones.
      {"", "Canada, Canadian and Ontario against the US, Texas and American makers: $45,000.", ""},
      // A site of a country without a dollar says nothing of it.
      {"example.de", "It costs $45,000.", ""},
  });
}

TEST_CASE("conventions: signs of several currencies go with the site, other amounts, countries; else they stay open") {
  check({
      {"", "¥3 billion", "¥3 billion = 3000000000 CNY by nothing ambiguous"},
      {"example.jp", "¥3 billion", "¥3 billion = 3000000000 JPY by site"},
      {"", "a profit of 80 billion yen on sales of ¥3 trillion",
       "¥3 trillion = 3000000000000 JPY by document '80 billion yen'"},
      {"", "RMB 215,900 in May and ¥205,900 in June", "¥205,900 = 205900 CNY by document 'RMB 215,900'"},
      // Both are spoken of: nothing decides.
      {"", "80 billion yen, RMB 3 billion and ¥5 billion", "¥5 billion = 5000000000 CNY by nothing ambiguous"},
      {"", "Norwegian buyers in Oslo pay 399,900 kr.", "399,900 kr. = 399900 NOK by countries 'Norwegian'"},
      {"example.dk", "from 299,995 kr", "299,995 kr = 299995 DKK by site"},
      {"", "from 299,995 kr", "299,995 kr = 299995 SEK by nothing ambiguous"},
      {"example.com.mx", "358,800 pesos", "358,800 pesos = 358800 MXN by site"},
      {"", "Filipino drivers in Manila pay 998,000 pesos", "998,000 pesos = 998000 PHP by countries 'Filipino'"},
      {"", "Pakistani plants near Karachi: 8.9 million rupees", ""},
  });
}

TEST_CASE("conventions: a page that writes 12,7 writes 10.000 for ten thousand") {
  check({
      {"", "Up 12,7 percent to 10.000.",
       "12,7 percent = 12.7 percent by document '12,7'; 10.000 = 10000 by document '12,7'"},
      {"", "Some 10.000, up 12,7 percent",
       "10.000 = 10000 by document '12,7'; 12,7 percent = 12.7 percent by document '12,7'"},
      {"", "From 1.234.567 to 900.000, a fall of 27 percent",
       "1.234.567 = 1234567 by document '1.234.567'; 900.000 = 900000 by document '1.234.567'"},
      {"", "10.000 and 6.4 percent", ""},
      {"example.de", "Es waren 10.000", "10.000 = 10000 by site"},
      {"example.com", "a ratio of 10.000", ""},
      // English digits outweigh a slip.
      {"", "1,234 and 5,678 and 12,7 percent and 10.000", "12,7 percent = 12.7 percent by document '12,7'"},
      // Nothing that is counted comes in thousandths.
      {"", "sold 7.777 vehicles at 6.4 percent", "7.777 vehicles = 7777 vehicle by document '7.777 vehicles'"},
      {"", "sold 7.777 million vehicles", ""},
      // A list of figures with three digits each is one of thousands, unless one has other decimals.
      {"", "29.706, then 9.208, then 3.017, then 1.118",
       "29.706 = 29706 by document '29.706'; 9.208 = 9208 by document '29.706'; 3.017 = 3017 by document '29.706'; "
       "1.118 = 1118 by document '29.706'"},
      {"", "29.706, then 9.208, then 3.017", ""},
      {"", "29.706, then 9.208, then 3.017, then 1.118, then 2.5", ""},
      {"", "56.232 billion, then 4.263 billion, then 2.883 billion, then 1.118 billion", ""},
      // Who writes decimals so parts thousands by a blank.
      {"", "Up 12,7 percent, to kr 12 112 a car", "12,7 percent = 12.7 percent by document '12,7'; kr 12 112 a car = 12112 SEK by nothing ambiguous"},
      {"", "71'599 cars and 12.345,67 euros", "12.345,67 euros = 12345.67 EUR by document '12.345,67'"},
  });
}

// "03/04/2025 = 2025-04-03 by document '27/06/2025'; ..."
std::string date_choices_of(std::string_view site, std::string_view text, std::optional<Day> published) {
  Document document;
  document.site = site;
  document.text = text;
  document.published = published;
  document.paragraphs.push_back({{0, static_cast<uint32_t>(text.size())}, Zone::body});
  const Conventions conventions(locales(), common_tables());
  ValueList values = read_values(text);
  conventions.settle(document, values);
  std::string all;
  for (const Value& value : values.values) {
    if (value.choice == 0) continue;
    const Choice& choice = values.choices[value.choice - 1];
    all += (all.empty() ? "" : "; ") + std::string(value.span.of(text)) + " = " + resolve_date(values.dates[value.date], {})->text;
    all += " by " + std::string(choice_name(choice.by));
    if (!choice.evidence.empty()) all += " '" + std::string(choice.evidence.of(text)) + "'";
  }
  return all;
}

TEST_CASE("conventions: a document is at home where its URL is") {
  Document document;
  document.site = "Example News";
  CHECK(home_site(document) == "Example News");
  document.source.url = "https://www.example.com.au:8080/2024/08/ev?x=1";
  CHECK(home_site(document) == "www.example.com.au");
  document.source.url = "archive/article.txt";
  CHECK(home_site(document) == "Example News");
}

// "Labor Day = 2024-09-02 by countries 'U.S.'"
std::string holidays_of(std::string_view site, std::string_view text) {
  Document document;
  document.site = site;
  document.text = text;
  document.published = make_day(2024, 10, 10);
  document.paragraphs.push_back({{0, static_cast<uint32_t>(text.size())}, Zone::body});
  ValueList values;
  ValueReader(common_tables()).read(text, document.paragraphs[0].span, values, DecimalSign::point, ReadFor::annotations);
  Conventions(locales(), common_tables()).settle(document, values);
  std::string all;
  for (const Value& value : values.values) {
    if (value.choice == 0) continue;
    const Choice& choice = values.choices[value.choice - 1];
    const DateContext context{document.published, {}, Direction::past, &common_tables().calendar()};
    all += (all.empty() ? "" : "; ") + std::string(value.span.of(text)) + " = " + resolve_date(values.dates[value.date], context)->text;
    all += " by " + std::string(choice_name(choice.by));
    if (!choice.evidence.empty()) all += " '" + std::string(choice.evidence.of(text)) + "'";
  }
  return all;
}

TEST_CASE("conventions: which day a holiday is") {
  CHECK(holidays_of("", "Sales fell after Labor Day.") == "Labor Day = 2024-09-02 by nothing");
  CHECK(holidays_of("example.cn", "Sales fell after Labor Day.") == "Labor Day = 2024-05-01 by site");
  CHECK(holidays_of("example.gov", "China and Beijing: sales fell after Labor Day.") == "Labor Day = 2024-09-02 by site");
  CHECK(holidays_of("", "Chinese sales fell in Beijing over the Labor Day holiday.") == "the Labor Day holiday = 2024-05-01/2024-05-05 by countries 'Chinese'");
  CHECK(holidays_of("", "Sales fell in China after Christmas.") == "");
}

TEST_CASE("conventions: which of 03/04/2025 is the month") {
  const auto day = [](int y, unsigned m, unsigned d) { return std::optional<Day>(make_day(y, m, d)); };
  CHECK(date_choices_of("", "Sales on 03/04/2025.", {}) == "03/04/2025 = 2025-03-04 by nothing");
  CHECK(date_choices_of("example.co.uk", "Sales on 03/04/2025.", {}) == "03/04/2025 = 2025-04-03 by site");
  CHECK(date_choices_of("example.gov", "Sales on 03/04/2025.", {}) == "03/04/2025 = 2025-03-04 by site");
  CHECK(date_choices_of("", "On 27/06/2025, then on 03/07/2025.", {}) == "03/07/2025 = 2025-07-03 by document '27/06/2025'");
  CHECK(date_choices_of("example.de", "On 06/27/2025, then on 07/03/2025.", {}) == "07/03/2025 = 2025-07-03 by document '06/27/2025'");
  // The document contradicts itself: the site decides.
  CHECK(date_choices_of("example.de", "06/27/2025, 28/06/2025 and 07/03/2025.", {}) == "07/03/2025 = 2025-03-07 by site");
  // In April the 3rd is over, and the 4th of March as well; on March 20 only the latter.
  CHECK(date_choices_of("", "Sales on 03/04/2025.", day(2025, 4, 20)) == "03/04/2025 = 2025-03-04 by nothing");
  CHECK(date_choices_of("", "Sales on 09/08/2024.", day(2024, 8, 12)) == "09/08/2024 = 2024-08-09 by published");
  // The ends of a range are in one order, and the other dates with them.
  CHECK(date_choices_of("example.com", "27/06/2025 to 03/07/2025, then 05/07/2025", {}) == "05/07/2025 = 2025-07-05 by document '27/06/2025 to 03/07/2025'");
  CHECK(date_choices_of("example.de", "03/04/2025 to 05/06/2025", {}) == "03/04/2025 to 05/06/2025 = 2025-04-03/2025-06-05 by site");
  CHECK(date_choices_of("", "Sales on 05/05/2025 and 2025-03-04.", {}) == "");
}

}  // namespace
}  // namespace factmill
