// factmill: facts with proof, from raw news. Start here; this header brings in everything below.
//
// 1. Load the rules, once. What factmill knows of a language and a field stands in a folder of YAML files.
//
//      factmill::Diagnostics diagnostics;
//      std::shared_ptr<const factmill::RulePack> pack = factmill::load_rules("rules", diagnostics);
//      if (!pack) {
//        std::cerr << diagnostics.render();     // every error of every file, with line, column and caret
//        return 1;
//      }
//      const factmill::Extractor extractor(pack);   // immutable; threads share it
//
// 2. Make a document of the bytes you have. They may be of any charset, plain text or HTML.
//
//      factmill::Record record;
//      record.bytes = article;
//      record.format = factmill::Format::text;      // or html
//      record.published = "2024-08-21";             // metadata, as far as you have any
//      factmill::DocumentOrReject made = factmill::make_document(std::move(record), pack->text);
//      if (!made) {
//        std::cerr << made.reject().code << ": " << made.reject().message << '\n';   // "binary", "empty", ...
//        return 1;
//      }
//      const factmill::Document& document = made.document();
//
// 3. Extract. An Extraction is the scratch memory of one thread; make one a thread and keep it.
//
//      factmill::Extraction extraction(extractor);
//      const factmill::DocumentFacts found = extraction.run(document);
//
// 4. Read the facts. Numbers are exact decimals; an empty string or optional is an absent value (resolve/fact.h).
//
//      for (const factmill::Fact& fact : found.facts) {
//        if (fact.metric == "revenue" && fact.value) std::cout << fact.company << ' ' << fact.value->to_string() << '\n';
//        const factmill::Evidence& proof = fact.evidence.front();
//        assert(document.raw.substr(proof.start, proof.end - proof.start) == proof.text);   // for UTF-8 input
//        std::string line;
//        factmill::append_json(fact, line);         // the record as one JSON object
//      }
//
//    What no rule claimed: extraction.unclaimed(). What was tried for every sentence: run(document, &trace).
//
// 5. Whole archives. Files and folders in, a file or database out, over threads, in order, in bounded memory.
//
//      factmill::Result<std::unique_ptr<factmill::Sink>> sink =
//          factmill::open_sink("facts.db", {"my program 1.0", pack->label(), pack->hash});
//      if (!sink) return fail(sink.error().message);
//      factmill::RunOptions options;
//      options.threads = 4;
//      options.on_reject = [](const factmill::Reject& reject) { std::cerr << reject.source.path << ": " << reject.message << '\n'; };
//      const factmill::RunSummary summary = factmill::extract(extractor, {"archive/"}, options, **sink);
//      if (!summary.status) return fail(summary.status.error().message);
//
// Errors. What can be expected is a value: Diagnostics for rules, Reject for a document that cannot be read, Result and
// Status for the rest; a bad document never ends a run. Misuse is an assert. Nothing here throws but std::bad_alloc.
//
// Lifetimes. Extractor must outlive its Extractions. Document and Fact own all they hold. Results depend on the bytes,
// the rules and the options only: no clock, no locale, no environment.
#pragma once

#include "base/diagnostics.h"
#include "base/result.h"
#include "pipeline/extractor.h"
#include "pipeline/run.h"
#include "resolve/fact.h"
#include "ruleset/rule_pack.h"
#include "sink/fact_columns.h"
#include "sink/sink.h"
#include "text/make_document.h"
