// Ranges whose ends are of two kinds, stretches at one edge of a period, and what a sentence's verbs say of a date.
#include "unit/mention/date_timex.h"

namespace factmill {
namespace {

TEST_CASE("timex: ranges whose ends are of two kinds") {
  check_timexes({
      {"It ran from 2007 to the end of 2008.", "2007 to the end of 2008 = 2007-01-01/2008-12-31"},
      {"Sales between Jan. 22 and now rose.", "Jan. 22 and now = 2024-01-22/2024-08-21"},
      {"It ran in May 2015 through 2018.", "May 2015 through 2018 = 2015-05-01/2018-12-31"},
      {"Output from April until the end of June rose.", "April until the end of June = 2024-Q2"},
      {"Output from Feb. 1 to March 2019 rose.", "Feb. 1 to March 2019 = 2019-02-01/2019-03-31"},
      {"It ran from next Monday to Friday.", "next Monday to Friday = 2024-08-26/2024-08-30"},
      {"Sales from Nov. 5 to February fell.", "Nov. 5 to February = 2023-11-05/2024-02-29"},
      {"Sales in Nov-Feb 2024 fell.", "Nov-Feb 2024 = 2023-11-01/2024-02-29"},
      // A movement, a joint without a lead, and an end that is none.
      {"It was postponed from March 2024 to the end of 2025.", "March 2024 = 2024-03; the end of 2025 = 2025 END"},
      {"It moved its May 2024 to 2026 plan.", "May 2024 = 2024-05; 2026 = 2026"},
      {"It ran from 2007 to the end.", "2007 = 2007"},
  });
}

TEST_CASE("timex: stretches at an edge") {
  check_timexes({
      {"Sales in the first 20 days of March fell.", "the first 20 days of March = 2024-03-01/2024-03-20"},
      {"Sales in the first three weeks of October 2023 fell.", "the first three weeks of October 2023 = 2023-10-01/2023-10-21"},
      {"Sales in the last four months of 2021 fell.", "the last four months of 2021 = 2021-09-01/2021-12-31"},
      {"It sold 500 within the first 18 hours.", "the first 18 hours = DURATION PT18H"},
      {"Sales fell for a fifth straight month.", "a fifth straight month = DURATION P5M"},
      {"Sales in week 31 of last year fell.", "week 31 of last year = 2023-W31"},
      {"It rested on the Labor Day weekend.", "the Labor Day weekend = 2024-W35-WE"},
      {"It sold 23 next month.", "next month = 2024-09"},
  });
}

TEST_CASE("timex: years in words and behind a day or a month") {
  check_timexes({
      {"It began in twenty twenty-three.", "twenty twenty-three = 2023"},
      {"It began in October two thousand and five.", "October two thousand and five = 2005-10"},
      {"It began on June 28 in 2020.", "June 28 in 2020 = 2020-06-28"},
      {"It began on 4th of July of 1995.", "4th of July of 1995 = 1995-07-04"},
      {"It began in 2017 April.", "2017 April = 2017-04"},
      {"It began on 17 August 1656.", "17 August 1656 = 1656-08-17"},
      {"It has twenty twenty-inch wheels.", ""},
  });
}

TEST_CASE("timex: a length beside an event without a date is a length") {
  check_timexes({
      {"It started about a month earlier than usual.", "a month = DURATION P1M"},
      {"It opened a year later than expected.", "a year = DURATION P1Y"},
      {"It came two weeks earlier than planned.", ""},
      {"It came two weeks earlier.", "two weeks earlier = 2024-08-07"},
      {"It fell from a year earlier.", "a year earlier = 2023"},
      {"An hour before her colleagues met, she left.", "An hour = DURATION PT1H"},
      {"It came minutes before the train left.", "minutes = DURATION PTXM"},
      {"Just weeks after its launch, the price was cut.", "weeks = DURATION PXW"},
      {"Months later, it failed.", "Months = DURATION PXM"},
      {"It is the largest in years.", "years = DURATION PXY"},
      {"It was sold a week before.", "a week before = 2024-08-14"},
      {"Opening hours vary; the days grow.", ""},
      {"over the next decade, in the past decade", "the next decade = DURATION P10Y; the past decade = DURATION P10Y"},
  });
}

TEST_CASE("timex: what is nothing but a date lies ahead, a heading does not") {
  check_timexes({
      {"July", "July = 2025-07"},
      {"in July", "July = 2025-07"},
      {"July deliveries", "July = 2024-07"},
      {"second-quarter revenue", "second-quarter = 2024-Q2"},
      {"twenty nineteen", "twenty nineteen = 2019"},
      {"twenty nineteen-inch wheels", ""},
  });
}

TEST_CASE("timex: words of tense that say nothing of time") {
  check_timexes({
      {"Growth was mainly due to sales in the second quarter.", "the second quarter = 2024-Q2"},
      {"The plant is due to open in the first quarter.", "the first quarter = 2025-Q1"},
      {"It had a wider-than-expected first-quarter loss.", "first-quarter = 2024-Q1"},
      {"It sold more each month since May, except August.", "each month = SET P1M; May = 2024-05; August = 2024-08"},
      {"The show opens on Friday.", "Friday = 2024-08-23"},
      {"Losses grew in the quarter ended June 30.", "the quarter = 2024-Q2; June 30 = 2024-06-30"},
      {"Losses grew in the quarter that June 30 opened.", "the quarter = 2024-Q2; June 30 = 2024-06-30"},
      {"Its current price rose; a charging current did not.", "current = PRESENT_REF"},
  });
}

}  // namespace
}  // namespace factmill
