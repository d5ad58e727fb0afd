// The lines above a table and its first rows: what they say of every column, and of which period it is.
#include <algorithm>

#include "base/ascii.h"
#include "statement/table_reader.h"

namespace factmill {
namespace {

constexpr size_t kCaptionLines = 4;
constexpr size_t kMaxCaption = 240;  // bytes of a line that may be a caption
constexpr size_t kMaxHeaderWords = 24, kMaxCellWords = 4;

// The words of the line's last sentence: what ends in a colon speaks for the table.
Span last_sentence(std::string_view text, Span line) {
  uint32_t begin = line.begin;
  for (uint32_t i = line.begin; i + 2 < line.end; ++i) {
    const bool stop = text[i] == '.' || text[i] == '?' || text[i] == '!';
    if (stop && text[i + 1] == ' ' && (i == line.begin || !is_digit(text[i - 1]))) begin = i + 2;
  }
  return {begin, line.end};
}

void set_year(DateSpec& date, int year) {
  date.year = static_cast<int16_t>(year);
  if (date.grain == DateSpec::Grain::range) date.end_year = date.year;
}

}  // namespace

bool TableReader::is_data(Span cell) const {
  for (size_t v = first_value(cell.begin); v < known_values_ && m_->values.values[v].outer.end <= cell.end; ++v) {
    const Value& value = m_->values.values[v];
    if (value.type != ValueType::date && !looks_like_year(value)) return true;
  }
  return false;
}

bool TableReader::has_data(const TableRow& row) const {
  size_t data = 0, filled = 0;
  for (size_t c = 1; c < row.cells.size(); ++c) {
    filled += !row.cells[c].empty();
    data += is_data(row.cells[c]);
  }
  return data * 2 > filled;
}

// Parts a header that is one line into so many cells, each of which says something if it can (the first, of the labels, may
// say anything), the shortest ones. Nothing where it cannot be parted.
std::vector<Span> TableReader::header_cells(Span line, size_t width) const {
  std::vector<Span> words;
  split_words(document_->text, line, words);
  const size_t count = words.size();
  if (count < width || count > kMaxHeaderWords) return {};
  constexpr size_t kNever = 1u << 20, kSaysNothing = 100;  // "Units" above what is counted
  // cost[c][w]: of the first w words as the first c cells; `before`: where the last of these begins.
  std::vector<std::vector<size_t>> cost(width + 1, std::vector<size_t>(count + 1, kNever)), before = cost;
  cost[0][0] = 0;
  for (size_t end = 1; end <= count; ++end) {
    for (size_t begin = end > kMaxCellWords ? end - kMaxCellWords : 0; begin < end; ++begin) {
      const TableMeaning cell = meanings_.read({words[begin].begin, words[end - 1].end}, false, false);
      const bool says = !cell.metrics.empty() || cell.date || cell.year != 0 || cell.change || cell.modality || cell.skip || cell.to_date || cell.names_something();
      for (size_t c = 1; c <= width; ++c) {
        if (cost[c - 1][begin] == kNever || (c > 1 && !cell.unknown.empty())) continue;
        const bool labels = c > 1 && (cell.models || cell.variants);  // of two readings that cost the same the other
        const size_t sum = cost[c - 1][begin] + (end - begin) * (end - begin) + static_cast<size_t>(labels) + (c > 1 && !says ? kSaysNothing : 0);
        if (sum < cost[c][end]) cost[c][end] = sum, before[c][end] = begin;
      }
    }
  }
  if (cost[width][count] == kNever) return {};
  std::vector<Span> cells(width);
  for (size_t c = width, end = count; c > 0; end = before[c][end], --c) cells[c - 1] = {words[before[c][end]].begin, words[end - 1].end};
  return cells;
}

void TableReader::read_header(const TableLayout& table) {
  header_rows_ = 0;
  size_t width = 0;
  for (const TableRow& row : table.rows) width = std::max(width, row.cells.size());
  if (!is_list_) {
    while (header_rows_ < table.rows.size() && !has_data(table.rows[header_rows_])) ++header_rows_;
  }
  columns_.assign(width, {});
  for (uint32_t r = 0; r < header_rows_; ++r) {
    TableRow row = table.rows[r];
    // A header that names no column of labels is a cell short in front.
    if (row.cells.size() + 1 == width) row.cells.insert(row.cells.begin(), Span{row.span.begin, row.span.begin});
    TableMeaning cell;
    for (size_t c = 0; c < width; ++c) {
      const bool empty = c >= row.cells.size() || row.cells[c].empty();
      // A heading above several columns stands over the first of them.
      const bool spans = empty && c > 0 && r + 1 < header_rows_;
      // A name of a line that was parted may lie over two of its cells: "Sales Share".
      if (!spans) cell = empty ? TableMeaning{} : meanings_.read(row.cells[c], false, !table.has_whole_header());
      TableMeaning below = cell;
      fill(below, columns_[c]);
      below.span = cell.span.empty() ? columns_[c].span : cell.span;
      columns_[c] = below;
    }
  }
}

// "| | 430 Standard | 550 Comfort |" above rows of specifications: the columns are trims, whatever they are called.
void TableReader::read_trims(const TableLayout& table) {
  if (header_rows_ == 0 || columns_.size() < 3) return;
  bool known = caption_.variants || columns_[0].variants;
  for (size_t c = 1; c < columns_.size(); ++c) {
    const TableMeaning& head = columns_[c];
    const bool other = !head.metrics.empty() || head.date || head.year != 0 || head.change || head.modality || head.skip || head.total || head.attribute ||
                       head.company.present() || head.model.present() || head.region.present();
    if (other || (!head.variant.present() && head.unknown.empty())) return;
    known |= head.variant.present();
  }
  size_t told = 0;
  for (size_t r = header_rows_; r < table.rows.size() && known; ++r) {
    if (table.rows[r].cells.empty()) continue;
    const TableMeaning label = meanings_.read(table.rows[r].cells[0], true, true);
    if (label.metrics.empty() || label.names_something()) continue;
    const Metric& metric = pack_.metrics.metric(static_cast<uint32_t>(label.metrics.front().metric));
    told += metric.is_specification() || metric.is_price();
  }
  if (told < 2) return;
  for (size_t c = 1; c < columns_.size(); ++c) {
    columns_[c].variant = {columns_[c].span, kNoEntity};
    columns_[c].unknown = {};
  }
}

bool TableReader::read_caption_line(size_t paragraph, bool nearest, TableMeaning& caption) {
  const Paragraph& p = document_->paragraphs[paragraph];
  const std::string_view text = document_->text;
  if (p.zone == Zone::metadata) return true;
  if (p.zone == Zone::title || p.zone == Zone::related || p.zone == Zone::legal) return false;
  const char last = text[p.span.end - 1];
  const bool introduces = last == ':';
  const bool note = text[p.span.begin] == '(' && last == ')';
  const bool sentence = !introduces && !note && (last == '.' || last == '?' || last == '!');
  if (sentence || (introduces && !nearest)) return false;
  const Span line = take_bracketed(introduces ? last_sentence(text, p.span) : p.span);
  if (line.size() > kMaxCaption) return false;
  TableMeaning here = meanings_.read(line, false, states_facts(p.zone));
  if (!note && here.unit != 0 && pack_.values.unit(here.unit).type != UnitType::currency) {
    here.unit = 0;
    here.scale = Decimal(1);
  }
  const std::string_view before_head = text.substr(line.begin, here.head.begin - std::min(here.head.begin, line.begin));
  if (!here.head.empty() && std::count(before_head.begin(), before_head.end(), '(') > std::count(before_head.begin(), before_head.end(), ')')) {
    here.metrics.clear();
    here.head = {};
  }
  here.modality = nullptr;
  here.change = nullptr;
  here.skip = false;
  counts_other_ |= introduces && here.metrics.empty() && !here.unknown.empty();
  fill(caption, here);
  return !introduces;
}

// Sets `bracketed_` by a last bracket that speaks of brackets; gives the line before it.
Span TableReader::take_bracketed(Span line) {
  const std::string_view text = document_->text;
  const size_t open = line.of(text).rfind('(');
  if (open == std::string_view::npos || open == 0) return line;
  const Span bracket{line.begin + static_cast<uint32_t>(open), line.end};
  const TableMeaning here = meanings_.read(bracket, false, true);
  if (!here.bracketed) return line;
  bracketed_ = here;
  return {line.begin, bracket.begin};
}

// The lines above the table, up to running text.
TableMeaning TableReader::read_caption(size_t first) {
  TableMeaning caption;
  bracketed_ = {};
  counts_other_ = false;
  for (size_t back = 1; back <= kCaptionLines && back <= first; ++back) {
    if (!read_caption_line(first - back, back == 1, caption)) break;
  }
  caption.unknown = {};
  return caption;
}

// ---- periods ----

// The first date among the sources; a bare year completes it or takes the place of its year.
std::optional<DateSpec> TableReader::period_of(const Sources& sources) const {
  std::optional<DateSpec> date;
  int year = 0;
  bool year_first = false;
  for (const TableMeaning* by : sources.by) {
    if (!by) continue;
    if (!date && by->date) {
      date = by->date;
      year_first = year != 0;
    }
    if (year == 0 && by->year != 0) year = by->year;
  }
  if (date && year != 0 && date->anchor == DateSpec::Anchor::absolute && (date->year == 0 || year_first)) set_year(*date, year);
  if (date || year == 0) return date;
  DateSpec whole;
  whole.grain = DateSpec::Grain::year;
  set_year(whole, year);
  return whole;
}

// Of every column. One that runs "to date" ends with the latest period of the table; a change is of the latest beside it.
void TableReader::read_periods() {
  periods_.assign(columns_.size(), {});
  std::optional<Period> latest;
  for (size_t c = 1; c < columns_.size(); ++c) {
    if (columns_[c].to_date || is_undated_change(c)) continue;
    periods_[c] = period_of_column(c);
    const std::optional<Period>& own = periods_[c];
    if (!own || !own->days || columns_[c].modality || own->date.role != DateSpec::Role::plain) continue;
    const bool whole = !latest || (latest->days->days() >= own->days->days() && own->days->to > latest->days->to);
    if (whole) latest = own;
  }
  for (size_t c = 1; c < columns_.size() && latest; ++c) complete_to_date(c, *latest->days);
  if (dates_only_older()) return;
  std::optional<Period> group, before;
  for (size_t c = 1; c < columns_.size(); ++c) {
    if (is_undated_change(c)) {
      const std::string& basis = columns_[c].change->basis;
      const bool short_term = !basis.empty() && basis != "yoy";
      periods_[c] = short_term && latest ? latest : group ? group : before ? before : latest;
      // "Sept | Aug | MoM | Sept 2024 | YoY": of the time that the column before is compared with.
      if (!short_term && latest && latest->days && group && group->days == shifted_months(*latest->days, 12)) periods_[c] = latest;
      before = periods_[c];
      group.reset();
      continue;
    }
    // A share or price without a date is of the latest period.
    if (!periods_[c] && !columns_[c].modality) periods_[c] = latest;
    if (!periods_[c] || columns_[c].modality) continue;
    const bool later = !group || !group->days || (periods_[c]->days && periods_[c]->days->to > group->days->to);
    if (later) group = periods_[c];
  }
}

// "GWh | Share | October share": a column without a date before a dated one of the same kind is of the time that the text reports on.
bool TableReader::dates_only_older() const {
  const auto is_level = [&](size_t c) { return !columns_[c].change && !columns_[c].modality && !columns_[c].skip && !columns_[c].to_date; };
  for (size_t d = 2; d < columns_.size(); ++d) {
    if (!periods_[d] || !is_level(d)) continue;
    const auto& dated = columns_[d].metrics;
    for (size_t c = 1; c < d; ++c) {
      const auto& undated = columns_[c].metrics;
      const bool alike = dated.empty() || (!undated.empty() && undated[0].metric == dated[0].metric);
      if (!periods_[c] && is_level(c) && (!undated.empty() || columns_[c].unit != 0) && alike) return true;
    }
  }
  return false;
}

bool TableReader::is_undated_change(size_t column) const {
  const TableMeaning& head = columns_[column];
  return head.change && !head.date && head.year == 0;
}

std::optional<TableReader::Period> TableReader::period_of_column(size_t column) const {
  const TableMeaning& head = columns_[column];
  std::optional<DateSpec> date = period_of({{&head, &caption_}});
  const Span ended = head.ended.empty() ? caption_.ended : head.ended;
  if (date && date->grain == DateSpec::Grain::day && !ended.empty()) {
    const int year = date->year;
    date = meanings_.joined_date(ended, head.date_text);
    if (date && date->year == 0 && year != 0) set_year(*date, year);
  }
  if (!date) return {};
  Period period{*date, {}};
  if (const auto resolved = resolve_date(*date, {published_, {}, Direction::past, &pack_.values.calendar()})) period.days = resolved->days;
  return period;
}

// "YTD", also beside a year, and "July so far".
void TableReader::complete_to_date(size_t column, Interval latest) {
  const TableMeaning& head = columns_[column];
  const bool ytd = periods_[column] && periods_[column]->date.role == DateSpec::Role::ytd && periods_[column]->date.anchor == DateSpec::Anchor::published;
  if (!ytd && !head.to_date) return;
  if (head.year != 0) latest = shifted_months(latest, 12 * (year_of(latest.to) - head.year));
  const std::optional<DateSpec> date = up_to_latest(ytd ? std::nullopt : head.date, latest);
  if (!date) return;
  periods_[column] = Period{*date, {}};
  if (const auto resolved = resolve_date(*date, {published_, {}, Direction::past, &pack_.values.calendar()})) periods_[column]->days = resolved->days;
}

// From the begin of a month or quarter that is named, else of the year.
std::optional<DateSpec> TableReader::up_to_latest(const std::optional<DateSpec>& from, const Interval& latest) const {
  const std::chrono::year_month_day to{latest.to};
  DateSpec date;
  date.grain = DateSpec::Grain::range;
  date.year = date.end_year = static_cast<int16_t>(static_cast<int>(to.year()));
  date.month = date.day = 1;
  date.end_month = static_cast<int8_t>(static_cast<unsigned>(to.month()));
  date.end_day = static_cast<int8_t>(static_cast<unsigned>(to.day()));
  if (!from) {
    date.role = DateSpec::Role::ytd;
    return date;
  }
  if (from->grain != DateSpec::Grain::month && from->grain != DateSpec::Grain::quarter) return {};
  date.month = from->grain == DateSpec::Grain::month ? from->month : static_cast<int8_t>(from->quarter * 3 - 2);
  if (date.month > date.end_month) return {};
  return date;
}

}  // namespace factmill
