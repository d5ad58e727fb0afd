// The YAML that rule files are mostly written in, read a dozen times as fast as by yaml-cpp: block and flow lists and maps,
// plain and quoted texts, literal blocks, comments. Whatever else a file holds, and all that is wrong in it, is not judged
// here: read() says false, and yaml-cpp reads the file from its begin.
//
//   Handler handler;                                     // takes the events of yaml-cpp
//   if (!QuickYaml(content).read(handler)) ...           // what the handler has is of no use
//
// The events are those of yaml-cpp, places included; tests compare the two over every rule file and what fuzzing makes of
// them. Internal to this room.
#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <string>
#include <string_view>

namespace factmill {

class QuickYaml {
 public:
  // Valid UTF-8 without control characters but line breaks.
  explicit QuickYaml(std::string_view content) : text_(content) {}
  bool read(YAML::EventHandler& handler);

 private:
  // What ends a plain text: in a list or map in brackets also a comma or bracket.
  enum class Within : unsigned char { block, flow };

  bool read_block(int parent_column);
  bool read_block_list(int column);
  bool read_block_map(int column);
  bool read_inline(int parent_column);
  bool read_flow();
  bool read_flow_list();
  bool read_flow_map();
  bool read_key(bool& is_quoted);
  bool read_plain(Within within, int parent_column);
  bool read_quoted(int parent_column);
  bool read_literal(int parent_column);
  bool fold_line(int parent_column);
  void emit(const YAML::Mark& mark, bool is_quoted);

  bool is_key_here() const;
  bool skip_to_content();
  void skip_blanks();
  bool ends_here() const;
  bool is_entry_here() const;
  char at(size_t index) const { return index < text_.size() ? text_[index] : '\n'; }
  int column() const { return static_cast<int>(at_ - line_begin_); }
  YAML::Mark mark() const;
  bool next_line();

  std::string_view text_;
  size_t at_ = 0, line_begin_ = 0;
  int line_ = 0;
  int depth_ = 0;
  std::string scalar_;
  YAML::EventHandler* to_ = nullptr;
};

}  // namespace factmill
