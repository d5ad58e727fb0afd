// One cell of a table as a sentence of its own: its value, completed from the header, behind what stands for it.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/basis.h"
#include "statement/table_reader.h"

namespace factmill {
namespace {

constexpr size_t kCountedItems = 3;  // so many small figures in a row are counts
constexpr int kMaxLettersInCell = 24;  // outside values, names and brackets

bool is_subject_of_market(const TableMeaning* meaning) {
  return meaning && (meaning->region.present() || meaning->segment.present() || meaning->industry || meaning->total);
}

}  // namespace

// Tags and reduces the cell; false where it is more than values. Positions of what may be stated go to `values`.
bool TableReader::tag_cell(Span cell, std::vector<size_t>& values) {
  const auto& names = m_->names;
  MentionCursor cursor;
  cursor.value = first_value(cell.begin);
  cursor.name = static_cast<size_t>(
      std::lower_bound(names.begin(), names.end(), cell.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; }) - names.begin());
  tag_sentence(document_->text, cell, *m_, cursor, cell_);
  MentionTest test(pack_, *m_);
  reducer_.run(cell_, document_->text, test, nullptr);
  int letters = 0;
  bool brackets = false;
  for (size_t i = 0; i < cell_.tagged.size(); ++i) {
    const int32_t n = cell_.node_at[i];
    if (n == kNoNode) {
      brackets = cell_.tagged[i] == '(' || (brackets && cell_.tagged[i] != ')');
      letters += !brackets && is_letter(cell_.tagged[i]);
      continue;
    }
    const Tag tag = cell_.node(n).tag;
    if ((is_head(tag) && cell_.node(n).hit != kNoNode && !is_list_) || tag == Tag::company || tag == Tag::model) return false;
    if ((is_value(tag) && tag != Tag::date && tag != Tag::ordinal) || tag == Tag::change) values.push_back(i);
  }
  return letters <= kMaxLettersInCell && !values.empty();
}

// Of an item: in prose the number before it is none.
void TableReader::tag_number(Span digits) {
  Value value;
  value.type = ValueType::number;
  value.low = value.high = Decimal::parse(digits.of(document_->text)).value_or(Decimal());
  value.span = value.outer = digits;
  m_->values.values.push_back(value);
  Node node;
  node.tag = Tag::number;
  node.span = node.core = digits;
  node.value = static_cast<int32_t>(m_->values.values.size() - 1);
  cell_.clear();
  cell_.span = digits;
  cell_.append_node(node);
}

void TableReader::read_cell(const TableRow& row, size_t column, const TableMeaning& label) {
  const TableMeaning& head = columns_[column];
  if (head.skip || (!head.unknown.empty() && !head.change)) return;
  std::vector<size_t> values;
  if (!tag_cell(row.cells[column], values)) return;
  Sources sources{{&label, &head, &section_, &caption_}};
  TableMeaning own;
  if (is_list_ && column == 1) own = meanings_.read(row.cells[column], false, true);  // "58,200 registrations"
  if (!own.metrics.empty()) sources.by[1] = &own;
  if (header_rows_ == 0 && column > 1 && read_behind(row, column, sources, values)) return;
  if (label.change || head.change) {
    if (values.size() == 1) emit_change(row, column, sources, values[0]);
  } else {
    emit_level(row, column, sources, values);
  }
}

// What stands behind the first value of a row without a header: a signed percentage is its change; in a list any other is
// a share, and a number with a period of its own is another level. False: read it as any cell.
bool TableReader::read_behind(const TableRow& row, size_t column, Sources sources, const std::vector<size_t>& values) {
  const Chosen& level = row_metrics_[is_list_ ? 1 : column - 1];
  if (level.metric < 0) return is_list_;
  const Node& first = cell_.node(cell_.node_at[values[0]]);
  const char sign = document_->text[first.core.begin - (first.core.begin > 0)];
  const bool percent = first.tag == Tag::percent || first.tag == Tag::points;
  TableMeaning own = meanings_.read(row.cells[column], false, true);
  if (first.tag == Tag::change || first.tag == Tag::multiple || (percent && (own.change || sign == '+' || sign == '-'))) {
    own.date.reset();  // what it is compared with
    sources.by[1] = own.change ? &own : &unlabelled_change_;
    if (values.size() == 1) emit_change(row, column, sources, values[0]);
    return true;
  }
  if (!own.date) own.date = own.before;
  const bool says_when = own.date || own.to_date || own.year != 0;
  if (!is_list_) return first.tag == Tag::number && !says_when;  // a second count: nobody says of what
  if (values.size() != 1) return true;
  const uint32_t begin = row.cells[column].begin;
  // "(last week: 55,900)" of the first item says what the brackets of the others are: "(14,390)".
  if (says_when && !percent && bracketed_.span.empty()) bracketed_ = own;
  const bool bracketed = begin > 0 && document_->text[begin - 1] == '(' && (bracketed_.date || bracketed_.year != 0);
  sources.by[1] = bracketed && !says_when ? &bracketed_ : &own;
  if (bracketed) {
    emit_level(row, column, sources, values);
  } else if (percent) {
    share_ = share_of(level, first);
    if (share_.metric >= 0) emit_value(row, column, sources, values[0], share_);
  } else if (says_when) {
    emit_level(row, column, sources, values);
  }
  return true;
}

TableReader::Chosen TableReader::choose_among(const std::vector<Attacher::Stated>& metrics, const Node& value) const {
  Chosen best;
  bool best_stated = false;
  const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
  for (const Attacher::Stated& candidate : metrics) {
    if (!accepts(pack_.metrics.metric(static_cast<uint32_t>(candidate.metric)), value.tag, amount.unit)) continue;
    const bool stated = std::any_of(stated_->begin(), stated_->end(), [&](const auto& s) { return s.metric == candidate.metric; });
    if (best.metric >= 0 && (best_stated || !stated)) continue;
    best = {candidate.metric, candidate.negative, {}};
    best_stated = stated;
  }
  return best;
}

TableReader::Chosen TableReader::choose(const Sources& sources, const Node& value) {
  for (const TableMeaning* by : sources.by) {
    if (!by || by->metrics.empty()) continue;
    Chosen chosen = choose_among(by->metrics, value);
    chosen.head = by->head;
    if (chosen.metric >= 0 || by != &caption_) return chosen;
  }
  // A column that gives a period alone goes on with what the row has stated.
  if (sources.by[1] && (sources.by[1]->date || sources.by[1]->year != 0)) {
    std::vector<Attacher::Stated> before;
    for (const Chosen& stated : row_metrics_) {
      if (stated.metric >= 0) before.push_back({stated.metric, stated.negative});
    }
    if (const Chosen chosen = choose_among(before, value); chosen.metric >= 0) return chosen;
  }
  // What the article is about, for counts of many.
  const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
  if (value.tag == Tag::money) return price_of_item(sources, amount);
  if (value.tag != Tag::number && value.tag != Tag::quantity) return {};
  // "879" may be anything, but not among places, in a list of several, nor below what was counted.
  const bool counted = counts_down_ || is_ranked_ || (items_ >= kCountedItems && !counts_other_);
  if (amount.bare && !counted) return article_metric_;
  for (const Attacher::Stated& candidate : spoken_of_) {
    if (!accepts(pack_.metrics.metric(static_cast<uint32_t>(candidate.metric)), value.tag, amount.unit)) continue;
    return article_metric_ = {candidate.metric, candidate.negative, {}};
  }
  return {};
}

// "Max: RMB 209,800": a price, of the kind stated last where tables know it.
TableReader::Chosen TableReader::price_of_item(const Sources& sources, const Value& amount) const {
  const bool of_car = sources.by[0]->model.present() || sources.by[0]->variant.present();
  if (!is_list_ || !of_car || amount.per != 0 || pack_.tables.price() < 0) return {};
  for (auto stated = stated_->rbegin(); stated != stated_->rend(); ++stated) {
    if (!pack_.metrics.metric(static_cast<uint32_t>(stated->metric)).is_price()) continue;
    if (pack_.tables.leads(stated->metric)) return {stated->metric, false, {}};
    break;
  }
  return {pack_.tables.price(), false, {}};
}

// What an unsigned percentage behind a listed figure is: the latest metric spoken of that takes one.
TableReader::Chosen TableReader::share_of(const Chosen& level, const Node& value) const {
  if (!is_list_ || value.tag != Tag::percent) return {};
  const Value& amount = m_->values.values[static_cast<size_t>(value.value)];
  for (const Attacher::Stated& candidate : spoken_of_) {
    if (candidate.metric != level.metric && accepts(pack_.metrics.metric(static_cast<uint32_t>(candidate.metric)), value.tag, amount.unit))
      return {candidate.metric, candidate.negative, {}};
  }
  return {};
}

// A number takes the unit and scale of its header, row or caption; a change without one is in percent. What the caption
// says of amounts ("in millions") holds for money alone.
void TableReader::complete_value(Node& node, const Sources& sources, bool percent) {
  if (node.value == kNoNode || node.list) return;
  Value value = m_->values.values[static_cast<size_t>(node.value)];
  const bool money = value.type == ValueType::money && value.last_digit <= 0;
  if ((value.type != ValueType::number && !money) || !value.scale.empty()) return;
  uint16_t unit = 0;
  Decimal scale(1);
  bool of_caption = false;
  for (const TableMeaning* by : sources.by) {
    if (!by || (by->unit == 0 && by->scale == Decimal(1))) continue;
    unit = by->unit;
    scale = by->scale;
    of_caption = by == &caption_;
    break;
  }
  UnitType type = pack_.values.unit(unit).type;
  if (money) {
    if (unit != 0 && type != UnitType::currency) return;
    unit = value.unit;
  } else if (percent) {
    if (unit == 0 || (type != UnitType::percent && type != UnitType::points)) unit = pack_.values.find("percent");
    scale = Decimal(1);
  } else if (of_caption && (unit == 0 || type == UnitType::currency) && !takes_money(sources)) {
    return;
  }
  if (unit == 0 && scale == Decimal(1)) return;
  type = pack_.values.unit(unit).type;
  if (unit != 0) {
    value.unit = unit;
    value.type = type == UnitType::currency ? ValueType::money : type == UnitType::percent ? ValueType::percent : type == UnitType::points ? ValueType::points : type == UnitType::time ? ValueType::duration : ValueType::quantity;
  }
  value.bare = false;
  const auto low = value.low.times(scale), high = value.high.times(scale);
  if (!low || !high) return;
  value.low = *low;
  value.high = *high;
  // "(2,450)" of an account is a loss.
  const std::string_view text = document_->text;
  const bool in_brackets = value.outer.begin > 0 && text[value.outer.begin - 1] == '(' && value.outer.end < text.size() && text[value.outer.end] == ')';
  if (unit != 0 && type == UnitType::currency && in_brackets && cell_.tagged.size() <= 4 && !value.low.is_negative()) {
    value.low = value.low.negated();
    value.high = value.high.negated();
  }
  node.value = static_cast<int32_t>(m_->values.values.size());
  node.tag = static_cast<Tag>(static_cast<uint8_t>(value.type) + static_cast<uint8_t>(Tag::number));
  m_->values.values.push_back(value);
}

// Whether the nearest source that names metrics names one of amounts of money.
bool TableReader::takes_money(const Sources& sources) const {
  for (const TableMeaning* by : sources.by) {
    if (!by || by->metrics.empty()) continue;
    return std::any_of(by->metrics.begin(), by->metrics.end(), [&](const Attacher::Stated& s) {
      return accepts(pack_.metrics.metric(static_cast<uint32_t>(s.metric)), Tag::money, pack_.values.find("USD"));
    });
  }
  return false;
}

void TableReader::as_change(Node& node, std::string_view basis) {
  node.tag = Tag::change;
  if (!basis.empty()) node.basis = basis;
}

// By how far the column's period lies behind the one that it is compared with; empty: neither a year nor the one before.
std::string_view TableReader::basis_against(const DateSpec& date, size_t column) const {
  constexpr std::array<std::string_view, 4> kBases = {"yoy", "mom", "qoq", "wow"};
  const auto then = resolve_date(date, {published_, {}, Direction::past, &pack_.values.calendar()});
  std::optional<Interval> now = column < periods_.size() && periods_[column] ? periods_[column]->days : std::nullopt;
  if (!then) return {};
  if (!now && date.grain == DateSpec::Grain::month && published_) {  // of which the text reports: the last whole month
    now = shifted_months(month_interval(year_of(*published_), month_of(*published_)), 1);
  }
  if (!now) return {};
  const auto basis = std::ranges::find_if(kBases, [&](std::string_view known) { return days_before(*now, known) == then->days; });
  return basis == kBases.end() ? std::string_view() : *basis;
}

int32_t TableReader::add_date(const DateSpec& date) {
  Value value;
  value.type = ValueType::date;
  value.date = static_cast<uint32_t>(m_->values.dates.size());
  value.span = value.outer = cell_.span;
  m_->values.dates.push_back(date);
  m_->values.values.push_back(value);
  Node node;
  node.tag = Tag::date;
  node.span = node.core = cell_.span;
  node.value = static_cast<int32_t>(m_->values.values.size() - 1);
  cell_.nodes.push_back(node);
  return static_cast<int32_t>(cell_.nodes.size() - 1);
}

// Puts what stands for the cell before it, a mention each; gives their number.
size_t TableReader::put_context(const Sources& sources, const Chosen& chosen, const std::optional<DateSpec>& date) {
  std::vector<int32_t> before;
  const auto add = [&](Tag tag, Span span, uint32_t entity) {
    Node node;
    node.tag = tag;
    node.span = node.core = span;
    node.entity = entity == kNoEntity ? kNoNode : static_cast<int32_t>(entity);
    cell_.nodes.push_back(node);
    return static_cast<int32_t>(cell_.nodes.size() - 1);
  };
  const auto first = [&](TableName TableMeaning::*name) {
    for (const TableMeaning* by : sources.by) {
      if (by && (by->*name).present()) return by->*name;
    }
    return TableName{};
  };
  const TableName company = first(&TableMeaning::company), model = first(&TableMeaning::model), variant = first(&TableMeaning::variant);
  if (company.present()) before.push_back(add(Tag::company, company.span, company.entity));
  if (const TableName region = first(&TableMeaning::region); region.present()) before.push_back(add(Tag::region, region.span, region.entity));
  if (const TableName segment = first(&TableMeaning::segment); segment.present()) before.push_back(add(Tag::segment, segment.span, segment.entity));
  int32_t trim = kNoNode;
  if (variant.present()) trim = add(Tag::variant, variant.span, variant.entity);
  if (model.present()) {
    before.push_back(add(Tag::model, model.span, model.entity));
    cell_.nodes.back().slots[static_cast<size_t>(Slot::variant)] = trim;
  } else if (trim != kNoNode) {
    before.push_back(trim);
  }
  const bool market = std::any_of(std::begin(sources.by), std::end(sources.by), is_subject_of_market);
  if (!company.present() && !model.present() && trim == kNoNode && market && (rows_of_rivals_ || title_companies_.empty()))
    before.push_back(add(Tag::industry, cell_.span, kNoEntity));
  if (date) {
    const int32_t day = add_date(*date);
    before.push_back(add(Tag::when, cell_.span, kNoEntity));
    cell_.nodes.back().slots[static_cast<size_t>(Slot::period)] = day;
    for (int32_t n : cell_.node_at) {  // "previous year: 1,304" itself says the year
      if (n != kNoNode && cell_.node(n).tag == Tag::when) cell_.nodes[static_cast<size_t>(n)].slots[static_cast<size_t>(Slot::period)] = day;
    }
  }
  before.push_back(add(Tag::noun, chosen.head.empty() ? cell_.span : chosen.head, kNoEntity));
  cell_.nodes.back().metric = chosen.metric;
  for (const TableMeaning* by : sources.by) {
    if (by && by->attribute && !cell_.nodes.back().rule) cell_.nodes.back().rule = &by->attribute->rule;
  }
  std::string tagged;
  std::vector<uint32_t> origin;
  for (int32_t n : before) {
    tagged += tag_byte(cell_.node(n).tag);
    origin.push_back(cell_.span.begin);
    cell_.tags |= tag_bit(cell_.node(n).tag);
  }
  cell_.tagged.insert(0, tagged);
  cell_.origin.insert(cell_.origin.begin(), origin.begin(), origin.end());
  cell_.node_at.insert(cell_.node_at.begin(), before.begin(), before.end());
  return before.size();
}

// What the header or label says of the cell goes before any cue around it.
void TableReader::set_modality(Node& node, const Sources& sources) {
  node.modality = "actual";
  for (const TableMeaning* by : {sources.by[0], sources.by[1]}) {
    if (by->modality) node.modality = by->modality->modality;
  }
}

std::optional<DateSpec> TableReader::date_of(const Sources& sources, size_t column) const {
  const auto says = [](const TableMeaning& by) { return by.date || by.year != 0; };
  const bool cell_says = sources.by[1] != &columns_[column] && says(*sources.by[1]);
  if (periods_[column] && !says(*sources.by[0]) && !cell_says) return periods_[column]->date;
  return period_of(sources);
}

// The value and the head at these bytes of the tagged cell.
Statement TableReader::statement_of(size_t value, size_t head, const Chosen& chosen) const {
  Statement statement;
  statement.value = cell_.node_at[value];
  statement.head = cell_.node_at[head];
  statement.metric = chosen.metric;
  statement.negative = chosen.negative;
  statement.position = static_cast<uint32_t>(value);
  statement.head_position = static_cast<uint32_t>(head);
  return statement;
}

void TableReader::emit_level(const TableRow& row, size_t column, const Sources& sources, const std::vector<size_t>& values) {
  Node& value = cell_.nodes[static_cast<size_t>(cell_.node_at[values[0]])];
  // Beside its value a cell may hold the change of it: "67,980 (+3%)".
  if (values.size() > 2 || value.tag == Tag::change || value.tag == Tag::multiple) return;
  bool changes = false;
  if (values.size() == 2) {
    const Node& beside = cell_.node(cell_.node_at[values[1]]);
    const char sign = document_->text[beside.core.begin - (beside.core.begin > 0)];
    const bool percent = beside.tag == Tag::percent || beside.tag == Tag::points;
    changes = beside.tag == Tag::change || beside.tag == Tag::multiple || (percent && (sign == '+' || sign == '-'));
    if (!changes && (!percent || sign != '(')) return;
  }
  complete_value(value, sources, false);
  Chosen chosen = choose(sources, value);
  if (chosen.metric < 0 && value.tag == Tag::percent) chosen = share_;  // "7. Samsung SDI: 3.8 %" below shares in brackets
  if (chosen.metric < 0) return;
  row_metrics_[column] = chosen;
  emit_value(row, column, sources, values[0], chosen, changes ? values[1] : 0);
}

// `change`: the place of its change, 0 where none is.
void TableReader::emit_value(const TableRow& row, size_t column, const Sources& sources, size_t at, const Chosen& chosen, size_t change) {
  set_modality(cell_.nodes[static_cast<size_t>(cell_.node_at[at])], sources);
  cell_.span = row.span;
  const size_t shift = put_context(sources, chosen, date_of(sources, column));
  Statement statement = statement_of(at + shift, shift - 1, chosen);
  statement.rule = is_list_ ? &pack_.tables.item() : &pack_.tables.cell();
  statement.support = chosen.head.empty() ? columns_[column].span : chosen.head;
  statements_.assign(1, statement);
  if (change != 0) {
    statement.host = 0;
    statement.value = cell_.node_at[change + shift];
    as_change(cell_.nodes[static_cast<size_t>(statement.value)], "");
    statement.change = true;
    statement.rule = &pack_.tables.change();
    statement.position = static_cast<uint32_t>(change + shift);
    statements_.push_back(statement);
  }
  ++emitted_;
  (*emit_)(cell_, statements_);
}

// The number of a row below "Rank" is the rank of its name, of the time of the first column that has one.
void TableReader::emit_rank(const TableRow& row, Span rank, const TableMeaning& label) {
  std::vector<size_t> values;
  if (rank.empty()) return;
  if (is_list_) {
    tag_number(rank);
    values = {0};
  } else if (!tag_cell(rank, values) || values.size() != 1) {
    return;
  }
  const int32_t value = cell_.node_at[values[0]];
  if (cell_.node(value).tag != Tag::number) return;
  cell_.nodes[static_cast<size_t>(value)].tag = Tag::ordinal;
  const auto column = std::find_if(row_metrics_.begin(), row_metrics_.end(), [](const Chosen& c) { return c.metric >= 0; });
  const auto at = static_cast<size_t>(column - row_metrics_.begin());
  const Sources sources{{&label, at < columns_.size() ? &columns_[at] : nullptr, &section_, &caption_}};
  cell_.span = row.span;
  const size_t shift = put_context(sources, rank_, date_of(sources, at));
  Statement statement = statement_of(values[0] + shift, shift - 1, rank_);
  statement.rule = is_list_ ? &pack_.tables.item() : &pack_.tables.cell();
  if (at < columns_.size()) statement.support = columns_[at].span;
  statements_.assign(1, statement);
  (*emit_)(cell_, statements_);
}

void TableReader::emit_change(const TableRow& row, size_t column, const Sources& sources, size_t at) {
  const int32_t value = cell_.node_at[at];
  Node& node = cell_.nodes[static_cast<size_t>(value)];
  const bool in_row = sources.by[0]->change != nullptr;
  const TableWord& word = *(in_row ? sources.by[0]->change : sources.by[1]->change);
  if (word.means == TableWord::Means::against && node.tag == Tag::number) return;  // "vs. August": its own level
  if (node.tag != Tag::change && node.tag != Tag::multiple) complete_value(node, sources, true);
  const bool takes = node.tag == Tag::percent || node.tag == Tag::points || node.tag == Tag::change || node.tag == Tag::multiple;
  if (!takes) return;
  // The metric that the header names, else what is stated beside it.
  Chosen chosen;
  const TableMeaning& own = in_row ? *sources.by[0] : *sources.by[1];
  if (!own.metrics.empty()) chosen = {own.metrics[0].metric, own.metrics[0].negative, own.head};
  if (in_row && chosen.metric < 0 && column < above_metrics_.size()) chosen = above_metrics_[column];
  for (size_t c = column; !in_row && chosen.metric < 0 && c-- > 1;) chosen = row_metrics_[c];
  for (size_t c = column + 1; !in_row && chosen.metric < 0 && c < row_metrics_.size(); ++c) chosen = row_metrics_[c];
  if (chosen.metric < 0) return;
  as_change(node, word.basis.empty() && own.against ? basis_against(*own.against, column) : std::string_view(word.basis));
  set_modality(node, sources);
  cell_.span = row.span;
  const std::optional<DateSpec> date = date_of(sources, column);
  Sources names = sources;
  if (in_row && !sources.by[0]->names_something()) names.by[0] = &above_;
  const size_t shift = put_context(names, chosen, date);
  Statement statement = statement_of(at + shift, shift - 1, chosen);
  statement.rule = &pack_.tables.change();
  statement.change = true;
  statement.support = in_row ? sources.by[0]->span : columns_[column].span;
  statements_.assign(1, statement);
  ++emitted_;
  (*emit_)(cell_, statements_);
}

}  // namespace factmill
