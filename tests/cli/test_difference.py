"""`winset diff`: what changed since a day, on a reviewed case and on a drafted one."""

import json
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import UsageError
from winset.services.schemas import schema


def diff(case: Path, since: str, *more: str) -> Any:
    done = CliRunner().invoke(winset, ["diff", str(case), "--since", since, *more, "--json"])
    assert done.exit_code == 0, (done.output, done.exception)
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema("diff"))
    return value


def lorn(tmp_path: Path) -> Path:
    CliRunner().invoke(winset, ["demo", "--episode", "lorn-strait", "--into", str(tmp_path)])
    return tmp_path / "lorn-strait.winset"


def test_what_came_in_and_what_it_moved(tmp_path: Path) -> None:
    case = lorn(tmp_path)
    found = diff(case, "2031-05-27")
    assert found["sources"][0]["doc"] == "2031-06-02-post"
    changed = {(one["party"], one["issue"]): one for one in found["positions"]}
    assert changed["korsund", "prisoners"]["before"]["value"] == 30
    assert changed["korsund", "prisoners"]["after"]["value"] == 90
    assert changed["velmara", "pact"]["before"] is None
    shares = [one for one in found["numbers"] if one["what"].startswith("offers: share")]
    assert len(shares) == 2
    assert all(one["before"] is None and "first judged" in one["why"] for one in shares)
    whole = diff(case, "2031-01-01")
    assert set(found["statements"]["new"]) < set(whole["statements"]["new"])
    assert whole["statements"]["repeated"], "the wire's repeat of the president's words"


def test_two_files_of_one_case_differ_in_what_came_in_between_and_a_case_not_from_its_copy(tmp_path: Path) -> None:
    later, earlier = tmp_path / "later.winset", tmp_path / "earlier.winset"
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("Talks\n\nDate: 2026-03-01\n\nIsrael said it would never accept a truce.\n", encoding="utf-8")
    second.write_text(
        "Talks\n\nDate: 2026-03-09\n\nIsrael said it was ready to accept a limited truce.\n", encoding="utf-8"
    )
    for case, files in ((earlier, [first]), (later, [first, second])):
        CliRunner().invoke(winset, ["new", str(case)])
        CliRunner().invoke(winset, ["add", str(case), *map(str, files)])

    def against(case: Path, other: Path, *more: str) -> Any:
        done = CliRunner().invoke(winset, ["diff", str(case), "--against", str(other), *more])
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads(done.stdout) if more else done.stdout

    found = against(later, earlier, "--json")
    jsonschema.validate(found, schema("diff"))
    assert (found["statements"]["new"], [one["doc"] for one in found["sources"]]) == (["b#1"], ["b"])
    (moved,) = found["positions"]
    assert (moved["before"]["value"], moved["after"]["value"]) == (0, 50)
    assert (found["against"], found["since"]) == (str(earlier), "2026-03-01")
    back = against(earlier, later, "--json")
    assert (back["gone"], back["statements"]["new"]) == (["b#1"], [])
    same = against(later, later, "--json")
    assert (same["statements"], same["gone"], same["positions"], same["sources"], same["numbers"]) == (
        {"new": [], "repeated": []}, [], [], [], [],
    )  # fmt: skip
    assert "Nothing changed." in against(later, later)
    assert "First said:\n  b#1  Israel: it was ready to accept a limited truce" in against(later, earlier)
    for words in ((), ("--since", "2026-03-02", "--against", str(earlier))):
        assert CliRunner().invoke(winset, ["diff", str(later), *words]).exit_code != 0


def test_another_text_under_the_same_name_is_new(tmp_path: Path) -> None:
    cases = []
    for n, words in enumerate(("accept", "reject")):
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "a.txt").write_text(f"Talks\n\nIran said it would {words} the deal.\n", encoding="utf-8")
        cases.append(tmp_path / f"{n}.winset")
        CliRunner().invoke(winset, ["new", str(cases[-1])])
        CliRunner().invoke(winset, ["add", str(cases[-1]), str(tmp_path / str(n) / "a.txt")])
    done = CliRunner().invoke(winset, ["diff", str(cases[0]), "--against", str(cases[1]), "--json"])
    found = json.loads(done.stdout)
    assert (found["statements"]["new"], found["gone"]) == (["a#1"], ["a#1"])


def test_the_brief_begins_with_what_changed_as_the_command_tells_it(tmp_path: Path) -> None:
    case = lorn(tmp_path)
    found = diff(case, "2031-05-27")
    done = CliRunner().invoke(winset, ["brief", str(case), "--since", "2031-05-27", "--json"])
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema("winset-brief"))
    assert value["changes"] == found
    text = CliRunner().invoke(winset, ["brief", str(case), "--since", "2031-05-27"]).stdout
    first = text.split("\n## ")[1]
    assert first.startswith("Since 27 May 2031, ")
    assert f"{len(found['sources'])} sources added" in first
    assert "Distance between " in first
    assert "Said for the first time" in first
    late = CliRunner().invoke(winset, ["brief", str(case), "--since", "2040-01-01"])
    assert isinstance(late.exception, UsageError)


def test_nothing_changes_after_the_last_day_and_a_later_day_is_refused(tmp_path: Path) -> None:
    case = lorn(tmp_path)
    quiet = diff(case, "2031-07-25", "--as-of", "2031-07-28")
    assert (quiet["statements"], quiet["positions"], quiet["sources"]) == ({"new": [], "repeated": []}, [], [])
    late = CliRunner().invoke(winset, ["diff", str(case), "--since", "2040-01-01"])
    assert isinstance(late.exception, UsageError)
    assert "is not before" in str(late.exception)


def test_a_drafted_case_has_positions_and_no_numbers(tmp_path: Path) -> None:
    for n, (day, text) in enumerate(
        [
            ("2026-03-01", "Israel said it would never accept a truce."),
            ("2026-03-09", "Israel said it was ready to accept a limited truce."),
        ]
    ):
        (tmp_path / f"{n}.txt").write_text(f"Talks\n\nDate: {day}\n\n{text}\n", encoding="utf-8")
    case = tmp_path / "c.winset"
    CliRunner().invoke(winset, ["new", str(case)])
    CliRunner().invoke(winset, ["add", str(case), str(tmp_path / "0.txt"), str(tmp_path / "1.txt")])
    found = diff(case, "2026-03-05")
    (one,) = found["positions"]
    assert (one["party"], one["before"]["value"], one["after"]["value"]) == ("israel", 0, 50)
    assert found["numbers"] == []


def test_the_last_day_on_record_may_be_that_of_a_judgement(tmp_path: Path) -> None:
    judged = [
        {"quantity": "position", "party": "a", "issue": "i", "as_of": day, "value": value, "by": "ana"}
        for day, value in (("2025-01-01", 4), ("2025-02-01", 6))
    ]
    path = tmp_path / "c.json"
    path.write_text(
        json.dumps(
            {"schema": "winset-case/1", "parties": [{"id": "a"}], "judgements": judged,
             "documents": [{"doc": "d", "text": "x", "sha256": "0" * 64, "date": "2025-01-01"}],
             "issues": [{"id": "i", "question": "?", "kind": "continuous", "range": [0, 10]}]}
        ),
        encoding="utf-8",
    )  # fmt: skip
    done = CliRunner().invoke(winset, ["diff", str(path), "--since", "2025-01-15", "--json"])
    found = json.loads(done.stdout)
    assert found["as_of"] == "2025-02-01"
    assert [(one["before"]["value"], one["after"]["value"]) for one in found["positions"]] == [(4, 6)]


def test_distances_and_what_was_given_moved_with_the_positions_that_say_why(tmp_path: Path) -> None:
    case = lorn(tmp_path)
    found = diff(case, "2031-05-27")
    moved = {one["what"]: one for one in found["numbers"] if one["method"] in ("alignment", "ledger")}

    def answer(*args: str) -> Any:
        return json.loads(CliRunner().invoke(winset, [*args, "--json"]).stdout)

    (apart,) = [one for what, one in moved.items() if what.startswith("alignment: distance between")]
    for day, value in (("2031-05-27", apart["before"]), (found["as_of"], apart["after"])):
        assert round(value, 12) == answer("alignment", str(case), "--as-of", day)["distance"][0][1]
    (pair,) = answer("ledger", str(case))["balance"]
    assert (
        abs(moved[f"ledger: what {pair['a']} gave {pair['b']}, in shares of a scale"]["after"] - pair["a_gave"]) < 1e-9
    )
    assert all(one["quantity"] == "position" for one in moved[f"ledger: what {pair['a']} gave {pair['b']}, in shares of a scale"]["because"])  # fmt: skip
    assert "position of korsund on prisoners judged anew" in apart["why"]


def test_a_case_differs_from_itself_in_nothing_and_numbers_of_suggestions_say_that_they_were_read(
    tmp_path: Path,
) -> None:
    case = lorn(tmp_path)
    assert CliRunner().invoke(winset, ["mark", str(case), "now"]).exit_code == 0
    done = CliRunner().invoke(winset, ["diff", str(case), "--mark", "now", "--json"])
    same = json.loads(done.stdout)
    assert (same["statements"], same["gone"], same["positions"], same["sources"], same["numbers"]) == (
        {"new": [], "repeated": []}, [], [], [], [],
    )  # fmt: skip
    for n, (day, side, text) in enumerate(
        [
            ("2026-03-01", "Israel", "Israel said it would never accept a truce."),
            ("2026-03-01", "Hamas", "Hamas said it was ready to accept a truce."),
            ("2026-03-09", "Israel", "Israel said it was ready to accept a limited truce."),
        ]
    ):
        (tmp_path / f"{side}{n}.txt").write_text(f"Talks\n\nDate: {day}\n\n{text}\n", encoding="utf-8")
    read = tmp_path / "c.winset"
    CliRunner().invoke(winset, ["new", str(read)])
    CliRunner().invoke(winset, ["add", str(read), *map(str, sorted(tmp_path.glob("*.txt")))])
    numbers = [one for one in diff(read, "2026-03-05")["numbers"] if one["method"] == "alignment"]
    assert [one["why"] for one in numbers] == ["position of israel on ceasefire-and-monitoring read anew"]
