// Record -> Document: the text room's front door.
//
//   DocumentOrReject made = make_document(std::move(record), rules, options);
//   if (!made) return sink.reject(std::move(made.reject()));
//   use(made.document());
//
// Decodes, takes a page's main text, folds, marks zones, reads what the document says of itself. Sentences are split
// later, and only where something was found (sentences.h). Dates that stand in the text are not read here.
// Thread-safe: `rules` is only read.
#pragma once
#include <optional>
#include <utility>
#include <variant>

#include "archive/record.h"
#include "base/date.h"
#include "ruleset/text_rules.h"
#include "ruleset/topic.h"
#include "text/document.h"

namespace factmill {

struct TextOptions {
  // Stands where neither metadata nor URL say when the document was published ...
  std::optional<Day> published;
  // ... or whatever they say.
  bool published_overrides = false;
  // Also text that markup or a charset blew up stays below this.
  size_t max_text_bytes = 64 << 20;
  // Where it is given, no documents are made of records that cannot speak of it.
  const Topic* topic = nullptr;
};

// What was read, and is about something else.
struct OffTopic {
  Source source;
};

class DocumentOrReject {
 public:
  DocumentOrReject(Document document) : state_(std::move(document)) {}
  DocumentOrReject(Reject reject) : state_(std::move(reject)) {}
  DocumentOrReject(OffTopic other) : state_(std::move(other)) {}
  explicit operator bool() const { return std::holds_alternative<Document>(state_); }
  Document& document() { return std::get<Document>(state_); }
  const Document& document() const { return std::get<Document>(state_); }
  bool is_off_topic() const { return std::holds_alternative<OffTopic>(state_); }
  OffTopic& off_topic() { return std::get<OffTopic>(state_); }
  Reject& reject() { return std::get<Reject>(state_); }
  const Reject& reject() const { return std::get<Reject>(state_); }

 private:
  std::variant<Document, Reject, OffTopic> state_;
};

DocumentOrReject make_document(Record&& record, const TextRules& rules, const TextOptions& options = {});

}  // namespace factmill
