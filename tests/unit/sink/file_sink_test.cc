// What a file looks like, byte for byte, and that it is there whole or not at all.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "sink/fact_columns.h"
#include "unit/sink/support.h"

namespace factmill::testing {
namespace {

Fact full_fact() {
  Fact fact;
  fact.fact_id = id_of('1');
  fact.doc_id = id_of('a');
  fact.path = "news.tar";
  fact.member = "a.html";
  fact.offset = 512;
  fact.url = "https://example.org/a";
  fact.charset = "GB18030";
  fact.title = "Q2, \"record\"";
  fact.site = "example.org";
  fact.lang = "en";
  fact.published = "2024-08-21";
  fact.published_from = "metadata";
  fact.metric = "revenue";
  fact.measure = "change";
  fact.basis = "yoy";
  fact.company = "Xiaomi";
  fact.company_id = "xiaomi";
  fact.brand = "b";
  fact.model = "SU7";
  fact.variant = "Pro";
  fact.industry = "i";
  fact.segment = "s";
  fact.region = "CN";
  fact.counterparty = "c";
  fact.feature = "f";
  fact.value = Decimal::parse("-6.40");
  fact.value_low = Decimal(-7);
  fact.value_high = Decimal(-6);
  fact.qualifier = "about";
  fact.unit = "CNY";
  fact.per = "share";
  fact.value_std = Decimal(1);
  fact.unit_std = "km";
  fact.value_low_std = Decimal(2);
  fact.value_high_std = Decimal(3);
  fact.stated_alt = StatedAmount{Decimal::parse("-0.9"), Decimal(-1), Decimal(0), "USD"};
  fact.value_cny = Decimal::parse("-6.4");
  fact.value_usd = Decimal::parse("-0.897");
  fact.fx_rate = Decimal::parse("7.1348");
  fact.fx_from = "default";
  fact.period = "2024-Q2";
  fact.period_start = "2024-04-01";
  fact.period_end = "2024-06-30";
  fact.period_kind = "quarter";
  fact.period_from = "clause";
  fact.company_from = "title";
  fact.modality = "guidance";
  fact.status = "revised";
  fact.attributes = {{"cycle", "CLTC"}, {"soc", "10-80"}};
  fact.attributed_to = "CPCA";
  fact.stated_on = "2024-05-23";
  fact.evidence = {{10, 13, "6.4"}, {90, 94, "6.40"}};
  fact.sentence = {0, 40};
  fact.rule = "revenue.was";
  fact.pack = "ev@0.1.0";
  fact.flags = {"fx_mismatch", "period_inferred"};
  return fact;
}

TEST_CASE("jsonl: a record has its keys in the order of the contract") {
  std::string line;
  append_json(full_fact(), line);
  CHECK(line ==
        R"({"fact_id":"11111111111111111111111111111111","doc_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("source":{"path":"news.tar","member":"a.html","offset":512,"url":"https://example.org/a","charset":"GB18030"},)"
        R"("title":"Q2, \"record\"","site":"example.org","lang":"en","published":"2024-08-21",)"
        R"("published_from":"metadata","metric":"revenue","measure":"change","basis":"yoy","company":"Xiaomi",)"
        R"("brand":"b","model":"SU7","variant":"Pro","company_id":"xiaomi","industry":"i","segment":"s",)"
        R"("region":"CN","counterparty":"c","feature":"f","value":-6.4,"value_low":-7,"value_high":-6,)"
        R"("qualifier":"about","unit":"CNY","per":"share","value_std":1,"unit_std":"km","value_low_std":2,)"
        R"("value_high_std":3,"stated_alt":{"value":-0.9,"value_low":-1,"value_high":0,"unit":"USD"},)"
        R"("value_cny":-6.4,"value_usd":-0.897,"fx_rate":7.1348,"fx_from":"default","period":"2024-Q2",)"
        R"("period_start":"2024-04-01","period_end":"2024-06-30","period_kind":"quarter","period_from":"clause",)"
        R"("company_from":"title","modality":"guidance","status":"revised",)"
        R"("attributes":{"cycle":"CLTC","soc":"10-80"},"attributed_to":"CPCA","stated_on":"2024-05-23",)"
        R"("evidence":[{"start":10,"end":13,"text":"6.4"},{"start":90,"end":94,"text":"6.40"}],)"
        R"("sentence":{"start":0,"end":40},"rule":"revenue.was","pack":"ev@0.1.0",)"
        R"("flags":["fx_mismatch","period_inferred"]})");
}

TEST_CASE("jsonl: absent values and defaults are left out") {
  std::string line;
  append_json(make_fact('1', 'a'), line);
  CHECK(line ==
        R"({"fact_id":"11111111111111111111111111111111","doc_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)"
        R"("source":{"path":"news/a.html"},"metric":"deliveries","company":"Xiaomi","value":27307,"unit":"vehicle",)"
        R"("evidence":[{"start":10,"end":16,"text":"27,307"}],"sentence":{"start":0,"end":40},)"
        R"("rule":"deliveries.passive","pack":"ev@0.1.0"})");
  Fact spelt = make_fact('1', 'a');
  spelt.qualifier = "exact";
  std::string same;
  append_json(spelt, same);
  CHECK(same == line);
}

TEST_CASE("jsonl: a reject names its place") {
  Reject reject = make_reject("news.tar", "too-long");
  reject.source.member = "a.html";
  reject.source.offset = 512;
  reject.offset = 7;
  reject.line = 3;
  std::string line;
  append_json(reject, line);
  CHECK(line ==
        R"({"source":{"path":"news.tar","member":"a.html","offset":512},"offset":7,"line":3,"stage":"archive",)"
        R"("code":"too-long","message":"cannot read it"})");
}

TEST_CASE("csv: header and rows, defaults spelt out") {
  ScratchDirectory directory;
  load(directory / "facts.csv", {make_document('a', {full_fact(), make_fact('2', 'a')})});
  CHECK(read_file(directory / "facts.csv") ==
        "fact_id,doc_id,source_path,source_member,source_offset,source_url,source_charset,title,site,lang,published,"
        "published_from,metric,measure,basis,company,brand,model,variant,company_id,industry,segment,region,"
        "counterparty,feature,value,value_low,value_high,qualifier,unit,per,value_std,unit_std,value_low_std,"
        "value_high_std,stated_alt_value,stated_alt_value_low,stated_alt_value_high,stated_alt_unit,value_cny,"
        "value_usd,fx_rate,fx_from,period,period_start,period_end,period_kind,period_from,company_from,modality,"
        "status,attributes,attributed_to,stated_on,evidence_start,evidence_end,evidence_text,evidence,"
        "sentence_start,sentence_end,rule,pack,flags\r\n"
        "11111111111111111111111111111111,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,news.tar,a.html,512,"
        "https://example.org/a,GB18030,\"Q2, \"\"record\"\"\",example.org,en,2024-08-21,metadata,revenue,change,yoy,"
        "Xiaomi,b,SU7,Pro,xiaomi,i,s,CN,c,f,-6.4,-7,-6,about,CNY,share,1,km,2,3,-0.9,-1,0,USD,-6.4,-0.897,7.1348,"
        "default,2024-Q2,2024-04-01,2024-06-30,quarter,clause,title,guidance,revised,"
        "\"{\"\"cycle\"\":\"\"CLTC\"\",\"\"soc\"\":\"\"10-80\"\"}\",CPCA,2024-05-23,10,13,6.4,"
        "\"[{\"\"start\"\":10,\"\"end\"\":13,\"\"text\"\":\"\"6.4\"\"},{\"\"start\"\":90,\"\"end\"\":94,\"\"text\"\":\"\"6.40\"\"}]\","
        "0,40,revenue.was,ev@0.1.0,\"[\"\"fx_mismatch\"\",\"\"period_inferred\"\"]\"\r\n"
        "22222222222222222222222222222222,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,news/a.html,,,,,,,,,,deliveries,level,,"
        "Xiaomi,,,,,,,,,,27307,,,exact,vehicle,,,,,,,,,,,,,,,,,,,,actual,,,,,10,16,\"27,307\","
        "\"[{\"\"start\"\":10,\"\"end\"\":16,\"\"text\"\":\"\"27,307\"\"}]\",0,40,deliveries.passive,ev@0.1.0,\r\n");
}

TEST_CASE("file: it appears under its name only when it is finished") {
  ScratchDirectory directory;
  write_file(directory / "facts.jsonl", "old\n");
  {
    const auto sink = must_open(directory / "facts.jsonl");
    REQUIRE(sink->write(make_document('a', {make_fact('1', 'a')})));
    REQUIRE(sink->flush());
    CHECK(read_file(directory / "facts.jsonl") == "old\n");
    CHECK(directory.names().size() == 2);
  }
  CHECK(read_file(directory / "facts.jsonl") == "old\n");
  CHECK(directory.names() == std::vector<std::string>{"facts.jsonl"});
  load(directory / "facts.jsonl", {});
  CHECK(read_file(directory / "facts.jsonl").empty());
}

TEST_CASE("file: a process that is killed leaves no file under the final name") {
  ScratchDirectory directory;
  const pid_t child = fork();
  if (child == 0) {
    const auto sink = open_sink(directory / "facts.jsonl", {});
    if (!sink || !(*sink)->write(make_document('a', {make_fact('1', 'a')})) || !(*sink)->flush()) _exit(1);
    raise(SIGKILL);
  }
  int state = 0;
  waitpid(child, &state, 0);
  CHECK(WIFSIGNALED(state));
  CHECK(access((directory / "facts.jsonl").c_str(), F_OK) != 0);
}

TEST_CASE("file: a link stays a link") {
  ScratchDirectory directory;
  write_file(directory / "real.jsonl", "old\n");
  REQUIRE(symlink((directory / "real.jsonl").c_str(), (directory / "facts.jsonl").c_str()) == 0);
  load(directory / "facts.jsonl", {make_document('a', {make_fact('1', 'a')})});
  struct stat info {};
  REQUIRE(lstat((directory / "facts.jsonl").c_str(), &info) == 0);
  CHECK(S_ISLNK(info.st_mode));
  CHECK(read_file(directory / "real.jsonl").size() > 100);
}

TEST_CASE("file: a full disk is an error with its reason") {
  const auto sink = open_sink("/dev/full", {}, SinkKind::jsonl);
  REQUIRE(sink);
  REQUIRE((*sink)->write(make_document('a', {make_fact('1', 'a')})));
  const Status status = (*sink)->flush();
  REQUIRE_FALSE(status);
  CHECK(status.error().message == "/dev/full: error: cannot write: No space left on device");
  CHECK_FALSE(is_broken_pipe(status.error()));
  CHECK((*sink)->finish().error().message == status.error().message);
}

TEST_CASE("file: a file that may grow no further leaves nothing behind") {
  ScratchDirectory directory;
  struct rlimit before {};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small {4096, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  Status status;
  {
    const auto sink = open_sink(directory / "facts.csv", {});
    for (int i = 0; i < 500 && status; ++i) status = (*sink)->write(make_document('a', {make_fact('1', 'a')}));
  }
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);
  REQUIRE_FALSE(status);
  CHECK(status.error().message == (directory / "facts.csv") + ": error: cannot write: File too large");
  CHECK(directory.names().empty());
}

// What a child with this standard output says of a sink on "-": 0 success, 1 another error, 2 a broken pipe.
int child_writes_to(int output) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGPIPE, SIG_IGN);
    dup2(output, STDOUT_FILENO);
    const auto sink = open_sink("-", {});
    Status status = (*sink)->write(make_document('a', {make_fact('1', 'a')}));
    if (status) status = (*sink)->reject(make_reject("b.html", "unreadable"));
    if (status) status = (*sink)->finish();
    _exit(status ? 0 : is_broken_pipe(status.error()) ? 2 : 1);
  }
  int state = 0;
  waitpid(child, &state, 0);
  return WEXITSTATUS(state);
}

TEST_CASE("stdout: facts alone, and a reader that has gone is told apart") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  CHECK(child_writes_to(ends[1]) == 0);
  char buffer[4096];
  const ssize_t size = read(ends[0], buffer, sizeof buffer);
  std::string line;
  append_json(make_fact('1', 'a'), line);
  CHECK(std::string(buffer, size > 0 ? static_cast<size_t>(size) : 0) == line + "\n");
  close(ends[0]);
  CHECK(child_writes_to(ends[1]) == 2);
  close(ends[1]);
  const int full = open("/dev/full", O_WRONLY);
  CHECK(child_writes_to(full) == 1);
  close(full);
}

}  // namespace
}  // namespace factmill::testing
