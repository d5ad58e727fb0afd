#include "text/page.h"

#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "text/entities.h"
#include "text/markup.h"
#include "text/page_facts.h"

namespace factmill {
namespace {

constexpr size_t kMaxDepth = 512;           // of elements whose end tag must stand
constexpr int64_t kMaxInlineDepth = 10'000;  // <b> and the like, which pages forget to close
constexpr int64_t kWordGain = 10;
constexpr int64_t kBreakCost = 20;          // two words a block tag
constexpr int64_t kArticleBreakCost = 10;   // within an <article>
constexpr uint32_t kBreak = 4;              // of a block tag, and of a list item's or table row's, which hold few words
constexpr uint32_t kItemBreak = 2;
constexpr uint32_t kShortPageWords = 60;    // a page of fewer words is all article
constexpr int64_t kArticleShare = 50;       // percent of the best stretch that its best stretch must have
constexpr uint32_t kTimeBefore = 4000;      // bytes before the text in which its <time> stands
constexpr uint32_t kMaxCellBytes = 200;     // a longer cell holds paragraphs: the table is there for layout
constexpr int kMaxColumnSpan = 20;
constexpr uint32_t kNone = 0xFFFFFFFF;

const TagName kArticle = tag_of_name("article");

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A stretch of the page's text, markup-free.
struct Piece {
  uint32_t begin;
  uint32_t size;
};

// Text between two breaks.
struct Block {
  uint32_t first_piece = 0;
  uint32_t pieces = 0;
  uint32_t words = 0;
  uint32_t linked_words = 0;
  uint32_t breaks = 0;  // block tags between the block before and this one, in units of 1 / kBreak
  uint8_t heading = 0;
  bool caption = false;
  bool list_item = false;
  uint32_t table = kNone;
  uint32_t row = 0;
  uint32_t column = 0;
  uint32_t article = 0;  // number of the outermost <article> around it; 0: none
};

struct Table {
  uint32_t rows = 0;
  uint32_t columns = 0;  // of the widest row
  uint32_t cells = 0;
  uint32_t words = 0;
  uint32_t linked_words = 0;
  uint32_t longest_cell = 0;
  bool nests = false;
  bool is_data() const { return !nests && rows >= 2 && columns >= 2 && cells >= 4 && longest_cell <= kMaxCellBytes && linked_words * 2 <= words; }
};

class PageReader {
 public:
  PageReader(std::string_view html, const PageRules& rules) : html_(html), facts_(rules) {}

  Page read() {
    MarkupReader reader(html_);
    MarkupToken token;
    while (page_.problem.empty() && reader.next(token)) take(token);
    if (!page_.problem.empty()) return std::move(page_);
    end_block();
    select();
    return std::move(page_);
  }

 private:
  // An element that is open.
  struct Open {
    TagName name;
    bool drops;
    uint32_t table = kNone;
    uint32_t row = 0;
    uint32_t column = 0;
    uint32_t next_column = 1;
    uint32_t cell_bytes = 0;
  };

  enum class Raw : uint8_t { dropped, json_ld, title };

  void take(const MarkupToken& token) {
    switch (token.kind) {
      case MarkupToken::Kind::text: take_text(token); break;
      case MarkupToken::Kind::raw: take_raw(token); break;
      case MarkupToken::Kind::start: take_start(token); break;
      case MarkupToken::Kind::end: take_end(token); break;
    }
  }

  bool is_dropping() const { return dropping_ > 0; }

  // ---- tags ----

  void take_start(const MarkupToken& token) {
    switch (token.name.tag) {
      case Tag::other: case Tag::inline_text: nest_inline(token); break;
      case Tag::void_element: break;
      case Tag::block: case Tag::figure: case Tag::caption: case Tag::preformatted: case Tag::table:
        break_block();
        open(token, is_hidden(token));
        if (token.name.tag == Tag::table) open_table();
        break;
      case Tag::dropped:
        break_block();
        if (!token.self_closing) open(token, true);
        break;
      case Tag::raw_dropped: raw_ = is_json_ld(token) ? Raw::json_ld : Raw::dropped; break;
      case Tag::paragraph: break_block(); break;
      case Tag::list_item: break_block(kItemBreak); list_item_ = true; break;
      case Tag::heading: break_block(); heading_ = token.name.level; break;
      case Tag::row: break_block(kItemBreak); next_row(); break;
      case Tag::cell: end_block(); next_cell(token); break;
      case Tag::line_break: end_block(); break;
      case Tag::rule: break_block(); break;
      case Tag::link: in_link_ = has_attribute(token.attributes, "href"); break;
      case Tag::superscript: in_superscript_ = true; superscript_begins_ = true; break;
      case Tag::time:
        if (!is_dropping()) facts_.add_time(token.attributes, token.begin);
        break;
      case Tag::html: facts_.lang = attribute(token.attributes, "lang"); break;
      case Tag::meta: facts_.add_meta(token.attributes); break;
      case Tag::link_rel: facts_.add_link(token.attributes); break;
      case Tag::title: raw_ = is_dropping() ? Raw::dropped : Raw::title; break;  // an <svg> has titles too
    }
  }

  void take_end(const MarkupToken& token) {
    switch (token.name.tag) {
      case Tag::other: case Tag::inline_text: inline_depth_ = std::max<int64_t>(inline_depth_ - 1, 0); break;
      case Tag::block: case Tag::figure: case Tag::caption: case Tag::preformatted: case Tag::table: case Tag::dropped:
        break_block();
        close(token.name);
        break;
      case Tag::paragraph: break_block(); break;
      case Tag::row: break_block(kItemBreak); break;
      case Tag::list_item: break_block(kItemBreak); list_item_ = false; break;
      case Tag::heading: break_block(); heading_ = 0; break;
      case Tag::cell: end_block(); break;
      case Tag::line_break: end_block(); break;  // </br> is <br>
      case Tag::link: in_link_ = false; break;
      case Tag::superscript: in_superscript_ = false; drop_superscript_ = false; break;
      default: break;
    }
  }

  void nest_inline(const MarkupToken& token) {
    if (token.self_closing || ++inline_depth_ <= kMaxInlineDepth) return;
    refuse(token.begin);
  }

  void refuse(uint32_t at) {
    page_.problem = "too-deep";
    page_.message = "tags are nested too deep";
    page_.offset = at;
  }

  void open(const MarkupToken& token, bool drops) {
    if (open_.size() == kMaxDepth) return refuse(token.begin);
    open_.push_back({token.name, drops});
    const bool body = !in_article_body_ && is_article_body(token);
    if (body || (article_depth_ == 0 && token.name.id == kArticle.id)) {
      in_article_body_ = body;
      article_depth_ = open_.size();
      article_ = ++articles_;
    }
    if (drops) ++dropping_;
    if (token.name.tag == Tag::preformatted) ++preformatted_;
    if (token.name.tag == Tag::caption || token.name.tag == Tag::figure) ++captions_;
  }

  // Closes the innermost element of this name and all within it. A cell's contents cannot close what is around the
  // table (13.2.4.2, "has an element in scope").
  void close(TagName name) {
    size_t at = open_.size();
    while (at > 0 && open_[at - 1].name.id != name.id) {
      if (open_[at - 1].name.tag == Tag::table) return;
      --at;
    }
    if (at == 0) return;
    while (open_.size() >= at) pop();
  }

  void pop() {
    const Open& element = open_.back();
    if (element.drops) --dropping_;
    if (element.name.tag == Tag::preformatted) --preformatted_;
    if (element.name.tag == Tag::caption || element.name.tag == Tag::figure) --captions_;
    if (article_depth_ == open_.size()) {
      article_depth_ = article_ = 0;
      in_article_body_ = false;
    }
    if (element.name.tag == Tag::table) table_ = enclosing_table(open_.size() - 1);
    open_.pop_back();
  }

  // schema.org's name for the very text of an article; goes before an <article> around it.
  static bool is_article_body(const MarkupToken& token) {
    return token.attributes.find("articleBody") != std::string_view::npos && attribute(token.attributes, "itemprop").find("articleBody") != std::string::npos;
  }

  // Not shown, or by its role (WAI-ARIA) beside the article.
  static bool is_hidden(const MarkupToken& token) {
    const std::string_view text = token.attributes;
    if (text.find("role") != std::string_view::npos) {
      const std::string role = attribute(text, "role");
      for (std::string_view beside : {"navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu", "menubar"}) {
        if (role == beside) return true;
      }
    }
    if (text.find("hidden") != std::string_view::npos && has_attribute(text, "hidden")) return true;
    if (text.find("display") == std::string_view::npos) return false;
    std::string style = attribute(text, "style");
    style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
    return style.find("display:none") != std::string::npos;
  }

  static bool is_json_ld(const MarkupToken& token) {
    return attribute(token.attributes, "type").find("ld+json") != std::string::npos;
  }

  // The contents of the raw element that was just started.
  void take_raw(const MarkupToken& token) {
    const std::string_view text = html_.substr(token.begin, token.size);
    if (raw_ == Raw::json_ld) facts_.add_json_ld(text);
    if (raw_ == Raw::title && title_.empty()) title_ = text;
    raw_ = Raw::dropped;
  }

  // ---- tables ----

  size_t enclosing_table(size_t below) const {
    while (below > 0 && open_[below - 1].name.tag != Tag::table) --below;
    return below == 0 ? SIZE_MAX : below - 1;
  }

  void open_table() {
    if (!page_.problem.empty()) return;
    if (table_ != SIZE_MAX) tables_[open_[table_].table].nests = true;
    table_ = open_.size() - 1;
    open_[table_].table = static_cast<uint32_t>(tables_.size());
    tables_.emplace_back();
  }

  void next_row() {
    if (table_ == SIZE_MAX) return;
    Open& open = open_[table_];
    ++open.row;
    open.column = 0;
    open.next_column = 1;
    ++tables_[open.table].rows;
  }

  void next_cell(const MarkupToken& token) {
    if (table_ == SIZE_MAX) return break_block();
    Open& open = open_[table_];
    Table& table = tables_[open.table];
    open.column = open.next_column;
    const int span = std::atoi(attribute(token.attributes, "colspan").c_str());
    open.next_column += static_cast<uint32_t>(std::clamp(span, 1, kMaxColumnSpan));
    open.cell_bytes = 0;
    ++table.cells;
    table.columns = std::max(table.columns, open.column);
  }

  // ---- text ----

  void take_text(const MarkupToken& token) {
    if (is_dropping()) return;
    const std::string_view text = html_.substr(token.begin, token.size);
    if (in_superscript_ && is_footnote_mark(text)) return;
    if (preformatted_ > 0 && text.find('\n') != std::string_view::npos) return take_lines(token);
    add_piece(token.begin, token.size);
  }

  // 27,307<sup>1</sup> is not 273,071; m<sup>2</sup> and 21<sup>st</sup> stay.
  bool is_footnote_mark(std::string_view text) {
    if (superscript_begins_) {
      superscript_begins_ = false;
      const size_t first = text.find_first_not_of(" \t\r\n");
      const char mark = first == std::string_view::npos ? ' ' : text[first];
      const bool behind_number = is_digit(last_) || last_ == ')' || last_ == '%' || last_ == '.';
      drop_superscript_ = in_link_ || mark == '[' || mark == '*' || (behind_number && (is_digit(mark) || mark == '('));
    }
    return drop_superscript_;
  }

  void take_lines(const MarkupToken& token) {
    uint32_t begin = token.begin;
    const uint32_t end = token.begin + token.size;
    while (begin < end) {
      const size_t newline = std::min<size_t>(html_.find('\n', begin), end);
      add_piece(begin, static_cast<uint32_t>(newline) - begin);
      if (newline < end) end_block();
      begin = static_cast<uint32_t>(newline) + 1;
    }
  }

  void add_piece(uint32_t begin, uint32_t size) {
    const std::string_view text = html_.substr(begin, size);
    uint32_t words = 0;
    for (char c : text) {
      const bool blank = is_blank(c);
      if (!blank && !in_word_) ++words;
      in_word_ = !blank;
      if (!blank) last_ = c;
    }
    pieces_.push_back({begin, size});
    block_.words += words;
    if (in_link_) block_.linked_words += words;
    if (table_ != SIZE_MAX) {
      Open& open = open_[table_];
      open.cell_bytes += size;
      Table& table = tables_[open.table];
      table.longest_cell = std::max(table.longest_cell, open.cell_bytes);
      table.words += words;
      if (in_link_) table.linked_words += words;
    }
  }

  // Ends the block that was being collected, at a tag that costs.
  void break_block(uint32_t weight = kBreak) {
    end_block();
    if (!is_dropping()) breaks_ += weight;
  }

  void end_block() {
    in_word_ = false;
    last_ = ' ';
    block_.pieces = static_cast<uint32_t>(pieces_.size()) - block_.first_piece;
    if (block_.words == 0) {
      pieces_.resize(block_.first_piece);
    } else {
      block_.breaks = breaks_;
      breaks_ = 0;
      block_.heading = heading_;
      block_.caption = captions_ > 0 && table_ == SIZE_MAX;
      block_.list_item = list_item_;
      block_.article = article_;
      list_item_ = false;
      if (table_ != SIZE_MAX) {
        block_.table = open_[table_].table;
        block_.row = open_[table_].row;
        block_.column = open_[table_].column;
      }
      blocks_.push_back(block_);
    }
    block_ = Block();
    block_.first_piece = static_cast<uint32_t>(pieces_.size());
  }

  // ---- which blocks are the article ----

  bool in_data_table(const Block& block) const { return block.table != kNone && tables_[block.table].is_data(); }

  bool is_mostly_links(const Block& block) const { return !in_data_table(block) && block.linked_words * 2 > block.words; }

  struct Stretch {
    int64_t sum = -1;
    size_t begin = 0;
    size_t end = 0;
  };

  // The stretch of blocks with the greatest sum: unlinked words count, block tags between them cost.
  Stretch best_stretch(size_t begin, size_t end, int64_t break_cost) const {
    Stretch best;
    int64_t sum = 0;
    size_t sum_begin = begin;
    for (size_t i = begin; i < end; ++i) {
      const Block& block = blocks_[i];
      sum -= block.breaks * break_cost / kBreak;
      if (sum <= 0) {
        sum = 0;
        sum_begin = i;
      }
      sum += block.caption ? 0 : (block.words - block.linked_words) * kWordGain;
      if (sum > best.sum) best = {sum, sum_begin, i + 1};
    }
    return best;
  }

  // An <article> that holds a good part of the best stretch bounds it: comments and recommendations stand behind it.
  Stretch main_stretch() const {
    uint32_t words = 0;
    for (const Block& block : blocks_) words += block.words;
    if (words <= kShortPageWords) return {0, 0, blocks_.size()};
    const Stretch best = best_stretch(0, blocks_.size(), kBreakCost);
    Stretch best_article;
    for (size_t begin = 0; begin < blocks_.size();) {
      size_t end = begin + 1;
      while (end < blocks_.size() && blocks_[end].article == blocks_[begin].article) ++end;
      if (blocks_[begin].article != 0) {
        const Stretch stretch = best_stretch(begin, end, kArticleBreakCost);
        if (stretch.sum > best_article.sum) best_article = stretch;
      }
      begin = end;
    }
    return best_article.sum * 100 >= best.sum * kArticleShare && best_article.sum >= 0 ? best_article : best;
  }

  void select() {
    const auto [sum, begin, end] = main_stretch();
    const auto is_main_heading = [](const Block& block) { return block.heading == 1; };
    const auto first = blocks_.begin() + static_cast<ptrdiff_t>(begin);
    const auto last = blocks_.begin() + static_cast<ptrdiff_t>(end);
    auto headline = std::find_if(first, last, is_main_heading);
    if (headline == last) {
      const auto before = std::find_if(std::make_reverse_iterator(first), blocks_.rend(), is_main_heading);
      headline = before == blocks_.rend() ? last : before.base() - 1;
      if (headline != last) render(*headline, nullptr);
    }
    const Block* previous = headline != last && headline < first ? &*headline : nullptr;
    for (size_t i = begin; i < end; ++i) {
      if (is_mostly_links(blocks_[i]) && blocks_[i].heading != 1) continue;
      render(blocks_[i], previous);
      previous = &blocks_[i];
    }
    finish_facts(headline == last ? nullptr : &*headline, begin, end);
  }

  void finish_facts(const Block* headline, size_t begin, size_t end) {
    page_.title = facts_.title;
    if (page_.title.empty() && headline != nullptr) {
      for (uint32_t i = 0; i < headline->pieces; ++i) page_.title += decoded_references(piece_text(*headline, i));
    }
    if (page_.title.empty()) page_.title = title_without_site();
    page_.site = facts_.site;
    page_.lang = facts_.lang;
    page_.url = facts_.url;
    const uint32_t from = begin < end ? pieces_[blocks_[begin].first_piece].begin : 0;
    const uint32_t to = begin < end ? pieces_[blocks_[end - 1].first_piece].begin : 0;
    page_.published = facts_.published(from > kTimeBefore ? from - kTimeBefore : 0, to);
  }

  std::string title_without_site() const {
    std::string title = decoded_references(title_);
    if (facts_.site.empty() || !title.ends_with(facts_.site)) return title;
    title.resize(title.size() - facts_.site.size());
    const size_t last = title.find_last_not_of(" |-:\xE2\x80\x93\x94");
    return last == std::string::npos ? title : title.substr(0, last + 1);
  }

  std::string_view piece_text(const Block& block, uint32_t index) const {
    const Piece& piece = pieces_[block.first_piece + index];
    return html_.substr(piece.begin, piece.size);
  }

  // ---- text and its map ----

  void insert(std::string_view text) {
    page_.map.add(text_size(), raw_end_, static_cast<uint32_t>(text.size()), 0);
    page_.text += text;
  }

  uint32_t text_size() const { return static_cast<uint32_t>(page_.text.size()); }

  void render(const Block& block, const Block* previous) {
    const bool data = in_data_table(block);
    const bool same_row = data && previous != nullptr && previous->table == block.table && previous->row == block.row;
    uint32_t bars = data && block.column > 0 ? block.column - 1 : 0;
    if (same_row) {
      bars = block.column > previous->column ? block.column - previous->column : 0;
    } else if (previous != nullptr) {
      insert("\n");
    }
    if (same_row && bars == 0) insert(" ");
    const uint32_t begin = text_size();
    std::string separators;
    for (uint32_t i = 0; i < bars; ++i) separators += same_row || i > 0 ? " | " : "| ";
    if (bars > 0) insert(separators);
    if (block.caption) page_.hints.push_back({begin, MarkupHint::Kind::caption});
    if (block.list_item && !data) page_.hints.push_back({begin, MarkupHint::Kind::list_item});
    if (block.heading > 1) page_.hints.push_back({begin, MarkupHint::Kind::heading});
    if (data && !same_row) page_.hints.push_back({begin, MarkupHint::Kind::table_row});
    pending_blank_ = 0;
    block_begins_ = true;
    for (uint32_t i = 0; i < block.pieces; ++i) render_piece(pieces_[block.first_piece + i]);
  }

  void render_piece(const Piece& piece) {
    const uint32_t end = piece.begin + piece.size;
    uint32_t at = piece.begin;
    while (at < end) {
      const char c = html_[at];
      if (is_blank(c)) {
        if (pending_blank_ == 0) blank_begin_ = at;
        pending_blank_ = 1;
        blank_end_ = ++at;
        continue;
      }
      flush_blank();
      if (c == '&') {
        at += render_reference(at, end);
        continue;
      }
      uint32_t behind = at;
      while (behind < end && !is_blank(html_[behind]) && html_[behind] != '&') ++behind;
      page_.map.add(text_size(), at);
      page_.text.append(html_, at, behind - at);
      raw_end_ = at = behind;
    }
  }

  // Blanks between words become one; those at the block's begin and end none.
  void flush_blank() {
    if (pending_blank_ != 0 && !block_begins_) {
      page_.map.add(text_size(), blank_begin_, 1, blank_end_ - blank_begin_);
      page_.text += ' ';
    }
    pending_blank_ = 0;
    block_begins_ = false;
  }

  uint32_t render_reference(uint32_t at, uint32_t end) {
    const EntityMatch match = match_entity(html_.substr(at, end - at));
    const auto size = static_cast<uint32_t>(std::max<size_t>(match.size, 1));
    const std::string text = match.size == 0 ? "&" : decoded_references(html_.substr(at, size));
    if (text == "\n" || text == "\r") {
      page_.map.add(text_size(), at, 1, size);
      page_.text += ' ';
    } else {
      page_.map.add(text_size(), at, static_cast<uint32_t>(text.size()), size);
      page_.text += text;
    }
    raw_end_ = at + size;
    return size;
  }

  std::string_view html_;
  PageFacts facts_;
  Page page_;
  std::string_view title_;

  std::vector<Open> open_;
  size_t table_ = SIZE_MAX;  // index in open_ of the innermost table
  int dropping_ = 0;         // open elements that are no part of the article
  int preformatted_ = 0;
  int captions_ = 0;
  int64_t inline_depth_ = 0;
  size_t article_depth_ = 0;  // of open_ with the outermost <article>; 0: none is open
  uint32_t article_ = 0;      // its number
  uint32_t articles_ = 0;
  bool in_article_body_ = false;
  uint8_t heading_ = 0;
  bool list_item_ = false;
  bool in_link_ = false;
  bool in_superscript_ = false;
  bool superscript_begins_ = false;
  bool drop_superscript_ = false;
  Raw raw_ = Raw::dropped;

  std::vector<Piece> pieces_;
  std::vector<Block> blocks_;
  std::vector<Table> tables_;
  Block block_;
  uint32_t breaks_ = 0;
  bool in_word_ = false;
  char last_ = ' ';

  uint32_t raw_end_ = 0;  // behind the last byte that was rendered
  uint32_t blank_begin_ = 0, blank_end_ = 0;
  int pending_blank_ = 0;
  bool block_begins_ = false;
};

}  // namespace

Page read_page(std::string_view html, const PageRules& rules) { return PageReader(html, rules).read(); }

}  // namespace factmill
