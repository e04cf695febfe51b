"""Zone, frontier and solutions of listed outcomes, against counting by hand in exact arithmetic."""

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.bargaining.certificate import certificate
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.empty_zone import empty_zone
from winset.models.bargaining.problem import Issue, Problem, Utility


def problem(tables: list[list[list[float]]], reservation: list[float]) -> Problem:
    sizes = [len(table) for table in tables[0]]
    return Problem(
        parties=tuple(f"p{i}" for i in range(len(tables))),
        issues=tuple(Issue(name=f"i{k}", values=tuple(f"o{v}" for v in range(n))) for k, n in enumerate(sizes)),
        utilities=tuple(Utility(tables=tuple(np.array(t, float) for t in party)) for party in tables),
        reservation=np.array(reservation, float),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    parties = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    small = st.integers(0, 6)
    tables = [[[draw(small) for _ in range(n)] for n in sizes] for _ in range(parties)]
    return problem(tables, [draw(st.integers(-3, 12)) for _ in range(parties)])


@given(problems())
def test_everything_equals_counting_by_hand(p: Problem) -> None:
    outcomes = list(product(*(range(n) for n in p.shape)))
    worth = [tuple(Fraction(x) for x in p.worth(c)) for c in outcomes]
    least = [Fraction(r) for r in p.reservation]
    undominated = [
        w for w in worth if not any(all(a >= b for a, b in zip(o, w, strict=True)) and o != w for o in worth)
    ]
    zone = [i for i, w in enumerate(worth) if all(a >= r for a, r in zip(w, least, strict=True))]
    deals = solve_listed(p)
    assert deals.outcomes == len(outcomes)
    assert deals.zone == len(zone)
    assert [tuple(v) for v in deals.frontier] == sorted(set(undominated), reverse=True)
    assert deals.frontier_outcomes == len(undominated)
    assert bool(deals.solutions) == bool(zone)
    if not zone:
        found = empty_zone(p, deals.listed)
        shorts = [max(r - a for a, r in zip(w, least, strict=True)) for w in worth]
        assert max(found["nearest"][0]["shortfall"]) == pytest.approx(float(min(shorts)))
        return
    gains = {i: [a - r for a, r in zip(worth[i], least, strict=True)] for i in zone}
    ideal = [max(g[k] for g in gains.values()) for k in range(len(least))]
    flat = all(prod(g) == 0 for g in gains.values())
    keys = {
        "nash": lambda i: sorted(gains[i]) if flat else prod(gains[i]),
        "egalitarian": lambda i: sorted(gains[i]),
        "kalai_smorodinsky": lambda i: sorted(g / m if m else 0 for g, m in zip(gains[i], ideal, strict=True)),
        "utilitarian": lambda i: sum(worth[i]),
    }
    for name, key in keys.items():
        best = max(key(i) for i in zone)
        tied = [i for i in zone if key(i) == best]
        assert deals.solutions[name].ties == len(tied), name
        assert [p.index([int(x) for x in c]) for c in deals.solutions[name].tied] == tied[:100], name
    assert certificate(deals)["holds"]


def test_a_wrong_claim_fails_its_certificate() -> None:
    from dataclasses import replace

    p = problem([[[0, 1, 2, 4]], [[4, 3, 2, 0]]], [0, 0])
    deals = solve_listed(p)
    assert certificate(deals)["holds"]
    wrong = replace(deals, frontier=np.array([[4.0, 0.0], [2.0, 1.5], [0.0, 4.0]]))
    assert not certificate(wrong)["holds"]


def test_a_war_worse_than_every_deal_is_used_as_it_is() -> None:
    deals = solve_listed(problem([[[0, 1]], [[1, 0]]], [-5, 0.5]))
    assert deals.zone == 1
    assert deals.solutions["nash"].utilities == (0.0, 1.0)


def test_a_zone_of_one_point_at_a_reservation_value_is_an_answer() -> None:
    deals = solve_listed(problem([[[0.1 + 0.2, 0]], [[0, 1]]], [0.3, 0]))
    assert deals.zone == 1
    assert deals.solutions["egalitarian"].ties == 1


def test_where_everything_is_forbidden_it_is_said() -> None:
    one = Problem(
        parties=("a",), issues=(Issue(name="x", values=("p", "q")),), utilities=(Utility(tables=(np.array([1.0, 2.0]),)),),
        reservation=np.zeros(1), forbidden=({0: (0, 1)},),
    )  # fmt: skip
    with pytest.raises(ModelError, match="every combination is forbidden; allow at least one"):
        solve_listed(one)
