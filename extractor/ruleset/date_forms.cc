#include "ruleset/date_forms.h"

#include <algorithm>
#include <optional>

#include "base/diagnostics.h"

namespace factmill {
namespace {

constexpr size_t kMaxExpansions = 4096;

constexpr std::array<std::string_view, static_cast<size_t>(DateField::count)> kFieldNames = {
    "grain", "anchor", "role",   "part",   "year",         "month",    "day",       "quarter", "half",        "week", "weekday",
    "offset", "months", "fiscal", "keeps_length", "end_year", "end_month", "end_day", "end_quarter", "n",    "sign", "weak"};

// Words for values, in the order of the enums of DateSpec.
constexpr std::array<std::string_view, 7> kGrains = {"day", "week", "month", "quarter", "half", "year", "range"};
constexpr std::array<std::string_view, 3> kAnchors = {"absolute", "published", "context"};
constexpr std::array<std::string_view, 7> kRoles = {"plain", "as_of", "by", "since", "until", "ytd", "cumulative"};
constexpr std::array<std::string_view, 6> kParts = {"whole", "begin", "early", "mid", "late", "end"};

std::span<const std::string_view> names_of(DateField field) {
  switch (field) {
    case DateField::grain: return kGrains;
    case DateField::anchor: return kAnchors;
    case DateField::role: return kRoles;
    case DateField::part: return kParts;
    default: return {};
  }
}

std::string joined(std::span<const std::string_view> names) {
  std::string all;
  for (std::string_view name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

// Empty, with a complaint, where there is no such field.
std::optional<DateField> field_named(const RuleNode& node, std::string_view name) {
  const auto at = std::find(kFieldNames.begin(), kFieldNames.end(), name);
  if (at == kFieldNames.end()) {
    node.key_error(message({"unknown field '", name, "'", suggestion(name, {kFieldNames.begin(), kFieldNames.end()})}));
    return std::nullopt;
  }
  return static_cast<DateField>(at - kFieldNames.begin());
}

// The place of the bracket that closes the one at `open`, npos where none does.
size_t closing(std::string_view form, size_t open) {
  int depth = 0;
  for (size_t i = open; i < form.size(); ++i) {
    if (form[i] == '[' || form[i] == '(') ++depth;
    if ((form[i] == ']' || form[i] == ')') && --depth == 0) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> alternatives(std::string_view inner) {
  std::vector<std::string_view> parts;
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '[' || inner[i] == '(') ++depth;
    if (inner[i] == ']' || inner[i] == ')') --depth;
    if (inner[i] == '|' && depth == 0) {
      parts.push_back(inner.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(inner.substr(begin));
  return parts;
}

// Every flat form that the brackets stand for. False where brackets do not match or there are too many.
bool expand(std::string form, std::vector<std::string>& out) {
  const size_t open = form.find_first_of("[(");
  if (open == std::string::npos) {
    if (form.find_first_of("])|") != std::string::npos || out.size() >= kMaxExpansions) return false;
    out.push_back(std::move(form));
    return true;
  }
  const size_t close = closing(form, open);
  if (close == std::string::npos) return false;
  std::vector<std::string_view> choices = alternatives(std::string_view(form).substr(open + 1, close - open - 1));
  if (form[open] == '[') choices.push_back({});
  for (std::string_view choice : choices) {
    std::string flat = form.substr(0, open) + std::string(choice) + form.substr(close + 1);
    if (!expand(std::move(flat), out)) return false;
  }
  return true;
}

}  // namespace

std::string message(std::initializer_list<std::string_view> pieces) {
  std::string all;
  for (std::string_view piece : pieces) all += piece;
  return all;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest_name(name, candidates);
  return near.empty() ? std::string() : message({" (did you mean '", near, "'?)"});
}

uint64_t list_mask(const RuleNode& node, const std::vector<std::string>& lists) {
  uint64_t mask = 0;
  for (const RuleNode& item : node.items()) {
    const std::string name = item.text();
    const auto at = std::find(lists.begin(), lists.end(), name);
    if (at == lists.end()) {
      item.error(message({"no word list '", name, "'", suggestion(name, {lists.begin(), lists.end()})}));
    } else {
      mask |= uint64_t{1} << (at - lists.begin());
    }
  }
  return mask;
}

DateForms::Builder::Builder(DateForms& forms, Vocabulary& vocabulary, PhraseTable& phrases, uint8_t word_kind)
    : forms_(forms), vocabulary_(vocabulary), phrases_(phrases), word_kind_(word_kind) {
  forms_.hyphen_ = vocabulary_.add("-");
  if (forms_.nodes_.empty()) forms_.nodes_.emplace_back();
}

int16_t DateForms::Builder::named_setting(const RuleNode& node, std::string_view name, DateField field) {
  const std::span<const std::string_view> names = names_of(field);
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return static_cast<int16_t>(at - names.begin());
  node.error(message({"unknown value '", name, "' (expected one of ", joined(names), ")"}));
  return 0;
}

int16_t DateForms::Builder::read_setting(const RuleNode& node, DateField field) {
  if (!names_of(field).empty()) return named_setting(node, node.text(), field);
  if (node.text() == "true") return 1;
  const int value = node.integer(0);
  if (value < -9999 || value > 9999) node.error("out of range (got " + node.text() + "; expected -9999..9999)");
  return static_cast<int16_t>(value);
}

std::vector<DateSetting> DateForms::Builder::read_settings(const RuleNode& node) {
  std::vector<DateSetting> settings;
  for (const auto& [name, value] : node.entries()) {
    const std::optional<DateField> field = field_named(value, name);
    if (field) settings.push_back({*field, read_setting(value, *field)});
  }
  return settings;
}

void DateForms::Builder::read_classes(const RuleNode& root) {
  for (const auto& [name, words] : root["date_words"].entries()) {
    auto& classes = forms_.word_classes_;
    size_t index = static_cast<size_t>(std::find(classes.begin(), classes.end(), name) - classes.begin());
    if (index == classes.size()) classes.push_back(name);
    for (const auto& [word, set] : words.entries()) {
      // A word with a capital in the table needs one in the text: "May", never "may".
      const bool capital = word[0] >= 'A' && word[0] <= 'Z';
      const PhraseSense sense{word_kind_, capital ? PhraseSense::Case::capital : PhraseSense::Case::any,
                              static_cast<uint32_t>(forms_.words_.size())};
      if (!phrases_.add(word, sense, vocabulary_)) set.key_error(message({"'", word, "' is too long for a date word"}));
      TokenList tokens;
      tokenize_known(word, vocabulary_, tokens);
      forms_.words_.push_back({tokens.empty() ? 0 : tokens[0].word, static_cast<uint16_t>(index), static_cast<uint16_t>(tokens.size()),
                               read_settings(set)});
    }
  }
  for (const auto& [name, node] : root["date_numbers"].entries()) {
    node.allow_keys({"field", "min", "max", "min_digits", "max_digits", "add"});
    NumberClass number;
    number.name = name;
    if (node["field"].present()) number.field = field_named(node["field"], node["field"].text()).value_or(DateField::n);
    number.min = node["min"].integer(0);
    number.max = node["max"].integer(9999);
    number.add = static_cast<int16_t>(node["add"].integer(0));
    number.min_digits = static_cast<uint8_t>(node["min_digits"].integer(1));
    number.max_digits = static_cast<uint8_t>(node["max_digits"].integer(9));
    if (number.max > 9999 || number.min < 0) node.error("a date number lies within 0..9999");
    forms_.numbers_.push_back(number);
  }
}

void DateForms::Builder::read_forms(const RuleNode& root, const std::vector<std::string>& lists) {
  for (const RuleNode& node : root["date_forms"].items()) read_form(node, lists);
}

void DateForms::Builder::finish() {
  for (Node& node : forms_.nodes_) {
    std::stable_sort(node.edges.begin(), node.edges.end(), [](const Edge& a, const Edge& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.what < b.what;
    });
    for (const Edge& edge : node.edges) {
      node.literals += edge.kind == Edge::Kind::literal;
      node.words += edge.kind == Edge::Kind::words;
    }
  }
  forms_.word_starts_.assign(vocabulary_.size(), false);
  for (const Word& word : forms_.words_) forms_.word_starts_[word.first] = true;
  for (const Edge& edge : forms_.nodes_[0].edges) {
    const bool whole = !forms_.nodes_[edge.next].forms.empty();
    if (edge.kind == Edge::Kind::literal) forms_.first_words_.push_back({edge.what, whole});
    if (edge.kind != Edge::Kind::words) continue;
    for (const Word& word : forms_.words_) {
      if (word.word_class == edge.what) forms_.first_words_.push_back({word.first, whole && word.tokens == 1});
    }
  }
}

void DateForms::Builder::read_form(const RuleNode& node, const std::vector<std::string>& lists) {
  node.allow_keys({"form", "set", "n", "after", "weak_after", "alone"});
  DateForm form;
  form.set = read_settings(node["set"]);
  if (node["n"].present()) form.n = field_named(node["n"], node["n"].text()).value_or(DateField::n);
  form.after = list_mask(node["after"], lists);
  form.weak_after = list_mask(node["weak_after"], lists);
  form.alone = node["alone"].flag(false);
  const auto index = static_cast<uint32_t>(forms_.forms_.size());
  forms_.forms_.push_back(std::move(form));

  std::vector<std::string> flat;
  const std::string text = node["form"].required_text();
  if (!expand(text, flat)) {
    node["form"].error("brackets that do not match, or more than 4096 ways to read them");
    return;
  }
  for (const std::string& one : flat) add_flat(node["form"], one, index);
}

uint32_t DateForms::Builder::child(uint32_t node, Edge edge) {
  for (const Edge& known : forms_.nodes_[node].edges) {
    if (known.kind == edge.kind && known.glued == edge.glued && known.to_end == edge.to_end && known.what == edge.what) {
      return known.next;
    }
  }
  edge.next = static_cast<uint32_t>(forms_.nodes_.size());
  forms_.nodes_.emplace_back();
  forms_.nodes_[node].edges.push_back(edge);
  return edge.next;
}

bool DateForms::Builder::class_edge(const RuleNode& node, std::string_view name, Edge& edge) {
  if (name.ends_with(">end")) {
    edge.to_end = true;
    name.remove_suffix(4);
  }
  const auto& words = forms_.word_classes_;
  const auto word = std::find(words.begin(), words.end(), name);
  if (word != words.end()) {
    edge.kind = Edge::Kind::words;
    edge.what = static_cast<uint32_t>(word - words.begin());
    return true;
  }
  for (size_t i = 0; i < forms_.numbers_.size(); ++i) {
    if (forms_.numbers_[i].name != name) continue;
    edge.kind = Edge::Kind::numbers;
    edge.what = static_cast<uint32_t>(i);
    return true;
  }
  node.error(message({"no date_words or date_numbers class '", name, "'"}));
  return false;
}

void DateForms::Builder::add_flat(const RuleNode& node, std::string_view form, uint32_t index) {
  uint32_t at = 0;
  bool glued = false;
  for (size_t i = 0; i < form.size();) {
    if (form[i] == ' ') {
      glued = false;
      ++i;
      continue;
    }
    if (form[i] == '{') {
      const size_t close = form.find('}', i);
      Edge edge;
      edge.glued = glued;
      if (close == form.npos || !class_edge(node, form.substr(i + 1, close - i - 1), edge)) {
        if (close == form.npos) node.error("'{' without '}'");
        return;
      }
      at = child(at, edge);
      i = close + 1;
    } else {
      const size_t end = std::min(form.find_first_of(" {", i), form.size());
      TokenList tokens;
      tokenize_known(form.substr(i, end - i), vocabulary_, tokens);
      for (size_t t = 0; t < tokens.size(); ++t) {
        if (tokens[t].kind == Token::Kind::number) node.error("digits in a form are a class of date_numbers");
        at = child(at, {Edge::Kind::literal, t > 0 || glued, false, tokens[t].word, 0});
      }
      i = end;
    }
    glued = true;
  }
  if (at == 0) return node.error("an empty form");
  std::vector<uint32_t>& ends = forms_.nodes_[at].forms;
  if (ends.empty() || ends.back() != index) ends.push_back(index);
}

}  // namespace factmill
