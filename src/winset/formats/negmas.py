"""NegMAS scenarios: one domain file and one file a party, in JSON or plain YAML.

A utility is the sum of weight times value plus a bias; weights need not sum to one. Paths in the files are ignored.
"""

import math
from typing import Any

import numpy as np

from winset.errors import FormatError
from winset.formats.profiles import Domain, Profile, integers, number, options
from winset.models.bargaining.problem import Array, Curve, Issue, Utility

_TYPE = ("type", "__python_class__")
_LISTED = {"CategoricalIssue", "OrdinalIssue", "CardinalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue"}
_RANGES = {"ContiguousIssue", "RangeIssue"}
_ADDITIVE = {"LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction"}


def looks_like(value: Any) -> bool:
    """Whether a parsed file is a NegMAS domain or utility function."""
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("issues"), list) or ("values" in value and _kind(value) != "")


def is_domain(value: Any) -> bool:
    """Whether a parsed file lists issues."""
    return isinstance(value, dict) and isinstance(value.get("issues"), list)


def read_domain(value: dict[str, Any], source: str) -> Domain:
    """The issues of a domain file. Raises FormatError naming file, issue, value and way out."""
    issues = tuple(_issue(given, at, source) for at, given in enumerate(value["issues"], 1))
    if not issues:
        raise FormatError(f"{source}: issues is empty; give at least one")
    return Domain(source=source, issues=issues)


def read_profile(value: dict[str, Any], domain: Domain, source: str) -> Profile:
    """One party's utility over the issues of a domain. Raises FormatError as above."""
    kind = _kind(value)
    if kind not in _ADDITIVE | {"LinearUtilityFunction"}:
        raise FormatError(f"{source}: a utility of type {kind!r}; only {', '.join(sorted(_ADDITIVE))} are read")
    issues = domain.issues
    weights = _weights(value.get("weights"), issues, source)
    given = _by_issue(value.get("values"), issues, f"{source}: values") if "values" in value else [None] * len(issues)
    if kind in _ADDITIVE and value.get("values") is None:
        raise FormatError(f"{source}: values is missing; give one function an issue")
    tables: list[Array | Curve] = []
    for issue, spec, weight in zip(issues, given, weights, strict=True):
        piece = _function(spec, issue, f"{source}, issue {issue.name!r}")
        tables.append(Curve(x=piece.x, y=piece.y * weight) if isinstance(piece, Curve) else piece * weight)
    utility = Utility(tables=tuple(tables), constant=number(value.get("bias") or 0.0, f"{source}: bias"))
    remarks: list[str] = []
    name = value.get("name")
    return Profile(
        source=source, name=str(name) if isinstance(name, str | int) and str(name).strip() else None,
        issues=issues, utility=utility, reservation=_reserved(value, issues, utility, source, remarks),
        remarks=tuple(remarks),
    )  # fmt: skip


def _kind(value: dict[str, Any]) -> str:
    found = next((value[key] for key in _TYPE if isinstance(value.get(key), str)), "")
    return found.rsplit(".", 1)[-1]


def _issue(given: Any, at: int, source: str) -> Issue:
    if not isinstance(given, dict) or given.get("name") is None:
        raise FormatError(f"{source}: issue {at} has no name; give it one")
    name, kind, values = str(given["name"]), _kind(given), given.get("values")
    where = f"{source}, issue {name!r}"
    if kind == "ContinuousIssue":
        low, high = _ends(values, where)
        if high < low:
            raise FormatError(f"{where}: from {low:g} to {high:g}; the lower comes first")
        return Issue(name=name, kind="continuous", low=low, high=high)
    if kind in _RANGES or isinstance(values, int):
        low, high = (0.0, float(values) - 1) if isinstance(values, int) else _ends(values, where)
        return Issue(name=name, kind="integer", values=integers(low, high, where))
    if kind not in _LISTED and kind:
        raise FormatError(
            f"{where}: the type {kind!r}; there are {', '.join(sorted(_LISTED | _RANGES))}, ContinuousIssue"
        )
    if not isinstance(values, list):
        raise FormatError(f"{where}: values is no list; write the options")
    numeric = kind in {"CardinalIssue", "DiscreteCardinalIssue"} and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in values
    )
    listed = (
        [number(v, where) if isinstance(v, float) else v for v in values] if numeric else [_word(v) for v in values]
    )
    options(listed, where)
    return Issue(name=name, kind="ordered" if numeric else "discrete", values=tuple(listed))


def _word(value: Any) -> str:
    return "true" if value is True else "false" if value is False else "null" if value is None else str(value)


def _ends(values: Any, where: str) -> tuple[float, float]:
    if not isinstance(values, list) or len(values) != 2:
        raise FormatError(f"{where}: values is {str(values)[:60]}; give [lowest, highest]")
    return number(values[0], where), number(values[1], where)


def _by_issue(given: Any, issues: tuple[Issue, ...], where: str) -> list[Any]:
    """A list in the order of the issues, or a map by their names."""
    if isinstance(given, dict):
        found = {str(key): value for key, value in given.items()}
        missing = [issue.name for issue in issues if issue.name not in found]
        if missing:
            raise FormatError(f"{where}: nothing on issue {missing[0]!r}; add it")
        return [found[issue.name] for issue in issues]
    if not isinstance(given, list) or len(given) != len(issues):
        n = len(given) if isinstance(given, list) else "no list"
        raise FormatError(f"{where}: {n} for {len(issues)} issues; give one each, in the order of the domain")
    return given


def _weights(given: Any, issues: tuple[Issue, ...], source: str) -> list[float]:
    if given is None:
        return [1.0] * len(issues)
    found = _by_issue(given, issues, f"{source}: weights")
    return [number(w, f"{source}: weight of issue {i.name!r}") for w, i in zip(found, issues, strict=True)]


def _function(spec: Any, issue: Issue, where: str) -> Array | Curve:
    if spec is None:
        spec = {"type": "IdentityFun"}
    if isinstance(spec, dict) and not _kind(spec):
        spec = {"type": "TableFun", "mapping": spec.get("mapping", spec)}
    if not isinstance(spec, dict):
        raise FormatError(f"{where}: the value function is {str(spec)[:60]!r}; give its type and numbers")
    kind = _kind(spec)
    if kind == "TableFun":
        return _table(spec.get("mapping"), issue, where)
    if kind == "ConstFun":
        slope, bias = 0.0, number(spec.get("bias", spec.get("value")), f"{where}: bias")
    elif kind == "IdentityFun":
        slope, bias = 1.0, 0.0
    elif kind in {"AffineFun", "LinearFun"} and "min_value" not in spec:
        slope = number(spec.get("slope"), f"{where}: slope")
        bias = number(spec.get("bias") or 0.0, f"{where}: bias")
    elif kind == "LinearFun":
        first, last = (number(spec.get(key), f"{where}: {key}") for key in ("min_value", "max_value"))
        low, high = _numbers(issue, where)[[0, -1]]
        slope = (last - first) / (high - low) if high > low else 0.0
        bias = first - slope * low
    else:
        raise FormatError(f"{where}: a value function of type {kind!r}; there are TableFun, AffineFun, LinearFun, ...")
    if issue.kind == "continuous":
        x = np.array([issue.low, issue.high])
        return Curve(x=x, y=slope * x + bias)
    return np.asarray(slope * _numbers(issue, where) + bias) if slope else np.full(len(issue.values), bias)


def _numbers(issue: Issue, where: str) -> Array:
    if issue.kind == "continuous":
        return np.array([issue.low, issue.high])
    try:
        return np.array([float(v) for v in issue.values])
    except ValueError:
        raise FormatError(f"{where}: a function of numbers over words; give a TableFun") from None


def _table(mapping: Any, issue: Issue, where: str) -> Array | Curve:
    if not isinstance(mapping, dict) or not mapping:
        raise FormatError(f"{where}: mapping is missing; give a utility for each option")
    if issue.kind == "continuous":
        points = sorted((number(x, where), number(y, where)) for x, y in mapping.items())
        if points[0][0] > issue.low or points[-1][0] < issue.high:
            raise FormatError(f"{where}: mapping must reach from {issue.low:g} to {issue.high:g}")
        return Curve(x=np.array([x for x, _ in points]), y=np.array([y for _, y in points]))
    plain = {_same(key): value for key, value in mapping.items()}
    known = [_same(v) for v in issue.values]
    for option in plain:
        if option not in known:
            if issue.kind == "integer":
                continue  # tables of numbers may reach further than the issue
            raise FormatError(f"{where}: mapping names {option!r}, which is no option; correct it")
    for option in known:
        if option not in plain:
            raise FormatError(f"{where}: no utility for option {option!r}; add it")
    return np.array([number(plain[option], f"{where}: utility of {option!r}") for option in known])


def _same(value: Any) -> str:
    """One spelling for an option, whether it was written as a number or as a word."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else _word(value)


def _reserved(
    value: dict[str, Any], issues: tuple[Issue, ...], utility: Utility, source: str, remarks: list[str]
) -> float:
    given = value.get("reserved_value")
    if given is not None and not (isinstance(given, float) and math.isinf(given) and given < 0):
        return number(given, f"{source}: reserved_value")
    outcome = value.get("reserved_outcome")
    if outcome is not None:
        choice: list[float] = []
        for chosen, issue in zip(_by_issue(outcome, issues, f"{source}: reserved_outcome"), issues, strict=True):
            if issue.kind == "continuous":
                choice.append(number(chosen, f"{source}: reserved_outcome"))
                continue
            place = next((k for k, v in enumerate(issue.values) if _same(v) == _same(chosen)), None)
            if place is None:
                raise FormatError(f"{source}: reserved_outcome has {chosen!r} on {issue.name!r}, which is no option")
            choice.append(place)
        return utility.at(choice)
    if given is None:
        return 0.0
    worst = utility.constant + sum(float(np.min(t.y if isinstance(t, Curve) else t)) for t in utility.tables)
    remarks.append(
        f"{source}: no deal is worth less than any deal (-inf); its worst deal, worth {worst:g}, stands for it"
    )
    return worst
