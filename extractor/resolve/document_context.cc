// What a document says of itself before any sentence is resolved: its day, its company, its exchange rate, its period.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "resolve/resolver.h"

namespace factmill {
namespace {

constexpr uint32_t kDatelineBytes = 120;
constexpr int kTitleWeight = 4;
constexpr size_t kLeadParagraphs = 3;
constexpr int kOften = 4;       // names of a company that stands neither in the title nor in the lead
constexpr int kClearShare = 2;  // a main company has one name in so many

bool complete(const DateSpec& d) {
  return d.anchor == DateSpec::Anchor::absolute && d.grain == DateSpec::Grain::day && d.year != 0 && d.month != 0 &&
         d.day != 0;
}

std::optional<Day> day_of(const DateSpec& d) {
  auto resolved = resolve_date(d, {});
  if (!resolved) return {};
  return resolved->days.from;
}

// A short line that is no sentence.
bool is_heading(std::string_view line, size_t max_words) {
  constexpr size_t kBeforeColon = 4;  // "Long Range version:"
  if (line.empty() || std::string_view(".!;,").find(line.back()) != std::string_view::npos) return false;
  return static_cast<size_t>(std::count(line.begin(), line.end(), ' ')) < (line.back() == ':' ? kBeforeColon : max_words);
}

// A line below a heading that lists things, "Range: 500 km", or below a sentence that ends in a colon, "Revenue of $27 billion".
bool is_item(std::string_view line, bool below_heading) {
  constexpr size_t kLongestItem = 120;
  return line.size() <= kLongestItem && !line.ends_with('.') && (!below_heading || line.find(": ") != std::string_view::npos);
}

}  // namespace

Resolver::Resolver(const MentionFinder& finder, ResolveOptions options)
    : finder_(finder), pack_(finder.pack()), options_(options), pack_label_(pack_.label()) {
  const auto& entities = pack_.lexicon.entities();
  for (uint32_t i = 0; i < entities.size(); ++i) {
    const Entity& e = entities[i];
    if (e.tag == Tag::model && e.owner != kNoEntity && entities[e.owner].name == e.name) namesakes_[e.owner] = i;
  }
  for (const Metric& metric : pack_.metrics.all()) {
    for (const Metric::Continued& c : metric.continues) continued_.push_back(c.metric);
  }
}

void Resolver::begin(const Document& document, const Mentions& mentions) {
  static_cast<DocumentState&>(*this) = {};
  doc_ = &document;
  m_ = &mentions;
  title_ = document.title;
  if (title_.empty() && !document.paragraphs.empty() && document.paragraphs.front().zone == Zone::title)
    title_ = document.paragraphs.front().span.of(document.text);
  const auto body = std::ranges::find_if(document.paragraphs, [](const Paragraph& p) { return states_facts(p.zone); });
  body_ = body == document.paragraphs.end() ? Span() : body->span;
  find_published(document);
  find_main_company();
  find_fx_rate();
  find_report_period();
  find_stories();
  find_unnamed();
}

// Known > a date line or byline > a dateline at the begin of the body > the article's own latest past date, as a
// stand-in; with it, the day of the crawl is told, which is only an upper bound.
void Resolver::find_published(const Document& document) {
  published_ = document.published;
  published_from_ = document.published_from;
  published_text_ = published_ ? to_string(*published_) : "";
  if (published_) return;
  ValueReader reader(pack_.values);
  ValueList found;
  bool body_seen = false;
  for (const Paragraph& p : document.paragraphs) {
    bool metadata = p.zone == Zone::metadata;
    if (!metadata && (body_seen || !states_facts(p.zone))) continue;
    Span part = p.span;
    if (!metadata) {
      body_seen = true;
      size_t dash =
          std::string_view(document.text).substr(p.span.begin, std::min(kDatelineBytes, p.span.size())).find("--");
      size_t single =
          std::string_view(document.text).substr(p.span.begin, std::min(kDatelineBytes, p.span.size())).find(" - ");
      size_t end = std::min(dash, single);
      if (end == std::string_view::npos) continue;
      part.end = part.begin + static_cast<uint32_t>(end);
    }
    found.clear();
    reader.read(document.text, part, found);
    for (const Value& value : found.values) {
      if (value.type != ValueType::date || !complete(found.dates[value.date])) continue;
      published_ = day_of(found.dates[value.date]);
      if (!published_) continue;
      published_from_ = metadata ? "text" : "dateline";
      published_text_ = to_string(*published_);
      return;
    }
  }
  if (document.crawled) {
    published_from_ = "crawl";
    published_text_ = to_string(*document.crawled);
  }
  std::optional<Day> latest;
  for (const DateSpec& d : m_->values.dates) {
    if (d.anchor != DateSpec::Anchor::absolute || d.year == 0 || d.grain == DateSpec::Grain::year ||
        d.role == DateSpec::Role::by)
      continue;
    auto resolved = resolve_date(d, {});
    if (!resolved) continue;
    Day day =
        d.grain == DateSpec::Grain::day || d.role == DateSpec::Role::as_of ? resolved->days.to : resolved->days.from;
    if (!latest || day > *latest) latest = day;
  }
  if (latest) {
    published_ = latest;
    published_inferred_ = true;
  }
}

// A name in the title that is also a common word counts where the text names it, its owner or what belongs to them:
// "Seal pups return to the Thames" is no car.
bool Resolver::proven(const NameReading& reading) const {
  if (reading.tag != Tag::company && reading.tag != Tag::model) return true;
  const Entity& e = entity_at(reading.index);
  if (!e.needs_context || !reading.bare) return true;
  return std::any_of(m_->names.begin(), m_->names.end(), [&](const Name& name) {
    if (name.entity == kNoEntity || name.tag == Tag::anaphor) return false;
    const uint32_t owner = entity_at(name.entity).owner;
    if (name.entity == reading.index || owner == reading.index) return true;
    return e.owner != kNoEntity && (name.entity == e.owner || owner == e.owner);
  });
}

void Resolver::find_main_company() {
  std::map<uint32_t, int> votes;
  auto vote = [&](uint32_t entity, int weight) {
    const Entity& e = entity_at(entity);
    uint32_t company = e.tag == Tag::company ? entity : e.tag == Tag::model ? e.owner : kNoEntity;
    if (company == kNoEntity) return;
    if (is_source(company)) return;
    votes[company] += weight;
  };
  std::vector<NameHit> hits;
  finder_.names().find(title_, {0, static_cast<uint32_t>(title_.size())}, hits);
  std::erase_if(hits, [&](const NameHit& hit) { return !proven(finder_.names().reading(hit.readings)); });
  for (const NameHit& hit : hits) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag == Tag::company) vote(reading.index, kTitleWeight);
    if (is_head(reading.tag) && hit.count == 1 && reading.index != kCarriedMetric) note_continued(pack_.metrics.metric(reading.index).id);
  }
  for (const Name& name : m_->names) {
    if (name.entity == kNoEntity || name.tag == Tag::anaphor) continue;
    bool in_title = !doc_->paragraphs.empty() && doc_->paragraphs.front().zone == Zone::title &&
                    doc_->paragraphs.front().span.contains(name.span);
    vote(name.entity, in_title ? kTitleWeight : 1);
  }
  // A parent that is named beside its sub-brands is what the article is about.
  const std::map<uint32_t, int> own = votes;
  for (const auto& [company, count] : own) {
    uint32_t parent = entity_at(company).owner;
    if (parent == kNoEntity) continue;
    if (auto found = own.find(parent); found != own.end() && found->second >= count) votes[parent] += count;
  }
  main_company_ = kNoEntity;
  main_model_ = kNoEntity;
  int most = 0;
  std::map<uint32_t, int> models;
  std::set<uint32_t> in_title;
  for (const NameHit& hit : hits) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag != Tag::model) continue;
    models[reading.index] += kTitleWeight;
    in_title.insert(reading.index);
  }
  for (const Name& name : m_->names) {
    if (name.tag == Tag::model && name.entity != kNoEntity) ++models[name.entity];
  }
  for (auto [model, count] : models) {
    if (count > most) main_model_ = model;
    most = std::max(most, count);
  }
  int mentioned = 0, second = 0;
  for (const auto& [model, count] : models) {
    mentioned += count;
    second = std::max(second, model == main_model_ ? 0 : count);
  }
  if (most == 1 && !in_lead(main_model_)) main_model_ = kNoEntity;
  find_main_variant(hits);
  main_model_is_clear_ = main_model_ != kNoEntity && (most * kClearShare > mentioned || most >= second * kClearShare || (in_title.size() == 1 && in_title.contains(main_model_)));
  // One company in the title is what the article is about; of several the one named most.
  std::vector<uint32_t> titled;
  for (const NameHit& hit : hits) {
    const NameReading& reading = finder_.names().reading(hit.readings);
    if (reading.tag == Tag::company && votes.contains(reading.index) &&
        std::find(titled.begin(), titled.end(), reading.index) == titled.end())
      titled.push_back(reading.index);
  }
  int best = 0;
  for (auto [company, count] : votes) {
    if (titled.size() == 1 && company != titled.front()) continue;
    if (count > best) main_company_ = company;
    best = std::max(best, count);
  }
  int all = 0;
  for (const auto& [company, count] : own) all += count;
  // What is named further down alone is what an article is about only where most names are its.
  const bool leads = std::find(titled.begin(), titled.end(), main_company_) != titled.end() || in_lead(main_company_);
  if (!leads && (best < kOften || best * kClearShare <= all)) main_company_ = kNoEntity;
  titles_several_ = titled.size() > 1;
  main_is_clear_ = titled.size() == 1 || best * kClearShare > all;
  find_market(hits);
}

// "Driving the Volvo EX30 Cross Country": the trim right behind the model's name.
void Resolver::find_main_variant(const std::vector<NameHit>& title) {
  main_variant_.clear();
  const auto reading = [&](const NameHit& hit) -> const NameReading& { return finder_.names().reading(hit.readings); };
  for (size_t i = 1; i < title.size(); ++i) {
    if (reading(title[i - 1]).tag != Tag::model || reading(title[i]).tag != Tag::variant || title[i].span.begin != title[i - 1].span.end + 1) continue;
    if (!main_variant_.empty() || reading(title[i - 1]).index != main_model_) return main_variant_.clear();
    main_variant_ = entity_at(reading(title[i]).index).name;
  }
}

// Where the first paragraphs end.
uint32_t Resolver::lead_end() const {
  size_t paragraphs = 0;
  uint32_t end = 0;
  for (const Paragraph& p : doc_->paragraphs) {
    if (!states_facts(p.zone)) continue;
    end = p.span.end;
    if (++paragraphs == kLeadParagraphs) break;
  }
  return end;
}

// Whether one of the first paragraphs names the company or a model of it: what is named once and further down is not
// what an article is about.
bool Resolver::in_lead(uint32_t company) const {
  const uint32_t end = lead_end();
  return std::any_of(m_->names.begin(), m_->names.end(), [&](const Name& name) {
    if (name.entity == kNoEntity || name.span.begin >= end) return false;
    return name.entity == company || entity_at(name.entity).owner == company;
  });
}

// "($1 = RMB 7.1348)": two amounts, one of them 1.
void Resolver::find_fx_rate() {
  ValueReader reader(pack_.values);
  ValueList found;
  const uint16_t usd = pack_.values.find("USD"), cny = pack_.values.find("CNY");
  for (const Paragraph& p : doc_->paragraphs) {
    if (p.zone != Zone::fx_note) continue;
    found.clear();
    reader.read(doc_->text, p.span, found);
    const Value* one = nullptr;
    const Value* rate = nullptr;
    for (const Value& value : found.values) {
      if (value.type != ValueType::money) continue;
      if (value.unit == usd && value.low == Decimal(1)) one = &value;
      if (value.unit == cny && !value.is_range) rate = &value;
    }
    if (one && rate && !rate->low.is_zero() && !rate->low.is_negative()) {
      article_rate_ = rate->low;
      rate_span_ = rate->span;
      return;
    }
  }
}

bool Resolver::begin_paragraph(const Paragraph& paragraph) {
  const auto& bullet = pack_.text.shape.bullet;
  const std::string_view line = paragraph.span.of(doc_->text);
  const bool item = (bullet && bullet->matches_part(line)) || (intro_ && is_item(line, intro_->heading));
  if (intro_ && (intro_->heading || !intro_->fresh) && !item) intro_.reset();
  if (intro_) intro_->fresh = false;
  if (last_subject_.entity != kNoEntity) previous_subject_ = last_subject_;
  if (topic_ != kNoEntity) previous_topic_ = topic_;
  topic_ = kNoEntity;
  first_of_paragraph_ = true;
  model_is_fresh_ = false;
  last_subject_ = {};
  last_modality_.clear();
  as_of_is_near_ = false;
  last_period_.reset();
  last_outlook_.reset();
  bases_.clear();
  if (last_model_.known()) previous_model_ = last_model_;
  model_before_ = std::exchange(last_model_, {});
  in_heading_ = is_heading(line, pack_.text.shape.heading_max_words);
  bool fresh = false;
  for (; next_story_ < stories_.size() && stories_[next_story_].headline.begin <= paragraph.span.begin; fresh = true)
    begin_story(stories_[next_story_++]);
  return fresh;
}

}  // namespace factmill
