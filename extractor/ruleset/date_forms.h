// How dates are written, as rules/common/dates.yaml gives it: classes of words, classes of numbers, and forms over them.
//
//   date_words:
//     month: {January: {month: 1, grain: month}, ...}
//   date_numbers:
//     day: {field: day, min: 1, max: 31, max_digits: 2}
//   date_forms:
//     - {form: "{month} {day}[,] {year}", set: {grain: day}}
//
// In a form a space stands for whitespace or a hyphen between words; where there is none, the text has none. [x] may be
// missing, (a|b) is either, {class>end} fills the second end of a range. The longest form wins, then the first in the
// file. What the fields mean is said at DateSpec in mention/value.h.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ruleset/phrase_table.h"
#include "ruleset/rule_file.h"
#include "ruleset/value_words.h"

namespace factmill {

enum class DateField : uint8_t {
  grain,
  anchor,
  role,
  part,
  year,
  month,
  day,
  quarter,
  half,
  week,
  weekday,
  offset,
  months,
  fiscal,
  keeps_length,
  end_year,
  end_month,
  end_day,
  end_quarter,
  kind,
  daypart,
  reference,
  base,
  closing,
  order,
  vague,
  steps,
  hour,
  minute,
  second,
  season,
  nth,
  fraction,
  count_of,
  holiday,
  end_count,
  end_grain,
  ahead,
  points,
  end_weekday,
  closest,
  lasting,
  expected,
  elided,  // not of DateSpec: the unit is that of a date shortly before, "in the third quarter and 3,386 in the fourth"
  // Not of DateSpec: a number whose field the form names, a factor for `offset`, and whether the word is also another.
  n,
  end_n,
  sign,
  weak,
  pm,  // 1 a.m., 2 p.m.
  count
};

// Values by field; 0 where nothing was said.
using DateFields = std::array<int16_t, static_cast<size_t>(DateField::count)>;
inline int16_t& field_of(DateFields& fields, DateField field) { return fields[static_cast<size_t>(field)]; }
inline int16_t field_of(const DateFields& fields, DateField field) { return fields[static_cast<size_t>(field)]; }

struct DateSetting {
  DateField field = DateField::grain;
  int16_t value = 0;
};

// One entry of date_forms.
struct DateForm {
  Place place;
  std::vector<DateSetting> set;
  DateField n = DateField::n;  // where a captured `n` goes
  DateField end_n = DateField::n;
  ListSet after;              // the word before must be on one of these lists; empty: any
  ListSet weak_after;         // the same, only where a weak word was read ("May")
  bool alone = false;          // ends in a number that no unit follows
  bool aside = false;          // of annotations only
  bool plain = false;          // of facts only
  bool sole = false;           // only where it is the whole text, but for a word before it
  bool lone = false;           // only where it is the whole text
  bool closed = false;         // no word or number stands right behind it
  bool next_year = false;      // its second year is the one after its first: 2010/11
  ListSet before;             // the word behind must be on one of these lists; empty: any
  ListSet not_before;         // and must not be on these
  ListSet not_after;          // the word before must not be on these
};

class DateForms {
 public:
  struct Match {
    size_t end = 0;  // one past the last token; 0: none
    DateFields fields{};
    const DateForm* form = nullptr;
    explicit operator bool() const { return end != 0; }
  };

  // Reads date_words, date_numbers and date_forms of a file's root. `list_mask` gives the bit of a named word list.
  class Builder;

  // The best form that begins at tokens[begin]; without `asides` those of facts alone. `accept(form, fields, end)` may
  // refuse one.
  template <class Accept>
  Match match(std::span<const Token> tokens, size_t begin, std::string_view text, const PhraseTable& phrases, bool asides,
              Accept accept) const {
    Match best;
    if (nodes_.empty()) return best;
    Walk<Accept> walk{*this, tokens, text, phrases, asides, accept, best};
    walk.from(0, begin, begin);
    return best;
  }

  // A word that a form may begin with.
  struct FirstWord {
    uint32_t word = 0;      // vocabulary number
    bool is_whole = false;  // a form is that word alone: today, July
  };
  const std::vector<FirstWord>& first_words() const { return first_words_; }
  // The same with the forms of annotations.
  const std::vector<FirstWord>& aside_words() const { return aside_words_; }
  // Whether a form may begin with digits, so many of them, and `next` behind them: no word, or one of the vocabulary.
  bool may_begin_with_digits(uint8_t digits, const Token* next) const {
    if (digits >= 32 || (lone_digits_ >> digits & 1)) return true;
    if (!next) return false;
    if (next->kind == Token::Kind::number || next->word == hyphen_) return true;
    return next->word < after_digits_.size() && after_digits_[next->word];
  }
  // Whether a form that is more than this word may begin with it and go on with digits, or with what no list of pairs says.
  bool may_lead_digits(uint32_t word) const { return is_numeral_start(word) || (word < before_digits_.size() && before_digits_[word]); }
  bool is_numeral_start(uint32_t word) const { return word < numeral_starts_.size() && numeral_starts_[word]; }
  // Two words that a form of either kind may begin with.
  const std::vector<std::pair<uint32_t, uint32_t>>& first_pairs() const { return first_pairs_; }

 private:
  friend class Builder;

  struct NumberClass {
    // 7; 10:30; 9.30; 1030; 1,2024; 10.31.2024; 31.10.2024; 2024.10.31
    enum class Shape : uint8_t { digits, clock, clock_point, clock_digits, day_comma_year, month_first, day_first, year_first };
    std::string name;
    Shape shape = Shape::digits;
    bool words = false;  // twenty-five as well
    bool only_words = false;
    DateField field = DateField::n;
    int32_t min = 0;
    int32_t max = 0;
    int16_t add = 0;
    uint8_t min_digits = 1;
    uint8_t max_digits = 9;
  };
  struct Word {
    uint32_t first = 0;  // its first token's vocabulary number
    uint16_t word_class = 0;
    uint16_t tokens = 0;
    std::vector<DateSetting> set;
  };
  struct Edge {
    enum class Kind : uint8_t { literal, words, numbers };
    Kind kind = Kind::literal;
    bool glued = false;
    bool to_end = false;  // fills the fields of the second end
    uint32_t what = 0;    // vocabulary number, or index of the class
    uint32_t next = 0;
  };
  // Classes of words, one bit each; those beyond 128 share bits.
  using ClassSet = std::array<uint64_t, 2>;
  static void add_class(ClassSet& set, uint32_t word_class) { set[word_class / 64 % 2] |= uint64_t{1} << word_class % 64; }
  static bool meet(const ClassSet& a, const ClassSet& b) { return (a[0] & b[0]) | (a[1] & b[1]); }
  // Edges of one kind stand together, literals first, words next; in the order of `what` within a kind.
  struct Node {
    std::vector<Edge> edges;
    uint32_t literals = 0;  // number of them
    uint32_t words = 0;
    std::vector<uint32_t> forms;  // that end here, in file order
    bool plain = false;           // a form of facts lies beyond
    ClassSet classes{};           // of the word edges

    std::span<const Edge> literal_edges() const { return {edges.data(), literals}; }
    std::span<const Edge> word_edges() const { return {edges.data() + literals, words}; }
    std::span<const Edge> number_edges() const { return {edges.data() + literals + words, edges.size() - literals - words}; }
  };

  template <class Accept>
  struct Walk {
    const DateForms& forms;
    std::span<const Token> tokens;
    std::string_view text;
    const PhraseTable& phrases;
    bool asides;
    Accept& accept;
    Match& best;
    DateFields fields{};  // of the way so far; what a step puts in, it takes out again

    void from(uint32_t node, size_t begin, size_t at) {
      const Node& here = forms.nodes_[node];
      if (!here.plain && !asides) return;
      for (const uint32_t form : here.forms) finish(forms.forms_[form], at);
      if (at >= tokens.size() || here.edges.empty()) return;
      const bool inner = at > begin;
      const bool spaced = !inner || tokens[at].spaced();
      // second-quarter: a hyphen between words where the form has a space.
      if (inner && !spaced && forms.is_joint(tokens, at)) step(here, begin, at + 1, true);
      step(here, begin, at, spaced);
    }

    // Follows every edge that fits tokens[at]; at the beginning both glued and spaced ones do.
    void step(const Node& here, size_t begin, size_t at, bool spaced) {
      const Token& token = tokens[at];
      const auto fits = [&](const Edge& edge) { return at == begin || edge.glued == !spaced; };
      if (token.kind == Token::Kind::number) {
        for (const Edge& edge : here.number_edges()) {
          if (fits(edge)) number(edge, begin, at);
        }
        if (!here.word_edges().empty() && at + 1 < tokens.size() && !tokens[at + 1].spaced()) classes(here, begin, at, spaced);  // 3rd
        return;
      }
      if (token.word == 0) return;
      const std::span<const Edge> literals = here.literal_edges();
      auto literal = std::lower_bound(literals.begin(), literals.end(), token.word,
                                      [](const Edge& edge, uint32_t word) { return edge.what < word; });
      for (; literal != literals.end() && literal->what == token.word; ++literal) {
        if (fits(*literal)) from(literal->next, begin, at + 1);
      }
      if (forms.is_numeral_start(token.word)) {
        for (const Edge& edge : here.number_edges()) {
          if (fits(edge) && forms.numbers_[edge.what].words) numeral(edge, begin, at);
        }
      }
      if (token.word < forms.word_starts_.size() && meet(here.classes, forms.word_starts_[token.word])) classes(here, begin, at, spaced);
    }

    // Words of a class, 3rd among them.
    void classes(const Node& here, size_t begin, size_t at, bool spaced) {
      const auto fits = [&](const Edge& edge) { return at == begin || edge.glued == !spaced; };
      const std::span<const Edge> words = here.word_edges();
      phrases.each_match(tokens, at, text, forms.word_kind_, [&](const PhraseSense& sense, size_t end) {
        const Word& word = forms.words_[sense.payload];
        const auto first = std::lower_bound(words.begin(), words.end(), word.word_class, [](const Edge& edge, uint32_t wanted) { return edge.what < wanted; });
        for (const Edge& edge : std::span<const Edge>(first, words.end())) {
          if (edge.what != word.word_class) break;
          if (!fits(edge)) continue;
          with(word.set, 0, edge.to_end, [&] { from(edge.next, begin, end); });
        }
      });
    }

    // `then` with the settings in `fields`, from the `first` on.
    template <class Then>
    void with(const std::vector<DateSetting>& settings, size_t first, bool to_end, Then then) {
      if (first == settings.size()) return then();
      int16_t& field = field_of(fields, to_end ? end_of(settings[first].field) : settings[first].field);
      const int16_t before = std::exchange(field, settings[first].value);
      with(settings, first + 1, to_end, then);
      field = before;
    }

    void finish(const DateForm& form, size_t end) {
      if (asides ? form.plain : form.aside) return;
      const bool better = end > best.end || (end == best.end && &form < best.form);
      if (!better || !accept(form, fields, end)) return;
      best = {end, fields, &form};
      complete(form, best.fields);
    }

    // What the form says beyond its words.
    static void complete(const DateForm& form, DateFields& fields) {
      for (const DateSetting& setting : form.set) field_of(fields, setting.field) = setting.value;
      const int16_t n = field_of(fields, DateField::n);
      if (n != 0 && form.n != DateField::n) field_of(fields, form.n) = n;
      const int16_t end_n = field_of(fields, DateField::end_n);
      if (end_n != 0 && form.end_n != DateField::n) field_of(fields, form.end_n) = end_n;
      if (const int16_t sign = field_of(fields, DateField::sign)) {
        int16_t& counted = field_of(fields, form.n == DateField::n ? DateField::offset : form.n);
        counted = static_cast<int16_t>(counted * sign);
        if (form.end_n == DateField::count_of) field_of(fields, DateField::count_of) = static_cast<int16_t>(field_of(fields, DateField::count_of) * sign);
      }
    }

    void number(const Edge& edge, size_t begin, size_t at) {
      const NumberClass& want = forms.numbers_[edge.what];
      const Token& token = tokens[at];
      if (want.only_words) return;
      if (want.shape != NumberClass::Shape::digits) {
        if (token.has(Token::kOdd) == (want.shape == NumberClass::Shape::clock_digits)) return;
        const DateFields before = fields;
        if (read_shape(want.shape, text.substr(token.begin, token.end - token.begin), fields)) from(edge.next, begin, at + 1);
        fields = before;
        return;
      }
      if (!token.is_number() || token.word == Token::kNoInteger || token.has(Token::kGrouped)) return;
      if (token.digits < want.min_digits || token.digits > want.max_digits) return;
      go_on(edge, begin, at + 1, static_cast<int64_t>(token.word));
    }

    // twenty-five
    void numeral(const Edge& edge, size_t begin, size_t at) {
      int value = 0;
      if (const size_t end = forms.read_numeral(tokens, at, text, phrases, value)) go_on(edge, begin, end, value);
    }

    void go_on(const Edge& edge, size_t begin, size_t end, int64_t value) {
      const NumberClass& want = forms.numbers_[edge.what];
      if (value < want.min || value > want.max) return;
      int16_t& field = field_of(fields, edge.to_end ? end_of(want.field) : want.field);
      const int16_t before = std::exchange(field, static_cast<int16_t>(value + want.add));
      from(edge.next, begin, end);
      field = before;
    }

    // The same of the second end.
    static DateField end_of(DateField field) {
      switch (field) {
        case DateField::year: return DateField::end_year;
        case DateField::month: return DateField::end_month;
        case DateField::day: return DateField::end_day;
        case DateField::quarter: return DateField::end_quarter;
        case DateField::grain: return DateField::end_grain;
        case DateField::n: return DateField::end_n;
        case DateField::weekday: return DateField::end_weekday;
        default: return field;
      }
    }
  };

  bool is_joint(std::span<const Token> tokens, size_t i) const {
    return tokens[i].kind == Token::Kind::symbol && tokens[i].word == hyphen_ && !tokens[i].spaced() && i + 1 < tokens.size() &&
           !tokens[i + 1].spaced();
  }

  // One past the numeral that begins at `at` (seven, twenty-five, two hundred), 0 where none does.
  size_t read_numeral(std::span<const Token> tokens, size_t at, std::string_view text, const PhraseTable& phrases, int& value) const;
  // Fills what the digits say: 10:30, 31.10.2024. False where they say nothing.
  static bool read_shape(NumberClass::Shape shape, std::string_view digits, DateFields& fields);

  uint32_t hyphen_ = 0;
  uint8_t word_kind_ = 0;        // kinds of phrases: words of classes, numerals, hundred and dozen
  uint8_t numeral_kind_ = 0;
  uint8_t multiplier_kind_ = 0;
  std::vector<bool> numeral_starts_;
  std::vector<bool> before_digits_;  // by vocabulary number
  std::vector<ClassSet> word_starts_;  // by vocabulary number: of which it begins a word
  std::vector<Node> nodes_;
  std::vector<DateForm> forms_;
  std::vector<Word> words_;
  std::vector<std::string> word_classes_;
  std::vector<NumberClass> numbers_;
  std::vector<FirstWord> first_words_;
  std::vector<FirstWord> aside_words_;
  uint32_t lone_digits_ = 0;         // bit n: digits that are a form by themselves may be n
  std::vector<bool> after_digits_;   // by vocabulary number: stands behind the digits that a form begins with
  std::vector<std::pair<uint32_t, uint32_t>> first_pairs_;
};

// Fills DateForms from rule files: first every file's classes, then the forms.
class DateForms::Builder {
 public:
  struct Kinds {
    uint8_t word = 0, numeral = 0, multiplier = 0;  // as PhraseSense::kind
  };
  Builder(DateForms& forms, Vocabulary& vocabulary, PhraseTable& phrases, Kinds kinds);

  void read_classes(const RuleNode& root);
  // `lists` are the names of the word lists, by bit.
  void read_forms(const RuleNode& root, const std::vector<std::string>& lists);
  // A word of a class, with what it says.
  void add_word(const RuleNode& node, std::string_view word, std::string_view word_class, std::vector<DateSetting> set);
  // Call once after the last form and the last phrase.
  void finish();
  // Reads "name: value" pairs such as {grain: day, offset: -1}.
  static std::vector<DateSetting> read_settings(const RuleNode& node);
  static int16_t read_setting(const RuleNode& node, DateField field);
  // The number of a value's name, which stands at the node's key.
  static int16_t named_setting(const RuleNode& node, std::string_view name, DateField field);

 private:
  void read_form(const RuleNode& node, const std::vector<std::string>& lists, bool aside);
  struct Adding {
    const RuleNode& node;
    uint32_t index;
    size_t& ways;  // so far
  };
  // A way through the tree of forms: up to which node, whether what comes touches it, and the piece that has not ended.
  struct Way {
    uint32_t at = 0;
    bool glued = false;
    std::string piece;
  };
  struct Rest {
    std::string_view text;
    const Rest* behind = nullptr;  // what comes after it
  };
  // Puts a form into the tree by every way that its brackets leave. False where they do not match or the ways are too many.
  bool add_ways(const Adding& form, Way way, Rest rest);
  bool end_piece(const Adding& form, Way& way);  // false where it is wrong
  void end_form(const Adding& form, uint32_t at);
  uint32_t child(uint32_t node, Edge edge);
  struct Start {
    uint32_t word = 0;
    bool is_whole = false;  // that word is all of it
  };
  std::vector<Start> starts_of(const Edge& edge) const;
  void add_digits(const Edge& edge);
  bool ends_at(uint32_t node, bool asides) const;
  bool class_edge(const RuleNode& node, std::string_view name, Edge& edge);
  // The edges of a piece of a form, a class or words without a blank; none where it is wrong. Valid until the next call.
  const std::vector<Edge>& edges_of(const RuleNode& node, std::string_view piece);

  std::unordered_map<std::string, std::vector<Edge>> pieces_;  // forms are many and made of few
  DateForms& forms_;
  Vocabulary& vocabulary_;
  PhraseTable& phrases_;
};

// Pieces joined to a message. (A chain of + over literals and strings sets off a false -Wrestrict in GCC 12.)
std::string message(std::initializer_list<std::string_view> pieces);

// The bits of the lists that the node names; complains about unknown ones.
ListSet list_mask(const RuleNode& node, const std::vector<std::string>& lists);

}  // namespace factmill
