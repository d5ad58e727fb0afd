#include "text/charset.h"

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "base/utf8.h"

namespace factmill {
namespace {

constexpr size_t kMarkupPrefix = 4096;
constexpr size_t kDetectorSample = 64 << 10;
constexpr int kTrustedConfidence = 50;  // ICU's, of 100
constexpr size_t kUtf16Sample = 8192;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

struct Alias {
  std::string_view label;
  std::string_view charset;
};

// Labels that mean more than they say (WHATWG Encoding, section 4.2): pages that declare the subset use the superset.
constexpr Alias kAliases[] = {
    {"utf-8", "UTF-8"},           {"utf8", "UTF-8"},           {"unicode-1-1-utf-8", "UTF-8"},
    {"utf-16", "UTF-16LE"},       {"utf-16le", "UTF-16LE"},    {"utf-16be", "UTF-16BE"},
    {"gb2312", "GB18030"},        {"gbk", "GB18030"},          {"gb18030", "GB18030"},
    {"x-gbk", "GB18030"},         {"gb_2312-80", "GB18030"},   {"cp936", "GB18030"},
    {"ms936", "GB18030"},         {"euc-cn", "GB18030"},       {"big5", "Big5"},
    {"big5-hkscs", "Big5-HKSCS"}, {"cp950", "Big5"},           {"x-x-big5", "Big5"},
    {"shift_jis", "Shift_JIS"},   {"shift-jis", "Shift_JIS"},  {"sjis", "Shift_JIS"},
    {"x-sjis", "Shift_JIS"},      {"ms_kanji", "Shift_JIS"},   {"windows-31j", "Shift_JIS"},
    {"cp932", "Shift_JIS"},       {"us-ascii", "windows-1252"}, {"ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"}, {"iso8859-1", "windows-1252"}, {"latin1", "windows-1252"},
    {"l1", "windows-1252"},       {"cp1252", "windows-1252"},  {"windows-1252", "windows-1252"},
    {"x-cp1252", "windows-1252"}, {"iso-8859-9", "windows-1254"}, {"tis-620", "windows-874"},
    {"euc-kr", "windows-949"},    {"ks_c_5601-1987", "windows-949"}, {"cp949", "windows-949"},
};

// What detection may answer, and how likely a page of EV news is written in it: multi-byte charsets check themselves.
constexpr std::string_view kDetectable[] = {"GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "ISO-2022-JP"};

std::string lower(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c == ' ' || c == '"' || c == '\'' || c == '\t') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return result;
}

// The canonical name of a label, "" if nobody knows it.
std::string canonical(std::string_view label) {
  const std::string name = lower(label);
  for (const Alias& alias : kAliases) {
    if (alias.label == name) return std::string(alias.charset);
  }
  if (name.empty() || name.size() > 40) return {};
  UErrorCode status = U_ZERO_ERROR;
  const char* standard = ucnv_getCanonicalName(name.c_str(), "MIME", &status);
  if (U_FAILURE(status) || standard == nullptr) {
    status = U_ZERO_ERROR;
    standard = ucnv_getCanonicalName(name.c_str(), "IANA", &status);
  }
  if (U_FAILURE(status) || standard == nullptr) return {};
  // UTF-7 and the like would let ASCII text mean something else.
  const std::string found = lower(standard);
  if (found.starts_with("utf-7") || found.starts_with("scsu") || found.starts_with("bocu") || found.starts_with("imap")) return {};
  return standard;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// Collects characters with the bytes that they stand on.
class Collector {
 public:
  explicit Collector(Decoded& decoded) : decoded_(decoded) {}

  void add(char32_t c, size_t raw, size_t raw_size) {
    const size_t text = decoded_.utf8.size();
    append_utf8(decoded_.utf8, c);
    const size_t size = decoded_.utf8.size() - text;
    if (size == raw_size) {
      decoded_.map.add(static_cast<uint32_t>(text), static_cast<uint32_t>(raw));
    } else {
      decoded_.map.add(static_cast<uint32_t>(text), static_cast<uint32_t>(raw), static_cast<uint32_t>(size),
                       static_cast<uint32_t>(raw_size));
    }
  }
  void add_ascii(std::string_view bytes, size_t raw) {
    decoded_.map.add(static_cast<uint32_t>(decoded_.utf8.size()), static_cast<uint32_t>(raw));
    decoded_.utf8 += bytes;
  }

 private:
  Decoded& decoded_;
};

std::string hex(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
}

Decoded failed(std::string problem, std::string message, size_t offset) {
  Decoded result;
  result.problem = std::move(problem);
  result.message = std::move(message);
  result.offset = offset;
  return result;
}

bool is_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDFFF; }

Decoded decode_utf16(std::string_view bytes, bool big_endian) {
  Decoded result;
  result.charset = big_endian ? "UTF-16BE" : "UTF-16LE";
  result.utf8.reserve(bytes.size() / 2 + bytes.size() / 8);
  Collector collect(result);
  const auto unit = [&](size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  size_t at = 0;
  for (; at + 2 <= bytes.size(); at += 2) {
    const char32_t c = unit(at);
    if (c == 0) return failed("binary", "NUL character in " + result.charset + " text", at);
    if (!is_surrogate(c)) {
      collect.add(c, at, 2);
      continue;
    }
    const bool paired = c < 0xDC00 && at + 4 <= bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) <= 0xDFFF;
    if (!paired) return failed("invalid-charset", "unpaired surrogate in " + result.charset + " text", at);
    collect.add(0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00), at, 4);
    at += 2;
  }
  if (at != bytes.size()) return failed("invalid-charset", result.charset + " text ends within a character", at);
  return result;
}

Converter open_converter(std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(charset).c_str(), &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  ucnv_setFallback(converter.get(), true);
  return converter;
}

bool is_ascii_superset(std::string_view charset) {
  return !charset.starts_with("UTF-") && !charset.starts_with("ISO-2022") && !charset.starts_with("HZ") &&
         !charset.starts_with("IBM") && !charset.starts_with("ibm");
}

// Strict: the first byte that does not fit fails it.
Decoded decode_by_icu(std::string_view bytes, const std::string& charset) {
  Converter converter = open_converter(charset);
  if (!converter) return failed("invalid-charset", "no converter for charset " + charset, 0);
  Decoded result;
  result.charset = charset;
  result.utf8.reserve(bytes.size() + bytes.size() / 4);
  Collector collect(result);
  const bool ascii_superset = is_ascii_superset(charset);
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  const auto offset = [&](const char* p) { return static_cast<size_t>(p - bytes.data()); };
  while (at < end) {
    if (ascii_superset) {
      const char* behind = std::find_if(at, end, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      if (behind != at) collect.add_ascii({at, static_cast<size_t>(behind - at)}, offset(at));
      at = behind;
      if (at == end) break;
    }
    const char* begin = at;
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;  // only a shift sequence was left
    if (U_FAILURE(status) || c < 0 || is_surrogate(static_cast<char32_t>(c))) {
      return failed("invalid-charset", "byte " + hex(static_cast<unsigned char>(*begin)) + " is not " + charset, offset(begin));
    }
    if (at == begin && !result.utf8.empty()) {  // the second character that one sequence stands for
      append_utf8(result.utf8, static_cast<char32_t>(c));
      continue;
    }
    collect.add(static_cast<char32_t>(c), offset(begin), static_cast<size_t>(at - begin));
  }
  return result;
}

Decoded decode_as(std::string_view bytes, const std::string& charset) {
  if (charset == "UTF-16LE" || charset == "UTF-16BE") return decode_utf16(bytes, charset == "UTF-16BE");
  return decode_by_icu(bytes, charset);
}

struct Utf8Damage {
  size_t first = 0;  // offset of the first wrong byte
  size_t wrong = 0;
  size_t sequences = 0;  // multi-byte ones that are right
};

Utf8Damage find_damage(std::string_view bytes) {
  Utf8Damage damage;
  for (size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const size_t size = utf8_sequence_size(bytes.substr(at, 4));
    if (size == 0) {
      if (damage.wrong++ == 0) damage.first = at;
      ++at;
    } else {
      ++damage.sequences;
      at += size;
    }
  }
  return damage;
}

// UTF-16 without a byte order mark: NULs stand (nearly) only in the odd or only in the even bytes.
std::string utf16_by_nuls(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kUtf16Sample);
  std::array<size_t, 2> nuls{};
  for (size_t i = 0; i < sample.size(); ++i) nuls[i % 2] += sample[i] == '\0' ? 1 : 0;
  const size_t units = sample.size() / 2;
  if (units == 0 || bytes.size() % 2 != 0) return {};
  const auto many = [&](size_t count) { return count * 4 >= units; };
  const auto few = [&](size_t count) { return count * 50 <= units; };
  if (many(nuls[1]) && few(nuls[0])) return "UTF-16LE";
  if (many(nuls[0]) && few(nuls[1])) return "UTF-16BE";
  return {};
}

bool is_letter(unsigned char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

// Whether this byte of 0x80..0xFF means something as Windows-1252 where it stands. Western pages hold accented letters
// within words, typographic quotes, dashes, currency signs and degrees; damaged bytes of other charsets stand anywhere.
bool is_likely_1252(std::string_view bytes, size_t at) {
  const auto c = static_cast<unsigned char>(bytes[at]);
  const auto before = static_cast<unsigned char>(at > 0 ? bytes[at - 1] : ' ');
  const auto after = static_cast<unsigned char>(at + 1 < bytes.size() ? bytes[at + 1] : ' ');
  const auto blank = [](unsigned char b) { return b <= ' ' || b == 0xA0; };
  const bool word_before = is_letter(before) || is_digit(before);
  const bool word_after = is_letter(after) || is_digit(after);
  switch (c) {
    case 0x80: case 0xA3: case 0xA5:  // euro, pound, yen
      return is_digit(after) || is_digit(before) || (blank(after) && is_digit(static_cast<unsigned char>(at + 2 < bytes.size() ? bytes[at + 2] : ' ')));
    case 0x85: return word_before;                                    // ellipsis
    case 0x91: case 0x93: return !word_before && word_after;          // opening quotes
    case 0x92: return word_before || is_digit(after);                 // closing single quote, apostrophe
    case 0x94: return !blank(before);
    case 0x95: return blank(after);                                   // bullet
    case 0x96: case 0x97: return (blank(before) && blank(after)) || (word_before && word_after);
    case 0x99: case 0xA9: case 0xAE: return word_before || word_after || blank(after);  // TM, (c), (R)
    case 0xA0: return true;
    case 0xB0: return is_digit(before) || blank(before) || after == 'C' || after == 'F';  // degree
    case 0xB1: return is_digit(after) || blank(after);
    case 0xB2: case 0xB3: case 0xB9: return word_before;
    case 0xB5: return is_letter(after);
    case 0xB7: return word_before || blank(after);
    case 0xBC: case 0xBD: case 0xBE: return is_digit(before) || blank(before);
    case 0xAB: return !word_before;
    case 0xBB: return !word_after;
    default: break;
  }
  if (c < 0xC0 || c == 0xD0 || c == 0xD7 || c == 0xDE || c == 0xF0 || c == 0xF7 || c >= 0xFE) return false;
  const auto high_letter = [](unsigned char b) { return b >= 0xE0 && b < 0xFE && b != 0xF7; };
  if (c >= 0xE0) return is_letter(before) || is_letter(after) || c == 0xE0 || high_letter(before);
  // A capital begins a word, or stands in a word of capitals.
  return is_upper(before) || (!is_letter(before) && (is_letter(after) || high_letter(after)));
}

bool is_likely_1252(std::string_view bytes) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) >= 0x80 && !is_likely_1252(bytes, i)) return false;
  }
  return true;
}

// GB 2312 as most Chinese pages use it: symbols (rows 1..9) and words of level-one characters, both bytes from 0xA1.
// ICU's detector wants more characters than the few quotes and names of an English article have. A single Chinese
// character between ASCII is no word.
bool is_likely_gb2312(std::string_view bytes) {
  size_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const bool symbol = lead >= 0xA1 && lead <= 0xA9;
    const bool character = lead >= 0xB0 && lead <= 0xD7;
    if (!character && word == 1) return false;
    word = character ? word + 1 : 0;
    if (lead < 0x80) continue;
    if ((!symbol && !character) || i + 1 == bytes.size()) return false;
    const auto tail = static_cast<unsigned char>(bytes[++i]);
    if (tail < 0xA1 || tail == 0xFF) return false;
  }
  return word != 1;
}

// The charset that ICU's detector is sure of, among those that check themselves; "" if none.
std::string detected(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
  if (U_FAILURE(status)) return {};
  const std::string_view sample = bytes.substr(0, kDetectorSample);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status) || matches == nullptr) return {};
  for (int32_t i = 0; i < count; ++i) {
    const int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_FAILURE(status) || confidence < kTrustedConfidence) break;
    const std::string_view name = ucsdet_getName(matches[i], &status);
    for (std::string_view known : kDetectable) {
      if (U_SUCCESS(status) && name == known) return canonical(name);
    }
  }
  return {};
}

// A single-byte charset decodes anything, so ICU's statistics must be sure, and sure of the language behind it.
std::string detected_single_byte(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
  if (U_FAILURE(status)) return {};
  const std::string_view sample = bytes.substr(0, kDetectorSample);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  const std::string_view name = ucsdet_getName(match, &status);
  const bool cyrillic_or_greek = name == "windows-1251" || name == "KOI8-R" || name == "ISO-8859-5" || name == "windows-1253" || name == "ISO-8859-7";
  return cyrillic_or_greek && ucsdet_getConfidence(match, &status) >= kTrustedConfidence ? std::string(name) : std::string();
}

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view charset;
};
constexpr ByteOrderMark kMarks[] = {
    {std::string_view("\xFF\xFE\x00\x00", 4), "UTF-32LE"}, {std::string_view("\x00\x00\xFE\xFF", 4), "UTF-32BE"},
    {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}, {"\x84\x31\x95\x33", "GB18030"},
};

Decoded decode_detected(std::string_view bytes, const Utf8Damage& damage) {
  const std::string what = "byte " + hex(static_cast<unsigned char>(bytes[damage.first])) + " is not UTF-8";
  if (damage.sequences > damage.wrong) {
    return failed("invalid-utf8", what + " (the text around it is)", damage.first);
  }
  const std::string multi_byte = detected(bytes);
  if (!multi_byte.empty()) {
    Decoded decoded = decode_as(bytes, multi_byte);
    if (decoded.problem.empty()) return decoded;
  }
  if (is_likely_1252(bytes)) return decode_as(bytes, "windows-1252");
  if (is_likely_gb2312(bytes)) {
    Decoded decoded = decode_as(bytes, "GB18030");
    if (decoded.problem.empty()) return decoded;
  }
  const std::string single_byte = detected_single_byte(bytes);
  if (!single_byte.empty()) {
    Decoded decoded = decode_as(bytes, single_byte);
    if (decoded.problem.empty()) return decoded;
  }
  return failed("invalid-utf8", what + ", and no other charset fits", damage.first);
}

// Text has tabs and line breaks, but one control character in ten is no text. Returns where they begin.
std::optional<size_t> control_junk(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kUtf16Sample);
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20) & (static_cast<unsigned char>(byte - '\t') > '\r' - '\t') & (byte != 0x1B);
  };
  size_t count = 0;
  // Counted in bytes as long as these suffice, so that sixteen are looked at in one step.
  constexpr size_t kAtOnce = 240;
  for (size_t at = 0; at < sample.size(); at += kAtOnce) {
    uint8_t few = 0;
    for (char c : sample.substr(at, kAtOnce)) few = static_cast<uint8_t>(few + static_cast<uint8_t>(is_control(c)));
    count += few;
  }
  if (count * 10 <= sample.size()) return std::nullopt;
  return static_cast<size_t>(std::find_if(sample.begin(), sample.end(), is_control) - sample.begin());
}

bool has_escape(std::string_view bytes) { return bytes.find('\x1B') != std::string_view::npos; }

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared_label) {
  for (const ByteOrderMark& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) return decode_as(bytes, std::string(mark.charset));
  }
  const std::string declared = canonical(declared_label);
  const size_t nul = bytes.find('\0');
  if (nul != std::string_view::npos) {
    std::string utf16 = utf16_by_nuls(bytes);
    if (utf16.empty() && declared.starts_with("UTF-16")) utf16 = declared;
    if (!utf16.empty()) {
      Decoded decoded = decode_utf16(bytes, utf16 == "UTF-16BE");
      if (decoded.problem.empty()) return decoded;
    }
    return failed("binary", "NUL byte, and the text is not UTF-16", nul);
  }
  if (auto junk = control_junk(bytes)) return failed("binary", "control characters", *junk);
  const bool shifted = declared.starts_with("ISO-2022") && has_escape(bytes);
  if (!shifted && simdjson::validate_utf8(bytes.data(), bytes.size())) {
    Decoded result;
    result.charset = "UTF-8";
    result.same_bytes = true;
    return result;
  }
  if (!declared.empty() && declared != "UTF-8") {
    Decoded decoded = decode_as(bytes, declared);
    if (decoded.problem.empty()) return decoded;
  }
  const Utf8Damage damage = find_damage(bytes);
  if (damage.wrong == 0) return failed("invalid-charset", "not " + declared + " as declared", 0);
  return decode_detected(bytes, damage);
}

std::string declared_in_markup(std::string_view bytes) {
  // ASCII by the specification (HTML, 13.2.3.2), so only the label's own characters are taken.
  const std::string prefix = [&] {
    std::string text(bytes.substr(0, kMarkupPrefix));
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  }();
  const auto label_at = [&](size_t at) {
    while (at < prefix.size() && std::strchr(" \t\r\n=\"'", prefix[at]) != nullptr && prefix[at] != '\0') ++at;
    size_t end = at;
    while (end < prefix.size() && (is_letter(static_cast<unsigned char>(prefix[end])) || is_digit(static_cast<unsigned char>(prefix[end])) || prefix[end] == '-' || prefix[end] == '_')) ++end;
    return prefix.substr(at, end - at);
  };
  if (prefix.starts_with("<?xml")) {
    const size_t encoding = prefix.substr(0, prefix.find("?>")).find("encoding");
    if (encoding != std::string::npos) return label_at(encoding + 8);
  }
  for (size_t at = prefix.find("<meta"); at != std::string::npos; at = prefix.find("<meta", at + 5)) {
    const size_t end = prefix.find('>', at);
    const size_t charset = prefix.substr(at, end == std::string::npos ? end : end - at).find("charset");
    if (charset == std::string::npos) continue;
    std::string label = label_at(at + charset + 7);
    if (label.starts_with("utf-16")) label = "utf-8";  // the page could not be read that far otherwise
    if (!label.empty()) return label;
  }
  return {};
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(charset).c_str(), &status));
  if (U_FAILURE(status)) return std::string(bytes);
  std::string result;
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  while (at < end) {
    status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    append_utf8(result, U_FAILURE(status) || c < 0 ? 0xFFFD : static_cast<char32_t>(c));
  }
  return result;
}

}  // namespace factmill
