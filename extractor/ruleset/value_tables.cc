#include "ruleset/value_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr std::array<std::string_view, 7> kUnitTypes = {"currency", "count", "physical", "time", "percent", "points", "multiple"};
// In the order of enum Qualifier.
constexpr std::array<std::string_view, 9> kQualifiers = {"exact", "about", "more_than", "at_least", "less_than",
                                                         "up_to", "as_low_as", "range",  "record"};
constexpr std::array<std::string_view, static_cast<size_t>(List::count)> kLists = {
    "change", "by", "ranging", "exchange", "exchange_suffix", "clock", "version", "tyre", "article_after", "link", "sure_year", "whole", "counted_things", "counted_over", "compared"};

// Keys that hold nothing but phrases of one sense.
struct PhraseKey {
  std::string_view key;
  Sense sense;
};
constexpr PhraseKey kPhraseKeys[] = {
    {"articles", Sense::article},
    {"decimal_point", Sense::decimal_point},
    {"fraction_of", Sense::fraction_of},
    {"times_ten", Sense::times_ten},
    {"power", Sense::power},
    {"and_number", Sense::and_number},
    {"ordinal_suffixes", Sense::ordinal_suffix},
    {"ordinal_prefixes", Sense::ordinal_prefix},
    {"negative", Sense::negative},
    {"positive", Sense::positive},
    {"range_to", Sense::range_to},
    {"range_from", Sense::range_from},
    {"range_between", Sense::range_between},
    {"range_and", Sense::range_and},
    {"bounds_and", Sense::bounds_and},
    {"ratio", Sense::ratio},
    {"ratio_of_one", Sense::ratio_of_one},
    {"list_and", Sense::list_and},
    {"list_comma", Sense::list_comma},
    {"list_tight", Sense::list_tight},
    {"per", Sense::per},
    {"per_article", Sense::per_article},
    {"never", Sense::never},
    {"date_to", Sense::date_to},
    {"date_between", Sense::date_between},
    {"date_and", Sense::date_and},
};

// Keys that map words to whole numbers.
struct NumberKey {
  std::string_view key;
  Sense sense;
  int min;
  int max;
  uint32_t mark = 0;  // in the payload
};
constexpr NumberKey kNumberKeys[] = {
    {"numerals", Sense::numeral, 0, 99},
    {"multipliers", Sense::multiplier, 2, 1000},
    {"collectives", Sense::collective, 2, 99},
    {"lone_words", Sense::lone, 0, 99},
    {"parts", Sense::part, 2, 1000},
    {"fractions", Sense::fraction, 2, 1000000000},
    {"fraction_plurals", Sense::fractions, 2, 1000000000},
    {"ordinals", Sense::ordinal, 1, 999},
    {"ordinal_scales", Sense::ordinal_scale, 2, 18},
    {"multiples", Sense::multiple, 1, 1000},
    {"divided", Sense::multiple, 2, 1000, ValueTables::kDivided},
};

constexpr int32_t kMaxMinor = 299;  // 79p a kWh; but 720p is a picture

}  // namespace

std::string_view unit_type_name(UnitType type) { return kUnitTypes[static_cast<size_t>(type)]; }

// Reads the files in three passes: lists and classes, units and currencies, then everything that refers to them.
class ValueTableLoader {
 public:
  ValueTableLoader(ValueTables& tables) : t_(tables), lists_(kLists.begin(), kLists.end()) {}

  void load(std::span<const RuleFile* const> files) {
    DateForms::Builder dates(t_.dates_, t_.vocabulary_, t_.phrases_,
                             {static_cast<uint8_t>(Sense::date_word), static_cast<uint8_t>(Sense::numeral),
                              static_cast<uint8_t>(Sense::multiplier)});
    for (const RuleFile* file : files) read_word_lists(file->root()["word_lists"]);
    for (const RuleFile* file : files) read_names(file->root());
    for (const RuleFile* file : files) {
      const RuleNode root = file->root();
      check_keys(root);
      for (const RuleNode& node : root["units"].items()) read_unit(node);
      for (const RuleNode& node : root["currencies"].items()) read_currency(node);
      for (const RuleNode& node : root["shared_marks"].items()) read_shared_mark(node);
      for (const RuleNode& node : root["scales"].items()) read_scale(node);
      for (const PhraseKey& key : kPhraseKeys) add_all(root[key.key], key.sense, 0);
      for (const NumberKey& key : kNumberKeys) read_numbers(root[key.key], key);
      for (const RuleNode& node : root["qualifiers"].items()) read_qualifier(node);
      for (const auto& [unit, words] : root["each"].entries()) add_all(words, Sense::each, unit_named(words, unit));
      for (const auto& [unit, words] : root["negative_after"].entries()) add_all(words, Sense::negative_after, unit_named(words, unit));
      for (const RuleNode& node : root["date_roles"].items()) read_date_role(node);
      for (const auto& [name, words] : root["date_parts"].entries()) read_date_part(words, name);
      dates.read_classes(root);
      t_.calendar_.add(root);
      for (const RuleNode& node : root["holidays"].items()) add_holiday_words(node, dates);
    }
    for (const RuleFile* file : files) dates.read_forms(file->root(), lists_);
    t_.phrases_.finish();
    dates.finish();
    finish();
  }

 private:
  static void check_keys(const RuleNode& root) {
    root.allow_keys({"units",          "currencies",       "shared_marks", "scales",       "qualifiers",   "each",        "word_lists",
                     "date_roles",     "date_parts",       "date_words",   "date_numbers", "date_forms",  "articles",
                     "decimal_point",  "times_ten", "power", "fraction_of",      "collectives",  "parts",        "fractions",   "fraction_plurals",
                     "and_number",   "negative",     "positive",    "range_to",
                     "range_from",     "range_between",    "range_and",    "list_and",     "list_comma",  "list_tight",
                     "bounds_and",     "ratio",            "lone_words",            "ratio_of_one", "negative_after",
                     "per",            "per_article",      "never",        "date_to",      "date_between", "date_and",
                     "numerals",       "multipliers",      "ordinals",     "ordinal_scales", "multiples", "divided", "ordinal_suffixes",
                     "ordinal_prefixes", "aside_forms",    "holidays",     "seasons",      "date_part_days", "fiscal_year",
                     "tense_cues", "ages", "comparisons", "period_ends", "period_joints"});
  }

  void read_word_lists(const RuleNode& node) {
    for (const auto& [name, words] : node.entries()) {
      auto at = std::find(lists_.begin(), lists_.end(), name);
      if (at == lists_.end()) {
        if (lists_.size() == ListSet::kMost) return words.key_error("more than " + std::to_string(ListSet::kMost) + " word lists");
        lists_.push_back(name);
        at = lists_.end() - 1;
      }
      const ListSet list = ListSet::of(static_cast<size_t>(at - lists_.begin()));
      for (const RuleNode& item : words.items()) {
        TokenList tokens;
        tokenize_known(item.text(), t_.vocabulary_, tokens);
        if (tokens.size() != 1 || tokens[0].kind == Token::Kind::number) {
          item.error(message({"a word list holds single words (got '", item.text(), "')"}));
          continue;
        }
        if (t_.lists_.size() <= tokens[0].word) t_.lists_.resize(tokens[0].word + 1);
        t_.lists_[tokens[0].word] |= list;
      }
    }
  }

  // Units and currencies may refer to one another before they are read.
  void read_names(const RuleNode& root) {
    for (const char* key : {"units", "currencies"}) {
      const bool is_money = key[0] == 'c';
      for (const RuleNode& node : root[key].items()) {
        const RuleNode name = node[is_money ? "code" : "name"];
        Unit unit;
        unit.name = name.required_text();
        if (unit.name.empty()) continue;
        if (t_.find(unit.name) != 0) {
          name.error(message({"'", unit.name, "' is given twice"}));
          continue;
        }
        if (t_.units_.size() == UINT16_MAX) return name.error("more than 65534 units");
        unit.standard = static_cast<uint16_t>(t_.units_.size());
        unit.type = is_money ? UnitType::currency : unit_type(node["type"]);
        t_.units_.push_back(std::move(unit));
      }
    }
  }

  static UnitType unit_type(const RuleNode& node) {
    const std::string name = node.one_of({"count", "physical", "time", "percent", "points", "multiple"}, "count");
    return static_cast<UnitType>(std::find(kUnitTypes.begin(), kUnitTypes.end(), name) - kUnitTypes.begin());
  }

  uint16_t unit_named(const RuleNode& node, std::string_view name) {
    const uint16_t unit = t_.find(name);
    if (unit == 0) {
      std::vector<std::string_view> names;
      for (const Unit& known : t_.units_) names.push_back(known.name);
      node.error(message({"no unit '", name, "'", suggestion(name, names)}));
    }
    return unit;
  }

  void add(const RuleNode& node, std::string_view phrase, Sense sense, uint32_t payload,
           PhraseSense::Case letter_case = PhraseSense::Case::any) {
    const auto row = static_cast<uint32_t>(t_.rows_.size());
    t_.rows_.push_back(node.place());
    if (!t_.phrases_.add(phrase, {static_cast<uint8_t>(sense), letter_case, payload, row}, t_.vocabulary_)) {
      node.error(message({"'", phrase, "' is no phrase of one to ", std::to_string(PhraseTable::kMaxTokens), " words"}));
    }
  }

  void add_all(const RuleNode& node, Sense sense, uint32_t payload, PhraseSense::Case letter_case = PhraseSense::Case::any) {
    for (const RuleNode& item : node.items()) add(item, item.text(), sense, payload, letter_case);
  }

  Guard read_guard(const RuleNode& node) {
    Guard guard;
    guard.glued = node["glued"].flag(false);
    guard.spaced = node["spaced"].flag(false);
    guard.closed = node["closed"].flag(false);
    guard.of = node["of"].flag(false);
    guard.unquoted = node["unquoted"].flag(false);
    guard.paired = node["paired"].flag(false);
    guard.negative = node["negative"].flag(false);
    guard.alone = node["alone"].flag(false);
    guard.ungrouped = node["ungrouped"].flag(false);
    guard.whole = node["whole"].flag(false);
    guard.decimal = node["decimal"].flag(false);
    guard.money = node["money"].flag(false);
    guard.unit = node["unit"].flag(false);
    guard.min = node["min"].integer(0);
    guard.max = node["max"].integer(INT32_MAX);
    guard.context = list_mask(node["context"], lists_);
    guard.unless = list_mask(node["unless"], lists_);
    if (guard.min > guard.max) node["min"].error("min is above max");
    return guard;
  }

  uint32_t add_surface(const UnitSurface& surface) {
    t_.unit_surfaces_.push_back(surface);
    return static_cast<uint32_t>(t_.unit_surfaces_.size() - 1);
  }

  void read_unit(const RuleNode& node) {
    node.allow_keys({"name", "type", "dimension", "standard", "factor", "surfaces", "exact", "guarded", "mixed", "clock", "per"});
    const uint16_t index = t_.find(node["name"].text());
    if (index == 0) return;
    Unit& unit = t_.units_[index];
    if (unit.type == UnitType::multiple && t_.multiple_ == 0) t_.multiple_ = index;
    if (unit.type == UnitType::percent && t_.percent_ == 0) t_.percent_ = index;
    unit.dimension = node["dimension"].text();
    unit.factor = node["factor"].decimal(Decimal(1));
    if (node["standard"].present()) unit.standard = unit_named(node["standard"], node["standard"].text());
    if (node["factor"].present() != node["standard"].present()) node.error("standard and factor come together");
    if (unit.factor.is_zero() || unit.factor.is_negative()) node["factor"].error("a factor is above zero");

    const uint32_t plain = add_surface({.unit = index});
    add_all(node["surfaces"], Sense::unit, plain);
    add_all(node["exact"], Sense::unit, plain, PhraseSense::Case::exact);
    for (const RuleNode& item : node["guarded"].items()) read_guarded_surface(item, index);
    add_all(node["per"], Sense::denominator, index);
    for (const auto& [name, count] : node["mixed"].entries()) {
      const uint16_t smaller = unit_named(count, name);
      const int number = count.integer(2);
      if (number < 2) count.error("a unit has two or more of a smaller one");
      t_.units_[index].rests.push_back({smaller, number});
    }
    if (!node["clock"].flag(false)) return;
    if (t_.units_[index].rests.empty()) node["clock"].error("a unit on the clock has a smaller one");
    t_.clocked_ = t_.units_[index].rests.empty() ? uint16_t{0} : index;
  }

  void read_guarded_surface(const RuleNode& node, uint16_t unit) {
    node.allow_keys({"text", "any_case", "exponent", "glued", "spaced", "closed", "of", "unquoted", "paired", "negative", "alone", "ungrouped", "whole",
                     "decimal", "min", "max", "context", "unless"});
    const int exponent = node["exponent"].integer(0);
    if (exponent < -6 || exponent > 15) node["exponent"].error("an exponent of a surface lies within -6..15");
    const uint32_t payload = add_surface({.unit = unit, .exponent = static_cast<int8_t>(exponent), .guard = read_guard(node)});
    const bool any_case = node["any_case"].flag(false);
    for (const RuleNode& item : node["text"].items()) {
      add(item, item.text(), Sense::unit, payload, any_case ? PhraseSense::Case::any : PhraseSense::Case::exact);
    }
    if (!node["text"].present()) node.error("missing 'text'");
  }

  void read_currency(const RuleNode& node) {
    node.allow_keys({"code", "word", "any_case", "code_is_name", "millions", "before", "after", "names", "adjectives", "nouns", "grouped", "grouped_after", "echo",
                     "minor", "minor_behind", "minor_glued", "tenths", "thousandths"});
    const std::string code = node["code"].text();
    const uint16_t index = t_.find(code);
    if (index == 0) return;
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), is_upper)) {
      node["code"].error(message({"an ISO 4217 code is three capitals (got '", code, "')"}));
    }
    const bool is_word = node["word"].flag(false);
    if (!node["code_is_name"].flag(false)) {
      const auto letter_case = node["any_case"].flag(false) ? PhraseSense::Case::any : PhraseSense::Case::exact;
      add(node["code"], code, Sense::currency_before, add_mark({.unit = index, .grouped = is_word}), letter_case);
      add(node["code"], code, Sense::currency_after, add_surface({.unit = index, .grouped = is_word}), letter_case);
    }
    add_money_words(node, {.unit = index}, {.unit = index});
    add_marks(node["grouped"], {.unit = index, .grouped = true});
    add_marks(node["millions"], {.unit = index, .exponent = 6});
    add_money(node["millions"], {.unit = index, .exponent = 6});
    add_money(node["grouped_after"], {.unit = index, .grouped = true});
    add_money(node["minor_glued"], {.unit = index, .exponent = -2, .guard = {.glued = true, .max = kMaxMinor}});
    add_money(node["echo"], {.unit = index, .echo = true});
    for (const RuleNode& adjective : node["adjectives"].items()) {
      for (const RuleNode& noun : node["nouns"].items()) {
        const std::string name = adjective.text() + " " + noun.text();
        add(noun, name, Sense::currency_after, add_surface({.unit = index}));
        add(noun, name, Sense::currency_before, add_mark({.unit = index, .grouped = true, .aside = true}));
      }
    }
  }

  void read_shared_mark(const RuleNode& node) {
    node.allow_keys({"of", "settled", "before", "after", "names", "minor", "minor_behind", "tenths", "thousandths"});
    SharedMark mark;
    for (const RuleNode& item : node["of"].items()) {
      if (const uint16_t unit = unit_named(item, item.text())) mark.units.push_back(unit);
    }
    if (mark.units.size() < 2) return node.error("a shared mark is of two or more units");
    mark.settled = node["settled"].flag(false);
    const auto shared = static_cast<uint16_t>(t_.shared_marks_.size());
    const uint16_t unit = mark.units.front();
    t_.shared_marks_.push_back(std::move(mark));
    add_money_words(node, {.unit = unit, .shared = shared}, {.unit = unit, .shared = shared});
  }

  // What currencies and shared marks have in common.
  void add_money_words(const RuleNode& node, CurrencyMark mark, UnitSurface surface) {
    add_marks(node["before"], mark);
    add_money(node["after"], surface);
    add_money(node["names"], surface, PhraseSense::Case::any);
    const std::pair<const char*, int8_t> parts[] = {{"tenths", -1}, {"minor", -2}, {"thousandths", -3}};
    for (const auto& [key, exponent] : parts) {
      surface.exponent = exponent;
      add_money(node[key], surface);
    }
    surface.exponent = -2;
    surface.behind = true;
    add_money(node["minor_behind"], surface);
  }

  void add_marks(const RuleNode& node, const CurrencyMark& mark) {
    if (node.present()) add_all(node, Sense::currency_before, add_mark(mark), PhraseSense::Case::exact);
  }

  void add_money(const RuleNode& node, const UnitSurface& surface, PhraseSense::Case letter_case = PhraseSense::Case::exact) {
    if (node.present()) add_all(node, Sense::currency_after, add_surface(surface), letter_case);
  }

  uint32_t add_mark(const CurrencyMark& mark) {
    t_.currency_marks_.push_back(mark);
    return static_cast<uint32_t>(t_.currency_marks_.size() - 1);
  }

  void read_scale(const RuleNode& node) {
    node.allow_keys({"exponent", "words", "plurals", "exact", "glued", "spaced", "closed", "alone", "ungrouped", "whole", "decimal",
                     "money", "unit", "min", "max", "context"});
    const int exponent = node["exponent"].integer(0);
    if (exponent < 1 || exponent > 18) node["exponent"].error("a scale's exponent lies within 1..18");
    Scale scale{static_cast<int8_t>(exponent), false, read_guard(node)};
    t_.scales_.push_back(scale);
    const auto payload = static_cast<uint32_t>(t_.scales_.size() - 1);
    add_all(node["words"], Sense::scale, payload);
    add_all(node["exact"], Sense::scale, payload, PhraseSense::Case::exact);
    if (!node["plurals"].present()) return;
    scale.plural = true;
    t_.scales_.push_back(scale);
    add_all(node["plurals"], Sense::scale, payload + 1);
  }

  void read_numbers(const RuleNode& node, const NumberKey& key) {
    for (const auto& [word, value] : node.entries()) {
      const int number = value.integer(key.min);
      if (number < key.min || number > key.max) {
        value.error(message({"out of range (got ", value.text(), "; expected ", std::to_string(key.min), "..", std::to_string(key.max), ")"}));
      }
      add(value, word, key.sense, static_cast<uint32_t>(number) | key.mark);
    }
  }

  void read_qualifier(const RuleNode& node) {
    node.allow_keys({"qualifier", "before", "glued_before", "marks", "verbs", "compares", "asides", "after", "glued_after"});
    const std::string name = node["qualifier"].required_text();
    const auto at = std::find(kQualifiers.begin(), kQualifiers.end(), name);
    if (at == kQualifiers.end()) return node["qualifier"].error(message({"no qualifier '", name, "'"}));
    const auto index = static_cast<uint8_t>(at - kQualifiers.begin());
    const auto add_kind = [&](std::string_view key, Sense sense, bool QualifierPhrase::* kind) {
      QualifierPhrase phrase;
      phrase.qualifier = index;
      if (kind != nullptr) phrase.*kind = true;
      t_.qualifiers_.push_back(phrase);
      add_all(node[key], sense, static_cast<uint32_t>(t_.qualifiers_.size() - 1));
    };
    add_kind("before", Sense::qualifier_before, nullptr);
    add_kind("glued_before", Sense::qualifier_before, &QualifierPhrase::glued);
    add_kind("marks", Sense::qualifier_before, &QualifierPhrase::mark);
    add_kind("verbs", Sense::qualifier_before, &QualifierPhrase::outside);
    add_kind("compares", Sense::qualifier_before, &QualifierPhrase::compares);
    add_kind("asides", Sense::qualifier_before, &QualifierPhrase::aside);
    add_kind("after", Sense::qualifier_after, nullptr);
    add_kind("glued_after", Sense::qualifier_after, &QualifierPhrase::glued);
  }

  void read_date_role(const RuleNode& node) {
    node.allow_keys({"role", "part", "closing", "words"});
    DateRole role;
    role.role = static_cast<uint8_t>(setting(node, "role", DateField::role));
    role.part = static_cast<uint8_t>(setting(node, "part", DateField::part));
    role.closing = node["closing"].flag(false);
    t_.date_roles_.push_back(role);
    add_all(node["words"], Sense::date_role, static_cast<uint32_t>(t_.date_roles_.size() - 1));
  }

  static int16_t setting(const RuleNode& node, std::string_view key, DateField field) {
    return node[key].present() ? DateForms::Builder::read_setting(node[key], field) : int16_t{0};
  }

  void read_date_part(const RuleNode& words, std::string_view name) {
    const int16_t part = DateForms::Builder::named_setting(words, name, DateField::part);
    add_all(words, Sense::date_part, static_cast<uint32_t>(part));
  }

  void add_holiday_words(const RuleNode& node, DateForms::Builder& dates) {
    const auto number = static_cast<int16_t>(t_.calendar_.holiday_named(node["name"].text()));
    for (const RuleNode& word : node["words"].items()) {
      dates.add_word(word, word.text(), "holiday", {{DateField::holiday, number}, {DateField::grain, DateForms::Builder::named_setting(node, "holiday", DateField::grain)}});
    }
  }

  void finish() {
    t_.starts_.assign(t_.vocabulary_.size(), 0);
    t_.lists_.resize(t_.vocabulary_.size());
    t_.whole_.assign(t_.vocabulary_.size(), 0);
    for (const PhraseTable::Start& start : t_.phrases_.starts()) {
      if (start.second != 0) t_.pairs_.add(start.word, start.second);
      if (start.kind == static_cast<uint8_t>(Sense::date_word)) continue;
      const uint64_t bit = uint64_t{1} << start.kind;
      t_.starts_[start.word] |= bit;
      if (start.is_whole) t_.whole_[start.word] |= bit;
    }
    for (const auto& [first, second] : t_.dates_.first_pairs()) t_.pairs_.add(first, second);
    for (const DateForms::FirstWord& first : t_.dates_.first_words()) {
      t_.starts_[first.word] |= kDateStart | (first.is_whole ? kDateWhole : 0);
    }
    for (const DateForms::FirstWord& first : t_.dates_.aside_words()) {
      t_.starts_[first.word] |= kAsideStart | (first.is_whole ? kAsideWhole : 0);
    }
  }

  ValueTables& t_;
  std::vector<std::string> lists_;
};

ValueTables::ValueTables() : units_(1) {}

ValueTables ValueTables::load(std::span<const RuleFile* const> files) {
  ValueTables tables;
  ValueTableLoader(tables).load(files);
  return tables;
}

ValueTables ValueTables::load(const std::string& directory, Diagnostics& diagnostics) {
  std::vector<RuleFile> files;
  for (const char* name : {"numbers", "currencies", "units", "holidays", "times", "dates"}) {
    files.push_back(RuleFile::read(directory + "/common/" + name + ".yaml", diagnostics));
  }
  std::vector<const RuleFile*> given;
  for (const RuleFile& file : files) given.push_back(&file);
  return load(std::span<const RuleFile* const>(given));
}

uint16_t ValueTables::find(std::string_view name) const {
  for (size_t i = 1; i < units_.size(); ++i) {
    if (units_[i].name == name) return static_cast<uint16_t>(i);
  }
  return 0;
}

std::optional<Decimal> ValueTables::to_standard(const Decimal& value, uint16_t unit) const {
  return value.times(units_[unit].factor);
}

}  // namespace factmill
