// What many rules cost: names and rules that no text has, in forms as the pack's own.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>
#include <unistd.h>

#include "commands.h"
#include "corpus.h"
#include "lanes.h"

namespace factmill::bench {
namespace {

namespace fs = std::filesystem;

std::string made_up(size_t number) {
  constexpr std::string_view kParts[] = {"bral", "dost", "fenk", "gilm", "harv", "jost", "kelm", "lund", "morv", "nesk", "porv", "quil", "rask", "selv", "turn", "velk"};
  std::string word;
  for (int i = 0; i < 5; ++i, number /= 16) word += kParts[number % 16];
  return word;
}

// Entries of one list, in as many files as it takes: the reader of rules refuses large ones.
class ListFiles {
 public:
  ListFiles(fs::path folder, std::string name, std::string list) : folder_(std::move(folder)), name_(std::move(name)), list_(std::move(list)) {}
  void add(const std::string& entry) {
    if (count_++ % kEntries == 0) {
      paths_.push_back("ev/" + name_ + std::to_string(paths_.size()) + ".yaml");
      file_ = std::ofstream(folder_ / paths_.back());
      file_ << list_ << ":\n";
    }
    file_ << "  - {" << entry << "}\n";
  }
  // As items of the manifest.
  std::string items() {
    file_.close();
    std::string text;
    for (const std::string& path : paths_) text += "  - " + path + "\n";
    return text;
  }

 private:
  static constexpr size_t kEntries = 20'000;
  fs::path folder_;
  std::string name_, list_;
  std::ofstream file_;
  std::vector<std::string> paths_;
  size_t count_ = 0;
};

// The pack with `more` further packs of names and rules.
std::string grown_pack(const std::string& rules, const fs::path& folder, const RulePack& pack, size_t more) {
  fs::remove_all(folder);
  fs::copy(rules, folder, fs::copy_options::recursive);
  size_t number = 0;
  ListFiles names(folder, "names", "companies"), reductions(folder, "reductions", "reductions"), frames(folder, "frames", "frames");
  for (size_t i = 0; i < pack.lexicon.entities().size() * more; ++i) {
    const std::string word = made_up(++number), second = made_up(number * 7);
    names.add("id: " + word + ", name: " + static_cast<char>(word[0] - 32) + word.substr(1) + " " + second + ", kind: automaker, home: CN");
  }
  for (size_t i = 0; i < pack.rules.reductions.size() * more; ++i) {
    const std::string word = made_up(++number), other = made_up(number * 3);
    reductions.add("id: more.r" + std::to_string(i) + ", match: '(?:" + word + "|the " + other + ") (?:of |in )?{money:v}(?: [a-z]+)?', as: money, keep: v");
  }
  const size_t frame_count = (pack.rules.noun_value.frames.size() + pack.rules.value_noun.frames.size()) * more;
  for (size_t i = 0; i < frame_count; ++i)
    frames.add("id: more.f" + std::to_string(i) + ", frame: '{noun} " + made_up(++number) + " (?:at |to )?{value}', score: 80");
  std::ifstream manifest(fs::path(rules) / "pack.yaml");
  std::string text, line;
  while (std::getline(manifest, line)) {
    text += line + "\n";
    if (line == "lexicon:") text += names.items();
    if (line == "rules:") text += reductions.items() + frames.items();
  }
  std::ofstream(folder / "pack.yaml") << text;
  return folder.string();
}

double seconds_of(const std::string& path, const Extractor& extractor, int rounds) {
  const Lane lane = factmill_lane(path, extractor, 1, false);
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const double begin = cpu_seconds();
    lane.pass();
    best = std::min(best, cpu_seconds() - begin);
  }
  return best;
}

}  // namespace

int measure_many(const std::string& rules, int rounds) {
  const fs::path folder = fs::temp_directory_path() / ("factmill-many-" + std::to_string(getpid()));
  Diagnostics first;
  const std::shared_ptr<const RulePack> pack = load_rules(rules, first);
  if (!pack) return 2;
  std::string texts[2];
  for (int kind = 0; kind < 2; ++kind) {
    texts[kind] = folder.string() + (kind == 0 ? "-dense.jsonl" : "-sparse.jsonl");
    std::ofstream(texts[kind]) << make_corpus(kind == 0 ? CorpusMaker::Kind::dense : CorpusMaker::Kind::sparse, 4'000'000);
  }
  std::printf("%8s %14s %14s %14s\n", "rules", "compile", "dense", "sparse");
  double base[2] = {1, 1};
  for (size_t times : {1, 10, 100}) {
    const std::string grown = grown_pack(rules, folder, *pack, times - 1);
    Diagnostics diagnostics;
    const double begin = cpu_seconds();
    const std::shared_ptr<const RulePack> more = load_rules(grown, diagnostics);
    if (!more) {
      std::fprintf(stderr, "%s", diagnostics.render().substr(0, 2000).c_str());
      break;
    }
    const Extractor extractor(more);
    std::printf("%7zux %12.2f s", times, cpu_seconds() - begin);
    for (int kind = 0; kind < 2; ++kind) {
      const double seconds = seconds_of(texts[kind], extractor, rounds);
      if (times == 1) base[kind] = seconds;
      std::printf(" %8.2f s %.2fx", seconds, seconds / base[kind]);
    }
    std::printf("\n");
  }
  fs::remove_all(folder);
  for (const std::string& text : texts) fs::remove(text);
  return 0;
}

}  // namespace factmill::bench
