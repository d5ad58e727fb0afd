// Whom the next sentence goes on with.
#include <algorithm>

#include "base/ascii.h"
#include "resolve/resolver.h"

namespace factmill {

// Whom a pronoun at the begin of this sentence stands for.
Resolver::Company Resolver::spoken_of() const {
  if (last_subject_.entity != kNoEntity || last_subject_.stranger) return last_subject_;
  if (section_subject_.entity != kNoEntity) return section_subject_;
  if (first_of_paragraph_ && previous_topic_ != kNoEntity) return {previous_topic_, "paragraph", false, false};
  if (main_is_clear_ && main_company_ != kNoEntity) return {main_company_, "title", false, false};
  return {};
}

// Does the sentence go on with whom the one before was about? Then names in it are of others: "It uses Tesla's network". A
// sentence that states figures by name alone does not: "It was Volkswagen with 3,120".
bool Resolver::keeps_topic() {
  if (!begins_with_pronoun() && !begins_with_anaphor()) return false;
  bool by_name = false;
  for (const Draft& draft : drafts_) {
    if (draft.company.entity == kNoEntity) continue;
    const bool named = draft.company.from == "clause" || draft.company.from == "sentence";
    if (!named) {
      last_subject_ = draft.company;
      return true;
    }
    by_name = true;
  }
  if (by_name) return false;
  last_subject_ = spoken_of();
  return last_subject_.entity != kNoEntity || last_subject_.stranger;
}

// Is the heading just a name, with no more than a number or a year before it? "2. Kia EV6", but not "Weight: 1,885 kg". An item of
// a list that names no car, "- Colour: red", is no heading either.
bool Resolver::is_name_alone() const {
  const auto& bullet = pack_.text.shape.bullet;
  const std::string_view line = s_->span.of(doc_->text);
  const bool item = (bullet && bullet->matches_part(line)) || line.ends_with(':');
  if (item && (s_->tags & (tag_bit(Tag::model) | tag_bit(Tag::variant) | tag_bit(Tag::company))) == 0) return false;
  // A trim's heading has a word more at most, "Long Range version"; "Performance & Mileage" is what is told below.
  const bool trim = (s_->tags & tag_bit(Tag::variant)) != 0 && (s_->tags & (tag_bit(Tag::model) | tag_bit(Tag::company))) == 0;
  if (trim) {
    int words = s_->tagged.find('&') != std::string::npos ? 2 : 0;
    for (size_t i = 0; i < s_->tagged.size(); ++i) words += is_letter(s_->tagged[i]) && (i == 0 || !is_letter(s_->tagged[i - 1]));
    if (words > 1) return false;
  }
  if ((s_->tags & kValueTags) == 0) return true;
  if ((s_->tags & kValueTags) == tag_bit(Tag::date) && names_one_company()) return true;  // "How did Nikola do in the second quarter?"
  constexpr TagSet kBefore = tag_bit(Tag::number) | tag_bit(Tag::ordinal) | tag_bit(Tag::date);
  bool model = false;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    if (s_->node_at[i] == kNoNode) continue;
    const Tag tag = s_->node(s_->node_at[i]).tag;
    if (is_value(tag) && (i > 0 || (tag_bit(tag) & kBefore) == 0)) return false;
    model |= tag == Tag::model;
  }
  return model;
}

// Is there just one company in the sentence, and no day of a picture's caption?
bool Resolver::names_one_company() const {
  uint32_t only = kNoEntity;
  for (const int32_t n : s_->node_at) {
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    if (const DateSpec* date = node.tag == Tag::when ? spec_of(n) : nullptr; date && date->grain == DateSpec::Grain::day) return false;
    if (node.tag == Tag::stranger || node.tag == Tag::person) return false;
    if (node.tag != Tag::company && node.tag != Tag::model) continue;
    const uint32_t named = node.list ? kNoEntity : company_of_node(n, "").entity;
    if (named == kNoEntity || (only != kNoEntity && named != only)) return false;
    only = named;
  }
  return only != kNoEntity;
}

// The companies that the sentence names, where it names several, each once and in order.
void Resolver::note_companies() {
  if ((s_->tags & tag_bit(Tag::company)) == 0) return;
  std::vector<uint32_t> named;
  const auto note = [&](int32_t n) {
    const Company company = company_of_node(n, "paragraph");
    if (company.entity != kNoEntity && std::ranges::find(named, company.entity) == named.end()) named.push_back(company.entity);
  };
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    const int32_t n = s_->node_at[i];
    if (n == kNoNode || s_->node(n).tag != Tag::company || rival(i)) continue;
    const Node& node = s_->node(n);
    if (!node.list) note(n);
    for (uint32_t k = 0; node.list && k < node.item_count; ++k) note(s_->items[node.first_item + k]);
  }
  companies_ = named.size() > 1 ? std::move(named) : std::vector<uint32_t>();
}

// Do the figures of the sentence speak of the whole market, or does it name somebody again?
void Resolver::note_market() {
  const auto of_market = [&](const Draft& draft) { return draft.company.industry; };
  if (!drafts_.empty() && std::ranges::all_of(drafts_, of_market)) {
    market_speaks_ = true;
    return;
  }
  if (!drafts_.empty() || (s_->tags & kSomebody) != 0) market_speaks_ = false;
}

// Its first subject, which is a name behind "from" and the like only where nobody was spoken of before, and no owner of the
// name behind it ("Geely's Zeekr"); and the last model.
void Resolver::read_topic() {
  bool found = keeps_topic(), named = false;
  if (found && topic_ == kNoEntity) topic_ = last_subject_.entity;
  for (uint32_t i = 0; i < s_->tagged.size(); ++i) {
    int32_t n = s_->node_at[i];
    if (n == kNoNode) continue;
    const Node& node = s_->node(n);
    named |= node.tag == Tag::anaphor || node.tag == Tag::person;
    if (node.tag != Tag::company && node.tag != Tag::stranger && node.tag != Tag::model) continue;
    named = true;
    const Company company = company_of_node(n, "paragraph");
    const auto is_stated = [&](const Draft& draft) { return draft.company.entity == company.entity; };
    const bool object = std::binary_search(objects_.begin(), objects_.end(), i) && std::ranges::none_of(drafts_, is_stated);
    const bool aside = oblique(i) || owner(i) || inserted(i) || object;
    if (topic_ == kNoEntity && !oblique(i) && !owner(i) && !inserted(i)) topic_ = company.entity;
    if (found || (company.entity == kNoEntity && !company.stranger) || rival(i)) continue;
    if (aside && last_subject_.entity != kNoEntity) continue;
    last_subject_ = company;
    found = !aside;
  }
  // "Shares of Mahindra closed higher", "Separately, Hithium said it had": a name that a rule folded.
  if (!found) {
    Company folded = company_of_speaker(static_cast<uint32_t>(s_->tagged.size()), true);
    for (const Draft& draft : drafts_) {
      if (folded.entity == kNoEntity && (draft.company.from == "clause" || draft.company.from == "sentence") && !draft.company.aside) folded = draft.company;
    }
    if (folded.entity != kNoEntity) {
      last_subject_ = {folded.entity, "paragraph", false, false};
      if (topic_ == kNoEntity) topic_ = folded.entity;
      found = named = true;
    }
  }
  std::array<Span, 1> match;
  const auto& market = pack_.resolution.market_topic;
  if (!named && market && (s_->tags & tag_bit(Tag::region)) != 0 && market->find(s_->tagged, 0, match)) last_subject_ = {kNoEntity, "paragraph", false, true};
  note_model();
  note_subject_model();
  note_companies();
  note_market();
  if (!in_heading_ || !is_name_alone()) return;
  section_subject_ = last_subject_;
  section_model_ = last_model_;
  section_variant_ = last_model_.variant;
}

}  // namespace factmill
