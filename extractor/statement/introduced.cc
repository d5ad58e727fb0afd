#include "statement/introduced.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "statement/fold.h"

namespace factmill {
namespace {

constexpr size_t kMaxNames = 32;  // of one document
constexpr size_t kMaxWords = 4;   // of one name
constexpr size_t kFigure = 3;     // digits of a figure that is part of a name

bool is_word(char c) { return is_alnum(c) || static_cast<uint8_t>(c) >= 0x80; }

// Where the next name of a list ends, and where the one behind it begins: "Earth, Wind and Sky".
std::pair<size_t, size_t> next_separator(std::string_view list, size_t from, const std::vector<std::string>& all) {
  std::pair<size_t, size_t> best{list.size(), list.size()};
  for (const std::string& separator : all) {
    size_t at = list.find(separator, from);
    const bool longer = at == best.first && at + separator.size() > best.second;
    if (at < best.first || (at != std::string_view::npos && longer)) best = {at, at + separator.size()};
  }
  return best;
}

// A model's name may hide its capital: "eKUV100", "iX3".
bool hides_capital(std::string_view word, Tag as) {
  return as == Tag::model && std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Every word of a name begins with a capital or is a figure of three digits, behind a word also of fewer ("Nova 7", "SE L 60"), and
// none is a common word; of a company's the first: "Amari AI", "Ola Electric".
bool looks_like_name(std::string_view name, Tag as, const std::set<std::string, std::less<>>& no_names) {
  size_t words = 0;
  for (size_t at = 0; at < name.size(); ++words) {
    const size_t end = std::min(name.find(' ', at), name.size());
    const std::string_view word = name.substr(at, end - at);
    at = end + 1;
    if (word.empty() || (word[0] >= 'a' && word[0] <= 'z' && !hides_capital(word, as))) return false;
    const bool figure = std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == ','; });
    const bool behind_word = words > 0 && (as == Tag::model ? word.size() < kFigure : as == Tag::variant && word.size() == 2);
    if (figure && !behind_word && (word.size() != kFigure || word.find(',') != std::string_view::npos)) return false;
    if ((as != Tag::company || words == 0) && no_names.contains(word)) return false;
  }
  return words > 0 && words <= kMaxWords;
}

// What a longer name may take in.
bool part_of_name(Tag tag) { return tag == Tag::variant || tag == Tag::segment; }

}  // namespace

void Introducer::run(const Document& document, Mentions& mentions) {
  found_.clear();
  fired_.clear();
  if (pack_.rules.introductions.empty()) return;
  has_model_ = std::any_of(mentions.names.begin(), mentions.names.end(),
                           [](const Name& n) { return n.tag == Tag::model; });
  read(document, mentions);
  if (!found_.empty()) place(document, mentions);
}

void Introducer::read(const Document& document, const Mentions& mentions) {
  MentionCursor cursor;
  for (const Paragraph& paragraph : document.paragraphs) {
    if (!states_facts(paragraph.zone)) continue;
    for (Span rest = paragraph.span; !rest.empty();) {
      const MentionCursor before = cursor;
      const uint32_t end = tag_text(document.text, rest, mentions, cursor, text_);
      pack_.rules.introduction_starts.find(text_, starts_);
      if (starts_.next(0) >= 0) {
        is_tagged_ = false;
        read_tagged(document, rest, before, mentions);
      }
      rest.begin = end;
    }
  }
}

void Introducer::read_tagged(const Document& document, Span piece, MentionCursor cursor, const Mentions& mentions) {
  const MentionTest test(pack_, mentions);
  std::array<Span, kMaxGroups> storage;
  for (int i = starts_.next(0); i >= 0; i = starts_.next(i + 1)) {
    const Introduction& rule = pack_.rules.introductions[static_cast<size_t>(i)];
    if (rule.id == left_out_) continue;
    if (rule.as == Tag::variant && !has_model_) continue;
    const std::span<Span> groups(storage.data(), std::min(kMaxGroups, rule.groups));
    const auto find = [&](size_t from) {
      const auto places = starts_.places(i, from);
      return places ? rule.pattern.find_among(text_, *places, groups) : rule.pattern.find_at_word(text_, from, groups);
    };
    for (size_t from = 0; from < text_.size() && find(from);) {
      const Span names = groups[static_cast<size_t>(rule.keep)];
      const bool may_hold = !(names == kNoMatch) && text_holds(text_, rule, groups);
      if (may_hold && !is_tagged_) {
        tag_sentence(document.text, piece, mentions, cursor, tagged_);
        is_tagged_ = true;
      }
      const bool holds = may_hold && mentions_hold(tagged_, rule, groups, test);
      if (holds) read_names(document.text, names, rule);
      from = holds ? std::max<size_t>(groups[0].end, from + 1) : groups[0].begin + 1;
    }
  }
}

// Takes the names of one group apart. A known trim is no news; a company or head inside is no name of ours.
void Introducer::read_names(std::string_view text, Span group, const Introduction& rule) {
  const Span span{tagged_.text_begin(group.begin), tagged_.text_end(group.end - 1, text)};
  const std::string_view list = span.of(text);
  std::string_view tagged = std::string_view(tagged_.tagged).substr(group.begin, group.size());
  for (size_t i = 0; i < tagged.size(); ++i) {
    const int32_t n = tagged_.node_at[group.begin + i];
    if (n == kNoNode) continue;
    const Tag tag = tagged_.node(n).tag;
    if (!part_of_name(tag) && tag != Tag::number && tag != Tag::quantity) return;
  }
  for (size_t at = 0; at < list.size() && found_.size() < kMaxNames;) {
    auto [end, next] = next_separator(list, at, pack_.resolution.name_separators);
    std::string_view name = list.substr(at, end - at);
    at = next;
    // "The Earth": common words at the begin of a name are not part of it.
    while (rule.as != Tag::company && !name.empty() && pack_.resolution.no_names.contains(name.substr(0, name.find(' '))))
      name.remove_prefix(std::min(name.size(), name.find(' ')) + (name.find(' ') != std::string_view::npos));
    if (name.empty() || !looks_like_name(name, rule.as, pack_.resolution.no_names)) continue;
    const auto begin = static_cast<uint32_t>(name.data() - text.data());
    const bool known = std::any_of(tagged_.nodes.begin(), tagged_.nodes.end(), [&](const Node& node) {
      return node.span.begin == begin && node.span.size() == name.size() && node.tag != Tag::number;
    });
    const bool again =
        std::any_of(found_.begin(), found_.end(), [&](const Introduced& other) { return other.name == name; });
    if (known) continue;
    if (!again) found_.push_back({std::string(name), rule.as});
    if (std::find(fired_.begin(), fired_.end(), &rule) == fired_.end()) fired_.push_back(&rule);
  }
}

// Every occurrence becomes a name, the longest first.
void Introducer::place(const Document& document, Mentions& mentions) const {
  std::vector<Introduced> names = found_;
  std::stable_sort(names.begin(), names.end(),
                   [](const Introduced& a, const Introduced& b) { return a.name.size() > b.name.size(); });
  std::vector<Name> placed;
  for (const Introduced& one : names) {
    uint32_t entity = kNoEntity;
    if (one.tag == Tag::company) {
      entity = static_cast<uint32_t>(pack_.lexicon.entities().size() + mentions.introduced.size());
      Entity& company = mentions.introduced.emplace_back();
      company.tag = Tag::company;
      company.name = one.name;
    }
    for (const Paragraph& paragraph : document.paragraphs) {
      if (!states_facts(paragraph.zone)) continue;
      const std::string_view text = paragraph.span.of(document.text);
      for (size_t at = text.find(one.name); at != std::string_view::npos; at = text.find(one.name, at + 1)) {
        const size_t end = at + one.name.size();
        if ((at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end]))) continue;
        const Span span{paragraph.span.begin + static_cast<uint32_t>(at), paragraph.span.begin + static_cast<uint32_t>(end)};
        placed.push_back({span, one.tag, entity});
      }
    }
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Name& a, const Name& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.size() > b.span.size();
  });
  std::vector<Name> merged;
  auto& values = mentions.values.values;
  std::vector<bool> dropped(values.size(), false);
  size_t known = 0, value = 0;
  for (const Name& name : placed) {
    while (known < mentions.names.size() && mentions.names[known].span.end <= name.span.begin)
      merged.push_back(mentions.names[known++]);
    if (!merged.empty() && merged.back().span.end > name.span.begin) continue;  // an introduced name covers it
    while (value < values.size() && values[value].outer.end <= name.span.begin) ++value;
    bool free = true;
    size_t behind = known;
    for (; behind < mentions.names.size() && mentions.names[behind].span.overlaps(name.span); ++behind)
      free &= part_of_name(mentions.names[behind].tag) && name.span.contains(mentions.names[behind].span);
    size_t last = value;
    for (; last < values.size() && values[last].outer.overlaps(name.span); ++last)
      free &= name.span.contains(values[last].outer);
    if (!free) continue;
    for (size_t i = value; i < last; ++i) dropped[i] = true;
    known = behind;
    merged.push_back(name);
  }
  merged.insert(merged.end(), mentions.names.begin() + static_cast<ptrdiff_t>(known), mentions.names.end());
  mentions.names = std::move(merged);
  size_t kept = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!dropped[i]) values[kept++] = values[i];
  }
  values.resize(kept);
}

}  // namespace factmill
