# Archives as other programs write them: each document's facts, with the way back to it.
python3 - "$article" << 'END'
import gzip, io, json, sys, tarfile, zipfile
article = sys.argv[1].encode()
page = b"<html><body><p>" + article + b"</p></body></html>"
http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
def record(kind, block):
    return b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-06-02T08:30:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (kind, len(block), block)
warc = [record(b"request", b"GET / HTTP/1.1\r\n\r\n"), record(b"response", http), record(b"response", http)]
warc_gz = b"".join(gzip.compress(r, mtime=0) for r in warc)
open("a.warc", "wb").write(b"".join(warc))
open("b.warc.gz", "wb").write(warc_gz)
open("c.csv", "wb").write(b'title,text,date\r\nT,"' + article + b'",2025-06-02\r\n')
open("d.jsonl.gz", "wb").write(gzip.compress(json.dumps({"text": article.decode()}).encode()))
with zipfile.ZipFile("e.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("in/a.txt", article)
    archive.writestr("../b.csv", b"text\n\"" + article + b"\"\n")
    archive.writestr("c.png", b"no text")
with tarfile.open("f.tar.gz", "w:gz") as archive:
    for name, data in (("a.txt", article), ("b.warc.gz", warc_gz)):
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
open("g.txt.gz", "wb").write(gzip.compress(article)[:-9])
open("h.txt", "wb").write("Der Hersteller hat im Mai mehr Autos ausgeliefert als je zuvor, und die Nachfrage nach dem neuen Modell ist nach eigenen Angaben nicht gesunken: NIO delivered 24,180 vehicles in May 2025.".encode())
END
expect 2 extract .  # one of them is cut off
mv out facts
lines facts 11
has facts '"source":\{"path":"./a.warc","offset":1[0-9]+,"url":"https://a.example/1"\}.*"published":"2025-06-02","published_from":"crawl"'
has facts '"source":\{"path":"./b.warc.gz","offset":[1-9][0-9]*,"url":"https://a.example/1"\}'
has facts '"source":\{"path":"./c.csv","offset":17\},"title":"T","published":"2025-06-02","published_from":"metadata"'
has facts '"source":\{"path":"./d.jsonl.gz","offset":0\}'
has facts '"source":\{"path":"./e.zip","member":"in/a.txt"\}'
has facts '"source":\{"path":"./e.zip","member":"../b.csv","offset":5\}'
has facts '"source":\{"path":"./f.tar.gz","member":"a.txt","offset":0\}'
has facts '"source":\{"path":"./f.tar.gz","member":"b.warc.gz","offset":[1-9][0-9]*,"url":"https://a.example/1"\}'
has err '^\./g\.txt\.gz.*its gzip data ends too soon, at byte [0-9]+ \(archive, truncated-gzip'
[ ! -e ../b.csv ] || complain 'a member was written to the file system'

printf '%s\n%s\t%s\n' d.jsonl.gz e.zip 2025-06-03 > list
expect 0 extract --files-from list
lines out 3
has out '"path":"e.zip","member":"in/a.txt"\},"published":"2025-06-03","published_from":"option"'
input=list expect 0 extract --files-from -
lines out 3
printf 'd.jsonl.gz\tyesterday\n' > list
expect 2 extract --files-from list
has err "list:1: expected a path, or a path, a tab and YYYY-MM-DD"
expect 2 extract
has err 'nothing to read'

input=c.csv expect 0 extract --from csv -
lines out 1
expect 0 extract --max-nesting 1 f.tar.gz
lines out 0
has err 'more than 1 archives within each other \(archive, too-deep'
expect 0 extract --max-documents 1 a.warc
lines out 1
has err 'too-many-documents'
