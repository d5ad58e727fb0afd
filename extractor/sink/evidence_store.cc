#include "sink/evidence_store.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "sink/database_sink.h"
#include "sink/fact_reader.h"
#include "sink/migrations.h"
#include "sink/postgresql_connection.h"
#include "sink/sink.h"
#include "sink/sqlite_database.h"

namespace factmill {
namespace {

constexpr char kPaths[] = "SELECT DISTINCT source_path FROM fact ORDER BY 1";
constexpr char kDocuments[] = "SELECT DISTINCT doc_id FROM fact ORDER BY 1";

std::string find_sql(const char* parameter) {
  return "SELECT fact.fact_id, ordinal, span_start, span_end, evidence.text, coalesce(source_charset, ''), source_path, "
         "coalesce(source_member, ''), source_offset, coalesce(source_url, '') FROM fact "
         "JOIN evidence ON evidence.fact_id = fact.fact_id WHERE doc_id = " + std::string(parameter) +
         " ORDER BY fact.fact_id, ordinal";
}

bool is_readable(int64_t version) { return version == kSchemaVersion || can_migrate(version); }

class SqliteStore : public EvidenceStore {
 public:
  Status open(const std::string& path) {
    if (Status status = database_.open(path, /*may_create=*/false); !status) return status;
    int64_t application = 0, version = 0;
    if (Status status = database_.ask("PRAGMA application_id", application); !status) return status;
    if (Status status = database_.ask("PRAGMA user_version", version); !status) return status;
    if (application != kApplicationId) return Error{path + ": error: the database belongs to another program"};
    if (!is_readable(version)) return Error{path + ": error: " + wrong_schema_message(std::to_string(version))};
    if (Status status = database_.prepare(find_, find_sql("?1")); !status) return status;
    if (Status status = database_.prepare(paths_, kPaths); !status) return status;
    return database_.prepare(documents_, kDocuments);
  }
  Status find(const std::string& doc_id, std::vector<EvidenceRow>& rows) override {
    rows.clear();
    return database_.each(find_, {std::string_view(doc_id)}, [&](SqliteStatement& row) {
      const auto number = [&](int column) { return static_cast<uint64_t>(row.integer(column)); };
      EvidenceRow& evidence = rows.emplace_back();
      evidence = {row.text(0), number(1), number(2), number(3), row.text(4), row.text(5), {}};
      evidence.source = {row.text(6), row.text(7), {}, row.text(9)};
      if (!row.is_null(8)) evidence.source.offset = number(8);
    });
  }
  Status paths(std::vector<std::string>& paths) override {
    return database_.each(paths_, {}, [&](SqliteStatement& row) { paths.push_back(row.text(0)); });
  }
  Status each_document(const std::function<void(const std::string&)>& use) override {
    return database_.each(documents_, {}, [&](SqliteStatement& row) { use(row.text(0)); });
  }

 private:
  SqliteDatabase database_;
  SqliteStatement find_, paths_, documents_;
};

class PostgresqlStore : public EvidenceStore {
 public:
  Status open(const std::string& url) {
    if (Status status = connection_.open(url); !status) return status;
    std::string version;
    if (Status status = connection_.ask("SELECT max(version) FROM schema_version", {}, version); !status) return status;
    if (version.empty() || !is_readable(std::stoll(version))) {
      return Error{connection_.where() + ": error: " + wrong_schema_message(version)};
    }
    return {};
  }
  Status find(const std::string& doc_id, std::vector<EvidenceRow>& rows) override {
    rows.clear();
    return connection_.each(find_sql("$1"), {doc_id}, [&](const std::vector<std::string_view>& row) {
      const auto text = [&](size_t column) { return std::string(row[column]); };
      const auto number = [&](size_t column) { return std::stoull(text(column)); };
      EvidenceRow& evidence = rows.emplace_back();
      evidence = {text(0), number(1), number(2), number(3), text(4), text(5), {}};
      evidence.source = {text(6), text(7), {}, text(9)};
      if (!row[8].empty()) evidence.source.offset = number(8);
    });
  }
  Status paths(std::vector<std::string>& paths) override {
    const auto use = [&](const std::vector<std::string_view>& row) { paths.emplace_back(row[0]); };
    return connection_.each(kPaths, {}, use);
  }
  Status each_document(const std::function<void(const std::string&)>& use) override {
    return connection_.each(kDocuments, {}, [&](const std::vector<std::string_view>& row) { use(std::string(row[0])); });
  }

 private:
  PostgresqlConnection connection_;
};

// Of the file only the places of the lines are kept, by document.
class JsonlStore : public EvidenceStore {
 public:
  Status open(const std::string& path) {
    path_ = path;
    file_.open(path, std::ios::binary);
    if (!file_) return Error{path + ": error: cannot read it"};
    std::string line;
    uint64_t number = 0;
    for (int64_t at = 0; std::getline(file_, line); at += static_cast<int64_t>(line.size()) + 1) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      Fact fact;
      std::string problem;
      if (!reader_.read(line, fact, problem)) {
        return Error{path + ":" + std::to_string(number) + ": error: no fact: " + problem};
      }
      lines_[fact.doc_id].push_back(at);
      paths_.insert(fact.path);
    }
    return file_.bad() ? Status(Error{path + ": error: cannot read it to its end"}) : Status();
  }
  Status find(const std::string& doc_id, std::vector<EvidenceRow>& rows) override {
    rows.clear();
    const auto found = lines_.find(doc_id);
    if (found == lines_.end()) return {};
    std::string line, problem;
    for (const int64_t at : found->second) {
      file_.clear();
      file_.seekg(at);
      Fact fact;
      if (!std::getline(file_, line) || !reader_.read(line, fact, problem)) {
        return Error{path_ + ": error: the file changed while it was read"};
      }
      for (size_t i = 0; i < fact.evidence.size(); ++i) {
        Evidence& evidence = fact.evidence[i];
        rows.push_back({fact.fact_id, i, evidence.start, evidence.end, std::move(evidence.text), fact.charset,
                        {fact.path, fact.member, fact.offset, fact.url}});
      }
    }
    return {};
  }
  Status paths(std::vector<std::string>& paths) override {
    paths.assign(paths_.begin(), paths_.end());
    return {};
  }
  Status each_document(const std::function<void(const std::string&)>& use) override {
    for (const auto& [doc_id, lines] : lines_) use(doc_id);
    return {};
  }

 private:
  std::string path_;
  std::ifstream file_;
  FactReader reader_;
  std::map<std::string, std::vector<int64_t>> lines_;
  std::set<std::string> paths_;
};

template <class Store>
Result<std::unique_ptr<EvidenceStore>> opened(const std::string& target) {
  auto store = std::make_unique<Store>();
  if (Status status = store->open(target); !status) return status.error();
  return std::unique_ptr<EvidenceStore>(std::move(store));
}

}  // namespace

Result<std::unique_ptr<EvidenceStore>> open_evidence_store(const std::string& target) {
  switch (sink_kind_of(target)) {
    case SinkKind::sqlite: return opened<SqliteStore>(target);
    case SinkKind::postgresql: return opened<PostgresqlStore>(target);
    case SinkKind::jsonl:
      if (target != "-") return opened<JsonlStore>(target);
      break;
    case SinkKind::csv:
    case SinkKind::automatic: break;
  }
  return Error{target + ": error: facts cannot be looked up there (expected *.db, postgresql://... or *.jsonl)"};
}

}  // namespace factmill
