#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "commands.h"

namespace {

using namespace factmill::cli;

// Says what is wrong by itself: CLI11's own would name the largest number that a double can hold.
CLI::Validator whole_number_from(int64_t least) {
  return CLI::Validator(
      [least](const std::string& text) {
        int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_number = error == std::errc() && end == text.data() + text.size();
        return is_number && number >= least ? std::string() : "takes a whole number from " + std::to_string(least) + " (got '" + text + "')";
      },
      "");
}

void add_input(CLI::App& app, Common& o) {
  app.add_option("PATH", o.paths, "Files, folders, archives, or - for standard input");
  app.add_option("--files-from", o.files_from, "File of paths, one a line (- for standard input), each with its publish date behind a tab, if any")
      ->type_name("FILE");
  app.add_option("--rules", o.rules, "Folder of the rule pack (else $FACTMILL_RULES, ./rules, the installed one)")
      ->type_name("DIR");
  app.add_option("--from", o.from, "What the input is (else told by name and content)")
      ->check(CLI::IsMember({"auto", "text", "html", "jsonl", "csv", "warc"}))
      ->type_name("FORMAT");
  app.add_option("--published", o.published, "Publish date where none is known")->type_name("YYYY-MM-DD");
  app.add_option("--map", o.map, "JSON key or CSV column of a field (text, title, published, url, site, lang, id), as in text=maintext")
      ->allow_extra_args(false)  // or it would take the PATH behind it
      ->type_name("FIELD=KEY");
  app.add_option("--max-nesting", o.limits.nesting, "Archives within each other (6)")->check(CLI::Range(0, 64))->type_name("N");
  app.add_option("--max-member-bytes", o.limits.member_bytes, "Bytes of a member of a tar or zip (1 TiB)")
      ->check(whole_number_from(1))
      ->type_name("N");
  app.add_option("--max-documents", o.limits.documents, "Documents of one file (100 million)")->check(whole_number_from(1))->type_name("N");
  app.add_option("--max-expansion", o.limits.expansion, "Bytes made of one packed byte, once there are 64 MiB (200)")
      ->check(whole_number_from(1))
      ->type_name("N");
  app.add_option("--threads", o.threads, "Worker threads (0: all cores)")->check(CLI::Range(0, 512))->type_name("N");
}

void add_log_format(CLI::App& app, std::string& format) {
  app.add_option("--log-format", format, "Messages, progress and summary as text or as JSON, an object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
}

void add_checkpoint(CLI::App& app, double& seconds) {
  app.add_option("--checkpoint", seconds, "What is written becomes durable at least this often: what a crash may cost (1)")
      ->check(CLI::Range(0.0, 3600.0))
      ->type_name("SECONDS");
}

// A standard stream that is closed would be given to the next file opened: whatever that is would be read as input.
// Instead reading or writing it fails as it should.
void hold_standard_streams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) != -1) continue;
    if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) std::abort();
  }
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  CLI::App app{"factmill: facts with proof, from archives of raw news", "factmill"};
  app.set_version_flag("--version", std::string("factmill " FACTMILL_VERSION));
  app.require_subcommand(1);
  app.get_formatter()->label("TEXT", "");
  app.footer(
      "Examples:\n"
      "  factmill extract --published 2024-08-21 article.txt\n"
      "  factmill extract archive/ -o facts.db\n"
      "  factmill load facts.jsonl -o postgresql://loader@db.example/news\n"
      "  factmill verify facts.db\n"
      "  factmill annotate - < article.txt\n"
      "  factmill explain article.txt --line 9\n"
      "  factmill unclaimed archive/\n"
      "  factmill diff yesterday.jsonl today.jsonl\n"
      "  factmill check rules/\n\n"
      "Exit codes: 0 done, 1 more rejects than --max-rejects or a row that verify does not find again, 2 usage or system\n"
      "error, 3 the rules do not compile or their tests fail, 130 or 143 stopped by Ctrl-C or SIGTERM: run the same again\n"
      "to go on.");

  ExtractOptions extract;
  CLI::App* extract_app = app.add_subcommand("extract", "Facts as JSON Lines, CSV or rows of a database");
  add_input(*extract_app, extract);
  extract_app->add_option("-o,--output", extract.output, "-, *.jsonl, *.csv, *.db, postgresql://...")
      ->type_name("TARGET");
  extract_app
      ->add_option("--fx", extract.fx,
                   "Exchange rates by day: date,base,quote,rate lines, the ECB's eurofxref-hist.csv or a series of FRED's; "
                   "repeatable")
      ->allow_extra_args(false)
      ->type_name("FILE");
  extract_app
      ->add_option("--fx-max-age", extract.fx_max_age, "Days for which a rate of --fx stands until the next one (10)")
      ->check(CLI::Range(0, 3660))
      ->type_name("DAYS");
  extract_app
      ->add_option("--fx-default", extract.fx_default,
                   "CNY for one USD where neither the article nor --fx has a rate (7.1348)")
      ->type_name("RATE");
  extract_app
      ->add_option("--max-rejects", extract.max_rejects,
                   "Exit 1 if more documents or lines than this could not be read (else any number may)")
      ->check(whole_number_from(0))
      ->type_name("N");
  extract_app->add_option("--stats", extract.stats, "Write the run's summary as JSON")->type_name("FILE");
  extract_app
      ->add_option("--shard", extract.shard,
                   "The I-th of N runs that share the same input, cut by bytes: 3/16")
      ->type_name("I/N");
  extract_app->add_flag("--again", extract.again, "Read also what the output has already, by the same rules");
  extract_app->add_flag("--no-unclaimed", extract.no_unclaimed,
                        "Leave out the database's table of the numbers that no rule claimed");
  add_checkpoint(*extract_app, extract.checkpoint);
  add_log_format(*extract_app, extract.log_format);
  extract_app->footer(
      "An output that is a file or a database knows its inputs: the same command again leaves alone what is loaded\n"
      "already, and goes on where a run was stopped, killed or failed.\n"
      "--shard cuts JSON Lines and WARC between their records, also WARC.gz and WARC.zst with a record a frame. Any other\n"
      "file, compressed JSON Lines too, is read as a whole by the run in whose share it begins.\n\n"
      "Examples:\n"
      "  factmill extract archive/ -o facts.db --fx eurofxref-hist.csv --stats run.json\n"
      "  factmill extract archive/ -o facts.3.jsonl --shard 3/16\n"
      "  seq 16 | parallel factmill extract archive/ -o facts.{}.jsonl --shard {}/16 && factmill load facts.*.jsonl -o facts.db");

  LoadOptions load;
  CLI::App* load_app = app.add_subcommand("load", "Facts that were extracted elsewhere into a database or a file");
  load_app->add_option("FACTS", load.paths, "Facts as JSON Lines; folders of them; - for standard input")->required();
  load_app->add_option("-o,--output", load.output, "*.db, postgresql://..., *.jsonl, *.csv")
      ->type_name("TARGET")
      ->required();
  load_app->add_option("--max-rejects", load.max_rejects, "Exit 1 if more lines than this are no facts (else any number may be)")
      ->check(whole_number_from(0))
      ->type_name("N");
  load_app->add_option("--stats", load.stats, "Write the run's summary as JSON")->type_name("FILE");
  load_app->add_flag("--again", load.again, "Read also files that are loaded already");
  add_checkpoint(*load_app, load.checkpoint);
  add_log_format(*load_app, load.log_format);
  load_app->footer(
      "A document's facts replace what it had before; loading the same twice changes nothing. What only the documents'\n"
      "texts tell does not come with their facts: near-duplicates stay unmarked, and there are no rows of documents without\n"
      "facts and of numbers that no rule claimed. For these extract right into the database.\n\n"
      "Examples:\n"
      "  factmill load facts.*.jsonl -o facts.db\n"
      "  factmill load facts.jsonl -o postgresql://loader@db.example/news");

  VerifyOptions verify;
  CLI::App* verify_app = app.add_subcommand("verify", "Read every evidence again and say which rows no longer stand");
  verify_app->add_option("FACTS", verify.facts, "facts.db, postgresql://..., or facts as JSON Lines")->required();
  verify_app->add_option("ARCHIVE", verify.paths, "Where the documents are now (else where the rows say)");
  verify_app->add_option("--rules", verify.rules, "Folder of the rule pack, for its names of JSON keys")->type_name("DIR");
  verify_app->add_option("--from", verify.from, "What the input is (else told by name and content)")
      ->check(CLI::IsMember({"auto", "text", "html", "jsonl", "csv", "warc"}))
      ->type_name("FORMAT");
  verify_app->add_option("--map", verify.map, "JSON key of a field, as when they were extracted")
      ->allow_extra_args(false)
      ->type_name("FIELD=KEY");
  add_log_format(*verify_app, verify.log_format);
  verify_app->footer(
      "A document is known again by the hash of its bytes, wherever it stands. Each row that does not stand is a line\n"
      "on standard output: why, fact_id, source, quote. Exit code 1 if there is one.\n\n"
      "Examples:\n"
      "  factmill verify facts.db\n"
      "  factmill verify facts.jsonl moved/archive/");

  AnnotateOptions annotate;
  CLI::App* annotate_app = app.add_subcommand("annotate", "Every mention: values, dates, names");
  add_input(*annotate_app, annotate);
  annotate_app->add_flag("--explain", annotate.explain, "Add the rows of the tables that read each value");
  annotate_app->footer("Examples:\n  factmill annotate - < article.txt\n  factmill annotate archive/ --explain");

  Common check;
  CLI::App* check_app = app.add_subcommand("check", "Compile the rules and run the tests beside them");
  check_app->add_option("RULES", check.paths, "Folder of the rule pack (else $FACTMILL_RULES, ./rules, the installed one)")->expected(0, 1);
  check_app->footer("Each error with its file, line and column; exit code 3 if there is one.");

  ExplainOptions explain;
  CLI::App* explain_app = app.add_subcommand("explain", "For each sentence: mentions, rules tried, what stopped each");
  add_input(*explain_app, explain);
  explain_app->add_option("--rule", explain.rule, "Only sentences in which this rule was tried")->type_name("ID");
  explain_app->add_option("--line", explain.line, "Only sentences that begin on this line")->check(whole_number_from(1))->type_name("N");
  explain_app->footer(
      "What its lines mean, and what to do about each, stands in README.md of the rules.\n\n"
      "Examples:\n"
      "  factmill explain --published 2024-08-21 article.txt --line 9\n"
      "  factmill explain article.txt --rule noun.was");

  UnclaimedOptions unclaimed;
  CLI::App* unclaimed_app = app.add_subcommand("unclaimed", "Values that no rule claimed, by context, the most frequent first");
  add_input(*unclaimed_app, unclaimed);
  unclaimed_app->add_option("--top", unclaimed.top, "Only so many contexts (50; 0: all)")->check(whole_number_from(0))->type_name("N");
  unclaimed_app->footer("A line each: how often, the context, where it stands first and its sentence there, with tabs between.");

  std::string before, after;
  CLI::App* diff_app = app.add_subcommand("diff", "Facts that came, went or changed between two files of extract");
  diff_app->add_option("BEFORE", before, "Facts as JSON Lines")->required();
  diff_app->add_option("AFTER", after, "Facts as JSON Lines")->required();
  diff_app->footer(
      "A line for each fact that came, went or changed on standard output, their numbers on standard error. Exit code 0, also\n"
      "where the two differ.\n\n"
      "Example:\n"
      "  factmill diff yesterday.jsonl today.jsonl");

  std::string form = "json";
  CLI::App* schema_app = app.add_subcommand("schema", "The published contract");
  schema_app->add_option("FORM", form, "json, sqlite or postgresql")
      ->check(CLI::IsMember({"json", "sqlite", "postgresql"}));
  schema_app->footer(
      "json (also without FORM): a record of extract as JSON Schema; sqlite, postgresql: the tables.\n\n"
      "Example:\n"
      "  factmill schema sqlite");

  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return "factmill: error: " + std::string(error.what()) + "\nRun with --help for more information.\n";
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_name() == "RequiredError" && app.get_subcommands().empty()) {
      if (argc == 1 || argv[1][0] == '-') {
        complain(argc == 1 ? "no command; factmill --help lists them" : "no such option: '" + std::string(argv[1]) + "'");
        return kFailed;
      }
      std::vector<std::string_view> commands;
      for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
      complain("no such command: '" + std::string(argv[1]) + "'" + factmill::suggestion(argv[1], commands));
      return kFailed;
    }
    return app.exit(error) == 0 ? kDone : kFailed;
  }
  if (extract_app->parsed()) return run_extract(extract);
  if (load_app->parsed()) return run_load(load);
  if (verify_app->parsed()) return run_verify(verify);
  if (annotate_app->parsed()) return run_annotate(annotate);
  if (check_app->parsed()) return run_check(check);
  if (explain_app->parsed()) return run_explain(explain);
  if (unclaimed_app->parsed()) return run_unclaimed(unclaimed);
  if (diff_app->parsed()) return run_diff(before, after);
  return run_schema(form);
}
