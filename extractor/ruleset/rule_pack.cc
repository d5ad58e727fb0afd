#include "ruleset/rule_pack.h"

#include <algorithm>
#include <future>
#include <map>
#include <span>

#include "base/hash.h"
#include "ruleset/modality.h"

namespace factmill {
namespace {

// A pattern, or a list of patterns of which any may match: a line for each reads better than one of a thousand letters.
Pattern read_pattern(const RuleNode& node, RuleReader& reader) {
  std::string source;
  for (const RuleNode& item : node.items()) source += (source.empty() ? "" : "|") + item.required_text();
  if (source.empty()) source = node.required_text();
  Result<Pattern> pattern = Pattern::compile(reader.expand(node, source).re2, reader.pattern_options());
  if (pattern) return *pattern;
  node.error("not a pattern: " + pattern.error().message);
  return {};
}

void read_resolution(const RuleFile& file, RuleReader& reader, bool naive, const Diagnostics& diagnostics, Resolution& out) {
  RuleNode root = file.root();
  root.allow_keys({"anaphors", "parent_anaphors", "carrying_nouns", "carrying_verbs", "name_separators", "no_names", "topic_pronouns", "topic",
                   "clause_boundary", "oblique", "object", "subject", "antecedent", "insertion", "market_topic", "cited", "pronouns", "former", "latter", "pairing", "each_words", "possessives", "owner", "rival", "place_subject", "fronted", "compared_time", "compared_date", "since_event", "time_clause", "said_time", "outlook_time", "beside", "supplier_kinds", "source_kinds", "market_kinds", "outside_kinds",
                   "comparison", "split_period", "revision", "met_outlook", "compared_value", "relative", "fiscal_years", "outlook_modalities", "silent_modalities",
                   "trade", "own_words", "unnamed_source", "source_again", "declared_scales"});
  const auto sought = [&](const RuleNode& node) {
    Sought pattern{read_pattern(node, reader)};
    if (!diagnostics.has_errors()) pattern.number = out.sought.add(pattern.pattern);
    return pattern;
  };
  out.anaphors = root["anaphors"].texts();
  out.name_separators = root["name_separators"].texts();
  for (std::string& word : root["no_names"].texts()) out.no_names.insert(std::move(word));
  out.topic_pronouns = WordList(root["topic_pronouns"].texts());
  out.former = root["former"].texts();
  out.latter = root["latter"].texts();
  out.each_words = WordList(root["each_words"].texts());
  out.pairing = root["pairing"].texts();
  out.possessives = WordList(root["possessives"].texts());
  out.pronouns = WordList(root["pronouns"].texts());
  out.supplier_kinds = root["supplier_kinds"].texts();
  out.carrying_nouns = root["carrying_nouns"].texts();
  out.carrying_verbs = root["carrying_verbs"].texts();
  out.parent_anaphors = root["parent_anaphors"].texts();
  out.outlook_modalities = root["outlook_modalities"].texts();
  out.silent_modalities = root["silent_modalities"].texts();
  out.source_kinds = root["source_kinds"].texts();
  out.outside_kinds = root["outside_kinds"].texts();
  out.market_kinds = root["market_kinds"].texts();
  out.clause_boundary = sought(root["clause_boundary"]);
  constexpr std::pair<std::string_view, std::optional<Sought> Resolution::*> kSought[] = {
      {"oblique", &Resolution::oblique}, {"object", &Resolution::object}, {"subject", &Resolution::subject},
      {"antecedent", &Resolution::antecedent}, {"insertion", &Resolution::insertion}, {"rival", &Resolution::rival},
      {"place_subject", &Resolution::place_subject}, {"fronted", &Resolution::fronted}, {"owner", &Resolution::owner},
      {"compared_time", &Resolution::compared_time}, {"since_event", &Resolution::since_event}, {"time_clause", &Resolution::time_clause}, {"said_time", &Resolution::said_time},
      {"outlook_time", &Resolution::outlook_time}, {"beside", &Resolution::beside}, {"met_outlook", &Resolution::met_outlook},
      {"relative", &Resolution::relative}, {"split_period", &Resolution::split_period}};
  for (const auto& [key, place] : kSought) {
    if (root[key].present()) out.*place = sought(root[key]);
  }
  constexpr std::pair<std::string_view, std::optional<Pattern> Resolution::*> kPatterns[] = {
      {"cited", &Resolution::cited}, {"market_topic", &Resolution::market_topic},
      {"unnamed_source", &Resolution::unnamed_source}, {"source_again", &Resolution::source_again}, {"own_words", &Resolution::own_words},
      {"comparison", &Resolution::comparison}, {"revision", &Resolution::revision},
      {"compared_value", &Resolution::compared_value}, {"compared_date", &Resolution::compared_date}};
  for (const auto& [key, place] : kPatterns) {
    if (root[key].present()) out.*place = read_pattern(root[key], reader);
  }
  if (RuleNode topic = root["topic"]; topic.present()) {
    topic.allow_keys({"words", "times", "min_bytes", "near_bytes"});
    std::string any;
    for (const std::string& words : topic["words"].texts()) any += (any.empty() ? "" : "|") + words;
    if (any.empty()) topic.error("'words' is missing");
    Result<Topic> compiled = Topic::compile("(?:" + any + ")", {.times = static_cast<size_t>(topic["times"].integer(1)),
                                                                .near_bytes = static_cast<uint32_t>(topic["near_bytes"].integer(1500)),
                                                                .min_bytes = static_cast<size_t>(topic["min_bytes"].integer(0)),
                                                                .quick = !naive});
    if (!compiled) topic["words"].error("not a pattern: " + compiled.error().message);
    if (compiled && !any.empty()) out.topic = std::move(*compiled);
  }
  if (RuleNode trade = root["trade"]; trade.present()) {
    Result<Topic> compiled = Topic::compile(trade.required_text(), {.quick = !naive});
    if (!compiled) trade.error("not a pattern: " + compiled.error().message);
    if (compiled) out.trade = std::move(*compiled);
  }
  for (const RuleNode& scale : root["declared_scales"].items()) {
    scale.allow_keys({"exponent", "match"});
    Pattern pattern = read_pattern(scale["match"], reader);
    if (diagnostics.has_errors()) continue;
    out.declared_starts.add(pattern);
    out.declared_scales.push_back({static_cast<int>(scale["exponent"].integer(0)), std::move(pattern)});
  }
  out.declared_starts.finish();
  for (const RuleNode& year : root["fiscal_years"].items()) {
    year.allow_keys({"home", "begins", "named_by", "plain"});
    const auto month = static_cast<int>(year["begins"].integer(1));
    if (month < 1 || month > 12) year["begins"].error("a fiscal year begins with a month from 1 to 12");
    out.fiscal_years.push_back({year["home"].required_text(), std::clamp(month, 1, 12),
                                year["named_by"].one_of({"end", "begin"}, "end") == "end", year["plain"].flag(false)});
  }
  out.sought.finish();
}

// A metric may name another of any file.
void check_names(const MetricTable& metrics, Diagnostics& diagnostics) {
  const auto check = [&](const Metric& metric, const std::string& other) {
    if (metrics.find(other) < 0) diagnostics.error(metric.place, "metric '" + metric.id + "' names an unknown metric '" + other + "'");
  };
  for (const Metric& metric : metrics.all()) {
    for (const Metric::Elsewhere& e : metric.elsewhere) check(metric, e.metric);
    for (const Metric::Continued& c : metric.continues) check(metric, c.metric);
    if (!metric.changes_as.empty()) check(metric, metric.changes_as);
  }
}

// What stands in a file that cannot be read is unknown to all others: a thousand such errors would hide the one that counts.
// So where there is such a file, only it and the manifest are complained about.
void keep_what_counts(const std::string& manifest, Diagnostics& diagnostics) {
  std::map<std::string, bool> is_unreadable;
  Diagnostics kept;
  bool any = false;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const auto [file, fresh] = is_unreadable.emplace(diagnostic.place.file, false);
    Diagnostics again;
    if (fresh) file->second = !RuleFile::read(file->first, again).root().present();
    any |= file->second;
    if (file->second || file->first == manifest) kept.error(diagnostic.place, diagnostic.message, diagnostic.source_line);
  }
  if (any) diagnostics = std::move(kept);
}

}  // namespace

std::shared_ptr<const RulePack> load_rules(const std::string& directory, Diagnostics& diagnostics,
                                           LoadOptions options) {
  auto pack = std::make_shared<RulePack>();
  RuleFiles files(directory, diagnostics);
  RuleNode root = files.read("pack.yaml").root();
  if (diagnostics.has_errors()) return nullptr;  // no folder of rules, or none that says what is in it
  root.allow_keys({"pack", "version", "values", "locales", "lexicon", "metrics", "cues", "rules", "tables", "resolution"});
  pack->name = root["pack"].required_text();
  pack->version = root["version"].required_text();

  // What needs nothing of the rest is read beside it, into diagnostics of its own.
  Diagnostics beside_diagnostics;
  RuleFiles beside_files(directory, beside_diagnostics);
  std::future<void> beside = std::async(std::launch::async, [&, names = root["lexicon"].texts()] {
    pack->text = TextRules::load(beside_files);
    pack->profiles = Profiles::load(beside_files);
    for (const std::string& name : names) pack->lexicon.add(beside_files.read(name));
    pack->lexicon.link();
    beside_files.close();
  });
  // So are the files of rules read, though not what is in them.
  Diagnostics rule_diagnostics;
  RuleFiles more_files(directory, rule_diagnostics);
  std::vector<const RuleFile*> rule_files;
  const RuleFile* resolution = nullptr;
  std::future<void> reading = std::async(std::launch::async, [&, names = root["rules"].texts(), last = root["resolution"].text()] {
    for (const std::string& name : names) rule_files.push_back(&more_files.read(name));
    if (!last.empty()) resolution = &more_files.read(last);
  });
  RuleFiles first_files(directory, diagnostics);
  std::vector<const RuleFile*> value_files;
  for (const std::string& name : root["values"].texts()) value_files.push_back(&first_files.read(name));
  pack->values = ValueTables::load(std::span<const RuleFile* const>(value_files));
  for (const std::string& name : root["locales"].texts()) pack->locales.add(first_files.read(name), pack->values);
  for (const std::string& name : root["metrics"].texts()) {
    const RuleFile& file = first_files.read(name);
    file.root().allow_keys({"metrics"});
    pack->metrics.add(file, pack->values);
    for (const RuleNode& node : file.root()["metrics"].items()) {
      Rule& rule = pack->metric_tests.emplace_back();
      rule.id = node["id"].text();
      rule.place = node.place();
      rule.tests = read_tests(node["tests"]);
    }
  }
  check_names(pack->metrics, diagnostics);
  for (const std::string& name : root["cues"].texts()) {
    const RuleFile& file = first_files.read(name);
    pack->cues.add(file);
    for (const RuleNode& cue : file.root()["cues"].items()) read_modality(cue["modality"]);
  }

  for (const std::string& name : root["tables"].texts()) pack->tables.add(first_files.read(name), pack->metrics);
  first_files.close();

  RuleReader reader(pack->metrics, pack->rules, options.naive);
  reading.get();
  for (const RuleFile* file : rule_files) {
    file->root().allow_keys({"macros", "introductions", "reductions", "frames", "links"});
    reader.add_macros(*file);
  }
  reader.add_rules(rule_files);

  if (resolution) {
    read_resolution(*resolution, reader, options.naive, rule_diagnostics, pack->resolution);
  } else {
    root.error("a pack needs a 'resolution' file");
  }
  more_files.close();
  beside.get();
  diagnostics.append(rule_diagnostics);
  diagnostics.append(beside_diagnostics);
  pack->hash = hash128(files.bytes() + first_files.bytes() + more_files.bytes() + beside_files.bytes()).to_hex();
  if (!diagnostics.has_errors()) return pack;
  keep_what_counts(directory + "/pack.yaml", diagnostics);
  return nullptr;
}

}  // namespace factmill
