"""What the reporter says without a source: forecasts, judgements, and concessions told in passing; and hearsay."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from winset.domain.text import Span, Spans, tidy
from winset.evidence.sentences import paragraphs
from winset.language.annotation import Attribution

_MATTERS = re.compile(
    r"\b(?:talks?|negotiat\w+|deal|agreement|accord|treaty|ceasefire|cease-fire|truce|sanctions?|peace|summit|mediators?|sides?|settlement|"
    r"concessions?|withdrawal|annex\w+|tariffs?|invasion|offensive|diplomacy|diplomatic|hostages?|prisoners|pact|compromise|borders?|territor\w+|corridor|guarantees?|plan|proposal|draft|vote|referendum|coalition)\b",
    re.I,
)
_FORECAST = re.compile(
    r"\b(?:(?:is|are|was|were|looks?|seems?|appears?) (?:now |also |still |more |most |very |un)?(?:likely|unlikely|set|bound|certain|poised|expected|destined|on course|doomed) to\b|unlikely to\b|"
    r"(?:will|would|may(?! \d)|might|could) (?:probably|likely|almost certainly|well|perhaps|soon|eventually|not |never |still |also |now |have to |be |\w+)\b|will\b)",
    re.I,
)
_SETTLED = re.compile(
    r"\b(?:signed|agreed|concluded|struck|reached|sealed|initialled|approved|ratified|adopted)\b[^.;]{0,120}?"
    r"(?:\bunder (?:which|whose)\b|\bwhereby\b|\bby which\b|\bin which\b|\bthat\b|\bwhich\b)",
    re.I,
)  # what was agreed will be done, and nobody foretells it
_HEDGED = re.compile(
    r"\b(?:likely|unlikely|probably|almost certainly|expected to|poised to|bound to|may(?! \d)|might|could|set to|doomed|on course|certain to)\b",
    re.I,
)
_JUDGEMENT = re.compile(
    r"\b(?:appears?|seems?|seemed|appeared) (?:to \w+|ready|unwilling|willing|reluctant|determined|unlikely|likely|unable|set|keen|\w+)|\bin an? (?:apparent|clear|obvious|thinly veiled) \w+|\b(?:a|the clearest|another|clear) (?:sign|signal|indication) (?:that|of)\b|"
    r"\b(?:raising|raises|fuelling|fueling) (?:fears|doubts|hopes|questions)\b|\bin (?:a|an) (?:bid|effort|attempt|move) to\b|\bno sign(?:s)? (?:of|that)\b|\blittle (?:sign|chance|hope|prospect|appetite)\b|"
    r"\bunder (?:growing |mounting |increasing )?pressure\b|\bthe (?:main|biggest|real|central|key|chief) (?:obstacle|sticking point|question|problem|stumbling block) (?:is|was|remains?)\b|\bhas (?:little|much|everything|nothing) to (?:gain|lose)\b|\btime is on\b|\bholds? (?:the|most of the|all the) cards\b|\b(?:is|are) (?:trying|seeking|hoping|eager|keen|desperate|determined) to\b",
    re.I,
)
_STAND = r"(?:demands?|claims?|objections?|conditions?|preconditions?|veto(?:es)?|insistence|opposition|stance|position|line|calls?|threats?|requests?|refusal)"
_PASSING = re.compile(
    r"(?:\b(?:after|having|by|since|following|now that [^,.;:“”\"]{1,40}? (?:has|have)|(?:which|who)(?: (?:has|have|had|on|last|earlier|this|week|month|\w+day|year|already|now|since|also))*)\s+"
    r"(?P<what>(?:tak(?:ing|en) [^,.;:“”\"]{2,80}? off the table|(?:dropping|dropped|abandoning|abandoned|giving up|given up|gave up|withdrawing|withdrawn|withdrew|softening|softened|waiving|waived|lifting|lifted|relaxing|relaxed|shelving|shelved) (?:on )?(?:its|their|his|her|the|a|an|any|all|long-?standing)\b[^,.;:“”\"]{3,100}|"
    r"(?:backing|backed|climbing|climbed) (?:down|off)\b[^,.;:“”\"]{0,80}|(?:giving|given|gave) (?:way|ground)\b[^,.;:“”\"]{0,80}|conceding [^,.;:“”\"]{3,100}))|"
    rf"\bdecision to (?P<decided>(?:drop|abandon|give up|withdraw|soften|waive|lift|shelve) (?:its|their|his|her|the|a|an|any|all) (?:[\w-]+ ){{0,3}}?{_STAND}\b[^,.;:“”\"]{{0,40}}?)(?= (?:has|have|had|was|is|will|would|came|took|could|may|did|eased|opened|cleared|angered|surprised)\b|[,.;])|"
    rf"\bwith (?P<gone>(?:its|their|his|her) (?:[\w-]+ ){{0,2}}?{_STAND}\b[^,.;:“”\"]{{0,60}}? (?:dropped|withdrawn|waived|lifted|shelved|abandoned|gone|off the table)))",
    re.I,
)
_POINT = re.compile(
    rf"{_MATTERS.pattern}|\b(?:{_STAND}|offers?|options?|clauses?|issues?|strikes?|taxe?s?|lev(?:y|ies)|minister|ministry|premier|president|government|union)\b|\b[A-Z]\w+ (?:said|says|has|will|would|is|was)\b"
)
_HEARSAY = re.compile(
    r"\b(?P<cue>it (?:is|was|has been) (?:widely |also |now )?(?:said|believed|thought|understood|reported|rumou?red|alleged) that|(?:word|rumou?r) (?:has|had) it(?: that)?|rumou?rs (?:have|had) it(?: that)?|reportedly|allegedly|supposedly|purportedly|rumou?red to|(?:is|are|was|were) (?:widely )?(?:said|believed|thought|understood|reported|rumou?red|alleged|known) to)\b",
    re.I,
)
_QUESTION = re.compile(r"\?[”\"’']?\s*\Z")
SCORE = 0.5
LEAST = 30  # characters of a paragraph that is somebody's words
MOST = 300  # characters of the paragraph before it
SUBJECT = 60  # characters within which that one names its subject
_SINGLE = "'‘’‚‹"


def claims(
    text: str, sentences: Spans, taken: Sequence[Attribution], quoted: Sequence[Span], parties: Sequence[int]
) -> list[Attribution]:
    """The reporter's own forecasts and judgements: whole sentences in which nobody else is given as source.

    `parties` are the places where a party is named; a sentence without one must speak of negotiations.
    """
    covered = _Cover([span for one in taken for span in (*one.source, *one.cue, *one.content)] + list(quoted))
    found = []
    for sentence in sentences:
        if len(sentence) < 25 or covered.touches(sentence):
            continue
        words = sentence.of(text)
        if words.rstrip()[-1:] not in ".!…”\"'’)" or _QUESTION.search(words) or _HEARSAY.search(words):
            continue
        named = bisect_left(parties, sentence.end) > bisect_left(parties, sentence.start)
        if not named and not _MATTERS.search(words):
            continue
        ahead = _FORECAST.search(words)
        if ahead and not _HEDGED.search(words) and not (named and _MATTERS.search(words)):
            ahead = None
        if ahead and not _HEDGED.search(words) and _SETTLED.search(words, 0, ahead.start()):
            ahead = None
        if ahead is None and not _JUDGEMENT.search(words):
            continue
        why = "no source is given: the reporter's own words"
        found.append(Attribution(source=(), cue=(), content=(_bare(text, sentence),), score=SCORE, why=(why,)))
    return found


def hearsay(text: str, sentences: Spans, taken: Sequence[Attribution], quoted: Sequence[Span]) -> list[Attribution]:
    """ "X is said to ...", "reportedly": told without anybody who tells it, where no attribution has it yet."""
    covered = _Cover([span for one in taken for span in (*one.source, *one.cue, *one.content)] + list(quoted))
    found = []
    for sentence in sentences:
        if covered.touches(sentence):
            continue
        match = _HEARSAY.search(text, sentence.start, sentence.end)
        if match is None:
            continue
        cue = Span(match.start("cue"), match.end("cue"))
        whole = _bare(text, sentence)
        content = [
            Span(a, b)
            for a, b in ((whole.start, _trim(text, whole.start, cue.start)), (_skip(text, cue.end), whole.end))
            if b > a
        ]
        if content:
            found.append(
                Attribution(
                    source=(),
                    cue=(cue,),
                    content=tidy(content),
                    score=SCORE,
                    why=("hearsay: nobody is named who tells it",),
                )
            )
    return found


def concessions(text: str, sentences: Spans) -> list[Span]:
    """Concessions told in passing: "after taking ... off the table"."""
    starts = [sentence.start for sentence in sentences]
    found = []
    for match in _PASSING.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.end() <= sentences[at].end and _POINT.search(sentences[at].of(text)):
            start, end = match.span(match.lastgroup or "what")
            found.append(Span(start, _trim(text, start, end)))
    return found


def unclaimed(
    text: str, taken: Sequence[Attribution], quoted: Sequence[Span], named: Sequence[tuple[int, int]]
) -> list[Attribution]:
    """Paragraphs that are a quotation and nobody's: whoever the sentence before them is about says them.

    `named` are the places where a person is named, in order. "The whip, Sanna Ule, was unmoved." and then “...”.
    """
    covered = _Cover([span for one in taken for span in (*one.source, *one.cue, *one.content)])
    starts = [mark.start for mark in quoted]
    found = []
    for before, here in pairwise(paragraphs(text)):
        at = bisect_left(starts, here.start)
        if at >= len(starts) or starts[at] != here.start or quoted[at].end < here.end or len(here) < LEAST:
            continue
        if text[here.start] in _SINGLE or covered.touches(here) or covered.touches(before) or len(before) > MOST:
            continue
        first = bisect_left(named, (before.start, 0))
        if (
            bisect_left(starts, before.end) != bisect_left(starts, before.start)
            or text[before.end - 1] not in ".:"
            or first >= len(named)
            or named[first][0] > before.start + SUBJECT
        ):
            continue
        why = ("a paragraph that is only a quotation, behind a sentence about this person",)
        found.append(Attribution(source=(Span(*named[first]),), cue=(), content=(here,), score=SCORE, why=why))
    return found


class _Cover:
    """Stretches that are somebody's already."""

    def __init__(self, spans: Sequence[Span]) -> None:
        merged = tidy(list(spans))
        self._starts, self._ends = [s.start for s in merged], [s.end for s in merged]

    def touches(self, span: Span) -> bool:
        at = bisect_right(self._ends, span.start)
        return at < len(self._starts) and self._starts[at] < span.end


def _bare(text: str, sentence: Span) -> Span:
    """A sentence without its full stop."""
    end = sentence.end
    while end - 1 > sentence.start and text[end - 1] in ".!…":
        end -= 1
    return Span(sentence.start, end)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \u00a0,.;":
        end -= 1
    return end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \u00a0":
        at += 1
    return at
