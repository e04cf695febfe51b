"""Whatever is written comes back: issues, options, parties, what every outcome is worth, and what no deal is worth."""

import random
from pathlib import Path

import numpy as np
import pytest
from tests.formats.test_conversion import unless_it_cannot_be_said

from winset.models.bargaining.problem import Array, Curve, Issue, Problem, Utility
from winset.services.conversion import FORMS, convert
from winset.services.scenarios import load_scenario

NAMES = (
    "a", "A", "1", "1.0", "01", "0x10", "1e5", "true", "null", "~", "yes", "-", "- x", "a: b", "a:b", "#c", "x #y", '"q"',
    "'q'", "[x]", "{y}", "&a", "*a", "!t", "%d", "@e", "`f", "\u00e9", "e\u0301", "\u65e5\u672c", "\u0627\u0628", "<&>", "a,b",
    "a;b", "=1+1", "+2", "-3", "reservation", "Weight", "option", "x" * 300, " lead", "trail ", "a  b", "\u200bz", "\U0001f642",
    "..", ".inf", "nan", "0", "a\\b", "a/b", "? x", "|", ">", "---", "\u00a0n", "a\u2028b", 'a"b', "\ufeffbom", "a=b", "1_000",
    "5.", ".5", "12:30", "2020-01-01", "N", "off", "\x1b[2J",
)  # fmt: skip
REFUSED = (
    "cannot say", "cannot be said", "cannot hold", "cannot be written", "rename", "no continuous issues", "at most 1", "is cut",
    "every deal is worth the same", "no bid is worth", "straight lines",
)  # fmt: skip


def drawn(seed: int) -> Problem:
    draw = random.Random(seed)
    names, parties = draw.sample(NAMES, draw.randint(1, 4)), draw.sample(NAMES, draw.randint(1, 3))
    issues = []
    for name in names:
        kind = draw.choice(["discrete", "discrete", "ordered", "integer", "continuous"])
        low = draw.randint(-5, 5)
        if kind == "discrete":
            issues.append(Issue(name=name, values=tuple(draw.sample(NAMES, draw.randint(1, 5)))))
        elif kind == "ordered":
            values = sorted(draw.sample([1, 2, 3, 4.5, 0.1, -2, 7, 1e6, 0.30000000000000004], draw.randint(1, 5)))
            issues.append(Issue(name=name, kind="ordered", values=tuple(values)))
        elif kind == "integer":
            issues.append(Issue(name=name, kind="integer", values=range(low, low + draw.randint(1, 5))))
        else:
            issues.append(Issue(name=name, kind="continuous", low=low, high=low + draw.choice([0.5, 1.0, 100.0])))

    def number() -> float:
        return draw.choice([0.0, 1.0, draw.random(), float(draw.randint(-5, 10)), 1e5 * draw.random(), -draw.random()])

    def worth(issue: Issue) -> Array | Curve:
        if issue.kind == "continuous":
            return Curve(x=np.array([issue.low, issue.high]), y=np.array([number(), number()]))
        if issue.kind == "integer" and draw.random() < 0.5:
            return np.linspace(number(), number(), len(issue.values))
        return np.array([number() for _ in issue.values])

    return Problem(
        parties=tuple(parties), issues=tuple(issues),
        utilities=tuple(
            Utility(tables=tuple(map(worth, issues)), constant=draw.choice([0.0, 0.0, 2.5, -1.0])) for _ in parties
        ),
        reservation=np.array([number() for _ in parties]),
        power=draw.choice([None, np.arange(1.0, len(parties) + 1)]),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(50))
def test_what_is_written_comes_back_or_is_refused(seed: int, form: str, tmp_path: Path) -> None:
    p = drawn(seed)

    def there_and_back() -> Problem:
        for name, data in FORMS[form](p, "d", ())[0].items():
            (tmp_path / name).write_bytes(data)
        return load_scenario((tmp_path,)).problem

    back = unless_it_cannot_be_said(there_and_back, *REFUSED)
    if back is None:
        return
    assert back.parties == p.parties
    assert [issue.name for issue in back.issues] == [issue.name for issue in p.issues]
    if form == "table":
        assert (back.power is None) == (p.power is None)
        assert p.power is None or back.power.tolist() == p.power.tolist()  # type: ignore[union-attr]  # as just said
    draw = random.Random(seed)
    tried = [
        tuple(
            draw.uniform(i.low, i.high) if i.kind == "continuous" else draw.randrange(len(i.values)) for i in p.issues
        )
        for _ in range(40)
    ]
    for choice in tried:
        for ours, theirs in zip(p.outcome(choice).values(), back.outcome(choice).values(), strict=True):
            assert str(ours) == str(theirs) or float(ours) == float(theirs)
    for k in range(len(p.parties)):
        before, after = (np.array([q.worth(choice)[k] for choice in tried]) for q in (p, back))
        size = max(1e-9, float(np.abs(before).max()))
        if form in ("negmas", "table"):
            assert after == pytest.approx(before, abs=1e-9 * max(1.0, size))
            assert back.reservation[k] == p.reservation[k]
            continue
        if np.ptp(before) < 1e-9 * size:
            continue
        top, low = before.argmax(), before.argmin()  # the same but for a unit and a zero
        unit = (after[top] - after[low]) / (before[top] - before[low])
        assert unit > 0
        assert after == pytest.approx((before - before[low]) * unit + after[low], abs=1e-8)
        clear = np.abs(before - p.reservation[k]) > 1e-6 * size
        inside = before >= p.reservation[k]
        assert (after >= back.reservation[k] - 1e-9)[clear].tolist() == inside[clear].tolist()


def test_a_discount_goes_out_again_and_where_it_cannot_that_is_said(tmp_path: Path) -> None:
    text = (
        '<utility_space><objective><weight index="1" value="1"/><issue index="1" name="x" vtype="discrete">'
        '<item value="a" evaluation="1"/><item value="b" evaluation="2"/></issue></objective>'
        '<discount_factor value="0.8"/><reservation value="0.25"/></utility_space>'
    )
    (tmp_path / "p.xml").write_text(text, encoding="utf-8")
    convert((tmp_path / "p.xml",), "genius", tmp_path / "again")
    assert load_scenario((tmp_path / "again",)).discounts == (0.8,)
    told = convert((tmp_path / "p.xml",), "negmas", tmp_path / "other")
    assert any("the discount 0.8 is not written" in remark for remark in told["remarks"])
