// For each sentence: its mentions, which rules were tried and what stopped each.
#include <algorithm>
#include <iostream>
#include <utility>

#include "commands.h"
#include "report.h"
#include "sink/fact_columns.h"

namespace factmill::cli {
namespace {

class Explainer : public RecordSink {
 public:
  Explainer(const Extractor& extractor, const RunOptions& run, const ExplainOptions& options)
      : extractor_(extractor), extraction_(extractor, run.resolve), run_(run), options_(options) {}

  bool on_reject(Reject&& reject) override {
    report(reject);
    return true;
  }
  bool on_record(Record&& record) override {
    DocumentOrReject made = make_document(std::move(record), extractor_.pack().text, run_.text);
    if (!made) return on_reject(std::move(made.reject()));
    explain(made.document());
    return std::cout.good();
  }
  bool has_shown() const { return has_shown_; }

 private:
  void explain(const Document& document) {
    std::vector<SentenceTrace> trace;
    DocumentFacts facts = extraction_.run(document, &trace);
    is_named_ = false;
    if (!facts.skipped_language.empty()) {
      name(document);
      std::cout << "not searched: a text in the language " << facts.skipped_language << '\n';
    }
    if (options_.line == 0 && options_.rule.empty()) show_zones(document);
    for (const SentenceTrace& sentence : trace) {
      Span raw = document.to_raw(sentence.span);
      auto line = static_cast<int>(std::count(document.raw.begin(), document.raw.begin() + raw.begin, '\n')) + 1;
      if (options_.line && line != options_.line) continue;
      if (!options_.rule.empty() && !concerns(sentence)) continue;
      name(document);
      show(document, sentence, line, facts);
      has_shown_ = true;
    }
  }

  // Which document it is that follows, where what was named holds more than one, and what keeps it from stating anything.
  void name(const Document& document) {
    if (std::exchange(is_named_, true)) return;
    const bool is_only_one = options_.paths.size() == 1 && options_.files_from.empty() && document.source.path == options_.paths[0] &&
                             document.source.member.empty() && !document.source.offset;
    if (!is_only_one) std::cout << "\ndocument " << place_of(document.source) << '\n';
    if (!extraction_.on_topic(document)) std::cout << "off topic: too few words of the rules' topic; its facts are left out\n";
  }

  void show_zones(const Document& document) {
    for (const Paragraph& p : document.paragraphs) {
      if (states_facts(p.zone)) continue;
      name(document);
      std::string_view text = p.span.of(document.text);
      std::cout << "not searched (" << zone_name(p.zone) << "): " << text.substr(0, 100)
                << (text.size() > 100 ? "...\n" : "\n");
    }
  }

  bool concerns(const SentenceTrace& t) const {
    return std::any_of(t.edges.begin(), t.edges.end(), [&](const EdgeTrace& e) { return e.rule == options_.rule; }) ||
           std::any_of(t.reductions.applied.begin(), t.reductions.applied.end(),
                       [&](const auto& r) { return r.first->id == options_.rule; });
  }

  void show(const Document& document, const SentenceTrace& t, int line, const DocumentFacts& facts) const {
    std::cout << "\nline " << line << ": " << t.span.of(document.text) << "\n  tagged   " << t.tagged << "\n  reduced  "
              << t.reduced << '\n';
    for (const auto& [rule, text] : t.reductions.applied)
      std::cout << "  folded   " << text << "  by " << rule->id << '\n';
    for (const EdgeTrace& e : t.edges) {
      if (!options_.rule.empty() && e.rule != options_.rule) continue;
      std::cout << (e.stopped_by.empty() ? "  edge     " : "  stopped  ") << "value at " << e.position << " with "
                << e.end;
      if (!e.metric.empty()) std::cout << ' ' << e.metric;
      if (!e.gap.empty()) std::cout << " over \"" << e.gap << '"';
      if (!e.rule.empty()) std::cout << " by " << e.rule << ", score " << e.score;
      if (!e.stopped_by.empty()) std::cout << ": " << e.stopped_by;
      std::cout << '\n';
    }
    for (const OpenValue& open : t.unclaimed) std::cout << "  no rule claimed  " << open.span.of(document.text) << '\n';
    for (const DropTrace& drop : t.drops) std::cout << "  no fact  " << drop.value << " of " << drop.metric << ": " << drop.why << '\n';
    Span raw = document.to_raw(t.span);
    for (const Fact& fact : facts.facts) {
      if (fact.evidence[0].start < raw.begin || fact.evidence[0].start >= raw.end) continue;
      std::string json;
      append_json(fact, json);
      std::cout << "  fact     " << json << '\n';
    }
  }

  const Extractor& extractor_;
  Extraction extraction_;
  const RunOptions& run_;
  const ExplainOptions& options_;
  bool is_named_ = false;  // the document, to the reader
  bool has_shown_ = false;
};

}  // namespace

int run_explain(const ExplainOptions& options) {
  std::shared_ptr<const RulePack> pack = load_pack(options.rules);
  if (!pack) return kBadRules;
  RunOptions run;
  if (!fill_run_options(options, run)) return kFailed;
  if (!options.rule.empty()) {
    auto all = pack->rules.all();
    if (std::none_of(all.begin(), all.end(), [&](const Rule* r) { return r->id == options.rule; })) {
      std::vector<std::string_view> ids;
      for (const Rule* r : all) ids.push_back(r->id);
      complain("no rule has the id '" + options.rule + "'" + suggestion(options.rule, ids));
      return kFailed;
    }
  }
  Extractor extractor(pack);
  Explainer explainer(extractor, run, options);
  ReadSummary summary = read_records(options.paths, run.read, pack->profiles, explainer);
  if (!flush_output()) return kFailed;
  if (summary.records == 0 && summary.rejects > 0) return kFailed;
  if (!explainer.has_shown() && (options.line || !options.rule.empty())) {
    inform("no sentence that is searched" + (options.line ? " begins on line " + std::to_string(options.line) : "") +
           (options.rule.empty() ? "" : (options.line ? " and tried the rule " : " tried the rule ") + options.rule));
  }
  return kDone;
}

}  // namespace factmill::cli
