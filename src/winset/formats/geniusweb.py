"""GeniusWeb JSON: domains and linear additive profiles, in the older and the current wording.

A utility is the sum of weight times value; nothing is divided. The reservation value is that of the reservation bid.
"""

from typing import Any

import numpy as np

from winset.errors import FormatError
from winset.formats.profiles import MOST_OPTIONS, Domain, Profile, checked_weights, number, options
from winset.models.bargaining.problem import Array, Curve, Issue, Utility, Value

LINEAR = "LinearAdditiveUtilitySpace"
_DISCRETE = ("DiscreteValueSetUtilities", "discreteutils")
_NUMBERS = ("NumberValueSetUtilities", "numberutils")


def looks_like(value: Any) -> bool:
    """Whether a JSON object is a GeniusWeb domain or profile."""
    if not isinstance(value, dict):
        return False
    inner = next(iter(value.values()), None) if len(value) == 1 else None
    return "issuesValues" in value or (isinstance(inner, dict) and ("issuesValues" in inner or "domain" in inner))


def read_geniusweb(value: dict[str, Any], source: str) -> Domain | Profile:
    """A domain or a profile from parsed JSON. Raises FormatError naming file, issue, value and way out."""
    if "issuesValues" in value:
        return Domain(source=source, issues=_issues(value, source))
    kind, space = next(iter(value.items()))
    if isinstance(space, dict) and "issuesValues" in space:
        return Domain(source=source, issues=_issues(space, source))
    if kind != LINEAR:
        raise FormatError(f"{source}: a profile of class {kind!r}, which gives no numbers; only {LINEAR} is read")
    issues = _issues(_object(space.get("domain"), f"{source}: domain"), source)
    given = _object(space.get("issueUtilities"), f"{source}: issueUtilities")
    weights = _object(space.get("issueWeights"), f"{source}: issueWeights")
    names = {issue.name for issue in issues}
    for part, found in (("issueUtilities", given), ("issueWeights", weights)):
        for name in found:
            if name not in names:
                raise FormatError(f"{source}: {part} names {name!r}, which is no issue of its domain; correct it")
        for name in names:
            if name not in found:
                raise FormatError(f"{source}: {part} has nothing on issue {name!r}; add it")
    numbers = {i.name: number(weights[i.name], f"{source}: weight of issue {i.name!r}") for i in issues}
    remarks = list(checked_weights(numbers, source))
    plain = [_values(given[issue.name], issue, f"{source}, issue {issue.name!r}") for issue in issues]
    tables: list[Array | Curve] = [table * numbers[issue.name] for table, issue in zip(plain, issues, strict=True)]
    utility = Utility(tables=tuple(tables))
    name = space.get("name")
    return Profile(
        source=source, name=name if isinstance(name, str) and name.strip() else None, issues=issues,
        utility=utility, reservation=_reserved(space, issues, utility, source, remarks), remarks=tuple(remarks),
    )  # fmt: skip


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise FormatError(f"{where} is {'missing' if value is None else 'no object with entries'}; add it")
    return value


def _issues(domain: dict[str, Any], source: str) -> tuple[Issue, ...]:
    found = []
    for name, values in _object(domain.get("issuesValues"), f"{source}: issuesValues").items():
        where = f"{source}, issue {name!r}"
        spec = _object(values, where)
        if "values" in spec:
            listed = spec["values"]
            if not isinstance(listed, list):
                raise FormatError(f"{where}: values is no list; write [..]")
            texts = [str(v) for v in listed]
            options(texts, where)
            found.append(Issue(name=name, values=tuple(texts)))
        elif isinstance(spec.get("range"), list) and len(spec["range"]) == 3:
            found.append(Issue(name=name, kind="ordered", values=steps(spec["range"], where)))
        else:
            raise FormatError(f"{where}: neither values nor a range [low, high, step]; give one")
    return tuple(found)


def steps(given: list[Any], where: str) -> tuple[Value, ...]:
    """The values of a range [low, high, step]. Raises FormatError."""
    low, high, step = (number(x, f"{where}: range") for x in given)
    if step <= 0 or high < low:
        raise FormatError(f"{where}: the range {given}; give low, high and a step above 0")
    if (high - low) / step >= MOST_OPTIONS:
        raise FormatError(
            f"{where}: {(high - low) / step:,.0f} options; at most {MOST_OPTIONS:,} are read, take larger steps"
        )
    points = [round(low + k * step, 12) for k in range(int((high - low) / step + 1e-9) + 1)]
    whole = all(p == int(p) for p in points)
    return tuple(int(p) for p in points) if whole else tuple(points)


def _values(given: Any, issue: Issue, where: str) -> Array:
    spec = _object(given, where)
    for key in _DISCRETE:
        if key in spec:
            table = _object(_object(spec[key], where).get("valueUtilities"), f"{where}: valueUtilities")
            known = {str(v): v for v in issue.values}
            for option in table:
                if option not in known:
                    raise FormatError(f"{where}: valueUtilities names {option!r}, which is no option; correct it")
            for option in known:
                if option not in table:
                    raise FormatError(f"{where}: no utility for option {option!r}; add it")
            return np.array([number(table[o], f"{where}: utility of {o!r}") for o in known])
    for key in _NUMBERS:
        if key in spec:
            ends = {
                name: number(_object(spec[key], where).get(name), f"{where}: {name}")
                for name in ("lowValue", "lowUtility", "highValue", "highUtility")
            }
            if any(isinstance(v, str) for v in issue.values) or ends["highValue"] <= ends["lowValue"]:
                raise FormatError(f"{where}: {key} needs an issue with a range and lowValue below highValue")
            x = np.array(issue.values, dtype=float)
            share = (x - ends["lowValue"]) / (ends["highValue"] - ends["lowValue"])
            return np.asarray(ends["lowUtility"] + share * (ends["highUtility"] - ends["lowUtility"]))
    raise FormatError(f"{where}: utilities of kind {next(iter(spec))!r}; there are {', '.join(_DISCRETE + _NUMBERS)}")


def _reserved(
    space: dict[str, Any], issues: tuple[Issue, ...], utility: Utility, source: str, remarks: list[str]
) -> float:
    bid = space.get("reservationBid")
    if bid is None:
        return 0.0
    given = _object(
        _object(bid, f"{source}: reservationBid").get("issuevalues"), f"{source}: reservationBid.issuevalues"
    )
    names = {issue.name for issue in issues}
    for name in given:
        if name not in names:
            raise FormatError(
                f"{source}: the reservationBid names {name!r}, which is no issue of the domain; correct it"
            )
    total = 0.0
    for issue, table in zip(issues, utility.tables, strict=True):
        assert not isinstance(table, Curve)
        if issue.name not in given:
            remarks.append(f"{source}: the reservation bid says nothing on {issue.name!r}; that issue counts 0 in it")
            continue
        value = given[issue.name]
        place = next((k for k, v in enumerate(issue.values) if v == value or str(v) == str(value)), None)
        if place is None:
            known = ", ".join(map(str, issue.values[:12]))
            raise FormatError(
                f"{source}: the reservationBid has {value!r} on {issue.name!r}, which is no option; there are {known}"
            )
        total += float(table[place])
    return total
