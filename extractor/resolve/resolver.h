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
#include "resolve/fact.h"
#include "resolve/fx_table.h"
#include "resolve/spoken.h"
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

class Resolver {
 public:
  explicit Resolver(const MentionFinder& finder, ResolveOptions options = {});
  void begin(const Document& document, const Mentions& mentions);
  bool begin_paragraph(const Paragraph& paragraph);  // whether a story of its own begins with it
  void add(const TaggedSentence& sentence, const std::vector<Statement>& statements);
  // The document's facts, in the order of their evidence.
  std::vector<Fact> finish();

  // What `begin` found out, for the document's record.
  const std::string& published() const { return published_text_; }
  const std::string& published_from() const { return published_from_; }

 private:
  using Period = spoken::Period;
  using Company = spoken::Company;
  using Draft = spoken::Draft;
  using Spoken = spoken::Model;
  using Apart = spoken::Apart;
  using Story = spoken::Story;
  using Intro = spoken::Intro;
  using Alike = spoken::Alike;

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
  void for_each_match(const Sought& sought, uint32_t shared, Use use);
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
  void emit(const Draft& draft);
  void emit_item(const Draft& draft, int32_t value_node, int pair_index, int pair_count);
  int spread(Draft& draft) const;
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
  std::string name_of(int32_t node) const;
  std::string_view home_of(int32_t node) const;

  const MentionFinder& finder_;
  const RulePack& pack_;
  ResolveOptions options_;

  // Of the document.
  const Document* doc_ = nullptr;
  const Mentions* m_ = nullptr;
  std::string_view title_;        // known, or the line that looks like one
  std::optional<Day> published_;  // also a stand-in where unknown; then published_inferred_
  bool published_inferred_ = false;
  std::string published_text_, published_from_;
  std::unordered_map<uint32_t, uint32_t> namesakes_;  // company -> its model of the same name
  uint32_t main_company_ = kNoEntity, main_model_ = kNoEntity;
  std::string main_variant_;  // the trim of it that the title names
  bool titles_several_ = false;  // companies
  int market_figures_ = 0, own_figures_ = 0;  // stated so far of the market, of companies by name
  Span body_;                                 // the first paragraph that states facts, behind the title; empty: none
  bool main_is_clear_ = false;  // the title names it, or many a name is its
  bool main_model_is_clear_ = false;  // most names of models are its
  bool title_names_company_ = false;
  std::vector<Story> stories_;  // of a page with several
  size_t next_story_ = 0;
  bool about_market_ = false;  // the document is about a market, not a company
  bool names_nobody_ = false;  // no company and no model of one
  bool is_short_ = false;      // a text of few words, which need not speak of the topic
  bool is_of_trade_ = false, has_strange_name_ = false;  // of a short text that names nobody
  bool is_of_another_ = false;  // and of one about somebody who is not known, that does not speak of the trade
  std::optional<Decimal> article_rate_;
  Span rate_span_;
  std::optional<Period> report_period_, title_period_;
  std::optional<Period> results_period_;  // the same, of a quarter or longer
  std::optional<Period> last_results_;    // of the document: what results were stated of last
  std::vector<uint32_t> reporters_;       // companies that results were stated of by name
  std::optional<Period> announced_;       // what the last outlook of the article is of
  std::vector<Fact> facts_;
  std::unordered_map<uint64_t, Alike> alike_;
  std::vector<size_t> next_alike_;  // of each fact; SIZE_MAX: none
  std::string key_;                 // scratch
  std::string pack_label_;

  std::map<std::string_view, Interval> last_of_kind_;  // periods of actual figures: what "the quarter" goes on with
  std::map<int, std::string> last_modality_;  // of the paragraph: how sure it was, by metric
  std::map<int, uint32_t> last_company_of_;  // whose figure of a metric was stated last, by name
  std::map<int, Period> last_of_metric_;  // what "that was up" goes on with
  std::string_view last_source_;  // of the forecasts of the last sentence that stated figures
  std::vector<std::string_view> continued_;  // of the pack: metrics whose counts go on under plainer words
  std::string_view last_continued_;          // the one of them that was stated last
  std::vector<int> industry_metrics_;     // stated last of the whole market, not of a company

  // Of the section: what its heading names.
  Company section_subject_;
  bool in_heading_ = false;

  // Of the paragraph.
  Company previous_subject_;  // last one of the paragraph before
  bool first_of_paragraph_ = false;
  uint32_t topic_ = kNoEntity, previous_topic_ = kNoEntity;  // the first one of the paragraph and of the one before
  Company last_subject_;
  Spoken last_model_, previous_model_;  // of this paragraph, of the last one that named a model
  const Spoken* one_of_two(const Draft& draft) const;
  std::vector<uint32_t> companies_;  // of the last sentence that named several: "They sold A, B and C, respectively"
  std::vector<Spoken> named_;  // the trims, else models, of the last sentence that named any
  bool named_are_trims_ = false;
  Spoken model_before_;                 // of the paragraph right before, if it was about one
  Spoken subject_model_;                // the subject of the last sentence that had one, where that was a model
  bool model_is_fresh_ = false;         // and that sentence the last one of the paragraph
  bool model_heads_ = false;            // and that sentence a heading, "2. Kia EV6": what is told below is of it
  std::string place_;                   // named last beside a count: "4,204 cars were registered in Norway. Tesla registered 1,610"
  std::string_view place_home_;
  bool market_speaks_ = false;          // the last figures were the whole market's, and nobody was named since
  std::map<std::string, Spoken, std::less<>> trims_;  // of the document: whose trim it is
  std::string section_variant_;  // the trim whose name is the heading
  Spoken section_model_;  // of the document: the model whose name is the heading
  std::optional<Period> last_period_, last_outlook_;
  std::optional<Period> last_spoken_;  // of the document: "during that period"
  std::vector<std::string> bases_;  // of the references stated last: what changes that follow are measured against
  std::optional<Period> last_quote_;  // of the document: the day of a quotation goes on
  std::optional<Period> last_as_of_;  // of the document: stocks go on with the day named last, those of the same metric
  int last_as_of_metric_ = -1;
  bool as_of_is_near_ = false;  // in the paragraph: others too

  std::optional<Intro> intro_;

  // Of the sentence.
  const TaggedSentence* s_ = nullptr;
  const std::vector<Statement>* statements_ = nullptr;
  uint64_t given_slots_ = 0;          // what read_slots need look for
  MatchStarts::Scratch sought_;  // of the sentence
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
};

}  // namespace factmill
