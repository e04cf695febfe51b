"""A point of a codebook where a statement names it, and what the words around it do about it: asked for, turned down, dropped."""

import re
from dataclasses import dataclass

from winset.domain.estimates import Estimate, Exact
from winset.domain.statements import Statement
from winset.domain.vocabulary import CodebookIssue, CodePoint
from winset.evidence.carried_out import DEED, is_deed
from winset.evidence.frames import ASKING, DROPS_CLAIM, GONE, INTENDING, NEGATION, NO_OFFER, Frame, Stand, framed
from winset.evidence.phrases import Words

NEXT = re.compile(
    r"\b(?:and|or|then) (?=(?:also |now |again |even |then |still )?(?:that|it|he|she|they|we|to|would|will|could|is|are|was|wants?|demands?|rejects?|insists?|offers?|"
    r"refus\w+|accepts?|calls?|asks?|seeks?|supports?|opposes?|\w{3,}ed)\b)"
)
_CONDITION = re.compile(
    r"\b(?:before|until|unless|only if|if|provided(?: that)?|providing|as long as|so long as|on (?:the )?condition that(?! (?:he|she|they) not\b)|in exchange for|in return for|once|as soon as(?! (?:possible|practicable|feasible))|only (?:after|when))\b"
)
_UNTIL_YEAR = re.compile(
    r"(?:until|before)(?: at least| the end of| early| late| (?:the )?(?:spring|summer|autumn|fall|winter)(?: of)?)?\Z"
)  # "until 2036" says when, and is no condition
TO_BE_KEPT = re.compile(
    r"(?:must|has to|have to|needs? to|should|ought to|would have to|had to) (?:also |now |first )?be (?:guaranteed|put|written|fixed|binding|confirmed|backed|secured|spelled|spelt|anchored|legally|enforceable)\b"
)
_BOUNDS = re.compile(
    r"\b(?:beyond|above|over|more than|higher than|less than|below|under|short of|lower than|further than)(?: the| a)?\Z"
)
_NUMBER_WEIGHT = 3
_OF_A_SIZE = re.compile(
    r"(?:that (?:is|are|was|were) )?(?:longer|shorter|larger|bigger|smaller|greater|wider|earlier|later|higher|lower|more|less|fewer|beyond|above|below|under|over)\b"
)
_COUNTED = re.compile(
    r"(?<!all)(?<!both)(?<!the)(?:\A| )\d[\d,.]*(?: |\Z)"
)  # a number within a phrase, and not all of that number
_REACH = 30  # words before a phrase that can turn its sense
_CONSIDERED = re.compile(
    r"\b(?:look(?:s|ed|ing)? (?:at|into)|stud(?:y|ies|ied|ying)|examin\w+|discuss\w*|consider\w*|review\w*|assess\w*|talk(?:s|ed|ing)? about|debat\w+|"
    r"negotiat\w+|weigh(?:s|ed|ing)? up)(?: \w+){0,5} ?\Z"
)  # what is only looked into
_UNSETTLED = re.compile(
    r"\b(?:disagree\w*|divided|split|at odds|(?:not|n't|unable to|fail\w* to|yet to) (?:yet |be able to )?(?:agree\w*|settle\w*)|no (?:agreement|accord|consensus)|"
    r"differ(?:s|ed|ences)?|remain(?:s|ed)? apart)(?: \w+){0,3}? (?:on|over|about)(?: \w+){0,4} ?\Z"
)  # what they could not agree on
_REQUEST_OF = re.compile(
    r"\b(?:reject\w*|refus\w+|turn\w* down|dismiss\w*|rebuff\w*|spurn\w*|declin\w+) (?:(?!its|their|his|her)[\w’'-]+ ){0,3}?[\w-]+(?: ?[’'] ?s?)? (?:request|demand|call|bid|appeal|plea|wish)s?(?: \w+)? "
    r"(?:for|to)\b"
)  # of another party: what stands in the middle of a scale can be turned down from either side
_EXCEPTED = re.compile(
    r"\b(?:accept|agree|endors|approv|back|support|embrac)\w* (?:to |with |of )?(?!nothing|no |none|any)(?:[\w’'-]+ ){0,4}(?:plan|proposal|draft|offer|deal|"
    r"package|text|version|framework|agreement|document)\b(?: \S+){0,2}? (?:except|apart from|aside from|other than|with the exception of|barring|save for)\b"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A point in a statement, by a phrase of the codebook or by a number, and what is done about it."""

    issue: CodebookIssue
    point: CodePoint | None
    value: Estimate
    start: int
    end: int
    weight: int  # words that show it
    words: Words
    clause: int  # first word of its clause
    before: str  # the clause up to it, lower-case
    frame: Frame
    asked_of_others: bool = False  # stands in the condition of an offer
    since: float | None = None  # the number that the words tell it came from

    @property
    def place(self) -> tuple[int, int]:
        return self.words.starts[self.start], self.words.ends[self.end - 1]


def sign_of(
    issue: CodebookIssue, point: CodePoint | None, value: Estimate, start: int, end: int, matched: tuple[int, ...], words: Words,
    cue: str, inside: int, statement: Statement,
) -> Sign | None:  # fmt: skip
    """What is done about a point: asked for, turned down or dropped; None where it is only mentioned.

    inside  words of the cue that lead the content
    """
    if _EXCEPTED.search(" ".join(words.lower[max(0, start - 14) : start])):
        return None  # of a plan that is accepted: what the answer leaves out, on which it says nothing more
    number = words.clauses[start]
    first = start
    while first > 0 and words.clauses[first - 1] == number and start - first < _REACH:
        first -= 1
    before = " ".join(words.lower[first:start])
    governs = first == 0 or number == words.clauses[0]
    parts = NEXT.split(before)
    if len(parts) > 1:
        own = parts[-1]
        if not own.startswith("to ") and (ASKING.search(own) or NEGATION.search(own) or INTENDING.search(own)):
            governs = False
            before = own
    if _CONSIDERED.search(before) or _UNSETTLED.search(before):
        return None
    stop = end
    while stop < len(words) and words.clauses[stop] == number and stop - end < 9:
        stop += 1
    after = " ".join(words.lower[end:stop])
    phrase = " ".join(words.lower[start:end])
    between = " ".join(words.lower[at] for at in range(start, end) if matched and at not in matched)
    if point is not None and _COUNTED.search(between):
        point = _in_part(issue, point)  # "free 120 prisoners" frees not all of them
        if point is None:
            return None
        value = Exact(point.value)
    weight = len(matched) or _NUMBER_WEIGHT
    bound = point is None and bool(_BOUNDS.search(before))
    outside = "" if inside else cue
    conditions = [
        one for one in _CONDITION.finditer(before) if point is not None or not _UNTIL_YEAR.match(before, one.start())
    ]
    if conditions and statement.acts[0] != "threat":
        opened = conditions[-1].group()
        rest = before[conditions[-1].end() :]
        comma = rest.rfind(" , ")
        if comma < 0 or (
            NEGATION.search(rest, 0, comma) and not (ASKING.search(rest, comma) or INTENDING.search(rest, comma))
        ):
            if DROPS_CLAIM.search(before, 0, conditions[-1].start()) or NO_OFFER.search(
                before, 0, conditions[-1].start()
            ):
                return None  # what is given up, or only said to follow
            if (
                opened == "before"
                and statement.acts[0] == "demand"
                and not NEGATION.search(before, 0, conditions[-1].start())
            ):
                return None  # "demands withdrawal before ceasefire": what is to come first is demanded
            if opened == "until" or DROPS_CLAIM.search(rest):
                return None  # what somebody waits for is no demand of its own; "if they drop their claim to 40 per cent" asks for no 40 per cent
            turned = len(NEGATION.findall(rest)) + bool(
                GONE.search(" ".join(words.lower[end : min(end + 9, len(words))]))
            )
            stand: Stand = "against" if turned % 2 else "for"
            if point is None and stand == "against":
                return None
            frame = Frame(stand, f"“{opened}” makes it a condition", 0.8)
            return Sign(issue, point, value, start, end, weight, words, first, rest, frame, True)
        before = rest[comma + 3 :]
    if "?" in words.lower[end : end + 12] and statement.kind == "direct":
        return None
    if point is None and before.endswith("the") and TO_BE_KEPT.match(after):
        return None  # "the 4 per cent must be put in writing" asks for a form of what is there, and for no 4 per cent
    declared = statement.speaker.kind in ("named", "collective") and statement.acts[0] not in (
        "forecast",
        "assessment",
        "accusation",
        "praise",
    )
    if point is not None and not NEGATION.search(before):
        then = before.endswith((" and", " ,")) and is_deed(words.lower[start])
        if is_deed(cue) and (start < inside or then):
            return Sign(issue, point, value, start, end, weight, words, first, before, Frame("for", DEED, spent=True))
        if start < inside:
            return Sign(
                issue, point, value, start, end, weight, words, first, before, Frame("for", f"“{cue}” is part of it")
            )
    found = framed(outside, before, between, after, phrase, declared=declared, governs=governs, bound=bound)
    if found is not None and weight == 1 and found.bare:
        return None  # a bare word after a bare "would" names what is spoken of, not where somebody stands
    if (
        found is not None
        and found.stand == "against"
        and point is not None
        and _in_the_middle(issue, point)
        and _REQUEST_OF.search(f"{cue} {before}")
    ):
        return None
    if found is None and governs and inside == 0 and not cue and statement.kind == "direct":
        return None
    if found is not None and found.stand == "against" and point is not None and _OF_A_SIZE.match(after):
        return None  # "ruled out a truce longer than 30 days" rules out no truce
    return None if found is None else Sign(issue, point, value, start, end, weight, words, first, before, found)


_SOME = re.compile(r"\b(?:some|in part|partly|stages|step by step|limited|several)\b")


def _in_part(issue: CodebookIssue, point: CodePoint) -> CodePoint | None:
    """The point of an issue that stands for a part of what `point` is the whole of; None where no label says so."""
    low, high = sorted((issue.opposed(point), point.value))
    between = [one for one in issue.points if low < one.value < high and _SOME.search(one.label)]
    return (
        point if _SOME.search(point.label) else min(between, key=lambda one: abs(one.value - point.value), default=None)
    )


def _in_the_middle(issue: CodebookIssue, point: CodePoint) -> bool:
    low, high = issue.bounds
    return low < point.value < high


def value_of(sign: Sign) -> Estimate:
    if sign.frame.stand == "against" and sign.point is not None:
        return Exact(sign.issue.opposed(sign.point))
    return sign.value
