// The same text in many forms: the same paragraphs, and spans that find their bytes in each.
#include <doctest/doctest.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "unit/text/making.h"

namespace factmill {
namespace {

std::string encoded(std::string_view utf8, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  std::string bytes(utf8.size() * 4 + 8, '\0');
  const int32_t size = ucnv_convert(charset, "UTF-8", bytes.data(), static_cast<int32_t>(bytes.size()), utf8.data(), static_cast<int32_t>(utf8.size()), &status);
  REQUIRE(U_SUCCESS(status));
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

// What a character is in a form, and what folding makes of it.
struct Item {
  std::string utf8;
  std::string folded;
};

const Item kItems[] = {
    {"a", "a"}, {"Z", "Z"}, {"7", "7"}, {".", "."}, {"\"", "\""}, {"-", "-"}, {" x", " x"}, {"word", "word"}, {"1,234", "1,234"},
    {"\u00A0y", " y"}, {"\u2019", "'"}, {"\u201C", "\""}, {"\u2013", "-"}, {"\u2014", "--"}, {"\u2026", "..."}, {"\u3000z", " z"},
    {"\u200B", ""}, {"\u00AD", ""}, {"\uFEFF", ""}, {"\uFF11", "1"}, {"\uFF0C", ","}, {"\uFFE5", "\u00A5"}, {"\u5C0F", "\u5C0F"}, {"\u7C73", "\u7C73"},
    {"\u00E9", "\u00E9"}, {"e\u0301", "\u00E9"}, {"k\u00BD", "k1/2"}, {"m\u00B2", "m2"}, {"\u20AC", "\u20AC"}, {"\U0001F697", "\U0001F697"}, {"\u2122", ""}, {"\uFB03", "ffi"},
};
// Only in plain text: a page's blanks collapse.
const Item kBreaks[] = {{"\r\n", "\n"}, {"\n", "\n"}, {"\r", "\n"}, {"\u2028", "\n"}, {"\t", "\t"}, {"  ", "  "}, {"\u0085", "\n"}};
// Only in pages.
const Item kMarkup[] = {
    {"&nbsp;b", " b"}, {"&amp;", "&"}, {"&lt;", "<"}, {"&#8217;", "'"}, {"&#x201C;", "\""}, {"&mdash;", "--"}, {"&hellip;", "..."}, {"&copy;", "\u00A9"}, {" \n\t c", " c"},
    {"<b>d</b>", "d"}, {"<!-- x -->", ""}, {"<span title='a>b'>", ""}, {"</span>", ""}, {"&shy;", ""}, {"&#65;", "A"}, {"&unknown;", "&unknown;"},
};

// Items in a row as raw bytes and as text, and where each begins and ends in both.
struct Mix {
  std::string raw;
  std::string text;
  struct Place {
    Span raw;
    Span text;
  };
  std::vector<Place> places;

  void add(std::string_view bytes, std::string_view folded) {
    const auto r = static_cast<uint32_t>(raw.size());
    const auto t = static_cast<uint32_t>(text.size());
    raw += bytes;
    text += folded;
    places.push_back({{r, static_cast<uint32_t>(raw.size())}, {t, static_cast<uint32_t>(text.size())}});
  }
};

void check_spans(const Document& document, const Mix& mix, std::mt19937& random) {
  const size_t same = static_cast<size_t>(std::mismatch(document.text.begin(), document.text.end(), mix.text.begin(), mix.text.end()).first - document.text.begin());
  CAPTURE(same);
  CAPTURE(mix.raw);
  REQUIRE(document.text == mix.text);
  for (int i = 0; i < 20; ++i) {
    size_t first = random() % mix.places.size();
    size_t last = first + random() % (mix.places.size() - first);
    while (first < last && mix.places[first].text.empty()) ++first;
    while (last > first && mix.places[last].text.empty()) --last;
    if (mix.places[first].text.empty()) continue;
    const Span raw = document.to_raw({mix.places[first].text.begin, mix.places[last].text.end});
    CAPTURE(std::string(Span{mix.places[first].text.begin, mix.places[last].text.end}.of(mix.text)));
    CHECK(raw == Span{mix.places[first].raw.begin, mix.places[last].raw.end});
  }
}

}  // namespace

TEST_CASE("forms: any span of whole characters finds its exact bytes, in every charset") {
  std::mt19937 random(7);
  for (const char* charset : {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"}) {
    CAPTURE(std::string(charset));
    for (int round = 0; round < 500; ++round) {
      Mix mix;
      mix.add(encoded("Text ", charset), "Text ");
      for (size_t i = random() % 60; i > 0; --i) {
        // Every fourth is a break, and two breaks in a row would be one CRLF.
        const bool is_break = random() % 4 == 0 && mix.text.back() != '\n';
        const Item& item = is_break ? kBreaks[random() % std::size(kBreaks)] : kItems[random() % std::size(kItems)];
        mix.add(encoded(item.utf8, charset), item.folded);
      }
      mix.add(encoded(" end", charset), " end");
      check_spans(document_of(mix.raw, Format::text, charset), mix, random);
    }
  }
}

TEST_CASE("forms: any span of a page finds its exact bytes, references and tags between") {
  std::mt19937 random(8);
  for (const char* charset : {"UTF-8", "GB18030"}) {
    CAPTURE(std::string(charset));
    for (int round = 0; round < 500; ++round) {
      Mix mix;
      mix.raw = encoded("<!DOCTYPE html><html><body><p>", charset);
      mix.add(encoded("Text", charset), "Text");
      for (size_t i = random() % 60; i > 0; --i) {
        const Item& item = random() % 3 == 0 ? kMarkup[random() % std::size(kMarkup)] : kItems[random() % std::size(kItems)];
        const bool two_blanks = item.utf8[0] == ' ' && mix.text.back() == ' ';
        if (two_blanks) continue;
        mix.add(encoded(item.utf8, charset), item.folded);
        // A tag has bytes but no character: <b>d</b> stands on its d.
        if (item.utf8 == "<b>d</b>") mix.places.back().raw = {mix.places.back().raw.begin + 3, mix.places.back().raw.end - 4};
        if (item.utf8.starts_with(" \n")) continue;
      }
      mix.add(encoded(" end", charset), " end");
      check_spans(document_of(mix.raw, Format::html, charset), mix, random);
    }
  }
}

TEST_CASE("forms: the xiaomi article is the same document in every form") {
  const std::string article = shared_article("xiaomi-2024-q2.txt");
  if (article.empty()) {
    MESSAGE("skipped: ../shared/articles is not here");
    return;
  }
  const Document plain = document_of(article);
  const std::vector<std::string> paragraphs = paragraphs_of(plain);
  REQUIRE(paragraphs.size() == 22);
  const std::string typographic = replaced(replaced(replaced(article, "Xiaomi's", "Xiaomi\u2019s"), "RMB ", "RMB\u00A0"), " -- ", "\u2009\u2014\u2009");
  std::string page = "<!DOCTYPE html>\n<html><head><title>x</title></head><body>\n<article>\n";
  for (const std::string& paragraph : paragraphs) page += "  <p>" + replaced(replaced(paragraph, "&", "&amp;"), "\"", "&quot;") + "</p>\n";
  page += "</article></body></html>\n";

  struct Form {
    std::string name;
    std::string bytes;
    Format format;
    std::string declared;
    std::string charset;
  };
  const Form forms[] = {
      {"CRLF", replaced(article, "\n", "\r\n"), Format::text, "", "UTF-8"},
      {"CR", replaced(article, "\n", "\r"), Format::text, "", "UTF-8"},
      {"UTF-8 with mark", "\xEF\xBB\xBF" + article, Format::text, "", "UTF-8"},
      {"UTF-16LE", encoded(article, "UTF-16LE"), Format::text, "", "UTF-16LE"},
      {"UTF-16LE with mark", encoded("\uFEFF" + article, "UTF-16LE"), Format::text, "", "UTF-16LE"},
      {"UTF-16BE", encoded(article, "UTF-16BE"), Format::text, "", "UTF-16BE"},
      {"UTF-16BE with mark and CRLF", encoded("\uFEFF" + replaced(article, "\n", "\r\n"), "UTF-16BE"), Format::text, "", "UTF-16BE"},
      {"GB18030, declared", encoded(article, "GB18030"), Format::text, "gb2312", "GB18030"},
      {"GB18030, undeclared", encoded(article, "GB18030"), Format::text, "", "GB18030"},
      {"Windows-1252, undeclared", encoded(article, "windows-1252"), Format::text, "", "windows-1252"},
      {"typographic", typographic, Format::text, "", "UTF-8"},
      {"typographic, UTF-16LE", encoded(typographic, "UTF-16LE"), Format::text, "", "UTF-16LE"},
      {"HTML", page, Format::html, "", "UTF-8"},
      {"HTML, UTF-16LE", encoded(page, "UTF-16LE"), Format::html, "", "UTF-16LE"},
      {"HTML, CRLF", replaced(page, "\n", "\r\n"), Format::html, "", "UTF-8"},
  };
  for (const Form& form : forms) {
    CAPTURE(form.name);
    const Document document = document_of(form.bytes, form.format, form.declared);
    CHECK(document.charset == form.charset);
    const bool spaced_dash = form.name.starts_with("typographic");
    std::vector<std::string> got = paragraphs_of(document);
    if (spaced_dash) REQUIRE(document.text.find("versions -- standard") != std::string::npos);
    CHECK(got == paragraphs);
    REQUIRE(document.paragraphs.size() == plain.paragraphs.size());
    for (size_t i = 0; i < document.paragraphs.size(); ++i) {
      CHECK(document.paragraphs[i].zone == plain.paragraphs[i].zone);
      const Span raw = document.to_raw(document.paragraphs[i].span);
      std::string below = document.raw_text(raw);
      below = replaced(replaced(below, "&quot;", "\""), "&amp;", "&");
      for (const auto& [from, to] : {std::pair{"\u2019", "'"}, {"\u201C", "\""}, {"\u201D", "\""}, {"\u00A0", " "}, {"\u2009\u2014\u2009", " -- "}}) below = replaced(below, from, to);
      CHECK(below == paragraphs[i]);
    }
  }
}

TEST_CASE("forms: a plain ASCII text keeps its offsets") {
  const Document document = document_of("Xiaomi delivered 27,307 units.\n\nIt did.\n");
  CHECK(document.map.identity());
  CHECK(document.text == document.raw);
  CHECK(document.charset == "UTF-8");
  CHECK(document.doc_id.size() == 32);
}

TEST_CASE("document: dates, and which of them counts") {
  const auto made = [](const std::string& published, const std::string& url, TextOptions options) {
    Record record = record_of("Xiaomi delivered 27,307 units.");
    record.published = published;
    record.source.url = url;
    record.title = " Xiaomi\u2019s\nQ2 ";
    DocumentOrReject document = make_document(std::move(record), test_rules(), options);
    REQUIRE(document);
    CHECK(document.document().title == "Xiaomi's Q2");
    return (document.document().published ? to_string(*document.document().published) : "") + " " + document.document().published_from;
  };
  TextOptions option;
  option.published = parse_day("2024-01-01");
  TextOptions overriding = option;
  overriding.published_overrides = true;
  CHECK(made("", "", {}) == " ");
  CHECK(made("2024-08-21T10:00:00Z", "https://a.com/2024/08/20/x", {}) == "2024-08-21 metadata");
  CHECK(made("None", "https://a.com/2024/08/20/x", {}) == "2024-08-20 url");
  CHECK(made("", "https://a.com/x", option) == "2024-01-01 option");
  CHECK(made("2024-08-21", "", option) == "2024-08-21 metadata");
  CHECK(made("2024-08-21", "", overriding) == "2024-01-01 option");
}

}  // namespace factmill
