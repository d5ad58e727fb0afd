// Which lines of a text are the article, and which are the page around it.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "ruleset/text_rules.h"
#include "text/document.h"

namespace factmill {

// What the markup said of the paragraph that holds the byte `at` of the text.
struct MarkupHint {
  uint32_t at = 0;
  enum class Kind : uint8_t { caption, list_item, heading, table_row } kind = Kind::caption;
};

// Appends a paragraph for every line of `text` that is not blank, without the blanks around it. `title` is what the
// document's metadata says, "" if nothing; hints in text order.
void mark_zones(std::string_view text, std::string_view title, std::span<const MarkupHint> hints, const TextRules& rules,
                std::vector<Paragraph>& paragraphs);

// Whether the rule's conditions hold for this line, its place in the text left aside.
bool rule_fits_line(const ZoneRule& rule, std::string_view line);

}  // namespace factmill
