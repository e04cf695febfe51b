"""Words and marks of a text with one letter each for what they may be in a clause.

D determiner, P subject pronoun, O object pronoun, I preposition, C conjunction, S subordinator, X auxiliary,
R adverb, T "to", V finite cue verb, G gerund of a cue verb, v other verb, t day of the week, N capitalised,
n other word, # number, ' possessive, q inside a quotation; any other mark stands for itself. The marks of scare quotes
(a few words that no clause mark ends) are left out: their words are words of the sentence.
"""

import re
from dataclasses import dataclass

from winset.evidence.lexicon import CueVerb, FormKind, cue_verbs, word_classes
from winset.evidence.quotes import Quotation

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|St)\.|['’](?:s|ve|d|ll|re)\b|"
                    r"\w+(?:['’]t\b)?(?:-\w+)*|''|``|[^\w\s]")  # fmt: skip
SCARE = 3  # words; a longer quotation, or one that ends in a clause mark, is speech


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over the tokens of one text, and the letters as one string."""

    start: list[int]
    end: list[int]
    low: list[str]
    tags: str


def is_scare(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a few words taken into somebody else's sentence."""
    inner = quotation.inner
    if not quotation.closed or len(inner) > 60 or text[inner.end - 1] in ",.!?…":
        return False
    return len(text[inner.start : inner.end].split()) <= SCARE


def tokenize(text: str, quotations: tuple[Quotation, ...]) -> Tokens:
    """Tokens of the whole text, tagged; linear in its length."""
    classes, verbs = word_classes(), cue_verbs()
    start: list[int] = []
    end: list[int] = []
    low: list[str] = []
    tags: list[str] = []
    speech = [q for q in quotations if not is_scare(text, q)]
    marks = {at for q in quotations if is_scare(text, q) for at in (q.span.start, q.inner.end)}
    spans = iter(speech)
    now = next(spans, None)
    for match in _TOKEN.finditer(text):
        a, b = match.span()
        if a in marks:
            continue
        word = match.group()
        lower = word.lower().replace("’", "'")
        start.append(a)
        end.append(b)
        low.append(lower)
        while now is not None and now.span.end <= a:
            now = next(spans, None)
        if now is not None and now.span.start <= a:
            tags.append("q")
        else:
            tags.append(_tag(word, lower, classes, verbs))
    return Tokens(start, end, low, "".join(tags))


def _tag(word: str, lower: str, classes: dict[str, str], verbs: dict[str, tuple[CueVerb, FormKind]]) -> str:
    first = word[0]
    if lower == "'s":
        return "'"
    if not (first.isalnum() or first == "'"):
        return "." if first in ".!?…" else first
    if lower == "to":
        return "T"
    if first.isdigit():
        return "#"
    letter = classes.get(lower)
    if letter:
        return letter
    found = verbs.get(lower)
    if found is not None:
        return "G" if found[1] == "gerund" else "V"
    if first.isupper():
        return "N"
    return "R" if lower.endswith("ly") and len(lower) > 4 else "n"
