// CSV with a row of names first. Columns become fields by the same profiles and --map as the keys of JSON.
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "archive/csv_row.h"
#include "archive/sniff.h"
#include "archive/snippet.h"
#include "archive/stream.h"
#include "base/ascii.h"

namespace factmill {
namespace {

constexpr std::array<char, 3> kDelimiters = {',', ';', '\t'};

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string_view without_line_break(std::string_view row) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

// Which columns hold which field.
struct CsvColumns {
  CsvColumns(const CsvCells& header, const ReadOptions& options, const Profiles& profiles) : count(header.size) {
    std::vector<std::string_view> names;
    for (size_t i = 0; i < header.size; ++i) names.push_back(trimmed(header.cells[i]));
    const auto add = [&](size_t field, const std::vector<KeyPath>& paths) {
      for (const KeyPath& path : paths) {
        const std::string name = path.to_string();
        for (size_t i = 0; i < names.size(); ++i) {
          if (same_name(names[i], name)) fields[field].push_back(i);
        }
      }
    };
    const auto has_all = [&](const std::vector<KeyPath>& paths) {
      return std::all_of(paths.begin(), paths.end(), [&](const KeyPath& path) {
        return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return same_name(name, path.to_string()); });
      });
    };
    std::array<bool, kRecordFields> mapped{};
    for (const auto& [field, path] : options.map) {
      mapped[static_cast<size_t>(field)] = true;
      add(static_cast<size_t>(field), {path});
    }
    for (const Profile& candidate : profiles.all) {
      if (!has_all(candidate.when)) continue;
      profile = &candidate;
      break;
    }
    for (size_t field = 0; field < kRecordFields && profile != nullptr; ++field) {
      // A mapped text that is not there is not replaced by another one unseen.
      if (field != static_cast<size_t>(RecordField::text) || !mapped[field]) add(field, profile->fields[field]);
    }
  }

  bool has_text() const { return !fields[static_cast<size_t>(RecordField::text)].empty(); }

  const std::string* value(const CsvCells& row, RecordField field) const {
    for (size_t column : fields[static_cast<size_t>(field)]) {
      const std::string& cell = row.cells[column];
      const bool is_null = profile != nullptr && std::find(profile->null_words.begin(), profile->null_words.end(), cell) != profile->null_words.end();
      if (is_null || is_blank(cell) || (field == RecordField::url && cell.find("://") == std::string::npos)) continue;
      return &cell;
    }
    return nullptr;
  }

  std::string text(const CsvCells& row, RecordField field) const {
    const std::string* cell = value(row, field);
    return cell != nullptr ? *cell : std::string();
  }

  size_t count;
  std::array<std::vector<size_t>, kRecordFields> fields;
  const Profile* profile = nullptr;
};

class CsvReader {
 public:
  explicit CsvReader(Stream& stream) : stream_(stream), scanner_(delimiter()) {}

  void run() {
    for (std::string_view block = stream_.input.next(); !block.empty(); block = stream_.input.next()) {
      take(block);
      if (done()) return;
    }
    if (stream_.input.failure()) {
      stream_.reject_failure();
      if (!row_.empty()) reject("truncated-row", "the input ended within the row", row_, 0);
      return;
    }
    // What a stray quote swallowed up to the end is read again behind its line.
    while (!row_.empty() && !done()) {
      if (scanner_.in_quotes()) {
        read_again_behind_line();
      } else {
        end_row(row_);
        row_.clear();
      }
    }
    if (!columns_ && !done()) stream_.reject("empty", "the file is empty");
  }

 private:
  bool done() const { return ended_ || stream_.output().stopped(); }

  // The delimiter whose reading of the first row names a column of the text; else the one that parts it into the most.
  char delimiter() {
    std::string_view head;
    for (size_t size = kSniffBytes;; size *= 4) {
      head = stream_.input.peek(std::min(size, stream_.options().max_line_bytes));
      if (head.find('\n') != std::string_view::npos || head.size() < size || size >= stream_.options().max_line_bytes) break;
    }
    if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
    char best = kDelimiters[0];
    std::pair<bool, size_t> best_score{false, 0};
    for (char candidate : kDelimiters) {
      CsvRowScanner scanner(candidate);
      bool ended = false;
      CsvCells cells;
      if (split_csv_row(without_line_break(head.substr(0, scanner.scan(head, ended))), candidate, cells)) continue;
      const std::pair<bool, size_t> score{CsvColumns(cells, stream_.options(), stream_.file.profiles).has_text(), cells.size};
      if (score <= best_score) continue;
      best = candidate;
      best_score = score;
    }
    delimiter_ = best;
    return best;
  }

  // Takes a piece of the stream, row by row; what is left of it goes to row_.
  void take(std::string_view piece) {
    while (!piece.empty() && !done()) {
      bool ended = false;
      const size_t size = scanner_.scan(piece, ended);
      const std::string_view part = piece.substr(0, size);
      piece.remove_prefix(size);
      if (skipping_) {
        offset_ += part.size();
        if (ended) ++line_;
        skipping_ = !ended;
      } else if (ended && row_.empty() && part.size() <= stream_.options().max_line_bytes) {
        end_row(part);
      } else {
        row_ += part;
        if (row_.size() > stream_.options().max_line_bytes) {
          refuse_long_row(ended);
        } else if (ended) {
          const std::string row = std::move(row_);
          row_.clear();
          end_row(row);
        }
      }
    }
  }

  void refuse_long_row(bool ended) {
    if (!ended && scanner_.in_quotes() && row_.find('\n') != std::string::npos) return read_again_behind_line();
    reject("too-long", "the row has more than " + size_text(stream_.options().max_line_bytes), row_, 0);
    offset_ += row_.size();
    if (ended) ++line_;
    skipping_ = !ended;
    row_.clear();
    row_.shrink_to_fit();
  }

  // A quote in row_ was opened and not closed: most likely it was no quote. Only its line is lost.
  void read_again_behind_line() {
    const std::string row = std::move(row_);
    row_.clear();
    const size_t line_end = row.find('\n');
    const std::string_view line = std::string_view(row).substr(0, line_end);
    CsvCells cells;
    const auto problem = split_csv_row(line, delimiter_, cells);
    reject("unclosed-quote", "a quote is opened and not closed", line, problem ? problem->at : 0);
    if (!columns_) ended_ = true;  // without the names nothing can be told
    scanner_.reset();
    if (line_end == std::string::npos) return;
    offset_ += line_end + 1;
    ++line_;
    take(std::string_view(row).substr(line_end + 1));
  }

  // `raw` is the row with its line break.
  void end_row(std::string_view raw) {
    std::string_view row = without_line_break(raw);
    if (offset_ == 0 && row.starts_with(kByteOrderMark)) {
      row.remove_prefix(kByteOrderMark.size());
      begin_ = kByteOrderMark.size();
    }
    if (!is_blank(row)) {
      if (columns_) {
        read_row(row);
      } else {
        read_names(row);
      }
    }
    begin_ = 0;
    offset_ += raw.size();
    line_ += static_cast<uint64_t>(std::count(raw.begin(), raw.end(), '\n'));
  }

  void read_names(std::string_view row) {
    if (row.starts_with("\xFF\xFE") || row.starts_with("\xFE\xFF")) {
      ended_ = true;
      return reject("unsupported-charset", "CSV in UTF-16 is not read; save it as UTF-8", row, 0);
    }
    if (const auto problem = split_csv_row(row, delimiter_, cells_)) {
      ended_ = true;
      return reject(problem->code, std::string(problem->message), row, problem->at);
    }
    columns_.emplace(cells_, stream_.options(), stream_.file.profiles);
    if (columns_->has_text()) return;
    ended_ = true;
    std::string names;
    for (size_t i = 0; i < std::min<size_t>(cells_.size, 20); ++i) names += (i > 0 ? ", " : "") + snippet(trimmed(cells_.cells[i]));
    reject("no-text", "no column of the text is named (got " + names + "; expected one of the profiles' or --map text=COLUMN)", row, 0);
  }

  void read_row(std::string_view row) {
    if (const auto problem = split_csv_row(row, delimiter_, cells_)) return reject(problem->code, std::string(problem->message), row, problem->at);
    if (cells_.size != columns_->count) {
      return reject("wrong-cells", "the row has " + std::to_string(cells_.size) + (cells_.size == 1 ? " cell, the first " : " cells, the first ") + std::to_string(columns_->count), row, row.size());
    }
    Record record = stream_.new_record();
    record.source.offset = offset_ + begin_;
    record.bytes = columns_->text(cells_, RecordField::text);
    if (record.bytes.empty()) return reject("no-text", "the text's cell is empty", row, 0);
    if (record.bytes.size() > stream_.options().max_document_bytes) {
      return reject("too-long", "the text has " + std::to_string(record.bytes.size()) + " bytes (the limit is " + std::to_string(stream_.options().max_document_bytes) + ")", row, 0);
    }
    if (simdjson::validate_utf8(record.bytes)) record.charset = "UTF-8";
    record.format = looks_like_html(record.bytes) ? Format::html : Format::text;
    record.title = columns_->text(cells_, RecordField::title);
    record.published = columns_->text(cells_, RecordField::published);
    record.source.url = columns_->text(cells_, RecordField::url);
    record.site = columns_->text(cells_, RecordField::site);
    record.lang = columns_->text(cells_, RecordField::lang);
    record.id = columns_->text(cells_, RecordField::id);
    stream_.output().record(std::move(record));
  }

  // `at` is a byte of the row; a row with line breaks in its cells has several lines.
  void reject(std::string_view code, const std::string& message, std::string_view row, size_t at) {
    const std::string_view before = row.substr(0, at);
    const size_t newline = before.rfind('\n');
    Reject reject;
    reject.source = stream_.place;
    reject.source.offset = offset_ + begin_;
    reject.offset = offset_ + begin_ + at;
    reject.line = line_ + static_cast<uint64_t>(std::count(before.begin(), before.end(), '\n'));
    const size_t column = newline == std::string_view::npos ? at + 1 : at - newline;
    reject.code = code;
    reject.message = "line " + std::to_string(reject.line) + ", column " + std::to_string(column) + ": " + message;
    reject.snippet = snippet(row, at);
    stream_.output().reject(std::move(reject));
  }

  Stream& stream_;
  char delimiter_ = ',';
  CsvRowScanner scanner_;
  std::optional<CsvColumns> columns_;
  CsvCells cells_;
  std::string row_;       // what came of a row that is spread over blocks
  uint64_t offset_ = 0;   // of the current row in the stream
  size_t begin_ = 0;      // of the current row behind a byte order mark
  uint64_t line_ = 1;     // of the current row's begin
  bool skipping_ = false; // the rest of a row that is too long
  bool ended_ = false;    // nothing more can be read
};

}  // namespace

void read_csv(Stream& stream) {
  if (stream.is_later_part()) return;
  CsvReader(stream).run();
}

}  // namespace factmill
