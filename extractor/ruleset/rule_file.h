// A rule file as a tree with places: YAML read with its lines and columns kept, so that every complaint points at the
// word that caused it. Wrong input never throws: it is added to the Diagnostics, and a harmless default comes back.
//
//   RuleFile file = RuleFile::read("rules/common/units.yaml", diagnostics);
//   for (RuleNode unit : file.root()["units"].items()) {
//     unit.allow_keys({"name", "surfaces", "factor"});
//     std::string name = unit["name"].required_text();
//   }
//
// Scalars keep the letters they were written with: NO, 007 and 1.50 are texts until somebody asks for a number.
// A duplicate key is an error, and the first one counts. Refused as a whole, since rules need none of it: files over
// 4 MB, nesting over 64, anchors and aliases, tags, several documents, bytes that are not UTF-8, control characters.
// Such a file, like one that is not YAML, has an empty root and is silent from then on: one error, not one per missing
// key.
// A RuleNode refers to its RuleFile and both to the Diagnostics, which must outlive them. Not thread-safe.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostics.h"

namespace factmill {

class RuleNode {
 public:
  RuleNode() = default;  // stands nowhere; not present

  bool present() const;  // the key stood in the file and is not null
  bool is_map() const;
  bool is_list() const;
  bool is_text() const;

  // A key of a map; a node that is not present() where there is none.
  RuleNode operator[](std::string_view key) const;
  // Elements of a list; a single scalar counts as a list of one; nothing where not present.
  std::vector<RuleNode> items() const;
  // Keys of a map with their nodes, in file order.
  std::vector<std::pair<std::string, RuleNode>> entries() const;

  // Complains about every key that is not among these, with the nearest that is.
  void allow_keys(std::initializer_list<std::string_view> keys) const;

  std::string text(std::string_view otherwise = {}) const;
  std::string required_text() const;  // complains where absent or empty
  std::vector<std::string> texts() const;
  // Absent: `otherwise`. Present but of another form: complains and gives `otherwise`.
  int integer(int otherwise) const;
  bool flag(bool otherwise) const;  // true or false, and no other word for it
  Decimal decimal(Decimal otherwise) const;
  // One of `names`, or complains and gives the first. Absent: `otherwise`.
  std::string one_of(std::initializer_list<std::string_view> names, std::string_view otherwise) const;

  Place place() const;
  void error(std::string message) const;
  void key_error(std::string message) const;  // at the key this node is the value of
  void warning(std::string message) const;

 private:
  friend class RuleFile;
  struct Tree;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  RuleNode(const Tree* tree, uint32_t index, uint32_t parent, std::string_view key)
      : tree_(tree), index_(index), parent_(parent), key_(key) {}
  Place place_of(uint32_t node) const;
  void report(Severity severity, uint32_t node, std::string message) const;
  void expected(std::string_view what) const;

  const Tree* tree_ = nullptr;
  uint32_t index_ = kNone;
  uint32_t parent_ = kNone;  // complained about where the node itself is absent
  std::string key_;          // the key that was asked for
};

class RuleFile {
 public:
  // Reads and parses; a file that cannot be read or is not YAML leaves an empty root and a diagnostic.
  static RuleFile read(const std::string& path, Diagnostics& diagnostics);
  // The same from memory; `path` only names it in messages. `quick`: by quick_yaml.h where it can; by yaml-cpp alone else.
  static RuleFile parse(std::string content, const std::string& path, Diagnostics& diagnostics, bool quick = true);

  RuleNode root() const;
  const std::string& content() const;

 private:
  std::shared_ptr<RuleNode::Tree> tree_;
};

// The files of one folder of rules, kept since nodes refer to them; both refer to the Diagnostics, which must outlive them.
class RuleFiles {
 public:
  RuleFiles(std::string directory, Diagnostics& diagnostics) : directory_(std::move(directory)), diagnostics_(diagnostics) {}

  const RuleFile& read(const std::string& name);
  // Of all files read so far, in that order: what a hash of the rules is of.
  const std::string& bytes() const { return bytes_; }
  // What was read so far is no longer asked for.
  void close() { files_.clear(); }

 private:
  std::string directory_;
  Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<RuleFile>> files_;
  std::string bytes_;
};

}  // namespace factmill
