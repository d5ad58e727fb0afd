#include <doctest/doctest.h>

#include "unit/archive/packing.h"
#include "unit/archive/reading.h"

namespace factmill {

using Texts = std::vector<std::string>;

namespace {

const std::string kHttp = "application/http; msgtype=response";
const std::string kHtml = "Content-Type: text/html; charset=utf-8\r\n";

std::string page(std::string_view url, std::string_view body, std::string_view fields = kHtml, std::string_view status = "200 OK") {
  return warc_record("response", url, kHttp, http(fields, body, status));
}

// What a crawl looks like: three pages between records that hold none.
std::vector<std::string> crawl() {
  return {warc_record("warcinfo", "", "application/warc-fields", "software: x\r\n"),
          warc_record("request", "https://a.com/1", "application/http; msgtype=request", "GET /1 HTTP/1.1\r\n\r\n"),
          page("https://a.com/1", "<p>One"),
          warc_record("metadata", "https://a.com/1", "application/warc-fields", "fetchTimeMs: 3\r\n"),
          page("https://a.com/2", "<p>Two\r\n\r\nWARC/1.0 is a format\r\n"),
          page("https://a.com/3", "<p>Three")};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

std::string each_packed(const std::vector<std::string>& parts, std::string (*pack)(std::string_view)) {
  std::string all;
  for (const std::string& part : parts) all += pack(part);
  return all;
}

const Texts kPages = {"<p>One", "<p>Two\r\n\r\nWARC/1.0 is a format\r\n", "<p>Three"};

size_t begin_of(const std::vector<std::string>& parts, size_t count, std::string (*pack)(std::string_view) = nullptr) {
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) at += pack == nullptr ? parts[i].size() : pack(parts[i]).size();
  return at;
}

}  // namespace

TEST_CASE("warc: a response is the page that was sent, with its address, type and the crawl's date") {
  for (size_t piece : {1, 17, 100'000}) {
    CAPTURE(piece);
    Kept kept;
    MemorySource source(joined(crawl()), piece);
    const ReadSummary summary = read_stream(source, "x.warc", {}, test_profiles(), kept);
    REQUIRE(kept.texts() == kPages);
    CHECK(kept.rejects.empty());
    const Record& record = kept.records[1];
    CHECK(record.source.path == "x.warc");
    CHECK(record.source.member == "");
    CHECK(record.source.offset == begin_of(crawl(), 4));
    CHECK(record.source.url == "https://a.com/2");
    CHECK(record.format == Format::html);
    CHECK(record.charset == "utf-8");
    CHECK(record.crawled == "2025-06-02T08:30:00Z");
    CHECK(record.published == "");
    CHECK(record.id == "urn:uuid:https://a.com/2");
    CHECK(summary.skipped == 3);
    CHECK(summary.skipped_by.at("warc request") == 1);
    CHECK(summary.skipped_by.at("warc warcinfo") == 1);
  }
}

TEST_CASE("warc: packed record by record, the offset is that of the record's frame in the file") {
  for (auto pack : {gzip, zstd}) {
    const Kept kept = read_memory(each_packed(crawl(), pack), "x.warc.gz", {}, 13);
    REQUIRE(kept.texts() == kPages);
    CHECK(kept.rejects.empty());
    CHECK(kept.records[0].source.offset == begin_of(crawl(), 2, pack));
    CHECK(kept.records[1].source.offset == begin_of(crawl(), 4, pack));
    CHECK(kept.records[2].source.offset == begin_of(crawl(), 5, pack));
    CHECK(kept.records[2].source.member == "");
  }
}

TEST_CASE("warc: packed as a whole, a record is so far into the frame") {
  const Kept kept = read_memory(gzip(joined(crawl())), "x.warc.gz");
  REQUIRE(kept.texts() == kPages);
  CHECK(kept.records[0].source.offset == 0);
  CHECK(kept.records[0].source.member == "+" + std::to_string(begin_of(crawl(), 2)));
  CHECK(kept.records[2].source.member == "+" + std::to_string(begin_of(crawl(), 5)));
  const std::string two = gzip(warc_record("warcinfo", "", "", "")) + gzip(joined(crawl()));
  CHECK(read_memory(two, "x.warc.gz").records[0].source.offset == gzip(warc_record("warcinfo", "", "", "")).size());
}

TEST_CASE("warc: in a tar the offset counts in the member") {
  const Kept kept = read_memory(gzip(tar({{"a.txt", "a"}, {"in/x.warc.gz", each_packed(crawl(), gzip)}, {"y.warc", joined(crawl())}})), "x.tar.gz");
  REQUIRE(kept.records.size() == 7);
  CHECK(kept.records[1].source.member == "in/x.warc.gz");
  CHECK(kept.records[1].source.offset == begin_of(crawl(), 2, gzip));
  CHECK(kept.records[6].source.member == "y.warc");
  CHECK(kept.records[6].source.offset == begin_of(crawl(), 5));
}

TEST_CASE("warc: conversion and resource records, version 1.1, addresses in brackets, blank lines") {
  const std::string bytes = "\r\n" + warc_record("conversion", "https://a.com/1", "text/plain", "Plain text.", "WARC-Identified-Content-Language: eng\r\n", "1.1") + "\r\n\r\n" +
                            warc_record("resource", "<file://x/2>", "text/html; charset=gb2312", "<p>page") + warc_record("resource", "file://x/3", "image/png", "\x89PNG") +
                            warc_record("conversion", "https://a.com/4", "", "No type.");
  Kept kept;
  MemorySource source(bytes);
  const ReadSummary summary = read_stream(source, "x.wet", {}, test_profiles(), kept);
  REQUIRE(kept.texts() == Texts{"Plain text.", "<p>page"});
  CHECK(kept.records[0].format == Format::text);
  CHECK(kept.records[1].format == Format::html);
  CHECK(kept.records[1].charset == "gb2312");
  CHECK(kept.records[1].source.url == "file://x/2");
  CHECK(summary.skipped_by.at("image/png") == 1);
  CHECK(summary.skipped_by.at("no content type") == 1);
}

TEST_CASE("warc: what is no page is skipped and counted by kind") {
  const std::string bytes = page("u1", "gone", kHtml, "404 Not Found") + page("u2", "moved", kHtml, "301 Moved") + page("u3", "{}", "Content-Type: application/json\r\n") +
                            page("u4", "<!doctype html><p>typeless", "") + page("u5", "typeless", "") + warc_record("response", "dns:a.com", "text/dns", "a.com 1.2.3.4") +
                            warc_record("revisit", "u6", kHttp, http("", "")) + page("u7", "<p>older", kHtml, "203 x");
  Kept kept;
  MemorySource source(bytes);
  const ReadSummary summary = read_stream(source, "x.warc", {}, test_profiles(), kept);
  CHECK(kept.texts() == Texts{"<!doctype html><p>typeless", "<p>older"});
  CHECK(kept.rejects.empty());
  CHECK(summary.skipped == 6);
  CHECK(summary.skipped_by.at("http status 404") == 1);
  CHECK(summary.skipped_by.at("http status 301") == 1);
  CHECK(summary.skipped_by.at("application/json") == 1);
  CHECK(summary.skipped_by.at("no content type") == 1);
  CHECK(summary.skipped_by.at("text/dns") == 1);
  CHECK(summary.skipped_by.at("warc revisit") == 1);
}

TEST_CASE("warc: bodies in chunks and compressed") {
  const std::string bytes = page("u1", "4\r\n<p>C\r\n5\r\nhunks\r\n0\r\n\r\n", kHtml + "Transfer-Encoding: chunked\r\n") +
                            page("u2", gzip("<p>Packed"), kHtml + "Content-Encoding: gzip\r\n") + page("u3", "x", kHtml + "Content-Encoding: br\r\n") +
                            page("u4", gzip("<p>Packed").substr(0, 20), kHtml + "Content-Encoding: gzip\r\n") +
                            warc_record("response", "u5", kHttp, http(kHtml + "Transfer-Encoding: chunked\r\n", "9\r\n<p>Cut"), "WARC-Truncated: length\r\n");
  const Kept kept = read_memory(bytes, "x.warc");
  CHECK(kept.texts() == Texts{"<p>Chunks", "<p>Packed", "<p>Cut"});
  REQUIRE(kept.codes() == Texts{"unsupported-encoding", "truncated-http"});
  CHECK(kept.rejects[0].source.url == "u3");
  CHECK(kept.rejects[0].source.offset == kept.rejects[0].offset);
}

TEST_CASE("warc: a damaged record is a reject, the next is read") {
  const std::string good = page("u9", "<p>Good");
  struct Row {
    const char* name;
    std::string bytes;
    const char* code;
  };
  const Row rows[] = {
      {"garbage", "garbage\r\nmore\r\n\r\n", "damaged-warc"},
      {"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n", "damaged-warc"},
      {"a length that is none", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n", "damaged-warc"},
      {"a length too long for any number", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n", "damaged-warc"},
      {"no type", "WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "damaged-warc"},
      {"a length too short", "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nlonger\r\n\r\n", "damaged-warc"},
      {"an empty page", page("u1", " \r\n"), "empty"},
      {"no http", warc_record("response", "u1", kHttp, "<p>x"), "damaged-http"},
      {"a segment", warc_record("response", "u1", kHttp, "HTTP/1.1 200 OK\r\n\r\n<p>", "WARC-Segment-Number: 1\r\n"), "segmented"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Kept kept = read_memory(good + row.bytes + good, "x.warc", {}, 11);
    CHECK(kept.texts() == Texts{"<p>Good", "<p>Good"});
    REQUIRE(kept.codes() == Texts{row.code});
    CHECK(kept.rejects[0].offset >= good.size());
    CHECK(kept.rejects[0].offset <= good.size() + 60);
    CHECK(kept.records[1].source.offset == good.size() + row.bytes.size());
  }
  CHECK(read_memory(good + good.substr(0, 50), "x.warc").codes() == Texts{"truncated-warc"});
  const Kept kept = read_memory(good + good.substr(0, good.size() - 9), "x.warc");
  CHECK(kept.texts() == Texts{"<p>Good"});
  CHECK(kept.codes() == Texts{"truncated-warc"});
  CHECK(kept.rejects[0].source.offset == good.size());
  CHECK(read_memory("", "x.warc").codes() == Texts{"empty"});
  CHECK(read_memory("no warc", "x.warc").codes() == Texts{"damaged-warc"});
}

TEST_CASE("warc: a damaged gzip member costs its record, the next is read") {
  std::vector<std::string> parts = crawl();
  std::string bytes = each_packed(parts, gzip);
  const size_t second = begin_of(parts, 4, gzip), third = begin_of(parts, 5, gzip);
  for (size_t at = second; at < third; ++at) {
    CAPTURE(at - second);
    std::string damaged = bytes;
    damaged[at] ^= 0x55;
    const Kept kept = read_memory(damaged, "x.warc.gz");
    REQUIRE(kept.records.size() >= 2);
    CHECK(kept.texts()[0] == "<p>One");
    CHECK(kept.texts().back() == "<p>Three");
    CHECK(kept.records.back().source.offset == third);
    // A header's time, name and system hold nothing that is checked.
    if (kept.records.size() == 2) CHECK(kept.rejects.size() >= 1);
  }
}

TEST_CASE("warc: a record over the limit is a reject, the next is read") {
  ReadOptions options;
  options.max_document_bytes = 1000;
  const Kept kept = read_memory(page("u1", std::string(2'000'000, 'x')) + page("u2", std::string(1001, 'x')) + page("u3", "<p>Good"), "x.warc", options);
  CHECK(kept.texts() == Texts{"<p>Good"});
  CHECK(kept.codes() == Texts{"too-long", "too-long"});
  CHECK(kept.rejects[1].source.url == "u2");
}

}  // namespace factmill
