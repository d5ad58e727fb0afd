// What a document has said up to the sentence that is resolved: what it is about, who and what was spoken of last, of which period.
// A new document begins with a new one, so that nothing that one says is known in the next.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mention/mentions.h"
#include "resolve/fact.h"
#include "resolve/spoken.h"
#include "text/document.h"

namespace factmill {

struct DocumentState {
  using Period = spoken::Period;
  using Company = spoken::Company;
  using Spoken = spoken::Model;
  using Story = spoken::Story;
  using Intro = spoken::Intro;
  using Alike = spoken::Alike;

  const Document* doc_ = nullptr;
  const Mentions* m_ = nullptr;
  std::string_view title_;        // known, or the line that looks like one
  std::optional<Day> published_;  // also a stand-in where unknown; then published_inferred_
  bool published_inferred_ = false;
  std::string published_text_, published_from_;
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

  std::map<std::string_view, Interval> last_of_kind_;  // periods of actual figures: what "the quarter" goes on with
  std::map<int, std::string> last_modality_;  // of the paragraph: how sure it was, by metric
  std::map<int, uint32_t> last_company_of_;  // whose figure of a metric was stated last, by name
  std::map<int, Period> last_of_metric_;  // what "that was up" goes on with
  std::string_view last_source_;  // of the forecasts of the last sentence that stated figures
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
};

}  // namespace factmill
