// The rule reader: YAML with places. Every node is asked for everything.
#include "fuzz.h"
#include "ruleset/rule_file.h"

namespace {

using namespace factmill;

void ask(const RuleNode& node, int depth) {
  if (depth > 80) return;
  node.text("otherwise");
  node.required_text();
  node.texts();
  node.integer(1);
  node.flag(true);
  node.decimal(Decimal());
  node.one_of({"a", "b"}, "a");
  node.allow_keys({"id", "frame", "tests"});
  node["id"].error("asked");
  fuzz::promise(node.place().line < 10'000'000, "a place lies in the file");
  for (const auto& [key, child] : node.entries()) ask(child, depth + 1);
  if (node.is_list()) {
    for (const RuleNode& child : node.items()) ask(child, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  if (size > 4000) return 0;
  Diagnostics diagnostics;
  const std::string content(reinterpret_cast<const char*>(input), size);
  const RuleFile file = RuleFile::parse(content, "input.yaml", diagnostics);
  ask(file.root(), 0);
  Diagnostics others;
  ask(RuleFile::parse(content, "input.yaml", others, false).root(), 0);
  fuzz::promise(diagnostics.render() == others.render(), "the quick reader and yaml-cpp give rise to the same complaints");
  return 0;
}
