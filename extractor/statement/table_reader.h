// From tables to statements. Every cell is read as a sentence of its own, put together from what stands for it:
//
//   Brand  | May    | Y/Y          {company BYD} {noun of the caption} {when May} {number 67,980}   by table.cell
//   BYD    | 67,980 | +3%          {company BYD} ...                             {change +3%}      by table.change
//
// Row label, header, section and caption, in this order of belief, give metric, subject, segment, region and period; the
// unit and scale of a bare number come from the header. So resolution needs to know nothing of tables. A list of
// "Name: value (+3%)" lines is a table without a header (table.item).
//
// Where a cell cannot be read with certainty there is no statement: a header or label with a word that nothing explains,
// a row of another length, a cell of several values. A table of which nothing could be read is left to prose.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mention/mentions.h"
#include "statement/attach.h"
#include "statement/reduce.h"
#include "statement/sentence.h"
#include "statement/table_layout.h"
#include "statement/table_meaning.h"
#include "statement/tagger.h"

namespace factmill {

class TableReader {
 public:
  explicit TableReader(const MentionFinder& finder);
  // Finds the document's tables. Values that lean on a header are added to `mentions`.
  void begin(const Document& document, Mentions& mentions, std::optional<Day> published);

  using Emit = std::function<void(const TaggedSentence&, const std::vector<Statement>&)>;
  // Reads the table or list that begins at this paragraph; gives the paragraph behind it, or `paragraph` itself where
  // there is none or nothing could be read. `stated`: the document's metrics so far, the latest last.
  size_t read(size_t paragraph, const std::vector<Attacher::Stated>& stated, const Emit& emit);

 private:
  // What stands for one cell, most specific first.
  struct Sources {
    const TableMeaning* by[4] = {};
  };
  struct Period {
    DateSpec date;
    std::optional<Interval> days;
  };
  struct Chosen {
    int metric = -1;
    bool negative = false;
    Span head;
  };

  Chosen price_of_item(const Sources& sources, const Value& amount) const;
  Chosen share_of(const Chosen& level, const Node& value) const;
  uint32_t label_end(uint32_t begin, uint32_t end) const;
  Span rank_at(Span item, uint32_t& begin) const;
  std::optional<TableRow> item_at(size_t paragraph) const;
  std::optional<TableLayout> list_at(size_t paragraph) const;
  bool says_more(Span behind) const;
  void split_item(Span rest, std::vector<Span>& cells) const;
  bool read_table(const TableLayout& table);
  void part_first_label(TableLayout& table) const;
  void read_header(const TableLayout& table);
  void read_trims(const TableLayout& table);
  void read_periods();
  bool dates_only_older() const;
  bool is_undated_change(size_t column) const;
  std::optional<Period> period_of_column(size_t column) const;
  void complete_to_date(size_t column, Interval latest);
  void add_company(uint32_t entity, Tag tag, std::vector<uint32_t>& out) const;
  bool has_rows_of_rivals(const TableLayout& table) const;
  Span place_of(Span cell) const;
  bool is_ranked(const TableLayout& table) const;
  bool counts_down(const TableLayout& list) const;
  TableMeaning read_caption(size_t first);
  bool read_caption_line(size_t paragraph, bool nearest, TableMeaning& caption);
  Span take_bracketed(Span line);
  void read_row(const TableRow& row, Span rank);
  void emit_rank(const TableRow& row, Span rank, const TableMeaning& label);
  TableRow completed(const TableRow& row) const;
  std::optional<DateSpec> up_to_latest(const std::optional<DateSpec>& from, const Interval& latest) const;
  void add_named(Span span, std::vector<Attacher::Stated>& out) const;
  std::vector<Attacher::Stated> spoken_of(size_t paragraph) const;
  bool read_label(const TableRow& row, TableMeaning& label) const;
  void read_cell(const TableRow& row, size_t column, const TableMeaning& label);
  bool tag_cell(Span cell, std::vector<size_t>& values);
  void tag_number(Span digits);
  bool read_behind(const TableRow& row, size_t column, Sources sources, const std::vector<size_t>& values);
  void emit_level(const TableRow& row, size_t column, const Sources& sources, const std::vector<size_t>& values);
  void emit_value(const TableRow& row, size_t column, const Sources& sources, size_t at, const Chosen& chosen, size_t change = 0);
  void emit_change(const TableRow& row, size_t column, const Sources& sources, size_t value);
  Chosen choose(const Sources& sources, const Node& value);
  Chosen choose_among(const std::vector<Attacher::Stated>& metrics, const Node& value) const;
  void complete_value(Node& node, const Sources& sources, bool percent);
  bool takes_money(const Sources& sources) const;
  void as_change(Node& node, std::string_view basis);
  static void set_modality(Node& node, const Sources& sources);
  std::optional<DateSpec> date_of(const Sources& sources, size_t column) const;
  std::string_view basis_against(const DateSpec& date, size_t column) const;
  Statement statement_of(size_t value, size_t head, const Chosen& chosen) const;
  size_t put_context(const Sources& sources, const Chosen& chosen, const std::optional<DateSpec>& date);
  int32_t add_date(const DateSpec& date);
  std::optional<DateSpec> period_of(const Sources& sources) const;
  std::vector<Span> header_cells(Span line, size_t width) const;
  bool is_data(Span cell) const;
  bool has_data(const TableRow& row) const;
  size_t first_value(uint32_t at) const;

  const MentionFinder& finder_;
  const RulePack& pack_;
  TableMeaningReader meanings_;
  const Document* document_ = nullptr;
  Mentions* m_ = nullptr;
  size_t known_values_ = 0;  // of the document; those behind were added here
  std::optional<Day> published_;
  std::vector<uint32_t> title_companies_;
  bool rows_of_rivals_ = false;
  std::vector<Attacher::Stated> title_metrics_;
  std::vector<TableLayout> tables_;
  size_t next_table_ = 0;

  // Of the table.
  const std::vector<Attacher::Stated>* stated_ = nullptr;
  const Emit* emit_ = nullptr;
  bool is_list_ = false;
  bool counts_down_ = false, is_ranked_ = false;  // the list, the table: it is one of places
  bool counts_other_ = false;  // it is introduced with words that name something else: "Seats in the garage:"
  size_t items_ = 0;           // of the list
  TableWord plain_change_;
  TableMeaning unlabelled_change_;
  std::vector<Attacher::Stated> spoken_of_;  // best first: what a table without a metric of its own is about
  std::vector<Span> ranks_;  // of its rows, where its first column counts them
  Chosen rank_;              // and what its header calls it; no metric: just a number
  uint32_t header_rows_ = 0;
  TableMeaning caption_, section_, above_;
  TableMeaning bracketed_;  // what the caption says of the numbers in brackets: "(2024 in brackets)"
  std::vector<TableMeaning> columns_;
  std::vector<std::optional<Period>> periods_;
  std::vector<Chosen> row_metrics_, above_metrics_;  // stated in this row, and in the row above
  size_t emitted_ = 0;
  size_t unread_ = 0;  // the first row of a list that said nothing; their number where all did
  Chosen share_;           // of the list: what percentages in brackets were read as
  Chosen article_metric_;  // of the table: what its counts were read as, where nothing near it says so

  TaggedSentence cell_;
  Reducer reducer_{pack_.rules};
  std::vector<Statement> statements_;
};

}  // namespace factmill
