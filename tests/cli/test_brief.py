"""`winset brief` and `winset demo`, as a new user meets them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from click.testing import CliRunner

from winset.cli.main import winset

ARTICLE = """Talks open in Riyadh

Date: 2025-02-18

“We will not sign,” Foreign Minister Ana Marr said on Tuesday. A person briefed on the talks said Russia would probably
demand a smaller army. The Kremlin said it was open to a swap if Kyiv pulls back too.
"""


def _article(folder: Path, name: str = "talks.txt", text: str = ARTICLE) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_brief_as_json_holds_every_key_of_the_contract(tmp_path: Path) -> None:
    done = CliRunner().invoke(winset, ["brief", _article(tmp_path), "--json", "--annotator", "rules"])
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    assert value["schema"] == "winset-brief/1"
    assert value["as_of"] == "2025-02-18"
    assert {
        "documents", "parties", "absent", "issues", "positions", "moves", "statements", "deals", "forecasts",
        "suggested", "assumptions", "gaps", "since",
    } <= set(value)  # fmt: skip
    text = value["documents"][0]["text"]
    assert any(text[start:end] == "“We will not sign,”" for s in value["statements"] for start, end in s["content"])
    assert value["positions"] == []  # a foretold demand is no position


def test_forecasts_stand_in_the_sources_words_with_their_author(tmp_path: Path) -> None:
    done = CliRunner().invoke(winset, ["brief", _article(tmp_path), "--json"])
    value = json.loads(done.stdout)
    told = [one for one in value["forecasts"] if one["kind"] == "voiced"]
    assert [(one["by"], one["about"], one["modality"]) for one in told] == [
        ("A person briefed on the talks", "russia", "likely")
    ]
    text = value["documents"][0]["text"]
    assert told[0]["words"] == [text[start:end] for start, end in told[0]["spans"]]


def test_who_was_not_invited_is_absent_and_us_is_not_the_us(tmp_path: Path) -> None:
    text = (
        "Talks on the ceasefire\n\nDate: 2026-03-14\n\nNorway said it would accept a ceasefire. Brussels, which was not invited to the"
        " meeting, has asked to join. “No deal is worth anything without us,” the commission said.\n"
    )
    value = json.loads(CliRunner().invoke(winset, ["brief", _article(tmp_path, text=text), "--json"]).stdout)
    assert value["absent"] == ["european-union"]
    assert {one["id"]: one["at_table"] for one in value["parties"]}["european-union"] is False
    assert "united-states" not in {one["id"] for one in value["parties"]}


def test_a_repeat_is_folded_and_keeps_its_source(tmp_path: Path) -> None:
    first, second = _article(tmp_path), _article(tmp_path, "again.txt", ARTICLE.replace("Talks open", "Talks begin"))
    done = CliRunner().invoke(winset, ["brief", first, second, "--json", "--annotator", "rules"])
    value = json.loads(done.stdout)
    folded = [s for s in value["statements"] if s["also"]]
    assert folded
    assert {a["doc"] for s in folded for a in s["also"]} == {"again"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value and value.startswith("#"):
                self.targets.append(value[1:])


def test_every_number_of_the_page_leads_somewhere_and_nothing_runs(tmp_path: Path) -> None:
    hostile = ARTICLE.replace("Ana Marr", "Ana <script>alert(1)</script> Marr").replace("smaller", "\u202esmaller")
    out = tmp_path / "b.html"
    done = CliRunner().invoke(winset, ["brief", _article(tmp_path, text=hostile), "--out", str(out)])
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    links = _Links()
    links.feed(page)
    assert set(links.targets) <= set(links.ids)
    assert len(set(links.ids)) == len(links.ids)
    assert "script" not in links.tags
    assert "\u202e" not in re.sub(r"<span class=\"odd\"[^>]*>[^<]*</span>", "", page)


def test_unreadable_sources_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    done = CliRunner().invoke(winset, ["brief", _article(tmp_path), str(tmp_path / "bad.pdf"), "--json"])
    assert done.exit_code == 6
    assert any("bad.pdf" in gap for gap in json.loads(done.stdout)["gaps"])


def test_the_demo_makes_a_case_and_a_brief(tmp_path: Path) -> None:
    done = CliRunner().invoke(winset, ["demo", "--into", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert made["documents"] == 8
    assert made["statements"] > 30
    page = Path(made["brief"]).read_text(encoding="utf-8")
    assert "Since 11 Feb 2025, " in page
    assert "outcomes are better than no deal for everybody" in page
    for part in ("deals", "waiting", "leverage"):
        inside = re.split(
            r'<section id="(?:collective|proposals|doubt)"', page[page.index(f'<section id="{part}">') :]
        )[0]
        assert 'href="#assumptions"' in inside
    assert 'id="assumptions"' in page
    assert "Russia on territory" not in page
    again = CliRunner().invoke(winset, ["demo", "--into", str(tmp_path)])
    assert again.exit_code != 0


def test_word_and_markdown_say_the_same(tmp_path: Path) -> None:
    import docx

    article = _article(tmp_path)
    for name in ("b.docx", "b.md"):
        assert CliRunner().invoke(winset, ["brief", article, "--out", str(tmp_path / name)]).exit_code == 0
    words = "\n".join(p.text for p in docx.Document(str(tmp_path / "b.docx")).paragraphs)
    assert "“We will not sign,”" in words
    assert "“We will not sign,”" in (tmp_path / "b.md").read_text(encoding="utf-8")


def test_charts_are_written_as_drawings_pictures_and_numbers(tmp_path: Path) -> None:
    assert CliRunner().invoke(winset, ["demo", "--into", str(tmp_path)]).exit_code == 0
    asked = [
        "brief",
        str(tmp_path / "riyadh-2025.winset"),
        "--out",
        str(tmp_path / "b.pdf"),
        "--charts",
        str(tmp_path / "c"),
    ]
    done = CliRunner().invoke(winset, asked)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    stems = {path.stem for path in (tmp_path / "c").iterdir()}
    assert "1-chart-positions" in stems
    assert len(stems) >= 3
    for stem in stems:
        heads = {
            ending: (tmp_path / "c" / f"{stem}.{ending}").read_bytes()[:4] for ending in ("svg", "png", "pdf", "csv")
        }
        assert (heads["svg"], heads["png"], heads["pdf"]) == (b"<svg", b"\x89PNG", b"%PDF")
    again = CliRunner().invoke(winset, asked)
    assert again.exit_code != 0
    assert "is there already" in str(again.exception)


def test_word_shows_each_chart_with_its_description(tmp_path: Path) -> None:
    import docx

    assert CliRunner().invoke(winset, ["demo", "--into", str(tmp_path)]).exit_code == 0
    file = tmp_path / "b.docx"
    assert (
        CliRunner().invoke(winset, ["brief", str(tmp_path / "riyadh-2025.winset"), "--out", str(file)]).exit_code == 0
    )
    shown = docx.Document(str(file)).inline_shapes
    assert len(shown) >= 3
    assert all(len(one._inline.docPr.get("descr")) > 20 for one in shown)


def test_an_issue_with_a_single_point_is_no_reason_to_stop(tmp_path: Path) -> None:
    one = {"quantity": "position", "issue": "x", "as_of": "2025-01-01", "value": 5, "by": "ana"}
    case = {
        "schema": "winset-case/1", "as_of": "2025-03-01", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "issues": [{"id": "x", "question": "One?", "kind": "ordered", "scale": [{"value": 5, "label": "the only one"}]}],
        "judgements": [{**one, "party": "a"}, {**one, "party": "b"}],
    }  # fmt: skip
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    done = CliRunner().invoke(winset, ["brief", str(tmp_path / "case.json")], catch_exceptions=False)
    assert done.exit_code == 0
    assert "the only one" in done.stdout


def _title(*sources: str) -> str:
    done = CliRunner().invoke(winset, ["brief", *sources, "--annotator", "rules"])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()[0].lstrip("# ")


def test_a_brief_of_several_articles_is_called_by_what_it_is_about(tmp_path: Path) -> None:
    first = _article(
        tmp_path, "a.txt", "Norway said it would sign. Norway said that it was ready. Sweden said it would wait.\n"
    )
    second = _article(tmp_path, "b.txt", "Norway said it would come. Sweden said it would not come.\n")
    assert _title(first, second) == "Norway and Sweden"
    third = _article(tmp_path, "c.txt", "Japan said it would sign. Egypt said it would wait.\n")
    assert _title(first, second, third) == "Norway, Sweden and 2 others"
    alone = (
        _article(tmp_path, "d.txt", "Peru said it would sign.\n"),
        _article(tmp_path, "e.txt", "Peru said it would come.\n"),
    )
    assert _title(*alone) == "Peru, in 2 articles"
    bare = [_article(tmp_path, f"{n}.txt", f"It rained on day {n}.\n") for n in (1, 2)]
    assert _title(*bare) == "2 articles"


def test_a_single_move_has_no_answer(tmp_path: Path) -> None:
    text = (
        "Envoys of Norway and Sweden opened talks in Lys on Monday.\n\nNorway dropped its insistence that Sweden first repaint the"
        " lighthouses, officials said.\n"
    )
    done = CliRunner().invoke(winset, ["brief", _article(tmp_path, text=text), "--annotator", "rules"])
    assert "The one move toward another party has no recorded answer within 30 days." in done.stdout
