#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("ranges: both ends share unit and scale; a movement is no range") {
  check_amounts({
      {"RMB 15.1-16.0 billion", "RMB 15.1-16.0 billion = 15100000000..16000000000 CNY range"},
      {"RMB 3,000-3,200 million", "RMB 3,000-3,200 million = 3000000000..3200000000 CNY range"},
      {"RMB 129,800 to RMB 169,800", "RMB 129,800 to RMB 169,800 = 129800..169800 CNY range"},
      {"between 86,000 and 90,000 vehicles",
       "{between 86,000 and 90,000 vehicles} 86,000 and 90,000 vehicles = 86000..90000 vehicle range"},
      {"between 20% to 30%", "{between 20% to 30%} 20% to 30% = 20..30 percent range"},
      {"from 10 to 80 percent", "{from 10 to 80 percent} 10 to 80 percent = 10..80 percent range"},
      {"up about 43-49.6 percent", "{about 43-49.6 percent} 43-49.6 percent = 43..49.6 percent about approximate"},
      {"approximately 41.2% to 48.5%",
       "{approximately 41.2% to 48.5%} 41.2% to 48.5% = 41.2..48.5 percent about approximate"},
      {"1.5 million to 2 million units; 900,000 to 1.2 million units",
       "1.5 million to 2 million units = 1500000..2000000 vehicle range; "
       "900,000 to 1.2 million units = 900000..1200000 vehicle range"},
      {"RMB 200,000 - 300,000; $400-500 million",
       "RMB 200,000 - 300,000 = 200000..300000 CNY range; $400-500 million = 400000000..500000000 USD range"},
      {"SE L 60 – £34,350; Edition 85 - £38,650", "60 = 60 bare; £34,350 = 34350 GBP; 85 = 85 bare; £38,650 = 38650 GBP"},
      {"60–£70; 20,000 – £30,000", "60–£70 = 60..70 GBP range; 20,000 – £30,000 = 20000..30000 GBP range"},
      {"145-155k", "145-155k = 145000..155000 range"},
      {"raised from 550,000 to 620,000 vehicles", "550,000 = 550000 vehicle; 620,000 vehicles = 620000 vehicle"},
      {"dropped from about 70 percent in May", "{about 70 percent} 70 percent = 70 percent about"},
      {"rose from 10 percent to 15 percent", "10 percent = 10 percent; 15 percent = 15 percent"},
      {"cut by 20,000 yuan to 99,800 yuan", "20,000 yuan = 20000 CNY; 99,800 yuan = 99800 CNY"},
      {"up 40 to 45 percent", "40 to 45 percent = 40..45 percent range"},
      {"from 263,900 yuan to 258,900 yuan", "263,900 yuan = 263900 CNY; 258,900 yuan = 258900 CNY"},
      {"fell 3.4 percent to 20,000 yuan", "3.4 percent = 3.4 percent; 20,000 yuan = 20000 CNY"},
      {"RMB 272,900-130,000", "RMB 272,900-130,000 = 130000..272900 CNY range"},
      {"won 3-2", "3-2 = 2..3 range bare"},
      {"growth of +25-31% and -5-8%", "{+25-31%} 25-31% = 25..31 percent range; {-5-8%} 5-8% = -8..-5 percent range"},
      {"-5 to 8%", "{-5 to 8%} 5 to 8% = -5..8 percent range"},
      {"RMB 24.8-26.2 billion and 820,000 units", "RMB 24.8-26.2 billion = 24800000000..26200000000 CNY range; 820,000 units = 820000 vehicle"},
      {"one to two million, 15 to 20 thousand", "one to two million = 1000000..2000000 range words; 15 to 20 thousand = 15000..20000 range"},
  });
}

TEST_CASE("lists: currency goes right, scale and unit go left") {
  check_amounts({
      {"RMB 143, 169.2 and 220.3 billion",
       "RMB 143 = 143000000000 CNY; 169.2 = 169200000000 CNY; 220.3 billion = 220300000000 CNY"},
      {"RMB 161,800, 171,800 and 183,800", "RMB 161,800 = 161800 CNY; 171,800 = 171800 CNY; 183,800 = 183800 CNY"},
      {"500k, 630k, and 820k units", "500k = 500000 vehicle; 630k = 630000 vehicle; 820k units = 820000 vehicle"},
      {"37.2, 29.6 and 7.1 percent", "37.2 = 37.2 percent; 29.6 = 29.6 percent; 7.1 percent = 7.1 percent"},
      {"4,997/1,963/1,440 mm", "4,997 = 4997 mm; 1,963 = 1963 mm; 1,440 mm = 1440 mm"},
      {"4931x1960x1474 mm", "4931 = 4931 mm; 1960 = 1960 mm; 1474 mm = 1474 mm"},
      {"up to 2 or 3 million", "{up to 2} 2 = 2000000 up_to; 3 million = 3000000"},
      {"75/100-kWh packs", "75 = 75 kWh; 100-kWh = 100 kWh"},
      {"sold 21,340, 3 percent more", "21,340 = 21340; 3 percent = 3 percent"},
      {"RMB 215,900 and 87 stores", "RMB 215,900 = 215900 CNY; 87 stores = 87 store"},
      {"93,200 and 5 percent", "93,200 = 93200; 5 percent = 5 percent"},
  });
}

TEST_CASE("qualifiers: inside the outer span, verbs outside it") {
  check_amounts({
      {"about 5,000, around 5,000, roughly 5,000, ~5,000",
       "{about 5,000} 5,000 = 5000 about; {around 5,000} 5,000 = 5000 about; {roughly 5,000} 5,000 = 5000 about; "
       "{~5,000} 5,000 = 5000 about"},
      {"nearly 5,000, almost 5,000, under 5,000, fewer than 5,000",
       "{nearly 5,000} 5,000 = 5000 less_than; {almost 5,000} 5,000 = 5000 less_than; "
       "{under 5,000} 5,000 = 5000 less_than; {fewer than 5,000} 5,000 = 5000 less_than"},
      {"more than 5,000, over 5,000, exceeding 5,000, in excess of 5,000",
       "{more than 5,000} 5,000 = 5000 more_than; {over 5,000} 5,000 = 5000 more_than; "
       "{exceeding 5,000} 5,000 = 5000 more_than; {in excess of 5,000} 5,000 = 5000 more_than"},
      {"at least 5,000, no less than 5,000, 5,000 or more",
       "{at least 5,000} 5,000 = 5000 at_least; {no less than 5,000} 5,000 = 5000 at_least; "
       "{5,000 or more} 5,000 = 5000 at_least"},
      {"up to 5,000, as many as 5,000, no more than 5,000, as low as RMB 5,000",
       "{up to 5,000} 5,000 = 5000 up_to; {as many as 5,000} 5,000 = 5000 up_to; "
       "{no more than 5,000} 5,000 = 5000 up_to; {as low as RMB 5,000} RMB 5,000 = 5000 CNY as_low_as"},
      {"exceeded 5,000, topped 5,000", "5,000 = 5000 more_than; 5,000 = 5000 more_than"},
      {"a record 71,940, a record high of 30,050 cars",
       "{a record 71,940} 71,940 = 71940 record; "
       "{a record high of 30,050 cars} 30,050 cars = 30050 vehicle record"},
      {"handed over 68,400 cars", "68,400 cars = 68400 vehicle"},
      {"sub-200,000 yuan segment", "{sub-200,000 yuan} 200,000 yuan = 200000 CNY less_than"},
      {"more than about 5,000", "{more than about 5,000} 5,000 = 5000 more_than"},
  });
}

TEST_CASE("lists: hyphens that wait for a unit, slashes that are no fraction") {
  check_amounts({
      {"300-, 400- and 500-km versions", "300 = 300 km; 400 = 400 km; 500-km = 500 km"},
      {"60- and 80-kWh packs", "60 = 60 kWh; 80-kWh = 80 kWh"},
      {"300-, then 500-km versions", "300 = 300 bare; 500-km = 500 km"},
      {"60/80 kWh packs", "60 = 60 kWh; 80 kWh = 80 kWh"},
      {"a 3/16 inch bolt", "3/16 inch = 0.1875 inch"},
  });
}

TEST_CASE("qualifiers: a hyphen joins them to digits and to signs of money") {
  check_amounts({
      {"a sub-200,000-yuan car", "{sub-200,000-yuan} 200,000-yuan = 200000 CNY less_than"},
      {"a sub-$25,000 car, a sub-€25,000 one",
       "{sub-$25,000} $25,000 = 25000 USD less_than; {sub-€25,000} €25,000 = 25000 EUR less_than"},
      {"a sub-standard price", ""},
  });
}

TEST_CASE("qualifiers: a comparison with an amount before it bounds nothing") {
  check_amounts({
      {"3 percent more than 40,000 units", "3 percent = 3 percent; 40,000 units = 40000 vehicle"},
      {"5,000 yuan less than 100,000 yuan", "5,000 yuan = 5000 CNY; 100,000 yuan = 100000 CNY"},
      {"10 times more than 300 of them", "10 times = 10 multiple; 300 = 300 bare"},
      {"in May more than 40,000 units", "{more than 40,000 units} 40,000 units = 40000 vehicle more_than"},
      {"the third more than 40,000 units long", "third = 3 ordinal words; {more than 40,000 units} 40,000 units = 40000 vehicle more_than"},
      {"20 cars, more than 3 of them red", "20 cars = 20 vehicle; {more than 3} 3 = 3 more_than bare"},
      {"prices lower than 100,000 yuan", "100,000 yuan = 100000 CNY"},
  });
  check_annotated({
      {"lower than 3.5 miles", "{lower than 3.5 miles} 3.5 miles = 3.5 mi less_than"},
      {"prices higher than 100,000 yuan", "{higher than 100,000 yuan} 100,000 yuan = 100000 CNY more_than"},
      {"cheaper than $20,000 here, not lower than $15,000 there",
       "{cheaper than $20,000} $20,000 = 20000 USD less_than; {not lower than $15,000} $15,000 = 15000 USD at_least"},
      {"3 percent lower than 40,000 units", "3 percent = 3 percent; 40,000 units = 40000 vehicle"},
      {"a price of 265,800 yuan, lower than 279,900 yuan", "265,800 yuan = 265800 CNY; 279,900 yuan = 279900 CNY"},
  });
}

TEST_CASE("qualifiers: words behind an amount that begin another are not its own") {
  check_amounts({
      {"down 5.3 percent and up 24 percent", "5.3 percent = 5.3 percent; 24 percent = 24 percent"},
      {"down 5 percent and up by about 24 percent", "5 percent = 5 percent; {about 24 percent} 24 percent = 24 percent about"},
      {"cars of 300 km and up sell", "{300 km and up} 300 km = 300 km at_least"},
  });
}

TEST_CASE("marks: where something stands, not by how much it moved") {
  const auto at_mark = [](std::string_view text) { return read_values(text).values.at(0).at_mark; };
  CHECK(at_mark("fell below 60 percent"));
  CHECK(at_mark("climbed above 20,000 units"));
  CHECK_FALSE(at_mark("fell nearly 60 percent"));
  CHECK_FALSE(at_mark("fell 60 percent, below the plan"));
}

}  // namespace
}  // namespace factmill
