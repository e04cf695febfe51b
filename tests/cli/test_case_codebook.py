"""A case keeps its own codebook: its record is read by it, reviews follow what was folded or split, and undo works."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import UsageError, WinsetError
from winset.evidence import coding
from winset.services.schemas import schema

ARTICLE = """Ferry talks resume

By Ann Bell, 3 May 2031

Ostrava and Lund met in Geneva on Friday for a second round of talks.

Ostrava demands a full withdrawal of all troops, Foreign Minister Petr Novak said.

Lund is ready to exchange all prisoners, its president, Ida Holm, said. Lund rejects night ferries, she said.
"""
FERRIES = {
    "id": "ferries", "question": "When may ferries cross?",
    "points": [
        {"value": 0, "label": "never"}, {"value": 5, "label": "by day", "phrases": ["day ferries"]},
        {"value": 10, "label": "day and night", "phrases": ["night ferries"], "opposed": 5},
    ],
}  # fmt: skip
TERRITORY, PRISONERS = (f"position:{one}/2031-05-03/a#{n}" for one, n in (("ostrava/territory", 1), ("lund/prisoners-and-displaced-people", 2)))  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    made = tmp_path / "c.winset"
    run("new", str(made))
    run("add", str(made), str(tmp_path / "a.txt"))
    return made


def run(*words: str) -> Any:
    done = CliRunner().invoke(winset, [*words, "--json"])
    assert done.exit_code == 0, done.output + str(done.exception)
    return json.loads(done.stdout)


def book(*words: str) -> Any:
    done = run("codebook", *words)
    jsonschema.validate(done, schema("codebook-change"))
    return done


def stands(case: Path, *words: str) -> dict[str, float]:
    return {row["issue"]: row["value"] for row in run("positions", str(case), *words)["rows"]}


def targets(case: Path) -> dict[str, str | None]:
    found = run("reviews", str(case))
    jsonschema.validate(found, schema("reviews"))
    return {one["target"]: one.get("unsettled") for one in found}


def test_a_case_is_read_by_its_own_codebook_which_travels_and_is_undone(case: Path, tmp_path: Path) -> None:
    before = stands(case)
    (tmp_path / "ferries.json").write_text(
        json.dumps({"id": "mine", "title": "Mine", "issues": [FERRIES]}), encoding="utf-8"
    )
    assert stands(case, "--codebook", str(tmp_path / "ferries.json")) == {"ferries": 5}
    assert stands(case) == before
    used = book("use", str(case), str(tmp_path / "ferries.json"))
    assert used["codebook"] == "mine"
    assert stands(case) == {"ferries": 5}
    run("export", str(case), "-o", str(tmp_path / "c.json"))
    jsonschema.validate(json.loads((tmp_path / "c.json").read_text(encoding="utf-8")), schema("winset-case/1"))
    run("import", str(tmp_path / "d.winset"), str(tmp_path / "c.json"))
    assert stands(tmp_path / "d.winset") == {"ferries": 5}
    brief = CliRunner().invoke(winset, ["brief", str(tmp_path / "a.txt"), "--codebook", str(case), "--json"])
    assert [one["issue"] for one in json.loads(brief.stdout)["positions"]] == ["ferries"]
    assert "territory" in book("use", str(case), "--packaged")["touched"]
    assert stands(case) == before
    run("undo", str(case))
    assert stands(case) == {"ferries": 5}


def test_an_edit_suggests_only_the_touched_issue_anew(case: Path) -> None:
    before = stands(case)
    run("review", str(case), TERRITORY, "--accept")
    done = book(
        "edit",
        str(case),
        "prisoners-and-displaced-people",
        "--without",
        "exchang* ~ prisoner*|captive*|detainee*",
        "--without",
        "all ~ prisoner*|hostage*|captive*|detainee*",
    )
    assert done["touched"] == ["prisoners-and-displaced-people"]
    after = stands(case)
    assert after["territory"] == before["territory"]
    for row in run("positions", str(case))[
        "rows"
    ]:  # no phrase finds it any more; likeness to the issue's other words may
        if row["issue"] == "prisoners-and-displaced-people":
            assert row["why"][0].startswith("no phrase stands in it")
    assert targets(case) == {TERRITORY: None}


def test_reviews_follow_an_issue_that_is_split_and_folded_again(case: Path) -> None:
    run("review", str(case), TERRITORY, "--set", "value=25")
    new = TERRITORY.replace("territory", "retreat")
    split = ["split", str(case), "territory", "retreat", "--question", "Do troops leave?", "--phrase"]
    words = ("withdrawal of ~ troops|forces|soldiers", "withdraw* ~ troops|forces|army|soldiers")
    done = book(*split, "full withdrawal", *(word for one in words for word in ("--phrase", one)))
    assert done["reviews"]["moved"] == [{"from": TERRITORY, "to": new}]
    assert targets(case) == {new: None}
    assert stands(case)["retreat"] == 25
    book("merge", str(case), "territory", "retreat")
    assert targets(case) == {TERRITORY: None}
    assert stands(case)["territory"] == 25
    run("undo", str(case), "--steps", "2")
    assert targets(case) == {TERRITORY: None}


def test_a_split_that_the_same_words_do_not_settle_asks_which_half(case: Path) -> None:
    run("review", str(case), TERRITORY, "--set", "value=25")
    book("split", str(case), "territory", "retreat", "--question", "Do troops leave?", "--phrase", "full withdrawal")
    assert "territory and retreat" in str(targets(case)[TERRITORY])
    assert stands(case)["territory"] == 0  # as read: the correction is laid over neither half
    run("review", str(case), TERRITORY.replace("territory", "retreat"), "--set", "value=25")
    assert stands(case)["retreat"] == 25
    book("merge", str(case), "territory", "retreat")
    held = targets(case)
    assert list(held) == [TERRITORY, TERRITORY.replace("territory", "retreat")]
    assert held[TERRITORY] is None
    assert "review of its own" in str(held[TERRITORY.replace("territory", "retreat")])


def test_an_issue_that_is_gone_keeps_its_reviews_until_it_is_back(case: Path, tmp_path: Path) -> None:
    run("review", str(case), PRISONERS, "--set", "value=50")
    kept = run("codebook", "show", str(case), "prisoners-and-displaced-people")
    done = book("remove", str(case), "prisoners-and-displaced-people")
    assert done["reviews"]["waiting"] == [PRISONERS]
    assert "prisoners-and-displaced-people" not in stands(case)
    (tmp_path / "issue.json").write_text(json.dumps(kept), encoding="utf-8")
    book("add", str(case), str(tmp_path / "issue.json"))
    assert stands(case)["prisoners-and-displaced-people"] == 50


def test_a_correction_that_a_new_scale_does_not_have_is_kept_and_told(case: Path, tmp_path: Path) -> None:
    run("review", str(case), PRISONERS, "--set", "value=50")
    whole = run("codebook", "show", str(case))
    for issue in whole["issues"]:
        if issue["id"] == "prisoners-and-displaced-people":
            issue["points"] = [{**one, "value": one["value"] / 10, "opposed": None} for one in issue["points"]]
            issue.pop("status_quo", None)
    (tmp_path / "mine.json").write_text(json.dumps(whole), encoding="utf-8")
    done = book("use", str(case), str(tmp_path / "mine.json"))
    assert "lies off the scale" in done["reviews"]["unsettled"][0]["why"]
    assert stands(case)["prisoners-and-displaced-people"] == 10


def test_what_cannot_be_used_is_refused_with_its_place(case: Path, tmp_path: Path) -> None:
    overlapping = {**FERRIES, "points": [{"value": 5, "label": "a"}, {"value": 5, "label": "b"}]}
    for issue, said in (
        (overlapping, "mine.json: codebook issue ferries: points must have rising values"),
        ({**FERRIES, "status_quo": 70}, "status_quo is 70, off the scale"),
        ({**FERRIES, "range": [0, 4]}, "point 'by day' is 5, off the scale"),
    ):
        (tmp_path / "mine.json").write_text(json.dumps({"id": "m", "issues": [issue]}), encoding="utf-8")
        done = CliRunner().invoke(winset, ["codebook", "use", str(case), str(tmp_path / "mine.json")])
        assert isinstance(done.exception, WinsetError)
        assert said in str(done.exception)
    text = {
        "schema": "winset-case/1",
        "issues": [{"id": "ferries", "question": "?", "kind": "continuous", "range": [0, 99]}],
    }
    (tmp_path / "t.json").write_text(json.dumps(text), encoding="utf-8")
    run("import", str(tmp_path / "t.winset"), str(tmp_path / "t.json"))
    (tmp_path / "mine.json").write_text(json.dumps({"id": "m", "issues": [FERRIES]}), encoding="utf-8")
    done = CliRunner().invoke(winset, ["codebook", "use", str(tmp_path / "t.winset"), str(tmp_path / "mine.json")])
    assert "the case has 0 to 99, the codebook 0 to 10" in str(done.exception)


def test_a_correction_off_the_scale_of_a_suggestion_is_refused(case: Path) -> None:
    done = CliRunner().invoke(winset, ["review", str(case), PRISONERS, "--set", "value=175"])
    assert "lies off the scale" in str(done.exception)


def test_a_date_in_the_future_is_told(tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text(ARTICLE.replace("2031", "2099"), encoding="utf-8")
    done = CliRunner().invoke(winset, ["brief", str(tmp_path / "later.txt"), "--annotator", "rules"])
    assert "Dated in the future: Ferry talks resume" in done.stdout


def test_an_empty_codebook_is_refused_and_show_names_the_one_kept(tmp_path: Path) -> None:
    case, empty, mine = (str(tmp_path / name) for name in ("c.winset", "empty.toml", "mine.toml"))
    Path(empty).write_text('id = "x"\ntitle = "Empty"\n', encoding="utf-8")
    CliRunner().invoke(winset, ["new", case])
    assert isinstance(CliRunner().invoke(winset, ["codebook", "use", case, empty]).exception, UsageError)
    CliRunner().invoke(winset, ["codebook", "export", "labour-and-pay", mine])
    assert isinstance(CliRunner().invoke(winset, ["codebook", "remove", mine, "nope"]).exception, UsageError)
    CliRunner().invoke(winset, ["codebook", "use", case, mine])
    issues = len(coding.packaged("labour-and-pay").issues)
    assert f"labour-and-pay, {issues} issues" in CliRunner().invoke(winset, ["show", case]).stdout
