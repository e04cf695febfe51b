"""Official posts: an account's name above or before its own words."""

import re
from dataclasses import dataclass

from winset.domain.text import Span
from winset.evidence.sentences import paragraphs

_HANDLE = re.compile(r"[(\[]?(?P<handle>@\w{2,30})[)\]]?")
_AFTER = re.compile(r"(?: ?[·•|,–—-] ?[^\n]{1,20})?\Z")
_COLON = re.compile(r" ?(?P<mark>:) +(?=\S)")
_STAMP = re.compile(
    r"\A(?:\d{1,2}[:.]\d{2}\s*(?:am|pm)?\s*[·•|,–—-]?\s*)?(?:(?:posted|published)\s*(?:on|at)?:?\s*)?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+\w+\.?,?\s+\d{4}|\w+\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d{2}-\d{2})?"
    r"(?:[\s·•|,–—-]*(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:am|pm|utc|gmt)?)?(?:[\s·•|,–—-]+[\d.,]+[KM]?\s+(?:views|likes|reposts|retweets|replies))*\Z|\A[\d.,]+[KM]?\s+(?:views|likes|reposts|retweets|replies|comments)\b.{0,80}\Z",
    re.I,
)
_VERB = re.compile(
    r"\b(?:said|says|wrote|writes|posted|posts|tweeted|told|according|via|replied|on|to|by|from|in)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Post:
    """One post: the account's name and its words, paragraph by paragraph."""

    name: Span
    mark: Span | None
    words: tuple[Span, ...]


def posts(text: str) -> list[Post]:
    """The posts of a text in order; mentions of an account inside a sentence are none."""
    if "@" not in text:
        return []
    lines = paragraphs(text)
    found: list[Post] = []
    open_: tuple[Span, list[Span]] | None = None

    def close() -> None:
        if open_ is not None and open_[1]:
            found.append(Post(open_[0], None, tuple(open_[1])))

    for line in lines:
        words = line.of(text)
        handle = _HANDLE.search(words, 0, 120)
        name = words[: handle.start()].rstrip(" ([") if handle else ""
        if handle is not None and (len(name) > 80 or ":" in name or _VERB.search(name)):
            handle = None
        if handle is not None:
            whose = Span(line.start, line.start + len(name)) if re.search(r"\w", name) else (
                Span(line.start + handle.start("handle"), line.start + handle.end("handle"))
            )  # fmt: skip
            colon = _COLON.match(words, handle.end())
            if colon is not None:
                close()
                open_ = None
                mark = Span(line.start + colon.start("mark"), line.start + colon.end("mark"))
                found.append(Post(whose, mark, (Span(line.start + colon.end(), line.end),)))
                continue
            dated = handle.start() == 0 and handle.end() < len(words)  # "@account · 13 May"
            if (name or dated) and len(words) <= 140 and _AFTER.match(words, handle.end()):
                close()
                open_ = (whose, [])
                continue
        if open_ is not None and not _STAMP.match(words):
            open_[1].append(line)
    close()
    return found


def readable(handle: str) -> str:
    """The name in a handle: @MofaQatar_EN -> Mofa Qatar EN."""
    return " ".join(re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+", handle))
