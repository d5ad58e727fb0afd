// How money is written: marks, codes, names, minor units, rates, ranges and lists. One row a form.
#include "unit/mention/value_text.h"

namespace factmill {
namespace {

TEST_CASE("money forms: marks and codes before the number") {
  check_amounts({
      {"RMB 215,900", "RMB 215,900 = 215900 CNY"},
      {"RMB215,900", "RMB215,900 = 215900 CNY"},
      {"rmb 215,900", "rmb 215,900 = 215900 CNY"},
      {"CNY159,800", "CNY159,800 = 159800 CNY"},
      {"cny 159,800", "cny 159,800 = 159800 CNY"},
      {"CN¥159,800", "CN¥159,800 = 159800 CNY"},
      {"¥3 billion", "¥3 billion = 3000000000 CNY ambiguous"},
      {"$30,471", "$30,471 = 30471 USD"},
      {"$ 30,471", "$ 30,471 = 30471 USD"},
      {"US$13,888", "US$13,888 = 13888 USD"},
      {"US $13,888", "US $13,888 = 13888 USD"},
      {"U.S. $13,888", "U.S. $13,888 = 13888 USD"},
      {"USD 28,966", "USD 28,966 = 28966 USD"},
      {"USD4.6 billion", "USD4.6 billion = 4600000000 USD"},
      {"USD$1.6 billion", "USD$1.6 billion = 1600000000 USD"},
      {"$700m, $700M, $700 m", "$700m = 700000000 USD; $700M = 700000000 USD; $700 m = 700000000 USD"},
      {"$1.5bn, $1.5b, $1.5B", "$1.5bn = 1500000000 USD; $1.5b = 1500000000 USD; $1.5B = 1500000000 USD"},
      {"$1.2T, $5mn, $3MM", "$1.2T = 1200000000000 USD; $5mn = 5000000 USD; $3MM = 3000000 USD"},
      {"$45K, $45k", "$45K = 45000 USD; $45k = 45000 USD"},
      {"HK$29.46, HKD35.3 billion", "HK$29.46 = 29.46 HKD; HKD35.3 billion = 35300000000 HKD"},
      {"€5 million, € 1.5bn, EUR 38,000", "€5 million = 5000000 EUR; € 1.5bn = 1500000000 EUR; EUR 38,000 = 38000 EUR"},
      {"£360 million, £ 1.3bn, GBP 88,000", "£360 million = 360000000 GBP; £ 1.3bn = 1300000000 GBP; GBP 88,000 = 88000 GBP"},
      {"$A32,000, AU$80,000, A$5, AUD 12,000", "$A32,000 = 32000 AUD; AU$80,000 = 80000 AUD; A$5 = 5 AUD; AUD 12,000 = 12000 AUD"},
      {"NZ$60,990, S$200,000, NT$27,900, C$49,999", "NZ$60,990 = 60990 NZD; S$200,000 = 200000 SGD; NT$27,900 = 27900 TWD; C$49,999 = 49999 CAD"},
      {"R652,000, R1.13-million, R19", "R652,000 = 652000 ZAR; R1.13-million = 1130000 ZAR"},
      {"RM194,551, RM 42", "RM194,551 = 194551 MYR; RM 42 = 42 MYR"},
      {"Rp 500 million, IDR 429,000,000", "Rp 500 million = 500000000 IDR; IDR 429,000,000 = 429000000 IDR"},
      {"₹29.5 lakh, Rs. 20, Rs20, INR 5 crore", "₹29.5 lakh = 2950000 INR; Rs. 20 = 20 INR; Rs20 = 20 INR; INR 5 crore = 50000000 INR"},
      {"₩5 trillion, ₽900, ₺1.2 million, ₪99", "₩5 trillion = 5000000000000 KRW; ₽900 = 900 RUB; ₺1.2 million = 1200000 TRY; ₪99 = 99 ILS"},
      {"R$ 99,800, MX$300, CHF 45,000", "R$ 99,800 = 99800 BRL; MX$300 = 300 MXN; CHF 45,000 = 45000 CHF"},
      {"kr 399,900, SEK 599,000, MSEK 1,234", "kr 399,900 = 399900 SEK ambiguous; SEK 599,000 = 599000 SEK; MSEK 1,234 = 1234000000 SEK"},
      {"THB 999,000, ฿999,000, ₫1 billion", "THB 999,000 = 999000 THB; ฿999,000 = 999000 THB; ₫1 billion = 1000000000 VND"},
      {"AED 150,000, SAR 99,000, QAR 5, KZT 12 million", "AED 150,000 = 150000 AED; SAR 99,000 = 99000 SAR; QAR 5 = 5 QAR; KZT 12 million = 12000000 KZT"},
      {"UAH3.04, PLN 159,900, CZK 899,000", "UAH3.04 = 3.04 UAH; PLN 159,900 = 159900 PLN; CZK 899,000 = 899000 CZK"},
      {"W1.2tn, W765bn, W5", "W1.2tn = 1200000000000 KRW; W765bn = 765000000000 KRW"},
      {"R$.45bn, ₤5.95, 元5.95, Fr5.95, Ft5.95", "R$.45bn = 450000000 BRL; ₤5.95 = 5.95 GBP; 元5.95 = 5.95 CNY; Fr5.95 = 5.95 CHF; Ft5.95 = 5.95 HUF"},
  });
}

TEST_CASE("money forms: names and codes behind the number") {
  check_amounts({
      {"215,900 yuan, 215,900-yuan", "215,900 yuan = 215900 CNY; 215,900-yuan = 215900 CNY"},
      {"5 million Chinese yuan, 3 renminbi", "5 million Chinese yuan = 5000000 CNY; 3 renminbi = 3 CNY"},
      {"5 dollars, one dollar, ten US dollars", "5 dollars = 5 USD; one dollar = 1 USD words; ten US dollars = 10 USD words"},
      {"42 bucks, 5 Dollars", "42 bucks = 42 USD; 5 Dollars = 5 USD"},
      {"29,900 euros, 20 Euro, 20€, 20 €", "29,900 euros = 29900 EUR; 20 Euro = 20 EUR; 20€ = 20 EUR; 20 € = 20 EUR"},
      {"26,600 USD, 12,000 usd, 3.14US$", "26,600 USD = 26600 USD; 12,000 usd = 12000 USD; 3.14US$ = 3.14 USD"},
      {"12 million pounds sterling, 5 British pounds", "12 million pounds sterling = 12000000 GBP; 5 British pounds = 5 GBP"},
      {"50 pounds a month", "50 pounds a month = 50 GBP/month ambiguous"},
      {"292 Hong Kong dollars, 5 Singapore dollars", "292 Hong Kong dollars = 292 HKD; 5 Singapore dollars = 5 SGD"},
      {"125 million Australian dollars, 3 New Zealand dollars", "125 million Australian dollars = 125000000 AUD; 3 New Zealand dollars = 3 NZD"},
      {"358,800 pesos, 358,800 Mexican pesos", "358,800 pesos = 358800 MXN ambiguous; 358,800 Mexican pesos = 358800 MXN"},
      {"10,000 Swiss francs, 528 million francs", "10,000 Swiss francs = 10000 CHF; 528 million francs = 528000000 CHF ambiguous"},
      {"five million yen, 450,000 Japanese yen", "five million yen = 5000000 JPY words; 450,000 Japanese yen = 450000 JPY"},
      {"3 trillion won, 250 South Korean won", "3 trillion won = 3000000000000 KRW; 250 South Korean won = 250 KRW"},
      {"42 ringgit, 42 malaysian ringgit, 999,000 baht", "42 ringgit = 42 MYR; 42 malaysian ringgit = 42 MYR; 999,000 baht = 999000 THB"},
      {"500 million rupiah, 1 billion dong", "500 million rupiah = 500000000 IDR; 1 billion dong = 1000000000 VND"},
      {"99,800 reais, 12 zlotys, 45 forints", "99,800 reais = 99800 BRL; 12 zlotys = 12 PLN; 45 forints = 45 HUF"},
      {"90,000 dirhams, 3 million rubles, 12 hryvnias", "90,000 dirhams = 90000 AED; 3 million rubles = 3000000 RUB; 12 hryvnias = 12 UAH"},
      {"5 lakh rupees, 20 Rupees, 20Rs", "5 lakh rupees = 500000 INR; 20 Rupees = 20 INR; 20Rs = 20 INR"},
      {"100元, 15.98万元", "100元 = 100 CNY; 15.98万元 = 159800 CNY"},
      {"100 ₡, 100₾, 100,000 ₭", "100 ₡ = 100 CRC; 100₾ = 100 GEL; 100,000 ₭ = 100000 LAK"},
      {"75 USD million", "75 USD million = 75000000 USD"},
      {"30 MUSD, 120 MEUR", "30 MUSD = 30000000 USD; 120 MEUR = 120000000 EUR"},
      {"6.25 bitcoins", "6.25 bitcoins = 6.25 BTC"},
      {"the Yuan Plus, 300 Yuan Ups, Yuan 5", "300 = 300 bare; 5 = 5 bare"},
      {"more than a dollar, under a euro", "{more than a dollar} a dollar = 1 USD more_than words; {under a euro} a euro = 1 EUR less_than words"},
      {"such a dollar, such a pound", ""},
      {"a grant of $109,410to install it, $109to, 109,410to", "$109,410 = 109410 USD"},
      {"79p per kWh, 45p/kWh; 1080p, 720p", "79p per kWh = 0.79 GBP/kWh; 45p/kWh = 0.45 GBP/kWh"},
      {"10 turkish lira 11a", "10 turkish lira = 10 TRY"},
  });
}

TEST_CASE("money forms: codes that are words stand by large numbers only") {
  check_amounts({
      {"TRY 1,500,000", "TRY 1,500,000 = 1500000 TRY"},
      {"1,500,000 TRY", "1,500,000 TRY = 1500000 TRY"},
      {"TRY 5 OF THEM", "5 = 5 bare"},
      {"TOP 10 BRANDS", "10 = 10 bare"},
      {"ALL 4,000 CARS", "ALL 4,000 = 4000 ALL"},
      {"5,000 ALL ELECTRIC CARS", "5,000 = 5000"},
      {"RON 95 fuel", "95 = 95 bare"},
      {"PHP 8; PHP 1,250,000", "8 = 8 bare; PHP 1,250,000 = 1250000 PHP"},
      {"SDG 7, COP 29, AMD 7", "7 = 7 bare; 29 = 29 bare; 7 = 7 bare"},
      {"NIO 31,138", "31,138 = 31138"},
      {"cad 5, all 5, try 5", "5 = 5 bare; 5 = 5 bare; 5 = 5 bare"},
  });
}

TEST_CASE("money forms: marks twice, and the sign that says more") {
  check_amounts({
      {"RMB 842 million yuan", "RMB 842 million yuan = 842000000 CNY"},
      {"RMB 109,800 yuan ($15,120)", "RMB 109,800 yuan = 109800 CNY; $15,120 = 15120 USD"},
      {"HK$263 dollars", "HK$263 dollars = 263 HKD"},
      {"$5 US dollars", "$5 US dollars = 5 USD"},
      {"$5 Australian dollars", "$5 Australian dollars = 5 AUD"},
      {"$13 AUD, $40 USD", "$13 AUD = 13 AUD; $40 USD = 40 USD"},
      {"¥500 yen", "¥500 yen = 500 JPY"},
      {"RMB 5 euros", "RMB 5 = 5 CNY"},
      {"10 rmb 20 usd", "10 rmb = 10 CNY; 20 usd = 20 USD"},
      {"RMB 10 USD 20", "RMB 10 = 10 CNY; USD 20 = 20 USD"},
      {"10 $ 30 $", "10 $ = 10 USD; 30 $ = 30 USD"},
      {"87 $5", "87 = 87 bare; $5 = 5 USD"},
  });
}

TEST_CASE("money forms: minor units, alone and behind") {
  check_amounts({
      {"13 cents, 1 cent, 10¢", "13 cents = 0.13 USD; 1 cent = 0.01 USD; 10¢ = 0.1 USD"},
      {"470 pence, 197 pence a share", "470 pence = 4.7 GBP; 197 pence a share = 1.97 GBP/share"},
      {"5 euro cents, 50 paise", "5 euro cents = 0.05 EUR; 50 paise = 0.5 INR"},
      {"5 jiao, 50 fen", "5 jiao = 0.5 CNY; 50 fen = 0.5 CNY"},
      {"20 dollars and 43 cents", "20 dollars and 43 cents = 20.43 USD"},
      {"20 dollars 43 cents", "20 dollars 43 cents = 20.43 USD"},
      {"thirteen dollars and forty-five cents", "thirteen dollars and forty-five cents = 13.45 USD words"},
      {"$20 and 43c, £3 10p", "$20 and 43c = 20.43 USD; £3 10p = 3.1 GBP"},
      {"3 GBP 1 pence", "3 GBP 1 pence = 3.01 GBP"},
      {"one kuai and five mao", "one kuai and five mao = 1.5 CNY words"},
      {"3 UAH 4 kopiykas", "3 UAH 4 kopiykas = 3.04 UAH"},
      {"$5.50 and 30 cents", "$5.50 = 5.5 USD; 30 cents = 0.3 USD"},
      {"$5 million and 30 cents", "$5 million = 5000000 USD; 30 cents = 0.3 USD"},
      {"RMB 5 and 30 cents", "RMB 5 = 5 CNY; 30 cents = 0.3 USD"},
      {"$5 and 150 cents", "$5 = 5 USD; 150 cents = 1.5 USD"},
      {"1080p video, 43c of it", ""},
  });
}

TEST_CASE("money forms: rates") {
  check_amounts({
      {"$5.78-1/2 a bushel, $11.93-1/4", "$5.78-1/2 a bushel = 5.785 USD/bushel; $11.93-1/4 = 11.9325 USD"},
      {"$5-1/2, $20-25", "$5-1/2 = 5.5 USD; $20-25 = 20..25 USD range"},
      {"$2.871 per million British thermal units, $10.50/mmBtu", "$2.871 per million British thermal units = 2.871 USD/MMBtu; $10.50/mmBtu = 10.5 USD/MMBtu"},
      {"$3,200 per FEU, $1,800/TEU, Rs 7,300 per quintal", "$3,200 per FEU = 3200 USD/FEU; $1,800/TEU = 1800 USD/TEU; Rs 7,300 per quintal = 7300 INR/quintal"},
      {"$14 per ADS, $1.34 a share, $0.09/share", "$14 per ADS = 14 USD/ADS; $1.34 a share = 1.34 USD/share; $0.09/share = 0.09 USD/share"},
      {"RMB 980 a month, RMB 980 per month, 980 yuan/month",
       "RMB 980 a month = 980 CNY/month; RMB 980 per month = 980 CNY/month; 980 yuan/month = 980 CNY/month"},
      {"RMB 70,000 per ton, RMB 70,000/t, 70,000 yuan/tonne",
       "RMB 70,000 per ton = 70000 CNY/ton; RMB 70,000/t = 70000 CNY/ton; 70,000 yuan/tonne = 70000 CNY/ton"},
      {"0.4 yuan per kWh, $115/kWh", "0.4 yuan per kWh = 0.4 CNY/kWh; $115/kWh = 115 USD/kWh"},
      {"$2.50 per mile, $80 a barrel, $4 a gallon", "$2.50 per mile = 2.5 USD/mi; $80 a barrel = 80 USD/bbl; $4 a gallon = 4 USD/gal"},
      {"RMB 238,301 per vehicle, RMB 5,000 each", "RMB 238,301 per vehicle = 238301 CNY/vehicle; RMB 5,000 each = 5000 CNY/each"},
      {"$1,200 an ounce, $15 an hour", "$1,200 an ounce = 1200 USD/oz; $15 an hour = 15 USD/h"},
  });
}

TEST_CASE("money forms: ranges and lists") {
  check_amounts({
      {"$12 - $15 each, and $1 million to $1.5 million", "$12 - $15 each = 12..15 USD/each range; $1 million to $1.5 million = 1000000..1500000 USD range"},
      {"RMB 24.8-26.2 billion", "RMB 24.8-26.2 billion = 24800000000..26200000000 CNY range"},
      {"RMB 24.8 billion to RMB 26.2 billion", "RMB 24.8 billion to RMB 26.2 billion = 24800000000..26200000000 CNY range"},
      {"between $10 and $20", "{between $10 and $20} $10 and $20 = 10..20 USD range"},
      {"between 10 and 20 dollars", "{between 10 and 20 dollars} 10 and 20 dollars = 10..20 USD range"},
      {"about $10-$20", "{about $10-$20} $10-$20 = 10..20 USD about approximate"},
      {"$10-20 million", "$10-20 million = 10000000..20000000 USD range"},
      {"RMB 200,000 - 300,000", "RMB 200,000 - 300,000 = 200000..300000 CNY range"},
      {"200,000 to 300,000 yuan", "200,000 to 300,000 yuan = 200000..300000 CNY range"},
      {"between 2 and about 7 dollars", "{between 2 and about 7 dollars} 2 and about 7 dollars = 2..7 USD about approximate"},
      {"RMB 143, 169.2 and 220.3 billion",
       "RMB 143 = 143000000000 CNY; 169.2 = 169200000000 CNY; 220.3 billion = 220300000000 CNY"},
      {"249,900, 279,900 and 329,900 yuan", "249,900 = 249900 CNY; 279,900 = 279900 CNY; 329,900 yuan = 329900 CNY"},
      {"RMB 139,800 ($20,100), 149,800 and 156,800",
       "RMB 139,800 = 139800 CNY; $20,100 = 20100 USD; 149,800 = 149800 CNY; 156,800 = 156800 CNY"},
      {"RMB 139,800 ($20,100), 149 dealers and 156,800 cars", "RMB 139,800 = 139800 CNY; $20,100 = 20100 USD; 149 = 149 bare; 156,800 cars = 156800 vehicle"},
      {"RMB 139,800 ($20,100), RMB 149,800", "RMB 139,800 = 139800 CNY; $20,100 = 20100 USD; RMB 149,800 = 149800 CNY"},
      {"37.590 euros", "37.590 euros = 37590 EUR"},
      {"1.529 euros", "1.529 euros = 1.529 EUR"},
      {"249,900/279,900/329,900 yuan", "249,900 = 249900 CNY; 279,900 = 279900 CNY; 329,900 yuan = 329900 CNY"},
      {"RMB 160,000 yuan ($24,700) to 230,000 yuan",
       "RMB 160,000 yuan = 160000 CNY; $24,700 = 24700 USD; 230,000 yuan = 230000 CNY"},
      {"a million-dollar car, the 200,000-yuan class", "a million-dollar = 1000000 USD words; 200,000-yuan = 200000 CNY"},
  });
}

TEST_CASE("money forms: signs and bounds") {
  check_amounts({
      {"-$5 million, $-5 million, minus $5 million",
       "{-$5 million} $5 million = -5000000 USD; $-5 million = -5000000 USD; {minus $5 million} $5 million = -5000000 USD"},
      {"at least $5, at most 7€, under seven euros",
       "{at least $5} $5 = 5 USD at_least; {at most 7€} 7€ = 7 EUR up_to; {under seven euros} seven euros = 7 EUR less_than words"},
      {"less than or equal to $30", "{less than or equal to $30} $30 = 30 USD up_to"},
      {"greater than or equal to 30 yuan", "{greater than or equal to 30 yuan} 30 yuan = 30 CNY at_least"},
      {"larger than $5, smaller than $9", "{larger than $5, smaller than $9} $5, smaller than $9 = 5..9 USD range"},
      {"$100+, $100 or more, >$100", "{$100+} $100 = 100 USD more_than; {$100 or more} $100 = 100 USD at_least; {>$100} $100 = 100 USD more_than"},
      {"$200 or more than $190", "$200 = 200 USD; {more than $190} $190 = 190 USD more_than"},
      {"no less than $1.42", "{no less than $1.42} $1.42 = 1.42 USD at_least"},
  });
}

}  // namespace
}  // namespace factmill
