#include "ruleset/quick_yaml.h"

#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/null.h>

namespace factmill {
namespace {

constexpr size_t kMaxKeyBytes = 1000;  // yaml-cpp takes a few more
const std::string kPlainTag = "?", kQuotedTag = "!";

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
bool is_blank_or_break(char c) { return c == ' ' || c == '\n'; }

// Most texts are longer than any word for nothing.
bool is_null(const std::string& text) { return text.size() <= std::string_view("null").size() && YAML::IsNullString(text); }

// What no plain text begins with.
constexpr std::string_view kIndicators = "?:,[]{}#&*!|>'\"%@`";

}  // namespace

bool QuickYaml::read(YAML::EventHandler& handler) {
  to_ = &handler;
  if (text_.find('\t') != std::string_view::npos || text_.find('\r') != std::string_view::npos) return false;
  for (std::string_view marker : {"---", "...", "%"}) {
    if (text_.starts_with(marker) || text_.find("\n" + std::string(marker)) != std::string_view::npos) return false;
  }
  if (!skip_to_content()) return false;
  to_->OnDocumentStart(mark());
  if (!read_block(-1) || skip_to_content()) return false;
  to_->OnDocumentEnd();
  return true;
}

YAML::Mark QuickYaml::mark() const {
  YAML::Mark here;
  here.pos = static_cast<int>(at_);
  here.line = line_;
  here.column = column();
  return here;
}

bool QuickYaml::next_line() {
  at_ = text_.find('\n', at_);
  if (at_ == std::string_view::npos) {
    at_ = text_.size();
    return false;
  }
  line_begin_ = ++at_;
  ++line_;
  return true;
}

void QuickYaml::skip_blanks() {
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
}

// Over blanks, comments and line breaks; false at the end of the text.
bool QuickYaml::skip_to_content() {
  while (true) {
    skip_blanks();
    if (at_ >= text_.size()) return false;
    const bool is_comment = text_[at_] == '#' && (at_ == line_begin_ || text_[at_ - 1] == ' ');
    if (!is_comment && text_[at_] != '\n') return true;
    if (!next_line()) return false;
  }
}

// Nothing but blanks and a comment up to the end of the line.
bool QuickYaml::ends_here() const {
  size_t i = at_;
  while (at(i) == ' ') ++i;
  return at(i) == '\n' || (at(i) == '#' && i > 0 && text_[i - 1] == ' ');
}

bool QuickYaml::is_entry_here() const { return at(at_) == '-' && is_blank_or_break(at(at_ + 1)); }

bool QuickYaml::is_key_here() const {
  size_t i = at_;
  const char first = at(i);
  if (first == '\'' || first == '"') {
    for (++i; at(i) != first; ++i) {
      if (at(i) == '\n' || at(i) == '\\') return false;
    }
    do ++i;
    while (at(i) == ' ');
    return i - at_ < kMaxKeyBytes && at(i) == ':' && is_blank_or_break(at(i + 1));
  }
  if (is_one_of(first, kIndicators)) return false;
  for (; at(i) != '\n'; ++i) {
    if (at(i) == '#' && at(i - 1) == ' ') return false;
    if (at(i) == ':' && is_blank_or_break(at(i + 1))) return i - at_ < kMaxKeyBytes;
  }
  return false;
}

void QuickYaml::emit(const YAML::Mark& mark, bool is_quoted) {
  if (!is_quoted && is_null(scalar_)) {
    to_->OnNull(mark, 0);
  } else {
    to_->OnScalar(mark, is_quoted ? kQuotedTag : kPlainTag, 0, scalar_);
  }
}

bool QuickYaml::read_block(int parent_column) {
  if (is_entry_here()) return read_block_list(column());
  if (is_key_here()) return read_block_map(column());
  return read_inline(parent_column);
}

bool QuickYaml::read_block_list(int list_column) {
  to_->OnSequenceStart(mark(), kPlainTag, 0, YAML::EmitterStyle::Block);
  while (true) {
    ++at_;
    if (ends_here()) {
      if (!next_line() || !skip_to_content() || column() <= list_column) return false;
    } else {
      skip_blanks();
    }
    if (!read_block(list_column)) return false;
    if (!skip_to_content() || column() < list_column) break;
    if (column() > list_column) return false;
    if (!is_entry_here()) break;
  }
  to_->OnSequenceEnd();
  return true;
}

bool QuickYaml::read_block_map(int map_column) {
  to_->OnMapStart(mark(), kPlainTag, 0, YAML::EmitterStyle::Block);
  while (true) {
    bool is_quoted = false;
    const YAML::Mark key = mark();
    if (!read_key(is_quoted) || (!is_quoted && is_null(scalar_))) return false;
    emit(key, is_quoted);
    ++at_;
    bool at_end = false;
    if (ends_here()) {
      at_end = !next_line() || !skip_to_content();
      if (!at_end && (column() > map_column || (column() == map_column && is_entry_here()))) {
        if (!(column() == map_column ? read_block_list(map_column) : read_block(map_column))) return false;
      } else {
        to_->OnNull(key, 0);
      }
    } else {
      skip_blanks();
      if (is_entry_here() || is_key_here() || !read_inline(map_column)) return false;
    }
    if (at_end || !skip_to_content() || column() < map_column) break;
    if (column() > map_column || is_entry_here() || !is_key_here()) return false;
  }
  to_->OnMapEnd();
  return true;
}

// Up to the colon, which is_key_here() has seen.
bool QuickYaml::read_key(bool& is_quoted) {
  is_quoted = at(at_) == '\'' || at(at_) == '"';
  if (is_quoted) {
    if (!read_quoted(-1)) return false;
    skip_blanks();
    return at(at_) == ':';
  }
  const size_t begin = at_;
  while (!(at(at_) == ':' && is_blank_or_break(at(at_ + 1)))) ++at_;
  size_t end = at_;
  while (end > begin && text_[end - 1] == ' ') --end;
  scalar_ = text_.substr(begin, end - begin);
  return true;
}

// A value that begins within a line, in neither list nor map of its own lines.
bool QuickYaml::read_inline(int parent_column) {
  const char first = at(at_);
  if (first == '[' || first == '{') return read_flow() && ends_here();
  const YAML::Mark begin = mark();
  if (first == '|') {
    if (!read_literal(parent_column)) return false;
    emit(begin, true);
    return true;
  }
  const bool is_quoted = first == '\'' || first == '"';
  if (!is_quoted && (is_one_of(first, kIndicators) || is_entry_here())) return false;
  if (!(is_quoted ? read_quoted(parent_column) : read_plain(Within::block, parent_column))) return false;
  emit(begin, is_quoted);
  return ends_here();
}

bool QuickYaml::read_flow() {
  const char first = at(at_);
  if (first == '[') return read_flow_list();
  if (first == '{') return read_flow_map();
  const YAML::Mark begin = mark();
  const bool is_quoted = first == '\'' || first == '"';
  if (!is_quoted && (is_one_of(first, kIndicators) || (first == '-' && is_one_of(at(at_ + 1), " \n,[]{}")))) return false;
  if (!(is_quoted ? read_quoted(-1) : read_plain(Within::flow, -1))) return false;
  emit(begin, is_quoted);
  return true;
}

bool QuickYaml::read_flow_list() {
  to_->OnSequenceStart(mark(), kPlainTag, 0, YAML::EmitterStyle::Flow);
  ++at_;
  if (!skip_to_content()) return false;
  while (at(at_) != ']') {
    if (!read_flow() || !skip_to_content()) return false;
    if (at(at_) == ']') break;
    if (at(at_) != ',') return false;
    ++at_;
    if (!skip_to_content()) return false;
  }
  ++at_;
  to_->OnSequenceEnd();
  return true;
}

bool QuickYaml::read_flow_map() {
  to_->OnMapStart(mark(), kPlainTag, 0, YAML::EmitterStyle::Flow);
  ++at_;
  if (!skip_to_content()) return false;
  while (at(at_) != '}') {
    const int key_line = line_;
    if (is_one_of(at(at_), "[{") || !read_flow()) return false;
    if (is_null(scalar_) || line_ != key_line) return false;
    skip_blanks();
    if (at(at_) != ':' || !is_blank_or_break(at(at_ + 1))) return false;
    ++at_;
    if (!skip_to_content() || !read_flow() || !skip_to_content()) return false;
    if (at(at_) == '}') break;
    if (at(at_) != ',') return false;
    ++at_;
    if (!skip_to_content()) return false;
  }
  ++at_;
  to_->OnMapEnd();
  return true;
}

// From the end of a line to the first text of the next one, for which a blank is put down. False: the next is blank.
bool QuickYaml::fold_line(int parent_column) {
  while (!scalar_.empty() && scalar_.back() == ' ') scalar_.pop_back();
  if (!next_line()) return false;
  skip_blanks();
  scalar_ += ' ';
  return at(at_) != '\n' && column() > parent_column;
}

bool QuickYaml::read_plain(Within within, int parent_column) {
  const bool is_flow = within == Within::flow;
  scalar_.clear();
  while (true) {
    const char c = at(at_);
    if (c == '\n') {
      // Does the next line go on with it?
      size_t i = at_ + 1;
      while (i < text_.size() && text_[i] == ' ') ++i;
      const char next = at(i);
      if (i >= text_.size() || next == '#') break;
      if (next == '\n') {  // it does not if what comes behind empty lines is of the parent or above it
        if (is_flow) return false;
        size_t line = i;
        for (; i < text_.size() && is_blank_or_break(text_[i]); ++i) {
          if (text_[i] == '\n') line = i + 1;
        }
        if (i >= text_.size() || static_cast<int>(i - line) <= parent_column) break;
        return false;
      }
      if (is_flow ? is_one_of(next, ",]}") : static_cast<int>(i - at_ - 1) <= parent_column) break;
      if (is_one_of(next, kIndicators) || next == '-' || !fold_line(parent_column)) return false;
      continue;
    }
    if (c == '#' && text_[at_ - 1] == ' ') break;
    if (is_flow && is_one_of(c, ",[]{}")) break;
    if (is_flow && c == '?') return false;
    if (c == ':' && (is_blank_or_break(at(at_ + 1)) || (is_flow && is_one_of(at(at_ + 1), ",[]{}")))) {
      if (!is_flow) return false;
      break;
    }
    scalar_ += c;
    ++at_;
  }
  while (!scalar_.empty() && scalar_.back() == ' ') scalar_.pop_back();
  return !scalar_.empty();
}

bool QuickYaml::read_quoted(int parent_column) {
  const char quote = text_[at_++];
  scalar_.clear();
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '\n') {
      if (!fold_line(parent_column)) return false;
      --at_;
    } else if (c == '\\' && quote == '"') {
      constexpr std::string_view kEscaped = "\"\\/nt", kMeant = "\"\\/\n\t";
      const size_t which = kEscaped.find(at(++at_));
      if (which == std::string_view::npos) return false;
      // A blank that stays at the end of a line, and the like, are left to yaml-cpp.
      if (at(at_ + 1) == '\n') return false;
      scalar_ += kMeant[which];
    } else if (c != quote) {
      scalar_ += c;
    } else if (quote == '\'' && at(at_ + 1) == '\'') {
      scalar_ += c;
      ++at_;
    } else {
      ++at_;
      return true;
    }
  }
  return false;
}

// "|" or "|-" and the lines below that are further in.
bool QuickYaml::read_literal(int parent_column) {
  ++at_;
  const bool is_stripped = at(at_) == '-';
  if (is_stripped) ++at_;
  if (parent_column < 0 || !ends_here() || !next_line()) return false;
  skip_blanks();
  const int indent = column();
  if (at(at_) == '\n' || indent <= parent_column) return false;
  scalar_.clear();
  for (size_t breaks = 0; at_ < text_.size();) {
    const size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return false;
    if (end > at_) {
      if (column() < indent) break;
      scalar_.append(breaks, '\n');
      scalar_ += text_.substr(at_, end - at_);
      breaks = 0;
    }
    ++breaks;
    if (!next_line()) return false;
    while (at(at_) == ' ' && at_ < text_.size() && column() < indent) ++at_;
  }
  if (!is_stripped) scalar_ += '\n';
  return true;
}

}  // namespace factmill
