"""What every formulation returns."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from winset.domain.runs import Assumption

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Formulated(Generic[T]):
    """The inputs of one model, with every assumption they rest on, and what could not be asked for want of inputs."""

    inputs: T
    assumptions: tuple[Assumption, ...] = ()
    gaps: tuple[str, ...] = ()
