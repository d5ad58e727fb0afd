// How numbers are written: digits, words, scales, fractions, ordinals. One row a form.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("number forms: digits") {
  check_amounts({
      {"0 of them", "0 = 0 bare"},
      {"a total of 8", "8 = 8 bare"},
      {"12 of 30", "12 = 12 bare; 30 = 30 bare"},
      {"4,321 of them", "4,321 = 4321"},
      {"10,000,000 of them", "10,000,000 = 10000000"},
      {"3.14159", "3.14159 = 3.14159"},
      {"1,234.5", "1,234.5 = 1234.5"},
      {".77 of it", ".77 = 0.77"},
      {"a ratio of .385", ".385 = 0.385"},
      {"(.5)", ".5 = 0.5"},
      {"$.09 a share", "$.09 a share = 0.09 USD/share"},
      {"-.25%", "{-.25%} .25% = -0.25 percent"},
      {"It ended. .NET followed", ""},
      {"wait..5", ""},
      {"v.5", ""},
      {"1,59,900 of them", "1,59,900 = 159900"},
      {"12,34,567.89 rupees", "12,34,567.89 rupees = 1234567.89 INR"},
      {"1,00,00,000 of them", "1,00,00,000 = 10000000"},
      {"05 minutes and 007", "05 minutes = 5 min"},
      {"99999999999999999999999999999999999999 of them", "99999999999999999999999999999999999999 = 99999999999999999999999999999999999999 bare"},
      {"99999999999999999999999999999999999999 trillion", ""},
      {"1.3e6 of them, 5e-3", "1.3e6 = 1300000; 5e-3 = 0.005"},
      {"6.23x10^4, 6.23 × 10^-4, 2 x 10^3 m", "6.23x10^4 = 62300; 6.23 × 10^-4 = 0.000623; 2 x 10^3 m = 2000 m"},
      {"1e99, 5e, 3ex6, 4x10", ""},
      {"-15 and +24", "{-15} 15 = -15 bare; {+24} 24 = 24 bare"},
  });
}

TEST_CASE("number forms: scales behind digits") {
  check_amounts({
      {"a model of 70B parameters, trained on 2T tokens", "70B = 70000000000; 2T = 2000000000000"},
      {"the 70B road and the 2T engine", ""},
      {"1.8e25 operations, 1.8e31", "1.8e25 = 18000000000000000000000000"},
      {"6.4 billion", "6.4 billion = 6400000000"},
      {"6.4bn", "6.4bn = 6400000000"},
      {"6.4-billion", "6.4-billion = 6400000000"},
      {"1.2 trillion", "1.2 trillion = 1200000000000"},
      {"3 quadrillion", "3 quadrillion = 3000000000000000"},
      {"10 bln or 10 tln", "10 bln = 10000000000; 10 tln = 10000000000000"},
      {"5 mln, 5 mn, 5 mio", "5 mln = 5000000; 5 mn = 5000000; 5 mio = 5000000"},
      {"145k", "145k = 145000"},
      {"100K and 250K", "100K = 100000; 250K = 250000"},
      {"4K video, 8K panels", ""},
      {"3M makes tape", ""},
      {"1.2M and 12M", "1.2M = 1200000; 12M = 12000000"},
      {"1.5B of them, a 7B model", "1.5B = 1500000000"},
      {"13 lakh", "13 lakh = 1300000"},
      {"2.53 lakh cars", "2.53 lakh cars = 253000 vehicle"},
      {"1 crore of them", "1 crore = 10000000"},
      {"three lakh crore", "three lakh crore = 3000000000000 words"},
      {"Rs 29.5 lakh", "Rs 29.5 lakh = 2950000 INR"},
      {"Rs 1,200 crore", "Rs 1,200 crore = 12000000000 INR"},
      {"20.6 wan", "20.6 wan = 206000"},
      {"20.6万", "20.6万 = 206000"},
      {"3.5亿元", "3.5亿元 = 350000000 CNY"},
      {"1.2万亿元", "1.2万亿元 = 1200000000000 CNY"},
      {"10 thousand million", "10 thousand million = 10000000000"},
      {"322 hundred", "322 hundred = 32200"},
      {"3 dozen and 200 dozens", "3 dozen = 36; 200 dozens = 2400"},
      {"4 thousand 3 hundred and 21", "4 thousand 3 hundred and 21 = 4321"},
      {"3 hundred and 21", "3 hundred and 21 = 321"},
      {"3 hundred and one", "3 hundred and one = 301"},
      {"3 hundred and 2 hundred", "3 hundred = 300; 2 hundred = 200"},
      {"2 million 300 thousand", "2 million 300 thousand = 2300000"},
      {"2 million 300 cars", "2 million = 2000000; 300 cars = 300 vehicle"},
      {"millions of cars", ""},
      {"Millions of cars", ""},
      {"tens of thousands, hundreds of millions", ""},
      {"several thousand, a few hundred, some hundreds", ""},
      {"double-digit growth, triple-digit losses", ""},
  });
}

TEST_CASE("number forms: words") {
  check_amounts({
      {"zero", "zero = 0 words"},
      {"in three of them", "three = 3 words"},
      {"sixteen", "sixteen = 16 words"},
      {"thirty three", "thirty three = 33 words"},
      {"Twenty-six of them", "Twenty-six = 26 words"},
      {"fourty-five", "fourty-five = 45 words"},
      {"one hundred", "one hundred = 100 words"},
      {"a hundred of them", "a hundred = 100 words"},
      {"a hundred and five", "a hundred and five = 105 words"},
      {"one hundred sixty-one", "one hundred sixty-one = 161 words"},
      {"one hundred and twenty-two", "one hundred and twenty-two = 122 words"},
      {"one twenty two", "one twenty two = 122 words"},
      {"twenty-one hundred", "twenty-one hundred = 2100 words"},
      {"ninety-five hundred", "ninety-five hundred = 9500 words"},
      {"two thousand", "two thousand = 2000 words"},
      {"two thousand and five", "two thousand and five = 2005 words"},
      {"one thousand two hundred and twenty four", "one thousand two hundred and twenty four = 1224 words"},
      {"twenty-one thousand eleven", "twenty-one thousand eleven = 21011 words"},
      {"two hundred and two thousand", "two hundred and two thousand = 202000 words"},
      {"seven hundred twenty-one thousand and twelve", "seven hundred twenty-one thousand and twelve = 721012 words"},
      {"two million three hundred thousand", "two million three hundred thousand = 2300000 words"},
      {"a million", "a million = 1000000 words"},
      {"thirty-one million two hundred fifty-six thousand seven hundred twenty-one",
       "thirty-one million two hundred fifty-six thousand seven hundred twenty-one = 31256721 words"},
      {"six hundred billion, five million six hundred fifty thousand, three hundred and seventy six",
       "six hundred billion, five million six hundred fifty thousand, three hundred and seventy six = 600005650376 words"},
      {"three crore twelve lakh fifty-six thousand", "three crore twelve lakh fifty-six thousand = 31256000 words"},
      {"one quadrillion two hundred thirty-four trillion five hundred sixty-seven billion eight hundred ninety million nine hundred eighty-seven "
       "thousand six hundred fifty-four",
       "one quadrillion two hundred thirty-four trillion five hundred sixty-seven billion eight hundred ninety million nine hundred eighty-seven "
       "thousand six hundred fifty-four = 1234567890987654 words"},
      {"twenty-one trillion three hundred", "twenty-one trillion three hundred = 21000000000300 words"},
      {"minus five, negative ten, minus one", "{minus five} five = -5 words; {negative ten} ten = -10 words; {minus one} one = -1 words"},
      {"two point two million", "two point two million = 2200000 words"},
      {"nine point nought four", "nine point nought four = 9.04 words"},
      {"two hundred point seventy-one", "two hundred point seventy-one = 200.71 words"},
      {"zero point five percent", "zero point five percent = 0.5 percent words"},
      {"1 point 1 million", "1 point 1 million = 1100000"},
      {"at this point 77 cars", "77 cars = 77 vehicle"},
      {"two dozen", "two dozen = 24 words"},
      {"a dozen of them", "a dozen of = 12 words"},
      {"half a dozen cities", "half a dozen cities = 6 city words"},
      {"a couple of cities", "a couple of cities = 2 city words"},
      {"a pair of stores", "a pair of stores = 2 store words"},
      {"two hundred dozens", "two hundred dozens = 2400 words"},
      {"one million and three hundred", "one million and three hundred = 1000300 words"},
      {"sold three million two years ago", "three million = 3000000 words"},
      {"ten million and five million", "ten million = 10000000 words; five million = 5000000 words"},
      {"one hundred and two hundred", "one hundred = 100 words; two hundred = 200 words"},
      {"two to three hundred", "two to three hundred = 200..300 range words"},
      {"two or three dozen", "two = 24 words; three dozen = 36 words"},
      {"twenty or thirty thousand", "twenty = 20000 words; thirty thousand = 30000 words"},
      {"between one hundred and five hundred", "{between one hundred and five hundred} one hundred and five hundred = 100..500 range words"},
      {"between one hundred and five", "{between one hundred and five} one hundred and five = 5..100 range words"},
      {"no one, the one, one of them, someone", ""},
      {"the twenties", ""},
  });
}

TEST_CASE("number forms: fractions") {
  check_amounts({
      {"a three-quarter-point cut, a quarter-point cut", "three-quarter-point = 0.75 pp words; quarter-point = 0.25 pp words"},
      {"half of its sales", "half = 50 percent bare words"},
      {"half the cars", "half = 50 percent bare words"},
      {"more than half of them", "{more than half} half = 50 percent more_than bare words"},
      {"in the first half", ""},
      {"half price, half-time, half empty", ""},
      {"a quarter of the market", "a quarter = 25 percent bare words"},
      {"quarter of them went", "quarter = 25 percent bare words"},
      {"in a quarter", ""},
      {"a third of all sales", "a third = 33.3 percent bare words"},
      {"cut by a third", "a third = 33.3 percent bare words"},
      {"by a third party", ""},
      {"a third model", "third = 3 ordinal words"},
      {"one-third", "one-third = 33.3 percent bare words"},
      {"one third of it", "one third = 33.3 percent bare words"},
      {"two thirds", "two thirds = 66.7 percent bare words"},
      {"two-thirds of them", "two-thirds = 66.7 percent bare words"},
      {"three-quarters", "three-quarters = 75 percent bare words"},
      {"three quarters of the total", "three quarters = 75 percent bare words"},
      {"for three quarters", "three quarters = 3 quarter words"},
      {"one-fifth, three fifths, one tenth", "one-fifth = 20 percent bare words; three fifths = 60 percent bare words; one tenth = 10 percent bare words"},
      {"twenty-three fifths", "twenty-three fifths = 460 percent bare words"},
      {"five eighths", "five eighths = 62.5 percent bare words"},
      {"half a million", "half a million = 500000 words"},
      {"half million yuan", "half million yuan = 500000 CNY words"},
      {"a half million", "a half million = 500000 words"},
      {"a quarter of a million cars", "a quarter of a million cars = 250000 vehicle words"},
      {"a quarter million", "a quarter million = 250000 words"},
      {"three-quarters of a million", "three-quarters of a million = 750000 words"},
      {"two thirds of a million", "two thirds of a million = 666666.666666667 words"},
      {"half an hour, half a year", "half an hour = 0.5 h words; half a year = 0.5 year words"},
      {"three-quarters of an hour", "three-quarters of an hour = 0.75 h words"},
      {"a quarter of an hour", "a quarter of an hour = 0.25 h words"},
      {"half a litre, half-litre, quarter mile", "half a litre = 0.5 L words; half-litre = 0.5 L words; quarter mile = 0.25 mi words"},
      {"a tenth of a percentage point", "a tenth of a percentage point = 0.1 pp words"},
      {"one and a half", "one and a half = 1.5 words"},
      {"two and a half million", "two and a half million = 2500000 words"},
      {"2 and a half years", "2 and a half years = 2.5 year"},
      {"three and a quarter hours", "three and a quarter hours = 3.25 h words"},
      {"two and three quarters", "two and three quarters = 2.75 words"},
      {"one hundred and three quarters", "one hundred and three quarters = 100.75 words"},
      {"3 million and a half", "3 million and a half = 3500000"},
      {"one billion and a half million", "one billion and a half million = 1000500000 words"},
      {"1/2 of it", "1/2 = 0.5"},
      {"1/3 of it, 3/4 of it", "1/3 = 0.333333333333333; 3/4 = 0.75"},
      {"1/2 cup, 3/4 mile", "1/2 cup = 0.5 cup; 3/4 mile = 0.75 mi"},
      {"2 1/4 inches, 10 1/2 miles", "2 1/4 inches = 2.25 inch; 10 1/2 miles = 10.5 mi"},
      {"1 3/4", "1 3/4 = 1.75"},
      {"2-1/2 inches, 1 and 1/2 cups", "2-1/2 inches = 2.5 inch; 1 and 1/2 cups = 1.5 cup"},
      {"-4/5", "{-4/5} 4/5 = -0.8"},
      {"24/7, 50/50, 9/9, 1/2/3, 30/360", ""},
      {"75/100-kWh packs", "75 = 75 kWh; 100-kWh = 100 kWh"},
      {"one fifth-generation car", "fifth = 5 ordinal words"},
      {"the third and fourth plants", "third = 3 ordinal words; fourth = 4 ordinal words"},
  });
}

TEST_CASE("number forms: fractions with neither scale nor unit say so") {
  const auto is_fraction = [](std::string_view text) { return read_values(text).values.at(0).fraction; };
  CHECK(is_fraction("3/4 of it"));
  CHECK_FALSE(is_fraction("half of it"));  // a share in percent
  CHECK_FALSE(is_fraction("half a million cars"));
  CHECK_FALSE(is_fraction("1/2 cup"));
  CHECK_FALSE(is_fraction("two and a half"));
  CHECK_FALSE(is_fraction("0.5"));
}

TEST_CASE("number forms: ordinals") {
  check_amounts({
      {"1st, 2nd, 3rd, 4th, 11th, 21st", "1st = 1 ordinal; 2nd = 2 ordinal; 3rd = 3 ordinal; 4th = 4 ordinal; 11th = 11 ordinal; 21st = 21 ordinal"},
      {"its 300,000th car", "300,000th = 300000 ordinal"},
      {"the 1,000th of them", "1,000th = 1000 ordinal"},
      {"eleventh, twentieth, ninetieth", "eleventh = 11 ordinal words; twentieth = 20 ordinal words; ninetieth = 90 ordinal words"},
      {"twenty-fifth", "twenty-fifth = 25 ordinal words"},
      {"forty second", "forty second = 42 ordinal words"},
      {"one hundred and third", "one hundred and third = 103 ordinal words"},
      {"one hundred twenty-fifth", "one hundred twenty-fifth = 125 ordinal words"},
      {"two hundredth", "two hundredth = 200 ordinal words"},
      {"one hundred and fifty first", "one hundred and fifty first = 151 ordinal words"},
      {"two thousand five hundredth", "two thousand five hundredth = 2500 ordinal words"},
      {"one-millionth, the ten millionth", "one-millionth = 1000000 ordinal words; ten millionth = 10000000 ordinal words"},
      {"the millionth car", "millionth = 1000000 ordinal words"},
      {"the 8 millionth, a 15-millionth", "8 millionth = 8000000 ordinal; 15-millionth = 15000000 ordinal"},
      {"five hundred thousandth", "five hundred thousandth = 500000 ordinal words"},
      {"twenty-one trillion and three hundred twenty second", "twenty-one trillion and three hundred twenty second = 21000000000322 ordinal words"},
      {"No. 1 in Germany, No 2, #3, number 4", "No. 1 = 1 ordinal; No 2 = 2 ordinal; #3 = 3 ordinal; number 4 = 4 ordinal"},
      {"for the first time, first of all, second-hand cars", ""},
      {"4th-generation, fifth-largest", "4th = 4 ordinal; fifth = 5 ordinal words"},
      {"thirds, fifths, seconds", ""},
  });
}

TEST_CASE("number forms: multiples") {
  check_amounts({
      {"2.5 times, 3x, 33x, 10-fold", "2.5 times = 2.5 times; 3x = 3 multiple; 33x = 33 multiple; 10-fold = 10 multiple"},
      {"twice as many", "twice = 2 multiple words"},
      {"more than twice the figure", "{more than twice} twice = 2 multiple more_than words"},
      {"double the figure", "double the = 2 multiple words"},
      {"a double room, double-shift, the double", ""},
      {"one and a half times", "one and a half times = 1.5 times words"},
      {"two-and-a-half times", "two-and-a-half times = 2.5 times words"},
      {"five times", "five times = 5 multiple words"},
      {"1,000 times, read 2.3 million times, read 5,000 times", "1,000 times = 1000 multiple; 2.3 million = 2300000; 5,000 = 5000"},
      {"tenfold, four-fold, a 1.2-fold rise", "tenfold = 10 multiple words; four-fold = 4 multiple words; 1.2-fold = 1.2 fold"},
      {"tripled, quadrupled, trebled", "tripled = 3 multiple words; quadrupled = 4 multiple words; trebled = 3 multiple words"},
  });
}

TEST_CASE("number forms: millions by their letter where things are counted") {
  check_amounts({
      {"26.9m new passenger cars", "26.9m = 26900000"},
      {"6.9m BEVs, 1.1m of EVs", "6.9m = 6900000; 1.1m = 1100000"},
      {"1.2m-1.3m units, 1.2m to 1.3m EVs", "1.2m-1.3m units = 1200000..1300000 vehicle range; 1.2m to 1.3m EVs = 1200000..1300000 vehicle range"},
      {"1.2m-1.3m high", "1.2m-1.3m = 1.2..1.3 m range"},
      {"Registrations hit 1.04m, up 14%.", "1.04m = 1040000; 14% = 14 percent"},
      {"The door is 1.04m, and wide.", "1.04m = 1.04 m"},
      {"6.9m boats, 1.1m of cable", "6.9m = 6.9 m; 1.1m = 1.1 m"},
      {"c1.13m EVs, c.30% and c20,000", "{c1.13m EVs} 1.13m EVs = 1130000 vehicle about; {c.30%} 30% = 30 percent about; {c20,000} 20,000 = 20000 about"},
      {"the C11 and c4", ""},
  });
}

TEST_CASE("number forms: what only looks like a number") {
  check_amounts({
      {"the 787-9 and the 737-800", ""},
      {"a vote of 52-48", "52-48 = 48..52 range bare"},
      {"call 400-820-0018 or (555) 123-4567 or +1 555 123 4567", ""},
      {"call +1 (650) 555-0134 or (021) 6768 1234", ""},
      {"page (100) 2,023 1,234, then (021) 6768 cars", "100 = 100 bare; 2,023 = 2023; 1,234 = 1234; 6768 cars = 6768 vehicle"},
      {"the Snapdragon 8295, ISO 26262 and a Boeing 737; a chip 8295 strong", "8295 = 8295 bare"},
      {"GB 38031-2025", ""},
      {"a Form 10-K, the 20-F and 8-K", ""},
  });
}

}  // namespace
}  // namespace factmill
