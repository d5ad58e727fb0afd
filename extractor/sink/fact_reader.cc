#include "sink/fact_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>

namespace factmill {
namespace {

namespace od = simdjson::ondemand;

// Why a value is none, thrown through simdjson's own exceptions' way out and caught in read().
struct WrongValue {
  std::string message;
};

std::string text_of(od::value value) { return std::string(std::string_view(value.get_string())); }

uint64_t number_of(od::value value) { return value.get_uint64(); }

// Digits as they stand, also with the exponent that other programs write for large numbers.
Decimal decimal_of(std::string_view token) {
  token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
  const size_t e = token.find_first_of("eE");
  std::optional<Decimal> number = Decimal::parse(token.substr(0, e));
  if (number && e != std::string_view::npos) {
    std::string_view digits = token.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size() && std::abs(exponent) <= 37;
    if (!is_number) number.reset();
    else if (exponent >= 0) number = number->times(Decimal::power_of_ten(exponent));
    else number = number->divided_by(Decimal::power_of_ten(-exponent), std::min(38, number->scale() - exponent));
  }
  if (!number) throw WrongValue{"no exact number (got " + std::string(token.substr(0, 60)) + ")"};
  return number->normalized();
}

Decimal decimal_of(od::value value) { return decimal_of(std::string_view(value.raw_json_token())); }

struct TextKey {
  std::string_view key;
  std::string Fact::*member;
};
constexpr TextKey kTextKeys[] = {
    {"fact_id", &Fact::fact_id},
    {"doc_id", &Fact::doc_id},
    {"title", &Fact::title},
    {"site", &Fact::site},
    {"lang", &Fact::lang},
    {"published", &Fact::published},
    {"published_from", &Fact::published_from},
    {"metric", &Fact::metric},
    {"measure", &Fact::measure},
    {"basis", &Fact::basis},
    {"company", &Fact::company},
    {"brand", &Fact::brand},
    {"model", &Fact::model},
    {"variant", &Fact::variant},
    {"company_id", &Fact::company_id},
    {"industry", &Fact::industry},
    {"segment", &Fact::segment},
    {"region", &Fact::region},
    {"counterparty", &Fact::counterparty},
    {"feature", &Fact::feature},
    {"qualifier", &Fact::qualifier},
    {"unit", &Fact::unit},
    {"per", &Fact::per},
    {"unit_std", &Fact::unit_std},
    {"fx_from", &Fact::fx_from},
    {"period", &Fact::period},
    {"period_start", &Fact::period_start},
    {"period_end", &Fact::period_end},
    {"period_kind", &Fact::period_kind},
    {"period_from", &Fact::period_from},
    {"company_from", &Fact::company_from},
    {"modality", &Fact::modality},
    {"status", &Fact::status},
    {"attributed_to", &Fact::attributed_to},
    {"stated_on", &Fact::stated_on},
    {"rule", &Fact::rule},
    {"pack", &Fact::pack},
};

struct DecimalKey {
  std::string_view key;
  std::optional<Decimal> Fact::*member;
};
constexpr DecimalKey kDecimalKeys[] = {
    {"value", &Fact::value},
    {"value_low", &Fact::value_low},
    {"value_high", &Fact::value_high},
    {"value_std", &Fact::value_std},
    {"value_low_std", &Fact::value_low_std},
    {"value_high_std", &Fact::value_high_std},
    {"value_cny", &Fact::value_cny},
    {"value_usd", &Fact::value_usd},
    {"fx_rate", &Fact::fx_rate},
};

template <class Use>
void each_field(od::value value, Use use) {
  for (auto field : value.get_object()) use(std::string_view(field.unescaped_key()), field.value());
}

void read_source(od::value value, Fact& fact) {
  each_field(value, [&](std::string_view key, od::value field) {
    if (key == "path") fact.path = text_of(field);
    if (key == "member") fact.member = text_of(field);
    if (key == "offset") fact.offset = number_of(field);
    if (key == "url") fact.url = text_of(field);
    if (key == "charset") fact.charset = text_of(field);
  });
}

void read_stated_alt(od::value value, Fact& fact) {
  StatedAmount& amount = fact.stated_alt.emplace();
  each_field(value, [&](std::string_view key, od::value field) {
    if (key == "value") amount.value = decimal_of(field);
    if (key == "value_low") amount.value_low = decimal_of(field);
    if (key == "value_high") amount.value_high = decimal_of(field);
    if (key == "unit") amount.unit = text_of(field);
  });
}

void read_evidence(od::value value, Fact& fact) {
  for (auto item : value.get_array()) {
    Evidence& evidence = fact.evidence.emplace_back();
    each_field(item.value(), [&](std::string_view key, od::value field) {
      if (key == "start") evidence.start = number_of(field);
      if (key == "end") evidence.end = number_of(field);
      if (key == "text") evidence.text = text_of(field);
    });
  }
}

void read_sentence(od::value value, Fact& fact) {
  each_field(value, [&](std::string_view key, od::value field) {
    if (key == "start") fact.sentence.begin = static_cast<uint32_t>(number_of(field));
    if (key == "end") fact.sentence.end = static_cast<uint32_t>(number_of(field));
  });
}

void read_attributes(od::value value, Fact& fact) {
  each_field(value, [&](std::string_view key, od::value field) {
    std::string name(key);
    fact.attributes.emplace_back(std::move(name), text_of(field));
  });
  std::sort(fact.attributes.begin(), fact.attributes.end());
}

void read_flags(od::value value, Fact& fact) {
  for (auto item : value.get_array()) fact.flags.push_back(text_of(item.value()));
  std::sort(fact.flags.begin(), fact.flags.end());
}

struct NestedKey {
  std::string_view key;
  void (*read)(od::value value, Fact& fact);
};
constexpr NestedKey kNestedKeys[] = {
    {"source", read_source},         {"stated_alt", read_stated_alt}, {"evidence", read_evidence},
    {"sentence", read_sentence},     {"attributes", read_attributes}, {"flags", read_flags},
};

template <class Table>
const auto* row_of(const Table& table, std::string_view key) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.key == key; });
  return found == std::end(table) ? nullptr : found;
}

void read_field(std::string_view key, od::value value, Fact& fact) {
  if (value.is_null()) return;
  if (const TextKey* row = row_of(kTextKeys, key)) fact.*row->member = text_of(value);
  else if (const DecimalKey* row = row_of(kDecimalKeys, key)) fact.*row->member = decimal_of(value);
  else if (const NestedKey* row = row_of(kNestedKeys, key)) row->read(value, fact);
}

}  // namespace

struct FactReader::Impl {
  od::parser parser;
  simdjson::padded_string padded;
};

FactReader::FactReader() : impl_(std::make_unique<Impl>()) {}
FactReader::~FactReader() = default;

bool FactReader::read(std::string_view line, Fact& fact, std::string& problem) {
  std::string key;
  try {
    impl_->padded = simdjson::padded_string(line);
    od::document document = impl_->parser.iterate(impl_->padded);
    for (auto field : document.get_object()) {
      key = std::string_view(field.unescaped_key());
      read_field(key, field.value(), fact);
    }
    if (document.current_location().error() == simdjson::SUCCESS) throw WrongValue{"something stands behind the object"};
    // What the writer leaves out because it is the default.
    if (fact.qualifier == "exact") fact.qualifier.clear();
    return true;
  } catch (const WrongValue& wrong) {
    problem = key.empty() ? wrong.message : key + ": " + wrong.message;
  } catch (const simdjson::simdjson_error& error) {
    problem = key.empty() ? std::string("not a JSON object: ") + error.what() : key + ": " + error.what();
  }
  return false;
}

}  // namespace factmill
