#include "text/unwrap.h"

#include <doctest/doctest.h>

#include <string>

using factmill::unwrap;

namespace {

std::string unwrapped(std::string text) {
  unwrap(text);
  return text;
}

}  // namespace

TEST_CASE("unwrap: lines that end where the next word would not have fitted are one paragraph") {
  CHECK(unwrapped("Net profit rose to 11.6 billion yuan ($1.63 billion) in the\n"
                  "July-September quarter, the company said on Monday, from 10.4\n"
                  "billion yuan a year earlier.\n") ==
        "Net profit rose to 11.6 billion yuan ($1.63 billion) in the "
        "July-September quarter, the company said on Monday, from 10.4 "
        "billion yuan a year earlier.\n");
}

TEST_CASE("unwrap: a short line that ends a sentence ends its paragraph") {
  CHECK(unwrapped("Net profit rose to 11.6 billion yuan ($1.63 billion) in the\n"
                  "July-September quarter, the company said.\n"
                  "Deliveries of its second brand came to 30,207 vehicles in the\n"
                  "quarter, which was more than it had guided for in August of\n"
                  "last year.") ==
        "Net profit rose to 11.6 billion yuan ($1.63 billion) in the "
        "July-September quarter, the company said.\n"
        "Deliveries of its second brand came to 30,207 vehicles in the "
        "quarter, which was more than it had guided for in August of "
        "last year.");
}

TEST_CASE("unwrap: lists, headlines and paragraphs of a line each stay as they are") {
  for (const char* text : {
           "ES6 (five seats, the best-selling model of the brand so far): 2,936\nEC6: 1,635\nES8: 746\nET7: 1,707\n",
           "Nio delivers 20,176 vehicles in August, up 4.4 percent from a year ago\nXpeng starts presale of MONA M03\nBYD opens plant\n",
           "Nio delivered 20,176 vehicles in August.\n\nXPeng delivered 14,036 vehicles in the same month.\n\nLi Auto delivered 48,122.\n",
           "one two\nthree four\nfive six\n",
           "                 H1 2025 (GWh)   H1 2024 (GWh)   Growth   Share\nCATL                    194.7           141.2           37.9%    37.8%\n"
           "BYD                     91.7            57.9            58.4%    17.8%\nCALB                    22.2            17.2            29.1%    4.3%\n",
           "\n\n\n",
           "",
           "a line of seventy characters that is followed by nothing but its own end",
       }) {
    CAPTURE(text);
    CHECK(unwrapped(text) == text);
  }
}
