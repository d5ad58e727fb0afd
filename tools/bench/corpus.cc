#include "corpus.h"

#include <array>
#include <cstdio>

namespace factmill::bench {
namespace {

using Words = std::vector<std::string_view>;

const Words kCompanies = {"BYD", "Tesla", "NIO", "Li Auto", "XPeng", "Xiaomi", "Leapmotor", "Zeekr", "Geely", "Chery", "SAIC Motor", "GAC Aion", "Changan", "Deepal", "Avatr", "Voyah", "Seres", "Aito", "Polestar", "VinFast", "Rivian", "Lucid", "Volkswagen", "BMW", "Mercedes-Benz", "Hyundai", "Kia", "Toyota", "Ford", "General Motors", "Stellantis", "Renault", "CATL", "CALB", "Gotion"};
const Words kModels = {"Xiaomi SU7", "SU7 Ultra", "Model 3", "Model Y", "NIO ET5", "ES6", "ES8", "Li L6", "Li L9", "Li Mega", "XPeng P7+", "XPeng G6", "Mona M03", "Leapmotor C10", "C11", "Zeekr 001", "Zeekr 007", "Zeekr 7X", "BYD Han", "Song Plus", "Qin L", "Seal", "Sealion 7", "Seagull", "Dolphin", "Aito M9", "Ioniq 5", "EV6", "ID.4", "Avatr 12", "Deepal S07", "Onvo L60"};
const Words kMonths = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
const Words kOrdinals = {"first", "second", "third", "fourth"};
const Words kPlaces = {"London", "Paris", "Beijing", "Hefei", "Berlin", "Madrid", "Cairo", "Lagos", "Seoul", "Osaka", "Denver", "Lisbon", "Zürich", "São\u00a0Paulo", "Oslo", "Hanoi"};
const Words kPeople = {"Anna Müller", "Wei Zhang", "Peter Novak", "Karen O’Brien", "Lars Sørensen", "Fatima Khan", "Mark Brown", "Chen Liu", "Emma Rossi", "Omar Patel"};
const Words kUps = {"up", "down", "an increase of", "a decrease of"};
const Words kYears = {"year-on-year", "from a year ago", "from a year earlier", "year-over-year"};

// {c} company, {m} model, {u} units, {k} small number, {p} percentage, {d} day, {t} period, {y} money, {pr} price, {w} word ...
const Words kFigures = {
    "In {t}, a total of {u} units of the {m} series were delivered, {up} {p}% {yoy}.",
    "{c} delivered {u} vehicles in {t}, {up} {p}% {yoy} and {up} {p}% from {mo}.",
    "{c}’s total revenue was {y} in {t}, compared with {y} in the same period a year earlier.",
    "The {m} is available in three versions with starting prices of RMB {pr}, RMB {pr}, and RMB {pr}, respectively.",
    "The {m} starts at RMB {pr} ({us}) and has a CLTC range of {km} km with the {kwh} kWh battery pack.",
    "Vehicle margin was {p}% in {t}, compared with {p}% in the {o} quarter of {yr}.",
    "As of {d}, cumulative deliveries of {c} vehicles reached {u}, the company said.",
    "Net loss was {y} in {t}, representing an increase of {p}% {yoy}.",
    "The model has a length, width, and height of {mm} mm, {mm} mm and {mm} mm, with a wheelbase of {mm} mm.",
    "It has a peak power of {kw} kW and a peak torque of {kw} Nm, and accelerates from 0 to 100 km/h in {s} seconds.",
    "{c} expects deliveries of between {k} and {k} vehicles in {t}, with revenue between {y} and {y}.",
    "In {mo}, {c} sold {u} NEVs, including {u} BEVs and {u} PHEVs, the data showed.",
    "NEV penetration rate was {p}% in {t}, according to data from the CPCA released on {d}.",
    "The battery can be charged from {n}% to 80% in {n} minutes, and the top speed is {kmh} km/h.",
    "{c} had {k} battery swap stations and {k} charging piles as of {d}.",
    "Shares of {c} closed {up2} {p}% at ${s} on {d}, giving it a market capitalization of {y}.",
    "The {m} received more than {k} orders within {n} hours of its launch on {d}.",
    "The plant has an annual capacity of {cap} vehicles and employs about {k} people.",
    "{c} invested {y} in research and development in {t}, {up} {p}% {yoy}.",
    "Cash and cash equivalents, restricted cash and short-term investments were {y} as of {d}.",
    "{c} exported {u} vehicles in {t}, while its market share in Europe rose to {p}%.",
    "{c} cut prices by RMB {pr} for the {m}, which is now priced at RMB {pr}–{pr}.",
    "CATL’s battery installations in {t} were {kwh} GWh, with a market share of {p}%.",
    "The European Union imposed an additional tariff of {p}% on {c} vehicles from {d}.",
};
const Words kAbout = {
    "{c} has been {w} its {w} lineup as competition in the market remains {w}, the company said in a statement.",
    "The {m} faces rivals from {c} and {c}, both of which have been {w} {w} their {w}.",
    "“The {w} market is {w},” {c} founder {pe} wrote, adding that the {w} was {w}.",
};
const Words kTalk = {
    "The {w} {w} the {w} {w} after a {w} had been {w} by the {w}, {pe} said.",
    "Officials in {pl} {w} {w} that the {w} would {w} with {w} {w} and the {w}.",
    "“We are {w} the {w} because of a {w},” said {pe}, a {w} {w} at the {w} institute.",
    "It’s {w} {w} by the {w}, which {w} a {w} and left {w} {w} for the {w}.",
    "However, the {w} remains {w}, and analysts are {w} {w} about {w} as well as {w}.",
    "While {w} and {w} have {w} {w}, many {w} in {pl} still see the {w} as part of the {w}.",
    "That is {w} – or rather the {w} {w} – for {w} who are {w} the {w}.",
    "Mr. {w} told reporters in {pl} that the {w} was not {w} any {w}, e.g. a {w}.",
    "There were no {w} to {w}, but the {w} did not {w} the {w} or its {w}.",
    "{pe} has {w} been {w} the {w} since the {w} {w} was {w}.",
};
const Words kTalkOfNumbers = {
    "Police in {pl} said {n} people were {w} on Monday during the {w}.",
    "In {yr}, the {w} of {pl} {w} the {w} for ${n} million.",
    "The {w} won {n}-{n} at {pl} in front of {k} {w}.",
    "About {n} percent of {w} {w} the {w}, a survey published on {d} showed.",
};
const Words kCommon = {"the", "market", "people", "city", "government", "new", "report", "group", "world", "public", "house", "school", "water", "power", "state", "number", "night", "point", "home", "area", "money", "story", "month", "right", "study", "book", "eye", "job", "business", "issue", "side", "kind", "head", "service", "friend", "father", "hour", "game", "line", "end", "member", "law", "car", "community", "name", "president", "team", "minute", "idea", "body", "information", "parent", "face", "others", "level", "office", "door", "health", "person", "art", "war", "history", "party", "result", "change", "morning", "reason", "research", "moment", "air", "teacher", "force", "education", "said", "made", "went", "taken", "began", "shown", "heard", "held", "brought", "written", "provided", "stood", "lost", "paid", "met", "included", "continued", "set", "learned", "led", "understood", "watched", "followed", "stopped", "created", "spoke", "read", "allowed", "added", "spent", "grew", "opened", "walked", "won", "offered", "remembered", "considered", "appeared", "bought", "waited", "served", "died", "sent", "expected", "built", "stayed", "fell", "cut", "reached", "killed", "remained", "suggested", "raised", "passed", "sold", "required", "reported", "decided", "pulled"};

std::string grouped(uint32_t n) {
  std::string digits = std::to_string(n);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

void append_escaped(std::string_view text, std::string& out) {
  for (char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
}

}  // namespace

uint32_t CorpusMaker::random(uint32_t below) {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return static_cast<uint32_t>((state_ * 0x2545F4914F6CDD1D >> 32) * below >> 32);
}

// Every second word is made up of syllables, as most words of a language are rare.
void CorpusMaker::make_words() {
  constexpr std::string_view kSyllables[] = {"ba", "con", "der", "el", "fi", "gra", "hor", "in", "ka", "lo", "mer", "nit", "or", "pal", "qua", "re", "sto", "ta", "ul", "ver", "wi", "za"};
  constexpr std::string_view kEnds[] = {"ing", "ed", "ly", "s", "", "er", "tion", "al"};
  for (std::string_view common : kCommon) {
    words_.emplace_back(common);
    for (int i = 0; i < 12; ++i) {
      std::string made;
      for (uint32_t k = 1 + random(3); k > 0; --k) made += kSyllables[random(std::size(kSyllables))];
      words_.push_back(made + std::string(kEnds[random(std::size(kEnds))]));
    }
  }
}

std::string_view CorpusMaker::word() {
  const auto size = static_cast<uint32_t>(words_.size());
  return words_[random(1 + random(1 + random(size)))];  // the frequent first
}

std::string CorpusMaker::number(uint32_t low, uint32_t high) { return grouped(low + random(high - low)); }

std::string CorpusMaker::decimal(uint32_t low, uint32_t high) {
  std::string text = std::to_string(low + random(high - low));
  if (chance(70)) text += "." + std::to_string(random(10));
  return text;
}

std::string CorpusMaker::placeholder(std::string_view name) {
  if (name == "w") return std::string(word());
  if (name == "c") return std::string(one_of(kCompanies));
  if (name == "m") return std::string(one_of(kModels));
  if (name == "u") return number(1000, chance(50) ? 20000 : 400000);
  if (name == "k") return number(1000, 90000);
  if (name == "n") return std::to_string(2 + random(88));
  if (name == "p") return decimal(0, 80);
  if (name == "s") return decimal(2, 9) + std::to_string(1 + random(9));
  if (name == "o") return std::string(one_of(kOrdinals));
  if (name == "mo") return std::string(one_of(kMonths));
  if (name == "yr") return std::to_string(2019 + random(7));
  if (name == "pr") return grouped(60000 + random(700) * 1000 + (chance(50) ? 900 : 0));
  if (name == "us") return "$" + decimal(1, 30) + " billion";
  if (name == "y" && chance(60)) return "RMB " + decimal(1, 180) + " billion (" + placeholder("us") + ")";
  if (name == "y") return chance(50) ? decimal(1, 180) + " billion yuan" : "€" + decimal(1, 90) + " billion";
  if (name == "km") return std::to_string(400 + random(550));
  if (name == "kmh") return std::to_string(150 + random(150));
  if (name == "kwh") return decimal(40, 120);
  if (name == "mm") return number(1400, 5400);
  if (name == "kw") return std::to_string(150 + random(800));
  if (name == "cap") return grouped((5 + random(45)) * 10000);
  if (name == "up") return std::string(one_of(kUps));
  if (name == "up2") return chance(50) ? "up" : "down";
  if (name == "yoy") return std::string(one_of(kYears));
  if (name == "pl") return std::string(one_of(kPlaces));
  if (name == "pe") return std::string(one_of(kPeople));
  const std::string day = std::to_string(1 + random(28)), month(one_of(kMonths)), year = placeholder("yr");
  if (name == "d") return chance(60) ? month + " " + day + ", " + year : chance(50) ? day + " " + month + " " + year : month + " " + day;
  switch (random(5)) {  // t: a period
    case 0: return "the " + placeholder("o") + " quarter of " + year;
    case 1: return "Q" + std::to_string(1 + random(4)) + " " + year;
    case 2: return "the first half of " + year;
    default: return month + " " + year;
  }
}

std::string CorpusMaker::filled(std::string_view pattern) {
  std::string out;
  size_t at = 0;
  for (size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', at)) {
    const size_t close = pattern.find('}', open);
    out += pattern.substr(at, open - at);
    out += placeholder(pattern.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  out += pattern.substr(at);
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string CorpusMaker::article(bool about_cars) {
  std::string text;
  for (uint32_t paragraphs = 6 + random(6); paragraphs > 0; --paragraphs) {
    for (uint32_t sentences = 1 + random(4); sentences > 0; --sentences) {
      const uint32_t x = random(100);
      const Words& kind = about_cars && x < 50   ? kFigures
                          : about_cars && x < 62 ? kAbout
                          : x >= 85              ? kTalkOfNumbers
                                                 : kTalk;
      text += filled(one_of(kind));
      text += sentences > 1 ? " " : "\n\n";
    }
  }
  return text + "All rights reserved.\n";
}

std::string CorpusMaker::next() {
  const bool about_cars = kind_ == Kind::dense || (kind_ == Kind::sparse && made_ % 50 == 0);
  std::string line = "{\"id\": \"" + std::string(kind_ == Kind::dense ? "dense-" : "sparse-") + std::to_string(made_++) + "\", \"title\": \"";
  append_escaped(filled(about_cars ? "{c} reports {u} deliveries in {mo}" : "{w} {w} {w} in {pl}"), line);
  line += "\", \"text\": \"";
  append_escaped(article(about_cars), line);
  std::array<char, 16> day{};
  std::snprintf(day.data(), day.size(), "%u-%02u-%02u", 2020 + random(6), 1 + random(12), 1 + random(28));
  return line + "\", \"published\": \"" + day.data() + "\"}\n";
}

std::optional<CorpusMaker::Kind> kind_of(std::string_view name) {
  if (name == "dense") return CorpusMaker::Kind::dense;
  if (name == "sparse") return CorpusMaker::Kind::sparse;
  if (name == "news") return CorpusMaker::Kind::news;
  return std::nullopt;
}

std::string make_corpus(CorpusMaker::Kind kind, size_t bytes) {
  CorpusMaker maker(kind);
  std::string lines;
  while (lines.size() < bytes) lines += maker.next();
  return lines;
}

}  // namespace factmill::bench
