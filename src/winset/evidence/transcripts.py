"""Speaker-labelled transcripts, questions and answers: a name, a colon, and that speaker's own words up to the next name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from winset.domain.text import Span
from winset.evidence import interviews
from winset.evidence.capitals import UPPER
from winset.evidence.sentences import paragraphs

_LABEL = re.compile(
    rf"(?:\[?\(?\d{{1,2}}:\d{{2}}(?::\d{{2}})?\)?\]? )?(?P<label>[{UPPER}@][\w.’'&/@-]*+(?:[ \u00a0](?:\([^()\n]{{1,60}}\)|(?:of|for|the|and|de|van|von|al|bin)(?!\w)|[{UPPER}\d][\w.,’'&/-]*+)){{0,8}}+)"
    rf"(?: ?\[[^\]\n]{{1,40}}\])?(?P<mark> ?[:：])(?P<gap>\s|\Z)"
)
_SHORT = re.compile(r"(?P<label>[QA])(?P<mark>\.)(?P<gap> )")
_NO_LABEL = re.compile(
    r"\A(?:note|update|updated|read more|photo|image|editor[’']?s? note|correction|date|subject|from|to|cc|related|source|sources|caption|watch|listen|summary|"
    r"background|time|place|venue|location|title|by|posted|published|tags|topics|contact|tel|email|e-mail|website|url|https?|key points|agenda|"
    r"present|participants|transcript|full transcript|remarks|statement|interview|press release|communiqu[eé]|headline|q ?& ?a|q and a|questions and answers|explainer|factbox|fact box|timeline|profile|live|breaking|watch|podcast|video|letter|viewpoint|commentary|comment|editorial|feature|review|special report|analysis|opinion|exclusive|copy|re|ref|reference|classification|annex|article \w+|section \w+|chapter \w+|part \w+|step \w+|option \w+|example|warning|disclaimer|"
    r"duration|language|for immediate release|more|see also|also|but|and|however|still|here|there|this|that|the (?:answer|question|result|problem|reason|message|bottom line|upshot|aim|goal))\Z",
    re.I,
)
_QUESTION = re.compile(
    r"\A(?:q|question|reporter|journalist|interviewer|press|audience|member of the audience|unidentified (?:reporter|journalist|speaker)|correspondent)\b",
    re.I,
)
_ANSWER = re.compile(r"\A(?:a|answer)\Z", re.I)
LEAST = 3  # turns of a transcript; two where they are a question and an answer
SHARE = 0.3  # of the paragraphs that begin with a label, from which what follows a turn goes on with it


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: the label, the colon after it, and paragraphs."""

    label: str
    name: Span | None  # None where a question or an answer bears no label
    mark: Span | None
    words: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the turn begins."""
        return self.name.start if self.name is not None else self.words[0].start

    @property
    def asks(self) -> bool:
        """Whether the label names only somebody who asks."""
        return _QUESTION.match(self.label) is not None

    @property
    def answers(self) -> bool:
        """Whether the label is no more than "A"."""
        return _ANSWER.match(self.label) is not None


def turns(text: str) -> list[Turn]:
    """The turns of a transcript in order; none where the text is not one. Linear in its length."""
    lines = paragraphs(text)
    found: list[tuple[int, str, Span, Span, int]] = []
    for number, line in enumerate(lines):
        match = _LABEL.match(text, line.start, min(line.end, line.start + 140)) or _SHORT.match(
            text, line.start, line.end
        )
        if match is None:
            continue
        label = match.group("label").strip()
        if _NO_LABEL.match(label) or len(label.split()) > 9 or not _speaks(label, text[match.end() : line.end]):
            continue
        mark = Span(match.end("mark") - 1, match.end("mark"))
        begin = match.end() + len(text[match.end() : line.end]) - len(text[match.end() : line.end].lstrip())
        found.append((number, label, Span(match.start("label"), match.end("label")), mark, begin))
    labels = Counter(label.casefold() for _, label, *_ in found)
    lone = {label for label, count in labels.items() if count == 1 and not _QUESTION.match(label)}
    while (
        found and found[0][1].casefold() in lone and len(labels) > 2 and not _opens(text, lines[found[0][0]], found)
    ):  # a heading above the first turn
        labels.pop(found.pop(0)[1].casefold(), None)
    asked = any(_QUESTION.match(label) for label in labels) and len(labels) > 1
    if len(found) < (2 if asked else LEAST) or len(labels) < 2 or (not asked and max(labels.values()) < 2):
        return _interview(text, lines)
    lines = lines[: _end(text, lines, [number for number, *_ in found])]
    goes_on = len(found) / len(lines) >= SHARE
    result: list[Turn] = []
    for at, (number, label, name, mark, begin) in enumerate(found):
        last = found[at + 1][0] if at + 1 < len(found) else (len(lines) if goes_on else number + 1)
        words = [Span(begin, lines[number].end)] if begin < lines[number].end else []
        if goes_on or not words:
            words += lines[number + 1 : last]
        if words:
            result.append(Turn(label, name, mark, tuple(words)))
    return result


def initials(label: str) -> str:
    """The letters by which a transcript calls a speaker after the first turn: "OFQ" for "Odalys Ferreira-Quist, Game Workers Assembly"."""
    return "".join(part[0] for part in re.split(r"[ -]", label.partition(",")[0]) if part[:1].isupper())


def by_initials(turns: Sequence[Turn]) -> dict[str, Turn]:
    """Letters -> the first turn of the one speaker whose name they begin; two speakers with the same letters have none, nor has one letter."""
    found: dict[str, dict[str, Turn]] = {}
    for turn in turns:
        letters = initials(turn.label) if " " in turn.label else ""
        if len(letters) > 1:
            found.setdefault(letters, {}).setdefault(turn.label.partition(",")[0].casefold(), turn)
    return {letters: next(iter(each.values())) for letters, each in found.items() if len(each) == 1}


_TELLS = re.compile(
    r"(?:Asked|Speaking|Later|After|Earlier|Meanwhile)\b[^.\n]{0,200}\b(?:said|told|added)\b|(?:Mr|Mrs|Ms|Dr)\.? [A-Z][\w’'-]+ (?:also |later |then )?(?:said|told|added|declined|refused|left)\b"
)


def _end(text: str, lines: list[Span], labelled: list[int]) -> int:
    """How many lines belong to the transcript: where its turns follow line upon line, what stands after a blank line and tells of a speaker
    does not."""
    turns_apart = any(
        "\n\n" in text[lines[a].end : lines[b].start].replace("\r", "") for a, b in pairwise(labelled) if b == a + 1
    )
    for number in range(labelled[-1] + 1, len(lines) if not turns_apart else 0):
        if "\n\n" in text[lines[number - 1].end : lines[number].start].replace("\r", "") and _TELLS.match(
            text, lines[number].start
        ):
            return number
    return len(lines)


def _opens(text: str, line: Span, found: list[tuple[int, str, Span, Span, int]]) -> bool:
    """Whether the first labelled paragraph asks, so that it is a turn and no heading, and the next one answers."""
    return text[line.end - 1] == "?" and len(found) > 1 and found[1][0] == found[0][0] + 1


def _interview(text: str, lines: list[Span]) -> list[Turn]:
    """The turns of an interview whose questions and answers bear no labels."""
    found = []
    for question, answer in interviews.exchanges(text, lines):
        found += [Turn("Interviewer", None, None, (question,)), Turn("Answer", None, None, answer)]
    return found


def _speaks(label: str, after: str) -> bool:
    """Whether a label looks like a speaker: capitals throughout, a question or answer, a handle, or a name in capitals."""
    if label.isupper() or _QUESTION.match(label) or _ANSWER.match(label) or label.startswith("@"):
        return True
    words = [
        word
        for word in re.sub(r"\([^)]*\)", "", label).split()
        if word not in ("of", "for", "the", "and", "de", "van", "von", "al", "bin")
    ]
    return (
        bool(words)
        and all(word[0].isupper() for word in words)
        and len(words) <= 6
        and not after.startswith(("http", "//"))
    )


_MATTER = re.compile(r"(?:talks|row|dispute|deal|strike|crisis|vote|ballot) ?:?", re.IGNORECASE)  # "Merger talks: ..."


def is_heading(source: str, cue: str) -> bool:
    """Whether "source: ..." is a heading of the page ("Note:", "Related:") and nobody's words."""
    if _MATTER.fullmatch(cue.strip()):
        return True
    return cue.strip() in (":", "") and bool(source) and _NO_LABEL.match(source.strip(" :*")) is not None
