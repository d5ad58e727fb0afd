// Metrics, lexicon, cues, guards, and the packs as a whole.
#include "ruleset/guard.h"
#include "unit/ruleset/small_pack.h"

namespace factmill::testing {
namespace {

TEST_CASE("real rules: they compile without a complaint") {
  Diagnostics diagnostics;
  const auto pack = load_rules(FACTMILL_SOURCE_DIR "/rules", diagnostics);
  CHECK(diagnostics.render() == "");
  REQUIRE(pack != nullptr);
  CHECK(pack->name == "ev");
  CHECK(pack->hash.size() == 32);
  CHECK(pack->label() == pack->name + "@" + pack->version);
}

TEST_CASE("pack: the hash changes with any file's bytes, and only then") {
  const SmallPack again, other(Files{{"cues.yaml", "cues: [{modality: plan, words: [plans]}]"}});
  CHECK(again.get().hash == small_pack().get().hash);
  CHECK(other.get().hash != small_pack().get().hash);
}

TEST_CASE("pack: a folder that is none is one complaint about its manifest") {
  Diagnostics diagnostics;
  CHECK(load_rules("/nowhere/rules", diagnostics) == nullptr);
  CHECK(diagnostics.all().front().place.file == "/nowhere/rules/pack.yaml");
  CHECK(diagnostics.all().front().message == "cannot be read");
}

TEST_CASE("metrics: what is not said has its default") {
  const MetricTable& metrics = small_pack().get().metrics;
  const Metric& revenue = metrics.metric(static_cast<uint32_t>(metrics.find("revenue")));
  CHECK(revenue.about_company);
  CHECK_FALSE(revenue.about_model);
  CHECK(revenue.needs_subject);
  CHECK(revenue.time == TimeKind::flow);
  CHECK(revenue.outlook);
  CHECK(revenue.unit == 0);
  CHECK_FALSE(revenue.min);
  const Metric& launch = metrics.metric(static_cast<uint32_t>(metrics.find("launch_date")));
  CHECK_FALSE(launch.about_company);
  CHECK(launch.about_model);
  CHECK(launch.carries_model);
  CHECK_FALSE(launch.outlook);
  CHECK(launch.needs == std::vector<Slot>{Slot::model});
  const Metric& price = metrics.metric(static_cast<uint32_t>(metrics.find("starting_price")));
  CHECK(price.time == TimeKind::timeless);
  CHECK(metrics.find("nothing") == -1);
}

TEST_CASE("metrics: a value fits by its kind, a quantity by its unit") {
  const RulePack& pack = small_pack().get();
  const Metric& deliveries = pack.metrics.metric(static_cast<uint32_t>(pack.metrics.find("deliveries")));
  CHECK(accepts(deliveries, Tag::number, 0));
  CHECK(accepts(deliveries, Tag::quantity, pack.values.find("vehicle")));
  CHECK_FALSE(accepts(deliveries, Tag::quantity, pack.values.find("km")));
  CHECK_FALSE(accepts(deliveries, Tag::money, pack.values.find("CNY")));
  CHECK_FALSE(accepts(deliveries, Tag::percent, 0));
}

TEST_CASE("lexicon: makers and parents are bound by id, also to a company of a later file") {
  const SmallPack pack(Files{{"pack.yaml", "pack: small\nversion: '1'\nvalues: [common/numbers.yaml, common/currencies.yaml, common/units.yaml, common/dates.yaml]\n"
                                      "lexicon: [models.yaml, lexicon.yaml]\nmetrics: [metrics.yaml]\ncues: [cues.yaml]\nrules: [rules.yaml]\nresolution: resolution.yaml\n"},
                        {"models.yaml", "models: [{name: Seagull, maker: byd, aliases: [Seagull, Dolphin Mini]}]"}});
  const Lexicon& lexicon = pack.get().lexicon;
  const Entity& seagull = lexicon.entity(0);
  CHECK(seagull.name == "Seagull");
  CHECK(lexicon.entity(seagull.owner).id == "byd");
  CHECK(seagull.surfaces == std::vector<std::string>{"Seagull", "Dolphin Mini"});  // the name itself counts once
  CHECK(lexicon.entity(lexicon.company("fcb")).owner == lexicon.company("byd"));
  CHECK(lexicon.company("nobody") == kNoEntity);
}

TEST_CASE("lexicon: only the surfaces of variants, regions, segments and features match, never their label") {
  for (const Entity& e : small_pack().get().lexicon.entities()) {
    if (e.name == "CN") CHECK(e.surfaces == std::vector<std::string>{"China"});
    if (e.name == "EVs") CHECK(e.surfaces == std::vector<std::string>{"EV business", "smart EVs"});
  }
}

TEST_CASE("cues: one for each word, with the modality and the reach of its entry") {
  const auto& cues = small_pack().get().cues.all();
  REQUIRE(cues.size() == 12);
  CHECK(cues[0].surface == "aims");
  CHECK(cues[0].modality == "target");
  CHECK_FALSE(cues[0].strong);
  CHECK(cues[0].ahead);
  CHECK_FALSE(cues[1].ahead);
  CHECK(cues[9].surface == "denied");
  CHECK(cues[9].strong);
  CHECK(cues[11].surface == "had guided for");
  CHECK(cues[11].follows);
}

TEST_CASE("guard: every match must hold a literal or a mention") {
  struct {
    const char* pattern;
    bool guarded;
  } const rows[] = {
      {"up to", true},
      {"(?:rose|fell) by", true},
      {"\\x82 or \\x82", true},
      {".*", false},
      {"[a-z]+", false},
      {"(?:rose)?", false},
      {"(?:rose|[a-z]+)", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern);
    CHECK(is_guarded(*Pattern::compile(row.pattern, {.bytes = true, .ignore_case = true})) == row.guarded);
  }
}

}  // namespace
}  // namespace factmill::testing
