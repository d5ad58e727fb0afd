// Stands in for libFuzzer where there is no clang: every seed, then so many mutations of them, the same each time.
//
//   fuzz_csv -runs=10000 -seed=1 [-dict=FILE] SEED_FOLDER...
//
// A crashing input is left as crash.NAME in the working directory.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz.h"

namespace {

using Bytes = std::string;

// splitmix64
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  size_t below(size_t limit) { return limit == 0 ? 0 : next() % limit; }
};

Bytes current;
std::string name;

void on_crash(int signal) {
  std::ofstream("crash." + name, std::ios::binary) << current;
  std::fprintf(stderr, "%s: crashed, the input is in crash.%s\n", name.c_str(), name.c_str());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::vector<Bytes> words_of(const std::string& path) {
  std::vector<Bytes> words;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t open = line.find('"'), close = line.rfind('"');
    if (line.empty() || line[0] == '#' || open == close) continue;
    Bytes word;
    for (size_t i = open + 1; i < close; ++i) {
      if (line[i] == '\\' && i + 3 < close && line[i + 1] == 'x') {
        word += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, 16));
        i += 3;
      } else {
        if (line[i] == '\\') ++i;
        word += line[i];
      }
    }
    words.push_back(word);
  }
  return words;
}

void mutate(Bytes& bytes, const std::vector<Bytes>& seeds, const std::vector<Bytes>& words, Random& random) {
  constexpr size_t kMaxBytes = 20'000;
  for (size_t changes = 1 + random.below(6); changes > 0; --changes) {
    const size_t at = random.below(bytes.size() + 1);
    const size_t size = std::min(random.below(64) + 1, bytes.size() - at);
    switch (random.below(8)) {
      case 0: if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8))); break;
      case 1: if (at < bytes.size()) bytes[at] = static_cast<char>(random.next()); break;
      case 2: bytes.erase(at, size); break;
      case 3: bytes.insert(at, bytes.substr(random.below(bytes.size() + 1), random.below(64))); break;
      case 4: if (!words.empty()) bytes.insert(at, words[random.below(words.size())]); break;
      case 5: bytes.resize(at); break;
      case 6: {
        const Bytes& other = seeds[random.below(seeds.size())];
        bytes = bytes.substr(0, at) + other.substr(random.below(other.size() + 1));
        break;
      }
      default: bytes.insert(at, random.below(16), static_cast<char>(random.next())); break;
    }
    if (bytes.size() > kMaxBytes) bytes.resize(kMaxBytes);
  }
}

}  // namespace

int main(int argc, char** argv) {
  size_t runs = 1000;
  Random random{1};
  std::vector<Bytes> seeds, words;
  name = std::filesystem::path(argv[0]).filename().string();
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("-runs=")) {
      runs = std::stoul(argument.substr(6));
    } else if (argument.starts_with("-seed=")) {
      random.state = std::stoul(argument.substr(6));
    } else if (argument.starts_with("-dict=")) {
      words = words_of(argument.substr(6));
    } else if (!argument.starts_with("-")) {
      std::vector<std::filesystem::path> paths;
      for (const auto& file : std::filesystem::recursive_directory_iterator(argument)) {
        if (file.is_regular_file()) paths.push_back(file.path());
      }
      std::sort(paths.begin(), paths.end());
      for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
      }
    }
  }
  for (int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) std::signal(signal, on_crash);
  if (seeds.empty()) seeds.emplace_back();
  size_t done = 0;
  for (const Bytes& seed : seeds) {
    current = seed;
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(current.data()), current.size());
    ++done;
  }
  for (; done < runs; ++done) {
    current = seeds[random.below(seeds.size())];
    mutate(current, seeds, words, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(current.data()), current.size());
  }
  std::printf("%s: %zu executions\n", name.c_str(), done);
}
