#include "mention/conventions.h"

#include <algorithm>

namespace factmill {
namespace {

constexpr int kEnoughNames = 2;       // of a country, for a sign that nothing settles
constexpr int kEnoughForSettled = 3;  // for one that is nearly always the first of its units
constexpr int kTimesTheRunnerUp = 2;

// Whether the date lies behind the publish date as it stands, and not after a change of order: news tells what has been.
bool is_ahead(const DateSpec& date, std::optional<Day> published) {
  if (!published || date.year == 0) return false;
  DateSpec swapped = date;
  if (!swap_order(swapped)) return false;
  const auto read = resolve_date(date, {}), other = resolve_date(swapped, {});
  return read && other && read->days.from > *published && other->days.from <= *published;
}

// The number of the choice among `choices`, which takes it in where it is new.
uint8_t add(std::vector<Choice>& choices, const Choice& choice) {
  const auto same = [&](const Choice& c) { return c.of == choice.of && c.by == choice.by && c.evidence == choice.evidence; };
  const auto known = std::find_if(choices.begin(), choices.end(), same);
  if (known != choices.end()) return static_cast<uint8_t>(known - choices.begin() + 1);
  choices.push_back(choice);
  return static_cast<uint8_t>(choices.size());
}

}  // namespace

std::string_view home_site(const Document& document) {
  std::string_view url = document.source.url;
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return document.site;
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/:?#"));
}

// The countries that a document names, counted when first asked for.
class Conventions::Votes {
 public:
  Votes(const Conventions& conventions, const Document& document) : conventions_(conventions), document_(document) {}

  const std::vector<Vote>& counted() {
    if (!votes_.empty()) return votes_;
    for (const Locale& locale : conventions_.locales_.all()) votes_.push_back({&locale, {}, 0});
    std::vector<NameHit> hits;
    for (const Paragraph& p : document_.paragraphs) conventions_.names_.find(document_.text, p.span, hits);
    for (const NameHit& hit : hits) {
      Vote& vote = votes_[conventions_.names_.reading(hit.readings).index];
      if (vote.count++ == 0) vote.first = hit.span;
    }
    return votes_;
  }

  // The country that is named clearly more often than any other among those that `wanted` holds for.
  template <class Wanted>
  const Vote* winner(int enough, Wanted wanted) {
    const Vote* best = nullptr;
    int second = 0;
    for (const Vote& vote : counted()) {
      if (!wanted(*vote.locale)) continue;
      if (!best || vote.count > best->count) {
        second = best ? best->count : 0;
        best = &vote;
      } else {
        second = std::max(second, vote.count);
      }
    }
    if (!best || best->count < enough || best->count < kTimesTheRunnerUp * second) return nullptr;
    return best;
  }

 private:
  const Conventions& conventions_;
  const Document& document_;
  std::vector<Vote> votes_;
};

Conventions::Conventions(const LocaleTable& locales, const ValueTables& tables) : locales_(locales), tables_(tables) {
  for (uint32_t i = 0; i < locales.all().size(); ++i) {
    for (const std::string& name : locales.all()[i].names) names_.add(name, {Tag::none, i});
  }
  names_.build();
}

DecimalSign Conventions::decimal_sign(const Document& document, const ValueList& values) const {
  const DecimalTally& tally = values.decimals;
  // A list of figures, each with three digits behind the point: nobody measures so, but some count so.
  constexpr uint32_t kListOfGroups = 4;
  // "56.232 billion" is no such figure.
  const auto is_scaled = [&](const Value& value) {
    return value.last_digit >= 0 && value.span.of(document.text).find('.') != std::string_view::npos;
  };
  const bool has_groups = tally.point == 0 && tally.grouped >= kListOfGroups;
  if (has_groups && std::none_of(values.values.begin(), values.values.end(), is_scaled)) return DecimalSign::comma;
  if (tally.open == 0 || tally.point >= tally.comma) {
    // A page of a country that writes commas, without a word against it.
    const Locale* home = tally.open != 0 && tally.point == 0 ? locales_.of_site(home_site(document)) : nullptr;
    return home ? home->decimals : DecimalSign::point;
  }
  return DecimalSign::comma;
}

void Conventions::settle(const Document& document, ValueList& values) const {
  Votes votes(*this, document);
  settle_currencies(document, votes, values);
  settle_decimals(document, values);
  settle_dates(document, values);
  settle_holidays(document, votes, values);
}

void Conventions::settle_currencies(const Document& document, Votes& votes, ValueList& values) const {
  struct Settled {
    uint16_t mark, unit;
    uint8_t choice;
  };
  std::vector<Settled> settled;
  for (Value& value : values.values) {
    if (value.mark == 0) continue;
    auto known = std::find_if(settled.begin(), settled.end(), [&](const Settled& s) { return s.mark == value.mark; });
    if (known == settled.end()) {
      uint16_t unit = value.unit;
      const std::optional<Choice> choice = choose_currency(document, votes, values, value.mark, unit);
      if (choice) values.choices.push_back(*choice);
      settled.push_back({value.mark, unit, choice ? static_cast<uint8_t>(values.choices.size()) : uint8_t{0}});
      known = settled.end() - 1;
    }
    if (known->choice == 0) continue;
    value.choice = known->choice;
    if (values.choices[known->choice - 1].by == Choice::By::nothing) continue;
    value.unit = known->unit;
    value.unit_ambiguous = false;
  }
}

// Empty where there is nothing to say: a sign that is nearly always the first of its units, and nothing against it.
std::optional<Choice> Conventions::choose_currency(const Document& document, Votes& votes, const ValueList& values,
                                                   uint16_t mark, uint16_t& unit) const {
  const std::span<const uint16_t> units = tables_.alternatives(mark);
  const bool is_settled = tables_.is_settled(mark);
  const auto possible = [&](uint16_t u) { return std::find(units.begin(), units.end(), u) != units.end(); };
  if (const Locale* home = locales_.of_site(home_site(document)); home && possible(home->currency)) {
    unit = home->currency;
    return Choice{Choice::Of::currency, Choice::By::site, {}};
  }
  // Amounts that say which currency they are in: yen beside ¥. Beside "$" they say which one it is not.
  const Value* plain = nullptr;
  bool several = false;
  for (const Value& value : values.values) {
    if (value.mark != 0 || value.type != ValueType::money || !possible(value.unit)) continue;
    several |= plain && plain->unit != value.unit;
    if (!plain) plain = &value;
  }
  if (!is_settled && plain && !several) {
    unit = plain->unit;
    return Choice{Choice::Of::currency, Choice::By::document, plain->span};
  }
  const auto unnamed = [&](const Locale& locale) { return possible(locale.currency); };
  const auto otherwise = [&](const Value& value) { return value.mark == 0 && value.type == ValueType::money; };
  // Where other money says its currency, "$" is what it mostly is: no country is counted then.
  const bool told = is_settled && std::any_of(values.values.begin(), values.values.end(), otherwise);
  const Vote* vote = told ? nullptr : votes.winner(is_settled ? kEnoughForSettled : kEnoughNames, unnamed);
  if (vote && (!is_settled || vote->locale->currency != units.front())) {
    unit = vote->locale->currency;
    return Choice{Choice::Of::currency, Choice::By::countries, vote->first};
  }
  if (is_settled) return std::nullopt;
  return Choice{Choice::Of::currency, Choice::By::nothing, {}};
}

void Conventions::settle_dates(const Document& document, ValueList& values) const {
  using Order = DateSpec::Order;
  const auto order_of = [&](const Value& value) { return value.type == ValueType::date ? values.dates[value.date].order : Order::none; };
  const auto first_of = [&](Order order) {
    return std::find_if(values.values.begin(), values.values.end(), [&](const Value& value) { return order_of(value) == order; });
  };
  if (first_of(Order::open) == values.values.end()) return;
  const auto day_first = first_of(Order::day_first), month_first = first_of(Order::month_first), none = values.values.end();
  const Locale* home = locales_.of_site(home_site(document));
  Choice choice{Choice::Of::date_order, Choice::By::nothing, {}};
  bool swaps = false;
  if ((day_first == none) != (month_first == none)) {
    swaps = month_first == none;
    choice = {Choice::Of::date_order, Choice::By::document, (swaps ? day_first : month_first)->span};
  } else if (home) {
    swaps = !home->month_first;
    choice.by = Choice::By::site;
  }
  for (Value& value : values.values) {
    if (order_of(value) != Order::open) continue;
    DateSpec& date = values.dates[value.date];
    Choice own = choice;
    bool swap = swaps;
    if (own.by == Choice::By::nothing) {
      swap = is_ahead(date, document.published);
      if (swap) own.by = Choice::By::published;
    }
    if (swap) swap_order(date);
    if (swap && date.until != 0) swap_order(values.dates[date.until - 1]);
    value.choice = add(values.choices, own);
  }
}

// Labor Day: in September where the document is American, in May where it is Chinese.
void Conventions::settle_holidays(const Document& document, Votes& votes, ValueList& values) const {
  for (Value& value : values.values) {
    if (value.type != ValueType::date || values.dates[value.date].holiday == 0) continue;
    DateSpec& date = values.dates[value.date];
    const Holiday& holiday = tables_.calendar().holiday(date.holiday);
    if (holiday.elsewhere.empty()) continue;
    const auto other_at = [&](const Locale& locale) {
      const auto at = std::find_if(holiday.elsewhere.begin(), holiday.elsewhere.end(), [&](const auto& other) { return other.first == locale.code; });
      return at == holiday.elsewhere.end() ? 0 : at->second;
    };
    const auto wanted = [&](const Locale& locale) {
      return other_at(locale) != 0 || std::find(holiday.at.begin(), holiday.at.end(), locale.code) != holiday.at.end();
    };
    const Locale* home = locales_.of_site(home_site(document));
    Choice choice{Choice::Of::holiday, Choice::By::nothing, {}};
    int other = 0;
    if (home && wanted(*home)) {
      other = other_at(*home);
      choice.by = Choice::By::site;
    } else if (const Vote* vote = votes.winner(kEnoughNames, wanted)) {
      other = other_at(*vote->locale);
      choice.by = Choice::By::countries;
      choice.evidence = vote->first;
    }
    if (other != 0) date.holiday = static_cast<int16_t>(other);
    value.choice = add(values.choices, choice);
  }
}

void Conventions::settle_decimals(const Document& document, ValueList& values) const {
  uint8_t choice = 0;
  for (Value& value : values.values) {
    if (!value.other_decimals || value.choice != 0) continue;
    if (choice == 0) {
      const bool shown = values.decimals.comma > 0;
      const bool home = !shown && locales_.of_site(home_site(document));
      values.choices.push_back({Choice::Of::decimal_sign, home ? Choice::By::site : Choice::By::document,
                                shown  ? values.decimals.first_comma
                                : home ? Span()
                                       : value.span});
      choice = static_cast<uint8_t>(values.choices.size());
    }
    value.choice = choice;
  }
}

}  // namespace factmill
