#!/usr/bin/env python3
"""Record for record: what factmill reads of WARC files beside what warcio, another writer and reader of them, reads.

usage: warc.py BENCH_READ [FILE...]        (pip install warcio xxhash; ninja -C build/release bench_read)

Without files, warcio writes some: WARC 1.0 and 1.1, packed and not, responses (chunked, gzip, deflate, brotli, redirects),
conversions, resources, requests, revisits. Compared are each document's offset, address and the hash of its bytes.
"""
import argparse
import io
import os
import random
import subprocess
import sys
import tempfile
import zlib
import gzip

try:
    import xxhash
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError as missing:
    sys.exit(f"warc.py: error: {missing} (pip install warcio xxhash)")

WORDS = "battery deliveries motor range charging plant quarter price margin Élan 比亚迪 €uro".split()


def body(random_):
    return "<html><p>" + " ".join(random_.choice(WORDS) for _ in range(random_.randrange(1, 3000))) + "</html>"


def chunked(data, random_):
    out = b""
    while data:
        size = random_.randrange(1, 500)
        out += b"%x\r\n%s\r\n" % (len(data[:size]), data[:size])
        data = data[size:]
    return out + b"0\r\n\r\n"


def write(path, version, packed, random_, count=300):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(os.path.basename(path), {"software": "warcio"}))
        for number in range(count):
            url = f"https://news.example/{number}?q=%20a"
            data = body(random_).encode()
            fields = [("Content-Type", random_.choice(["text/html; charset=utf-8", "text/html", "image/png", "application/json", "text/plain"]))]
            encoding = random_.choice(["", "", "gzip", "deflate", "br"])
            if encoding:
                fields.append(("Content-Encoding", encoding))
            if encoding == "gzip":
                data = gzip.compress(data)
            elif encoding == "deflate":
                data = zlib.compress(data)
            if random_.random() < .3:
                fields.append(("Transfer-Encoding", "chunked"))
                data = chunked(data, random_)
            status = random_.choice(["200 OK"] * 6 + ["404 Not Found", "301 Moved"])
            headers = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
            kind = random_.choice(["response"] * 5 + ["resource", "conversion", "request", "revisit"])
            if kind == "response":
                record = writer.create_warc_record(url, kind, payload=io.BytesIO(data), http_headers=headers)
            elif kind == "request":
                request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
                record = writer.create_warc_record(url, kind, http_headers=request)
            elif kind == "revisit":
                record = writer.create_revisit_record(url, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", url, "2025-06-02T08:30:00Z", http_headers=headers)
            else:
                record = writer.create_warc_record(url, kind, payload=io.BytesIO(body(random_).encode()), warc_content_type="text/plain" if kind == "conversion" else "text/html")
            writer.write_record(record)


def wanted(record):
    """By the rules that archive.h states."""
    content_type = (record.rec_headers.get_header("Content-Type") or "").split(";")[0]
    if record.rec_type == "response":
        if record.http_headers.get_statuscode() not in ("200", "203"):
            return False
        encoding = record.http_headers.get_header("Content-Encoding")
        if encoding == "br":
            return False
        content_type = (record.http_headers.get_header("Content-Type") or "").split(";")[0]
    elif record.rec_type not in ("conversion", "resource"):
        return False
    return content_type in ("text/html", "text/plain", "application/xhtml+xml")


def peer_records(path):
    with open(path, "rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            if wanted(record):
                data = record.content_stream().read()  # before the offset is asked, which reads the record to its end
                yield records.get_record_offset(), record.rec_headers.get_header("WARC-Target-URI"), xxhash.xxh3_128_hexdigest(data)


def our_records(reader, path):
    lines = subprocess.run([reader, "--list", path], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    for line in lines:
        _, _, offset, url, _, digest = line.split("\t")
        yield int(offset), url, digest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        if not options.files:
            for version in ("1.0", "1.1"):
                for packed in (False, True):
                    options.files.append(f"{folder}/{version}.warc" + (".gz" if packed else ""))
                    write(options.files[-1], version, packed, random.Random(version))
        for path in options.files:
            theirs, ours = list(peer_records(path)), list(our_records(options.reader, path))
            same = sum(a == b for a, b in zip(theirs, ours))
            print(f"{os.path.basename(path)}: {len(theirs)} records of the peer's, {len(ours)} of ours, {same} the same")
            if theirs != ours:
                wrong += 1
                for a, b in zip(theirs + [None] * len(ours), ours + [None] * len(theirs)):
                    if a != b:
                        print("  first difference:", a, b)
                        break
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
