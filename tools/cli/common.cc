#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "commands.h"
#include "sink/sink.h"

namespace factmill::cli {

// Given > environment > beside the working directory > installed > the source tree it was built from. A folder that
// was asked for is never replaced by another.
std::string find_rules(const std::string& given) {
  if (!given.empty()) return given;
  if (const char* env = std::getenv("FACTMILL_RULES"); env && *env) return env;
  std::vector<std::string> places = {"rules"};
  std::error_code error;
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) places.push_back((self.parent_path().parent_path() / "share/factmill/rules").string());
  places.push_back(FACTMILL_DATADIR "/factmill/rules");
  places.push_back(FACTMILL_SOURCE_RULES);
  for (const std::string& place : places) {
    if (std::filesystem::exists(std::filesystem::path(place) / "pack.yaml", error)) return place;
  }
  return "rules";
}

std::shared_ptr<const RulePack> load_pack(const std::string& directory) {
  Diagnostics diagnostics;
  std::shared_ptr<const RulePack> pack = load_rules(find_rules(directory), diagnostics);
  std::cerr << diagnostics.render();
  if (!pack)
    complain("the rules do not compile: " + std::to_string(diagnostics.errors()) +
             (diagnostics.errors() == 1 ? " error" : " errors"));
  return pack;
}

bool fill_read_options(const Common& common, ReadOptions& out) {
  if (common.from == "text") out.from = Format::text;
  if (common.from == "html") out.from = Format::html;
  if (common.from == "jsonl") out.from = Format::jsonl;
  if (common.from == "csv") out.from = Format::csv;
  if (common.from == "warc") out.from = Format::warc;
  if (!common.files_from.empty()) {
    Result<std::vector<InputFile>> files = read_file_list(common.files_from);
    if (!files) {
      complain(files.error().message);
      return false;
    }
    out.files = std::move(*files);
  }
  const ReadLimits& limits = common.limits;
  out.max_nesting = limits.nesting.value_or(out.max_nesting);
  out.max_member_bytes = limits.member_bytes.value_or(out.max_member_bytes);
  out.max_documents = limits.documents.value_or(out.max_documents);
  out.max_expansion = limits.expansion.value_or(out.max_expansion);
  for (const std::string& pair : common.map) {
    size_t equals = pair.find('=');
    auto field = equals == std::string::npos ? std::nullopt : field_from_name(pair.substr(0, equals));
    auto path = equals == std::string::npos ? std::nullopt : KeyPath::parse(pair.substr(equals + 1));
    if (!field || !path) {
      complain("--map takes FIELD=KEY with FIELD one of text, title, published, url, site, lang, id (got '" + pair +
               "')");
      return false;
    }
    out.map.emplace_back(*field, *path);
  }
  return true;
}

bool fill_run_options(const Common& common, RunOptions& out) {
  if (!common.published.empty()) {
    out.text.published = parse_publish_day(common.published);
    if (!out.text.published) {
      complain("--published takes a day as YYYY-MM-DD (got '" + common.published + "')");
      return false;
    }
  }
  if (!fill_read_options(common, out.read)) return false;
  if (common.paths.empty() && common.files_from.empty()) {
    complain("nothing to read: give a PATH or --files-from");
    return false;
  }
  out.threads =
      common.threads > 0 ? common.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return true;
}

std::string place_of(const Source& source) {
  std::string place = source.path;
  if (!source.member.empty()) place += ":" + source.member;
  if (source.offset) place += "@" + std::to_string(*source.offset);
  return place;
}

bool flush_output() {
  if (std::cout.flush() || errno == EPIPE) return true;
  complain(std::string("cannot write to standard output: ") + std::strerror(errno));
  return false;
}

bool is_no_json_lines(const std::string& command, const std::string& path) {
  constexpr std::string_view kSqlite = "SQLite format 3";
  std::string begin(kSqlite.size(), ' ');
  std::ifstream file;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) file.open(path, std::ios::binary);
  if (!file.read(begin.data(), static_cast<std::streamsize>(begin.size())) || begin != kSqlite) return false;
  complain(path + " is a database; " + command + " reads facts as JSON Lines");
  return true;
}

bool leave_out_output(const std::string& output, const std::vector<std::string>& paths,
                      const std::vector<InputFile>& files, std::vector<std::string>& leave_out) {
  leave_out = files_of(output);
  std::vector<std::string> named = paths;
  for (const InputFile& file : files) named.push_back(file.path);
  for (const std::string& path : named) {
    for (const std::string& own : leave_out) {
      std::error_code error;
      if (!std::filesystem::equivalent(path, own, error) || error) continue;
      complain(path + " is read and written by the same run; give another -o");
      return false;
    }
  }
  return true;
}

}  // namespace factmill::cli
