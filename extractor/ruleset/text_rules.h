// The rules of the text room: which lines are boilerplate, where a sentence does not end, where a page keeps its date.
//
//   TextRules rules = TextRules::load(files);     // common/boilerplate, sentences, page, languages
//   if (diagnostics.has_errors()) ...
//
// Immutable after load, shared by threads.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ruleset/languages.h"
#include "ruleset/pattern.h"
#include "ruleset/pattern_prefix.h"
#include "ruleset/zone.h"

namespace factmill {

class RuleFiles;

// One line of text that is, or opens, something other than body text. All conditions must hold.
struct ZoneRule {
  enum class Where : uint8_t {
    any,
    top,  // before the first line that makes a statement
    end,  // behind it, in the second half of the text
  };
  enum class Reach : uint8_t {
    line,
    section,    // up to the next heading
    headlines,  // and the headlines that follow
    rest,       // to the end of the text
  };
  std::string id;
  Zone zone = Zone::body;
  std::optional<Pattern> pattern;  // found in the line, its blanks trimmed
  std::optional<Pattern> except;   // and this nowhere
  uint32_t max_words = std::numeric_limits<uint32_t>::max();
  bool unterminated = false;  // only without . ! ? at its end
  Where where = Where::any;
  Reach reach = Reach::line;
  std::vector<std::string> hits;  // its tests
  std::vector<std::string> misses;
};

// What lines look like by shape alone, in words.
struct LineShape {
  uint32_t title_max_words = 22;
  uint32_t headline_min_words = 5;
  uint32_t headline_max_words = 18;
  uint32_t heading_max_words = 10;    // a section's heading
  uint32_t statement_min_words = 4;   // of a terminated line that says something
  uint32_t long_line_words = 20;      // says something though no terminator stands behind it
  uint32_t related_min_statements = 3;
  std::optional<Pattern> not_a_headline;  // what a headline leaves out
  std::optional<Pattern> bullet;          // at the line's begin
};

struct SentenceRules {
  std::vector<std::string> never_end;   // "vs.", "No.": a sentence goes on behind it
  std::vector<std::string> may_end;     // "Inc.", "U.S.": it goes on unless a starter follows
  std::vector<std::string> starters;    // words that begin a sentence
  std::vector<std::string> initial_after;  // words behind which a single letter is a name: Model S.
  uint32_t max_bytes = 2000;            // brackets longer than this do not hold a sentence together
};

// Names of metadata in a page, in order of trust.
struct PageRules {
  std::vector<std::string> published, title, site, url;  // <meta name|property|itemprop>
  std::vector<std::string> json_published;               // keys of JSON-LD
};

// Which of some literals stand in a text, in any case (and other bytes confused a little): no miss, and a false alarm only
// where bytes are confused.
class LiteralGuard {
 public:
  static constexpr size_t kMinBytes = 4;
  LiteralGuard() : bits_(kBits / 64) {}
  void add(std::string_view literal, int owner);  // of kMinBytes or more
  // Appends the owners of those that stand in the text, some of them perhaps more than once.
  void find(std::string_view text, std::vector<int>& owners) const;

 private:
  static constexpr size_t kBits = 1 << 16;
  struct Literal {
    std::string bytes;  // confused alike
    int owner = 0;
  };
  void find_at(std::string_view text, size_t at, std::vector<int>& owners) const;

  std::vector<uint64_t> bits_;     // of the first four bytes
  std::vector<Literal> literals_;  // sorted by their bytes
};

// Which rules to try on a line, by what it begins with and by the literals in it: most lines are cleared by one look.
class ZoneFilter {
 public:
  // A rule's pattern, at the begin of a line or, beside its literals, anywhere in it.
  void add_begin(int rule, std::string_view pattern);
  void add_inside(int rule, const std::vector<std::string>& literals);
  void finish() { begins_.finish(); }
  // Indexes into TextRules::zones, ascending, of all rules whose patterns match and a few others.
  void find_candidates(std::string_view line, std::vector<int>& rules) const;

 private:
  LineStarts begins_;
  std::vector<int> of_begin_;  // the rule of each of its patterns
  std::vector<int> always_;    // rules of which nothing is known
  LiteralGuard guard_;
};

struct TextRules {
  std::vector<ZoneRule> zones;
  ZoneFilter zone_filter;
  LineShape shape;
  SentenceRules sentences;
  PageRules page;
  LanguageTable languages;

  // Reads boilerplate.yaml, sentences.yaml, page.yaml and languages.yaml from the folder common.
  static TextRules load(RuleFiles& files);
};

}  // namespace factmill
