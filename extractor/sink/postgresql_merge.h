// How staged rows become rows of PostgreSQL's tables: the statements of one merge, in their order. Thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace factmill {

// The temporary tables of a connection, which every commit empties.
std::vector<std::string> staging_ddl();
std::string staged_name(std::string_view table);
// Staged rows into their table, sorted.
std::string staged_upsert_sql(std::string_view table);

// Inserts the documents that nobody has, takes them out of the staged ones and names them: what belongs to them needs no
// merge. Whoever inserts the same at the same time waits for this transaction.
std::string insert_new_sql();
// Takes the documents out that stand there as they are, facts and all, and names them. $1 is the load.
std::string drop_unchanged_sql();

// `is_partial`: the batch adds facts to documents that stay as they are.
std::vector<std::string> merge_sql(bool is_partial);

// After the merge, where `staged_complete` names inputs that were read to their end: what they held in another pass
// goes, or moves to another place where the document stands too.
std::vector<std::string> remove_stale_sql();

// Rows of an unfinished load $2 and input $3 become the load's, $1.
std::vector<std::string> inherit_sql();

}  // namespace factmill
