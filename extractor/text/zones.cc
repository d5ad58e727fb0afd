#include "text/zones.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/ascii.h"

namespace factmill {
namespace {

constexpr size_t kBulletBytes = 8;
constexpr size_t kTitleSearch = 8;             // lines from the top where the known title may stand
constexpr uint32_t kMinRepeatedWords = 3;

bool is_blank(char c) { return (c == ' ') | (c == '\t'); }
bool closes(char c) { return c == '"' || c == '\'' || c == ')' || c == ']' || c == ' '; }

// Words are what blanks part: the bytes that begin one.
uint32_t count_words(std::string_view line) {
  uint32_t words = !line.empty() && !is_blank(line[0]) ? 1 : 0;
  for (size_t i = 1; i < line.size(); ++i) words += static_cast<uint32_t>(is_blank(line[i - 1])) & static_cast<uint32_t>(!is_blank(line[i]));
  return words;
}

// The last byte that is no closing quote or bracket; 0 if none.
char last_mark(std::string_view line) {
  while (!line.empty() && closes(line.back())) line.remove_suffix(1);
  return line.empty() ? '\0' : line.back();
}

bool is_terminated(std::string_view line) {
  const char last = last_mark(line);
  if (last == '.' || last == '!' || last == '?') return true;
  while (!line.empty() && closes(line.back())) line.remove_suffix(1);
  return line.ends_with("\xE3\x80\x82");  // ideographic full stop
}

struct Line {
  Span span;
  std::string_view text;
  uint32_t words = 0;
  bool terminated = false;
  bool introduces = false;  // ends with a colon: a list follows
  bool bullet = false;
  bool cells = false;  // a table's row
  bool heading = false;  // markup says so
  Zone zone = Zone::body;
  bool decided = false;
  bool is_marker = false;  // decided by a rule: the article is interrupted or over

  bool headline_like(uint32_t min_words, uint32_t max_words) const {
    return !terminated && !introduces && !bullet && !cells && words >= min_words && words <= max_words;
  }
};

// Letters and digits only, in lower case: what stays of a title whatever typography did to it.
std::string skeleton(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) result += c;
  }
  return result;
}

bool fits(const ZoneRule& rule, const Line& line) {
  if (line.words > rule.max_words) return false;
  if (rule.unterminated && line.terminated) return false;
  return rule.pattern->matches_part(line.text) && !(rule.except && rule.except->matches_part(line.text));
}

class ZoneMarker {
 public:
  ZoneMarker(std::string_view text, std::string_view title, std::span<const MarkupHint> hints, const TextRules& rules)
      : text_(text), title_(skeleton(title)), hints_(hints), rules_(rules), shape_(rules.shape) {}

  void run(std::vector<Paragraph>& paragraphs) {
    split_lines();
    apply_rules();
    mark_title();
    mark_summary();
    mark_repeated();
    mark_lead();
    mark_trailing_headlines();
    for (const Line& line : lines_) paragraphs.push_back({line.span, line.zone});
  }

 private:
  void split_lines() {
    for (size_t begin = 0; begin < text_.size();) {
      const void* found = std::memchr(text_.data() + begin, '\n', text_.size() - begin);
      const size_t end = found == nullptr ? text_.size() : static_cast<size_t>(static_cast<const char*>(found) - text_.data());
      add_line(begin, end);
      begin = end + 1;
    }
  }

  void add_line(size_t begin, size_t end) {
    while (begin < end && is_blank(text_[begin])) ++begin;
    while (begin < end && is_blank(text_[end - 1])) --end;
    if (begin == end) return;
    Line line;
    line.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    line.text = text_.substr(begin, end - begin);
    line.words = count_words(line.text);
    line.terminated = is_terminated(line.text);
    const char last = last_mark(line.text);
    line.introduces = last == ':' || last == ';' || last == ',';
    line.cells = line.text.find('|') != std::string_view::npos || line.text.find('\t') != std::string_view::npos;
    line.bullet = shape_.bullet && !is_alnum(line.text[0]) && shape_.bullet->matches_part(line.text.substr(0, kBulletBytes));
    apply_hints(line);
    lines_.push_back(line);
  }

  void apply_hints(Line& line) {
    while (hint_ < hints_.size() && hints_[hint_].at < line.span.begin) ++hint_;
    for (; hint_ < hints_.size() && hints_[hint_].at < line.span.end; ++hint_) {
      switch (hints_[hint_].kind) {
        case MarkupHint::Kind::caption: decide(line, Zone::caption); break;
        case MarkupHint::Kind::list_item: line.bullet = true; break;
        case MarkupHint::Kind::heading: line.heading = true; break;
        case MarkupHint::Kind::table_row: line.cells = true; break;
      }
    }
  }

  static void decide(Line& line, Zone zone) {
    line.zone = zone;
    line.decided = true;
  }

  // Says something by its shape: a sentence, or so long that it must be one.
  bool is_statement(const Line& line) const {
    if (line.decided || line.bullet || line.cells) return false;
    return ((line.terminated || line.introduces) && line.words >= shape_.statement_min_words) ||
           line.words >= shape_.long_line_words;
  }

  const ZoneRule* find_rule(const Line& line, bool stated) {
    rules_.zone_filter.find_candidates(line.text, candidates_);
    for (int index : candidates_) {
      const ZoneRule& rule = rules_.zones[static_cast<size_t>(index)];
      if (rule.where == ZoneRule::Where::top && stated) continue;
      if (rule.where == ZoneRule::Where::end && (!stated || line.span.begin < text_.size() / 2)) continue;
      if (fits(rule, line)) return &rule;
    }
    return nullptr;
  }

  // A heading ends the section before it. A table may follow without one, but not within a legal section.
  bool is_heading(const Line& line) const {
    return line.heading || line.headline_like(1, shape_.heading_max_words);
  }

  void apply_rules() {
    bool stated = false;
    for (Line& line : lines_) {
      const ZoneRule* rule = line.decided ? nullptr : find_rule(line, stated);
      if (rule != nullptr) {
        decide(line, rule->zone);
        line.is_marker = true;
        if (open_ == nullptr || open_->reach != ZoneRule::Reach::rest) open(*rule);
      } else if (!line.decided && is_reached(line)) {
        decide(line, open_->zone);
      }
      stated = stated || is_statement(line);
    }
  }

  // A rule about a line alone leaves a section open around it: a dial-in number within "Conference Call".
  void open(const ZoneRule& rule) {
    const bool within_section = open_ != nullptr && open_->reach == ZoneRule::Reach::section;
    if (rule.reach == ZoneRule::Reach::line && within_section) return;
    open_ = rule.reach == ZoneRule::Reach::line ? nullptr : &rule;
    open_has_text_ = false;
  }

  // Whether the rule that was opened above takes this line too.
  bool is_reached(const Line& line) {
    if (open_ == nullptr) return false;
    const bool ends = open_->reach == ZoneRule::Reach::section     ? open_has_text_ && is_heading(line)
                      : open_->reach == ZoneRule::Reach::headlines ? !line.headline_like(2, shape_.title_max_words)
                                                                   : false;
    if (ends) open_ = nullptr;
    open_has_text_ = true;
    return !ends;
  }

  size_t first_statement() const {
    size_t i = 0;
    while (i < lines_.size() && !is_statement(lines_[i])) ++i;
    return i;
  }

  size_t first_open() const {
    size_t i = 0;
    while (i < lines_.size() && lines_[i].decided) ++i;
    return i;
  }

  void mark_title() {
    bool found = false;
    if (!title_.empty()) {
      for (size_t i = 0; i < std::min(lines_.size(), kTitleSearch); ++i) {
        Line& line = lines_[i];
        if (line.decided || line.text.size() > 4 * title_.size() + 64 || skeleton(line.text) != title_) continue;
        decide(line, Zone::title);
        found = true;
      }
    }
    const size_t statement = first_statement();
    const size_t first = first_open();
    if (!found && first < statement && statement < lines_.size()) {
      Line& line = lines_[first];
      found = line.headline_like(2, shape_.title_max_words);
      if (found) decide(line, Zone::title);
    }
    if (found && statement < lines_.size()) mark_subtitles(statement);
  }

  // Between the title and the first sentence stand the deck and labels.
  void mark_subtitles(size_t statement) {
    for (size_t i = 0; i < statement; ++i) {
      Line& line = lines_[i];
      if (line.decided || !line.headline_like(1, shape_.title_max_words)) continue;
      if (line.text.find(": ") != std::string_view::npos) continue;  // a specification
      const bool has_digits = std::any_of(line.text.begin(), line.text.end(), is_digit);
      if (line.words >= shape_.headline_min_words) {
        decide(line, Zone::title);
      } else if (!has_digits) {
        decide(line, Zone::metadata);
      }
    }
  }

  // Bullets before the first sentence repeat the article, if an article follows.
  void mark_summary() {
    const size_t statement = first_statement();
    if (statement == lines_.size()) return;
    for (size_t i = 0; i < statement; ++i) {
      Line& line = lines_[i];
      if (!line.decided && line.bullet && !line.cells) decide(line, Zone::summary);
    }
  }

  // An image's caption often stands twice, as its alternative text and below it.
  void mark_repeated() {
    for (size_t i = 1; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      Line& before = lines_[i - 1];
      if (line.decided || line.cells || line.bullet || line.words < kMinRepeatedWords || line.text != before.text) continue;
      if (!before.decided && !is_statement(line)) decide(before, Zone::caption);
      decide(line, Zone::caption);
    }
  }

  void mark_lead() {
    const auto open = std::count_if(lines_.begin(), lines_.end(), [](const Line& line) { return !line.decided; });
    if (open < 2) return;  // a single paragraph leads nothing
    size_t lead = first_statement();
    if (lead == lines_.size()) {
      lead = 0;
      while (lead < lines_.size() && (lines_[lead].decided || lines_[lead].bullet || lines_[lead].cells)) ++lead;
    }
    if (lead < lines_.size()) lines_[lead].zone = Zone::lead;
  }

  // Headlines of other articles stand behind the last paragraph. Without a marker between, only where the article is
  // long enough to be over, and only what reads like a headline.
  void mark_trailing_headlines() {
    size_t last = lines_.size();
    size_t statements = 0;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (!is_statement(lines_[i])) continue;
      last = i;
      ++statements;
    }
    if (last == lines_.size()) return;
    bool marked = false;
    const bool over = statements >= shape_.related_min_statements;
    for (size_t i = last + 1; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      marked = marked || line.is_marker;
      if (line.decided || !line.headline_like(shape_.headline_min_words, shape_.headline_max_words)) continue;
      if (!marked && !over) continue;
      const bool reads_like_one = !shape_.not_a_headline || !shape_.not_a_headline->matches_part(line.text);
      // "Range: 500 km", but not "China EV registrations in week ending May 25: Nio 5,900".
      constexpr size_t kLongestLabel = 5;  // words
      const size_t colon = line.text.find(": ");
      const bool specification = colon != std::string_view::npos && count_words(line.text.substr(0, colon)) <= kLongestLabel;
      if (reads_like_one && (marked || !specification)) decide(line, Zone::related);
    }
  }

  std::string_view text_;
  std::string title_;
  std::span<const MarkupHint> hints_;
  const TextRules& rules_;
  const LineShape& shape_;
  std::vector<Line> lines_;
  size_t hint_ = 0;
  std::vector<int> candidates_;
  const ZoneRule* open_ = nullptr;  // reaches beyond its own line
  bool open_has_text_ = false;
};

}  // namespace

void mark_zones(std::string_view text, std::string_view title, std::span<const MarkupHint> hints, const TextRules& rules,
                std::vector<Paragraph>& paragraphs) {
  ZoneMarker(text, title, hints, rules).run(paragraphs);
}

bool rule_fits_line(const ZoneRule& rule, std::string_view text) {
  Line line;
  line.text = text;
  line.words = count_words(text);
  line.terminated = is_terminated(text);
  return fits(rule, line);
}

}  // namespace factmill
