#include "mention/mentions.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "mention/declared_scales.h"

namespace factmill {
namespace {

// Which reading of a spelling wins: the order of these tags.
int precedence(Tag tag) {
  constexpr Tag kOrder[] = {Tag::company, Tag::model,   Tag::person, Tag::noun,    Tag::verb,    Tag::anaphor,
                            Tag::feature, Tag::segment, Tag::region, Tag::variant, Tag::industry};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), tag) - std::begin(kOrder));
}

bool beats_values(Tag tag) {
  return tag == Tag::company || tag == Tag::model || tag == Tag::person || tag == Tag::feature;
}

// Companies that the document names without doubt, as a set of lexicon indexes.
class Named {
 public:
  explicit Named(const Lexicon& lexicon)
      : lexicon_(lexicon), itself_(lexicon.entities().size()), family_(lexicon.entities().size()) {}
  void add(uint32_t entity) {
    const Entity& e = lexicon_.entity(entity);
    uint32_t company = e.tag == Tag::company ? entity : e.owner;
    if (company != kNoEntity) itself_[company] = true;
    if (e.tag == Tag::model) itself_[entity] = true;
    for (; company != kNoEntity && !family_[company]; company = lexicon_.entity(company).owner) family_[company] = true;
  }
  // The company, or one that belongs to it.
  bool has(uint32_t company) const { return family_[company]; }
  // Is the owner of this entity named, or for a company itself another spelling? A maker's parent is enough: NIO for
  // the L60 of its Onvo; a mere sibling of the maker is not.
  bool vouches_for(uint32_t entity) const {
    const Entity& e = lexicon_.entity(entity);
    if (e.tag == Tag::company && has(entity)) return true;
    if (e.owner == kNoEntity) return false;
    if (e.tag == Tag::variant) return itself_[e.owner];
    if (has(e.owner)) return true;
    uint32_t parent = lexicon_.entity(e.owner).owner;
    while (parent != kNoEntity && !itself_[parent]) parent = lexicon_.entity(parent).owner;
    return parent != kNoEntity;
  }

 private:
  const Lexicon& lexicon_;
  std::vector<bool> itself_, family_;  // by entity
};

constexpr int kFirstYear = 1900, kLastYear = 2049;

// A bare year before a common word is a period: "its 2025 delivery target". Before a name it is a model year: "2025
// G6". So is one before a colon: "(2023: 328,200)".
// Annotations read those of the last century too, and one that closes what a common word begins: "It covers 2024."
void read_years(std::string_view text, ReadFor purpose, ValueList& list, const std::vector<bool>& dropped) {
  const auto is_year = [&](const Value& value) {
    if (looks_like_year(value)) return true;
    return purpose == ReadFor::annotations && value.type == ValueType::number && value.bare && value.span.size() == 4 &&
           value.low >= Decimal(kFirstYear) && value.low <= Decimal(kLastYear);
  };
  const auto closes = [&](const Value& value) {
    constexpr std::string_view kStops = ".,;)?!";
    const size_t begin = value.span.begin, end = value.span.end;
    const bool behind_word = begin > 1 && text[begin - 1] == ' ' && is_lower(text[begin - 2]);
    const bool at_stop = kStops.find(text[end]) != kStops.npos && (end + 1 == text.size() || !is_alnum(text[end + 1]));
    return purpose == ReadFor::annotations && looks_like_year(value) && behind_word && at_stop;
  };
  for (size_t i = 0; i < list.values.size(); ++i) {
    Value& value = list.values[i];
    if (dropped[i] || !is_year(value)) continue;
    const size_t at = value.span.end;
    if (at >= text.size()) continue;
    const bool before_word = at + 1 < text.size() && text[at] == ' ' && is_lower(text[at + 1]);
    const bool before_colon = at + 1 < text.size() && text[at] == ':' && text[at + 1] == ' ';
    if (!before_word && !before_colon && !closes(value)) continue;
    DateSpec date;
    date.grain = DateSpec::Grain::year;
    date.year = static_cast<int16_t>(value.low.approximate());
    value.type = ValueType::date;
    value.date = static_cast<uint32_t>(list.dates.size());
    list.dates.push_back(date);
  }
}

// Is it the end of a longer name? "G-Yuan" is no Yuan.
bool ends_compound(std::string_view text, uint32_t begin) {
  return begin > 1 && text[begin - 1] == '-' && is_alnum(text[begin - 2]);
}

Span trimmed(std::string_view text, Span span) {
  while (span.end > span.begin && (text[span.end - 1] == ' ' || text[span.end - 1] == '-')) --span.end;
  return span;
}

}  // namespace

bool looks_like_year(const Value& value) {
  return value.type == ValueType::number && value.bare && value.span.size() == 4 && value.low >= Decimal(1990) &&
         value.low <= Decimal(2049);
}

MentionFinder::MentionFinder(const RulePack& pack)
    : pack_(pack), values_(pack.values), conventions_(pack.locales, pack.values) {
  const auto& entities = pack.lexicon.entities();
  std::set<std::string_view> trims;  // of any model
  for (const Entity& e : entities) {
    if (e.tag == Tag::variant && e.owner == kNoEntity) trims.insert(e.surfaces.begin(), e.surfaces.end());
  }
  for (uint32_t i = 0; i < entities.size(); ++i) {
    const Entity& e = entities[i];
    for (const std::string& surface : e.surfaces) {
      if (e.tag == Tag::variant && e.owner != kNoEntity) {
        if (!trims.contains(surface)) names_.add(surface, {e.tag, i});
        continue;
      }
      // A model that is called by a number alone is only known by its maker: Avatr 11.
      bool number = e.tag == Tag::model && surface.find_first_not_of("0123456789") == std::string::npos;
      if (!number) names_.add(surface, {e.tag, i, false, false, surface.find(' ') == std::string::npos});
      if (e.tag != Tag::model || e.owner == kNoEntity) continue;
      for (uint32_t maker = e.owner; maker != kNoEntity; maker = entities[maker].owner) {
        for (const std::string& brand : entities[maker].surfaces)
          names_.add(brand + " " + surface, {Tag::model, i, false, false, false});
      }
    }
    if (!e.surname.empty()) names_.add(e.surname, {e.tag, i, false, true});
    for (const std::string& descriptor : e.descriptors) names_.add(descriptor, {Tag::anaphor, i, false, true});
    for (const std::string& adjective : e.adjectives) names_.add(adjective, {Tag::region, i, false, true});
    for (const std::string& ticker : e.tickers) {
      size_t colon = ticker.find(':');
      if (colon == std::string::npos) continue;
      for (const char* gap : {":", ": "}) {
        names_.add(ticker.substr(0, colon) + gap + ticker.substr(colon + 1), {Tag::company, i, false, false, false});
      }
    }
  }
  const auto& metrics = pack.metrics.all();
  for (uint32_t i = 0; i < metrics.size(); ++i) {
    for (const std::string& s : metrics[i].nouns) names_.add(s, {Tag::noun, i});
    for (const std::string& s : metrics[i].verbs) names_.add(s, {Tag::verb, i});
    for (const std::string& s : metrics[i].negative_nouns) names_.add(s, {Tag::noun, i, true});
    for (const std::string& s : metrics[i].negative_verbs) names_.add(s, {Tag::verb, i, true});
  }
  for (const std::string& s : pack.resolution.carrying_nouns) names_.add(s, {Tag::noun, kCarriedMetric});
  for (const std::string& s : pack.resolution.carrying_verbs) names_.add(s, {Tag::verb, kCarriedMetric});
  for (const std::string& s : pack.resolution.anaphors) names_.add(s, {Tag::anaphor, kNoEntity});
  for (const std::string& s : pack.resolution.parent_anaphors) names_.add(s, {Tag::anaphor, kNoEntity, false, true});
  names_.build();
  const auto& cues = pack.cues.all();
  for (uint32_t i = 0; i < cues.size(); ++i) cues_.add(cues[i].surface, {Tag::none, i});
  cues_.build();
}

void MentionFinder::find(const Document& document, Scratch& scratch, Mentions& out) const {
  find_names(document, scratch, out);
  find_values(document, ReadFor::facts, scratch, out);
}

void MentionFinder::find_all(const Document& document, Scratch& scratch, Mentions& out) const {
  find_names(document, scratch, out);
  find_values(document, ReadFor::annotations, scratch, out);
}

void MentionFinder::add_zero(Mentions& out) const {
  if (out.values.values.empty()) return;
  Value value;
  value.type = ValueType::percent;
  value.unit = pack_.values.find("percent");
  value.approximate = true;
  value.span = value.outer = {UINT32_MAX, UINT32_MAX};
  out.zero = static_cast<int32_t>(out.values.values.size());
  out.values.values.push_back(value);
}

void MentionFinder::find_if_promising(const Document& document, Scratch& scratch, Mentions& out) const {
  find_names(document, scratch, out);
  if (promising(document, scratch)) find_values(document, ReadFor::facts, scratch, out);
}

void MentionFinder::find_names(const Document& document, Scratch& scratch, Mentions& out) const {
  out.clear();
  out.names_index = &names_;
  scratch.hits.clear();
  scratch.cue_hits.clear();
  scratch.words.clear();
  scratch.word_ends.clear();
  for (const Paragraph& p : document.paragraphs) {
    const size_t first = scratch.words.size();
    if (states_facts(p.zone) || p.zone == Zone::title) {
      find_words(document.text, p.span, scratch.words);
      names_.find(document.text, p.span, std::span(scratch.words).subspan(first), scratch.hits);
    }
    scratch.word_ends.push_back(scratch.words.size());
  }
}

// A short text need not speak of the topic.
bool MentionFinder::is_short(const Document& document) const {
  const auto& topic = pack_.resolution.topic;
  return topic && document.text.size() < topic->options().min_bytes;
}

// A statement needs a subject: a company or model, or for the market as a whole a place or segment beside a head; a short
// text may do without.
bool MentionFinder::promising(const Document& document, const Scratch& scratch) const {
  bool head = false, place = is_short(document);
  for (const NameHit& hit : scratch.hits) {
    for (uint32_t r = hit.readings; r < hit.readings + hit.count; ++r) {
      const NameReading& reading = names_.reading(r);
      if (reading.tag == Tag::company || reading.tag == Tag::model) return true;
      if (is_head(reading.tag) && reading.index != kCarriedMetric) {
        const Metric& metric = pack_.metrics.metric(reading.index);
        if (!metric.needs_subject) return true;
        head = true;
      }
      place |= (reading.tag == Tag::region && !reading.descriptor) || reading.tag == Tag::segment;
    }
  }
  if (!head && is_short(document) && pack_.resolution.trade) head = pack_.resolution.trade->count(document.text, 1) > 0;
  return head && place;
}

// In a short text a model needs no brand where what it costs or can do follows: "The G7 starts at RMB 235,800".
bool MentionFinder::names_car(const Document& document, const std::vector<NameHit>& hits, size_t i) const {
  if (!is_short(document) || i + 1 >= hits.size() || hits[i + 1].span.begin > hits[i].span.end + 3) return false;
  // It begins its sentence, behind an article at most: "hotel rooms at the G7 start at $990" are none.
  const std::string_view before = std::string_view(document.text).substr(0, hits[i].span.begin);
  const size_t stop = before.find_last_of(".!?;:\n");
  const std::string_view lead = before.substr(stop == std::string_view::npos ? 0 : stop + 1);
  if (std::count(lead.begin(), lead.end(), ' ') > (stop == std::string_view::npos ? 1 : 2)) return false;
  const NameHit& next = hits[i + 1];
  for (uint32_t r = next.readings; r < next.readings + next.count; ++r) {
    const NameReading& reading = names_.reading(r);
    if (!is_head(reading.tag) || reading.index == kCarriedMetric) continue;
    const Metric& metric = pack_.metrics.metric(reading.index);
    if (metric.carries_model && metric.time == TimeKind::timeless) return true;
  }
  return false;
}

void MentionFinder::read_values(const Document& document, ReadFor purpose, ValueList& out) const {
  const auto read = [&](DecimalSign sign) {
    out.clear();
    if (purpose == ReadFor::annotations) return read_blocks(document, sign, out);
    for (const Paragraph& p : document.paragraphs) {
      if (states_facts(p.zone)) values_.read(document.text, p.span, out, sign);
    }
  };
  read(DecimalSign::point);
  if (const DecimalSign sign = conventions_.decimal_sign(document, out); sign != DecimalSign::point)
    read(sign);
  conventions_.settle(document, out);
}

// Every paragraph, whatever its zone. Lines that follow one another may be one paragraph, wrapped: they are read together.
void MentionFinder::read_blocks(const Document& document, DecimalSign sign, ValueList& out) const {
  const std::string_view text = document.text;
  const auto& paragraphs = document.paragraphs;
  for (size_t i = 0; i < paragraphs.size();) {
    Span block = paragraphs[i].span;
    for (++i; i < paragraphs.size(); ++i) {
      const Span next = paragraphs[i].span;
      const std::string_view gap = text.substr(block.end, next.begin - block.end);
      if (std::count(gap.begin(), gap.end(), '\n') != 1) break;
      block.end = next.end;
    }
    values_.read(text, block, out, sign, ReadFor::annotations);
  }
}

// Does a head follow, next to next, perhaps behind what it counts? "German EV sales", not "a German carmaker".
bool MentionFinder::before_head(std::string_view text, const std::vector<NameHit>& hits, size_t i) const {
  for (; i + 1 < hits.size(); ++i) {
    const NameHit& next = hits[i + 1];
    if (next.span.begin != hits[i].span.end + 1 || text[hits[i].span.end] != ' ') return false;
    bool head = false, segment = false;
    for (uint32_t r = next.readings; r < next.readings + next.count; ++r) {
      head |= names_.reading(r).tag == Tag::noun;
      segment |= names_.reading(r).tag == Tag::segment;
    }
    if (head || !segment) return head;
  }
  return false;
}

void MentionFinder::find_values(const Document& document, ReadFor purpose, Scratch& scratch, Mentions& out) const {
  const std::string& text = document.text;
  for (size_t i = 0; i < document.paragraphs.size(); ++i) {
    const Paragraph& p = document.paragraphs[i];
    if (!states_facts(p.zone)) continue;
    const size_t first = i == 0 ? 0 : scratch.word_ends[i - 1];
    cues_.find(text, p.span, std::span(scratch.words).subspan(first, scratch.word_ends[i] - first), scratch.cue_hits);
  }
  read_values(document, purpose, out.values);
  // "May 5" is no "may".
  size_t next = 0;
  for (const NameHit& hit : scratch.cue_hits) {
    const auto& values = out.values.values;
    while (next < values.size() && values[next].outer.end <= hit.span.begin) ++next;
    if (next < values.size() && values[next].span.contains(hit.span)) continue;
    out.cues.push_back({hit.span, cues_.reading(hit.readings).index});
  }

  Named named(pack_.lexicon);
  auto belongs_to = [&](uint32_t entity, uint32_t company) {
    while (entity != kNoEntity && entity != company) entity = pack_.lexicon.entity(entity).owner;
    return entity == company;
  };
  auto is_entity = [](Tag tag) { return tag != Tag::noun && tag != Tag::verb && tag != Tag::anaphor; };
  for (const NameHit& hit : scratch.hits) {
    const NameReading& first = names_.reading(hit.readings);
    if (hit.count != 1 || !is_entity(first.tag)) continue;
    const Entity& e = pack_.lexicon.entity(first.index);
    bool sure = !e.needs_context || !first.bare;
    if (sure && (e.tag == Tag::company || e.tag == Tag::model)) named.add(first.index);
  }
  for (const NameHit& hit : scratch.hits) {
    const NameReading& first = names_.reading(hit.readings);
    if (hit.count == 1 && first.tag == Tag::model && named.vouches_for(first.index)) named.add(first.index);
  }
  std::vector<NameHit> title_hits;
  names_.find(document.title, {0, static_cast<uint32_t>(document.title.size())}, title_hits);
  for (const NameHit& hit : title_hits) {
    const NameReading& first = names_.reading(hit.readings);
    if (hit.count == 1 && first.tag == Tag::company && !pack_.lexicon.entity(first.index).needs_context)
      named.add(first.index);
  }

  // The next hit behind `from` that names the company.
  const auto next_of = [&](size_t from, uint32_t company) {
    const auto& hits = scratch.hits;
    while (++from < hits.size() && (names_.reading(hits[from].readings).tag != Tag::company || names_.reading(hits[from].readings).index != company)) {}
    return from;
  };
  auto& values = out.values.values;
  std::vector<bool> dropped(values.size(), false);
  size_t v = 0;
  uint32_t last_company = kNoEntity;  // named last: whose L6 it is
  for (size_t h = 0; h < scratch.hits.size(); ++h) {
    const NameHit& hit = scratch.hits[h];
    Name name{hit.span, Tag::none, kNoEntity, hit.readings, hit.count, false};
    int best = 99;
    int candidates = 0;
    // "Spring 65", "Enyaq 80x": a trim right behind its own model is a name, also where it is a figure.
    const Name* model = out.names.empty() || out.names.back().tag != Tag::model ? nullptr : &out.names.back();
    if (model && (model->span.end + 1 != hit.span.begin || text[model->span.end] != ' ')) model = nullptr;
    bool own_trim = false;
    for (uint32_t r = hit.readings; r < hit.readings + hit.count; ++r) {
      const NameReading& reading = names_.reading(r);
      bool entity = is_entity(reading.tag);
      const bool own = model && reading.tag == Tag::variant && pack_.lexicon.entity(reading.index).owner == model->entity;
      if (entity && !own) {
        const Entity& e = pack_.lexicon.entity(reading.index);
        const bool proves_itself = reading.tag == Tag::model && names_car(document, scratch.hits, h);
        if (e.needs_context && reading.bare && !named.vouches_for(reading.index) && !proves_itself) continue;
        if (e.needs_context && reading.bare && reading.tag == Tag::model && ends_compound(text, hit.span.begin)) continue;
      }
      // A surname alone speaks where the company is named, or in a short text.
      if (reading.tag == Tag::person && reading.descriptor && !is_short(document) && !named.vouches_for(reading.index)) continue;
      if (reading.tag == Tag::region && reading.descriptor && !before_head(text, scratch.hits, h)) continue;
      if (reading.tag == Tag::anaphor && reading.descriptor && reading.index != kNoEntity && !named.has(reading.index))
        continue;
      int rank = precedence(reading.tag);
      if (rank == best) ++candidates;
      const bool nearer_model = rank == best && reading.tag == Tag::model && last_company != kNoEntity &&
                                belongs_to(reading.index, last_company) && !belongs_to(name.entity, last_company);
      // "The Japanese carmaker": of those that are called so the one named last, at the begin of a text the one named next.
      const bool same_words = rank == best && reading.tag == Tag::anaphor && reading.index != kNoEntity && name.entity != last_company;
      const bool nearer = nearer_model || (same_words && (reading.index == last_company || next_of(h, reading.index) < next_of(h, name.entity)));
      if (rank > best || (rank == best && !nearer && !own)) continue;
      if (rank < best || own) candidates = 1;
      own_trim = own;
      best = rank;
      name.tag = reading.tag;
      name.entity = entity || reading.tag == Tag::anaphor ? reading.index : kNoEntity;
    }
    if (name.tag == Tag::none) continue;
    if (name.tag == Tag::company) last_company = name.entity;
    if (candidates > 1 && name.entity != kNoEntity) name.uncertain = true;
    while (v < values.size() && values[v].outer.end <= hit.span.begin) ++v;
    bool keep = true;
    for (size_t i = v; i < values.size() && values[i].outer.begin < hit.span.end; ++i) {
      Value& value = values[i];
      if (dropped[i]) continue;
      if (beats_values(name.tag) && hit.span.begin <= value.span.begin && values_.keep_upper_end(text, hit.span.end, value)) continue;
      bool name_first = hit.span.begin <= value.span.begin;
      bool inside = value.span.contains(hit.span) && hit.span != value.span;  // "11" of "11,830"
      if ((beats_values(name.tag) && !inside && (name_first || hit.span.contains(value.span))) || (own_trim && hit.span.contains(value.outer))) {
        dropped[i] = true;
      } else if (value.type == ValueType::quantity && !name_first && is_head(name.tag)) {
        value.span = trimmed(text, {value.span.begin, hit.span.begin});
        value.outer.end = std::max(value.span.end, std::min(value.outer.end, value.span.end));
      } else if (hit.span.contains(value.outer) && hit.span != value.outer) {
        dropped[i] = true;
      } else {
        keep = false;
      }
    }
    if (keep) out.names.push_back(name);
  }
  read_years(text, purpose, out.values, dropped);
  size_t kept = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!dropped[i]) values[kept++] = values[i];
  }
  values.resize(kept);
  if (purpose == ReadFor::facts) DeclaredScales(pack_.values, pack_.resolution).apply(document, scratch.scale_starts, out);
}

}  // namespace factmill
