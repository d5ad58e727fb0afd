// Pages with several stories, each with a headline and a day of its own: nothing goes on from one to the next.
#include <algorithm>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr size_t kStories = 3;           // fewer days may be of one article
constexpr size_t kDayLineBytes = 48;     // "Wednesday, September 23, 2020"
constexpr size_t kHeadlineBytes = 200;
constexpr ptrdiff_t kHeadlineWords = 3;
constexpr size_t kStoryBytes = 60;  // the least that is told below a day; the days of a table's head stand above figures

bool is_headline(std::string_view line) {
  return !line.empty() && line.size() <= kHeadlineBytes && std::string_view(".;:,").find(line.back()) == std::string_view::npos &&
         std::count(line.begin(), line.end(), ' ') + 1 >= kHeadlineWords;
}

bool has_digit(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

// "June 12, 2020" below a headline begins a story; days above paragraphs of prose are a timeline of one.
void Resolver::find_stories() {
  stories_.clear();
  next_story_ = 0;
  ValueReader reader(pack_.values);
  ValueList found;
  const std::vector<Paragraph>& paragraphs = doc_->paragraphs;
  size_t last = 0;  // line with a day
  for (size_t i = 1; i + 1 < paragraphs.size(); ++i) {
    const Span line = paragraphs[i].span, above = paragraphs[i - 1].span;
    if (paragraphs[i + 1].span.size() < kStoryBytes) continue;
    if (line.size() > kDayLineBytes || !has_digit(line.of(doc_->text)) || !is_headline(above.of(doc_->text))) continue;
    found.clear();
    reader.read(doc_->text, line, found);
    if (found.values.size() != 1 || found.values[0].type != ValueType::date || found.values[0].span.size() * 2 < line.size()) continue;
    const DateSpec& day = found.dates[found.values[0].date];
    if (day.anchor != DateSpec::Anchor::absolute || day.grain != DateSpec::Grain::day || day.year == 0) continue;
    const auto resolved = resolve_date(day, {});
    if (resolved && (last == 0 || i - last > 1)) stories_.push_back({above, resolved->days.from});
    last = i;
  }
  if (stories_.size() < kStories) stories_.clear();
}

// A story speaks of whom its headline names, else of a market or of nobody, and as of its own day.
void Resolver::begin_story(const Story& story) {
  last_subject_ = section_subject_ = previous_subject_ = {};
  topic_ = previous_topic_ = kNoEntity;
  last_model_ = previous_model_ = model_before_ = subject_model_ = section_model_ = {};
  market_speaks_ = model_heads_ = false;
  place_.clear();
  place_home_ = {};
  named_.clear();
  companies_.clear();
  section_variant_.clear();
  trims_.clear();
  industry_metrics_.clear();
  last_of_metric_.clear();
  last_company_of_.clear();
  last_quote_.reset();
  last_continued_ = {};
  last_of_kind_.clear();
  reporters_.clear();
  for (std::optional<Period>* period : {&report_period_, &title_period_, &results_period_, &announced_, &last_as_of_}) period->reset();
  intro_.reset();
  published_ = story.day;
  published_inferred_ = false;
  title_ = story.headline.of(doc_->text);
  main_company_ = main_model_ = kNoEntity;
  main_variant_.clear();
  titles_several_ = false;
  market_figures_ = own_figures_ = 0;
  std::vector<NameHit> hits;
  finder_.names().find(title_, {0, static_cast<uint32_t>(title_.size())}, hits);
  std::erase_if(hits, [&](const NameHit& hit) { return !proven(finder_.names().reading(hit.readings)); });
  for (const NameHit& hit : hits) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag == Tag::model && main_model_ == kNoEntity) main_model_ = reading.index;
    const uint32_t company = reading.tag == Tag::company ? reading.index : reading.tag == Tag::model ? entity_at(reading.index).owner : kNoEntity;
    if (main_company_ == kNoEntity && company != kNoEntity && !is_source(company)) main_company_ = company;
  }
  main_is_clear_ = title_names_company_ = main_company_ != kNoEntity;
  about_market_ = !main_is_clear_;
}

bool Resolver::is_source(uint32_t company) const {
  const auto& sources = pack_.resolution.source_kinds;
  return std::find(sources.begin(), sources.end(), entity_at(company).kind) != sources.end();
}

}  // namespace factmill
