#include <algorithm>
#include <array>

#include "ruleset/metrics.h"
#include "base/ascii.h"
#include "ruleset/placeholder.h"
#include "ruleset/rules.h"

namespace factmill {
namespace {

bool is_word_char(char c) { return is_alnum(c) || c == '_' || c == '.'; }

// Behind the name of a macro that begins at text[at]; a full stop at its end is the pattern's.
size_t end_of_name(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_word_char(text[end])) ++end;
  while (end > at && text[end - 1] == '.') --end;
  return end;
}

// A head is restricted to metrics. Units, kinds and names of entities are many, and are not looked up.
void check_heads(const RuleNode& node, const MetricTable& metrics, std::string_view what) {
  if (what.starts_with('!')) what.remove_prefix(1);
  for (size_t begin = 0; begin <= what.size();) {
    const size_t end = std::min(what.find('|', begin), what.size());
    const std::string name(what.substr(begin, end - begin));
    begin = end + 1;
    if (name == kCarriedName || metrics.find(name) >= 0) continue;
    node.error("unknown metric '" + name + "'" + suggestion(name, metrics.ids()));
  }
}

// What a pattern is looked through for; all else is copied as it stands.
constexpr auto kTelling = [] {
  std::array<bool, 256> telling{};
  for (char c : std::string_view("\\[](){|")) telling[static_cast<uint8_t>(c)] = true;
  return telling;
}();

// Behind what stands at flat[at] for itself: an escaped character, a class of characters, a mention, or one character.
size_t end_of_piece(std::string_view flat, size_t at) {
  size_t end = at + 1;
  if (flat[at] == '\\') return std::min(at + 2, flat.size());
  if (flat[at] == '{' && read_placeholder(flat, at, end)) return end;
  if (flat[at] != '[') return at + 1;
  if (end < flat.size() && flat[end] == '^') ++end;
  for (++end; end < flat.size() && flat[end] != ']';) end += flat[end] == '\\' ? 2 : 1;
  return std::min(end + 1, flat.size());
}

struct Choice {
  std::string written, bare;  // bare: without what its mentions are restricted to
};

// A mention is restricted once the pattern has matched. Of choices that differ only in that, the first is taken, and where
// its mention is not of the kind nothing tries the second.
void compare_choices(const RuleNode& node, const std::vector<Choice>& choices) {
  for (size_t later = 1; later < choices.size(); ++later) {
    for (size_t i = 0; i < later; ++i) {
      if (choices[i].bare != choices[later].bare || choices[i].written == choices[later].written) continue;
      node.error("'" + choices[later].written + "' is never tried behind '" + choices[i].written +
                 "'; write the kinds as one: {tag/a|b}");
    }
  }
}

void check_choices(const RuleNode& node, std::string_view flat) {
  std::vector<std::vector<Choice>> open(1, std::vector<Choice>(1));
  for (size_t i = 0; i < flat.size();) {
    const size_t end = end_of_piece(flat, i);
    const std::string_view piece = flat.substr(i, end - i);
    i = end;
    Choice added = {std::string(piece), std::string(piece)};
    if (piece == "(") {
      open.emplace_back(1);
      if (flat.substr(i, 2) == "?:") i += 2;
      continue;
    }
    if (piece == "|") {
      open.back().emplace_back();
      continue;
    }
    if (piece == ")" && open.size() > 1) {
      compare_choices(node, open.back());
      added = {};
      for (const Choice& choice : open.back()) {
        const char* mark = added.written.empty() ? "(" : "|";
        added.written += mark + choice.written;
        added.bare += mark + choice.bare;
      }
      added.written += ")";
      open.pop_back();
    } else if (size_t ignored = 0; piece.size() > 1 && piece[0] == '{') {
      const Placeholder p = *read_placeholder(piece, 0, ignored);
      added.bare = "{" + p.tag + (p.repeat ? std::string(1, p.repeat) : "");
    }
    open.back().back().written += added.written;
    open.back().back().bare += added.bare;
  }
  compare_choices(node, open[0]);
}

}  // namespace

ExpandedPattern RuleReader::expand(const RuleNode& node, std::string_view pattern) const {
  ExpandedPattern out;
  // Macros first, they may hold tags; a macro may use macros defined before it.
  std::string flat;
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] != '@' || (i > 0 && pattern[i - 1] == '\\')) {
      const size_t next = std::min(pattern.find('@', i + 1), pattern.size());
      flat += pattern.substr(i, next - i);
      i = next;
      continue;
    }
    const size_t end = end_of_name(pattern, i + 1);
    const std::string name(pattern.substr(i + 1, end - i - 1));
    auto macro = table_.macros.find(name);
    if (macro == table_.macros.end() && knows_macros_) {
      std::vector<std::string_view> names;
      for (const auto& [known, text] : table_.macros) names.push_back(known);
      std::string_view near = nearest_name(name, names);
      node.error("unknown macro '@" + name + "'" +
                 (near.empty() ? "" : " (did you mean '@" + std::string(near) + "'?)"));
    } else if (macro != table_.macros.end()) {
      flat += macro->second;
    }
    i = end;
  }
  int depth = 0;
  bool alternation = false;
  size_t class_at = std::string::npos;  // where an open character class begins
  TagSet required = 0;
  for (size_t i = 0; i < flat.size();) {
    size_t run = i;
    while (run < flat.size() && !kTelling[static_cast<uint8_t>(flat[run])]) ++run;
    out.re2.append(flat, i, run - i);
    i = run;
    if (i == flat.size()) break;
    const char c = flat[i];
    if (c == '\\' && i + 1 < flat.size()) {
      out.re2.append(flat, i, 2);
      i += 2;
      continue;
    }
    if (class_at != std::string::npos) {
      const bool first = i == class_at + 1 || (i == class_at + 2 && flat[i - 1] == '^');
      if (c == ']' && !first) class_at = std::string::npos;
      out.re2 += c;
      ++i;
      continue;
    }
    if (c == '[') class_at = i;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == '|' && depth == 0) alternation = true;
    size_t end = 0;
    std::optional<Placeholder> p = c == '{' ? read_placeholder(flat, i, end) : std::nullopt;
    // A bare brace, as in "(?:$|{)", is the begin of any mention.
    if (c == '{' && i + 1 < flat.size() && is_letter(flat[i + 1]) &&
        flat.find('}', i) == std::string::npos)
      node.error("'" + flat.substr(i) + "' has no closing brace");
    if (!p) {
      out.re2 += c;
      ++i;
      continue;
    }
    std::vector<Tag> tags = tags_called(p->tag);
    if (tags.empty()) {
      node.error(unknown_tag(p->tag));
    } else if (p->tag == "_") {
      out.re2 += "(?: ?" + tag_class(tags, 0) + ",?)*";
    } else {
      if (!p->what.empty()) {
        if (is_head(tags[0])) check_heads(node, metrics_, p->what);
        if (p->name.empty()) p->name = "restricted_" + std::to_string(out.restrictions.size());
        out.restrictions.push_back({p->name, p->what, 0});
      }
      std::string bytes = tag_class(tags, p->repeat);
      out.re2 += p->name.empty() ? bytes : "(?P<" + p->name + ">" + bytes + ")";
      bool optional = end < flat.size() && (flat[end] == '?' || flat[end] == '*' || flat.compare(end, 2, "{0") == 0);
      if (depth == 0 && !optional && tags.size() == 1) required |= tag_bit(tags[0]);
    }
    i = end;
  }
  if (!alternation) out.requires_tags = required;
  if (out.restrictions.size() > 1) check_choices(node, flat);
  return out;
}

void RuleReader::add_macros(const RuleFile& file) {
  knows_macros_ &= file.root().present();
  for (const auto& [name, node] : file.root()["macros"].entries()) {
    std::string text;
    if (node.is_list()) {
      for (const std::string& word : node.texts()) text += (text.empty() ? "" : "|") + word;
      text = "(?:" + text + ")";
    } else {
      text = "(?:" + node.text() + ")";  // its alternatives stay its own
    }
    // A macro may use those before it.
    for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
      if (at > 0 && text[at - 1] == '\\') continue;
      const size_t end = end_of_name(text, at + 1);
      auto used = table_.macros.find(text.substr(at + 1, end - at - 1));
      if (used == table_.macros.end()) {
        node.error("macro '@" + name + "' uses '" + text.substr(at, end - at) + "', which is not defined before it");
        break;
      }
      text.replace(at, end - at, used->second);
    }
    if (!table_.macros.emplace(name, text).second) node.error("macro '@" + name + "' is given twice");
  }
}

}  // namespace factmill
