"""A result carries its question."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something a number rests on that no source states, in words, and where a person can change it."""

    text: str
    quantity: str | None = None
    party: str | None = None
    issue: str | None = None
    value: float | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text, "quantity": self.quantity, "party": self.party,
            "issue": self.issue, "value": self.value,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One answer of one method: what was asked, of which inputs, under which assumptions, and the result.

    `result` is what the method's contract prints: plain JSON values. `parts` are digests of the inputs part by part, so that
    a later look can say what has changed since. `at`, `by` and `name` say when, by whom and under which name it was kept.
    """

    method: str
    version: str
    inputs_digest: str  # SHA-256 of the canonical JSON of the inputs
    result: Any
    as_of: date | None = None
    assumptions: tuple[Assumption, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    seed: int | None = None
    parts: dict[str, str] = field(default_factory=dict)
    at: datetime | None = None
    by: str | None = None
    name: str | None = None

    @property
    def id(self) -> str:
        """Of what was asked and answered: the same question with the same answer has the same id, whoever asks when."""
        return "r" + digest([
            self.method, self.version, self.inputs_digest, self.as_of, self.parameters, self.seed, self.result,
        ])[:10]  # fmt: skip


def digest(inputs: Any) -> str:
    """SHA-256 of the canonical JSON of plain values: what `Run.inputs_digest` holds."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
