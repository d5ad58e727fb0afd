#include "text/page.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "text/entities.h"
#include "text/markup.h"
#include "text/metadata_date.h"
#include "unit/text/making.h"

namespace factmill {
namespace {

using Texts = std::vector<std::string>;

// Two paragraphs that are an article whatever stands around them.
const std::string kFirst = "Xiaomi delivered 27,307 units of the SU7 in the second quarter, the company said in a report on Wednesday.";
const std::string kSecond = "Revenue of its smart EV business was RMB 6.4 billion, with a gross margin of 15.4 percent in the period.";

std::string page_around(const std::string& article) {
  return "<!DOCTYPE html><html lang=\"en\"><head><title>T - Site</title><script>var x = '<p>no text</p>';</script><style>p > a { }</style></head><body>"
         "<nav><ul><li><a href=/a>Home page of this site</a></li><li><a href=/b>News about electric vehicles</a></li></ul></nav>"
         "<div class=c><div>" + article + "</div></div>"
         "<div><ul><li><a href=/1>Nio opens many new swap stations in China</a></li><li><a href=/2>BYD sells more cars than ever before</a></li></ul></div>"
         "<footer><p>Copyright of the site and a long text about who owns what on this page and the world.</p></footer></body></html>";
}

Texts text_of_page(const std::string& html) { return paragraphs_of(document_of(html, Format::html)); }

}  // namespace

TEST_CASE("page: the article and nothing around it") {
  CHECK(text_of_page(page_around("<h1>Xiaomi reports</h1><p>" + kFirst + "</p><p>" + kSecond + "</p>")) == Texts{"Xiaomi reports", kFirst, kSecond});
}

TEST_CASE("page: short pages are taken whole") {
  CHECK(text_of_page("<p>Xiaomi delivered 27,307 cars.</p>") == Texts{"Xiaomi delivered 27,307 cars."});
  CHECK(text_of_page("plain words") == Texts{"plain words"});
  CHECK(text_of_page("<html><body><h1>Title</h1><p>One two three.<p>Four five six.</body></html>") == Texts{"Title", "One two three.", "Four five six."});
}

TEST_CASE("page: breaks, blanks and references") {
  struct Row {
    std::string what;
    std::string html;
    Texts text;
  };
  const Row rows[] = {
      {"blanks", "<p>  One\n\t two   three \n</p>", {"One two three"}},
      {"inline tags break no word", "<p>Xiao<b>mi</b> <i>SU</i>7</p>", {"Xiaomi SU7"}},
      {"br", "<p>One<br>two<br/>three</p>", {"One", "two", "three"}},
      {"entities", "<p>RMB&nbsp;6.4&#160;billion &amp; &#8220;more&#x201D; &euro;5 &lt;b&gt;</p>", {"RMB 6.4 billion & \"more\" \u20AC5 <b>"}},
      {"bare entities", "<p>AT&T &copy 5&nbspkm &unknown; &#; &#x; & x</p>", {"AT&T \u00A9 5 km &unknown; &#; &#x; & x"}},
      {"Windows-1252 in references", "<p>It&#146;s &#150; x &#0;</p>", {"It's - x \uFFFD"}},
      {"comments", "<p>One<!-- <p>no</p> -->two <!-->three<!--->four</p>", {"Onetwo threefour"}},
      {"less than", "<p>5 < 6 and a<5 and x <3</p>", {"5 < 6 and a<5 and x <3"}},
      {"unclosed tag", "<p>One two <a href=\"x", {"One two"}},
      {"attribute with >", "<p title=\"a > b\">One two</p>", {"One two"}},
      {"upper case", "<P>One</P><SCRIPT>no</SCRIPT><P>two</P>", {"One", "two"}},
      {"headings and lists", "<h2>Head line</h2><ul><li>one</li><li>two<li>three</ul>", {"Head line", "one", "two", "three"}},
      {"pre", "<pre>one\n  two\n\nthree</pre>", {"one", "two", "three"}},
      {"hidden", "<div hidden>no</div><div style='display: none'>no</div><div role=navigation>no</div><div>yes it is</div>", {"yes it is"}},
      {"dropped", "<aside>no</aside><svg><title>no</title><text>no</text></svg><noscript>no</noscript><template>no</template><p>yes it is</p>", {"yes it is"}},
      {"dropped ends with its parent", "<div><nav>no</div><p>yes it is</p>", {"yes it is"}},
      {"footnotes", "<p>27,307<sup>1</sup> cars, 5 m<sup>2</sup>, the 21<sup>st</sup>, x<sup><a href=#n>2</a></sup></p>", {"27,307 cars, 5 m2, the 21st, x"}},
      {"cells do not close what is around the table", "<div><table><tr><td>a b</div></td></tr></table>c d</div>", {"a b", "c d"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(text_of_page(row.html) == row.text);
  }
}

TEST_CASE("page: a table's row is a line, its empty cells count") {
  const std::string table = "<table><thead><tr><th></th><th>Q2</th><th colspan=2>Q1</th><th>x</th></tr></thead>"
                            "<tr><td><p>Revenue</p></td><td>6.4</td><td></td><td>5</td><td>1</td></tr><tr><td>Deliveries</td><td>27,307</td><td>0</td></tr></table>";
  CHECK(text_of_page(page_around("<p>" + kFirst + "</p>" + table + "<p>" + kSecond + "</p>")) ==
        Texts{kFirst, "| Q2 | Q1 |  | x", "Revenue | 6.4 |  | 5 | 1", "Deliveries | 27,307 | 0", kSecond});
}

TEST_CASE("page: words of a row before its first cell") {
  CHECK(text_of_page(page_around("<p>" + kFirst + "</p><table><tr><td>a b</td><td>c d</td></tr><tr>loose<td>e f</td><td>g h</td></tr></table><p>" + kSecond + "</p>")) ==
        Texts{kFirst, "a b | c d", "loose | e f | g h", kSecond});
}

TEST_CASE("page: a table for layout gives paragraphs") {
  const Texts text = text_of_page("<table><tr><td><a href=x>Home</a></td><td><p>" + kFirst + "</p><p>" + kSecond + "</p></td></tr><tr><td>a</td><td>" + kFirst + kSecond + kFirst + "</td></tr></table>");
  CHECK(std::find(text.begin(), text.end(), kFirst) != text.end());
  CHECK(std::find(text.begin(), text.end(), kSecond) != text.end());
}

TEST_CASE("page: lists and captions within the article") {
  const Document document = document_of(page_around("<h1>Xiaomi reports a quarter</h1><p>" + kFirst + "</p><figure><img src=x><figcaption>The SU7 on display</figcaption></figure><ul><li>Pro: RMB 245,900</li><li>Max: RMB 299,900</li></ul><p>" + kSecond + "</p>"), Format::html);
  CHECK(zones_of(document) == Texts{"title: Xiaomi reports a quarter", "lead: Xiaomi delivered 27,307 ", "caption: The SU7 on display", "body: Pro: RMB 245,900", "body: Max: RMB 299,900", "body: Revenue of its smart EV "});
}

TEST_CASE("page: every span knows its bytes") {
  const std::string html = page_around("<h1>Xiaomi</h1><p>It sold <b>27</b>,307 cars for RMB&nbsp;6.4\n  billion &ldquo;now&rdquo;.</p><p>" + kFirst + kSecond + "</p>");
  const Document document = document_of(html, Format::html);
  CHECK(raw_below(document, "27,307") == "27</b>,307");
  CHECK(raw_below(document, "RMB 6.4 billion") == "RMB&nbsp;6.4\n  billion");
  CHECK(raw_below(document, "\"now\".") == "&ldquo;now&rdquo;.");
  CHECK(raw_below(document, "now") == "now");
  CHECK(raw_below(document, kSecond) == kSecond);
}

TEST_CASE("page: a million nested tags are refused, or do no harm") {
  for (const std::string tag : {"<div>", "<b>", "<span>", "<table><tr><td>", "<section><p>", "<x-y>", "<nav>", "<svg>", "<ul><li>"}) {
    CAPTURE(tag);
    std::string html = "<html><body>";
    for (int i = 0; i < 1'000'000; ++i) html += tag;
    CHECK(reject_of(html + "text of words", Format::html).code == "too-deep");
  }
  std::string html = "<html><body>";
  for (int i = 0; i < 600; ++i) html += "<div>";
  CHECK(reject_of(html + "text", Format::html).offset == 12 + 512 * 5);
}

TEST_CASE("page: sloppy pages are read") {
  std::string html = "<html><body>";
  for (int i = 0; i < 2000; ++i) html += "<p><b><font color=" + std::to_string(i) + ">Some words of a paragraph.";
  CHECK(text_of_page(html).size() == 2000);
  html = "<table>";
  for (int i = 0; i < 2000; ++i) html += "<tr><td>a<td>b";
  CHECK(text_of_page(html).size() == 2000);
}

TEST_CASE("page: hostile pages take linear time") {
  const auto repeated = [](std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  // Each of these is quadratic for a reader that looks back or ahead carelessly.
  for (const std::string& html : {repeated("<!--", 500'000), repeated("<", 2'000'000), repeated("</", 1'000'000), repeated("<a ", 700'000), "<p " + repeated("a=b ", 500'000) + ">x",
                                  repeated("<script>", 250'000), repeated("<title>", 250'000), repeated("&", 2'000'000), repeated("&a", 1'000'000), "&#" + repeated("0", 2'000'000) + "65;",
                                  repeated("<div></p></b>", 200), repeated("</div>", 300'000), repeated("<p>a", 500'000), repeated("<a href=x>b", 200'000), repeated("<td>", 500'000),
                                  repeated("<b></i>", 300'000), repeated("<article>a</article>", 100'000)}) {
    const DocumentOrReject made = make_document(record_of(html, Format::html), test_rules());
    CHECK((made || !made.reject().code.empty()));
  }
}

TEST_CASE("page: however a page is damaged, spans stay within it") {
  const std::string page = page_around("<h1>Xiaomi</h1><p>" + kFirst + "</p><table><tr><td>a b</td><td colspan=3>c &amp; d</td></tr><tr><td>1</td></tr></table><ul><li>x<sup>2</sup></ul><p>" + kSecond + "</p>");
  constexpr std::string_view kPieces[] = {"<", "</", ">", "<!--", "-->", "&", "<table>", "<tr>", "<td colspan=9>", "</td>", "</div>", "<script>", "\"", "'", "\u2019", "\u0301", "\r", "<pre>", "&nbsp;"};
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string html = page;
    for (size_t edits = 1 + random() % 8; edits > 0; --edits) {
      const size_t at = random() % html.size();
      if (static_cast<unsigned char>(html[at]) >= 0x80) continue;
      if (random() % 2 == 0) {
        html.insert(at, kPieces[random() % std::size(kPieces)]);
      } else {
        html[at] = static_cast<char>(' ' + random() % 95);
      }
    }
    const DocumentOrReject made = make_document(record_of(html, Format::html), test_rules());
    if (!made) continue;
    const Document& document = made.document();
    uint32_t last = 0;
    bool sound = true;
    for (const Paragraph& paragraph : document.paragraphs) {
      const Span raw = document.to_raw(paragraph.span);
      sound = sound && last <= paragraph.span.begin && paragraph.span.begin < paragraph.span.end && paragraph.span.end <= document.text.size() &&
              raw.begin <= raw.end && raw.end <= html.size();
      last = paragraph.span.end;
    }
    CAPTURE(html);
    REQUIRE(sound);
  }
}

TEST_CASE("page: what it says about itself") {
  const std::string html =
      "<html lang='en-US'><head><title>Xiaomi Q2 - CnEVPost</title><meta property='og:title' content='Xiaomi&#39;s Q2'><meta property=og:site_name content=CnEVPost>"
      "<meta property='article:published_time' content='2024-08-21T14:30:00+08:00'><link rel=canonical href='https://cnevpost.com/2024/08/20/x/'></head><body><p>" +
      kFirst + "</p></body></html>";
  const Document document = document_of(html, Format::html);
  CHECK(document.title == "Xiaomi's Q2");
  CHECK(document.site == "CnEVPost");
  CHECK(document.lang == "en-US");
  CHECK(document.source.url == "https://cnevpost.com/2024/08/20/x/");
  REQUIRE(document.published);
  CHECK(to_string(*document.published) == "2024-08-21");
  CHECK(document.published_from == "metadata");
}

TEST_CASE("page: the publish date, in order of trust") {
  struct Row {
    std::string what;
    std::string head;
    std::string published;
    std::string from;
  };
  const Row rows[] = {
      {"JSON-LD before meta", "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2020-01-01\"},{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2024-08-21T01:00:00Z\"}]}</script>"
                              "<meta property=article:published_time content=2024-08-22>", "2024-08-21", "metadata"},
      {"broken JSON-LD", "<script type=\"application/ld+json\">{\"headline\":\"a\nb\", \"datePublished\" : \"2024-08-21\",}</script>", "2024-08-21", "metadata"},
      {"meta", "<meta content='2024-08-21' name='pubdate'>", "2024-08-21", "metadata"},
      {"meta that is no date", "<meta name='pubdate' content='yesterday'><link rel=canonical href=https://a.com/2024/08/21/x>", "2024-08-21", "url"},
      {"time", "</head><body><time datetime='2024-08-21T10:00'>Aug 21</time>", "2024-08-21", "metadata"},
      {"a marked time before another", "</head><body><time datetime='2024-01-01'>x</time><time datetime='2024-08-21' itemprop=datePublished>x</time>", "2024-08-21", "metadata"},
      {"address", "<meta property=og:url content='https://a.com/news/2024-08-21-xiaomi.html'>", "2024-08-21", "url"},
      {"none", "", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const Document document = document_of("<html><head>" + row.head + "<p>" + kFirst + "</p>", Format::html);
    CHECK((document.published ? to_string(*document.published) : "") == row.published);
    CHECK(document.published_from == row.from);
  }
}

TEST_CASE("page: declared charsets") {
  const Document document = document_of("<html><head><meta charset=gbk></head><p>Xiaomi (\xD0\xA1\xC3\xD7) sold 5 cars.</p>", Format::html);
  CHECK(document.charset == "GB18030");
  CHECK(document.text == "Xiaomi (\u5C0F\u7C73) sold 5 cars.");
  CHECK(raw_below(document, "\u5C0F\u7C73") == "\xD0\xA1\xC3\xD7");
}

TEST_CASE("metadata dates") {
  struct Row {
    std::string in;
    std::string out;
  };
  const Row rows[] = {
      {"2024-08-21", "2024-08-21"}, {"2024-08-21T23:30:00-08:00", "2024-08-21"}, {"2024-08-21 10:00:00", "2024-08-21"}, {"2024/08/21", "2024-08-21"}, {"2024/8/1", "2024-08-01"},
      {"20240821", "2024-08-21"}, {"20240821T101500Z", "2024-08-21"}, {"Wed, 21 Aug 2024 14:30:00 +0800", "2024-08-21"}, {"21 Aug 2024", "2024-08-21"}, {"August 21, 2024", "2024-08-21"},
      {"Aug. 1, 2024 09:15", "2024-08-01"}, {"Wed Aug 21 14:30:00 2024", "2024-08-21"}, {"1724198400", "2024-08-21"}, {"1724198400000", "2024-08-21"}, {" 2024-08-21 ", "2024-08-21"},
      {"None", ""}, {"", ""}, {"1970-01-01", ""}, {"2024-13-01", ""}, {"2024-02-30", ""}, {"21/08/2024", ""}, {"yesterday", ""}, {"2024", ""}, {"2024-08", ""}, {"August 2024", ""}, {"123456", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.in);
    const auto day = parse_metadata_date(row.in);
    CHECK((day ? to_string(*day) : "") == row.out);
  }
}

TEST_CASE("dates in addresses") {
  struct Row {
    std::string in;
    std::string out;
  };
  const Row rows[] = {
      {"https://a.com/2024/08/21/xiaomi/", "2024-08-21"}, {"https://a.com/news/2024-08-21-x.html", "2024-08-21"}, {"https://a.com/20240821/x", "2024-08-21"}, {"a.com/2024/8/2/x", "2024-08-02"},
      {"https://a.com/2024/08/x", ""}, {"https://2024-08-21.com/x", ""}, {"https://a.com/x?d=2024-08-21", ""}, {"https://a.com/id/120240821", ""}, {"https://a.com/x20240821", ""}, {"https://a.com", ""}, {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.in);
    const auto day = date_in_url(row.in);
    CHECK((day ? to_string(*day) : "") == row.out);
  }
}

}  // namespace factmill
