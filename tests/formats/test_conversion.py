"""Deal spaces written in other tools' formats come back the same; what a format cannot say is refused by name."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from tests.models.bargaining.test_unlisted import tables, tangled

from winset.cli.main import winset
from winset.errors import FormatError, WinsetError
from winset.formats import genius_writer, json_writers, negmas
from winset.formats.genius import read_genius
from winset.formats.geniusweb import read_geniusweb
from winset.formats.plain_yaml import read_yaml
from winset.formats.profiles import Domain, Profile, joined
from winset.models.bargaining.problem import Curve, Issue, Problem, Utility
from winset.services.conversion import convert
from winset.services.scenarios import load_scenario


def genius(p: Problem) -> Problem:
    domain = read_genius(genius_writer.write_domain(p), "domain.xml")
    profiles = [read_genius(genius_writer.write_profile(p, i)[0], f"{i}.xml") for i in range(len(p.parties))]
    assert isinstance(domain, Domain)
    return joined([one for one in profiles if isinstance(one, Profile)], domain).problem


def geniusweb(p: Problem) -> Problem:
    profiles = [
        read_geniusweb(json.loads(json_writers.write_geniusweb_profile(p, i, "d")[0]), f"{i}.json")
        for i in range(len(p.parties))
    ]
    return joined([one for one in profiles if isinstance(one, Profile)]).problem


def in_negmas(p: Problem) -> Problem:
    domain = negmas.read_domain(read_yaml(json_writers.write_negmas_domain(p, "d"), "domain.yml"), "domain.yml")
    profiles = [
        negmas.read_profile(read_yaml(json_writers.write_negmas_profile(p, i), f"{i}.yml"), domain, f"{i}.yml")
        for i in range(len(p.parties))
    ]
    return joined(profiles, domain).problem


def unless_it_cannot_be_said(written: Callable[[], Problem], *says: str) -> Problem | None:
    """None where the format refuses for one of the reasons it has."""
    try:
        return written()
    except FormatError as error:
        if not any(word in str(error) for word in says):
            raise
        return None


def worths(p: Problem) -> np.ndarray:
    return np.array([p.worth(p.choice(i)) for i in range(p.size)])


@settings(max_examples=40)
@given(tables())
def test_negmas_brings_numbers_back_as_they_were(p: Problem) -> None:
    back = in_negmas(p)
    assert back.parties == p.parties
    assert worths(back).tolist() == worths(p).tolist()
    assert back.reservation.tolist() == p.reservation.tolist()


@settings(max_examples=40)
@given(tables())
@pytest.mark.parametrize("through", [genius, geniusweb])
def test_other_scales_are_the_same_but_for_a_unit(through: Callable[[Problem], Problem], p: Problem) -> None:
    back = unless_it_cannot_be_said(lambda: through(p), "worth the same", "at most 1", "no bid", "of the best deal")
    if back is None:
        return
    for i in range(len(p.parties)):
        before, after = worths(p)[:, i], worths(back)[:, i]
        top = before.max()
        assert after * top == pytest.approx(before, abs=1e-9 * top)
        # the zone, whatever no deal is worth, is the same
        zone = after >= back.reservation[i] - 1e-9
        assert zone.tolist() == (before >= p.reservation[i] - 1e-9 * top).tolist()


@settings(max_examples=40)
@given(tangled())
def test_what_counts_together_goes_out_as_hyper_rectangles(p: Problem) -> None:
    said = ("forbidden", "largest total", "with gaps", "worth the same", "of the best deal")
    back = unless_it_cannot_be_said(lambda: genius(p), *said)
    if back is None:
        return
    for i, utility in enumerate(p.utilities):
        if not utility.additive:
            assert worths(back)[:, i] == pytest.approx(worths(p)[:, i], abs=1e-9)


def test_real_and_whole_issues_keep_their_kind() -> None:
    """Straight lines over a real and a whole issue, by hand: 3 and 4 of 7 points at the best."""
    x = np.array([0.0, 8.0])
    p = Problem(
        parties=("a <&> \u0411", "b"), issues=(
            Issue(name="pay", kind="continuous", low=0.0, high=8.0),
            Issue(name="days", kind="integer", values=range(1, 4)),
        ),
        utilities=(
            Utility(tables=(Curve(x=x, y=np.array([0.0, 3.0])), np.array([4.0, 2.0, 0.0]))),
            Utility(tables=(Curve(x=x, y=np.array([5.0, 0.0])), np.array([0.0, 1.0, 2.0]))),
        ),
        reservation=np.array([3.5, 0.0]),
    )  # fmt: skip
    for back, unit in ((genius(p), 7.0), (in_negmas(p), 1.0)):
        assert [issue.kind for issue in back.issues] == ["continuous", "integer"]
        assert back.parties == p.parties
        for choice in ((0.0, 0), (4.0, 1), (8.0, 2)):
            assert unit * back.worth(choice)[0] == pytest.approx(p.worth(choice)[0])
        assert unit * back.reservation[0] == pytest.approx(3.5)
    with pytest.raises(FormatError, match="no continuous issues"):
        geniusweb(p)


@pytest.mark.parametrize("form", ["genius", "geniusweb", "negmas", "table"])
def test_files_go_out_and_come_back_through_the_command_line(form: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "issue,option,A/../x,=B\npay,low,0,2\n,mid,4,1\n,high,8,0\ndays,few,0,8\n,some,1,4\n,many,2,0\n"
        "reservation,,2,4\n",
        encoding="utf-8",
    )
    into = tmp_path / "out"
    words = ["convert", str(path), "--to", form, "--into", str(into), "--json"]
    done = CliRunner().invoke(winset, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert sorted(Path(file) for file in told["files"]) == sorted(into.iterdir())
    before, after = load_scenario((path,)).problem, load_scenario((into,)).problem
    assert after.parties == before.parties
    solved = [
        json.loads(CliRunner().invoke(winset, ["solve", "bargaining", str(p), "--json"]).stdout) for p in (path, into)
    ]
    assert solved[0]["zone"] == solved[1]["zone"]
    assert solved[0]["solutions"]["nash"]["outcome"] == solved[1]["solutions"]["nash"]["outcome"]
    assert bool(told["remarks"]) == (form in {"genius", "geniusweb"})
    again = CliRunner().invoke(winset, words)
    assert "there already" in str(again.exception)


def test_an_unknown_form_names_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("issue,option,A,B\nx,a,0,2\n,b,1,0\n", encoding="utf-8")
    with pytest.raises(WinsetError, match="genius, geniusweb, negmas, table"):
        convert((path,), "xlsx", tmp_path / "o")


MILLION = 1_000_000
LARGE: dict[str, Callable[[], bytes]] = {
    "d.xml": lambda: b"<utility_space><objective><weight index='1' value='1'/><issue index='1' name='x' vtype='discrete'>"
    + b"".join(b"<item value='%d' evaluation='1'/>" % n for n in range(MILLION)) + b"</issue></objective></utility_space>",
    "d.json": lambda: json.dumps({"name": "d", "issuesValues": {"x": {"values": list(range(MILLION))}}}).encode(),
    "d.yml": lambda: b"name: d\ntype: DiscreteCartesianOutcomeSpace\nissues:\n  - name: x\n    type: ContiguousIssue\n"
    b"    values: [0, 999999]\n",
    "d.csv": lambda: b"issue,option,A,B\n" + b"".join(b"x,%d,1,2\n" % n for n in range(MILLION)),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_million_options_are_refused_or_solved_in_time(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(LARGE[name]())
    start = time.process_time()
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(tmp_path / name)])
    assert time.process_time() - start < 60
    if done.exit_code:
        assert name in str(done.exception)
        assert "options" in str(done.exception) or "larger" in str(done.exception) or "bytes" in str(done.exception)


NAN = (
    '{"LinearAdditiveUtilitySpace": {"domain": {"issuesValues": {"x": {"values": ["a"]}}}, "issueWeights": {"x": 1},'
    ' "issueUtilities": {"x": {"discreteutils": {"valueUtilities": {"a": NaN}}}}}}'
)
HOSTILE: dict[str, tuple[str, str]] = {
    "dtd.xml": ('<!DOCTYPE x [<!ENTITY e "e">]><utility_space name="&e;"/>', "DTD|DOCTYPE|entit"),
    "xxe.xml": ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><utility_space/>', "DTD|DOCTYPE|entit"),
    "nan.csv": ("issue,option,A,B\nx,a,nan,1\n", "row 2, column 'A'.*'nan'"),
    "huge.csv": ("issue,option,A,B\nx,a,1e999,1\n", "row 2, column 'A'.*'1e999'"),
    "twice.csv": ("issue,option,A,B\nx,a,1,1\nx,a,2,2\n", "row 3: option 'a' of 'x'"),
    "alias.yml": ("a: &x [1]\nb: *x\n", "line 1"),
    "tag.yml": ("a: !!python/object:os.system {}\n", "line 1"),
    "twice.json": ('{"name": "d", "name": "e"}', "'name' occurs twice"),
    "nan.json": (NAN, "'nan'"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_place_and_value(name: str, tmp_path: Path) -> None:
    text, says = HOSTILE[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WinsetError, match=says) as refused:
        load_scenario((tmp_path / name,))
    assert name in str(refused.value)
