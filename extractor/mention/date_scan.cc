// Dates: a form of the tables, with the words around it that give it a role.
#include <algorithm>

#include "mention/timex.h"
#include "mention/value_scan.h"

namespace factmill {
namespace {

constexpr int8_t kHalves = 2;           // of a year
constexpr uint32_t kElidedReach = 200;  // bytes between a date and one that leaves its unit out
constexpr uint32_t kMaxYear = 2099;  // no form begins with a greater number

// Hours count from 1 (midnight); pm: 1 before noon, 2 after it, 0 where nothing is said.
int8_t hour_of(int8_t hour, int16_t pm) {
  if (hour == 0 || pm == 0) return hour;
  if (pm == 1 && hour == 13) return 1;
  return pm == 2 && hour < 13 ? static_cast<int8_t>(hour + 12) : hour;
}

DateSpec spec_of(const DateFields& f) {
  const auto get = [&](DateField field) { return field_of(f, field); };
  const auto small = [&](DateField field) { return static_cast<int8_t>(field_of(f, field)); };
  DateSpec spec;
  spec.grain = static_cast<DateSpec::Grain>(get(DateField::grain));
  spec.anchor = static_cast<DateSpec::Anchor>(get(DateField::anchor));
  spec.role = static_cast<DateSpec::Role>(get(DateField::role));
  spec.part = static_cast<DateSpec::Part>(get(DateField::part));
  spec.year = get(DateField::year);
  spec.month = small(DateField::month);
  spec.day = small(DateField::day);
  spec.quarter = small(DateField::quarter);
  spec.half = small(DateField::half);
  spec.week = small(DateField::week);
  spec.weekday = small(DateField::weekday);
  spec.offset = get(DateField::offset);
  spec.months = small(DateField::months);
  spec.fiscal = get(DateField::fiscal) != 0;
  spec.expected = get(DateField::expected) != 0;
  spec.keeps_length = get(DateField::keeps_length) != 0;
  spec.end_year = get(DateField::end_year);
  spec.end_month = small(DateField::end_month);
  spec.end_day = small(DateField::end_day);
  spec.end_quarter = small(DateField::end_quarter);
  spec.kind = static_cast<DateSpec::Kind>(get(DateField::kind));
  spec.daypart = static_cast<DateSpec::Daypart>(get(DateField::daypart));
  spec.reference = static_cast<DateSpec::Reference>(get(DateField::reference));
  spec.base = static_cast<DateSpec::Base>(get(DateField::base));
  spec.closing = get(DateField::closing) != 0;
  spec.order = static_cast<DateSpec::Order>(get(DateField::order));
  if (spec.order == DateSpec::Order::open && spec.day > 12) spec.order = DateSpec::Order::month_first;
  if (spec.order == DateSpec::Order::open && spec.day == spec.month) spec.order = DateSpec::Order::none;
  spec.vague = get(DateField::vague) != 0;
  spec.points = get(DateField::points) != 0;
  spec.ahead = get(DateField::ahead) != 0;
  spec.steps = get(DateField::steps) != 0;
  spec.hour = hour_of(small(DateField::hour), get(DateField::pm));
  spec.minute = static_cast<int8_t>(small(DateField::minute) - 1);
  spec.second = static_cast<int8_t>(small(DateField::second) - 1);
  spec.season = small(DateField::season);
  spec.nth = small(DateField::nth);
  if (spec.grain == DateSpec::Grain::century && spec.nth > 1) {
    spec.year = static_cast<int16_t>((spec.nth - 1) * 100);
    spec.nth = 0;
  }
  spec.fraction = small(DateField::fraction);
  spec.count = get(DateField::count_of);
  spec.holiday = get(DateField::holiday);
  spec.end_count = get(DateField::end_count);
  spec.end_grain = static_cast<DateSpec::Grain>(get(DateField::end_grain));
  spec.end_weekday = small(DateField::end_weekday);
  spec.closest = get(DateField::closest) != 0;
  spec.lasting = get(DateField::lasting) != 0;
  return spec;
}

static_assert(static_cast<int>(DateSpec::Grain::range) == 6 && static_cast<int>(DateSpec::Anchor::context) == 2 &&
                  static_cast<int>(DateSpec::Role::rest) == 7 && static_cast<int>(DateSpec::Part::end) == 5 &&
                  static_cast<int>(DateSpec::Kind::reference) == 4 && static_cast<int>(DateSpec::Grain::holiday) == 14 &&
                  static_cast<int>(DateSpec::Daypart::daytime) == 6 && static_cast<int>(DateSpec::Reference::future) == 3 &&
                  static_cast<int>(DateSpec::Base::year) == 5,
              "ruleset/date_forms.cc names these values in this order");

bool can_end_range(const DateSpec& spec) {
  using Grain = DateSpec::Grain;
  return spec.anchor == DateSpec::Anchor::absolute && spec.kind == DateSpec::Kind::date && spec.nth == 0 && spec.months == 0 && spec.role == DateSpec::Role::plain &&
         (spec.grain == Grain::day || spec.grain == Grain::month || spec.grain == Grain::quarter || spec.grain == Grain::year);
}

// A day or a stretch of days that stands for itself.
bool can_open_range(const DateSpec& spec) {
  const bool placed = spec.anchor != DateSpec::Anchor::context || spec.grain == DateSpec::Grain::week;
  return spec.kind == DateSpec::Kind::date && placed && spec.grain != DateSpec::Grain::range && spec.role == DateSpec::Role::plain && !spec.lasting;
}

bool is_present(const DateSpec& spec) {
  return spec.kind == DateSpec::Kind::reference && spec.reference == DateSpec::Reference::present;
}

bool can_close_range(const DateSpec& spec) {
  return is_present(spec) || can_open_range(spec) || (spec.kind == DateSpec::Kind::date && spec.role == DateSpec::Role::cumulative);
}

bool is_smaller(DateSpec::Grain grain, DateSpec::Grain than) {
  using Grain = DateSpec::Grain;
  constexpr Grain kOrder[] = {Grain::second, Grain::minute, Grain::hour, Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year};
  const auto rank = [&](Grain g) { return std::find(std::begin(kOrder), std::end(kOrder), g); };
  return rank(grain) < rank(than);
}

// Both ends of a range are written in one order: 27/06/2025 to 03/07/2025.
void align_order(DateSpec& from, DateSpec& to) {
  using Order = DateSpec::Order;
  if (from.order == Order::day_first) swap_order(to);
  if (to.order == Order::day_first) swap_order(from);
  const bool is_open = from.order == Order::open && to.order == Order::open;
  if (!is_open && from.order != Order::day_first) from.order = to.order == Order::open ? from.order : to.order;
}

}  // namespace

size_t ValueScan::read_date(size_t i) {
  const uint64_t words = sense_bit(Sense::date_role) | sense_bit(Sense::date_part) | sense_bit(Sense::date_between) | date_start();
  const bool number = at(i).kind == Token::Kind::number;
  if (!number && !(starts(i) & words)) return 0;
  if (runs_on(i)) return 0;
  DateRole role;
  size_t begin = i;
  const Match role_words = longest(i, Sense::date_role);
  if (role_words) {
    role = tables_.date_role(role_words.payload);
    begin = over_glued_hyphen(role_words.end);
  }
  const Match between = longest(begin, Sense::date_between);
  if (between) begin = between.end;
  const size_t plain_begin = begin;
  DateForms::Match form;
  if (const Match part = longest(begin, Sense::date_part)) {
    form = match_date(over_glued_hyphen(part.end), false);
    // Mid-Autumn Festival begins like a part and is none.
    if (const DateForms::Match whole = asides_ ? match_date(plain_begin, false) : DateForms::Match(); whole.end > form.end) form = {};
    if (form) role.part = static_cast<uint8_t>(part.payload);
  }
  if (!form) {
    begin = plain_begin;
    form = match_date(begin, is_after_year(begin));
  }
  if (!form) return 0;

  DateSpec spec = spec_of(form.fields);
  const bool elided = field_of(form.fields, DateField::elided) != 0;
  if (elided && !complete_elided(begin, spec)) return 0;
  spec.elided = elided;
  if (spec.role == DateSpec::Role::plain) spec.role = static_cast<DateSpec::Role>(role.role);
  if (role.closing) spec.closing = true;
  if (spec.part == DateSpec::Part::whole) spec.part = static_cast<DateSpec::Part>(role.part);
  size_t end = extend_range(spec, form.end, static_cast<bool>(between));
  if (asides_ && end == form.end) end = extend_to_other(spec, between ? i : begin, end, static_cast<bool>(between));
  if (spec.kind == DateSpec::Kind::duration && spec.end_count != 0) end = read_pieces(spec, end);
  Value value;
  value.type = ValueType::date;
  value.date = static_cast<uint32_t>(out_.dates.size());
  value.span = bytes(begin, end);
  value.outer = bytes(role_words ? i : begin, end);
  out_.dates.push_back(spec);
  out_.values.push_back(value);
  if (spec.grain == DateSpec::Grain::year) year_end_ = end;
  return end;
}

// "1,805 in the third quarter of 2024 and 3,386 in the fourth", "a loss this year and a profit next": the unit and what else it
// lies in are those of a date shortly before, which is another one.
bool ValueScan::complete_elided(size_t begin, DateSpec& spec) const {
  const uint32_t at_byte = at(begin).begin;
  for (auto before = out_.values.rbegin(); before != out_.values.rend() && before->span.end + kElidedReach > at_byte; ++before) {
    if (before->type != ValueType::date) continue;
    DateSpec whole = out_.dates[before->date];
    if (whole.kind != DateSpec::Kind::date || whole.role != DateSpec::Role::plain || whole.part != DateSpec::Part::whole) continue;
    if (spec.quarter != 0 && (whole.grain == DateSpec::Grain::quarter || whole.grain == DateSpec::Grain::half)) {
      int8_t& part = whole.grain == DateSpec::Grain::quarter ? whole.quarter : whole.half;
      const bool other = part != 0 && part != spec.quarter && (whole.grain == DateSpec::Grain::quarter || spec.quarter <= kHalves);
      if (!other) return false;
      part = spec.quarter;
      spec = whole;
      return true;
    }
    const bool current = whole.anchor == DateSpec::Anchor::published && whole.offset == 0 && whole.quarter == 0 && whole.month == 0;
    if (spec.quarter == 0 && current && (whole.grain == DateSpec::Grain::year || whole.grain == DateSpec::Grain::quarter)) {
      whole.offset = spec.offset;
      spec = whole;
      return true;
    }
  }
  return false;
}

// "2024 and 2025", "2023, 2024 and 2025": one joint away from a year.
bool ValueScan::is_after_year(size_t i) const {
  if (year_end_ == 0 || i != year_end_ + 1) return false;
  return may_start(year_end_, Sense::list_and) || may_start(year_end_, Sense::list_comma);
}

DateForms::Match ValueScan::match_date(size_t i, bool after_date) const {
  if (i >= size() || runs_on(i)) return {};
  const bool number = at(i).is_number() || (asides_ && at(i).kind == Token::Kind::number);
  const bool clock = asides_ && at(i).decimals == 2;  // 9.30 a.m.
  const bool large = at(i).word > kMaxYear && !at(i).has(Token::kOdd) && !clock;  // also what is no integer
  if (number ? large || at(i).has(Token::kGrouped) : !(starts(i) & date_start())) return {};
  // P7-2024, user/2024: the digits hang on to something before them.
  if (number && !at(i).spaced() && i > 0) {
    const char before = text_[at(i - 1).begin];
    if (before == '/' || before == '.' || before == '#' || before == '$' || before == '_' || before == '=') return {};
  }
  if (!number && !goes_on_as_date(i)) return {};
  const bool plain = number && at(i).decimals == 0 && !at(i).has(Token::kOdd);
  if (plain && !tables_.dates().may_begin_with_digits(at(i).digits, i + 1 < size() ? &at(i + 1) : nullptr)) return {};
  return tables_.dates().match(tokens_, i, text_, tables_.phrases(), asides_,
                               [&](const DateForm& form, const DateFields& fields, size_t end) { return accepts(form, fields, i, end, after_date); });
}

// Whether the word at i is a date by itself or may be the first of one with what stands behind it.
bool ValueScan::goes_on_as_date(size_t i) const {
  const uint32_t word = at(i).word;
  if ((starts(i) & (asides_ ? kAsideWhole | kDateWhole : kDateWhole)) || tables_.dates().is_numeral_start(word)) return true;
  if (i + 1 >= size()) return false;
  if (at(i + 1).kind == Token::Kind::number) return tables_.dates().may_lead_digits(word);
  return tables_.may_begin(word, at(i + 1).word) || (is_sign(i + 1, '-') && glued(i + 1));
}

bool ValueScan::accepts(const DateForm& form, const DateFields& fields, size_t begin, size_t end, bool after_date) const {
  if (runs_on(end)) return false;
  // mid-2025: the word before the hyphen counts.
  const size_t behind = begin > 1 && is_sign(begin - 1, '-') && glued(begin - 1) && glued(begin) ? begin - 1 : begin;
  const bool word_before = behind > 0 && is_word(behind - 1);
  const ListSet before = word_before ? tables_.lists(at(behind - 1).word) : ListSet();
  if (form.after && !after_date && !(before & form.after)) return false;
  if (before & form.not_after) return false;
  if (form.before || form.not_before) {
    const ListSet next = is_word(end) ? tables_.lists(at(end).word) : ListSet();
    if ((next & form.not_before) || (form.before && !(next & form.before))) return false;
  }
  if (form.next_year && field_of(fields, DateField::end_year) != field_of(fields, DateField::year) + 1) return false;
  const bool weak = field_of(fields, DateField::weak) != 0 && form.weak_after;
  if (weak && !after_date && !(before & form.weak_after) && !is_sole(begin, end)) return false;
  if (form.sole && !is_sole(begin, end)) return false;
  if (form.lone && (begin > 0 || !is_sole(begin, end))) return false;
  if (form.closed && end < size() && at(end).kind != Token::Kind::symbol && at(end).kind != Token::Kind::line) return false;
  return !(form.alone && unit_follows(end, begin));
}

// Whether these tokens are the whole text, but for one word before them and a stop behind.
bool ValueScan::is_sole(size_t begin, size_t end) const {
  const bool last = end == size() || (end + 1 == size() && is_sign(end, '.'));
  return asides_ && begin <= 1 && last;
}

// "in 2024 yuan", "August 12 cities": the digits before i count something.
bool ValueScan::unit_follows(size_t i, size_t date_begin) const {
  if (i >= size()) return false;
  const size_t next = over_hyphen(i);
  if (longest(next, Sense::scale) || longest(next, Sense::currency_after)) return true;
  Amount amount;
  amount.begin = i - 1;
  amount.number = Decimal(static_cast<int64_t>(at(i - 1).word == Token::kNoInteger ? 0 : at(i - 1).word));
  if (!read_plain_unit(next, amount)) return false;
  // "in 2024 EVs made up": a year all the same.
  const bool count = tables_.unit(amount.unit).type == UnitType::count;
  return !(count && at(i - 1).digits == 4 && date_begin > 0 && on_list(date_begin - 1, List::sure_year));
}

// "March 1, 2024 to August 15, 2025", "June-August", "between 2022 and 2025".
size_t ValueScan::extend_range(DateSpec& spec, size_t end, bool between) const {
  if (!can_end_range(spec) || end >= size()) return end;
  Match joint = between ? longest(end, Sense::date_and) : Match();
  if (!joint) joint = longest(end, Sense::date_to);
  if (!joint || joint.end >= size() || at(end).spaced() != at(joint.end).spaced()) return end;
  const DateForms::Match second = match_date(joint.end, true);
  if (!second) return end;
  DateSpec to = spec_of(second.fields);
  if (!can_end_range(to) || to.grain != spec.grain) return end;
  align_order(spec, to);
  spec.grain = DateSpec::Grain::range;
  spec.end_year = to.year;
  spec.end_month = to.month;
  spec.end_day = to.day;
  spec.end_quarter = to.quarter;
  return second.end;
}

// "From 2014 to May 2018", "between Jan 22 and now", "from April until the end of June": ends of two kinds, where a word
// before the first or the joint itself leaves no doubt that both are meant.
size_t ValueScan::extend_to_other(DateSpec& spec, size_t begin, size_t end, bool between) {
  DateSpec from = spec;
  if (is_present(spec)) {
    from = DateSpec();
    from.grain = DateSpec::Grain::day;
    from.anchor = DateSpec::Anchor::published;
  }
  if (!can_open_range(from) || end >= size()) return end;
  Match joint = between ? longest(end, Sense::date_and) : Match();
  if (!joint) joint = longest(end, Sense::date_to);
  if (!joint || joint.end >= size() || at(end).spaced() != at(joint.end).spaced()) return end;
  const bool led = between || (begin > 0 && longest(begin - 1, Sense::range_from).end == begin);
  // "To" and hyphens join other things too, and "today until Friday" is two dates to most.
  const bool loose = longest(end, Sense::range_and).end == joint.end || from.anchor != DateSpec::Anchor::absolute;
  if (!led && loose) return end;
  if (change_before(begin)) return end;
  const Match part = longest(joint.end, Sense::date_part);
  DateForms::Match second = part ? match_date(over_glued_hyphen(part.end), true) : DateForms::Match();
  const bool is_part = static_cast<bool>(second);
  if (!second) second = match_date(joint.end, true);
  if (!second) return end;
  DateSpec to = spec_of(second.fields);
  if (is_part) to.part = static_cast<DateSpec::Part>(part.payload);
  if (!can_close_range(to)) return end;
  if (is_present(spec) && to.grain != DateSpec::Grain::year) return end;  // between now and 2030; now and Feb. 10 are two
  align_order(from, to);
  out_.dates.push_back(to);
  spec = from;
  spec.until = static_cast<uint32_t>(out_.dates.size());
  return second.end;
}

// One year, two days | , three hours | and four seconds: counts of ever smaller units.
size_t ValueScan::read_pieces(DateSpec& spec, size_t end) const {
  DateSpec::Grain last = spec.end_grain;
  for (DateSpec::Piece& piece : spec.pieces) {
    const Match comma = longest(end, Sense::list_comma);
    size_t begin = comma ? comma.end : end;
    if (const Match joint = longest(begin, Sense::and_number)) begin = joint.end;
    Amount amount;
    amount.begin = begin;
    const size_t unit = read_number(begin, false, amount);
    const bool whole = unit != 0 && amount.decimals == 0 && !amount.fraction && amount.number < Decimal(1000);
    if (!whole || !read_plain_unit(over_hyphen(unit), amount) || runs_on(amount.end)) return end;
    const std::optional<DateSpec::Grain> grain = grain_of_unit(tables_.unit(amount.unit).name);
    if (!grain || !is_smaller(*grain, last)) return end;
    piece = {static_cast<int16_t>(amount.number.approximate()), *grain};
    last = *grain;
    end = amount.end;
  }
  return end;
}

// Whether a date and no amount begins at i: "1,200, 21 August".
bool ValueScan::begins_date(size_t i) const {
  if (i >= size()) return false;
  return static_cast<bool>(match_date(i, false));
}

}  // namespace factmill
