// A document's mentions as one JSON object: {"id", "mentions": [{"type", "start", "end", "text", ...}]}.
// Offsets are bytes of the raw document, `text` those bytes. Spans do not overlap.
#pragma once
#include <string>
#include <string_view>

#include "mention/mentions.h"
#include "pipeline/extractor.h"
#include "text/document.h"

namespace factmill {

struct AnnotationOptions {
  bool rows = false;  // of each value also the rows of the tables that read it
};

// Appends the object and a line end. `id` is the producer's; where it is empty the document's hash stands.
void append_annotations(const Extractor& extractor, const Document& document, std::string_view id,
                        const Mentions& mentions, AnnotationOptions options, std::string& out);

}  // namespace factmill
