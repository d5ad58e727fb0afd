#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("numbers: grouping, scales and words; half-known groups are no number") {
  check_amounts({
      {"sold 1,234,567 of them", "1,234,567 = 1234567"},
      {"a run of 1234567", "1234567 = 1234567 bare"},
      {"6.4 billion miles away", "6.4 billion miles = 6400000000 mi"},
      {"5 bn, 3mn and 1.2 trillion", "5 bn = 5000000000; 3mn = 3000000; 1.2 trillion = 1200000000000"},
      {"500k, 45k units and 4K video", "500k = 500000; 45k units = 45000 vehicle"},
      {"1 234 567 vehicles", "1 234 567 vehicles = 1234567 vehicle"},
      {"1,59,900 and 12,34", "1,59,900 = 159900"},
      {"2,2382 units", ""},
      {"half a million, a dozen and two dozen vehicles",
       "half a million = 500000 vehicle words; a dozen = 12 vehicle words; two dozen vehicles = 24 vehicle words"},
      {"twenty-seven cities and one hundred and five stores",
       "twenty-seven cities = 27 city words; one hundred and five stores = 105 store words"},
      {"two hundred thousand and ten million", "two hundred thousand = 200000 words; ten million = 10000000 words"},
      {"three versions; one version; the one; no one", "three = 3 words"},
      {"31,500 within an hour of launch; it took an hour", "31,500 = 31500; an hour = 1 h words"},
      {"1.07 million units of the L60", "1.07 million units = 1070000 vehicle"},
      {"100 million kilometers", "100 million kilometers = 100000000 km"},
      {"600+ stations, 590,000+ third-party piles, 10,000-plus orders",
       "600+ stations = 600 station more_than; {590,000+} 590,000 = 590000 more_than; "
       "10,000-plus orders = 10000 order more_than"},
      {"several million, a few hundred, tens of thousands", ""},
      {"123456789012345678901234567890 and 1234567890123456789012345678901234567890",
       "123456789012345678901234567890 = 123456789012345678901234567890 bare"},
  });
}

TEST_CASE("ordinals: digits with endings, words, No.; \"first time\" is none") {
  check_amounts({
      {"the second store, the 27th store", "second = 2 ordinal words; 27th = 27 ordinal"},
      {"No. 3 in China, ranked #1, No 4", "No. 3 = 3 ordinal; #1 = 1 ordinal; No 4 = 4 ordinal"},
      {"its 300,000th vehicle, the one-millionth, the 8 millionth",
       "300,000th = 300000 ordinal; one-millionth = 1000000 ordinal words; 8 millionth = 8000000 ordinal"},
      {"twenty-first, second-largest, third-best",
       "twenty-first = 21 ordinal words; second = 2 ordinal words; third = 3 ordinal words"},
      {"for the first time, second only to Nio", ""},
  });
}

TEST_CASE("numbers: names, versions, tickers, clocks, telephones and links hold none") {
  check_amounts({
      {"SU7 P7+ ID.4 ET5 X9 L60 C-HR CS-75", ""},
      {"DM-i 5.0 and ADS 3.0 and OTA 6.5.0 and 4.0", ""},
      {"version 2.5 and XNGP 5 and Gen 3", ""},
      {"245/45 R19 and 255/40ZR20", ""},
      {"(HKG: 1810, OTCMKTS: XIACY), (SHE: 300750), (601238.SH), (NIO.US; 9866.HK)", ""},
      {"at 10:30 am, 7:04.957, 10 am", "7:04.957 = 424.957 s"},
      {"call 400-123-4567 or +86 10 1234 5678 now", ""},
      {"the Zeekr 001 and the 007", ""},
      {"24/7, 50/50, 16:9, 5G, 3D, 4WD, 7X", ""},
      {"http://example.com/2024/08/300-cars and 300 cars", "300 cars = 300 vehicle"},
      {"user@123.com, 192.168.1.1", ""},
      {"the Yuan Plus, 10,000 Yuan cars", "10,000 = 10000"},
      {"in the 1990s and the 80s", ""},
      {"4,997 and '24 and 007", "4,997 = 4997"},
  });
}

TEST_CASE("cut-off text: what is not there is not read") {
  check_amounts({
      {"", ""},
      {"5", "5 = 5 bare"},
      {",5,", "5 = 5 bare"},
      {"5.", "5 = 5 bare"},
      {"$", ""},
      {"-", ""},
      {"from", ""},
      {"between 5", "5 = 5 bare"},
      {"between 5 and", "5 = 5 bare"},
      {"RMB", ""},
      {"1,", "1 = 1 bare"},
      {"more than", ""},
      {".5", ".5 = 0.5"},
      {"..5", ""},
      {"half a", ""},
  });
}

}  // namespace
}  // namespace factmill
