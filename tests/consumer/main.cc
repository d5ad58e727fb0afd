// Built against an installed factmill, as a stranger would: the example of factmill.h, word for word where it can be.
//   consumer RULES_DIRECTORY FACTS.jsonl ARTICLE
#include <factmill.h>

#include <iostream>

namespace {

int fail(const std::string& message) {
  std::cerr << "consumer: " << message << '\n';
  return 1;
}

// From a string in memory.
int print_revenue(const factmill::Extractor& extractor, const std::string& article) {
  factmill::Record record;
  record.bytes = article;
  record.format = factmill::Format::text;
  record.published = "2024-08-21";
  factmill::DocumentOrReject made = factmill::make_document(std::move(record), extractor.pack().text);
  if (!made) return fail(made.reject().code + ": " + made.reject().message);
  const factmill::Document& document = made.document();

  factmill::Extraction extraction(extractor);
  const factmill::DocumentFacts found = extraction.run(document);
  for (const factmill::Fact& fact : found.facts) {
    if (fact.metric == "revenue" && fact.value) std::cout << fact.company << ' ' << fact.value->to_string() << '\n';
    const factmill::Evidence& proof = fact.evidence.front();
    if (document.raw.substr(proof.start, proof.end - proof.start) != proof.text) return fail("evidence is not in the text");
    std::string line;
    factmill::append_json(fact, line);
    if (line.find("\"fact_id\"") == std::string::npos) return fail("no fact_id in " + line);
  }
  return 0;
}

// From files into a file.
int load_archive(const factmill::Extractor& extractor, const std::string& archive, const std::string& target) {
  factmill::Result<std::unique_ptr<factmill::Sink>> sink =
      factmill::open_sink(target, {"consumer 1.0", extractor.pack().label(), extractor.pack().hash});
  if (!sink) return fail(sink.error().message);
  factmill::RunOptions options;
  options.threads = 2;
  options.on_reject = [](const factmill::Reject& reject) { std::cerr << reject.source.path << ": " << reject.message << '\n'; };
  const factmill::RunSummary summary = factmill::extract(extractor, {archive}, options, **sink);
  if (!summary.status) return fail(summary.status.error().message);
  std::cout << summary.documents << " document, " << summary.rejects << " rejects\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return fail("usage: consumer RULES_DIRECTORY FACTS.jsonl ARTICLE");
  factmill::Diagnostics diagnostics;
  const std::shared_ptr<const factmill::RulePack> pack = factmill::load_rules(argv[1], diagnostics);
  if (!pack) return fail(diagnostics.render());
  const factmill::Extractor extractor(pack);
  if (int status = print_revenue(extractor, "Xiaomi generated revenue of RMB 6.4 billion in the second quarter of 2024."); status != 0) return status;
  return load_archive(extractor, argv[3], argv[2]);
}
