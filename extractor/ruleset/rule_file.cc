#include "ruleset/rule_file.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <exception>
#include <fstream>
#include <functional>
#include <mutex>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "base/span.h"
#include "base/utf8.h"
#include "ruleset/quick_yaml.h"

namespace factmill {
namespace {

constexpr size_t kMaxFileBytes = 4 << 20;
constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxQuotedBytes = 60;         // of a value in a message
constexpr size_t kMaxSourceLineBytes = 4096;   // a longer line is not shown: a thousand errors would repeat it
constexpr size_t kFewKeys = 16;
constexpr int kMaxReports = 1000;              // of one file
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Rules of one file, and of several that complain to one list, are read by several threads.
std::mutex complaining;

enum class Kind : uint8_t { null, scalar, list, map };

constexpr uint32_t kNoNode = 0xFFFFFFFF;

// A scalar or the head of a list or map. 4 MB of "[a,a,a" are two million of them, hence no strings or vectors here.
struct Node {
  Kind kind = Kind::null;
  uint32_t line = 0;    // both 0-based
  uint32_t column = 0;  // in bytes
  Span text;            // in Tree::scalars
  uint32_t key = kNoNode;
  uint32_t first_child = kNoNode;
  uint32_t next = kNoNode;
};

struct Refusal {
  YAML::Mark mark;
  std::string message;
};

std::string quoted(std::string_view text) {
  size_t size = std::min(text.find('\n'), std::min(text.size(), kMaxQuotedBytes));
  while (size > 0 && size < text.size() && is_utf8_tail(text[size])) --size;
  return "'" + std::string(text.substr(0, size)) + (size < text.size() ? "…'" : "'");
}

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string result;
  for (std::string_view name : names) result += (result.empty() ? "" : ", ") + quoted(name);
  return result;
}

// "did you mean 'nouns'?", or all there are to choose from.
std::string what_is_known(std::string_view name, const std::vector<std::string_view>& names) {
  const std::string_view nearest = nearest_name(name, names);
  if (!nearest.empty()) return "did you mean " + quoted(nearest) + "?";
  return (names.size() == 1 ? "expected " : "expected one of ") + quoted_list(names);
}

}  // namespace

struct RuleNode::Tree {
  std::string path;
  std::string content;
  std::vector<uint32_t> line_starts;
  std::vector<Node> nodes;
  std::string scalars;
  uint32_t root = kNoNode;
  mutable bool silent = false;  // refused, or too much has been said
  mutable int reports = 0;
  Diagnostics* diagnostics = nullptr;
  mutable std::unordered_set<uint32_t> of_wrong_kind;  // complained about already

  std::string_view text(uint32_t node) const { return nodes[node].text.of(scalars); }
  std::string_view line(size_t number) const;
  Place place(size_t line_number, size_t column) const;
  void report(Severity severity, const Place& where, std::string message) const;
  void refuse(const Place& where, std::string message);
  bool is_clean();
  void parse_content(bool quick);
  bool parse_quickly();
};

namespace {

// Builds the tree from yaml-cpp's events: its own YAML::Node would expand aliases and drop duplicate keys unseen.
class TreeBuilder : public YAML::EventHandler {
 public:
  using Report = std::function<void(const Node& where, std::string message)>;

  TreeBuilder(std::vector<Node>& nodes, std::string& scalars, Report report)
      : nodes_(nodes), scalars_(scalars), report_(std::move(report)) {}

  uint32_t root() const { return root_; }
  const YAML::Mark& last_quoted() const { return last_quoted_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) throw Refusal{mark, "a second document begins here (expected one per file)"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(Kind::null, mark, {}, {}); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark); }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse_anchor(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& text) override {
    if (tag == "!") last_quoted_ = mark;
    add(Kind::scalar, mark, tag, text);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Kind::list, mark, tag);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(Kind::map, mark, tag);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  // A list or map that has not ended.
  struct Open {
    uint32_t node = kNoNode;
    uint32_t last_child = kNoNode;
    uint32_t key = kNoNode;  // of the value that comes next
    std::vector<uint32_t> few_keys;                 // the first ones; a map rarely has more
    std::unordered_map<std::string, uint32_t> keys;  // the others
  };

  [[noreturn]] static void refuse_anchor(const YAML::Mark& mark) {
    throw Refusal{mark, "anchors and aliases are not supported (write the value out, or quote a text with & or *)"};
  }

  void open(Kind kind, const YAML::Mark& mark, const std::string& tag) {
    if (open_.size() == kMaxDepth) throw Refusal{mark, "nested more than 64 deep"};
    const uint32_t node = add(kind, mark, tag, {});
    open_.push_back({});
    open_.back().node = node;
  }

  uint32_t add(Kind kind, const YAML::Mark& mark, const std::string& tag, std::string_view text) {
    // yaml-cpp says "?" for a plain node, "!" for a quoted scalar.
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Refusal{mark, "tags are not supported (got " + quoted(tag) + "; quote a text that begins with !)"};
    }
    const auto index = static_cast<uint32_t>(nodes_.size());
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.line = static_cast<uint32_t>(std::max(mark.line, 0));
    node.column = static_cast<uint32_t>(std::max(mark.column, 0));
    node.text.begin = static_cast<uint32_t>(scalars_.size());
    scalars_ += text;
    node.text.end = static_cast<uint32_t>(scalars_.size());
    attach(index, mark);
    return index;
  }

  void attach(uint32_t index, const YAML::Mark& mark) {
    if (open_.empty()) {
      root_ = index;
      return;
    }
    Open& parent = open_.back();
    if (nodes_[parent.node].kind == Kind::map) {
      if (parent.key == kNoNode) {
        if (nodes_[index].kind != Kind::scalar) throw Refusal{mark, "a key must be a text (is a bracket, brace or quote left open?)"};
        parent.key = index;
        return;
      }
      nodes_[index].key = std::exchange(parent.key, kNoNode);
      if (nodes_[index].kind == Kind::null) take_place_of_key(nodes_[index]);
      if (is_duplicate(parent, nodes_[index].key)) return;
    }
    (parent.last_child == kNoNode ? nodes_[parent.node].first_child : nodes_[parent.last_child].next) = index;
    parent.last_child = index;
  }

  // An empty value stands where the parser noticed it, which is on some later line.
  void take_place_of_key(Node& node) const {
    node.line = nodes_[node.key].line;
    node.column = nodes_[node.key].column;
  }

  bool is_duplicate(Open& map, uint32_t key) {
    const std::string_view name = nodes_[key].text.of(scalars_);
    const auto same = std::find_if(map.few_keys.begin(), map.few_keys.end(),
                                   [&](uint32_t other) { return nodes_[other].text.of(scalars_) == name; });
    uint32_t first = key;
    if (same != map.few_keys.end()) first = *same;
    else if (map.few_keys.size() < kFewKeys) map.few_keys.push_back(key);
    else first = map.keys.emplace(name, key).first->second;
    if (first == key) return false;
    report_(nodes_[key], "duplicate key " + quoted(name) + " (first on line " + std::to_string(nodes_[first].line + 1) + ")");
    return true;
  }

  std::vector<Node>& nodes_;
  std::string& scalars_;
  Report report_;
  std::vector<Open> open_;
  uint32_t root_ = kNoNode;
  YAML::Mark last_quoted_;  // a quoted or block scalar
  int documents_ = 0;
};

// Whether the text from its opening quote on has a closing one.
bool is_closed(std::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[0] == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == text[0]) {
      if (text[0] == '"' || i + 1 == text.size() || text[i + 1] != '\'') return true;
      ++i;
    }
  }
  return false;
}

}  // namespace

std::string_view RuleNode::Tree::line(size_t number) const {
  if (number >= line_starts.size()) return {};
  const size_t begin = line_starts[number];
  std::string_view result = std::string_view(content).substr(begin, content.find('\n', begin) - begin);
  if (result.ends_with('\r')) result.remove_suffix(1);
  return result;
}

// Both 0-based, the column in bytes.
Place RuleNode::Tree::place(size_t line_number, size_t column) const {
  const std::string_view before = line(line_number).substr(0, column);
  const auto characters = std::count_if(before.begin(), before.end(), [](char c) { return !is_utf8_tail(c); });
  return {path, static_cast<int>(line_number) + 1, static_cast<int>(characters) + 1};
}

void RuleNode::Tree::report(Severity severity, const Place& where, std::string message) const {
  if (silent) return;
  if (++reports > kMaxReports) {
    silent = true;
    diagnostics->error({path}, "more than 1000 complaints, the rest is left out");
    return;
  }
  std::string_view shown = where.line > 0 ? line(static_cast<size_t>(where.line) - 1) : std::string_view();
  if (shown.size() > kMaxSourceLineBytes) shown = {};
  if (severity == Severity::error) {
    diagnostics->error(where, std::move(message), std::string(shown));
  } else {
    diagnostics->warning(where, std::move(message), std::string(shown));
  }
}

void RuleNode::Tree::refuse(const Place& where, std::string message) {
  report(Severity::error, where, std::move(message));
  silent = true;
  nodes.clear();
  root = kNoNode;
}

// yaml-cpp would replace what is not UTF-8, guess at UTF-16 and end the file at a byte 4.
bool RuleNode::Tree::is_clean() {
  size_t line_number = 0;
  for (size_t at = line_starts[0]; at < content.size();) {
    const char c = content[at];
    if (c >= 0x20 && c < 0x7F) {
      ++at;
      continue;
    }
    const size_t size = utf8_sequence_size(std::string_view(content).substr(at, 4));
    const bool is_break = c == '\n' || (c == '\r' && at + 1 < content.size() && content[at + 1] == '\n');
    const bool is_control = (static_cast<unsigned char>(c) < 0x20 && c != '\t' && !is_break) || c == 0x7F;
    if (size == 0 || is_control) {
      const Place where = place(line_number, at - line_starts[line_number]);
      refuse(where, size == 0 ? "not UTF-8" : "control character in a rule file");
      return false;
    }
    at += size;
    if (c == '\n') {
      line_starts.push_back(static_cast<uint32_t>(at));
      ++line_number;
    }
  }
  return true;
}

// False, and nothing said, where it takes yaml-cpp to read or to judge the content.
bool RuleNode::Tree::parse_quickly() {
  bool is_wrong = false;
  TreeBuilder builder(nodes, scalars, [&](const Node&, const std::string&) { is_wrong = true; });
  try {
    if (QuickYaml(std::string_view(content).substr(line_starts[0])).read(builder) && !is_wrong) {
      root = builder.root();
      return true;
    }
  } catch (const Refusal&) {
  }
  nodes.clear();
  scalars.clear();
  return false;
}

void RuleNode::Tree::parse_content(bool quick) {
  line_starts = {content.starts_with(kByteOrderMark) ? static_cast<uint32_t>(kByteOrderMark.size()) : 0};
  if (content.size() > kMaxFileBytes) return refuse({path}, "larger than 4 MB");
  if (!is_clean()) return;
  if (quick && parse_quickly()) return;

  const auto place_of = [&](const YAML::Mark& mark) {
    if (mark.line < 0 || mark.column < 0) return Place{path};
    return place(static_cast<size_t>(mark.line), static_cast<size_t>(mark.column));
  };
  TreeBuilder builder(nodes, scalars, [&](const Node& node, std::string message) {
    if (!silent) report(Severity::error, place(node.line, node.column), std::move(message));
  });
  try {
    std::istringstream stream(content.substr(line_starts[0]));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    // yaml-cpp takes the end of the file for the missing quote of a: 'b
    const YAML::Mark& quote = builder.last_quoted();
    const std::string_view from_quote = std::string_view(content).substr(line_starts[quote.line] + quote.column);
    const bool is_quote = from_quote.starts_with('"') || from_quote.starts_with('\'');
    if (is_quote && !is_closed(from_quote)) throw Refusal{quote, "not YAML: the quote is not closed"};
    root = builder.root();
  } catch (const Refusal& refusal) {
    refuse(place_of(refusal.mark), refusal.message);
  } catch (const YAML::Exception& exception) {
    refuse(place_of(exception.mark), "not YAML: " + exception.msg);
  } catch (const std::exception& exception) {
    refuse({path}, std::string("not readable as YAML: ") + exception.what());
  }
}

bool RuleNode::present() const { return index_ != kNone && tree_->nodes[index_].kind != Kind::null; }
bool RuleNode::is_map() const { return present() && tree_->nodes[index_].kind == Kind::map; }
bool RuleNode::is_list() const { return present() && tree_->nodes[index_].kind == Kind::list; }
bool RuleNode::is_text() const { return present() && tree_->nodes[index_].kind == Kind::scalar; }

RuleNode RuleNode::operator[](std::string_view key) const {
  if (!present()) {
    // The nearest ancestor that stands in the file gets the blame for what is below it.
    const uint32_t ancestor = index_ != kNone ? index_ : parent_;
    return {tree_, kNone, ancestor, key_.empty() ? std::string(key) : key_ + '.' + std::string(key)};
  }
  if (!is_map()) {
    expected("a map");
    return {tree_, kNone, index_, key};
  }
  for (uint32_t i = tree_->nodes[index_].first_child; i != kNone; i = tree_->nodes[i].next) {
    if (tree_->text(tree_->nodes[i].key) == key) return {tree_, i, index_, key};
  }
  return {tree_, kNone, index_, key};
}

std::vector<RuleNode> RuleNode::items() const {
  std::vector<RuleNode> result;
  if (is_text()) {
    result.push_back(*this);
  } else if (is_list()) {
    for (uint32_t i = tree_->nodes[index_].first_child; i != kNone; i = tree_->nodes[i].next) {
      result.push_back({tree_, i, index_, key_});
    }
  } else if (present()) {
    expected("a list");
  }
  return result;
}

std::vector<std::pair<std::string, RuleNode>> RuleNode::entries() const {
  std::vector<std::pair<std::string, RuleNode>> result;
  if (is_map()) {
    for (uint32_t i = tree_->nodes[index_].first_child; i != kNone; i = tree_->nodes[i].next) {
      const std::string_view key = tree_->text(tree_->nodes[i].key);
      result.emplace_back(key, RuleNode(tree_, i, index_, key));
    }
  } else if (present()) {
    expected("a map");
  }
  return result;
}

void RuleNode::allow_keys(std::initializer_list<std::string_view> keys) const {
  const std::vector<std::string_view> allowed(keys);
  for (const auto& [key, value] : entries()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    value.key_error("unknown key " + quoted(key) + " (" + what_is_known(key, allowed) + ")");
  }
}

std::string RuleNode::text(std::string_view otherwise) const {
  if (is_text()) return std::string(tree_->text(index_));
  if (present()) expected("a text");
  return std::string(otherwise);
}

std::string RuleNode::required_text() const {
  if (!present()) {
    error("missing " + quoted(key_));
  } else if (is_text() && tree_->text(index_).empty()) {
    error(quoted(key_) + " is empty");
  }
  return text();
}

std::vector<std::string> RuleNode::texts() const {
  std::vector<std::string> result;
  for (const RuleNode& item : items()) {
    if (!item.is_text()) {
      item.expected("a text");
    } else if (item.text().find_first_not_of(' ') == std::string::npos) {
      item.error("an empty text in a list");  // as a word it would stand everywhere, or nowhere
    } else {
      result.push_back(item.text());
    }
  }
  return result;
}

int RuleNode::integer(int otherwise) const {
  if (!present()) return otherwise;
  const std::string_view written = is_text() ? tree_->text(index_) : std::string_view();
  int number = 0;
  const auto [end, failure] = std::from_chars(written.data(), written.data() + written.size(), number);
  if (failure == std::errc() && end == written.data() + written.size()) return number;
  expected("an integer");
  return otherwise;
}

bool RuleNode::flag(bool otherwise) const {
  if (!present()) return otherwise;
  const std::string_view written = is_text() ? tree_->text(index_) : std::string_view();
  if (written == "true") return true;
  if (written == "false") return false;
  expected("true or false");
  return otherwise;
}

Decimal RuleNode::decimal(Decimal otherwise) const {
  if (!present()) return otherwise;
  const std::optional<Decimal> number = is_text() ? Decimal::parse(tree_->text(index_)) : std::nullopt;
  if (!number) expected("a decimal number");
  return number.value_or(otherwise);
}

std::string RuleNode::one_of(std::initializer_list<std::string_view> names, std::string_view otherwise) const {
  assert(names.size() > 0);
  if (!present()) return std::string(otherwise);
  const std::string written = text(*names.begin());
  if (std::find(names.begin(), names.end(), written) != names.end()) return written;
  error("unknown " + quoted(key_) + " (got " + quoted(written) + "; " + what_is_known(written, names) + ")");
  return std::string(*names.begin());
}

Place RuleNode::place() const { return place_of(index_ != kNone ? index_ : parent_); }

void RuleNode::error(std::string message) const {
  report(Severity::error, index_ != kNone ? index_ : parent_, std::move(message));
}

void RuleNode::key_error(std::string message) const {
  const bool has_key = index_ != kNone && tree_->nodes[index_].key != kNone;
  report(Severity::error, has_key ? tree_->nodes[index_].key : index_ != kNone ? index_ : parent_, std::move(message));
}

void RuleNode::warning(std::string message) const {
  report(Severity::warning, index_ != kNone ? index_ : parent_, std::move(message));
}

Place RuleNode::place_of(uint32_t node) const {
  if (tree_ == nullptr) return {};
  if (node == kNone) return {tree_->path};
  return tree_->place(tree_->nodes[node].line, tree_->nodes[node].column);
}

void RuleNode::report(Severity severity, uint32_t node, std::string message) const {
  assert(tree_ != nullptr);
  const std::scoped_lock lock(complaining);
  if (tree_->silent) return;  // before place_of, which walks the line: a file may be one line of 4 MB
  tree_->report(severity, place_of(node), std::move(message));
}

// Once for each node, however often it is asked for.
void RuleNode::expected(std::string_view what) const {
  if (index_ != kNone) {
    const std::scoped_lock lock(complaining);
    if (!tree_->of_wrong_kind.insert(index_).second) return;
  }
  std::string got = "nothing";
  if (is_map()) got = "a map";
  if (is_list()) got = "a list";
  if (is_text()) got = quoted(tree_->text(index_));
  const std::string name = key_.empty() ? "the file" : quoted(key_);
  error("wrong value for " + name + " (got " + got + "; expected " + std::string(what) + ")");
}

RuleFile RuleFile::read(const std::string& path, Diagnostics& diagnostics) {
  // Not by what the file system says of its size: it may be a pipe. Memory for 4 MB a file would cost more than parsing.
  std::string content;
  std::ifstream stream(path, std::ios::binary);
  for (std::array<char, 1 << 16> block; stream && content.size() <= kMaxFileBytes;) {
    stream.read(block.data(), block.size());
    content.append(block.data(), static_cast<size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  }
  if (stream.is_open() && !stream.bad()) return parse(std::move(content), path, diagnostics);
  RuleFile file;
  file.tree_ = std::make_shared<RuleNode::Tree>();
  file.tree_->path = path;
  file.tree_->diagnostics = &diagnostics;
  file.tree_->refuse({path}, "cannot be read");
  return file;
}

RuleFile RuleFile::parse(std::string content, const std::string& path, Diagnostics& diagnostics, bool quick) {
  RuleFile file;
  file.tree_ = std::make_shared<RuleNode::Tree>();
  file.tree_->path = path;
  file.tree_->content = std::move(content);
  file.tree_->diagnostics = &diagnostics;
  file.tree_->parse_content(quick);
  return file;
}

const RuleFile& RuleFiles::read(const std::string& name) {
  files_.push_back(std::make_unique<RuleFile>(RuleFile::read(directory_ + "/" + name, diagnostics_)));
  bytes_ += files_.back()->content();
  bytes_ += '\0';
  return *files_.back();
}

RuleNode RuleFile::root() const { return {tree_.get(), tree_->root, RuleNode::kNone, {}}; }

const std::string& RuleFile::content() const { return tree_->content; }

}  // namespace factmill
