#include "ruleset/metrics.h"

#include <algorithm>

#include "ruleset/modality.h"
#include "ruleset/value_tables.h"

namespace factmill {
namespace {

void read_accepts(const RuleNode& node, const ValueTables& units, Metric& metric) {
  for (const RuleNode& item : node.items()) {
    std::string name = item.text();
    Tag tag = tag_of(name);
    if (is_value(tag)) {
      metric.accepts |= tag_bit(tag);
    } else if (uint16_t unit = units.find(name)) {
      metric.units.push_back(unit);
    } else {
      item.error("'" + name + "' is neither a value type nor a unit");
    }
  }
}

std::vector<Slot> read_slots(const RuleNode& node) {
  std::vector<Slot> slots;
  for (const RuleNode& item : node.items()) {
    Slot slot = slot_of(item.text());
    if (slot == Slot::count) {
      item.error("'" + item.text() + "' is not a slot");
    } else {
      slots.push_back(slot);
    }
  }
  return slots;
}

TimeKind read_time(const RuleNode& node) {
  std::string time = node.one_of({"flow", "stock", "event", "timeless", "once", "quote"}, "flow");
  if (time == "stock") return TimeKind::stock;
  if (time == "event") return TimeKind::event;
  if (time == "once") return TimeKind::once;
  if (time == "quote") return TimeKind::quote;
  return time == "timeless" ? TimeKind::timeless : TimeKind::flow;
}

uint16_t read_unit(const RuleNode& node, const ValueTables& units) {
  if (!node.present()) return 0;
  uint16_t unit = units.find(node.text());
  if (unit == 0) node.error("unit '" + node.text() + "' is not in the unit tables");
  return unit;
}

void read_subject(const RuleNode& node, Metric& metric) {
  if (!node.present()) return;
  metric.about_company = false;
  metric.needs_subject = false;
  bool none = false;
  for (const RuleNode& item : node.items()) {
    std::string name = item.text();
    if (name == "company") {
      metric.about_company = metric.needs_subject = true;
    } else if (name == "model") {
      metric.about_model = metric.needs_subject = true;
    } else if (name == "industry") {
      metric.about_industry = true;
      metric.industry_first = !metric.about_company && !metric.about_model;
    } else if (name == "outsider") {
      metric.about_outsider = true;
    } else if (name == "person") {
      metric.about_person = true;
    } else if (name == "none") {
      none = true;
    } else {
      item.error("a subject is company, model, industry, outsider, person or none (got '" + name + "')");
    }
  }
  if (none) metric.needs_subject = false;
}

}  // namespace

bool accepts(const Metric& metric, Tag tag, uint16_t unit) {
  if (metric.accepts & tag_bit(tag)) return true;
  if (tag == Tag::quantity && unit == 0) return (metric.accepts & tag_bit(Tag::number)) != 0;  // "1,460 EC6s"
  return (tag == Tag::quantity || tag == Tag::duration) &&
         std::find(metric.units.begin(), metric.units.end(), unit) != metric.units.end();
}

void MetricTable::add(const RuleFile& file, const ValueTables& units) {
  for (const RuleNode& node : file.root()["metrics"].items()) {
    node.allow_keys({"id", "nouns", "verbs", "negative_nouns", "negative_verbs", "accepts", "loosely", "unit", "subject", "time",
                     "carries_model", "share", "results", "outlook", "unnamed", "region", "nobody", "elsewhere", "own", "continues", "changes_as", "silent", "modality", "min", "max",
                     "implied_by", "needs", "attributes", "tests"});
    Metric metric;
    metric.id = node["id"].required_text();
    metric.place = node.place();
    if (find(metric.id) >= 0) node["id"].error("metric '" + metric.id + "' is given twice");
    metric.nouns = node["nouns"].texts();
    metric.verbs = node["verbs"].texts();
    metric.negative_nouns = node["negative_nouns"].texts();
    metric.negative_verbs = node["negative_verbs"].texts();
    read_accepts(node["accepts"], units, metric);
    if (node["accepts"].items().empty()) node.error("metric '" + metric.id + "' accepts no value");
    metric.unit = read_unit(node["unit"], units);
    for (const RuleNode& loose : node["loosely"].items()) {
      metric.loose_units.push_back(read_unit(loose, units));
      metric.units.push_back(metric.loose_units.back());
    }
    metric.time = read_time(node["time"]);
    read_subject(node["subject"], metric);
    metric.carries_model = node["carries_model"].flag(metric.about_model && !metric.about_company);
    metric.is_share = node["share"].flag(false);
    metric.of_results = node["results"].flag(false);
    metric.as_is = node["outlook"].text() == "none";
    metric.outlook = !metric.as_is && node["outlook"].flag(metric.time == TimeKind::flow);
    const std::string unnamed = node["unnamed"].one_of({"never", "short", "always"}, "never");
    metric.unnamed = unnamed == "always";
    metric.unnamed_in_short = unnamed == "short";
    metric.region = node["region"].text();
    metric.nobody = node["nobody"].text();
    metric.own = node["own"].text();
    metric.modality = read_modality(node["modality"]);
    metric.silent = node["silent"].flag(false);
    metric.changes_as = node["changes_as"].text();
    for (const RuleNode& item : node["elsewhere"].items()) {
      item.allow_keys({"slot", "is", "metric"});
      Slot slot = slot_of(item["slot"].required_text());
      if (slot == Slot::count) item["slot"].error("'" + item["slot"].text() + "' is not a slot");
      metric.elsewhere.push_back({slot, item["is"].required_text(), item["metric"].required_text()});
    }
    for (const RuleNode& item : node["continues"].items()) {
      item.allow_keys({"metric", "of_market", "period_kind"});
      metric.continues.push_back({item["metric"].required_text(), item["of_market"].flag(false), item["period_kind"].text()});
    }
    if (node["min"].present()) metric.min = node["min"].decimal(Decimal());
    if (node["max"].present()) metric.max = node["max"].decimal(Decimal());
    if (metric.min && metric.max && *metric.max < *metric.min) node["max"].error("the most is below the least, " + node["min"].text());
    metric.needs = read_slots(node["needs"]);
    metric.attributes = node["attributes"].texts();
    for (const RuleNode& implied : node["implied_by"].items()) {
      implied.allow_keys({"unit", "per", "score", "needs", "beside", "goes_on"});
      metric.implied.push_back({read_unit(implied["unit"], units), read_unit(implied["per"], units),
                                implied["score"].integer(30), read_slots(implied["needs"]),
                                implied["beside"].texts(), implied["goes_on"].flag(false)});
    }
    metrics_.push_back(std::move(metric));
  }
}

int MetricTable::find(std::string_view id) const {
  for (size_t i = 0; i < metrics_.size(); ++i) {
    if (metrics_[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

bool MetricTable::asks_for(std::string_view attribute) const {
  return std::any_of(metrics_.begin(), metrics_.end(), [&](const Metric& metric) {
    return std::find(metric.attributes.begin(), metric.attributes.end(), attribute) != metric.attributes.end();
  });
}

std::vector<std::string_view> MetricTable::ids() const {
  std::vector<std::string_view> ids;
  for (const Metric& metric : metrics_) ids.push_back(metric.id);
  return ids;
}

}  // namespace factmill
