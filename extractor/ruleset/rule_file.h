// A rule file as a tree with places: YAML read with its lines and columns kept, so that every complaint points at the
// word that caused it. Wrong input never throws: it is added to the Diagnostics, and a harmless default comes back.
//
//   RuleFile file = RuleFile::read("rules/common/units.yaml", diagnostics);
//   for (RuleNode unit : file.root()["units"].items()) {
//     unit.allow_keys({"name", "surfaces", "factor"});
//     std::string name = unit["name"].required_text();
//   }
//
// A RuleNode refers to its RuleFile, which must outlive it. Not thread-safe.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostics.h"

namespace factmill {

class RuleFile;

class RuleNode {
 public:
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
  int integer(int otherwise) const;
  bool flag(bool otherwise) const;
  Decimal decimal(Decimal otherwise) const;
  // One of `names`, or complains and gives the first.
  std::string one_of(std::initializer_list<std::string_view> names, std::string_view otherwise) const;

  Place place() const;
  void error(std::string message) const;
  void warning(std::string message) const;

 private:
  friend class RuleFile;
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

class RuleFile {
 public:
  // Reads and parses; a file that cannot be read or is not YAML leaves an empty root and a diagnostic.
  static RuleFile read(const std::string& path, Diagnostics& diagnostics);
  // The same from memory; `path` only names it in messages.
  static RuleFile parse(std::string content, const std::string& path, Diagnostics& diagnostics);

  RuleNode root() const;
  const std::string& content() const;

 private:
  friend class RuleNode;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace factmill
