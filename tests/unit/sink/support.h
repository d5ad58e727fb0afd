// What the tests of this room share: a scratch directory, facts to write, and databases to look into.
#pragma once
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "resolve/fact.h"
#include "sink/sink.h"

namespace factmill::testing {

// NULL is "NULL"; numbers are in plain digits without trailing zeros, whatever the database prints.
using Rows = std::vector<std::vector<std::string>>;

// Removed with everything in it.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory();
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> names() const;  // sorted

 private:
  std::string path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);
// RFC 4180, header included.
Rows read_csv(const std::string& bytes);

// A database seen from outside the sink. Failing statements fail the test.
class Database {
 public:
  virtual ~Database() = default;
  virtual Rows query(const std::string& sql) = 0;
};

std::unique_ptr<Database> open_sqlite(const std::string& path);  // ":memory:" too

// An empty database on the one PostgreSQL server of this test program; null, with a message, where none is installed.
struct PostgresqlDatabase {
  std::string url;
  std::unique_ptr<Database> database;
};
std::unique_ptr<PostgresqlDatabase> make_postgresql();

// A fact that every sink takes: the ids are `letter` repeated.
std::string id_of(char letter);
Fact make_fact(char fact_letter, char doc_letter);
DocumentFacts make_document(char letter, std::vector<Fact> facts);
Reject make_reject(const std::string& path, const std::string& code);

std::unique_ptr<Sink> must_open(const std::string& target);
// Writes the documents as one finished load.
void load(const std::string& target, const std::vector<DocumentFacts>& documents);

}  // namespace factmill::testing

// So that a failed comparison of rows shows them.
template <>
struct doctest::StringMaker<factmill::testing::Rows> {
  static String convert(const factmill::testing::Rows& rows) {
    std::string text;
    for (const auto& row : rows) {
      text += "\n    ";
      for (const std::string& cell : row) text += "[" + cell + "]";
    }
    return text.c_str();
  }
};
