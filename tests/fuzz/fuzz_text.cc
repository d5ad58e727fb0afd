// The text stage: charset, markup, folding, zones. The first byte chooses the format and what charset is declared.
#include "base/diagnostics.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "ruleset/rule_file.h"
#include "ruleset/text_rules.h"
#include "text/make_document.h"
#include "text/sentences.h"

namespace {

using namespace factmill;

const TextRules& rules() {
  static const TextRules kRules = [] {
    Diagnostics diagnostics;
    RuleFiles files(FACTMILL_SOURCE_DIR "/rules", diagnostics);
    TextRules read = TextRules::load(files);
    fuzz::promise(!diagnostics.has_errors(), "the rules can be read");
    return read;
  }();
  return kRules;
}

constexpr const char* kCharsets[] = {"", "UTF-8", "gb18030", "Big5", "Shift_JIS", "windows-1252", "UTF-16LE", "UTF-16", "iso-2022-jp", "no such charset"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  if (size == 0) return 0;
  Record record;
  record.format = (input[0] & 1) != 0 ? Format::html : Format::text;
  record.charset = kCharsets[(input[0] >> 1) % std::size(kCharsets)];
  record.bytes.assign(reinterpret_cast<const char*>(input + 1), size - 1);
  record.title = record.bytes.substr(0, 20);
  const std::string raw = record.bytes;
  TextOptions options;
  options.max_text_bytes = 1 << 20;
  DocumentOrReject made = make_document(std::move(record), rules(), options);
  if (!made) {
    fuzz::promise(!made.reject().code.empty() && !made.reject().message.empty() && made.reject().offset <= raw.size(), "a reject says what and where");
    return 0;
  }
  const Document& document = made.document();
  fuzz::promise(document.raw == raw, "the raw bytes are untouched");
  size_t at = 0;
  uint32_t raw_at = 0;
  while (at < document.text.size()) {
    const size_t length = utf8_sequence_size(std::string_view(document.text).substr(at, 4));
    fuzz::promise(length > 0, "the text is UTF-8");
    const Span span = document.to_raw({static_cast<uint32_t>(at), static_cast<uint32_t>(at + length)});
    fuzz::promise(span.begin <= span.end && span.end <= raw.size(), "a span lies in the raw bytes");
    fuzz::promise(span.begin >= raw_at, "spans come in the order of the raw bytes");
    raw_at = span.begin;
    at += length;
  }
  fuzz::promise(document.text.find('\0') == std::string::npos && document.text.find('\r') == std::string::npos, "no NUL and no CR in the text");
  uint32_t behind = 0;
  std::vector<Span> sentences;
  SentenceSplitter splitter(rules().sentences);
  for (const Paragraph& paragraph : document.paragraphs) {
    fuzz::promise(paragraph.span.begin >= behind && paragraph.span.begin <= paragraph.span.end && paragraph.span.end <= document.text.size(), "paragraphs come in order");
    behind = paragraph.span.end;
    sentences.clear();
    splitter.split(document.text, paragraph.span, sentences);
    for (Span sentence : sentences) fuzz::promise(sentence.begin >= paragraph.span.begin && sentence.end <= paragraph.span.end, "a sentence lies in its paragraph");
  }
  return 0;
}
