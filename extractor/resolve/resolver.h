// From statements to facts: who, when, how sure, how much in which money, and whether it was said before.
//
//   Resolver resolver(finder);
//   resolver.begin(document, mentions);
//   for each paragraph: resolver.begin_paragraph(zone); for each sentence: resolver.add(sentence, statements);
//   std::vector<Fact> facts = resolver.finish();
//
// Order of belief, strongest first:
//   subject   own context; nearest to the left in the sentence; for a pronoun, a descriptor or a hole the paragraph's
//             last subject; a model's maker; the company that document and title are about
//   period    own context; along the link; the sentence leftwards; the paragraph's last; the title; the document's
//   first
//             reporting period. Reference, year-to-date, as-of and planned periods are never carried on.
//   modality  the nearest cue leftwards in the clause; along the link; a cue that follows
//   money     both amounts stated > a rate stated in the article > the default
//
// One Resolver per thread; it keeps nothing between documents.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mention/mentions.h"
#include "resolve/document_state.h"
#include "resolve/fact.h"
#include "resolve/fx_table.h"
#include "resolve/sought_memo.h"
#include "statement/attach.h"
#include "statement/sentence.h"
#include "text/document.h"

namespace factmill {

// CNY for one USD where the article gives no rate.
struct ResolveOptions {
  Decimal fx_default{71348, 4};
  bool fx_from_option = false;
  std::shared_ptr<const FxTable> fx_table;  // goes before the default, by the day of publication
};

// Whether reports are made of such a stretch: a quarter or longer.
bool is_of_results(const Interval& days);

// A month, quarter or half that the text names without its year.
bool lacks_year(const DateSpec& spec);

// A statement that became no fact of its own, for `explain`.
struct DropTrace {
  std::string value;   // as it stands in the text
  std::string metric;
  std::string why;
};

class Resolver : DocumentState {
 public:
  explicit Resolver(const MentionFinder& finder, ResolveOptions options = {});
  void begin(const Document& document, const Mentions& mentions);
  bool begin_paragraph(const Paragraph& paragraph);  // whether a story of its own begins with it
  void add(const TaggedSentence& sentence, const std::vector<Statement>& statements, std::vector<DropTrace>* drops = nullptr);
  // The document's facts, in the order of their evidence.
  std::vector<Fact> finish();

  // What `begin` found out, for the document's record.
  const std::string& published() const { return published_text_; }
  const std::string& published_from() const { return published_from_; }

 private:
  using Draft = spoken::Draft;
  using Apart = spoken::Apart;

  // Document level.
  void find_published(const Document& document);
  bool proven(const NameReading& reading) const;
  void find_main_company();
  void find_main_variant(const std::vector<NameHit>& title);
  void find_market(const std::vector<NameHit>& title);
  bool begins_with_market() const;
  uint32_t lead_end() const;
  bool says_what_is_counted(const Statement& statement) const;
  bool speaks_of_cars(const Statement& statement, const Draft& draft) const;
  bool goes_on_with_somebody(const Statement& statement) const;
  bool may_be_of_market(const Draft& draft) const;
  bool is_of_market(const Statement& statement, const Draft& draft) const;
  bool in_lead(uint32_t company) const;
  void find_fx_rate();
  bool is_nearer_ahead(const DateSpec& date, const Interval& days) const;
  bool names_year(const Value& value) const;
  void find_report_period();
  void find_stories();
  void begin_story(const Story& story);
  bool is_source(uint32_t company) const;
  // Facts of nobody (unnamed.cc).
  void find_unnamed();
  bool has_strange_name() const;
  bool may_be_unnamed(const Draft& draft) const;

  // Sentence level.
  void read_intro();
  void find_boundaries();
  enum class Part { all, last, before_last };  // of a match
  void find_names(const std::optional<Sought>& sought, Part part, std::vector<uint32_t>& out);
  template <class Use>
  void for_each_match(const Sought& sought, uint32_t shared, Use use);  // the last bytes of one that the next may begin with
  void read_matches(const Sought& sought, uint32_t shared);
  void read_topic();
  void note_named();
  std::optional<Apart> name_apart(const Draft& draft, int index, int count) const;
  bool is_name_alone() const;
  bool names_one_company() const;
  bool keeps_topic();
  Company spoken_of() const;
  bool steps_back(const Period& period) const;
  bool oblique(uint32_t position) const;
  bool rival(uint32_t position) const;
  bool speaks_of_model(uint32_t position) const;
  bool speaks_until(uint32_t company, uint32_t position) const;
  bool owner(uint32_t position) const;
  bool inserted(uint32_t position) const;
  Span antecedent(const Statement& statement) const;
  uint32_t end_of_front() const;
  bool opens_next(uint32_t behind, uint32_t value, uint32_t low, uint32_t left_limit, Slot slot) const;
  bool may_be_own_part(const Draft& draft) const;
  uint32_t outside(uint32_t position, uint32_t from) const;
  bool passes_parts(const Statement& statement) const;
  void limits(const Statement& statement, Draft& draft) const;
  uint64_t given_slots() const;
  void take_from_host(uint32_t low, Draft& draft);
  void take_from_bracketed(int32_t value, Draft& draft);
  void take_from_whole(uint32_t low, uint32_t high, Draft& draft);
  void take_from_subject(uint32_t low, uint32_t high, Draft& draft);
  void read_slots(const Statement& statement, Draft& draft);
  bool shares_head(const Statement& statement) const;
  void read_aside(uint32_t low, Draft& draft) const;
  int32_t slot_of_node(int32_t node, Slot slot) const;
  bool is_company_name(uint32_t position) const;
  int32_t before_bracket(uint32_t position) const;
  int32_t name_in(int32_t node) const;
  bool names_any(uint32_t from, uint32_t to) const;
  bool names_subject(const Statement& statement) const;
  uint32_t clause_begin(uint32_t position) const;
  void read_company(const Statement& statement, Draft& draft);
  bool counts_market(uint32_t position, const Draft& draft) const;
  Company company_left_of(uint32_t position, uint32_t limit = 0, bool markets = false) const;
  Company company_of_country(int32_t anaphor) const;
  Company person_left_of(uint32_t position) const;
  uint32_t source_left_of(uint32_t position) const;
  size_t first_own_word() const;
  Company company_of_speaker(uint32_t position, bool of_himself) const;
  uint32_t parent_of_named() const;
  uint32_t parent_spoken_of(uint32_t position) const;
  Company company_of_node(int32_t node, std::string_view from) const;
  void read_period(const Statement& statement, Draft& draft);
  void find_period(const Statement& statement, Draft& draft);
  void read_quote_period(const Statement& statement, const std::optional<Interval>& about, Draft& draft);
  bool is_flow(const Statement& statement) const;
  void close(Period& period) const;
  std::optional<Interval> period_spoken_of(const Statement& statement, bool ahead) const;
  std::optional<Interval> unit_spoken_of(const DateSpec& spec, Direction direction) const;
  std::optional<Period> period_of_when(int32_t when, Direction direction, const std::optional<Interval>& about) const;
  std::optional<Period> joined_period(int32_t list, Direction direction, const std::optional<Interval>& about) const;
  bool states_previous(const Statement& statement, const Draft& draft) const;
  std::optional<Period> previous_period(const Statement& statement, const Draft& host) const;
  std::optional<Period> period_before(const Period& period, std::string_view basis) const;
  std::optional<Period> cumulative_period(Direction direction, const std::optional<Interval>& about) const;
  static bool fits_flow(const Period& period, const Metric& metric);
  std::optional<Period> period_left_of(uint32_t position, Direction direction,
                                       const std::optional<Interval>& about, const Draft* of = nullptr) const;
  std::optional<Period> period_right_of(uint32_t position, bool stock, Direction direction,
                                        const std::optional<Interval>& about) const;
  bool follows_comparison(uint32_t position, uint32_t when) const;
  bool is_of_another(Span cue, const Statement& statement) const;
  bool in_closed_bracket(uint32_t at, uint32_t value) const;
  bool is_bystander(const Company& company) const;
  std::optional<Period> period_of_kind(const Statement& statement, const Draft& draft) const;
  bool is_past_aim(const Draft& draft, const Period& period) const;
  bool may_be_of(const Draft& draft, const Period& period) const;
  std::optional<Period> carried_period(const Draft& draft) const;
  std::optional<Period> period_beside(const Draft& draft) const;
  std::optional<Period> year_around(const Draft& draft) const;
  std::optional<Period> same_part(const Draft& draft) const;
  std::optional<Period> since_event(const Statement& statement) const;
  bool is_of_old_level(const Statement& statement, const Period& period) const;
  bool is_compared_date(uint32_t begin) const;
  std::optional<Period> month_before() const;
  void open_until(int32_t date, Period& period) const;
  std::optional<Period> awaited_period(DateSpec::Grain grain) const;
  std::optional<Period> period_of_report(const Draft& draft) const;
  std::optional<Period> period_of_amount(const Statement& statement) const;
  bool is_compared_value(uint32_t position) const;
  bool follows_comparison(const Statement& statement) const;
  bool is_nearer(int32_t mention, int32_t date, uint32_t low) const;
  bool still_runs(const ResolvedDate& date) const;
  bool owns_next(uint32_t when) const;
  bool is_compared_time(uint32_t when, uint32_t value) const;
  bool is_said_time(uint32_t when, uint32_t low) const;
  int32_t time_of_clause(uint32_t low) const;
  bool reports_on(const Interval& days) const;
  const DateSpec* spec_of(int32_t when) const;
  DateSpec joined_spec(int32_t node, const DateSpec& spec) const;
  bool follows_year_before(int32_t date) const;
  DateSpec named_year(const DateSpec& spec, Direction direction) const;
  DateSpec calendar_spec(DateSpec spec) const;
  int32_t time_of_head(const Statement& statement) const;
  int32_t time_behind(const Statement& statement) const;
  int32_t time_of_value(const Statement& statement) const;
  std::optional<Period> resolve_period(int32_t node, std::string_view from, Direction direction,
                                       const std::optional<Interval>& about) const;
  bool is_taken(Span cue, const Statement& st) const;
  void read_modality(const Statement& statement, Draft& draft);
  std::string modality_of(const Statement& statement, std::string_view cue, Draft& draft) const;
  bool counted_before(const Statement& statement) const;
  void look_ahead(Draft& draft) const;
  void read_source(Draft& draft);

  // Fact level.
  struct HeadReading { int metric = -1; bool negative = false; };
  HeadReading reading_of_head(int32_t head, int32_t value, bool change) const;
  void drop(const Draft& draft, int32_t value, std::string_view why) const;
  void emit(const Draft& draft);
  void emit_item(const Draft& draft, int32_t value_node, int pair_index, int pair_count);
  std::pair<int, int32_t> spread(const Draft& draft) const;
  std::pair<int, int> place_in_run(const Draft& draft) const;
  void emit_old_level(const Draft& draft, int32_t index, Fact& fact);
  void emit_reference(const Draft& draft, const Fact& host, const std::optional<Period>& host_period, int32_t reference,
                      std::string_view basis);
  std::optional<Period> compared_period(int32_t when, const std::optional<Period>& host) const;
  const Draft* moved_outlook(const Draft& reference, int32_t when) const;
  static bool take_part(Period& period, const DateSpec* named, int position, int count);
  bool pair_lists(Draft& draft, int position, int count, bool& paired) const;
  bool give_bases(Node& item, int position, int count) const;
  void remember_basis(const Node& reference, const Draft& draft);
  Node change_of_list(const Node& list, Node item, int position) const;
  std::vector<const Draft*> levels_before(const Draft& draft) const;
  int32_t level_beside(const Statement& statement, uint32_t item) const;
  std::optional<Period> period_of_item(const Draft& draft, const Node& item) const;
  int32_t compared_in_front() const;
  void fill_change(const Draft& draft, const Node& item, const std::optional<Period>& period, Fact& fact) const;
  void fill_attributes(const Draft& draft, const Node& item, Fact& fact) const;
  bool is_outsider(uint32_t company) const;
  void fill_attribute_slots(const Draft& draft, int index, int count, Fact& fact) const;
  bool is_negative(const Statement& statement, const Node& item) const;
  bool is_negative_reference(const Statement& statement, const Node& reference) const;
  bool is_of_company(const Statement& statement) const;
  bool plausible(const Metric& metric, const Statement& statement, const Fact& fact) const;
  void fill_value(const Draft& draft, int32_t value_node, bool negative, Fact& fact) const;
  // Models and trims (models.cc).
  uint32_t bracket_begin(uint32_t close) const;
  bool is_unnamed_model(int32_t index) const;
  int32_t model_left_of(uint32_t position) const;
  void carry_model(const Statement& statement, Draft& draft) const;
  void carry_front(const Statement& statement, Draft& draft) const;
  void carry_feature(const Statement& statement, Draft& draft) const;
  int32_t stronger_variant(int32_t found, const Draft& draft, uint32_t low, uint32_t high) const;
  void fill_model(const Draft& draft, int index, int count, Company& company, Fact& fact);
  Spoken carried_model(int32_t trim, Company& company) const;
  bool is_supplier(const Company& company) const;
  int32_t only_model_behind(const Statement& st, bool event) const;
  void note_model();
  void note_subject_model();
  bool is_of_subject_model(const Draft& draft, const Company& company) const;
  bool goes_on() const;
  bool begins_with_anaphor() const;
  bool has_pronoun(uint32_t end) const;
  bool speaks_on(const Statement& statement) const;
  bool owns_head(const Statement& statement) const;
  bool has_pairing() const;
  bool is_joint(const Draft& draft, int count) const;
  void note_companies();
  void note_market();
  bool begins_with_pronoun() const;
  bool is_cited() const;
  static void from_new_year(Period& period);
  bool is_cumulative(const Draft& draft, const Node& item) const;
  std::optional<Day> known_until(const Interval& days) const;
  void settle_count(Draft& draft) const;
  void settle_outlook(const Statement& statement, Draft& draft) const;
  void date_changes();
  void settle_period(const Statement& statement, Draft& draft) const;
  void fill_names(const Draft& draft, int pair_index, int pair_count, Fact& fact);
  bool is_powertrain(int32_t segment) const;
  void fill_period(const std::optional<Period>& period, Fact& fact) const;
  void go_on_counting(const Metric& metric, Fact& fact);
  void note_continued(std::string_view metric);
  void fill_money(Fact& fact) const;
  void fill_other_currency(Fact& fact) const;
  void fill_evidence(int32_t node, Span support, Fact& fact) const;
  std::string basis_of_others(const Draft& draft) const;
  std::string basis_behind_level(const Draft& draft, const std::optional<Period>& period) const;
  std::string basis_of(const Node& change, const std::optional<Period>& period, int32_t compared, bool& assumed) const;
  void keep(Fact&& fact);
  static void merge(Fact&& fact, Fact& known);
  const Entity& entity_at(uint32_t number) const { return m_->entity(pack_.lexicon, number); }
  const Entity& entity_of(int32_t node) const;
  const Metric& metric_of(const Draft& draft) const {
    return pack_.metrics.metric(static_cast<uint32_t>(draft.statement->metric));
  }
  static constexpr TagSet kSomebody = tag_bit(Tag::company) | tag_bit(Tag::model) | tag_bit(Tag::stranger) | tag_bit(Tag::anaphor);
  // What there is at a time, and not what came or went in it.
  bool is_stock(const Statement& statement) const {
    return pack_.metrics.metric(static_cast<uint32_t>(statement.metric)).time == TimeKind::stock && !is_flow(statement);
  }
  int32_t item_of(int32_t node, int index, int count) const;
  const Spoken* one_of_two(const Draft& draft) const;
  std::string name_of(int32_t node) const;
  std::string_view home_of(int32_t node) const;

  const MentionFinder& finder_;
  const RulePack& pack_;
  ResolveOptions options_;
  std::unordered_map<uint32_t, uint32_t> namesakes_;  // company -> its model of the same name
  std::vector<std::string_view> continued_;           // metrics whose counts go on under plainer words
  std::string pack_label_;
  std::string key_;  // scratch

  // Of the sentence.
  const TaggedSentence* s_ = nullptr;
  const std::vector<Statement>* statements_ = nullptr;
  uint64_t given_slots_ = 0;          // what read_slots need look for
  SoughtMemo met_;               // of the texts met lately
  MatchStarts::Scratch sought_;  // of the sentence, once that is asked
  bool sought_is_read_ = false;
  std::vector<uint32_t> boundaries_;  // tagged bytes at which a clause begins
  std::vector<uint32_t> fronted_;     // the tagged byte of the subject behind a phrase that comes first
  std::vector<uint32_t> obliques_;    // tagged bytes of names that are no subjects
  std::vector<uint32_t> rivals_;      // of those that something is compared with
  std::vector<uint32_t> relatives_;   // and of those who speak on in a clause of their own
  std::vector<uint32_t> owners_;      // and of those whose the name behind them is
  std::vector<uint32_t> objects_;     // and of those that no sentence is about
  std::vector<Span> antecedents_;     // of the tagged text: relatives, from the name that they are said of
  Span antecedent_;                   // of the statement that is read: the relative it is said in
  std::vector<Span> insertions_;      // of the tagged text: names in here are not its subjects
  std::vector<uint32_t> beside_;          // of names that belong to the value before them: "5 percent for EVs, 7 percent"
  std::vector<uint32_t> compared_times_;  // of whens that figures are compared with: "than in July"
  std::vector<uint32_t> since_events_;    // and of those that a count began with: "since its first delivery in October 2021"
  std::vector<Span> said_times_;          // of the tagged text, from a day to the word that says something on it
  std::vector<Span> outlook_times_;       // the same, of what was expected then
  std::vector<Span> time_clauses_;        // of the tagged text, from a when to the clause said of it: "in July, when"
  std::vector<uint32_t> places_;      // and of those whose market is spoken of: "China sold"
  std::vector<Span> met_outlooks_;                           // text whose cues are of the values in it
  std::vector<std::pair<int32_t, int32_t>> split_periods_;  // whens that are one: a quarter, and its year
  std::vector<Draft> drafts_;
  std::vector<DropTrace>* drops_ = nullptr;  // null: nobody asks
};

}  // namespace factmill
