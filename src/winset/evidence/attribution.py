"""Attributions by rules: which words are whose, read off quotation marks, cue verbs and the order of clauses."""

import re
from bisect import bisect_left, bisect_right

from winset.domain.text import Span, Spans, tidy
from winset.evidence import sentences
from winset.evidence.lexicon import CueVerb, cue_verbs
from winset.evidence.quotes import Quotation, quotations
from winset.evidence.tokens import Tokens, is_scare, tokenize
from winset.language.annotation import Annotation, Attribution

NAME = "rules 2"
Part = tuple[int, int]  # tokens [first, stop)

NEAR = 160  # characters of other words after which a quotation still goes on in the same paragraph
LONGEST = 250  # tokens; a longer "sentence" is read in pieces, so that contents within contents stay bounded
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_REPORTEDLY = frozenset(["reportedly", "allegedly", "supposedly"])
_HEARD = frozenset(["said", "believed", "thought", "understood", "reported", "rumored", "rumoured", "alleged", "known"])
_RELATIVE = frozenset(["who", "which", "whose"])
_TO_NOUNS = frozenset(
    ["adviser", "advisor", "envoy", "ambassador", "close", "candidate", "aide", "counsel", "delegate"]
)
_PLACE = frozenset(["on", "in", "at", "during", "after", "before", "via", "from", "late", "early"])
_CLOSING = "”\"’'»“"
_OPENING = re.compile(r"[^\n.,;:!?“”\"]{2,90}")
_VERBLIKE = re.compile(r"[a-z]{1,12}(?:ed|s|id|ad|ote|old|ing)")


def annotate(text: str) -> Annotation:
    """Sentences and attributions of a whole text. Never raises; linear in its length."""
    found = sentences.of_text(text)
    marks = quotations(text)
    reader = _Reader(text, tokenize(text, marks), marks)
    for unit in units(text, found, marks):
        reader.read(unit)
    return Annotation(by=NAME, sentences=found, attributions=tuple(sorted(reader.found, key=_place)))


def _place(attribution: Attribution) -> tuple[Spans, Spans, Spans]:
    return attribution.content, attribution.source, attribution.cue


def units(text: str, found: Spans, marks: tuple[Quotation, ...]) -> list[Span]:
    """Sentences, those that share one quotation joined, so that a quotation is never cut; datelines left out."""
    joined: list[Span] = []
    ends = [mark.span.end for mark in marks]
    for sentence in found:
        if joined:
            at = bisect_right(ends, joined[-1].end)
            if at < len(marks) and marks[at].span.start < joined[-1].end and marks[at].span.end > sentence.start:
                joined[-1] = Span(joined[-1].start, sentence.end)
                continue
            if _asks(text, joined[-1].end, sentence) or _signature(text, joined[-1].end, sentence):
                joined[-1] = Span(joined[-1].start, sentence.end)
                continue
        sentence = sentences.without_dateline(text, sentence)
        joined.append(sentence)
    return joined


def _asks(text: str, end: int, sentence: Span) -> bool:
    """Whether a question or cry in quotation marks ends at `end` and `sentence` opens by saying whose it is."""
    if text[end - 1] not in _CLOSING or text[end - 2] not in "?!" or text[end : sentence.start].strip(" \u00a0"):
        return False
    opening = _OPENING.match(text, sentence.start, sentence.end)
    if opening is None:
        return False
    for word in opening.group().split()[:7]:
        verb = cue_verbs().get(word.lower())
        if verb is not None:
            return verb[0].frame in ("clause", "person") and verb[1] in ("past", "third", "base")
    return False


def _signature(text: str, end: int, sentence: Span) -> bool:
    """Whether a quotation ends at `end` and `sentence` is a dash and a name."""
    return (
        text[end - 1] in _CLOSING and text[sentence.start] in "–—―"
        and len(sentence) < 80 and "\n" not in text[end : sentence.start]
    )  # fmt: skip


class _Reader:
    """Reads one text unit by unit and gathers attributions."""

    def __init__(self, text: str, tokens: Tokens, marks: tuple[Quotation, ...]) -> None:
        self.text, self.t, self.marks = text, tokens, marks
        self.found: list[Attribution] = []
        self.scare = {q.inner.start: q.span.start for q in marks if is_scare(text, q)}
        self.scare_ends = {q.inner.end: q.span.end for q in marks if is_scare(text, q)}
        self.last_unit = -1  # where the unit with the attribution found last ended
        self.awaiting: tuple[Part, Part] | None = None  # source and cue of "NAME said:" at a paragraph's end

    def read(self, unit: Span) -> None:
        """Attributions of one sentence (or of sentences joined by a quotation)."""
        first, stop = bisect_left(self.t.start, unit.start), bisect_left(self.t.start, unit.end)
        for a in range(first, stop, LONGEST):
            self._stretch(unit, a, min(a + LONGEST, stop))

    def _stretch(self, unit: Span, a: int, b: int) -> None:
        """Attributions of the tokens [a, b): a whole unit, or a piece of one too long to be a sentence."""
        t, tags = self.t, self.t.tags
        if all(tag == "q" for tag in tags[a:b]):
            if self.awaiting is not None:
                self._add(*self.awaiting, [(a, b)], "words announced by a colon")
                self.awaiting, self.last_unit = None, unit.end
            else:
                self._quotation_only(unit)
            return
        before, self.awaiting = len(self.found), None
        subject: Part | None = None
        for i in range(a, b):
            if tags[i] in "VG":
                subject = self._verb(i, a, b, subject) or subject
            elif t.low[i] == "according" and i + 1 < b and t.low[i + 1] == "to":
                self._according(i, a, b)
            elif t.low[i] in _REPORTEDLY and i > a:
                self._hearsay(i, i + 1, a, b)
            if t.low[i] in _HEARD and tags[i] in "Vn" and i > a and t.low[i - 1] in _BE and i + 1 < b:
                if tags[i + 1] == "T":
                    self._hearsay(i - 1, i + 2, a, b)
                elif t.low[i - 2 : i - 1] == ["it"] and tags[i + 1] == "S":
                    self._add(None, (i - 2, i + 1), [(i + 1, self._clause_end(i + 1, b))], "hearsay")
        self._uncued(a, b, before)
        if len(self.found) == before:
            self._signed(a, b)
        if len(self.found) > before:
            self.last_unit = unit.end

    def _quotation_only(self, unit: Span) -> None:
        """A unit that is nothing but a quotation goes on with the attribution just before it, if that was quoted."""
        if not self.found:
            return
        gap = self.text[self.last_unit : unit.start]
        if gap.strip() and (len(gap) > NEAR or "\n" in gap):
            return
        last = self.found[-1]
        if not last.source or not any(mark.span.overlaps(span) for span in last.content for mark in self._near(span)):
            return
        self.found[-1] = Attribution(
            source=last.source, cue=last.cue, content=tidy([*last.content, unit]), score=last.score,
            why=(*last.why, "the next words are a quotation and nothing else"),
        )  # fmt: skip
        self.last_unit = unit.end

    def _near(self, span: Span) -> tuple[Quotation, ...]:
        """The quotation that ends in or after `span` first."""
        at = bisect_right([mark.span.end for mark in self.marks], span.start) if len(self.marks) < 200 else -1
        if at < 0:
            low, high = 0, len(self.marks)
            while low < high:
                middle = (low + high) // 2
                if self.marks[middle].span.end <= span.start:
                    low = middle + 1
                else:
                    high = middle
            at = low
        return self.marks[at : at + 1]

    # ------------------------------------------------------------------ verbs

    def _verb(self, i: int, a: int, b: int, subject: Part | None) -> Part | None:
        """An attribution around the cue verb at `i`; the subject that was found, for the verbs after it."""
        t = self.t
        verb, form = cue_verbs()[t.low[i]]
        left = i
        while left > a and (t.tags[left - 1] in "RX" or (t.low[left - 1] == "most" and t.tags[left] == "R")):
            left -= 1
        right = i + 1
        if right < b and t.low[right] in verb.particles:
            right += 1
        elif verb.only_with:
            return None
        if right < b and t.tags[right] == ":":
            right += 1
        inverted = False
        progressive = form == "gerund" and any(word in _BE for word in t.low[left:i])
        if form == "gerund" and not progressive:
            source = subject or self._first_noun(a, left)
        else:
            if form in ("past", "participle") and any(word in _BE for word in t.low[left:i]):
                return None
            source = self._subject(left, a)
            tag = t.tags[left - 1 : left] if left > a else ""
            if source is None and subject is not None and (tag == "C" or (tag == "," and form in ("past", "third"))):
                source = subject
            if source is None and form in ("past", "third", "base") and left == i:
                source = self._inverted(right, a, b, i)
                inverted = source is not None
        if source is None:
            return None
        if form == "base" and not inverted and i > a and t.tags[i - 1] in "TD":
            return None
        content = self._content(verb, source, (left, right), a, b, inverted)
        if not content and right == b and t.tags[right - 1] == ":":
            self.awaiting = (source, (left, right))
        if content:
            self._add(source, (left, right), content, f"the cue “{verb.lemma}”")
        return None if inverted else source

    def _subject(self, left: int, a: int) -> Part | None:
        """Tokens of the subject that ends before `left`."""
        t = self.t
        j = left - 1
        if j >= a and t.tags[j] == "P":
            return (j, j + 1)
        if j >= a and t.tags[j] == "t":  # "the minister on Sunday defended"
            j -= 2 if j - 1 > a and t.tags[j - 1] == "I" else 1
        if j < a:
            return None
        if t.tags[j] == ",":
            return self._before_comma(j, a)
        if t.tags[j] == ")":  # "Ann Lee (D-Ohio)"
            head = j - 1
            while head > max(a, j - 9) and t.tags[head] != "(":
                head -= 1
            found = self._noun_phrase(head - 1, a) if head > a and t.tags[head - 1] in "Nn" else None
            return (found[0], j + 1) if found else None
        if t.tags[j] in "Nn#D":
            return self._noun_phrase(j, a)
        return None

    def _before_comma(self, comma: int, a: int) -> Part | None:
        """A subject with an apposition or a relative clause: "NAME, head of X," or "NAME, who ...,"."""
        t = self.t
        for k in range(comma - 1, max(a, comma - 41), -1):
            if t.tags[k] in "q.;:":
                return None
            if t.tags[k] != "," or t.tags[k - 1] not in "Nn#)":
                continue
            after, tag = t.low[k + 1], t.tags[k + 1]
            if tag in "DnN#" or after in _RELATIVE:
                head = self._subject(k, a)
                if head is not None and (t.tags[k - 1] in "N)" or after in _RELATIVE):
                    return (head[0], comma + 1)
            elif tag in "IRSt":
                return self._noun_phrase(k - 1, a)
            return None
        return None

    def _noun_phrase(self, j: int, a: int) -> Part | None:
        """The noun phrase whose last token is `j`, with its prepositional tails."""
        t = self.t
        k = j
        while k > a:
            tag, two = t.tags[k - 1], t.tags[k - 2] if k - 2 >= a else ""
            if (
                tag in "Nn#D'-–&"
                or (tag == "." and two and two in "Nn")
                or (tag == "I" and two and two in "Nn'")
                or (tag == "T" and k - 2 >= a and t.low[k - 2] in _TO_NOUNS)
            ):
                k -= 1
            elif (tag == "C" and two and two in "Nn" and t.tags[k] in "NDn") and t.low[k - 1] in ("and", "or"):
                if any(c in "VvX" for c in t.tags[a : k - 1]):
                    break
                k -= 1
            elif tag == "V" and t.tags[k] in "nN" and two and two in "DIn":
                k -= 1  # "report", "claim" as nouns inside the phrase
            else:
                break
        if t.tags[k] in "I-–.'T":
            k += 1
        return (k, j + 1) if k <= j else None

    def _first_noun(self, a: int, left: int) -> Part | None:
        """The first subject of the clause: what a participle ("..., saying") leans on."""
        t = self.t
        for k in range(a, min(left, a + 40)):
            if t.tags[k] == "P":
                return (k, k + 1)
            if t.tags[k] in "VvX" and k > a:
                return self._subject(k, a)
        return None

    def _inverted(self, right: int, a: int, b: int, i: int) -> Part | None:
        """The subject after the verb: '..., said the minister, who ...'."""
        t = self.t
        if right >= b or t.tags[right] not in "NnDP":
            return None
        if i == a:  # "Said Ann Lee: ..."
            stop = t.tags.find(":", right, min(b, right + 8))
            return (right, stop) if stop > 0 and all(c in "NnDI" for c in t.tags[right:stop]) else None
        if t.tags[i - 1] not in "q,":
            return None
        if t.tags[right] == "P":
            return (right, right + 1)
        k = right
        while k < b:
            tag, after = t.tags[k], t.tags[k + 1] if k + 1 < b else ""
            if tag == "I" and (not after or after not in "NnD#" or (t.low[k] in _PLACE and after in "tD")):
                break
            joined = tag == "C" and after and after in "ND"
            if tag == "(" and ")" in t.tags[k : k + 9]:
                k = t.tags.index(")", k) + 1
                continue
            if not (tag in "NnD#'-–&I" or joined or (tag == "." and k + 1 < b)):
                break
            k += 1
        if k < b - 1 and t.tags[k] == "," and (t.tags[k + 1] in "Dn" or t.low[k + 1] in _RELATIVE):
            k += 1
            while k < b and t.tags[k] not in ",.;:q":
                k += 1
        while k > right and t.tags[k - 1] in ".I":
            k -= 1
        return (right, k) if k > right else None

    # ------------------------------------------------------------------ content

    def _content(
        self, verb: CueVerb, source: Part, cue: Part, a: int, b: int, inverted: bool
    ) -> list[Part]:  # fmt: skip
        """Token ranges of what is said: before the clause of saying, after it, or both."""
        t = self.t
        left, right = cue
        low, high = min(source[0], left), max(source[1], right)
        beside = inverted or (low == source[0] and not any(tag in "VGq" for tag in t.tags[source[1] : left]))
        k = high if inverted else right
        while k < b and t.tags[k] in ",:":
            k += 1
        announced = k < b and t.tags[k] == "q" and not inverted and not (low > a and t.tags[low - 1] == "q")
        before = self._before(verb, a, left if inverted else low) if beside and not announced else None
        after: Part | None = None
        k = high if inverted else right
        while k < b and t.tags[k] in ",:":
            k += 1
        if verb.frame == "person" and k < b and t.tags[k] in "NnDO" and not before:
            k = self._addressee(k, b)
        while k < b and t.tags[k] == ",":
            k += 1
        if before is None:
            end = self._next_predicate(k, self._clause_end(k, b), verb)
            if k < end:
                after = (k, end)
        elif right < b:
            after = self._later(max(high, right), b)
        parts = [part for part in (before, after) if part]
        if verb.only_quote and not any("q" in t.tags[x:y] for x, y in parts):
            return []
        if verb.only_that and not (after and t.low[after[0]] in ("that", "what", "how", "why", "whether")):
            return []
        return parts

    def _before(self, verb: CueVerb, a: int, edge: int) -> Part | None:
        """What stands before the clause of saying, closed by a quotation mark or a comma."""
        t = self.t
        if edge <= a or t.tags[edge - 1] not in "q,":
            return None
        last = edge if t.tags[edge - 1] == "q" else edge - 1
        if last <= a:
            return None
        if t.tags[last - 1] == "q":
            first = last - 1
            while first > a and t.tags[first - 1] == "q":
                first -= 1
            return (a, last) if first > a and t.tags[first - 1] not in ".:" else (first, last)
        if t.low[a] == "according" or (t.tags[a] in "IRCS" and last - a < 7):  # "In March," "But"
            return None
        return (a, last) if verb.frame in ("clause", "person") and verb.lemma != "call" else None

    def _addressee(self, k: int, b: int) -> int:
        """The end of whom something is told."""
        t = self.t
        start = k
        while k < b and k - start < 12 and t.tags[k] in "NnDO#'It" and t.low[k] != "that":
            k += 1
        return k if k < b and (t.tags[k] in "Sq,:TP" or k > start) else start

    def _clause_end(self, k: int, b: int) -> int:
        end = b
        while end > k and self.t.tags[end - 1] in ".;":
            end -= 1
        return end

    def _next_predicate(self, k: int, end: int, verb: CueVerb) -> int:
        """Where a second cue verb on the same subject begins: "dismissed the offer | , attacked the hosts"."""
        t = self.t
        if verb.frame == "clause" and not (k < end and t.tags[k] == "q"):
            return end
        for at in range(k + 1, end):
            if t.tags[at] != "V" or cue_verbs()[t.low[at]][1] not in ("past", "third"):
                continue
            mark = at - 1
            while mark > k and t.tags[mark] in "RX":
                mark -= 1
            if t.tags[mark] == ",":
                return mark
            if t.low[mark] in ("and", "but"):
                return mark - 1 if mark > k and t.tags[mark - 1] == "," else mark
        return end

    def _later(self, k: int, b: int) -> Part | None:
        """A quotation later in the same unit that goes on with what was said."""
        t = self.t
        at = t.tags.find("q", k, b)
        if at < 0 or any(c in "VGvX" for c in t.tags[k:at]):
            if k < b - 1 and t.tags[k] == "," and t.tags[k + 1] in "CSPDN" and "q" not in t.tags[k:b]:
                end = self._clause_end(k + 1, b)
                return (k + 1, end) if end - k > 4 else None
            return None
        end = at
        while end < b and t.tags[end] == "q":
            end += 1
        return (at, end)

    # ------------------------------------------------------------------ without a verb of saying

    def _according(self, i: int, a: int, b: int) -> None:
        t = self.t
        k = i + 2
        stop = k
        while stop < b and t.tags[stop] not in ",;:q" and not (t.tags[stop] == "." and stop + 1 >= b):
            stop += 1
        if stop == k:
            return
        if i == a:
            end = self._clause_end(stop + 1, b)
            if stop + 1 < end:
                self._add((k, stop), (i, i + 2), [(stop + 1, end)], "according to somebody")
        else:
            last = i - 1 if t.tags[i - 1] == "," else i
            if last > a:
                self._add((k, stop), (i, i + 2), [(a, last)], "according to somebody")

    def _hearsay(self, start: int, stop: int, a: int, b: int) -> None:
        """ "X reportedly did", "X is said to do": told without anybody who tells it."""
        parts = [part for part in ((a, start), (stop, self._clause_end(stop, b))) if part[0] < part[1]]
        self._add(None, (start, stop), parts, "hearsay")

    def _uncued(self, a: int, b: int, before: int) -> None:
        """Whole clauses between quotation marks beside somebody and a verb that no lexicon knows."""
        t = self.t
        spoken = [span for one in self.found[before:] for span in one.content]
        at = t.tags.find("q", a, b)
        while at >= 0:
            end = at
            while end < b and t.tags[end] == "q":
                end += 1
            here = Span(t.start[at], t.end[end - 1])
            if end - at > 5 and not any(here.overlaps(span) for span in spoken):
                if end < b and self.text[here.end - 2] in ",?!":
                    self._verb_after(at, end, b)
                elif at > a and t.tags[at - 1] in ":,":
                    self._verb_before(at, end, a)
            at = t.tags.find("q", end, b)

    def _verb_after(self, at: int, end: int, b: int) -> None:
        """“...,” NAME muttered."""
        t = self.t
        if t.tags[end] not in "NDnP":
            return
        for k in range(end + 1, min(end + 9, b)):
            if t.tags[k] in "nV" and _VERBLIKE.fullmatch(t.low[k]) and (t.tags[k - 1] in "NPn"):
                if k + 1 < b and t.tags[k + 1] in "n'":
                    continue
                self._add((end, k), (k, k + 1), [(at, end)], "a quotation, then somebody and a verb")
                return

    def _verb_before(self, at: int, end: int, a: int) -> None:
        """NAME was blunt: “...”"""
        t = self.t
        for k in range(at - 2, max(a, at - 6), -1):
            if t.tags[k] in "nVXv" and t.tags[k - 1] in "NPn" and (_VERBLIKE.fullmatch(t.low[k]) or t.tags[k] == "X"):
                source = self._subject(k, a)
                if source is not None:
                    self._add(source, (k, at), [(at, end)], "somebody and a verb, then a quotation")
                return

    def _signed(self, a: int, b: int) -> None:
        """“...” — NAME at the end of a paragraph."""
        t = self.t
        end = a
        while end < b and t.tags[end] == "q":
            end += 1
        if not 5 < end - a < b - a or t.tags[end] not in "–—―-":
            return
        stop = self._clause_end(end + 1, b)
        if stop > end + 1 and stop - end < 16 and t.tags[end + 1] == "N" and "v" not in t.tags[end:stop]:
            self._add((end + 1, stop), (end, end + 1), [(a, end)], "a quotation with a name below it")

    def _add(self, source: Part | None, cue: Part, content: list[Part], why: str) -> None:
        self.found.append(
            Attribution(
                source=(self._span(source),) if source else (), cue=(self._span(cue),),
                content=tidy([self._span(part) for part in content]), score=0.6, why=(why,),
            )
        )  # fmt: skip

    def _span(self, part: Part) -> Span:
        """The characters of some tokens, with the marks of scare quotes at their ends."""
        start, end = self.t.start[part[0]], self.t.end[part[1] - 1]
        start, end = self.scare.get(start, start), self.scare_ends.get(end, end)
        return Span(start, end)
