#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets:  seeds.py FOLDER SOURCE_DIRECTORY  -> FOLDER/TARGET/*, the same each time."""
import glob
import gzip
import io
import os
import sys
import tarfile
import zipfile
import zlib

ARTICLE = "NIO delivered 24,180 vehicles in May 2025, up 13.1 percent year-on-year.\n\nRevenue was RMB 6.4 billion ($896 million)."
PAGE = ("<!doctype html><html lang=en><head><meta charset=utf-8><title>May</title><meta property='article:published_time' content='2025-06-02'>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-06-02T08:00:00Z\"}</script></head><body>"
        "<h1>May</h1><article><p>" + ARTICLE + "</p><table><tr><th>Brand<th>May<tr><td>NIO<td>24,180<tr><td>XPeng<td>33,525</table>"
        "<ul><li>a&nbsp;b &amp; c<li>d</ul></article></body></html>")
LINES = '{"text":"%s","title":"T","published":"2025-06-02"}\n{"body":{"sections":[{"paragraphs":["a","b"]}]}}\n\n{"text":"two"}\n' % ARTICLE.replace("\n", "\\n")
ROWS = 'id,text,title,date\r\n1,"%s",T,2025-06-02\r\n2,plain,"a ""b""",\r\n' % ARTICLE


def packed(data):
    return gzip.compress(data, mtime=0)


def http(body, fields=b"Content-Type: text/html; charset=utf-8\r\n"):
    return b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n" + body


def record(kind, content_type, block, version=b"1.0"):
    return (b"WARC/%s\r\nWARC-Type: %s\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-06-02T08:30:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            b"Content-Type: %s\r\nContent-Length: %d\r\n\r\n" % (version, kind, content_type, len(block))) + block + b"\r\n\r\n"


def tar(members):
    out = io.BytesIO()
    archive = tarfile.open(fileobj=out, mode="w")
    for name, data in members:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    archive.close()
    return out.getvalue()[:2048 + sum(512 + (len(data) + 511) // 512 * 512 for _, data in members)]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2025, 6, 2, 8, 0, 0)), data, method)
    return out.getvalue()


def main(folder, source):
    article, page, lines, rows = (text.encode() for text in (ARTICLE, PAGE, LINES, ROWS))
    chunks = b"5\r\n<p>He\r\n4;x=y\r\nllo.\r\n0\r\n\r\n"
    chunked = b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    responses = [http(page), http(packed(page), b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"), http(zlib.compress(page), b"Content-Encoding: deflate\r\n"), http(chunks, chunked)]
    records = [record(b"warcinfo", b"application/warc-fields", b"software: x\r\n")] + [record(b"response", b"application/http; msgtype=response", r) for r in responses] + [
        record(b"conversion", b"text/plain", article, b"1.1"), record(b"resource", b"text/html", page)]
    members = [("a.txt", article), ("b.jsonl", lines), ("c.html.gz", packed(page)), ("d.warc", records[1]), ("e.csv", rows)]
    seeds = {
        "json": [lines, b"[" + lines.split(b"\n")[0] + b",\n" + b'{"text":"b"}]', b"\xef\xbb\xbf" + lines, b'{"text":\n"x"}'],
        "csv": [rows, rows.replace(b",", b";"), b"\xef\xbb\xbf" + rows, b'text,title\n"a\nb",c\n"open,d\ne,f\n', b"title\ttext\na\tb\n"],
        "warc": [b"".join(records), b"".join(packed(r) for r in records), packed(b"".join(records)), records[2], records[4] + b"garbage\r\n" + records[4]],
        "packed": [packed(article), packed(lines) + packed(lines), tar(members), packed(tar(members)), zipped(members), zipped(members, zipfile.ZIP_STORED),
                   tar([("in.zip", zipped(members[:2]))]), zipped([("in.tar", tar(members[:2]))]), packed(b"".join(records)),
                   bytes.fromhex("28b52ffd0458e10000746578742c7469746c650a612c620a7b2274657874223a2278227d0a4f2c7101")],
        "http": responses,
        "text": [b"\0" + article, b"\1" + page, b"\4" + "比亚迪5月销量382,476辆".encode("gb18030"), b"\x0c" + article.decode().encode("utf-16-le"), b"\x0a" + "€5 “quoted”".encode("cp1252"),
                 b"\1<p>a<sup>1</sup><table><tr><td>x<td>y<table></table>&#x41;&notin;<!-- c --><pre>a\nb</pre>"],
        "rules": [open(path, "rb").read()[:3000] for path in sorted(glob.glob(os.path.join(source, "tests/**/*.yaml"), recursive=True))],
        "extract": [article, page, lines, records[1], packed(lines)],
    }
    for target, inputs in seeds.items():
        os.makedirs(os.path.join(folder, target), exist_ok=True)
        for number, data in enumerate(inputs):
            with open(os.path.join(folder, target, "seed%02d" % number), "wb") as out:
                out.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
