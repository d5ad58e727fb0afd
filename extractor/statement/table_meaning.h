// What one cell of a header, one row's label or one caption says about the cells it stands for.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mention/mentions.h"
#include "ruleset/rule_pack.h"
#include "statement/attach.h"
#include "text/document.h"

namespace factmill {

// A name of the lexicon, or words that stand for one.
struct TableName {
  Span span;
  uint32_t entity = kNoEntity;
  bool present() const { return !span.empty(); }
};

struct TableMeaning {
  Span span;                             // the cell
  std::vector<Attacher::Stated> metrics;  // its heads, best first
  Span head;
  std::optional<DateSpec> date;
  Span date_text;
  std::optional<DateSpec> before;  // "the year before", counted from the period of what stands in front
  Span ended;    // "Three Months Ended", up to the day that another cell gives
  int year = 0;  // a year alone
  TableName company, model, variant, region, segment;
  bool industry = false;
  const TableWord* change = nullptr;
  std::optional<DateSpec> against;  // when the changes began: "vs. August"
  const TableWord* modality = nullptr;
  const TableWord* attribute = nullptr;
  uint16_t unit = 0;  // that the cells' numbers leave out
  Decimal scale{1};
  bool skip = false, total = false, part = false, models = false, variants = false, to_date = false, bracketed = false;
  Span unknown;  // the first words that nothing explains

  bool names_something() const {
    return company.present() || model.present() || variant.present() || region.present() || segment.present() || industry || total;
  }
};

// Takes over from `from` what `to` lacks.
void fill(TableMeaning& to, const TableMeaning& from);

// Reads cells; `mentions` gives the values and names of searched zones, others are read anew.
class TableMeaningReader {
 public:
  explicit TableMeaningReader(const MentionFinder& finder) : pack_(finder.pack()), names_(finder.names()), values_(finder.pack().values) {}
  void begin(const Document& document, const Mentions& mentions);
  // The date that two texts make together: "Three Months Ended" and "June 30, 2024".
  std::optional<DateSpec> joined_date(Span first, Span second) const;
  // `label`: a row's, whose unknown words are a variant behind a model. `searched`: its mentions have been found.
  TableMeaning read(Span span, bool label, bool searched) const;

 private:
  struct Word {
    Span span;
    bool in_brackets = false;
    bool taken = false;
  };
  void read_names(Span span, bool searched, TableMeaning& out, std::vector<Word>& words) const;
  void take_name(const Name& name, TableMeaning& out, std::vector<Word>& words) const;
  bool counts(Span name) const;
  void read_dates(Span span, TableMeaning& out, std::vector<Word>& words) const;
  void read_lone_month(TableMeaning& out, std::vector<Word>& words) const;
  void read_marked_dates(TableMeaning& out, std::vector<Word>& words) const;
  void read_phrases(TableMeaning& out, std::vector<Word>& words) const;
  void apply(const TableWord& word, Span span, TableMeaning& out) const;
  void compare(const TableWord& word, Span span, TableMeaning& out) const;
  void read_unit(TableMeaning& out, std::vector<Word>& words) const;
  void read_bracketed_unit(TableMeaning& out, std::vector<Word>& words) const;
  uint16_t unit_of(std::string_view text, TableMeaning& out) const;
  void read_rest(bool label, TableMeaning& out, std::vector<Word>& words) const;
  std::vector<Word> words_of(Span span) const;

  const RulePack& pack_;
  const NameIndex& names_;
  ValueReader values_;
  const Document* document_ = nullptr;
  const Mentions* m_ = nullptr;
  mutable ValueList found_;
  mutable std::vector<NameHit> hits_;
};

}  // namespace factmill
