"""KTAB scenario XML: actors with capability, positions and saliences on one or more dimensions."""

import math
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from winset.domain.actors import Party, slug
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.errors import FormatError


def _root(data: bytes, name: str) -> Any:
    try:
        root = fromstring(data)
    except (ParseError, ValueError, LookupError, DefusedXmlException) as error:
        raise FormatError(f"{name}: not XML that can be read ({error}); correct the place named") from None
    if root.tag != "Scenario":
        raise FormatError(f"{name}: the root is <{root.tag}>; a KTAB file has <Scenario>")
    return root


def read_parameters(data: bytes, name: str) -> dict[str, str]:
    """The model's parameters by name, as far as the file states them."""
    stated = _root(data, name).find("ModelParameters")
    return {p.tag: (p.text or "").strip() for p in (stated if stated is not None else []) if (p.text or "").strip()}


def read_ktab_xml(data: bytes, name: str) -> Case:
    """A case from a KTAB scenario. Raises FormatError naming file, actor, value and way out."""
    root = _root(data, name)
    dimensions = [(d.text or "").strip() or f"dimension {i}" for i, d in enumerate(root.iter("dName"), 1)]
    actors = list(root.iter("Actor"))
    if not dimensions or not actors:
        raise FormatError(f"{name}: has {len(dimensions)} dName and {len(actors)} Actor; give at least one of each")

    def at(tag: str, nth: int) -> str:
        line = _line(data, tag, nth)
        return f"{name}, line {line}" if line else name

    issues: list[Issue] = []
    for d, dimension in enumerate(dimensions, 1):
        key = slug(dimension)
        key = key if all(i.id != key for i in issues) else f"{key}-{d}"
        issues.append(Issue(id=key, question=dimension, kind="continuous", range=(0.0, 100.0)))
    parties: list[Party] = []
    judgements: list[Judgement] = []
    for place, actor in enumerate(actors, 1):
        who = (actor.findtext("name") or "").strip()
        if not who:
            raise FormatError(f"{at('Actor', place)}: actor {place} has no name; give it one")
        if any(p.id == who for p in parties):
            raise FormatError(f"{at('Actor', place)}: the actor {who!r} occurs twice; rename one")
        parties.append(Party(id=who, name=who))
        power = _number(actor.findtext("capability"), f"{at('capability', place)}: capability of {who}", math.inf)
        judgements.append(Judgement(quantity="capability", party=who, issue=None, value=Exact(power), by=name))
        for quantity, tag in (("position", "dCoord"), ("salience", "dSal")):
            cells = [cell.text for cell in actor.iter(tag)]
            if len(cells) != len(issues):
                here = at("Actor", place)
                raise FormatError(f"{here}: {who} has {len(cells)} {tag} for {len(issues)} dimensions; give one each")
            for column, (issue, text) in enumerate(zip(issues, cells, strict=True), 1):
                where = at(tag, (place - 1) * len(issues) + column)
                value = _number(text, f"{where}: {quantity} ({tag}) of {who} on {issue.question}", 100.0)
                judgements.append(Judgement(quantity=quantity, party=who, issue=issue.id, value=Exact(value), by=name))
    title = (root.findtext("name") or "").strip() or name
    return Case(title=title, parties=tuple(parties), issues=tuple(issues), judgements=tuple(judgements))


def _line(data: bytes, tag: str, nth: int) -> int | None:
    """The line of the nth such element; None where the bytes do not hold that many as they stand."""
    place, found = -1, 0
    while found < nth:
        place = data.find(b"<" + tag.encode(), place + 1)
        if place < 0:
            return None
        found += data[place + 1 + len(tag) : place + 2 + len(tag)] in (b">", b"/", b" ", b"\n", b"\r", b"\t")
    return data.count(b"\n", 0, place) + 1


def _number(text: str | None, where: str, most: float) -> float:
    plain = (text or "").strip()
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and 0 <= value <= most):
        shown = f"is {plain!r}" if plain else "is empty"
        raise FormatError(f"{where} {shown}; write a number from 0" + (f" to {most:g}" if most < math.inf else ""))
    return value
