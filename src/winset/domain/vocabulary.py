"""Codebooks: what an issue's positions look like in words, as data that people edit.

A phrase is a sequence of slots matched against lower-case words: `word`, `word*` (begins with), `a|b` (either),
`~` (up to four words of any kind). It says *which point is spoken of*; whether a speaker is for or against it is read from the
words around it, and being against a point means `opposed`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from winset.domain.issues import Issue, IssueKind, ScalePoint
from winset.errors import CaseError


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePoint:
    """One labelled point of an issue's scale: the words that name it, and sentences that show it."""

    value: float
    label: str
    phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    opposed: float | None = None  # where somebody stands who is against this point; None: at the farther end


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookIssue:
    """An issue as coders use it. `topics` show that it is spoken of, `excludes` that something else is meant.

    `counts` and `counts_not` say in words what is evidence and what is not. With `units`, numbers in the text are values
    ("a 4 per cent rise"); `range` then bounds them. `was` names issues that were folded into this one, `part_of` those that it was
    split from: reviews made on them follow.
    """

    id: str
    question: str
    points: tuple[CodePoint, ...] = ()
    status_quo: float | None = None
    topics: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    counts: str = ""
    counts_not: str = ""
    was: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = [point.value for point in self.points]
        if values != sorted(set(values)):
            raise CaseError(
                f"codebook issue {self.id}: points must have rising values without overlap, got {values}; "
                "give two points that share a value one value each, or merge them"
            )
        if not self.points and self.range is None:
            raise CaseError(f"codebook issue {self.id}: needs points or a range")
        self._on_scale()
        owner: dict[str, str] = {}
        for point in self.points:
            for phrase in point.phrases:
                said = " ".join(phrase.casefold().split())
                if said in owner:
                    raise CaseError(
                        f"codebook issue {self.id}: the phrase {phrase!r} stands under {owner[said]!r} and "
                        f"under {point.label!r}; keep it in one place"
                    )
                owner[said] = point.label

    def _on_scale(self) -> None:
        low, high = self.bounds
        if low > high:
            raise CaseError(
                f"codebook issue {self.id}: a scale runs from a lower to a higher end, got {low:g} to {high:g}"
            )
        stated = [(f"point {point.label!r}", point.value) for point in self.points]
        stated += [(f"opposed of {point.label!r}", point.opposed) for point in self.points if point.opposed is not None]
        stated += [("status_quo", self.status_quo)] if self.status_quo is not None else []
        for what, value in stated:
            if not low <= value <= high:
                raise CaseError(
                    f"codebook issue {self.id}: {what} is {value:g}, off the scale, which runs from {low:g} to {high:g}"
                )

    @property
    def bounds(self) -> tuple[float, float]:
        """Ends of the scale."""
        if self.range is not None:
            return self.range
        return self.points[0].value, self.points[-1].value

    def opposed(self, point: CodePoint) -> float:
        """Where somebody stands who is against `point`: as the codebook says, else the end farther away."""
        if point.opposed is not None:
            return point.opposed
        low, high = self.bounds
        return low if point.value - low > high - point.value else high

    @property
    def step(self) -> float:
        """The smallest distance between two labelled points: the least that any real move amounts to."""
        values = [point.value for point in self.points]
        gaps = [b - a for a, b in pairwise(values)]
        low, high = self.bounds
        return min(gaps) if gaps else (high - low) / 100

    def issue(self) -> Issue:
        """The issue of a case that this code stands for."""
        kind: IssueKind = "continuous" if self.range is not None else "ordered"
        return Issue(
            id=self.id, question=self.question, kind=kind, range=self.range, status_quo=self.status_quo,
            scale=tuple(ScalePoint(point.value, point.label) for point in self.points),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The issues that a reader looks for. Ids are unique; to change one is to make another codebook."""

    id: str
    title: str
    issues: tuple[CodebookIssue, ...] = ()
    version: str = "1"
    about: str = ""

    def __post_init__(self) -> None:
        ids = [issue.id for issue in self.issues]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise CaseError(f"codebook {self.id}: the issue {twice[0]!r} occurs twice; give the second another id")

    def issue(self, id: str) -> CodebookIssue:
        """The issue with this id. Raises CaseError, naming those there are."""
        for issue in self.issues:
            if issue.id == id:
                return issue
        raise CaseError(f"codebook {self.id}: no issue {id!r}; there are {', '.join(i.id for i in self.issues)}")

    def put(self, issue: CodebookIssue) -> "Codebook":
        """With `issue` in the place of the one with its id, or at the end."""
        if any(one.id == issue.id for one in self.issues):
            return replace(self, issues=tuple(issue if one.id == issue.id else one for one in self.issues))
        return replace(self, issues=(*self.issues, issue))

    def without(self, id: str) -> "Codebook":
        """Without one issue. Raises CaseError where there is none."""
        self.issue(id)
        return replace(self, issues=tuple(one for one in self.issues if one.id != id))

    def joined(self, other: "Codebook") -> "Codebook":
        """With the issues of `other` behind, those of equal id taken from `other`."""
        result = self
        for issue in other.issues:
            result = result.put(issue)
        return result

    def merged(self, keep: str, drop: str) -> "Codebook":
        """`drop` folded into `keep`: topics, phrases and examples of points with equal values together.

        Raises CaseError where the two scales do not have the same ends, because their values would not compare, and where
        both are one issue.
        """
        a, b = self.issue(keep), self.issue(drop)
        if a is b:
            raise CaseError(f"{keep} is merged into another issue, not into itself")
        if a.bounds != b.bounds:
            raise CaseError(
                f"{keep} runs from {a.bounds[0]:g} to {a.bounds[1]:g} and {drop} from {b.bounds[0]:g} to "
                f"{b.bounds[1]:g}; bring both to one scale before merging"
            )
        points = {point.value: point for point in b.points}
        for point in a.points:
            twin = points.get(point.value)
            points[point.value] = point if twin is None else replace(
                point, phrases=_unique(point.phrases + twin.phrases), examples=_unique(point.examples + twin.examples)
            )  # fmt: skip
        part_of = tuple(one for one in _unique(a.part_of + b.part_of) if one != keep)
        whole = replace(
            a, was=_unique((*a.was, drop, *b.was)), part_of=part_of,
            points=tuple(points[value] for value in sorted(points)), topics=_unique(a.topics + b.topics),
            excludes=_unique(a.excludes + b.excludes), units=_unique(a.units + b.units),
            counts=" ".join(filter(None, (a.counts, b.counts))),
            counts_not=" ".join(filter(None, (a.counts_not, b.counts_not))),
        )  # fmt: skip
        return self.without(drop).put(whole)

    def split(self, id: str, new_id: str, question: str, phrases: Iterable[str]) -> "Codebook":
        """The issue `id` in two: phrases and topics in `phrases` go to `new_id`, which keeps the scale.

        Raises CaseError where the new id is taken or a phrase is not in the issue.
        """
        old, moving = self.issue(id), set(phrases)
        if any(one.id == new_id for one in self.issues):
            raise CaseError(f"codebook {self.id}: there is an issue {new_id!r} already; choose another id")
        known = set(old.topics).union(*(point.phrases for point in old.points))
        if strange := sorted(moving - known):
            raise CaseError(f"{id}: {strange[0]!r} is none of its phrases or topics; see `winset codebook show`")
        if not moving:
            raise CaseError(f"{id}: name the phrases that go to {new_id!r}; see `winset codebook show`")

        def part(taken: bool) -> CodebookIssue:
            return replace(
                old,
                topics=tuple(t for t in old.topics if (t in moving) is taken),
                points=tuple(
                    replace(p, phrases=tuple(w for w in p.phrases if (w in moving) is taken)) for p in old.points
                ),
            )

        second = replace(part(True), id=new_id, question=question, was=(), part_of=(id,))
        return self.put(part(False)).put(second)

    def heirs(self, id: str) -> tuple[str, ...]:
        """The issues that carry on an issue, wherever it went: itself where it is there, what it was folded into, what was
        split from it. Empty where it is gone."""
        found = dict.fromkeys(one.id for one in self.issues if id in (one.id, *one.was))
        front = [id, *found]
        while front:
            parts = [one.id for one in self.issues if one.id not in found and set(front) & set(one.part_of)]
            found.update(dict.fromkeys(parts))
            front = parts
        return tuple(found)

    def changed(self, other: "Codebook") -> tuple[str, ...]:
        """Ids of issues that differ between the two: only these are read anew when a codebook changes."""
        mine, theirs = {i.id: i for i in self.issues}, {i.id: i for i in other.issues}
        return tuple(id for id in {**mine, **theirs} if mine.get(id) != theirs.get(id))


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
