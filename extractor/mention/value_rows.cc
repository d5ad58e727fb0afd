#include "mention/value_rows.h"

namespace factmill {
namespace {

// Whether a phrase in this sense can have been part of the value.
bool belongs(const ValueTables& tables, const PhraseSense& sense, const Value& value) {
  switch (static_cast<Sense>(sense.kind)) {
    case Sense::unit:
    case Sense::currency_after: {
      const UnitSurface& surface = tables.unit_surface(sense.payload);
      return surface.unit == value.unit || (value.mark != 0 && surface.shared == value.mark);
    }
    case Sense::currency_before: {
      const CurrencyMark& mark = tables.currency_mark(sense.payload);
      return mark.unit == value.unit || (value.mark != 0 && mark.shared == value.mark);
    }
    case Sense::denominator:
    case Sense::each:
      return value.per != 0 && sense.payload == value.per;
    case Sense::qualifier_before:
    case Sense::qualifier_after:
      return value.approximate || tables.qualifier(sense.payload).qualifier == static_cast<uint8_t>(value.qualifier);
    case Sense::per:
    case Sense::per_article:
      return value.per != 0;
    case Sense::ordinal:
    case Sense::ordinal_suffix:
    case Sense::ordinal_prefix:
      return value.type == ValueType::ordinal;
    case Sense::multiple:
      return value.type == ValueType::multiple;
    case Sense::range_to:
    case Sense::range_from:
    case Sense::range_between:
    case Sense::range_and:
      return value.is_range;
    case Sense::list_and:
    case Sense::list_comma:
    case Sense::list_tight:
    case Sense::never:
    case Sense::date_word:
    case Sense::date_role:
    case Sense::date_part:
    case Sense::date_to:
    case Sense::date_between:
    case Sense::date_and:
      return false;
    default:
      return true;
  }
}

// The forms of a date and of the second end of its range; the words of its role before them.
std::vector<ValueRow> rows_of_date(const ValueTables& tables, std::string_view text, const Value& value,
                                   std::span<const Token> tokens) {
  std::vector<ValueRow> rows;
  const auto any = [](const DateForm&, const DateFields&, size_t) { return true; };
  for (size_t i = 0; i < tokens.size();) {
    size_t end = 0;
    const Place* place = nullptr;
    for (const Sense sense : {Sense::date_role, Sense::date_part, Sense::date_between, Sense::date_and, Sense::date_to}) {
      if (sense == Sense::date_role && tokens[i].begin >= value.span.begin) continue;
      const PhraseTable::Match phrase = tables.phrases().longest(tokens, i, text, static_cast<uint8_t>(sense));
      if (phrase.end <= end) continue;
      end = phrase.end;
      place = &tables.row(phrase.row);
    }
    if (tokens[i].begin >= value.span.begin) {
      const DateForms::Match form = tables.dates().match(tokens, i, text, tables.phrases(), true, any);
      if (form.end > end) {
        end = form.end;
        place = &form.form->place;
      }
    }
    if (end > i) rows.push_back({{tokens[i].begin, tokens[end - 1].end}, place});
    i = end > i ? end : i + 1;
  }
  return rows;
}

}  // namespace

std::vector<ValueRow> rows_of(const ValueTables& tables, std::string_view text, const Value& value) {
  TokenList tokens;
  tokenize(text, value.outer, tables.vocabulary(), DecimalSign::point, tokens);
  if (value.type == ValueType::date) return rows_of_date(tables, text, value, tokens.view());
  std::vector<ValueRow> rows;
  for (size_t i = 0; i < tokens.size();) {
    size_t end = 0;
    uint32_t row = 0;
    for (size_t sense = 0; sense < static_cast<size_t>(Sense::count); ++sense) {
      tables.phrases().each_match(tokens.view(), i, text, static_cast<uint8_t>(sense),
                                  [&](const PhraseSense& found, size_t found_end) {
                                    if (found_end <= end || found.row == 0 || !belongs(tables, found, value)) return;
                                    end = found_end;
                                    row = found.row;
                                  });
    }
    if (end > i) rows.push_back({{tokens[i].begin, tokens[end - 1].end}, &tables.row(row)});
    i = end > i ? end : i + 1;
  }
  return rows;
}

}  // namespace factmill
