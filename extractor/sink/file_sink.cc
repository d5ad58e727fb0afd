#include "sink/file_sink.h"

#include <sys/stat.h>

#include <utility>

#include "sink/output_file.h"

namespace factmill {
namespace {

bool exists(const std::string& path) {
  struct stat info {};
  return !path.empty() && stat(path.c_str(), &info) == 0;
}

class FileSink : public Sink {
 public:
  FileSink(std::unique_ptr<OutputFile> facts, std::string rejects_path, const FileFormat& format)
      : format_(format), facts_(std::move(facts)), rejects_path_(std::move(rejects_path)) {}

  Status write(const DocumentFacts& document) override {
    scratch_.clear();
    for (const Fact& fact : document.facts) format_.append_fact(fact, scratch_);
    return facts_->append(scratch_);
  }

  Status reject(const Reject& reject) override {
    if (rejects_path_.empty()) return {};
    if (Status status = open_rejects(); !status) return status;
    scratch_.clear();
    append_json(reject, scratch_);
    scratch_ += '\n';
    return rejects_->append(scratch_);
  }

  Status flush() override {
    if (Status status = facts_->flush(); !status) return status;
    return rejects_ ? rejects_->flush() : Status{};
  }

  Status finish() override {
    // Rejects of an earlier run must not stand beside the facts of this one.
    if (!rejects_ && exists(rejects_path_)) {
      if (Status status = open_rejects(); !status) return status;
    }
    if (rejects_) {
      if (Status status = rejects_->commit(); !status) return status;
    }
    return facts_->commit();
  }

 private:
  Status open_rejects() {
    if (rejects_) return {};
    Result<std::unique_ptr<OutputFile>> file = OutputFile::open(rejects_path_);
    if (!file) return file.error();
    rejects_ = *std::move(file);
    return {};
  }

  const FileFormat& format_;
  std::unique_ptr<OutputFile> facts_;
  std::string rejects_path_;  // empty: the target is a stream
  std::unique_ptr<OutputFile> rejects_;  // from the first reject on
  std::string scratch_;
};

}  // namespace

std::string rejects_path_of(const std::string& path) {
  const size_t name = path.find_last_of('/') + 1;  // npos + 1 is 0
  const size_t dot = path.find_last_of('.');
  const bool has_extension = dot != std::string::npos && dot > name;
  return path.substr(0, has_extension ? dot : path.size()) + ".rejects.jsonl";
}

Result<std::unique_ptr<Sink>> open_file_sink(const std::string& path, const FileFormat& format) {
  Result<std::unique_ptr<OutputFile>> file = OutputFile::open(path);
  if (!file) return file.error();
  std::string header;
  format.append_header(header);
  if (Status status = (*file)->append(header); !status) return status.error();
  std::string rejects_path = (*file)->is_stream() ? std::string() : rejects_path_of(path);
  return std::unique_ptr<Sink>(std::make_unique<FileSink>(*std::move(file), std::move(rejects_path), format));
}

}  // namespace factmill
