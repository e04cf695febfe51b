"""Clauses of what is said, each with its subject, its predicate and the condition it hangs on."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from winset.evidence.lexicon import cue_verbs, word_classes

MOST = 24  # clauses that are looked at
LONGEST_SUBJECT = 16  # words

_SPLIT = re.compile(
    r"(?<=[.!?;…])[”\"’']? |[”\"] ?[“\"]|,? but (?!for\b)|, (?:while|whereas|though|although|because|since) |"
    r",? and (?=(?:that|we|I|it|he|she|they|there|this|its|our|the \w+ (?:will|would|must|should|had|has|is|was))\b)|, and (?=\w+ (?:must|will|would|should|has|have|is|are|was)\b)|"
    r" [–—] "
)
_CONDITION = re.compile(
    r"\b(?P<word>even if|only if|if only|if|provided that|provided|providing|on (?:the )?condition that(?! (?:he|she|they) not\b)|on condition of(?! (?:strict )?anonymity)|unless|as long as|so long as|only when|only after|only once|"
    r"until|assuming|in case|in the event (?:of|that)|were it not for|once|before|in (?:exchange|return) for) (?P<what>[^;:”\"]{3,200})",
    re.I,
)
_TURN = re.compile(
    r" (?=(?:we|i|they|you|he|she|there) (?:can|will|would|could|shall|must|are|is|have|has|may|might)\b|(?:can|will|would|could|shall|do|does|must) (?:we|i|they|you|he|she|there|the)\b)",
    re.I,
)
_INVERTED = re.compile(
    r"(?:and |but )?(?P<word>had|should|were) (?P<what>(?:the|an?|any|this|that|his|her|its|our|their|my|your|no|we|i|he|she|they|it|you|there|[A-Z][\w’'-]+) [^;:”\"?,]{3,160}), (?P<main>\S.*)",
    re.I,
)  # "should the level drop, the pumps stop"
_PLAIN = frozenset(["if", "provided", "providing", "assuming", "in the event of", "in the event that"]) | {
    "only if",
    "even if",
    "provided that",
    "on condition that",
    "on the condition that",
    "as long as",
    "so long as",
    "in case",
    "only when",
    "on condition of",
}
_TIME = re.compile(
    r"\A(?:the )?(?:end of|beginning of|start of|early|late|mid|next|this|that|the (?:week|month|year|summit|vote|election|winter|summer)|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|\d|spring|summer|autumn|fall\b|winter|further notice|noon|midnight|dawn|now|then|long|today|tomorrow)",
    re.I,
)
_WHETHER = re.compile(r"\A(?:whether|if)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,()]")
_LAID = re.compile(
    r"\b(?:matter|case|cases|dispute|question|issue|claim|complaint|motion|bill|appeal|suit|file|evidence|it|them) \Z",
    re.I,
)
_CONTRACTED = re.compile(r"(i|we|you|he|she|it|they|there|that|this)[’'](?:s|re|ve|ll|d|m)\Z")
_LEAD = re.compile(
    r"\A[\s“\"‘'(\[]*(?:that|and|but|or|so|because|also|therefore|thus|however|still|now|then|of course|indeed|in fact|in the end|instead|meanwhile|on \w+day|today|again|once more|at the same time|for now|as a result|first|finally|at least|until then|till then|(?:yes|no|well|look)(?=,))?,?\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`main` is the clause without its condition; `subject` is empty where it has none ("to sign", "an apology")."""

    main: str
    subject: str
    predicate: str
    condition: str | None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a subject is: the speaker's own, another party's, "they" without a name, or nobody's (a thing, an event)."""

    kind: Literal["own", "other", "they", "third"]
    party: str | None = None


@cache
def _finite() -> frozenset[str]:
    words = {word for word, letter in word_classes().items() if letter in "vX"}
    words |= {form for form, (_, kind) in cue_verbs().items() if kind in ("past", "third")}
    return frozenset(
        words
        | {
            "isn’t",
            "aren’t",
            "won’t",
            "don’t",
            "doesn’t",
            "can’t",
            "wouldn’t",
            "couldn’t",
            "wasn’t",
            "weren’t",
            "hasn’t",
            "haven’t",
            "didn’t",
            "shouldn’t",
        }
    )


def clauses(content: str) -> list[Clause]:
    """The clauses of a content, in order, at most MOST."""
    found = []
    for part in _SPLIT.split(" ".join(content.split()))[: MOST * 2]:
        if part and re.search(r"\w", part):
            found.append(clause_of(part))
        if len(found) == MOST:
            break
    return found


def clause_of(part: str) -> Clause:
    """One clause taken apart."""
    asks = part.rstrip(" \n\t“”\"‘’'").endswith("?")
    part = part.strip(' \n\t“”"‘’,.')

    condition, main = (None, part) if _WHETHER.match(part) and "," not in part else _conditional(part)
    bare = main
    for _ in range(2):
        lead = _LEAD.match(bare)
        if lead is None or not lead.group().strip(" \n\t“\"‘'(["):
            break
        bare = bare[lead.end() :]
    bare = bare.lstrip(" “\"‘'([")
    subject, predicate = _subject(bare)
    return Clause(bare, subject, predicate, condition, asks)


def _conditional(part: str) -> tuple[str | None, str]:
    """(condition, the rest): words of a condition as they stand, with the conjunction where it turns the sense."""
    inverted = _INVERTED.match(part.lstrip("“\"‘' "))
    if (
        inverted is not None
        and not part.endswith("?")
        and (inverted.group("word").lower() != "were" or re.search(r"\b(?:to|not)\b|\bin\b", inverted.group("what")))
    ):
        return inverted.group("what").strip(), inverted.group("main")
    for found in _CONDITION.finditer(part):
        word, what = found.group("word").lower(), found.group("what")
        leading = not re.search(r"\w", part[: found.start()])
        if word == "before" and _LAID.search(part, 0, found.start()):
            continue
        if word in ("once", "before", "until") and (_TIME.match(what) or (word == "before" and leading)):
            continue
        if word == "if" and re.search(
            r"\b(?:as|what|see|ask(?:ed)?|wonder(?:ed)?|know|say|unclear|sure|doubt(?:ed)?|surpris(?:ed?|ing)(?: (?:him|her|them|me|us|it|any(?:one|body)))?)\s*\Z",
            part[: found.start()],
            re.I,
        ):
            continue
        if word == "once" and re.search(r"\b(?:at|more than)\s*\Z", part[: found.start()], re.I):
            continue
        if leading:
            what, _, main = what.partition(",")
            turn = _TURN.search(what) if not main.strip() else None
            if turn is not None:
                what, main = what[: turn.start()], what[turn.end() :]
        else:
            stop = re.search(r",(?! (?:and|or|which|who) )|, and (?=\w+ed\b)|[.!?](?=\s|\Z)", what)
            rest = what[stop.start() :] if stop else ""
            what = what[: stop.start()] if stop else what
            main = part[: found.start()].rstrip(" ,") + rest
        what = what.strip(" ,.!?’'“”\"")
        if leading and not main.strip() and word == "only if" and len(what) >= 4:
            return what, part  # an answer that is nothing but a condition
        if len(what) < 4 or not main.strip(' ,.“”"'):
            continue
        return (what if word in _PLAIN else f"{word} {what}"), main.strip(" ,")
    return None, part


def _subject(bare: str) -> tuple[str, str]:
    """The words ahead of the first finite verb, and the rest; an empty subject where the clause has none."""
    finite = _finite()
    skip = 0
    count = 0
    low = ""
    for found in _WORD.finditer(bare):
        before, low = low, found.group().lower()
        count += 1
        if count > LONGEST_SUBJECT:
            break
        if low in ("who", "which", "that", "whose", "whom") and count > 1:
            skip = 1
            continue
        contracted = _CONTRACTED.match(low) if count == 1 else None
        if contracted:
            return contracted.group(1), bare[len(contracted.group(1)) :]
        verb = (
            low in finite
            or low.replace("’", "'") in finite
            or (low.endswith("ed") and len(low) > 4 and before not in ("the", "a", "an", "of", "its", "their"))
        )
        if not verb and count > 1 and before in _PRONOUNS and low not in ("and", "or", ","):
            verb = True
        if not verb and count > 1 and _third(low, before):
            verb = True
        if verb:
            if count == 1:
                if low in _NOUNS_TOO and _AUXILIARY.match(bare, found.end()):
                    continue
                return "", bare
            if (
                before in ("to", "the", "a", "an", "of", "its", "their", "his", "her", "for", "with", "and", "or", "by")
                and low not in AUXILIARIES
            ):
                continue
            if skip:
                skip -= 1
                continue
            return bare[: found.start()].strip(" ,"), bare[found.start() :]
        if low == "to" and count == 1:
            return "", bare
    return "", bare


_NOUNS_TOO = frozenset(
    [
        "thanks",
        "demands",
        "offers",
        "needs",
        "hopes",
        "fears",
        "claims",
        "threats",
        "warnings",
        "plans",
        "calls",
        "talks",
        "reports",
        "visits",
        "doubts",
    ]
)
_AUXILIARY = re.compile(
    r" (?:alone |themselves )?(?:is|are|was|were|will|would|can|could|may|might|must|should|has|have|had|do|did)\b",
    re.I,
)
_PRONOUNS = frozenset(["i", "we", "he", "she", "they", "it", "you", "who"])
AUXILIARIES = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "does",
        "did",
        "do",
        "cannot",
    ]
)
_VERBS = frozenset(
    [
        "holds",
        "keeps",
        "wants",
        "needs",
        "seems",
        "looks",
        "remains",
        "stands",
        "plays",
        "uses",
        "tries",
        "hopes",
        "fears",
        "knows",
        "believes",
        "thinks",
        "sees",
        "feels",
        "pockets",
        "depends",
        "means",
        "shows",
        "gives",
        "takes",
        "makes",
        "lies",
        "breaks",
        "blocks",
        "stalls",
        "rejects",
        "refuses",
        "accepts",
        "supports",
        "opposes",
        "controls",
        "owns",
        "deserves",
        "requires",
        "seeks",
        "aims",
        "plans",
        "intends",
        "risks",
        "starts",
        "begins",
        "ends",
        "stops",
        "continues",
        "expects",
        "prefers",
        "likes",
        "understands",
        "insists",
        "demands",
        "offers",
        "threatens",
        "poses",
        "faces",
        "lacks",
        "loses",
        "gains",
        "wins",
        "treats",
        "calls",
        "sends",
        "moves",
        "goes",
        "comes",
        "works",
        "belongs",
        "ignores",
        "undermines",
        "violates",
        "attacks",
        "bombs",
        "shells",
        "occupies",
        "hides",
        "steals",
        "undertakes",
        "commits",
        "guarantees",
        "agrees",
        "undertake",
        "commit",
        "agree",
        "guarantee",
        "remain",
        "keep",
        "want",
        "need",
        "hold",
        "begin",
        "start",
        "continue",
        "expect",
        "reserve",
        "reserves",
        "recognizes",
        "recognises",
        "recognize",
        "recognise",
        "condemn",
        "condemns",
        "reaffirm",
        "welcome",
        "call",
        "urge",
        "support",
        "reject",
        "underline",
        "stress",
        "note",
        "express",
        "reiterate",
        "affirm",
        "encourage",
        "invite",
        "appreciate",
        "commend",
        "intend",
        "decide",
        "declare",
        "confirm",
        "emphasize",
        "emphasise",
        "acknowledge",
        "stand",
        "believe",
        "regret",
    ]
)


def _third(low: str, before: str) -> bool:
    """Whether a word in -s is a verb of the third person here."""
    return (
        low in _VERBS
        and low[-1] == "s" != low[-2]
        and before
        not in (
            "the",
            "a",
            "an",
            "of",
            "its",
            "their",
            "his",
            "her",
            "our",
            "my",
            "no",
            "all",
            "these",
            "those",
        )
    )
