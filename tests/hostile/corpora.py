"""Hostile documents, made in memory and named: pages, PDFs, archives, XML, names of files.

Each corpus is a table of name -> function; nothing is kept on disk.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.reading import makers

Corpus = dict[str, Callable[[], bytes]]
SAID = b"<p>The minister said on Tuesday that the two sides would not sign anything before the end of the month.</p>"


def _page(body: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>" + body + b"</body></html>"


def pages() -> Corpus:
    """60 web pages that some parser needs quadratic time, deep recursion or much memory for."""
    corpus: Corpus = {}
    for tag in (
        b"div",
        b"span",
        b"b",
        b"font",
        b"a",
        b"ul",
        b"table",
        b"blockquote",
        b"section",
        b"svg",
        b"math",
        b"em",
    ):
        name = tag.decode()
        corpus[f"deep {name}"] = lambda tag=tag: _page(b"<%s>" % tag * 100_000 + SAID)
        corpus[f"deep closed {name}"] = lambda tag=tag: _page(b"<%s>x" % tag * 20_000 + SAID + b"</%s>" % tag * 20_000)
    for tag in (b"p", b"li", b"td", b"option", b"dd"):
        corpus[f"unclosed {tag.decode()}"] = lambda tag=tag: _page(b"<%s>x" % tag * 50_000)
    corpus |= {
        "attributes": lambda: _page(b"<div " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + SAID),
        "attributes without values": lambda: _page(b"<div" + b" a" * 200_000 + b">" + SAID),
        "same attribute": lambda: _page(b"<div" + b" a='b'" * 100_000 + b">"),
        "attributes at the limit": lambda: _page((b"<div" + b" a=b" * 500 + b">x</div>") * 2_000),
        "long attribute": lambda: _page(b"<div title='" + b"x" * 5_000_000 + b"'>" + SAID),
        "open quote": lambda: _page(b'<a href="' * 100_000),
        "open quotes of both kinds": lambda: _page(b"<a x=\" y='" * 50_000),
        "open comment": lambda: _page(b"<!--" * 500_000),
        "comments": lambda: _page(b"<!---->" * 300_000 + SAID),
        "odd comments": lambda: _page(b"<!-->" + b"<div>" * 100_000),
        "open tag": lambda: _page(b"<" * 1_000_000),
        "names without end": lambda: _page(b"<a" * 500_000),
        "open script": lambda: _page(b"<script>" * 200_000),
        "open style": lambda: _page(b"<style>" + b"x" * 3_000_000),
        "open title": lambda: _page(b"<title>" * 200_000),
        "textarea with tags": lambda: _page(b"<textarea>" + b"<div>" * 100_000),
        "declarations": lambda: _page(b"<!x" * 300_000),
        "instructions": lambda: _page(b"<?x" * 300_000),
        "cdata": lambda: _page(b"<![CDATA[" * 200_000),
        "closing tags": lambda: _page(b"</div>" * 400_000 + SAID),
        "entities": lambda: _page(b"<p>" + b"&amp;" * 800_000 + b"</p>"),
        "broken entities": lambda: _page(b"<p>" + b"&" * 2_000_000 + b"</p>"),
        "numeric entities": lambda: _page(b"<p>" + b"&#99999999;" * 200_000 + b"</p>"),
        "doctype entities": lambda: b"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" + _page(b"&b;" * 9_999),
        "blanks": lambda: _page(b"<p>" + b" " * 8_000_000 + b"x</p>"),
        "line ends": lambda: _page(b"<pre>" + b"x\n" * 800_000 + b"</pre>"),
        "one long word": lambda: _page(b"<p>" + b"x" * 6_000_000 + b"</p>"),
        "many paragraphs": lambda: _page(SAID * 30_000),
        "nested tables": lambda: _page(b"<table><tr><td>" * 5_000),
        "nested lists": lambda: _page(b"<ul><li>" * 5_000),
        "formatting soup": lambda: _page(b"<b><i></b></i>" * 50_000),
    }
    return corpus


def pdfs() -> Corpus:
    """40 PDFs: streams packed several times over, circular references, floods of objects, damage, passwords."""
    corpus: Corpus = {}
    for times in (1, 2, 3):
        for size in (1, 50, 400):
            corpus[f"flate {times} times, {size} MB"] = lambda times=times, size=size: _flate_bomb(times, size)
    for cut in (0, 9, 60, 200, 400, 500, 600):
        corpus[f"cut at {cut}"] = lambda cut=cut: b"%PDF-1.7\n" + makers.pdf([["Some text"]] * 3)[9 : 9 + cut]
    whole = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
    ]
    catalog = b"<< /Type /Catalog /Pages 2 0 R "
    corpus |= {
        "pages that hold themselves": lambda: makers.pdf_of(whole),
        "pages in a circle": lambda: makers.pdf_of([whole[0], b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", whole[2]]),
        "a deep tree of pages": lambda: makers.pdf_of(
            [whole[0], *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 3) for n in range(20_000)), b"null"]
        ),
        "100000 empty pages": lambda: _empty_pages(100_000),
        "3000 empty pages": lambda: _empty_pages(3_000),
        "1500 empty pages": lambda: _empty_pages(1_500),
        "a count that lies": lambda: makers.pdf_of([whole[0], b"<< /Type /Pages /Kids [] /Count 2147483647 >>"]),
        "a negative count": lambda: makers.pdf_of([whole[0], b"<< /Type /Pages /Kids [] /Count -5 >>"]),
        "outlines in a circle": lambda: makers.pdf_of(
            [catalog + b"/Outlines 3 0 R >>", whole[1], b"<< /First 3 0 R /Next 3 0 R /Parent 3 0 R /Count 9 >>"]
        ),
        "a reference to itself": lambda: makers.pdf_of([catalog + b">>", b"2 0 R"]),
        "a length in a circle": lambda: makers.pdf_of(
            [whole[0], b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
             b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"]
        ),
        "cross-references in a circle": lambda: makers.pdf([["x"]], extra=b"/Prev 0 /XRefStm 9"),
        "previous table is this one": lambda: _previous_is_this(),
        "deep arrays": lambda: makers.pdf_of([catalog + b"/X " + b"[" * 200_000 + b">>", whole[1]]),
        "deep dictionaries": lambda: makers.pdf_of([catalog + b"/X " + b"<</X" * 100_000 + b">>", whole[1]]),
        "a form that draws itself": lambda: _self_drawing(),
        "a huge page": lambda: makers.pdf([["x"]]).replace(b"612 792", b"9e9 9e9"),
        "a page of a million words": lambda: makers.pdf([["word " * 15] * 60_000]),
        "encrypted": lambda: makers.pdf(
            [["x"]],
            extra=b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>"
            % (b"41" * 32, b"42" * 32),
        ),
        "encrypted in an unknown way": lambda: makers.pdf([["x"]], extra=b"/Encrypt << /Filter /Nobody /V 9 >>"),
        "a root that is no catalog": lambda: makers.pdf_of([b"(text)", b"(text)"]),
        "no objects": lambda: b"%PDF-1.7\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
        "only the head": lambda: b"%PDF-1.7\n" + b"%" * 1_000_000,
        "a start far behind the end": lambda: b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF",
    }  # fmt: skip
    return corpus


def archives() -> Corpus:
    """30 archives that call themselves Word documents."""
    word = makers.word(["The minister said no."])
    zeros = bytes(400 * 2**20)
    corpus: Corpus = {
        "one member of 400 MB": lambda: makers.with_part(word, "word/document.xml", zeros),
        "one other member of 400 MB": lambda: makers.with_part(word, "word/media/a.bin", zeros),
        "200 members of 5 MB": lambda: _many(word, 200, zeros[: 5 * 2**20]),
        "600 members of 1 MB": lambda: _many(word, 600, zeros[: 2**20]),
        "5001 members": lambda: _many(word, 5_001, b""),
        "100000 members": lambda: _entries(100_000),
        "a directory of a million entries": lambda: _entries(1_000_000),
        "an archive in it": lambda: makers.with_part(word, "word/a.zip", makers.zipped({"a": b"x"})),
        "42": lambda: makers.with_part(
            word, "word/a.bin", makers.zipped({"a.zip": makers.zipped({"a": zeros[: 2**20]})})
        ),
        "gzip in it": lambda: makers.with_part(word, "word/a.gz", b"\x1f\x8b\x08" + bytes(99)),
        "overlapping entries": lambda: _overlapping(word),
        "a size that lies low": lambda: _lying(word, 10),
        "a size that lies high": lambda: _lying(word, 2**31),
        "encrypted": lambda: _flagged(word),
        "an unknown method": lambda: _method(word, 99),
        "bzip2": lambda: _method(word, 12),
        "no directory": lambda: word[: word.rfind(b"PK\x05\x06")],
        "no word in it": lambda: makers.zipped({"a.txt": b"x"}),
        "empty": lambda: makers.zipped({}),
        "document that is no XML": lambda: makers.with_part(word, "word/document.xml", b"\0" * 99),
        "a node of 100 MB": lambda: makers.with_part(word, "word/document.xml", _big_node(100)),
        "a node of 11 MB": lambda: makers.with_part(word, "word/document.xml", _big_node(11)),
        "deep XML": lambda: makers.with_part(word, "word/document.xml", b"<a>" * 100_000),
        "a million empty paragraphs": lambda: makers.with_part(word, "word/document.xml", _body(b"<w:p/>" * 10**6)),
        "a thousand nested tables": lambda: makers.with_part(
            word, "word/document.xml", _body(b"<w:tbl><w:tr><w:tc>" * 1_000)
        ),
    }  # fmt: skip
    for cut in (30, 100, 1_000, 5_000, 20_000):
        corpus[f"cut at {cut}"] = lambda cut=cut: word[:cut]
    return corpus


def payloads(canary: str) -> dict[str, bytes]:
    """25 XML prologs and bodies that reach for `canary`, for the network, or grow."""
    uses = b"<a>&x;</a>"
    file, web = f"file://{canary}".encode(), b"http://127.0.0.1:9/x"
    return {
        "file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % file + uses,
        "file, public": b'<!DOCTYPE a [<!ENTITY x PUBLIC "p" "%s">]>' % file + uses,
        "plain path": b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % canary.encode() + uses,
        "web": b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % web + uses,
        "ftp": b'<!DOCTYPE a [<!ENTITY x SYSTEM "ftp://127.0.0.1:9/x">]>' + uses,
        "parameter, file": b'<!DOCTYPE a [<!ENTITY %% x SYSTEM "%s"> %%x;]><a/>' % file,
        "parameter, web": b'<!DOCTYPE a [<!ENTITY %% x SYSTEM "%s"> %%x;]><a/>' % web,
        "external subset, file": b'<!DOCTYPE a SYSTEM "%s"><a/>' % file,
        "external subset, web": b'<!DOCTYPE a SYSTEM "%s"><a/>' % web,
        "external subset, public": b'<!DOCTYPE a PUBLIC "-//x//y" "%s"><a/>' % web,
        "laughs": _laughs(10, 10),
        "laughs, wide": _laughs(3, 1_000),
        "blow-up": b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 50_000 + b'">]><a>' + b"&x;" * 50_000 + b"</a>",
        "entity in attribute": _laughs(8, 10).replace(b"<a>&x9;</a>", b"<a b='&x7;'/>"),
        "entity of itself": b'<!DOCTYPE a [<!ENTITY x "&x;">]>' + uses,
        "entities in a circle": b'<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]>' + uses,
        "default attribute": b'<!DOCTYPE a [<!ATTLIST a b CDATA "' + b"x" * 9_999 + b'">]>' + b"<a/>",
        "notation": b'<!DOCTYPE a [<!NOTATION n SYSTEM "%s"><!ENTITY x SYSTEM "%s" NDATA n>]><a/>' % (file, file),
        "empty doctype": b"<!DOCTYPE a><a/>",
        "doctype after comments": b"<!-- x -->" * 1_000 + b'<!DOCTYPE a [<!ENTITY x "y">]>' + uses,
        "utf-16": (
            f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{canary}">]><a>&x;</a>'
        ).encode("utf-16"),
        "latin-1": b'<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % file + uses,
        "utf-7": b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY x SYSTEM "%s">]>' % file
        + uses,
        "byte-order mark": b'\xef\xbb\xbf<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % file + uses,
        "standalone": b'<?xml version="1.0" standalone="yes"?><!DOCTYPE a [<!ENTITY x SYSTEM "%s">]>' % file + uses,
    }  # fmt: skip


def names() -> list[str]:
    """40 names that try to lead out of a folder or to confuse whoever shows them."""
    found = [
        "../evil", "../../../../tmp/evil", "/tmp/evil", "//evil", "./../evil", "a/../../evil", "..", ".", "", " ",
        "..\\evil", "..\\..\\evil", "C:\\evil", "C:evil", "\\\\server\\share\\evil", "\\\\?\\C:\\evil", "CON",
        "NUL.txt", "AUX", "COM1", "a\0b", "\0",
        "~", "~/evil", "~root/evil", "$HOME/evil", "`touch evil`", "a;touch evil", "a|b", "-rf", "--help",
        "x" * 4_000, "é" * 300, "\u202etxt.exe", "a\u200bb", "a\nb",
        "a\rb\x1b[2J", "con\u0301", "＂evil＂", "evil\\",
    ]  # fmt: skip
    assert len(found) == 40
    return found


def _flate_bomb(times: int, megabytes: int) -> bytes:
    data = b"BT /F1 12 Tf (x) Tj ET\n" + b" " * (megabytes * 10**6)
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    return makers.pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
            b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(data), filters, data),
        ]
    )


def _empty_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(count))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return makers.pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[one] * count])


def _previous_is_this() -> bytes:
    made = makers.pdf([["x"]], extra=b"/Prev 0000000")
    start = made[made.rfind(b"startxref") + 10 :].split()[0]
    return made.replace(b"/Prev 0000000", b"/Prev " + start.rjust(7, b"0"))


def _self_drawing() -> bytes:
    return makers.pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R "
                b"/Resources << /XObject << /X 5 0 R >> >> >>"
            ),
            b"<< /Length 8 >>\nstream\n/X Do /X\nendstream",
            (
                b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                b"/Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"
            ),
        ]
    )


def _many(package: bytes, count: int, content: bytes) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}", content)
    return out.getvalue()


def _entries(count: int) -> bytes:
    """A directory of entries that all mean the same empty member."""
    local = b"PK\x03\x04" + struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHLLLHHHHHLL", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * count
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + end


def _overlapping(package: bytes) -> bytes:
    """The directory names the first member twice."""
    end = package.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<LL", package, end + 12)
    directory = package[offset : offset + size]
    first = directory[: 46 + sum(struct.unpack_from("<HHH", directory, 28))]
    count = struct.unpack_from("<H", package, end + 10)[0] + 1
    tail = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, size + len(first), offset, 0)
    return package[:offset] + directory + first + tail


def _directory_changed(package: bytes, at: int, layout: str, value: int) -> bytes:
    end = package.rfind(b"PK\x05\x06")
    (offset,) = struct.unpack_from("<L", package, end + 16)
    changed = bytearray(package)
    struct.pack_into(layout, changed, offset + at, value)
    return bytes(changed)


def _lying(package: bytes, size: int) -> bytes:
    return _directory_changed(package, 24, "<L", size)


def _flagged(package: bytes) -> bytes:
    return _directory_changed(package, 8, "<H", 1)


def _method(package: bytes, number: int) -> bytes:
    return _directory_changed(package, 10, "<H", number)


def _body(inner: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (space, inner)


def _big_node(megabytes: int) -> bytes:
    return _body(b"<w:p><w:r><w:t>" + b"word " * (megabytes * 200_000) + b"</w:t></w:r></w:p>")


def _laughs(levels: int, width: int) -> bytes:
    entities = b'<!ENTITY x0 "ha">' + b"".join(
        b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * width) for n in range(1, levels)
    )
    return b"<!DOCTYPE a [" + entities + b"]><a>&x%d;</a>" % (levels - 1)
