#include "ruleset/date_forms.h"

#include <algorithm>
#include <optional>

#include "base/diagnostics.h"

namespace factmill {
namespace {

constexpr size_t kMaxWays = 4096;

constexpr std::array<std::string_view, static_cast<size_t>(DateField::count)> kFieldNames = {
    "grain", "anchor", "role", "part", "year", "month", "day", "quarter", "half", "week", "weekday", "offset", "months",
    "fiscal", "keeps_length", "end_year", "end_month", "end_day", "end_quarter", "kind", "daypart", "reference", "base",
    "closing", "order", "vague", "steps", "hour", "minute", "second", "season", "nth", "fraction", "count", "holiday",
    "end_count", "end_grain", "ahead", "points", "end_weekday", "closest",
    "lasting", "expected", "elided", "n", "end_n", "sign", "weak", "pm"};

// Words for values, in the order of the enums of DateSpec.
constexpr std::array<std::string_view, 15> kGrains = {"day",    "week",   "month",   "quarter", "half",   "year",    "range",  "hour",
                                                      "minute", "second", "weekend", "season",  "decade", "century", "holiday"};
constexpr std::array<std::string_view, 3> kAnchors = {"absolute", "published", "context"};
constexpr std::array<std::string_view, 8> kRoles = {"plain", "as_of", "by", "since", "until", "ytd", "cumulative", "rest"};
constexpr std::array<std::string_view, 6> kParts = {"whole", "begin", "early", "mid", "late", "end"};
constexpr std::array<std::string_view, 5> kKinds = {"date", "time", "duration", "set", "reference"};
constexpr std::array<std::string_view, 7> kDayparts = {"none", "morning", "midday", "afternoon", "evening", "night", "daytime"};
constexpr std::array<std::string_view, 4> kReferences = {"none", "present", "past", "future"};
constexpr std::array<std::string_view, 4> kOrders = {"none", "open", "month_first", "day_first"};
constexpr std::array<std::string_view, 6> kBases = {"none", "week", "month", "quarter", "half", "year"};

std::span<const std::string_view> names_of(DateField field) {
  switch (field) {
    case DateField::grain:
    case DateField::end_grain: return kGrains;
    case DateField::anchor: return kAnchors;
    case DateField::role: return kRoles;
    case DateField::part: return kParts;
    case DateField::kind: return kKinds;
    case DateField::daypart: return kDayparts;
    case DateField::reference: return kReferences;
    case DateField::base: return kBases;
    case DateField::order: return kOrders;
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

}  // namespace

std::string message(std::initializer_list<std::string_view> pieces) {
  std::string all;
  for (std::string_view piece : pieces) all += piece;
  return all;
}

ListSet list_mask(const RuleNode& node, const std::vector<std::string>& lists) {
  ListSet mask;
  for (const RuleNode& item : node.items()) {
    const std::string name = item.text();
    const auto at = std::find(lists.begin(), lists.end(), name);
    if (at == lists.end()) {
      item.error(message({"no word list '", name, "'", suggestion(name, {lists.begin(), lists.end()})}));
    } else {
      mask |= ListSet::of(static_cast<size_t>(at - lists.begin()));
    }
  }
  return mask;
}

namespace {

// Whole numbers between the marks of "10:30:15" and "31.10.2024"; empty where there is anything else or more than three.
std::vector<int> numbers_between(std::string_view digits, char mark) {
  std::vector<int> numbers(1);
  size_t width = 0;
  for (char c : digits) {
    if (c == mark && width > 0 && numbers.size() < 3) {
      numbers.push_back(0);
      width = 0;
    } else if (c >= '0' && c <= '9' && width < 4) {
      numbers.back() = numbers.back() * 10 + (c - '0');
      ++width;
    } else {
      return {};
    }
  }
  if (width == 0) return {};
  return numbers;
}

bool read_clock(std::string_view digits, char point, DateFields& fields) {
  const std::vector<int> parts = numbers_between(digits, point);
  const size_t colon = digits.find(point);
  if (parts.size() < 2 || colon > 2 || digits.size() < colon + 3 || parts[0] > 24 || parts[1] > 59) return false;
  if (parts.size() == 3 && parts[2] > 59) return false;
  field_of(fields, DateField::hour) = static_cast<int16_t>(parts[0] + 1);
  field_of(fields, DateField::minute) = static_cast<int16_t>(parts[1] + 1);
  if (parts.size() == 3) field_of(fields, DateField::second) = static_cast<int16_t>(parts[2] + 1);
  return true;
}

// "by 1043 GMT"
bool read_clock_digits(std::string_view digits, DateFields& fields) {
  const std::vector<int> whole = numbers_between(digits, ':');
  if (digits.size() != 4 || whole.size() != 1 || whole[0] / 100 > 24 || whole[0] % 100 > 59) return false;
  field_of(fields, DateField::hour) = static_cast<int16_t>(whole[0] / 100 + 1);
  field_of(fields, DateField::minute) = static_cast<int16_t>(whole[0] % 100 + 1);
  return true;
}

// "Jan 1,2024": no space behind the comma.
bool read_day_comma_year(std::string_view digits, DateFields& fields) {
  const std::vector<int> parts = numbers_between(digits, ',');
  if (parts.size() != 2 || parts[0] < 1 || parts[0] > 31 || parts[1] < 1900 || parts[1] > 2099) return false;
  field_of(fields, DateField::day) = static_cast<int16_t>(parts[0]);
  field_of(fields, DateField::year) = static_cast<int16_t>(parts[1]);
  return true;
}

// Which of the three is year, month and day.
bool read_dots(std::string_view digits, size_t year_at, size_t month_at, size_t day_at, DateFields& fields) {
  const std::vector<int> parts = numbers_between(digits, '.');
  if (parts.size() != 3 || parts[year_at] < 1900 || parts[year_at] > 2099) return false;
  const int month = parts[month_at], day = parts[day_at];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  field_of(fields, DateField::month) = static_cast<int16_t>(month);
  field_of(fields, DateField::day) = static_cast<int16_t>(day);
  field_of(fields, DateField::year) = static_cast<int16_t>(parts[year_at]);
  return true;
}

}  // namespace

bool DateForms::read_shape(NumberClass::Shape shape, std::string_view digits, DateFields& fields) {
  switch (shape) {
    case NumberClass::Shape::digits: return false;
    case NumberClass::Shape::clock: return read_clock(digits, ':', fields);
    case NumberClass::Shape::clock_point: return read_clock(digits, '.', fields);
    case NumberClass::Shape::clock_digits: return read_clock_digits(digits, fields);
    case NumberClass::Shape::day_comma_year: return read_day_comma_year(digits, fields);
    case NumberClass::Shape::month_first: return read_dots(digits, 2, 0, 1, fields);
    case NumberClass::Shape::day_first: return read_dots(digits, 2, 1, 0, fields);
    case NumberClass::Shape::year_first: return read_dots(digits, 0, 1, 2, fields);
  }
  return false;
}

size_t DateForms::read_numeral(std::span<const Token> tokens, size_t at, std::string_view text, const PhraseTable& phrases,
                               int& value) const {
  const auto below_hundred = [&](size_t i, int& n) -> size_t {
    const PhraseTable::Match first = phrases.longest(tokens, i, text, numeral_kind_);
    if (!first) return 0;
    n = static_cast<int>(first.payload);
    if (n < 20 || n % 10 != 0 || first.end >= tokens.size()) return first.end;
    const size_t next = is_joint(tokens, first.end) ? first.end + 1 : first.end;
    const PhraseTable::Match ones = phrases.longest(tokens, next, text, numeral_kind_);
    if (!ones || ones.payload == 0 || ones.payload > 9) return first.end;
    n += static_cast<int>(ones.payload);
    return ones.end;
  };
  size_t end = below_hundred(at, value);
  if (end == 0 || end >= tokens.size()) return end;
  if (const PhraseTable::Match times = phrases.longest(tokens, end, text, multiplier_kind_)) {
    value *= static_cast<int>(times.payload);
    end = times.end;
    int rest = 0;
    if (end < tokens.size()) {
      if (const size_t more = below_hundred(end, rest)) {
        value += rest;
        end = more;
      }
    }
  }
  return end;
}

DateForms::Builder::Builder(DateForms& forms, Vocabulary& vocabulary, PhraseTable& phrases, Kinds kinds)
    : forms_(forms), vocabulary_(vocabulary), phrases_(phrases) {
  forms_.hyphen_ = vocabulary_.add("-");
  forms_.word_kind_ = kinds.word;
  forms_.numeral_kind_ = kinds.numeral;
  forms_.multiplier_kind_ = kinds.multiplier;
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

void DateForms::Builder::add_word(const RuleNode& node, std::string_view word, std::string_view word_class,
                                  std::vector<DateSetting> set) {
  auto& classes = forms_.word_classes_;
  const auto index = static_cast<size_t>(std::find(classes.begin(), classes.end(), word_class) - classes.begin());
  if (index == classes.size()) classes.emplace_back(word_class);
  // A word with a capital in the table needs one in the text: "May", never "may".
  const bool capital = word[0] >= 'A' && word[0] <= 'Z';
  const PhraseSense sense{forms_.word_kind_, capital ? PhraseSense::Case::capital : PhraseSense::Case::any,
                          static_cast<uint32_t>(forms_.words_.size())};
  if (!phrases_.add(word, sense, vocabulary_)) node.key_error(message({"'", word, "' is too long for a date word"}));
  TokenList tokens;
  tokenize_known(word, vocabulary_, tokens);
  forms_.words_.push_back({tokens.empty() ? 0 : tokens[0].word, static_cast<uint16_t>(index),
                           static_cast<uint16_t>(tokens.size()), std::move(set)});
}

void DateForms::Builder::read_classes(const RuleNode& root) {
  for (const auto& [name, words] : root["date_words"].entries()) {
    for (const auto& [word, set] : words.entries()) add_word(set, word, name, read_settings(set));
  }
  for (const auto& [name, node] : root["date_numbers"].entries()) {
    node.allow_keys({"field", "min", "max", "min_digits", "max_digits", "add", "words", "shape"});
    NumberClass number;
    number.name = name;
    if (node["field"].present()) number.field = field_named(node["field"], node["field"].text()).value_or(DateField::n);
    number.min = node["min"].integer(0);
    number.max = node["max"].integer(9999);
    number.add = static_cast<int16_t>(node["add"].integer(0));
    number.min_digits = static_cast<uint8_t>(node["min_digits"].integer(1));
    number.max_digits = static_cast<uint8_t>(node["max_digits"].integer(9));
    const std::string words = node["words"].one_of({"no", "also", "only"}, "no");
    number.words = words != "no";
    number.only_words = words == "only";
    const std::string shape = node["shape"].one_of({"digits", "clock", "clock_point", "clock_digits", "day_comma_year", "month_first", "day_first", "year_first"}, "digits");
    if (shape == "clock") number.shape = NumberClass::Shape::clock;
    if (shape == "clock_point") number.shape = NumberClass::Shape::clock_point;
    if (shape == "clock_digits") number.shape = NumberClass::Shape::clock_digits;
    if (shape == "day_comma_year") number.shape = NumberClass::Shape::day_comma_year;
    if (shape == "month_first") number.shape = NumberClass::Shape::month_first;
    if (shape == "year_first") number.shape = NumberClass::Shape::year_first;
    if (shape == "day_first") number.shape = NumberClass::Shape::day_first;
    if (number.max > 9999 || number.min < 0) node.error("a date number lies within 0..9999");
    forms_.numbers_.push_back(number);
  }
}

void DateForms::Builder::read_forms(const RuleNode& root, const std::vector<std::string>& lists) {
  for (const RuleNode& node : root["date_forms"].items()) read_form(node, lists, false);
  for (const RuleNode& node : root["aside_forms"].items()) read_form(node, lists, true);
}

// Whether a form ends at the node; those of annotations only where `asides`.
bool DateForms::Builder::ends_at(uint32_t node, bool asides) const {
  const std::vector<uint32_t>& forms = forms_.nodes_[node].forms;
  return std::any_of(forms.begin(), forms.end(), [&](uint32_t form) { return asides || !forms_.forms_[form].aside; });
}

void DateForms::Builder::finish() {
  for (Node& node : forms_.nodes_) {
    std::stable_sort(node.edges.begin(), node.edges.end(), [](const Edge& a, const Edge& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.what < b.what;
    });
    for (const Edge& edge : node.edges) {
      node.literals += edge.kind == Edge::Kind::literal;
      node.words += edge.kind == Edge::Kind::words;
      if (edge.kind == Edge::Kind::words) add_class(node.classes, edge.what);
    }
  }
  forms_.word_starts_.assign(vocabulary_.size(), {});
  for (const Word& word : forms_.words_) add_class(forms_.word_starts_[word.first], word.word_class);
  forms_.numeral_starts_.assign(vocabulary_.size(), false);
  forms_.before_digits_.assign(vocabulary_.size(), false);
  for (const PhraseTable::Start& start : phrases_.starts()) {
    if (start.kind == forms_.numeral_kind_) forms_.numeral_starts_[start.word] = true;
    if (start.kind == forms_.word_kind_ && start.second == 0 && !start.is_whole) forms_.before_digits_[start.word] = true;
  }
  for (const Edge& edge : forms_.nodes_[0].edges) {
    const bool plain = forms_.nodes_[edge.next].plain;
    const bool whole = ends_at(edge.next, false), aside_whole = ends_at(edge.next, true);
    const auto add = [&](uint32_t word, bool alone) {
      if (plain) forms_.first_words_.push_back({word, whole && alone});
      forms_.aside_words_.push_back({word, aside_whole && alone});
    };
    if (edge.kind == Edge::Kind::numbers) add_digits(edge);
    for (const Start& first : starts_of(edge)) {
      add(first.word, first.is_whole);
      if (!first.is_whole) continue;  // its own phrase says what follows
      for (const Edge& second : forms_.nodes_[edge.next].edges) {
        if (second.kind == Edge::Kind::numbers) forms_.before_digits_[first.word] = true;
        for (const Start& word : starts_of(second)) forms_.first_pairs_.push_back({first.word, word.word});
      }
    }
  }
}

// What may stand behind the digits that a form begins with.
void DateForms::Builder::add_digits(const Edge& edge) {
  const NumberClass& number = forms_.numbers_[edge.what];
  const bool plain = number.shape == NumberClass::Shape::digits || number.shape == NumberClass::Shape::clock_digits;
  if (!plain || number.only_words) return;
  const Node& next = forms_.nodes_[edge.next];
  forms_.after_digits_.resize(vocabulary_.size());
  for (uint32_t digits = number.min_digits; digits <= number.max_digits && !next.forms.empty(); ++digits) forms_.lone_digits_ |= 1U << digits;
  for (const Edge& second : next.edges) {
    for (const Start& word : starts_of(second)) forms_.after_digits_[word.word] = true;
  }
}

// How the words begin that an edge may be: none where it wants digits.
std::vector<DateForms::Builder::Start> DateForms::Builder::starts_of(const Edge& edge) const {
  if (edge.kind == Edge::Kind::literal) return {{edge.what, true}};
  std::vector<Start> starts;
  if (edge.kind == Edge::Kind::words) {
    for (const Word& word : forms_.words_) {
      if (word.word_class == edge.what) starts.push_back({word.first, word.tokens == 1});
    }
  } else if (forms_.numbers_[edge.what].words) {
    for (uint32_t word = 0; word < forms_.numeral_starts_.size(); ++word) {
      if (forms_.numeral_starts_[word]) starts.push_back({word, false});
    }
  }
  return starts;
}

void DateForms::Builder::read_form(const RuleNode& node, const std::vector<std::string>& lists, bool aside) {
  node.allow_keys({"form", "set", "n", "end_n", "after", "not_after", "before", "not_before", "weak_after", "alone", "sole", "lone", "plain",
                   "closed", "next_year"});
  DateForm form;
  form.place = node.place();
  form.set = read_settings(node["set"]);
  if (node["n"].present()) form.n = field_named(node["n"], node["n"].text()).value_or(DateField::n);
  if (node["end_n"].present()) form.end_n = field_named(node["end_n"], node["end_n"].text()).value_or(DateField::n);
  form.after = list_mask(node["after"], lists);
  form.not_after = list_mask(node["not_after"], lists);
  form.before = list_mask(node["before"], lists);
  form.not_before = list_mask(node["not_before"], lists);
  form.weak_after = list_mask(node["weak_after"], lists);
  form.alone = node["alone"].flag(false);
  form.sole = node["sole"].flag(false);
  form.plain = node["plain"].flag(false);
  form.lone = node["lone"].flag(false);
  form.closed = node["closed"].flag(false);
  form.next_year = node["next_year"].flag(false);
  form.aside = aside;
  const auto index = static_cast<uint32_t>(forms_.forms_.size());
  forms_.forms_.push_back(std::move(form));

  const std::string text = node["form"].required_text();
  size_t ways = 0;
  if (!add_ways({node["form"], index, ways}, {}, {text})) node["form"].error("brackets that do not match, or more than 4096 ways to read them");
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

const std::vector<DateForms::Edge>& DateForms::Builder::edges_of(const RuleNode& node, std::string_view piece) {
  std::vector<Edge>& edges = pieces_[std::string(piece)];
  if (!edges.empty()) return edges;
  if (piece.front() == '{') {
    Edge edge;
    if (class_edge(node, piece.substr(1, piece.size() - 2), edge)) edges.push_back(edge);
    return edges;
  }
  TokenList tokens;
  tokenize_known(piece, vocabulary_, tokens);
  for (size_t t = 0; t < tokens.size(); ++t) {
    if (tokens[t].kind == Token::Kind::number) node.error("digits in a form are a class of date_numbers");
    edges.push_back({Edge::Kind::literal, t > 0, false, tokens[t].word, 0});
  }
  return edges;
}

bool DateForms::Builder::end_piece(const Adding& form, Way& way) {
  if (way.piece.empty()) return true;
  const bool plain = !forms_.forms_[form.index].aside;
  const std::vector<Edge>& edges = edges_of(form.node, way.piece);
  if (way.piece[0] == '{' && edges.empty()) return false;
  for (Edge edge : edges) {
    edge.glued |= way.glued;
    if (plain) forms_.nodes_[way.at].plain = true;
    way.at = child(way.at, edge);
  }
  way.glued = true;
  way.piece.clear();
  return true;
}

void DateForms::Builder::end_form(const Adding& form, uint32_t at) {
  if (at == 0) return form.node.error("an empty form");
  if (!forms_.forms_[form.index].aside) forms_.nodes_[at].plain = true;
  std::vector<uint32_t>& ends = forms_.nodes_[at].forms;
  if (ends.empty() || ends.back() != form.index) ends.push_back(form.index);
}

bool DateForms::Builder::add_ways(const Adding& form, Way way, Rest rest) {
  for (size_t i = 0; i < rest.text.size() || rest.behind;) {
    if (i == rest.text.size()) {
      rest = *rest.behind;
      i = 0;
      continue;
    }
    const char c = rest.text[i];
    if (c == ']' || c == ')' || c == '|') return false;
    if (c == '[' || c == '(') {
      const size_t close = closing(rest.text, i);
      if (close == std::string_view::npos) return false;
      const Rest behind{rest.text.substr(close + 1), rest.behind};
      std::vector<std::string_view> choices = alternatives(rest.text.substr(i + 1, close - i - 1));
      if (c == '[') choices.push_back({});
      return std::all_of(choices.begin(), choices.end(), [&](std::string_view choice) { return add_ways(form, way, {choice, &behind}); });
    }
    size_t end = i + 1;
    if (c == ' ' || c == '{') {
      if (!end_piece(form, way)) return true;
      if (c == ' ') way.glued = false;
    }
    if (c == '{') {
      end = rest.text.find('}', i);
      if (end++ == std::string_view::npos) return form.node.error("'{' without '}'"), true;
    }
    if (c != ' ') way.piece += rest.text.substr(i, end - i);
    if (c == '{' && !end_piece(form, way)) return true;
    i = end;
  }
  if (++form.ways > kMaxWays) return false;
  if (end_piece(form, way)) end_form(form, way.at);
  return true;
}

}  // namespace factmill
