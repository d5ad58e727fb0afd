#include "statement/table_reader.h"

#include <algorithm>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kNounsBefore = 6;       // paragraphs
constexpr size_t kMaxItem = 160;         // bytes of a line that may be an item
constexpr size_t kMaxItemCells = 8;
constexpr size_t kMaxLabel = 64;
constexpr size_t kMinItems = 2;
constexpr size_t kMinRanked = 3;  // items of a list whose numbers are places
constexpr size_t kMinItemsWithoutMetric = 3;

}  // namespace

TableReader::TableReader(const MentionFinder& finder) : finder_(finder), pack_(finder.pack()), meanings_(finder) {
  plain_change_.means = TableWord::Means::change;
  unlabelled_change_.change = &plain_change_;
}

void TableReader::begin(const Document& document, Mentions& mentions, std::optional<Day> published) {
  document_ = &document;
  m_ = &mentions;
  known_values_ = mentions.values.values.size();
  published_ = published;
  next_table_ = 0;
  tables_.clear();
  if (pack_.tables.cell().id.empty() || known_values_ == 0) return;
  find_tables(document, tables_);
  meanings_.begin(document, mentions);
  std::vector<NameHit> hits;
  finder_.names().find(document.title, {0, static_cast<uint32_t>(document.title.size())}, hits);
  title_metrics_.clear();
  for (const Paragraph& p : document.paragraphs) {
    if (p.zone == Zone::title) add_named(p.span, title_metrics_);
  }
  for (const NameHit& hit : hits) {
    for (uint32_t r = hit.readings; r < hit.readings + hit.count; ++r) {
      const NameReading& reading = finder_.names().reading(r);
      if (is_head(reading.tag) && reading.index != kCarriedMetric) title_metrics_.push_back({static_cast<int>(reading.index), reading.negative});
    }
  }
  title_companies_.clear();
  for (const NameHit& hit : hits) add_company(finder_.names().reading(hit.readings).index, finder_.names().reading(hit.readings).tag, title_companies_);
  for (const Paragraph& p : document.paragraphs) {
    if (p.zone != Zone::title) continue;
    for (const Name& name : mentions.names) {
      if (p.span.contains(name.span)) add_company(name.entity, name.tag, title_companies_);
    }
  }
}

// The company of a name, with its parent; none of sources.
void TableReader::add_company(uint32_t entity, Tag tag, std::vector<uint32_t>& out) const {
  if (entity == kNoEntity || (tag != Tag::company && tag != Tag::model)) return;
  if (entity >= pack_.lexicon.entities().size()) return out.push_back(entity);  // the document's own
  const Entity& e = pack_.lexicon.entity(entity);
  const uint32_t company = tag == Tag::company ? entity : e.owner;
  if (company == kNoEntity) return;
  const auto& sources = pack_.resolution.source_kinds;
  if (std::find(sources.begin(), sources.end(), pack_.lexicon.entity(company).kind) == sources.end()) out.push_back(company);
}

// Whether the rows name companies that do not belong to the one of the title: their sum is the market.
bool TableReader::has_rows_of_rivals(const TableLayout& table) const {
  std::vector<uint32_t> companies;
  for (size_t r = header_rows_; r < table.rows.size(); ++r) {
    if (table.rows[r].cells.empty()) continue;
    const TableMeaning label = meanings_.read(table.rows[r].cells[0], true, true);
    add_company(label.company.entity, Tag::company, companies);
    add_company(label.model.entity, Tag::model, companies);
  }
  return std::any_of(companies.begin(), companies.end(), [&](uint32_t company) {
    const uint32_t parent = pack_.lexicon.entity(company).owner;
    return std::none_of(title_companies_.begin(), title_companies_.end(), [&](uint32_t known) { return known == company || known == parent; });
  });
}

size_t TableReader::read(size_t paragraph, const std::vector<Attacher::Stated>& stated, const Emit& emit) {
  if (pack_.tables.cell().id.empty() || known_values_ == 0) return paragraph;
  stated_ = &stated;
  emit_ = &emit;
  while (next_table_ < tables_.size() && tables_[next_table_].first < paragraph) ++next_table_;
  if (next_table_ < tables_.size() && tables_[next_table_].first == paragraph) {
    const TableLayout& table = tables_[next_table_++];
    is_list_ = table.form == TableLayout::Form::items;
    if (read_table(table)) return table.last + 1;
  }
  if (std::optional<TableLayout> list = list_at(paragraph)) {
    is_list_ = true;
    if (read_table(*list)) return unread_ < list->rows.size() ? list->first + unread_ : list->last + 1;
  }
  return paragraph;
}

// The heads that are named in a stretch of searched text.
void TableReader::add_named(Span span, std::vector<Attacher::Stated>& out) const {
  const auto& names = m_->names;
  auto name = std::lower_bound(names.begin(), names.end(), span.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; });
  for (; name != names.end() && name->span.end <= span.end; ++name) {
    if (name->tag != Tag::noun) continue;
    for (uint32_t r = name->readings; r < name->readings + name->count; ++r) {
      const NameReading& reading = finder_.names().reading(r);
      if (is_head(reading.tag) && reading.index != kCarriedMetric) out.push_back({static_cast<int>(reading.index), reading.negative});
    }
  }
}

// Of the title, then what was stated, the latest first, then what the paragraphs before name, then those behind.
std::vector<Attacher::Stated> TableReader::spoken_of(size_t paragraph) const {
  std::vector<Attacher::Stated> out = title_metrics_;
  out.insert(out.end(), stated_->rbegin(), stated_->rend());
  for (size_t back = 1; back <= kNounsBefore && back <= paragraph; ++back) {
    const Paragraph& p = document_->paragraphs[paragraph - back];
    if (states_facts(p.zone)) add_named(p.span, out);
  }
  for (size_t i = paragraph + 1; out.empty() && i < document_->paragraphs.size(); ++i) {
    const Paragraph& p = document_->paragraphs[i];
    if (states_facts(p.zone)) add_named(p.span, out);
  }
  return out;
}

// ---- lists: "1. BYD 67,980 (+3%)", "Model Y: 6,370" ----

size_t TableReader::first_value(uint32_t at) const {
  const auto& values = m_->values.values;
  const auto end = values.begin() + static_cast<ptrdiff_t>(known_values_);
  return static_cast<size_t>(std::lower_bound(values.begin(), end, at, [](const Value& v, uint32_t p) { return v.outer.begin < p; }) - values.begin());
}

// The digits of a place before an item, "1. ", "12) ", "3 ", "No. 4: ", "2nd"; `begin` moves behind it.
Span TableReader::rank_at(Span item, uint32_t& begin) const {
  constexpr uint32_t kMostDigits = 2;
  constexpr std::string_view kMarks = ".):-";
  const std::string_view text = document_->text;
  Span rank{begin, begin};
  const size_t v = first_value(begin);
  uint32_t behind = begin;
  if (v < known_values_ && m_->values.values[v].type == ValueType::ordinal && m_->values.values[v].outer.begin == begin) {
    behind = m_->values.values[v].outer.end;
    while (rank.begin < behind && !is_digit(text[rank.begin])) ++rank.begin;
  }
  rank.end = rank.begin;
  while (rank.end < item.end && is_digit(text[rank.end])) ++rank.end;
  if (rank.empty() || rank.size() > kMostDigits) return {};
  behind = std::max(behind, rank.end);
  const uint32_t unmarked = behind;
  while (behind < item.end && kMarks.find(text[behind]) != std::string_view::npos) ++behind;
  if (behind + 1 >= item.end || text[behind] != ' ') return {};
  while (behind < item.end && (text[behind] == ' ' || text[behind] == '-')) ++behind;
  if (unmarked == rank.end && text[unmarked] == ' ' && !is_letter(text[behind])) return {};
  begin = behind;
  return rank;
}

// The mark behind the label of an item, where a value stands behind it: "Enyaq 60 SE L: £41,000"; `begin` where there is none.
uint32_t TableReader::label_end(uint32_t begin, uint32_t end) const {
  constexpr uint32_t kFarthestValue = 12;  // "from about $"
  const std::string_view text = std::string_view(document_->text).substr(0, std::min<size_t>(end, document_->text.find('(', begin)));
  const size_t at = std::min(text.find(": ", begin), text.find(" - ", begin));
  if (at == std::string_view::npos || at - begin > kMaxLabel) return begin;
  const auto behind = static_cast<uint32_t>(text.find(' ', at + 1));
  const size_t v = first_value(behind);
  const bool value = v < known_values_ && m_->values.values[v].outer.begin <= behind + kFarthestValue && m_->values.values[v].outer.end <= end;
  return value ? static_cast<uint32_t>(at) : begin;
}

std::optional<TableRow> TableReader::item_at(size_t paragraph) const {
  if (paragraph >= document_->paragraphs.size()) return {};
  const Paragraph& p = document_->paragraphs[paragraph];
  if (!states_facts(p.zone) || p.span.size() > kMaxItem) return {};
  const std::string_view text = document_->text;
  uint32_t begin = p.span.begin;
  while (begin < p.span.end && !is_letter(text[begin]) && !is_digit(text[begin])) ++begin;
  Span number = rank_at({begin, p.span.end}, begin);
  const uint32_t mark = label_end(begin, p.span.end);
  size_t v = first_value(mark);
  while (v < known_values_ && (m_->values.values[v].type == ValueType::date || m_->values.values[v].type == ValueType::ordinal)) ++v;
  if (v >= known_values_ || m_->values.values[v].outer.end > p.span.end) return {};
  const Value& value = m_->values.values[v];
  uint32_t end = mark > begin ? mark : value.outer.begin;
  while (end > begin && std::string_view(" :-=,|").find(text[end - 1]) != std::string_view::npos) --end;
  if (end == begin || end - begin > kMaxLabel || end == value.outer.begin) return {};
  TableRow row{p.span, {{begin, end}}, number};
  split_item({value.outer.begin, p.span.end}, row.cells);
  TableMeaning label = meanings_.read(row.cells[0], true, true);
  if (row.cells.size() > 2 && says_more(cover(row.cells[2], row.cells.back()))) return {};
  const bool name = label.company.present() || label.model.present() || label.variant.present() || label.region.present() || label.segment.present();
  if (!name || !label.unknown.empty() || !label.metrics.empty() || label.change || label.modality || label.date) return {};
  return row;
}

// Another subject or metric, an amount of another kind: running text, though it begins as an item.
bool TableReader::says_more(Span behind) const {
  const auto& names = m_->names;
  auto name = std::lower_bound(names.begin(), names.end(), behind.begin, [](const Name& n, uint32_t at) { return n.span.begin < at; });
  for (; name != names.end() && name->span.end <= behind.end; ++name) {
    if (name->tag == Tag::company || name->tag == Tag::model || is_head(name->tag)) return true;
  }
  const auto& values = m_->values.values;
  for (size_t v = first_value(behind.begin); v < known_values_ && values[v].outer.end <= behind.end; ++v) {
    if (values[v].type == ValueType::money || values[v].type == ValueType::quantity) return true;
  }
  return false;
}

// "13,200 units, -2.1% w/w (8.1% share; 341,000 year to date)": a cell each.
void TableReader::split_item(Span rest, std::vector<Span>& cells) const {
  const std::string_view text = document_->text;
  const auto& values = m_->values.values;
  size_t v = first_value(rest.begin);
  uint32_t begin = rest.begin;
  for (uint32_t at = rest.begin; at <= rest.end; ++at) {
    for (; v < known_values_ && values[v].outer.begin <= at; ++v) at = std::clamp(values[v].outer.end, at, rest.end);
    const bool apart = at > rest.begin && at < rest.end && text[at] == ' ' && v > 0 && v < known_values_ && values[v - 1].outer.end == at && values[v].outer.begin == at + 1 &&
                       values[v].type != ValueType::date;  // "58,200 55,900 +4.1%"
    const bool parts = apart || at == rest.end || text[at] == '(' || text[at] == ')' || text[at] == ';' ||
                       (text[at] == ',' && at + 1 < rest.end && text[at + 1] == ' ');
    if (!parts) continue;
    Span cell{begin, at};
    while (!cell.empty() && text[cell.begin] == ' ') ++cell.begin;
    while (!cell.empty() && text[cell.end - 1] == ' ') --cell.end;
    if (!cell.empty() && cells.size() < kMaxItemCells) cells.push_back(cell);
    begin = at + 1;
  }
}

std::optional<TableLayout> TableReader::list_at(size_t paragraph) const {
  TableLayout list;
  list.first = paragraph;
  for (size_t i = paragraph;; ++i) {
    std::optional<TableRow> row = item_at(i);
    if (!row) break;
    // A number without a mark is a rank where the items are counted: "1 Puma 4,120", "2 Sportage 3,960".
    const bool unmarked = !row->rank.empty() && document_->text[row->rank.end] == ' ';
    if (unmarked && row->rank.of(document_->text) != std::to_string(list.rows.size() + 1)) break;
    list.rows.push_back(std::move(*row));
    list.last = i;
  }
  if (list.rows.size() < kMinItems) return {};
  return list;
}

// Whether a list is numbered from 1 on, and its amounts fall with the numbers.
bool TableReader::counts_down(const TableLayout& list) const {
  if (list.rows.size() < kMinRanked) return false;
  const auto& values = m_->values.values;
  const Value* last = nullptr;
  for (size_t r = 0; r < list.rows.size(); ++r) {
    if (list.rows[r].rank.of(document_->text) != std::to_string(r + 1)) return false;
    const Value& value = values[first_value(list.rows[r].cells[0].end)];
    if (last && (value.type != last->type || value.unit != last->unit || value.low > last->low)) return false;
    last = &value;
  }
  return true;
}

// ---- rows and cells ----

// The place in a cell, without the one before that may stand behind it: "1 (2)".
Span TableReader::place_of(Span cell) const {
  const size_t end = cell.of(document_->text).find(" (");
  return end == std::string_view::npos ? cell : Span{cell.begin, cell.begin + static_cast<uint32_t>(end)};
}

// Whether the first column counts the rows.
bool TableReader::is_ranked(const TableLayout& table) const {
  size_t ranks = 0;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    if (row.cells.size() < 3) return false;
    const std::string_view first = place_of(row.cells[0]).of(document_->text);
    const bool rank = !first.empty() && first.size() <= 3 && first.find_first_not_of("0123456789.#") == std::string_view::npos;
    if (rank && looks_like_value(row.cells[1].of(document_->text))) return false;
    ranks += rank;
    if (!rank && !first.empty() && r > 1) return false;
  }
  return ranks >= 2;
}

bool TableReader::read_table(const TableLayout& found) {
  TableLayout table = found;
  ranks_.assign(table.rows.size(), {});
  rank_ = {};
  counts_down_ = is_list_ && counts_down(table);
  if (counts_down_) {
    rank_.metric = pack_.tables.rank();
    for (size_t r = 0; r < table.rows.size(); ++r) ranks_[r] = table.rows[r].rank;
  }
  is_ranked_ = !is_list_ && is_ranked(table);
  if (is_ranked_) {
    const TableMeaning head = meanings_.read(table.rows[0].cells[0], false, true);
    if (!head.metrics.empty()) rank_ = {head.metrics[0].metric, false, head.head};
    for (size_t r = 0; r < table.rows.size(); ++r) {
      std::vector<Span>& cells = table.rows[r].cells;
      ranks_[r] = place_of(cells[0]);
      cells.erase(cells.begin());
    }
  }
  if (table.form == TableLayout::Form::line) part_first_label(table);
  if (table.has_whole_header()) {
    TableRow& header = table.rows.front();
    header.cells = header_cells(header.span, table.rows[1].cells.size());
    if (header.cells.empty()) return false;
  }
  emitted_ = 0;
  unread_ = table.rows.size();
  items_ = is_list_ ? table.rows.size() : 0;
  share_ = article_metric_ = {};
  section_ = above_ = {};
  above_metrics_.clear();
  caption_ = read_caption(table.first);
  spoken_of_ = spoken_of(table.first);
  read_header(table);
  if (header_rows_ == table.rows.size()) return false;
  if (is_list_ && caption_.metrics.empty() && table.rows.size() < kMinItemsWithoutMetric) return false;
  read_trims(table);
  if (!columns_.empty()) {
    columns_[0].skip = false;
    columns_[0].unknown = {};
    TableMeaning corner = columns_[0];
    fill(corner, caption_);
    caption_ = corner;
  }
  read_periods();
  rows_of_rivals_ = has_rows_of_rivals(table);
  for (size_t r = header_rows_; r < table.rows.size(); ++r) {
    const TableRow row = completed(table.rows[r]);
    const auto filled = std::count_if(row.cells.begin(), row.cells.end(), [](Span cell) { return !cell.empty(); });
    if (filled == 1 && !row.cells.empty() && !row.cells[0].empty()) {
      section_ = meanings_.read(row.cells[0], true, true);
    } else if (row.cells.size() == columns_.size() || header_rows_ == 0) {
      const size_t before = emitted_;
      read_row(row, ranks_[r]);
      if (is_list_ && table.form != TableLayout::Form::items && emitted_ == before) {  // prose may read it, and what follows anew
        unread_ = r;
        break;
      }
    }
  }
  return emitted_ > 0;
}

// "Brand May Change BYD 67,980 +3%": the first label is the name that stands before the first value.
void TableReader::part_first_label(TableLayout& table) const {
  Span& header = table.rows[0].span;
  const auto& names = m_->names;
  auto name = std::upper_bound(names.begin(), names.end(), header.begin + 1, [](uint32_t at, const Name& n) { return at < n.span.begin; });
  while (name != names.end() && name->span.begin < header.end && name->span.end != header.end) ++name;
  if (name == names.end() || name->span.end != header.end) return;
  table.rows[1].cells[0] = name->span;
  header.end = name->span.begin - 1;
}

// "BYD 2,163,200 / 5,500,000" below "Company / Sales / Target": the label ends where the first value begins.
TableRow TableReader::completed(const TableRow& row) const {
  if (header_rows_ == 0 || row.cells.size() + 1 != columns_.size()) return row;
  const Span first = row.cells[0];
  const size_t v = first_value(first.begin);
  if (v >= known_values_) return row;
  uint32_t at = m_->values.values[v].outer.begin;
  if (at <= first.begin || at >= first.end || document_->text[at - 1] != ' ') return row;
  TableRow whole = row;
  whole.cells[0] = {at, first.end};
  while (at > first.begin && document_->text[at - 1] == ' ') --at;
  whole.cells.insert(whole.cells.begin(), {first.begin, at});
  return whole;
}

bool TableReader::read_label(const TableRow& row, TableMeaning& label) const {
  label = meanings_.read(row.cells[0], true, true);
  if (label.skip) return false;
  const bool trim = caption_.variants && !label.names_something() && label.metrics.empty() && !label.change && !label.date;
  const bool says = trim || label.names_something() || !label.metrics.empty() || label.date || label.year != 0 || label.change || label.part;
  if (!says) return false;
  // "85x Edition" in a column of trims.
  if (trim) {
    label.variant = {label.span, kNoEntity};
    return true;
  }
  if (label.unknown.empty()) return true;
  // "Renault 5 Five" in a column of models: the words behind the maker are the model.
  if (!caption_.models || !label.company.present() || label.model.present() || label.unknown.begin < label.company.span.end) return false;
  label.model = {label.unknown, kNoEntity};
  return true;
}

void TableReader::read_row(const TableRow& row, Span rank) {
  TableMeaning label;
  if (!read_label(row, label)) return;
  if (label.part) {
    TableMeaning whole = above_;
    whole.metrics.clear();
    whole.change = nullptr;
    fill(label, whole);
  } else {
    above_ = label;
  }
  row_metrics_.assign(columns_.size(), {});
  for (size_t c = 1; c < row.cells.size(); ++c) {
    if (!row.cells[c].empty()) read_cell(row, c, label);
  }
  // A place among others is by what was counted.
  const bool stated = std::any_of(row_metrics_.begin(), row_metrics_.end(), [&](const Chosen& c) {
    return c.metric >= 0 && (!is_list_ || pack_.metrics.metric(static_cast<uint32_t>(c.metric)).time == TimeKind::flow);
  });
  if (stated && rank_.metric >= 0 && (label.company.present() || label.model.present())) emit_rank(row, rank, label);
  if (!label.change) above_metrics_ = row_metrics_;
}

}  // namespace factmill
