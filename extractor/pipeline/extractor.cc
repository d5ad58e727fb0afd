#include "pipeline/extractor.h"

#include <algorithm>

#include "text/near_duplicates.h"

namespace factmill {

namespace {

constexpr int kContextWords = 3;

// The node among the words beside it, as far as its sentence goes.
std::string context_of(const TaggedSentence& sentence, int32_t node) {
  const auto found = std::find(sentence.node_at.begin(), sentence.node_at.end(), node);
  const size_t at = static_cast<size_t>(found - sentence.node_at.begin());
  const std::string_view tagged = sentence.tagged;
  size_t begin = at, end = std::min(at + 1, tagged.size());
  for (int blanks = 0; begin > 0; --begin) {
    if (tagged[begin - 1] == ' ' && ++blanks > kContextWords) break;
  }
  for (int blanks = 0; end < tagged.size(); ++end) {
    if (tagged[end] == ' ' && ++blanks > kContextWords) break;
  }
  return sentence.readable(tagged.substr(begin, end - begin));
}

// All but the facts.
DocumentFacts about(const Document& document) {
  DocumentFacts out;
  out.doc_id = document.doc_id;
  out.path = document.source.path;
  out.member = document.source.member;
  out.offset = document.source.offset;
  out.url = document.source.url;
  out.title = document.title;
  out.site = document.site;
  out.lang = document.lang;
  out.published = document.published ? to_string(*document.published) : "";
  out.published_from = document.published_from;
  out.bytes = document.raw.size();
  return out;
}

}  // namespace

Extraction::Extraction(const Extractor& extractor, ResolveOptions options)
    : extractor_(extractor),
      splitter_(extractor.pack().text.sentences),
      introducer_(extractor.pack()),
      reducer_(extractor.pack().rules),
      attacher_(extractor.pack()),
      tables_(extractor.finder()),
      resolver_(extractor.finder(), options) {}

const Mentions& Extraction::annotate(const Document& document) {
  extractor_.finder().find_all(document, mention_scratch_, mentions_);
  return mentions_;
}

void Extraction::run_sentence(const Document& document, Span span, MentionCursor& cursor,
                              std::vector<SentenceTrace>* trace) {
  tag_sentence(document.text, span, mentions_, cursor, sentence_);
  span = sentence_.span;
  SentenceTrace* t = trace ? &trace->emplace_back() : nullptr;
  if (t) {
    t->span = span;
    t->tagged = sentence_.readable(sentence_.tagged);
  }
  statements_.clear();
  open_values_.clear();
  // A sentence without a value states nothing; its names still count as context.
  if (sentence_.tags & kValueTags) {
    MentionTest test(extractor_.pack(), mentions_);
    reducer_.run(sentence_, document.text, test, t ? &t->reductions : nullptr);
    attacher_.attach(sentence_, mentions_, statements_, open_values_, t ? &t->edges : nullptr);
  }
  resolver_.add(sentence_, statements_, t ? &t->drops : nullptr);
  for (int32_t n : open_values_) {
    unclaimed_.push_back({sentence_.node(n).core, span, std::string(tag_name(sentence_.node(n).tag)),
                          lists_unclaimed_ ? context_of(sentence_, n) : std::string()});
  }
  if (!t) return;
  t->reduced = sentence_.readable(sentence_.tagged);
  t->statements = statements_;
  for (int32_t n : open_values_) t->unclaimed.push_back({sentence_.node(n).core, context_of(sentence_, n)});
}

size_t Extraction::run_table(const Document& document, size_t paragraph, std::vector<SentenceTrace>* trace) {
  Span row;
  return tables_.read(paragraph, attacher_.stated(), [&](const TaggedSentence& cell, const std::vector<Statement>& statements) {
    // A row leans on nothing before it.
    const bool same_row = row == cell.span;
    if (!same_row) resolver_.begin_paragraph(document.paragraphs[paragraph]);
    row = cell.span;
    if (!trace) return resolver_.add(cell, statements);
    SentenceTrace& t = same_row ? trace->back() : trace->emplace_back();
    resolver_.add(cell, statements, &t.drops);
    t.span = cell.span;
    t.tagged += (same_row ? "; " : "") + cell.readable(cell.tagged);
    t.reduced = t.tagged;
    t.statements.insert(t.statements.end(), statements.begin(), statements.end());
    for (const Statement& s : statements) {
      const Metric& metric = extractor_.pack().metrics.metric(static_cast<uint32_t>(s.metric));
      t.edges.push_back({s.position, "its header", s.rule->id, metric.id, "", s.score, ""});
    }
  });
}

// A short one need not say so.
bool Extraction::on_topic(const Document& document) const {
  const std::optional<Topic>& topic = extractor_.pack().resolution.topic;
  if (!topic || document.text.size() < topic->options().min_bytes) return true;
  const size_t wanted = topic->options().times;
  size_t times = topic->count(document.title, wanted);
  for (const Paragraph& paragraph : document.paragraphs) {
    if (times >= wanted) break;
    if (states_facts(paragraph.zone) || paragraph.zone == Zone::title)
      times += topic->count(paragraph.span.of(document.text), wanted - times);
  }
  return times >= wanted;
}

// Is it of a company that the pack is about by itself? A holder of shares is so only beside the topic, and so is a chip maker in a
// text of some length.
bool Extraction::of_trade(const Fact& fact, bool anywhere) const {
  const RulePack& pack = extractor_.pack();
  const uint32_t company = fact.company_id.empty() ? kNoEntity : pack.lexicon.company(fact.company_id);
  if (company == kNoEntity) return fact.company_from.empty() || !fact.model.empty();  // a market's, or of one just introduced
  const Entity& e = pack.lexicon.entity(company);
  const auto among = [&](const auto& kinds) { return std::find(kinds.begin(), kinds.end(), e.kind) != kinds.end(); };
  return !e.volume_word.empty() || (!among(pack.resolution.outside_kinds) && (anywhere || !among(pack.resolution.supplier_kinds)));
}

// A digest speaks of many things: where words of the topic are rare, only what stands near one is of the pack.
void Extraction::drop_off_topic(const Document& document, std::vector<Fact>& facts, std::vector<SentenceTrace>* trace) const {
  const std::optional<Topic>& topic = extractor_.pack().resolution.topic;
  if (!topic || facts.empty() || topic->count(document.title, 1) > 0) return;
  const uint32_t near_bytes = topic->options().near_bytes;
  size_t times = 0;
  std::vector<Span> near;  // raw bytes
  for (const Paragraph& paragraph : document.paragraphs) {
    if (!states_facts(paragraph.zone) && paragraph.zone != Zone::title) continue;
    for (uint32_t at = paragraph.span.begin; at < paragraph.span.end; at += near_bytes) {
      const Span piece{at, std::min(at + near_bytes, paragraph.span.end)};
      const size_t here = topic->count(piece.of(document.text), SIZE_MAX);
      times += here;
      if (here > 0) near.push_back(document.to_raw(piece));
    }
  }
  if (times > 0 && times * near_bytes >= document.text.size()) return;
  const auto note = [&](const Fact& fact, const char* why) {
    for (SentenceTrace& t : *trace) {
      if (document.to_raw(t.span) == fact.sentence) return t.drops.push_back({fact.evidence.front().text, fact.metric, why});
    }
  };
  std::erase_if(facts, [&](const Fact& fact) {
    const char* why = nullptr;
    const uint32_t at = fact.evidence.front().start;
    const auto is_near = [&](Span n) { return at + near_bytes >= n.begin && at <= n.end + near_bytes; };
    if (!of_trade(fact, times == 0)) why = "of a company of another trade, in a text that hardly speaks of this one";
    else if (times > 0 && std::ranges::none_of(near, is_near)) why = "far from any word of the topic";  // else a short text
    if (why && trace) note(fact, why);
    return why != nullptr;
  });
}

void Extraction::leave_out(const std::string& rule) {
  introducer_.leave_out(rule);
  reducer_.leave_out(rule);
  attacher_.leave_out(rule);
}

DocumentFacts Extraction::run(const Document& document, std::vector<SentenceTrace>* trace) {
  unclaimed_.clear();
  if (!extractor_.pack().text.languages.is_extracted(document.language)) {
    DocumentFacts out = about(document);
    out.skipped_language = document.language;
    return out;
  }
  extractor_.finder().find_if_promising(document, mention_scratch_, mentions_);
  introducer_.run(document, mentions_);
  extractor_.finder().add_zero(mentions_);
  resolver_.begin(document, mentions_);
  attacher_.begin(document, mentions_);
  tables_.begin(document, mentions_, parse_day(resolver_.published()));
  MentionCursor cursor;
  for (size_t i = 0; i < document.paragraphs.size(); ++i) {
    const Paragraph& paragraph = document.paragraphs[i];
    if (mentions_.values.values.empty() && mentions_.names.empty()) break;
    if (const size_t behind = run_table(document, i, trace); behind > i) {
      i = behind - 1;
      continue;
    }
    if (!states_facts(paragraph.zone)) continue;
    if (resolver_.begin_paragraph(paragraph)) attacher_.forget();
    sentences_.clear();
    splitter_.split(document.text, paragraph.span, sentences_);
    for (Span rest : sentences_) {
      // More than one round only for what is no prose.
      for (; !rest.empty(); rest.begin = sentence_.span.end) run_sentence(document, rest, cursor, trace);
    }
  }
  DocumentFacts out = about(document);
  out.facts = resolver_.finish();
  if (!out.facts.empty() && !on_topic(document)) out.facts.clear();
  drop_off_topic(document, out.facts, trace);
  out.published = resolver_.published();
  out.published_from = resolver_.published_from();
  if (gives_signatures_ && !out.facts.empty()) out.signature = signature_of(document.text);
  if (lists_unclaimed_) append_unclaimed(document, out);
  return out;
}

// A place counts once, though a sentence may have been read twice.
void Extraction::append_unclaimed(const Document& document, DocumentFacts& out) const {
  out.unclaimed.reserve(unclaimed_.size());
  for (const Unclaimed& value : unclaimed_) {
    const Span raw = document.to_raw(value.span);
    out.unclaimed.push_back({raw.begin, raw.end, value.type, document.raw_text(raw), value.context});
  }
  const auto place = [](const UnclaimedValue& value) { return std::pair(value.start, value.end); };
  std::stable_sort(out.unclaimed.begin(), out.unclaimed.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  out.unclaimed.erase(std::unique(out.unclaimed.begin(), out.unclaimed.end(),
                                  [&](const auto& a, const auto& b) { return place(a) == place(b); }),
                      out.unclaimed.end());
}

}  // namespace factmill
