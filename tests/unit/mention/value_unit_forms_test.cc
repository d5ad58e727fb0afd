// How quantities are written: units by name and sign, mixed units, ranges, lists, and what only looks like one.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("unit forms: mass and volume") {
  check_amounts({
      {"2,140 kg, 5 kilos, 3 kilograms", "2,140 kg = 2140 kg; 5 kilos = 5 kg; 3 kilograms = 3 kg"},
      {"500 g, 500g, 2 grams, 2.5g", "500 g = 500 g; 500g = 500 g; 2 grams = 2 g; 2.5g = 2.5 g"},
      {"a 5g network, 4g", ""},
      {"2000 milligrams, 120 µg, 150 micrograms", "2000 milligrams = 2000 mg; 120 µg = 120 µg; 150 micrograms = 150 µg"},
      {"2.5 tons, 3 tonnes, 100t, 16,000 metric tons", "2.5 tons = 2.5 ton; 3 tonnes = 3 ton; 100t = 100 ton; 16,000 metric tons = 16000 ton"},
      {"200lbs, 4,500 lb", "200lbs = 200 lb; 4,500 lb = 4500 lb"},
      {"it weighs 4,500 pounds", "4,500 pounds = 4500 lb"},
      {"two pounds of it", "two pounds = 2 lb words"},
      {"120 million pounds of debt", "120 million pounds = 120000000 GBP ambiguous"},
      {"2 ounces, 2oz, a 68-ounce can", "2 ounces = 2 oz; 2oz = 2 oz; 68-ounce = 68 oz"},
      {"3 pounds 4 ounces", "3 pounds 4 ounces = 52 oz"},
      {"2 litres, 2l, 0.5 L, 6.9 liters, a 1.5L engine", "2 litres = 2 L; 2l = 2 L; 0.5 L = 0.5 L; 6.9 liters = 6.9 L; 1.5L = 1.5 L"},
      {"a 50 L tank", "50 L = 50 L"},
      {"the 500 L trim", "500 = 500 bare"},
      {"250ml, 250 ml, 250 millilitres", "250ml = 250 mL; 250 ml = 250 mL; 250 millilitres = 250 mL"},
      {"3 gallons, 3gal, 1.5 million gallon", "3 gallons = 3 gal; 3gal = 3 gal; 1.5 million gallon = 1500000 gal"},
      {"500,000 barrels a day", "500,000 barrels a day = 500000 bbl/day"},
      {"20 cubic feet, 0.9 trillion cubic feet", "20 cubic feet = 20 ft3; 0.9 trillion cubic feet = 900000000000 ft3"},
      {"30 cubic meters, 30 m3, 1,998 cc", "30 cubic meters = 30 m3; 30 m3 = 30 m3; 1,998 cc = 1998 cm3"},
      {"3 cups, 2 tbsp, 1 tsp, 5 pints", "3 cups = 3 cup; 2 tbsp = 2 tbsp; 1 tsp = 1 tsp; 5 pints = 5 pt"},
      {"a kilogram", "a kilogram = 1 kg words"},
      {"12 million acre-feet, 65 bcm, 2.3 tcf, 4 bushels", "12 million acre-feet = 12000000 acre-foot; 65 bcm = 65000000000 m3; 2.3 tcf = 2300000000000 ft3; 4 bushels = 4 bushel"},
      {"300,000 dwt, 4.4 million TEUs, 3.5 MtCO2e a year", "300,000 dwt = 300000 dwt; 4.4 million TEUs = 4400000 TEU; 3.5 MtCO2e a year = 3.5 Mt CO2e/year"},
      {"20,000 boe/d, 3 boe, 421 ppm", "20,000 boe/d = 20000 boe/day; 3 boe = 3 boe; 421 ppm = 421 ppm"},
      {"45,000 tpa, 3 mtpa, 100,000 bpd, 1.2 mb/d", "45,000 tpa = 45000 ton/year; 3 mtpa = 3 Mt/year; 100,000 bpd = 100000 bbl/day; 1.2 mb/d = 1200000 bbl/day"},
      {"104F heat, an F150, 40C heat", "104F = 104 °F; 40C = 40 °C"},
      {"in the low 20s, in 20s, in his 30s", "20s = 20 s"},
      {"5m 3ft behind", "5m 3ft = 26403 ft"},
      {"5m 3cm behind, 5m of 3 ft pipes", "5m 3cm = 503 cm; 5m = 5 m; 3 ft = 3 ft"},
  });
}

TEST_CASE("unit forms: length and area") {
  check_amounts({
      {"405 km, 405km, 405-km, 405 kilometres", "405 km = 405 km; 405km = 405 km; 405-km = 405 km; 405 kilometres = 405 km"},
      {"252 mi (405 km)", "252 mi = 252 mi; 405 km = 405 km"},
      {"eight mile, a 2.5-mile stretch", "eight mile = 8 mi words; 2.5-mile = 2.5 mi"},
      {"4,997 mm, 2950mm, 2 cm, 10 dm, 5 nautical miles", "4,997 mm = 4997 mm; 2950mm = 2950 mm; 2 cm = 2 cm; 10 dm = 10 dm; 5 nautical miles = 5 nmi"},
      {"5 microns, 4-nm chips", "5 microns = 5 µm; 4-nm = 4 nm"},
      {"19 inches, 19-inch, 19in wheels, it is 5 in.", "19 inches = 19 inch; 19-inch = 19 inch; 19in = 19 inch; 5 in = 5 inch"},
      {"19 in China, 7 in 10", "19 = 19 bare; 7 = 7 bare; 10 = 10 bare"},
      {"a 15.6\" screen", "15.6\" = 15.6 inch"},
      {"a 15.6-inch screen", "15.6-inch = 15.6 inch"},
      {"he said \"we sold 60\" and left", "60 = 60 bare"},
      {"5'' pipes", "5'' = 5 inch"},
      {"6 ft, 10 feet, a three-foot gap", "6 ft = 6 ft; 10 feet = 10 ft; three-foot = 3 ft words"},
      {"5'10\" tall", "5'10\" = 70 inch"},
      {"5 feet 10 inches, 5 ft 10 in tall", "5 feet 10 inches = 70 inch; 5 ft 10 in = 70 inch"},
      {"7 feet and 10 inches, 7 feet, 10 inches", "7 feet and 10 inches = 94 inch; 7 feet, 10 inches = 94 inch"},
      {"2 yards 7 ft 10 inches", "2 yards 7 ft 10 inches = 166 inch"},
      {"2 km and 1 meter, 12 m 50 cm", "2 km and 1 meter = 2001 m; 12 m 50 cm = 1250 cm"},
      {"4.9 m and 20 cm", "4.9 m = 4.9 m; 20 cm = 20 cm"},
      {"between 5 m and 50 cm", "5 m = 5 m; 50 cm = 50 cm"},
      {"the '90s, 80's", ""},
      {"660 square meters, 660 sqm, 660 m²", "660 square meters = 660 m2; 660 sqm = 660 m2; 660 m² = 660 m2"},
      {"190 km2, 500 hectares, 45 acres, 5,000 mu, 20 sq ft",
       "190 km2 = 190 km2; 500 hectares = 500 ha; 45 acres = 45 acre; 5,000 mu = 5000 mu; 20 sq ft = 20 sq ft"},
      {"4,997/1,963/1,440 mm", "4,997 = 4997 mm; 1,963 = 1963 mm; 1,440 mm = 1440 mm"},
      {"4931 x 1960 x 1474 mm", "4931 = 4931 mm; 1960 = 1960 mm; 1474 mm = 1474 mm"},
      {"4,997 mm, 1,963 mm and 1,440 mm", "4,997 mm = 4997 mm; 1,963 mm = 1963 mm; 1,440 mm = 1440 mm"},
      {"245/45 R19, 255/40ZR20", ""},
  });
}

TEST_CASE("unit forms: time") {
  check_amounts({
      {"12 minutes and 43 seconds", "12 minutes and 43 seconds = 763 s"},
      {"1 hour and 20 minutes, an hour and ten minutes", "1 hour and 20 minutes = 80 min; ten minutes = 10 min words"},
      {"within an hour and ten minutes", "an hour and ten minutes = 70 min words"},
      {"7min 4.957sec, 2 h 30 min", "7min 4.957sec = 424.957 s; 2 h 30 min = 150 min"},
      {"1 hour, 20 minutes and 5 seconds", "1 hour, 20 minutes and 5 seconds = 4805 s"},
      {"2 years and 6 months, 2 weeks and 3 days", "2 years and 6 months = 30 month; 2 weeks and 3 days = 17 day"},
      {"1.5 hours and 20 minutes", "1.5 hours = 1.5 h; 20 minutes = 20 min"},
      {"20 milliseconds, 5 ms, 3 decades", "20 milliseconds = 20 ms; 5 ms = 5 ms; 3 decades = 3 decade"},
      {"2.78s, 2.78 s, 2.78 seconds, a 4.5-second sprint", "2.78s = 2.78 s; 2.78 s = 2.78 s; 2.78 seconds = 2.78 s; 4.5-second = 4.5 s"},
      {"in one second", "one second = 1 s words"},
      {"24/7 service at 10:30, 10 am", ""},
      {"10-80 % in 12 minutes", "10-80 % = 10..80 percent range; 12 minutes = 12 min"},
      {"from 10% to 80% in 18 minutes", "{from 10% to 80%} 10% to 80% = 10..80 percent range; 18 minutes = 18 min"},
  });
}

TEST_CASE("unit forms: speed, acceleration, rotation") {
  check_amounts({
      {"180 km/h, 180 kph, 180km/hr, 180 kilometers per hour", "180 km/h = 180 km/h; 180 kph = 180 km/h; 180km/hr = 180 km/h; 180 kilometers per hour = 180 km/h"},
      {"112 mph, 112 miles per hour, over 188 miles an hour", "112 mph = 112 mph; 112 miles per hour = 112 mph; {over 188 miles an hour} 188 miles an hour = 188 mph more_than"},
      {"5 m/s, 9.8 m/s², 30 knots", "5 m/s = 5 m/s; 9.8 m/s² = 9.8 m/s2; 30 knots = 30 knot"},
      {"0-100 km/h, 0 to 60 mph, 0-62mph", "0-100 km/h = 0..100 km/h range; 0 to 60 mph = 0..60 mph range; 0-62mph = 0..62 mph range"},
      {"21,000 rpm, 20,000 r/min", "21,000 rpm = 21000 rpm; 20,000 r/min = 20000 rpm"},
      {"1.2 g of lateral acceleration", "1.2 g = 1.2 G"},
  });
}

TEST_CASE("unit forms: energy, power, torque, pressure, electricity") {
  check_amounts({
      {"150kWh, 150 kilowatt-hours, 285.4GWh, 1.2 TWh, 500 Wh", "150kWh = 150 kWh; 150 kilowatt-hours = 150 kWh; 285.4GWh = 285.4 GWh; 1.2 TWh = 1.2 TWh; 500 Wh = 500 Wh"},
      {"17.5 kWh/100 km, 140 Wh/km, 4.2 mi/kWh, 5.5 L/100 km",
       "17.5 kWh/100 km = 17.5 kWh/100km; 140 Wh/km = 140 Wh/km; 4.2 mi/kWh = 4.2 mi/kWh; 5.5 L/100 km = 5.5 L/100km"},
      {"95 g/km, 45 mpg, 120 MPGe", "95 g/km = 95 g/km; 45 mpg = 45 mpg; 120 MPGe = 120 MPGe"},
      {"205 Wh/kg, 400 Wh/L, 5 kW/kg", "205 Wh/kg = 205 Wh/kg; 400 Wh/L = 400 Wh/L; 5 kW/kg = 5 kW/kg"},
      {"500 kJ, 560 kcal, 5 MJ", "500 kJ = 500 kJ; 560 kcal = 560 kcal; 5 MJ = 5 MJ"},
      {"400 kW, 1 MW, a 1-megawatt charger, 500 W, 2.2 GW", "400 kW = 400 kW; 1 MW = 1 MW; 1-megawatt = 1 MW; 500 W = 500 W; 2.2 GW = 2.2 GW"},
      {"536 hp, 536 horsepower, 1,548 PS, 1,527 bhp", "536 hp = 536 hp; 536 horsepower = 536 hp; 1,548 PS = 1548 PS; 1,527 bhp = 1527 hp"},
      {"838 Nm, 838 N·m, 838 newton-meters, 618 lb-ft, 618 pound-feet",
       "838 Nm = 838 Nm; 838 N·m = 838 Nm; 838 newton-meters = 838 Nm; 618 lb-ft = 618 lb-ft; 618 pound-feet = 618 lb-ft"},
      {"2.5 bar, tyre pressure of 3 bar, 35 psi, 400 kPa, 2,000 MPa", "2.5 bar = 2.5 bar; 3 bar = 3 bar; 35 psi = 35 psi; 400 kPa = 400 kPa; 2,000 MPa = 2000 MPa"},
      {"3 bar stools", "3 = 3 bare"},
      {"800V, 800-volt, 897 V, 3.7 V, 10 kV, 12 mV", "800V = 800 V; 800-volt = 800 V; 897 V = 897 V; 3.7 V = 3.7 V; 10 kV = 10 kV; 12 mV = 12 mV"},
      {"500 amps, 5,400 mAh, 280 Ah, 350 kVA", "500 amps = 500 A; 5,400 mAh = 5400 mAh; 280 Ah = 280 Ah; 350 kVA = 350 kVA"},
      {"6C charging, 10C battery, C10, the 5C", "6C = 6 C; 10C = 10 C; 5C = 5 C"},
      {"10 kN, 500 newtons of force", "10 kN = 10 kN; 500 newtons = 500 N"},
      {"1 MW and 600 kW", "1 MW = 1 MW; 600 kW = 600 kW"},
  });
}

TEST_CASE("unit forms: temperature, angle") {
  check_amounts({
      {"37°C, 37 °C, 37 ° celsius, 37 degrees Celsius, 37 celsius",
       "37°C = 37 °C; 37 °C = 37 °C; 37 ° celsius = 37 °C; 37 degrees Celsius = 37 °C; 37 celsius = 37 °C"},
      {"70°F, 70 degrees F, 98.6 degrees fahrenheit", "70°F = 70 °F; 70 degrees F = 70 °F; 98.6 degrees fahrenheit = 98.6 °F"},
      {"-30°C, minus 30 degrees Celsius", "{-30°C} 30°C = -30 °C; {minus 30 degrees Celsius} 30 degrees Celsius = -30 °C"},
      {"temperatures of 45 degrees", "45 degrees = 45 °C"},
      {"turn 45 degrees, 90°, 45 deg", "45 degrees = 45 degree; 90° = 90 degree; 45 deg = 45 degree"},
      {"between 30 and 40 celsius", "{between 30 and 40 celsius} 30 and 40 celsius = 30..40 °C range"},
  });
}

TEST_CASE("unit forms: computing, light, sound") {
  check_amounts({
      {"254 TOPS, 2,200 TOPS, 5 EFLOPS", "254 TOPS = 254 TOPS; 2,200 TOPS = 2200 TOPS; 5 EFLOPS = 5 EFLOPS"},
      {"16 GB, 256GB, 1 TB, 100 Mbps, 5 Gbps, 16-bit", "16 GB = 16 GB; 256GB = 256 GB; 1 TB = 1 TB; 100 Mbps = 100 Mbps; 5 Gbps = 5 Gbps; 16-bit = 16 bit"},
      {"an 8-megapixel camera, 50 MP, 1920 x 1080 pixels", "8-megapixel = 8 MP; 50 MP = 50 MP; 1920 = 1920 px; 1080 pixels = 1080 px"},
      {"120 Hz, 2.4 GHz, 30 frames per second, 65 dB, 1,000 nits", "120 Hz = 120 Hz; 2.4 GHz = 2.4 GHz; 30 frames per second = 30 fps; 65 dB = 65 dB; 1,000 nits = 1000 nit"},
      {"0.208 Cd, Cd of 0.201", "0.208 Cd = 0.208 Cd; 0.201 = 0.201"},
  });
}

TEST_CASE("unit forms: percent and points") {
  check_amounts({
      {"22.1 percent, 22.1%, 22.1 %, 22.1 per cent, 5 pct, 30 percentage",
       "22.1 percent = 22.1 percent; 22.1% = 22.1 percent; 22.1 % = 22.1 percent; 22.1 per cent = 22.1 percent; 5 pct = 5 percent; 30 percentage = 30 percent"},
      {"0.9 percentage points, 0.9 pp, 0.9 ppt, 0.9 ppts, 90 bps, 25 basis points",
       "0.9 percentage points = 0.9 pp; 0.9 pp = 0.9 pp; 0.9 ppt = 0.9 pp; 0.9 ppts = 0.9 pp; 90 bps = 0.9 pp; 25 basis points = 0.25 pp"},
      {"2‰", "2‰ = 0.2 percent"},
      {"twenty percent, half a percent, one hundred percent", "twenty percent = 20 percent words; half a percent = 0.5 percent words; one hundred percent = 100 percent words"},
      {"3-5 percent, 3% to 5%, between 3% and 5%",
       "3-5 percent = 3..5 percent range; 3% to 5% = 3..5 percent range; {between 3% and 5%} 3% and 5% = 3..5 percent range"},
      {"44.6-51.3%, (+235%), (-9.36%)", "44.6-51.3% = 44.6..51.3 percent range; {+235%} 235% = 235 percent; {-9.36%} 9.36% = -9.36 percent"},
      {"three-quarters of a percentage point", "three-quarters of a percentage point = 0.75 pp words"},
  });
}

TEST_CASE("unit forms: ranges and bounds") {
  check_amounts({
      {"between 3 and 5 kilometers", "{between 3 and 5 kilometers} 3 and 5 kilometers = 3..5 km range"},
      {"from 3km to 5km", "{from 3km to 5km} 3km to 5km = 3..5 km range"},
      {"around 3-5 km", "{around 3-5 km} 3-5 km = 3..5 km about approximate"},
      {"2 - ~7 litres", "2 - ~7 litres = 2..7 L about approximate"},
      {"between 2l and about 7l", "{between 2l and about 7l} 2l and about 7l = 2..7 L about approximate"},
      {"three to four hours", "three to four hours = 3..4 h range words"},
      {"from 300 km to about 500 km", "300 km = 300 km; {about 500 km} 500 km = 500 km about"},
      {"under 3.5 miles, less than six gallons", "{under 3.5 miles} 3.5 miles = 3.5 mi less_than; {less than six gallons} six gallons = 6 gal less_than words"},
      {"exceeding 4 ml, no more than 6 lbs", "{exceeding 4 ml} 4 ml = 4 mL more_than; {no more than 6 lbs} 6 lbs = 6 lb up_to"},
      {"more than a mile", "{more than a mile} a mile = 1 mi more_than words"},
      {"10 km or more, 10 km and above, 600+ km", "{10 km or more} 10 km = 10 km at_least; {10 km and above} 10 km = 10 km at_least; 600+ km = 600 km more_than"},
      {"> 10 km, >= 10 km, < 10 km", "{> 10 km} 10 km = 10 km more_than; {>= 10 km} 10 km = 10 km at_least; {< 10 km} 10 km = 10 km less_than"},
  });
}

TEST_CASE("unit forms: names, versions and addresses are none") {
  check_amounts({
      {"the SU7, ID.4, C10, L60, M9, G6, X9, 7X, 001 FR", ""},
      {"MG4, Model 3, Model Y, Ioniq 5", "5 = 5 bare"},
      {"OTA 6.5.0, v2.5, iOS 17, version 3", ""},
      {"HKG: 1810, 9866.HK, 002594.SZ", ""},
      {"a lap of 6:46.874, in 7:04.957 minutes", "6:46.874 = 406.874 s; 7:04.957 minutes = 424.957 s"},
      {"at 6:46, 10:30:15, 6:76.874, 1:2:03.5 and 12:46.8.9", ""},
      {"rose 20 bp, 20 BP or 5 bps; in 2003 BP paid", "20 bp = 0.2 pp; 20 BP = 0.2 pp; 5 bps = 0.05 pp"},
      {"192.168.1.1, user@2024.com, +86 10 1234 5678, 400-123-4567", ""},
      {"https://a.b/2024/08/500-km", ""},
      {"24703 L-202 and SCP-173", "24703 = 24703 bare"},
      {"2 pm, 11am", ""},
      {"1. First, 2) Second", "First = 1 ordinal words; 2 = 2 bare; Second = 2 ordinal words"},
  });
}

}  // namespace
}  // namespace factmill
