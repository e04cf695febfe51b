"""Corpora article by article, damage named in its place; read part by part into Parquet, resumable, the same on any workers."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import UsageError
from winset.reading.limits import Limits
from winset.services import corpora, corpus_runs
from winset.services.corpora import Member
from winset.services.files import Source

arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("fastwarc", reason="FastWARC is not installed")
parquet = pytest.importorskip("pyarrow.parquet")


def text(n: int) -> str:
    return f'"We will sign draft {n}," the minister of Norland said.\n\nIt rained. Sudia rejected it, an envoy said on Monday.'


def said(*arguments: object) -> Result:
    return CliRunner().invoke(winset, [str(one) for one in arguments])


def lines(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps({"id": f"n{n}", "title": f"Draft {n}", "date": "2025-03-04", "text": text(n)}) + "\n" for n in range(count)))  # fmt: skip
    return path


def warc_record(
    body: bytes, address: str, kind: str = "response", status: str = "200 OK", mime: str = "text/html"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {mime}; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    block = http + body if kind == "response" else body
    inner = "application/http; msgtype=response" if kind == "response" else mime
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(address)):032x}>\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2025-03-04T05:06:07Z\r\nContent-Type: {inner}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n")  # fmt: skip
    return head.encode() + block + b"\r\n\r\n"


def page(n: int) -> bytes:
    return (
        f"<html><head><title>Draft {n}</title></head><body><article><p>{text(n)}</p></article></body></html>".encode()
    )


def members(path: Path) -> list[Member]:
    return [one for one in corpora.expanded([Source(file=str(path))], Limits()) if isinstance(one, Member)]


def test_json_lines_by_their_own_texts_titles_and_days_and_damage_in_its_place(tmp_path: Path) -> None:
    (path := tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(
        b'{"text": "One.", "title": " A  b", "date": "2025-03-04T10:00:00Z", "url": "http://x/1"}\n'
        b'\n{"text": "Two.", "date": "soon"}\n{"text": \n[1, 2]\n{"title": "only"}\n{"html": "<p>Three.</p>"}\n'
        b'{"text": "<p>is text</p>"}'
    ))  # fmt: skip
    found = members(path)
    assert [one.data for one in found if not one.wrong] == [b"One.", b"Two.", b"<p>Three.</p>", b"<p>is text</p>"]
    assert (found[0].title, str(found[0].date), found[0].shown) == ("A b", "2025-03-04", f"{path}#1 http://x/1")
    assert [one.stem for one in found] == ["news:1", "news:3", "news:4", "news:5", "news:6", "news:7", "news:8"]
    assert [one.wrong for one in found if one.wrong][1:] == [
        "line 5 is no object with a text, but list",
        "line 6 has no text: none of text, body, content, maintext, article, html, raw_html; it has title",
    ]
    assert "line 4 is not JSON" in str(found[2].wrong)
    assert [one.named for one in found[-2:]] == ["article.html", "article.txt"]
    path.write_bytes(path.read_bytes()[:-20])
    assert "damaged from line" in str(members(path)[-1].wrong)


def test_warc_pages_and_texts_are_articles_and_damage_is_named(tmp_path: Path) -> None:
    good = [warc_record(page(n), f"http://x/{n}") for n in range(3)]
    other = warc_record(b"{}", "http://x/api", mime="application/json"), warc_record(page(9), "http://x/9", status="404 Not Found")  # fmt: skip
    wet = warc_record(text(7).encode(), "http://x/7", kind="conversion", mime="text/plain")
    (path := tmp_path / "crawl.warc").write_bytes(b"".join((*good, *other, wet)))
    found = members(path)
    assert [one.data for one in found] == [page(0), page(1), page(2), text(7).encode()]
    assert [one.stem for one in found] == [f"crawl:{n}" for n in range(1, 5)]
    assert found[1].shown == f"{path}#{len(good[0])} http://x/1"
    (zipped := tmp_path / "crawl.warc.gz").write_bytes(b"".join(map(gzip.compress, good)))
    assert [one.data for one in members(zipped)] == [page(0), page(1), page(2)]
    whole = zipped.read_bytes()
    for data in (whole[:-30], whole[: len(whole) // 2] + b"\xff" * 40 + whole[len(whole) // 2 + 40 :]):
        zipped.write_bytes(data)
        broken = members(zipped)
        assert broken[0].data == page(0)
        assert any(one.wrong for one in broken), "what is damaged is said"
    path.write_bytes(b"".join(good)[:-60])
    assert any(one.wrong for one in members(path))
    path.write_bytes(b"no archive")
    assert "no page in it" in str(members(path)[0].wrong) or "damaged" in str(members(path)[0].wrong)


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    rows = [{"text": text(n), "date": None, "title": "", "unused": n} for n in range(70)]
    parquet.write_table(arrow.Table.from_pylist([*rows, {"text": None}]), path, row_group_size=30)
    found = members(path)
    assert [one.data.decode() for one in found[:70]] == [text(n) for n in range(70)]
    assert "row 71 has no text" in str(found[70].wrong)
    data = bytearray(path.read_bytes())
    data[4:200] = random.Random(1).randbytes(196)
    path.write_bytes(data)
    damaged = members(path)
    assert "rows 1 to 30 are damaged" in str(damaged[0].wrong)
    assert damaged[-1].stem == "rows:71", "the other row groups are read"
    path.write_bytes(data[:300])
    assert "not a Parquet file" in str(members(path)[0].wrong)


def test_a_corpus_goes_to_standard_output_like_any_source(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 3)
    with path.open("a") as file:
        file.write("{\n")
    done = said("read", path, "--json", "--annotator", "rules")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 6
    assert [one["doc"] for one in found] == ["a:1", "a:2", "a:3", "a:4"]
    assert (found[1]["title"], found[1]["date"], found[1]["text"]) == ("Draft 1", "2025-03-04", text(1))
    assert found[1]["statements"][0]["id"] == "a:2#1"
    assert "line 4 is not JSON" in found[3]["error"]["reason"]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_folder_of_parts_is_the_same_on_any_workers_and_a_run_that_was_ended_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = lines(tmp_path / "a.jsonl", 200)
    asked: dict[str, Any] = {"annotator": "rules", "note": lambda _: None}
    whole = corpus_runs.read_into((str(corpus),), tmp_path / "one", workers=1, **asked)
    assert (whole["documents"], whole["parts"], whole["complete"], whole["resumed_parts"]) == (200, 4, True, 0)
    assert (
        corpus_runs.read_into((str(corpus),), tmp_path / "two", workers=2, **asked)["statements"] == whole["statements"]
    )
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    table = parquet.read_table(tmp_path / "one" / "documents-000001.parquet")
    assert table.column("text")[0].as_py() == text(64)
    statements = parquet.read_table(tmp_path / "one" / "statements-000000.parquet").to_pylist()
    start, end = statements[0]["content"][0]
    assert text(0)[start:end] == statements[0]["words"]

    ended = tmp_path / "ended"
    counted: list[int] = []

    def end_at_the_third(now: dict[str, Any]) -> None:
        counted.append(now["parts"])
        if now["parts"] == 2 and len(counted) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus_runs.read_into((str(corpus),), ended, workers=1, tell=end_at_the_third, **asked)
    with (ended / "manifest.jsonl").open("a") as file:
        file.write('{"part": 2, "docu')  # as a power cut leaves it
    (ended / "documents-000002.part").write_bytes(b"half")
    again = corpus_runs.read_into(
        (str(corpus),), ended, workers=1, tell=lambda now: counted.append(now["parts"]), **asked
    )
    assert (again["resumed_parts"], again["documents"], counted) == (2, 200, [1, 2, 3, 4])
    assert everything(ended) == everything(tmp_path / "one")

    lines(corpus, 150)
    (ended / "manifest.jsonl").write_bytes(
        b"".join((ended / "manifest.jsonl").read_bytes().splitlines(keepends=True)[:3])
    )
    assert corpus_runs.read_into((str(corpus),), ended, workers=1, **asked)["documents"] == 150
    corpus.write_text(corpus.read_text().replace("draft 3,", "draft three,"))
    (ended / "manifest.jsonl").write_bytes(
        b"".join((ended / "manifest.jsonl").read_bytes().splitlines(keepends=True)[:3])
    )
    with pytest.raises(UsageError, match="begun with other articles: its part 0"):
        corpus_runs.read_into((str(corpus),), ended, workers=1, **asked)
    with pytest.raises(UsageError, match="begun with another sources"):
        corpus_runs.read_into((str(tmp_path),), ended, workers=1, **asked)


def test_what_is_set_aside_is_named_and_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    lines(inside / "b.jsonl", 2)
    (inside / "a.txt").write_text(text(1))
    (inside / "c.png").write_bytes(b"\x89PNG\r\n")
    done = said("read", inside, "--into", tmp_path / "out", "--annotator", "rules", "--workers", 1, "--json")
    assert done.exit_code == 6
    found = json.loads(done.stdout)
    assert (found["documents"], found["set_aside"]) == (4, 1)
    assert "a PNG picture" in done.stderr
    table = parquet.read_table(tmp_path / "out" / "documents-000000.parquet")
    assert table.column("doc").to_pylist() == ["a", "b:1", "b:2", "c"]
    assert table.column("set_aside").to_pylist() == [False, False, False, True]
    done = said("read", inside, "--into", inside, "--annotator", "rules")
    assert "holds other files" in str(done.exception)
    assert said("read", inside, "--workers", 2).exit_code == 2
