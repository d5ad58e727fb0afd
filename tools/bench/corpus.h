// Texts for timing, the same every time and of any length: JSON Lines with id, title, text and published.
//
//   CorpusMaker maker(CorpusMaker::Kind::dense);
//   while (bytes < wanted) { std::string line = maker.next(); bytes += line.size(); ... }
//
// `dense`: articles full of figures. `sparse`: general news with one such article in fifty; `news`: without
// them. The words between the figures
// are drawn at random, so that the text is good for timing and says nothing of accuracy.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factmill::bench {

class CorpusMaker {
 public:
  enum class Kind : uint8_t { dense, sparse, news };
  explicit CorpusMaker(Kind kind, uint64_t seed = 1) : kind_(kind), state_(seed * 2 + 1) { make_words(); }
  // One article, with its line end.
  std::string next();

 private:
  uint32_t random(uint32_t below);
  bool chance(uint32_t percent) { return random(100) < percent; }
  std::string_view one_of(const std::vector<std::string_view>& list) { return list[random(static_cast<uint32_t>(list.size()))]; }
  std::string_view word();
  std::string number(uint32_t low, uint32_t high);
  std::string decimal(uint32_t low, uint32_t high);
  std::string filled(std::string_view pattern);
  std::string placeholder(std::string_view name);
  std::string article(bool about_cars);
  void make_words();

  Kind kind_;
  uint64_t state_;
  uint64_t made_ = 0;
  std::vector<std::string> words_;  // the frequent first
};

// Nothing for what is no kind.
std::optional<CorpusMaker::Kind> kind_of(std::string_view name);
// Lines up to at least so many bytes.
std::string make_corpus(CorpusMaker::Kind kind, size_t bytes);

}  // namespace factmill::bench
