"""What a report tells of a party's wants and offers without giving anybody's words: "The union is ready to suspend the strike."

Statements are attributions; these are the reporter's own sentences about what a party asks for, takes or drops. They are read
for stances only and are no part of the record.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import acts, joint
from winset.evidence.carried_out import DEED, DID, is_deed
from winset.evidence.clauses import Whose
from winset.evidence.whose import Place

SubjectOf = Callable[[str, Sequence[Place], int], str | None]

_HELP = r"(?:(?:has|have|had|is|are|was|were|will|would|could|can|may|might|must|also|now|still|yet|again|already|never|not|then|at first|formally|publicly|jointly|even|no longer|long|once|on \w+day|this week|repeatedly|finally|therefore|meanwhile|however|said to be|reportedly),? )*"
_VERB = (
    r"(?:want(?:s|ed)?|demand(?:s|ed|ing)?|insist(?:s|ed|ing)?|accept(?:s|ed)?|ready to|willing to|prepared to|open to|support(?:s|ed)?|back(?:s|ed)?|"
    r"agree(?:s|d)?|offer(?:s|ed|ing)?|propos(?:e|es|ed|ing)|call(?:s|ed|ing)? for|urg(?:e|es|ed|ing)|seek(?:s|ing)?|sought|ask(?:s|ed|ing)? for|"
    r"live with|settle(?:s|d)? (?:for|on)|sign(?:s|ed)|commit(?:s|ted)? to|pledg(?:e|es|ed)|promis(?:e|es|ed)|vow(?:s|ed)?|favou?r(?:s|ed)?|requir(?:e|es|ed)|push(?:es|ed|ing)? for|"
    r"press(?:es|ed|ing)?(?= (?:for|\w+ to)\b)|threaten(?:s|ed)? to|prefer(?:s|red)?|request(?:s|ed)?|stick(?:s|ing)? to|stands? by|holds? out for|endors(?:e|es|ed)|"
    r"claim(?:s|ed) (?:the|its|their)|drop(?:s|ped)?|abandon(?:s|ed)?|scrap(?:s|ped)?|shelv(?:e|es|ed)|waiv(?:e|es|ed)|g(?:ive|ives|ave|iven) up|withdr[ae]wn? |"
    r"rul(?:e|es|ed) out|reject(?:s|ed)?|refus(?:e|es|ed)|oppos(?:e|es|ed)|resist(?:s|ed)?|dismiss(?:es|ed)?|turn(?:s|ed)? down|object(?:s|ed)? to|"
    r"(?:rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|cuts?|reduc(?:e|es|ed|ing)|trim(?:s|med)?|slash(?:es|ed)?|increas(?:e|es|ed)|improv(?:e|es|ed)|sweeten(?:s|ed)?)(?= (?:its|their|his|her) (?:[\w-]+ ){0,3}?(?:offer|demand|bid|target|claim)s?\b)|softened its|welcom(?:e|es|ed)|no longer|block(?:s|ed)?|plan(?:s|ned)? to|intend(?:s|ed)? to|aims? (?:at|to|for)|"
    r"went to|goes to|stays? at|put forward|left (?:the door )?open (?:to|for)|leaves (?:the door )?open (?:to|for)|suggest(?:s|ed)?|tabled|would like|lobb(?:y|ies|ied) for|"
    r"suspend(?:s|ed)?|call(?:s|ed)? off|against(?= \w)|opposed to|in favou?r of|held out(?! (?:for|against))|conced(?:e|es|ed))"
)
_TELLS = re.compile(rf",? (?=\w){_HELP}(?P<verb>{_VERB})(?![\w’'])(?! (?:said|told|comment))", re.IGNORECASE)
_TELLING = re.compile(
    r",? (?:\w+ly |now |still |again )?(?P<verb>demanding|rejecting|refusing|ruling out|insisting on|offering|proposing|agreeing|promising|pledging|calling for|backing|opposing|asking for|"
    r"seeking|accepting|wanting|vowing)(?![\w’'])"
)
_WILL = re.compile(
    r",? (?:will|is to|are to) (?:also |now |again )?(?P<verb>go on strike|strike(?= (?:from|on|for)\b)|walk out|impose|reimpose|resume|keep|stop|end|close|open|reopen|raise|cut|lower|lift|"
    r"release|free|withdraw|leave|join|pay|hold|continue|go on)(?![\w’'])"
)  # what is told as settled
_WITH = re.compile(r"\bwith (?:[Tt]he )?\Z")
_APPOSITION = re.compile(r", (?:which|who|that|the|an?|its) [^,.;:“”\"]{3,90},")
_END = re.compile(r"[.!?;](?=[\s”\"’']|\Z)|\n")
_SAID = re.compile(
    r",? (?:(?:the|an?|its|his|her|one|two|some|several|according|[A-Z])[^,.;]{0,40}?(?:,[^,.;]{2,60},)? (?:said|says|told|wrote|added|claimed|argued|warned)\b|according to|(?:said|says|added) )"
)
_PRONOUN = re.compile(
    r"(?:\A|(?<=[.!?;] )|(?<=[.!?;]  )|(?<=\n)|(?<=” )|(?<=while )|(?<=but )|(?<=: ))(?:It|They|it|they)\b(?=[ ,])"
)
_BEGINS = re.compile(
    r"(?:\A|[.!?;:\n”]\s*|\b(?:but|and|while|whereas|where|although|yet|so|then|meanwhile|however|[A-Z]\w+ \d+|today|yesterday|\w+day|night|round|turn|return|response|reply|week|side|hand|\d{4})[,:]?\s+|[–—-] )(?:[Tt]he )?\Z"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|whether|unless|that|should|report|rumours?|rumors?|suppose|imagine|before|until|after|when|once)(?: the)? \Z",
    re.IGNORECASE,
)
SCORE = 0.8
MOST = 400  # characters of a sentence


def narrated(
    document: Document, statements: Sequence[Statement], places: Sequence[Place], subject_of: SubjectOf
) -> Iterable[Statement]:
    """Sentences of the reporter's own that tell what a party asks for or takes, as statements of the party without a record.

    statements  those of the document; where one of them has the verb or is told around it, nothing is added
    subject_of  (text, places, at) -> the party that "it" at a place stands for
    """
    text = document.text
    covered = sorted((span.start, span.end) for one in statements for span in (*one.cue, *one.content))
    cues = sorted(covered)
    heads: list[tuple[int, int, str | None]] = [
        (start, end, id) for start, end, id in places if _BEGINS.search(text[max(0, start - 30) : start]) and not text.startswith(("’s", "'s"), end)
    ]  # fmt: skip
    heads += [one for one in places if _WITH.search(text[max(0, one[0] - 30) : one[0]])]
    heads += [(one.start(), one.end(), None) for one in (*_PRONOUN.finditer(text), *joint.BOTH.finditer(text))]
    yield from _offers(document, places)
    for start, end, party in sorted(heads):
        aside = _APPOSITION.match(text, end)
        verb = _TELLS.match(text, (aside.end() if aside else end))
        if verb is None and aside:
            verb = _TELLS.match(text, aside.end() - 1)
        if verb is None:
            verb = _WILL.match(text, aside.end() - 1 if aside else end)
        if _WITH.search(text[max(0, start - 30) : start]):
            verb = _TELLING.match(text, aside.end() - 1 if aside else end)
        elif verb is None:
            verb = DID.match(text, aside.end() - 1 if aside else end)
        if verb is None or _inside(cues, verb.start("verb")) or _HYPOTHETICAL.search(text[max(0, start - 24) : start]):
            continue
        each: tuple[str | None, ...] = (party,)
        if party is not None:
            each = (*joint.ahead_of(text, places, start)[1], party)
        elif joint.BOTH.match(text, start):
            each = joint.both(text, places, start)
        else:
            each = joint.they(text, places, start) or (subject_of(text, places, start),)
        for who in dict.fromkeys(each):
            if who is not None:
                yield from _statement(document, start, end, verb, who, covered)


_OFFER = re.compile(
    r"\b(?P<cue>(?:offer|bid)) (?P<what>of [^,.;:“”\"\n]{0,40}?\d[^,;:“”\"\n]{0,40}?) (?:(?:made|tabled|put forward|submitted) )?(?:from|by) (?:the )?\Z"
)
_ITS_OFFER = re.compile(
    r"[’']s? (?:[\w-]+ ){0,3}?(?P<cue>(?:offer|bid)) (?P<what>of [^,;:“”\"\n]{0,30}?\d[^,;:“”\"\n]{0,40}?)(?=[.,;]?(?:\s|\Z))"
)
_NO_OFFER = re.compile(
    r"\b(?:no|any|never|den\w+|rumou?rs?|if|whether|an? (?:earlier|previous|old))\b[^.;]{0,40}\Z", re.IGNORECASE
)


def _offers(document: Document, places: Sequence[Place]) -> Iterable[Statement]:
    """Offers that are named with their author while somebody answers them: "turned down an offer of 4 per cent from the firm"."""
    text = document.text
    for start, end, party in places:
        found = _OFFER.search(text, max(0, start - 130), start) or _ITS_OFFER.match(
            text, end, min(len(text), end + 130)
        )
        if found is None or _NO_OFFER.search(text[max(0, found.start() - 60) : found.start("cue")]):
            continue
        content = found["what"].rstrip(" ,.")
        begin = found.start("what")
        yield Statement(
            id=f"{document.id}#told-{found.start('cue')}", doc=document.id, source=(Span(start, end),),
            cue=(Span(*found.span("cue")),), content=(Span(begin, begin + len(content)),), kind="indirect",
            speaker=Voice(id=party, kind="collective", name=text[start:end], party=party), acts=("offer",), score=SCORE, by="rules",
            why=("an offer that is named with its author",),
        )  # fmt: skip


def _statement(
    document: Document, start: int, end: int, verb: re.Match[str], who: str, covered: Sequence[tuple[int, int]]
) -> Iterable[Statement]:
    text = document.text
    begin = verb.end() + (1 if text[verb.end() : verb.end() + 1] == " " else 0)
    stop = _END.search(text, begin, min(len(text), begin + MOST))
    last = stop.start() if stop else min(len(text), begin + MOST)
    said = _SAID.search(text, begin, last)
    if said is not None:
        last = said.start()
    index = bisect_left(covered, (begin, 0))
    if index < len(covered) and covered[index][0] < last:
        last = covered[index][0]
    content = text[begin:last].rstrip(" ,;:–—-")
    if len(content) < 4:
        return
    cue = text[verb.start() : verb.end()].lstrip(" ,")
    at = verb.end() - len(cue)
    done = acts.done(cue, content, lambda _: Whose("own"))
    yield Statement(
        id=f"{document.id}#told-{start}", doc=document.id, source=(Span(start, end),), cue=(Span(at, verb.end()),),
        content=(Span(begin, begin + len(content)),), kind="indirect",
        speaker=Voice(id=who, kind="collective", name=text[start:end], party=who), acts=done.acts, modality=done.modality,
        negated=done.negated, tense=done.tense, condition=done.condition, score=SCORE, by="rules",
        why=("told by the report itself", DEED) if is_deed(cue) else ("told by the report itself",),
    )  # fmt: skip


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    index = bisect_left(spans, (at + 1, 0))
    return any(start <= at < end for start, end in spans[max(0, index - 6) : index])
