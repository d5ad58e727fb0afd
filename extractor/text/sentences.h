// Paragraph -> sentences: Unicode's rules (UAX 29), corrected by the abbreviations of rules/common/sentences.yaml.
//
//   SentenceSplitter splitter(rules.sentences);           // one per thread
//   splitter.split(document.text, paragraph.span, spans); // appends
//
// A sentence is never split within brackets that close soon, nor behind "No.", "vs.", "Sept. 1" or an initial. Sentences
// come without the blanks around them; together they hold everything else of the paragraph.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "ruleset/text_rules.h"

namespace factmill {

class SentenceSplitter {
 public:
  explicit SentenceSplitter(const SentenceRules& rules);
  ~SentenceSplitter();
  SentenceSplitter(SentenceSplitter&&) noexcept;
  SentenceSplitter& operator=(SentenceSplitter&&) noexcept;

  // `paragraph` is a span of `text` without line breaks. Not thread-safe.
  void split(std::string_view text, Span paragraph, std::vector<Span>& sentences);

  // Where Unicode's rules alone break `line`, its end included: by ICU, and by the fast path for ASCII that must agree.
  void breaks_by_icu(std::string_view line, std::vector<uint32_t>& breaks);
  static void breaks_of_ascii(std::string_view line, std::vector<uint32_t>& breaks);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace factmill
