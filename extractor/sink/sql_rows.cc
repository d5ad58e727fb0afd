#include "sink/sql_rows.h"

#include <ctime>
#include <unordered_set>

#include "base/date.h"
#include "base/hash.h"
#include "sink/sink.h"

namespace factmill {
namespace {

Cell text_cell(const std::string& text) {
  if (text.empty()) return std::monostate{};
  return std::string_view(text);
}

Cell integer_cell(uint64_t number) { return static_cast<int64_t>(number); }

Cell input_cell(Origin origin) { return origin ? Cell{origin->input_id} : Cell{}; }
Cell pass_cell(Origin origin) { return origin ? Cell{origin->pass} : Cell{}; }

Cell offset_cell(const std::optional<uint64_t>& offset) { return offset ? integer_cell(*offset) : Cell{}; }

// Not a view that could be absent: the tables have NOT NULL there.
Cell required_cell(const std::string& text) { return std::string_view(text); }

// dup_of is marked when the load is finished.
Cell signature_cell(uint64_t signature) { return signature == 0 ? Cell{} : Cell{static_cast<int64_t>(signature)}; }

int64_t signed_hash(std::string_view bytes) { return static_cast<int64_t>(hash64(bytes)); }

std::string wrong_cell(const FactColumn& column, const Cell& cell) {
  const std::string name(column.name);
  if (is_absent(cell)) return column.presence == Presence::always ? name + " is missing" : std::string();
  if (column.type != ColumnType::date) return {};
  const auto day = std::get<std::string_view>(cell);
  if (parse_day(day)) return {};
  return name + " is no day (got \"" + std::string(day) + "\"; expected YYYY-MM-DD)";
}

// The document's own columns, which change without any fact of it changing.
std::string document_key(const DocumentFacts& document) {
  std::string key;
  const auto add = [&](std::string_view text) { key.append(text).append(1, '\0'); };
  for (const std::string* text : {&document.path, &document.member, &document.url, &document.title, &document.site,
                                  &document.lang, &document.published, &document.published_from}) {
    add(*text);
  }
  for (const UnclaimedValue& value : document.unclaimed) {
    add(std::to_string(value.start));
    add(std::to_string(value.end));
    add(value.type);
    add(value.context);
  }
  add(document.offset ? std::to_string(*document.offset) : "");
  add(std::to_string(document.bytes));
  add(std::to_string(document.signature));
  return key;
}

}  // namespace

Status check_document(const DocumentFacts& document) {
  if (document.doc_id.empty()) return Error{"doc_id of the document is missing"};
  if (document.path.empty()) return Error{"path of the document is missing"};
  if (!document.published.empty() && !parse_day(document.published)) {
    return Error{"published is no day (got \"" + document.published + "\"; expected YYYY-MM-DD)"};
  }
  for (const Fact& fact : document.facts) {
    for (const FactColumn& column : fact_columns()) {
      const std::string wrong = wrong_cell(column, column.read(fact));
      if (!wrong.empty()) return Error{"fact \"" + fact.fact_id + "\": " + wrong};
    }
  }
  return {};
}

Reject invalid_fact_reject(const DocumentFacts& document, const Error& error) {
  Reject reject;
  reject.source = {document.path, document.member, document.offset, document.url};
  reject.offset = document.offset.value_or(0);
  reject.stage = "sink";
  reject.code = "invalid-fact";
  reject.message = error.message;
  return reject;
}

// A fact_id twice in one document is one statement twice; the first stands, in every database alike.
DocumentRows::DocumentRows(const DocumentFacts& of, Origin origin) : document(&of) {
  std::string key = document_key(of);
  if (origin) key.append(std::to_string(origin->pass)).append(1, '\0');
  std::string line;
  std::unordered_set<std::string_view> seen;
  facts.reserve(of.facts.size());
  for (const Fact& fact : of.facts) {
    if (!seen.insert(fact.fact_id).second) continue;
    line.clear();
    append_json(fact, line);
    facts.push_back({&fact, signed_hash(line)});
    key.append(std::to_string(facts.back().row_hash)).append(1, '\0');
  }
  row_hash = signed_hash(key);
}

void document_row(const DocumentRows& rows, Origin origin, int64_t load_id, Row& row) {
  const DocumentFacts& document = *rows.document;
  row.assign({required_cell(document.doc_id), required_cell(document.path), text_cell(document.member),
              offset_cell(document.offset), text_cell(document.url), text_cell(document.title),
              text_cell(document.site), text_cell(document.lang), text_cell(document.published),
              text_cell(document.published_from), integer_cell(document.bytes), integer_cell(rows.facts.size()),
              rows.row_hash, load_id, Cell{}, input_cell(origin), pass_cell(origin), signature_cell(document.signature)});
}

void fact_row(const FactRow& fact, int64_t load_id, Row& row) {
  row.clear();
  for (const FactColumn& column : fact_columns()) {
    if (column.is_in(kSql)) row.push_back(column.read(*fact.fact));
  }
  row.push_back(fact.row_hash);
  row.push_back(load_id);
}

void evidence_row(const Fact& fact, size_t ordinal, Row& row) {
  const Evidence& evidence = fact.evidence[ordinal];
  row.assign({required_cell(fact.fact_id), integer_cell(ordinal), integer_cell(evidence.start),
              integer_cell(evidence.end), required_cell(evidence.text)});
}

void unclaimed_row(const std::string& doc_id, const UnclaimedValue& value, int64_t load_id, Row& row) {
  row.assign({required_cell(doc_id), integer_cell(value.start), integer_cell(value.end), required_cell(value.type),
              required_cell(value.text), text_cell(value.context), load_id});
}

void input_shard_row(const InputProgress& progress, const std::string& settings, const std::string& now,
                     int64_t load_id, Row& row) {
  const InputPart& part = progress.part;
  const InputState& state = progress.state;
  row.assign({progress.input_id, integer_cell(part.begin), integer_cell(part.end), required_cell(part.path),
              integer_cell(part.bytes), required_cell(part.content_hash), required_cell(settings), progress.pass,
              std::string_view(state.is_done ? "done" : "running"), integer_cell(state.records),
              integer_cell(state.documents), integer_cell(state.facts), integer_cell(state.rejects),
              required_cell(progress.started), state.is_done ? required_cell(now) : Cell{}, load_id,
              text_cell(state.earlier_loads)});
}

void reject_row(const Reject& reject, const std::string& reject_id, Origin origin, int64_t load_id, Row& row) {
  row.assign({required_cell(reject_id), required_cell(reject.source.path), text_cell(reject.source.member),
              offset_cell(reject.source.offset), text_cell(reject.source.url), integer_cell(reject.offset),
              reject.line > 0 ? integer_cell(reject.line) : Cell{},
              required_cell(reject.stage), required_cell(reject.code), text_cell(reject.message),
              text_cell(reject.snippet), load_id, input_cell(origin), pass_cell(origin)});
}

std::string reject_id_of(const Reject& reject) {
  std::string line;
  append_json(reject, line);
  return hash128(line).to_hex();
}

std::string timestamp_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace factmill
