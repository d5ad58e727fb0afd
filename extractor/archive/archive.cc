#include "archive/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "archive/stream.h"
#include "archive/walker.h"

namespace factmill {
namespace {

void read_source(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles, Output& output,
                 std::optional<Day> published = std::nullopt, ByteRange part = {}, const Source* target = nullptr) {
  FileContext file{options, profiles, output, Expansion(options.max_expansion, options.expansion_floor), published, part, target};
  CountedSource counted(bytes, file.expansion);
  Input input(counted, options.block_bytes);
  Source place;
  place.path = path;
  Stream stream{input, file, place, path, 0, true};
  ++output.summary().files;
  output.begin_file();
  read_layers(stream);
  output.summary().bytes += file.expansion.bytes_read();
}

void open_and_read(const InputFile& file, const ReadOptions& options, const Profiles& profiles, Output& output, ByteRange part,
                   const Source* target = nullptr) {
  if (part.begin >= part.end) return;
  if (file.path == "-") {
    FileSource source(STDIN_FILENO, false, [&] { output.wait(); });
    return read_source(source, file.path, options, profiles, output, file.published);
  }
  const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return reject_errno(output, file.path, "cannot open it");
  FileSource source(descriptor, true, [&] { output.wait(); });
  if (part.begin > 0 && !source.seek(0, SEEK_CUR)) return reject_errno(output, file.path, "cannot read a part of it");
  read_source(source, file.path, options, profiles, output, file.published, part, target);
}

// Every file, in order. A folder named twice is walked twice, as a file would be read twice.
void walk_all(const std::vector<std::string>& paths, const ReadOptions& options, Output& output, const std::function<void(InputFile&&)>& on_file) {
  for (const std::string& path : paths) {
    if (output.summary().stopped) return;
    Walker(options, output, on_file).walk(path);
  }
  for (const InputFile& file : options.files) {
    if (output.summary().stopped) return;
    Walker(options, output, [&](InputFile&& found) {
      found.published = file.published;
      on_file(std::move(found));
    }).walk(file.path);
  }
}

}  // namespace

ReadSummary read_records(const std::vector<std::string>& paths, const ReadOptions& options, const Profiles& profiles, RecordSink& sink) {
  ReadSummary summary;
  Output output(options, sink, summary);
  walk_all(paths, options, output, [&](InputFile&& file) { open_and_read(file, options, profiles, output, ByteRange()); });
  return summary;
}

std::vector<InputFile> list_files(const std::vector<std::string>& paths, const ReadOptions& options, RecordSink& rejects, ReadSummary& summary) {
  std::vector<InputFile> files;
  Output output(options, rejects, summary);
  walk_all(paths, options, output, [&](InputFile&& file) { files.push_back(std::move(file)); });
  return files;
}

ReadSummary read_file(const InputFile& file, ByteRange part, const ReadOptions& options, const Profiles& profiles, RecordSink& sink) {
  ReadSummary summary;
  Output output(options, sink, summary);
  open_and_read(file, options, profiles, output, part);
  return summary;
}

ReadSummary read_target(const Source& target, ByteRange part, const ReadOptions& options, const Profiles& profiles, RecordSink& sink) {
  ReadSummary summary;
  Output output(options, sink, summary);
  open_and_read({target.path, 0, std::nullopt}, options, profiles, output, part, &target);
  return summary;
}

ReadSummary read_stream(ByteSource& bytes, const std::string& path, const ReadOptions& options, const Profiles& profiles, RecordSink& sink) {
  ReadSummary summary;
  Output output(options, sink, summary);
  read_source(bytes, path, options, profiles, output);
  return summary;
}

}  // namespace factmill
