// The stages of Extraction::run one by one, with a clock around each, and the allocations of them all. The order and the
// conditions are the extraction's; what it finds is compared with it before any time is reported.
#include <atomic>
#include <cstdlib>
#include <new>

#include "lanes.h"
#include "statement/introduced.h"
#include "statement/reduce.h"
#include "statement/table_reader.h"

namespace {
std::atomic<uint64_t> allocations{0};
}

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace factmill::bench {
namespace {

enum Part : uint8_t { reading, text, mentions, introductions, sentences, tables, reductions, attachment, resolution, output, kParts };
constexpr const char* kNames[] = {"archive", "text", "mention", "introductions", "sentences, tags", "tables", "reduce", "attach", "resolve", "output"};

class Clock {
 public:
  // What has passed since the last call belongs to this part.
  void charge(Part part) {
    const double now = wall_seconds();
    seconds[part] += now - last_;
    last_ = now;
  }
  void skip() { last_ = wall_seconds(); }
  double seconds[kParts] = {};

 private:
  double last_ = wall_seconds();
};

class Stages : public RecordSink {
 public:
  Stages(const Extractor& extractor, StageTimes& out)
      : extractor_(extractor), pack_(extractor.pack()), splitter_(pack_.text.sentences), introducer_(pack_), reducer_(pack_.rules), attacher_(pack_), tables_(extractor.finder()), resolver_(extractor.finder(), {}), out_(out) {}

  bool on_record(Record&& record) override {
    clock_.charge(reading);
    TextOptions options;
    if (pack_.resolution.topic) options.topic = &*pack_.resolution.topic;
    DocumentOrReject made = make_document(std::move(record), pack_.text, options);
    clock_.charge(text);
    if (made) run(made.document());
    if (made.is_off_topic()) ++out_.documents;
    clock_.skip();
    return true;
  }
  bool on_reject(Reject&&) override { return true; }
  const double* seconds() const { return clock_.seconds; }

 private:
  void run(const Document& document) {
    extractor_.finder().find_if_promising(document, scratch_, mentions_);
    clock_.charge(mentions);
    introducer_.run(document, mentions_);
    clock_.charge(introductions);
    resolver_.begin(document, mentions_);
    clock_.charge(resolution);
    attacher_.begin(document, mentions_);
    clock_.charge(attachment);
    tables_.begin(document, mentions_, parse_day(resolver_.published()));
    MentionCursor cursor;
    for (size_t i = 0; i < document.paragraphs.size(); ++i) {
      if (mentions_.values.values.empty() && mentions_.names.empty()) break;
      const Paragraph& paragraph = document.paragraphs[i];
      const size_t behind = tables_.read(i, attacher_.stated(), [&](const TaggedSentence& cell, const std::vector<Statement>& statements) { resolver_.add(cell, statements); });
      clock_.charge(tables);
      if (behind > i) {
        i = behind - 1;
        continue;
      }
      if (!states_facts(paragraph.zone)) continue;
      resolver_.begin_paragraph(paragraph);
      spans_.clear();
      splitter_.split(document.text, paragraph.span, spans_);
      for (Span rest : spans_) {
        for (; !rest.empty(); rest.begin = sentence_.span.end) run_sentence(document, rest, cursor);
      }
    }
    DocumentFacts facts;
    facts.doc_id = document.doc_id;
    facts.facts = resolver_.finish();
    clock_.charge(resolution);
    (void)sink_.write(facts);
    clock_.charge(output);
    ++out_.documents;
    out_.facts += facts.facts.size();
  }

  void run_sentence(const Document& document, Span span, MentionCursor& cursor) {
    tag_sentence(document.text, span, mentions_, cursor, sentence_);
    clock_.charge(Part::sentences);
    ++out_.sentences;
    statements_.clear();
    open_.clear();
    if (sentence_.tags & kValueTags) {
      const MentionTest test(pack_, mentions_);
      reducer_.run(sentence_, document.text, test, nullptr);
      clock_.charge(reductions);
      attacher_.attach(sentence_, mentions_, statements_, open_, nullptr);
      clock_.charge(attachment);
    }
    resolver_.add(sentence_, statements_);
    clock_.charge(resolution);
  }

  const Extractor& extractor_;
  const RulePack& pack_;
  SentenceSplitter splitter_;
  MentionFinder::Scratch scratch_;
  Mentions mentions_;
  Introducer introducer_;
  TaggedSentence sentence_;
  Reducer reducer_;
  Attacher attacher_;
  TableReader tables_;
  Resolver resolver_;
  CountingSink sink_;
  std::vector<Statement> statements_;
  std::vector<int32_t> open_;
  std::vector<Span> spans_;
  StageTimes& out_;
  Clock clock_;
};

}  // namespace

StageTimes time_stages(const std::string& path, const Extractor& extractor) {
  StageTimes out;
  const uint64_t before = allocations;
  Stages stages(extractor, out);
  read_records({path}, {}, extractor.pack().profiles, stages);
  out.allocations = allocations - before;
  for (int part = 0; part < kParts; ++part) out.stages.push_back({kNames[part], stages.seconds()[part]});
  return out;
}

}  // namespace factmill::bench
