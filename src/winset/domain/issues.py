"""What is being decided."""

from dataclasses import dataclass
from typing import Literal

IssueKind = Literal["discrete", "ordered", "integer", "continuous"]


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """A labelled point of a scale."""

    value: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A question with its possible answers: options, a labelled scale, or a range.

    discrete    `options` without an order
    ordered     `scale`, labelled points of rising value
    integer     `range`, both ends included
    continuous  `range`, or the ends of `scale`

    `codebook`: it comes from the codebook of this id, because a record names it; it narrows nothing that is looked for.
    """

    id: str
    question: str
    kind: IssueKind = "ordered"
    options: tuple[str, ...] = ()
    scale: tuple[ScalePoint, ...] = ()
    range: tuple[float, float] | None = None
    status_quo: str | float | None = None
    codebook: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an issue needs an id")
        if self.kind == "discrete" and not self.options:
            raise ValueError(f"issue {self.id}: a discrete issue needs options")
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"issue {self.id}: the same option twice in {list(self.options)}")
        values = [point.value for point in self.scale]
        if values != sorted(set(values)):
            raise ValueError(f"issue {self.id}: scale values must rise, got {values}")
        if self.range is not None and not self.range[0] < self.range[1]:
            raise ValueError(f"issue {self.id}: a range needs low < high, got {list(self.range)}")

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Ends of the numeric scale, None for options without an order."""
        if self.range is not None:
            return self.range
        if self.scale:
            return self.scale[0].value, self.scale[-1].value
        return None

    def measured_over(self, seen: tuple[float, float] | None) -> tuple[float, float] | None:
        """From where to where positions on it are compared; `seen` are the lowest and the highest ever taken.

        The ends of its scale, except for numbers whose range is a codebook's: that range says which numbers can be, not over which
        ones this dispute is, so that of 3 and 9 per cent on a scale up to 60 nobody would seem far apart. They are compared over
        those taken, as where there is no scale.
        """
        counted = self.codebook is not None and self.range is not None
        if self.bounds is not None and not (counted and seen is not None and seen[0] < seen[1]):
            return self.bounds
        return seen if self.kind != "discrete" else None

    def marks(self, low: float, high: float) -> list[tuple[float, str]]:
        """The labelled points between two ends, with those ends where the scale is cut there; none where nothing is labelled."""
        inside = [(point.value, point.label) for point in self.scale if low <= point.value <= high]
        if not self.scale or self.bounds == (low, high):
            return inside
        ends = [(end, f"{end:g}") for end in (low, high) if all(end != value for value, _ in inside)]
        return sorted([*inside, *ends])

    def label(self, value: float) -> str | None:
        """The label of the scale point nearest to `value` if it lies exactly on one."""
        return next((point.label for point in self.scale if point.value == value), None)
