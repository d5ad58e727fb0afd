#include "text/fold.h"

#include <utf8proc.h>

#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/ascii.h"

namespace factmill {
namespace {

// Marks on one base beyond which a character is left as it is: reordering them takes quadratic time.
constexpr size_t kMaxMarks = 16;
// U+FDFA alone becomes 18 characters; what grows more than this stays as it is.
constexpr size_t kMaxComposed = 8;

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (int c = 0; c < 256; ++c) special[static_cast<size_t>(c)] = c >= 0x80 || c == 0x7F || (c < 0x20 && c != '\t' && c != '\n');
  return special;
}
constexpr std::array<bool, 256> kSpecial = make_special();

// Length of the run that needs no thought: ASCII without control characters other than tab and line feed.
size_t plain_prefix(std::string_view text) {
  size_t at = 0;
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));  // signed: also what is beyond ASCII
    const __m128i breaks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
    const __m128i special = _mm_or_si128(_mm_andnot_si128(breaks, below), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special))) return at + static_cast<size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && !kSpecial[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

struct Character {
  char32_t code = 0;
  uint32_t size = 0;
};

// The character at `at` of valid UTF-8.
Character character_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {static_cast<char32_t>((lead & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
  if (lead < 0xF0) return {static_cast<char32_t>((lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
  return {static_cast<char32_t>((lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F)), 4};
}

void append_utf8(std::string& out, char32_t code) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
}

// What one character becomes, whatever stands around it; null: not decided here. An empty text: dropped.
const char* folded_character(char32_t c) {
  if (c < 0xA0) {
    switch (c) {
      case '\r': case 0x0B: case 0x0C: case 0x85: return "\n";
      // Windows-1252 read as Latin-1 somewhere on the way.
      case 0x91: case 0x92: return "'";
      case 0x93: case 0x94: return "\"";
      case 0x96: return "-";
      case 0x97: return "--";
      default: return c < 0x20 || c >= 0x7F ? "" : nullptr;
    }
  }
  if (c >= 0x2000 && c <= 0x206F) {
    if (c <= 0x200A || c == 0x202F || c == 0x205F) return " ";
    if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || c >= 0x2060) return "";
    switch (c) {
      case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2043: return "-";
      case 0x2014: case 0x2015: return "--";
      case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2035: return "'";
      case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0x2036: return "\"";
      case 0x2028: case 0x2029: return "\n";
      case 0x2044: return "/";
      default: return nullptr;
    }
  }
  switch (c) {
    case 0xA0: case 0x1680: case 0x3000: return " ";
    case 0xAD: case 0x034F: case 0x061C: case 0x180E: case 0xFEFF: case 0x2122: case 0x2120: return "";
    case 0xAB: case 0xBB: case 0x02BA: case 0x301D: case 0x301E: return "\"";
    case 0xB4: case 0x02B9: case 0x02BC: case 0x02BB: case 0x02C8: return "'";
    case 0xBA: return "\xC2\xB0";  // masculine ordinal, written for degrees
    case 0x17F: return "s";  // also behind a digit: that no letter beyond ASCII is one in another case is relied upon
    case 0x2212: case 0xFE63: case 0xFF0D: case 0x02D7: return "-";
    case 0xFE58: case 0x2E3A: return "--";
    case 0x301C: case 0x223C: return "~";
    default: return c >= 0xFE00 && c <= 0xFE0F ? "" : nullptr;
  }
}

bool is_mark(char32_t c) {
  if (c < 0x300) return false;
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class != 0;
}

bool decomposes(char32_t c) {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->decomp_seqindex != UINT16_MAX;
}

class Folder {
 public:
  Folder(std::string_view in, std::string& out, OffsetMap& map) : in_(in), out_(out), map_(map) {}

  void run(size_t plain) {
    out_.clear();
    out_.reserve(in_.size() + in_.size() / 64);
    while (at_ < in_.size()) {
      if (plain > 0) {
        copy(plain);
      } else {
        step();
      }
      plain = plain_prefix(in_.substr(at_));
    }
  }

 private:
  // Copies bytes as they are; the last of them not, if a mark follows that may compose with it.
  void copy(size_t size) {
    if (at_ + size < in_.size() && is_mark(character_at(in_, at_ + size).code)) {
      emit_same(size - 1);
      fold_with_marks(1);
      return;
    }
    emit_same(size);
  }

  void step() {
    const Character c = character_at(in_, at_);
    if (c.code == '\r' && at_ + 1 < in_.size() && in_[at_ + 1] == '\n') return emit("\n", 2);
    if (const char* folded = folded_character(c.code)) return emit(folded, c.size);
    const size_t next = at_ + c.size;
    if (next < in_.size() && static_cast<unsigned char>(in_[next]) >= 0xCC && is_mark(character_at(in_, next).code)) {
      return fold_with_marks(c.size);
    }
    if (!decomposes(c.code)) return emit_same(c.size);
    fold_unit(c.size, 0);
  }

  void fold_with_marks(uint32_t base_size) {
    size_t end = at_ + base_size;
    size_t marks = 0;
    for (; marks < kMaxMarks && end < in_.size(); ++marks) {
      const Character c = character_at(in_, end);
      if (!is_mark(c.code)) break;
      end += c.size;
    }
    fold_unit(static_cast<uint32_t>(end - at_), marks);
  }

  // NFKC of in[at, at + size), a character with its marks, unless one of the exceptions holds.
  void fold_unit(uint32_t size, size_t marks) {
    std::array<utf8proc_int32_t, (kMaxMarks + 1) * kMaxComposed> codes;
    constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(in_.data() + at_);
    utf8proc_ssize_t count = utf8proc_decompose(bytes, size, codes.data(), codes.size(), kOptions);
    if (count <= 0 || static_cast<size_t>(count) > codes.size()) return emit_same(size);
    count = utf8proc_normalize_utf32(codes.data(), count, kOptions);
    if (count <= 0 || static_cast<size_t>(count) > kMaxComposed + marks) return emit_same(size);
    const char32_t first = character_at(in_, at_).code;
    if (codes[0] == ' ' && first != ' ') return emit_same(size);  // a spacing accent is no space
    folded_.clear();
    for (utf8proc_ssize_t i = 0; i < count; ++i) {
      const auto code = static_cast<char32_t>(codes[static_cast<size_t>(i)]);
      const char* again = code >= 0x80 ? folded_character(code) : nullptr;
      if (again != nullptr) {
        folded_ += again;
      } else {
        append_utf8(folded_, code);
      }
    }
    if (!out_.empty() && is_digit(out_.back()) && !folded_.empty() && is_digit(folded_[0])) {
      switch (utf8proc_get_property(static_cast<utf8proc_int32_t>(first))->decomp_type) {
        case UTF8PROC_DECOMP_TYPE_SUPER: case UTF8PROC_DECOMP_TYPE_SUB: case UTF8PROC_DECOMP_TYPE_CIRCLE:
        case UTF8PROC_DECOMP_TYPE_COMPAT:
          return emit_same(size);
        case UTF8PROC_DECOMP_TYPE_FRACTION:
          folded_.insert(0, 1, ' ');
          break;
        default:
          break;
      }
    }
    if (folded_ == in_.substr(at_, size)) return emit_same(size);
    emit(folded_, size);
  }

  void emit_same(size_t size) {
    if (size == 0) return;
    map_.add(text_size(), static_cast<uint32_t>(at_));
    out_.append(in_, at_, size);
    at_ += size;
  }

  void emit(std::string_view folded, uint32_t size) {
    if (!folded.empty()) map_.add(text_size(), static_cast<uint32_t>(at_), static_cast<uint32_t>(folded.size()), size);
    out_ += folded;
    at_ += size;
  }

  uint32_t text_size() const { return static_cast<uint32_t>(out_.size()); }

  std::string_view in_;
  std::string& out_;
  OffsetMap& map_;
  size_t at_ = 0;
  std::string folded_;
};

}  // namespace

bool fold(std::string_view utf8, std::string& text, OffsetMap& map) {
  const size_t plain = plain_prefix(utf8);
  if (plain == utf8.size()) return false;
  map = OffsetMap();
  Folder(utf8, text, map).run(plain);
  return true;
}

}  // namespace factmill
