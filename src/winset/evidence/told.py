"""A statement on its way: an attribution with what the kind of text settles about it beforehand."""

from dataclasses import dataclass

from winset.domain.statements import Kind, Voice
from winset.language.annotation import Attribution


@dataclass(frozen=True, slots=True)
class Told:
    """`voice` and `kind` where the kind of text gives them; `own` where the words are the speaker's own, marks or not."""

    attribution: Attribution
    voice: Voice | None = None
    kind: Kind | None = None
    label: str | None = None  # the name before a turn, or above a post
    issuing: bool = False  # a sentence of a text that its bodies issue
    presupposed: bool = False  # told as something done already, in passing
