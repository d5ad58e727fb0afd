// How fast values are read, beside the same work done by RE2 patterns (value_patterns.tsv), all in one interleaved run.
//
//   build/release/bench_values                  the articles of corpus/, repeated to 16 MB
//   build/release/bench_values FILE             a text file, or JSON Lines with "title" and "text"
//
// First every reader must find what a control text holds; then the passes take turns, and the best of each counts, in
// CPU time of this one thread. "RE2::Set, then captures" asks a set which patterns are in a paragraph and runs those.
#include <re2/re2.h>
#include <re2/set.h>
#include <simdjson.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>

#include "base/diagnostics.h"
#include "mention/value.h"
#include "pipeline/annotations.h"
#include "pipeline/extractor.h"
#include "ruleset/rule_pack.h"
#include "text/make_document.h"

namespace factmill {
namespace {

constexpr size_t kCorpusBytes = 16'000'000;
constexpr int kRounds = 5;
constexpr int64_t kSetMemory = 64 << 20;

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

using Articles = std::vector<std::string>;

Articles articles_of_file(const std::string& path) {
  Articles articles;
  std::istringstream lines(file_text(path));
  simdjson::dom::parser parser;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '{') return {file_text(path)};
    const simdjson::dom::element record = parser.parse(line);
    articles.push_back(std::string(std::string_view(record["title"])) + "\n\n" +
                       std::string(std::string_view(record["text"])));
  }
  return articles;
}

Articles articles_of_corpus() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("corpus")) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  Articles articles;
  for (size_t bytes = 0, i = 0; bytes < kCorpusBytes && !paths.empty(); ++i) {
    articles.push_back(file_text(paths[i % paths.size()]));
    bytes += articles.back().size();
  }
  return articles;
}

std::vector<std::string> read_patterns() {
  std::istringstream lines(file_text("tools/bench/value_patterns.tsv"));
  std::vector<std::string> patterns;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::string pattern = line.substr(line.find('\t') + 1);
    const std::pair<const char*, const char*> macros[] = {
        {"{n}", R"((?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"},
        {"{s}", R"([ \x{A0}-]?)"},
        {"{m}",
         R"((January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?))"}};
    for (const auto& [name, text] : macros) {
      for (size_t at; (at = pattern.find(name)) != std::string::npos;) pattern.replace(at, 3, text);
    }
    patterns.push_back(pattern);
  }
  return patterns;
}

// What a pass found; that it is no nought keeps the work from being optimized away.
using Pass = std::function<size_t(const std::vector<Document>&)>;

class Patterns {
 public:
  Patterns() : set_(options(), RE2::UNANCHORED) {
    for (const std::string& pattern : read_patterns()) {
      patterns_.push_back(std::make_unique<RE2>(pattern, options()));
      set_.Add(pattern, nullptr);
    }
    set_.Compile();
  }
  size_t size() const { return patterns_.size(); }

  size_t one_by_one(std::string_view text) const {
    size_t found = 0;
    for (const auto& pattern : patterns_) found += matches(*pattern, text);
    return found;
  }
  size_t set_then_captures(std::string_view text) {
    ids_.clear();
    set_.Match({text.data(), text.size()}, &ids_);
    size_t found = 0;
    for (const int id : ids_) found += matches(*patterns_[static_cast<size_t>(id)], text);
    return found;
  }

 private:
  static RE2::Options options() {
    RE2::Options options;
    options.set_max_mem(kSetMemory);
    return options;
  }
  static size_t matches(const RE2& pattern, std::string_view text) {
    re2::StringPiece groups[4];
    const re2::StringPiece piece(text.data(), text.size());
    const int count = std::min(4, pattern.NumberOfCapturingGroups() + 1);
    size_t found = 0;
    for (size_t at = 0; at < text.size() && pattern.Match(piece, at, text.size(), RE2::UNANCHORED, groups, count);
         ++found) {
      at = static_cast<size_t>(groups[0].data() - text.data()) + std::max<size_t>(1, groups[0].size());
    }
    return found;
  }

  std::vector<std::unique_ptr<RE2>> patterns_;
  RE2::Set set_;
  std::vector<int> ids_;
};

template <class Work>
size_t over_paragraphs(const std::vector<Document>& documents, Work work) {
  size_t found = 0;
  for (const Document& document : documents) {
    for (const Paragraph& p : document.paragraphs) found += work(document, p.span);
  }
  return found;
}

bool check_control(const ValueReader& reader, Patterns& patterns) {
  const std::string control =
      "At least 27,307 units for RMB 6.4 billion, up 22.1 percent in July 2024, within 12 minutes.";
  ValueList values;
  reader.read(control, {0, static_cast<uint32_t>(control.size())}, values);
  const size_t by_patterns = patterns.set_then_captures(control);
  if (values.values.size() == 5 && by_patterns >= 5 && by_patterns == patterns.one_by_one(control)) return true;
  std::cerr << "bench_values: the control text holds 5 values; the reader found " << values.values.size()
            << ", the patterns " << by_patterns << "\n";
  return false;
}

int run(int argc, char** argv) {
  Diagnostics diagnostics;
  const std::shared_ptr<const RulePack> pack = load_rules("rules", diagnostics);
  if (!pack) {
    std::cerr << diagnostics.render();
    return 3;
  }
  const Extractor extractor(pack);
  std::vector<Document> documents;
  size_t bytes = 0;
  for (std::string& article : argc > 1 ? articles_of_file(argv[1]) : articles_of_corpus()) {
    bytes += article.size();
    Record record;
    record.bytes = std::move(article);
    record.charset = "UTF-8";
    DocumentOrReject made = make_document(std::move(record), pack->text, {.published = parse_day("2024-08-21")});
    if (made) documents.push_back(std::move(made.document()));
  }
  const ValueReader reader(pack->values);
  Patterns patterns;
  if (!check_control(reader, patterns)) return 1;

  ValueList values;
  Extraction extraction(extractor);
  std::string line;
  const std::pair<std::string, Pass> passes[] = {
      {"RE2, pattern by pattern",
       [&](const auto& all) {
         return over_paragraphs(all, [&](const Document& d, Span p) { return patterns.one_by_one(p.of(d.text)); });
       }},
      {"RE2::Set, then captures",
       [&](const auto& all) {
         return over_paragraphs(all,
                                [&](const Document& d, Span p) { return patterns.set_then_captures(p.of(d.text)); });
       }},
      {"value reader",
       [&](const auto& all) {
         return over_paragraphs(all, [&](const Document& d, Span p) {
           values.clear();
           reader.read(d.text, p, values);
           return values.values.size();
         });
       }},
      {"annotate: values, names, JSON",
       [&](const auto& all) {
         size_t found = 0;
         for (const Document& document : all) {
           const Mentions& mentions = extraction.annotate(document);
           line.clear();
           append_annotations(extractor, document, "", mentions, {}, line);
           found += mentions.values.values.size() + mentions.names.size();
         }
         return found;
       }},
  };
  std::vector<double> best(std::size(passes), 1e9);
  std::vector<size_t> found(std::size(passes), 0);
  for (int round = 0; round < kRounds; ++round) {
    for (size_t i = 0; i < std::size(passes); ++i) {
      const double begin = cpu_seconds();
      found[i] = passes[i].second(documents);
      best[i] = std::min(best[i], cpu_seconds() - begin);
    }
  }
  std::printf("%zu documents, %.1f MB, %zu patterns; one thread, best of %d\n", documents.size(),
              static_cast<double>(bytes) / 1e6, patterns.size(), kRounds);
  std::printf("%-32s %10s %8s %12s\n", "", "MB/s", "x Set", "found a KB");
  for (size_t i = 0; i < std::size(passes); ++i) {
    std::printf("%-32s %10.1f %8.2f %12.1f\n", passes[i].first.c_str(), static_cast<double>(bytes) / 1e6 / best[i],
                best[1] / best[i], static_cast<double>(found[i]) * 1000 / static_cast<double>(bytes));
  }
  return 0;
}

}  // namespace
}  // namespace factmill

int main(int argc, char** argv) { return factmill::run(argc, argv); }
