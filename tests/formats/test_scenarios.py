"""Files of other negotiation tools through the command line: what the numbers mean there, and bad files."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from winset.cli.main import winset
from winset.errors import FormatError
from winset.formats.genius import read_genius
from winset.formats.geniusweb import read_geniusweb
from winset.formats.option_table import read_option_csv, write_option_csv
from winset.formats.plain_yaml import read_yaml
from winset.formats.profiles import Profile, joined
from winset.models.bargaining.solve import solve as solved

DISCRETE = """<?xml version="1.0"?>
<utility_space><objective index="0" name="root">
<weight index="1" value="{w1}"/><weight index="2" value="{w2}"/>
<issue index="1" name="pay" vtype="discrete"><item index="1" value="low" evaluation="{a}"/><item index="2" value="high" evaluation="{b}"/>
  <similarity><item index="1" value="not an option" evaluation="9"/></similarity></issue>
<issue index="2" name="days off" vtype="integer" lowerbound="0" upperbound="2"><evaluator slope="{slope}" offset="{offset}"/></issue>
</objective><reservation value="{reservation}"/></utility_space>"""


def profile(**changes: Any) -> str:
    settings = {"w1": 0.5, "w2": 0.5, "a": 5, "b": 10, "slope": 0.5, "offset": 0, "reservation": 0.25}
    return DISCRETE.format(**(settings | changes))


def solve(*sources: Path | str) -> Result:
    return CliRunner().invoke(winset, ["solve", "bargaining", *map(str, sources), "--json"], catch_exceptions=False)


def files(folder: Path, **texts: str) -> list[Path]:
    made = []
    for name, text in texts.items():
        path = folder / name.replace("__", ".")
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def test_genius_evaluations_are_divided_by_the_largest(tmp_path: Path) -> None:
    """Worth of pay and days, halves of 1: boss 1, 0.5 and 1, 0.5, 0; worker 0.5, 1 and 0, 0.5, 1. By hand."""
    made = files(
        tmp_path,
        boss__xml=profile(a=10, b=5, slope=-0.5, offset=1),
        worker__xml="\ufeff\n\n " + profile().replace('<?xml version="1.0"?>\n', ""),
    )
    done = solve(*made)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert result["parties"] == ["boss", "worker"]
    assert result["reservation"] == [0.25, 0.25]
    assert result["outcomes"] == 6
    assert result["frontier"]["utilities"] == [[1.0, 0.25], [0.75, 0.5], [0.5, 0.75], [0.25, 1.0]]
    assert result["solutions"]["utilitarian"]["ties"] == 6
    assert result["solutions"]["egalitarian"]["utilities"] == [0.75, 0.5]


def test_a_folder_is_read_by_name_with_its_domain(tmp_path: Path) -> None:
    domain = profile().replace("utility_space>", "x>").replace("<x>", "<negotiation_template><utility_space>", 1)
    domain = domain.replace("</x>", "</utility_space></negotiation_template>")
    files(tmp_path, domain__xml=domain, b2__xml=profile(), b10__xml=profile(a=9, b=3), pareto__xml="0.1, 0.2\n")
    result = json.loads(solve(tmp_path).stdout)
    assert result["parties"] == ["b2", "b10"]


def test_hyper_rectangles_add_up_over_the_largest_utility() -> None:
    text = """<utility_space type="nonlinear"><objective index="0" name="root">
    <issue index="1" name="x" vtype="integer" lowerbound="0" upperbound="9"/>
    <issue index="2" name="y" vtype="integer" lowerbound="0" upperbound="9"/>
    <utility maxutility="10"><ufun weight="1" aggregation="{how}">
      <hyperRectangle utility="4"><INCLUDES index="1" min="2" max="5"/></hyperRectangle>
      <hyperRectangle utility="6"><INCLUDES index="1" min="5" max="9"/><EXCLUDES index="2" min="0" max="3"/></hyperRectangle>
    </ufun></utility></objective></utility_space>"""
    want = {"sum": (0.4, 1.0, 0.6, 0.0), "max": (0.4, 0.6, 0.6, 0.0), "min": (0.0, 0.4, 0.0, 0.0)}
    for how, worth in want.items():
        found = read_genius(text.format(how=how).encode(), "n.xml")
        assert isinstance(found, Profile)
        got = [found.utility.at(choice) for choice in ((2, 0), (5, 4), (6, 4), (0, 9))]
        assert got == pytest.approx(worth)


def test_the_largest_and_smallest_of_boxes_and_boxes_over_real_issues() -> None:
    """By hand: at 4.0 the box 2..5 holds (6), so does the one that leaves out 0..3 (4); the largest is 8, smallest 0."""
    found = read_genius(
        b"""<utility_space type="nonlinear"><utility maxutility="10">
        <ufun weight="1" aggregation="sum">
          <hyperRectangle utility="6"><INCLUDES index="1" min="2" max="5"/></hyperRectangle>
          <hyperRectangle utility="4"><EXCLUDES index="1" min="0" max="3"/></hyperRectangle></ufun>
        <ufun weight="2" aggregation="max">
          <hyperRectangle utility="4"><INCLUDES index="1" min="4" max="4"/></hyperRectangle>
          <hyperRectangle utility="1"/></ufun>
        <ufun aggregation="min"><hyperRectangle utility="9"/>
          <hyperRectangle utility="5"><INCLUDES index="1" min="9" max="10"/></hyperRectangle></ufun>
        </utility><objective><issue index="1" name="pay" vtype="real"><range lowerbound="0" upperbound="10"/></issue>
        </objective></utility_space>""",
        "a.xml",
    )
    assert isinstance(found, Profile)
    for point, worth in ((4.0, 1.8), (1.0, 0.2), (2.5, 0.8), (3.0, 0.8), (9.5, 1.1), (5.5, 0.6)):
        assert found.utility.at((point,)) == pytest.approx(worth)
    deals = solved(joined([found, found]).problem)
    assert deals.solutions["nash"].choice == pytest.approx((4.0,), abs=1e-9)
    assert deals.certificate["holds"]
    assert "pay" in deals.certificate["not_counted"]


def test_ten_issues_of_boxes_have_the_frontier_found_by_listing_part_of_them(tmp_path: Path) -> None:
    """Boxes over four issues of ten, 10^10 outcomes: the frontier is that of the four listed, by another routine."""
    rng = np.random.default_rng(5)

    def boxes() -> str:
        made = []
        for _ in range(8):
            sides = "".join(
                f'<INCLUDES index="{i}" min="{low}" max="{low + rng.integers(2, 6)}"/>'
                for i, low in zip(rng.permutation([1, 4, 7, 9])[:2], rng.integers(0, 8, 2), strict=True)
            )
            made.append(f'<hyperRectangle utility="{rng.integers(5, 60)}">{sides}</hyperRectangle>')
        return "".join(made)

    head = '<utility_space type="nonlinear"><objective index="0" name="r">'
    tail = (
        '<utility maxutility="200"><ufun weight="1" aggregation="sum">{}</ufun></utility></objective></utility_space>'
    )
    sides = {name: boxes() for name in ("a", "b")}
    answers = []
    for lines in (range(1, 11), (1, 4, 7, 9)):
        issues = "".join(
            f'<issue index="{i}" name="i{i}" vtype="integer" lowerbound="0" upperbound="9"/>' for i in lines
        )
        made = files(tmp_path, **{f"{n}{len(lines)}__xml": head + issues + tail.format(b) for n, b in sides.items()})
        answers.append(json.loads(solve(*made).stdout))
    large, small = answers
    assert large["outcomes"] == 10**10
    assert small["certificate"]["frontier_complete"]
    assert large["certificate"]["frontier_complete"]
    assert np.allclose(large["frontier"]["utilities"], small["frontier"]["utilities"], atol=1e-9)
    assert large["frontier"]["size"] == small["frontier"]["size"] > 2


def test_a_real_issue_is_clipped_and_solved_without_listing(tmp_path: Path) -> None:
    text = """<utility_space><objective index="0" name="root"><issue index="1" name="price" type="real">
    <range lowerbound="10" upperbound="40"/><evaluator ftype="linear" parameter1="{slope}" parameter0="{base}"/></issue>
    <weight index="1" value="1.0"/></objective></utility_space>"""
    made = files(
        tmp_path, buyer__xml=text.format(slope=-0.05, base=1.5), seller__xml=text.format(slope=0.05, base=-0.5)
    )
    result = json.loads(solve(*made).stdout)
    assert result["outcomes"] is None
    assert result["solutions"]["nash"]["outcome"]["price"] == pytest.approx(20, abs=0.02)
    assert result["solutions"]["nash"]["utilities"] == pytest.approx([0.5, 0.5], abs=1e-3)


@pytest.mark.parametrize("kind", ["discreteutils", "DiscreteValueSetUtilities"])
def test_both_dialects_of_geniusweb(kind: str) -> None:
    space = {
        "issueUtilities": {
            "type": {kind: {"valueUtilities": {"yoga": 0.8, "running": 0.2}}},
            "hours": {"NumberValueSetUtilities": {"lowValue": 1, "lowUtility": 0, "highValue": 3, "highUtility": 1}},
        },
        "issueWeights": {"type": 0.25, "hours": 0.75},
        "domain": {
            "name": "d",
            "issuesValues": {"type": {"values": ["yoga", "running"]}, "hours": {"range": [1, 3, 1]}},
        },
        "name": "fit",
        "reservationBid": {"issuevalues": {"type": "running", "hours": 2}},
    }
    found = read_geniusweb({"LinearAdditiveUtilitySpace": space}, "fit.json")
    assert isinstance(found, Profile)
    assert found.name == "fit"
    assert found.reservation == pytest.approx(0.25 * 0.2 + 0.75 * 0.5)
    assert found.utility.at((0, 2)) == pytest.approx(0.25 * 0.8 + 0.75)


def test_a_negmas_folder(tmp_path: Path) -> None:
    files(
        tmp_path,
        Trade__yml="# d\nname: Trade\nissues:\n- name: Quantity\n  type: ContiguousIssue\n  values:\n  - 1\n  - 3\n"
        "- name: Colour\n  type: CategoricalIssue\n  values: [red, 'dark blue']\npath: /somewhere/else\n",
        a__yml="name: ann\ntype: LinearAdditiveUtilityFunction\nreserved_value: 0.5\nweights: [1.0, 2.0]\nvalues:\n"
        "- type: AffineFun\n  slope: 0.5\n  bias: -0.5\n- type: TableFun\n  mapping:\n    dark blue: 0\n    red: 1.0\n",
        b__yml="type: negmas.preferences.LinearAdditiveUtilityFunction\nreserved_value: -.inf\nweights: {Quantity: 1, Colour: 1}\n"
        "values:\n- {type: TableFun, mapping: {1: 1, 2: 0.5, 3: 0}}\n- {type: TableFun, mapping: {red: 0, dark blue: 1}}\n",
        _info__yaml="title: |\n  any text: here\n",
    )
    done = solve(tmp_path)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert result["parties"] == ["ann", "b"]
    assert result["reservation"] == [0.5, 0.0]
    assert result["solutions"]["utilitarian"]["utilities"] == [2.0, 1.0]
    assert result["solutions"]["utilitarian"]["ties"] == 3
    assert any("-inf" in note["text"] for note in result["assumptions"])
    assert "/somewhere" not in done.stdout


def test_a_table_of_options_goes_out_and_comes_back() -> None:
    text = b"issue,option,A,B\npay,low,1,5\n,high,4,2\n=days,0,2,3\n=days,1,0,7\nreservation,,2,3\nweight,pay,2,1\n"
    once = read_option_csv(text, "t.csv").problem
    again = read_option_csv(write_option_csv(once), "t.csv").problem
    assert [i.name for i in again.issues] == ["pay", "=days"]
    for choice in ((0, 0), (1, 1), (0, 1)):
        assert again.worth(choice) == once.worth(choice)
    assert again.reservation.tolist() == [2, 3]


BAD = {
    "weights": (profile(w1=0.9), "weights sum to 1.4"),
    "missing evaluation": (profile().replace(' evaluation="10"', ""), "evaluation of 'high' is missing"),
    "not a number": (profile(a="nan"), "'nan'"),
    "huge": (profile(a="1e400"), "'1e400'"),
    "negative": (profile(a=-1), "is -1"),
    "million": (profile().replace('upperbound="2"', 'upperbound="1000000"'), "1,000,001 options"),
    "doctype": ('<!DOCTYPE a [<!ENTITY x "y">]>' + profile().partition("\n")[2], "DOCTYPE"),
    "broken": ("<utility_space>", "well-formed"),
    "other root": ("<Scenario/>", "<Scenario>"),
    "no weight": (profile().replace('<weight index="1" value="0.5"/>', ""), "no weight with index '1'"),
    "twice": (profile().replace('value="high"', 'value="low"'), "occurs twice"),
    "empty": ("", "empty"),
}


def refusal(*sources: Path) -> str:
    """What the command line would print on standard error, from an error that it turns into exit 1."""
    with pytest.raises(FormatError) as raised:
        solve(*sources)
    assert raised.value.exit_code == 1
    return str(raised.value)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_profile_is_named_with_place_and_way_out(name: str, tmp_path: Path) -> None:
    text, says = BAD[name]
    message = refusal(*files(tmp_path, good__xml=profile(), bad__xml=text))
    assert message.startswith("bad.xml")
    assert says in message


def test_files_of_different_domains_are_not_mixed(tmp_path: Path) -> None:
    other = profile().replace('"high"', '"very high"')
    message = refusal(*files(tmp_path, one__xml=profile(), two__xml=other))
    assert message.startswith("two.xml, issue 'pay': no value for option 'high' of one.xml")


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n", "a: !!python/object:os.system x\n", "<<: {a: 1}\n", "a: 1\na: 2\n", "- " * 60 + "1",
        "a: [1, 2\n", "\ta: 1\n", "a: 1\n---\nb: 2\n", "a: 'x\n", "? [1]\n: 2\n", "[" * 5000, "{a: {b: {c: ", "%TAG ! x\n---\na: 1",
    ],
)  # fmt: skip
def test_what_yaml_could_do_beyond_plain_values_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"bad\.yml"):
        read_yaml(text.encode(), "bad.yml")


@given(st.text(alphabet="ab:-[]{},'\"\n #&*!|>1.", max_size=60))
def test_any_text_is_read_as_yaml_or_refused(text: str) -> None:
    with suppress(FormatError):
        json.dumps(read_yaml(text.encode(), "any.yml"), skipkeys=True)


def test_plain_yaml_means_what_yaml_means() -> None:
    text = (
        "a: 1\nb: -2.5e3\nc: .inf\nd: 'it''s'\ne: \"x\\u00e9\\n\"\nf: yes it is\ng: [1, {h: 2}, 'a, b']\ni:\n- 1\n- - 2\n  - 3\n"
        "- k: v\n  l: ~\nm: {}\nn: a long text\n  on two lines\no: x#y # z\n12: true\n"
    )
    assert read_yaml(text.encode(), "x.yml") == {
        "a": 1, "b": -2500.0, "c": float("inf"), "d": "it's", "e": "xé\n", "f": "yes it is", "g": [1, {"h": 2}, "a, b"],
        "i": [1, [2, 3], {"k": "v", "l": None}], "m": {}, "n": "a long text on two lines", "o": "x#y", 12: True,
    }  # fmt: skip
