"""What is done by saying something: act, modality, negation, tense, condition, PLOVER's class; clause by clause."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from winset.domain.statements import Act, Modality, Tense
from winset.evidence import plover
from winset.evidence.clauses import Clause, Whose, clauses
from winset.evidence.lexicon import CueVerb, cue_verbs, load

Owner = Callable[[str], Whose]

_STRONG: frozenset[Act] = frozenset(
    ["demand", "offer", "concession", "commitment", "refusal", "threat", "accusation", "praise"]
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|won[’']t|going to|(?:is|are|was|were) (?:\w+ )?(?:expected|due|set|likely|bound|certain|about|unlikely|scheduled) to|to come)\b|[’'](?:ll|d)\b",
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:likely|unlikely|probabl[ey]|almost certain(?:ly)?|expected to|expects?|bound to|(?:is|are|was|were) set to|in all likelihood|presumably|appears? to|seems? to|seemed to|appeared to)\b",
    re.I,
)
_POSSIBLE = re.compile(
    r"\b(?:may(?! \d)|might|could|possibly|perhaps|maybe|can be|conceivabl[ey]|potentially|possible|not rule out|cannot rule out|a chance)\b",
    re.I,
)
_FIRM_POSSIBLE = re.compile(r"\bcould not\b|\bcouldn[’']t\b")
_NEGATED = re.compile(
    r"\b(?:not(?! only| just| merely| least| so much)|never|no longer|cannot|neither|nobody|none|nothing|nor|hardly|unable to|fail(?:s|ed)? to|refus(?:e|es|ed) to)\b|n[’']t\b|\bno (?!doubt|sooner|matter|less|more than|one (?:else )?(?:is|was) )\w+",
    re.I,
)
_PAST = re.compile(
    r"\b(?:had|has been|have been|did|has|have) \w+|\b\w{3,}ed\b|\b(?:was|were|had|did|went|took|made|gave|came|met|held|said|told|began|broke|sent|left|lost|won|struck|fought|led|saw|got|kept|put|set|cut|fell|rose|sought|brought|built|spoke|wrote|chose|knew|thought|felt|found|stood|paid|ran|read|spent|understood|withdrew|drew|shot|stole|sank|hid)\b",
    re.I,
)
_PAST_ALL = re.compile(
    r"\b(?:has|have|had|[’']ve) (?:\w+ly |already |also |just |never |not |long )?(?:been |\w+ed\b|\w+en\b|met|held|made|given|taken|sent|left|lost|won|told|said|done|begun|broken|put|set|cut|sought|brought|built|kept|paid|found|led|read|spent|come|gone|become|had|struck|fought|withdrawn)",
    re.I,
)
_IS = re.compile(
    r"\b(?:is|are|am|isn[’']t|aren[’']t|has|have|do|does|don[’']t|doesn[’']t|can|must|should|may|cannot)\b|[’'](?:s|re|m|ve)\b",
    re.I,
)
_STATE_PAST = re.compile(
    r"\b(?:was|were) (?:not |never |still |now |also |\w+ly )?(?:\w+ing\b|a\b|an\b|the\b|in\b|on\b|at\b|ready|open|willing|near|close|final|small|too|very|more|less|unacceptable|possible|impossible|necessary|important|difficult|hard|clear|certain|likely|unlikely|\w+able\b|\w+ful\b|\w+ous\b|no\b|out of|off the)",
    re.I,
)
_TIMED = re.compile(
    r"\b(?:ago|yesterday|last (?:week|month|year|night|summer|spring|autumn|winter|monday|tuesday|wednesday|thursday|friday)|in (?:19|20)\d\d|earlier|previously|once)\b",
    re.I,
)
_OPEN = re.compile(r"\A(?:whether|if|why|how|what|when|who|where|which)\b", re.I)
_SILENT = re.compile(
    r"\b(?:declin\w+|refus\w+|would not|did not|wouldn[’']t|didn[’']t|not|avoid\w*|without) (?:immediately )?(?:to )?(?:say|saying|comment|confirm|disclose|elaborate|specify|reveal|discuss|answer|respond|be drawn|give (?:details|a date)|provide details|name|rule out)\b",
    re.I,
)
_CLAIM = re.compile(
    r"\A(?:that |the |those |these |such |any |all |an? |his |her |its |their |as \w+ )*(?:\w+[’']s )?(?:\w+ )?(?:charges?|accusations?|allegations?|claims?|reports?|suggestions?|notion|rumou?rs?|criticisms?|insinuations?|assertions?|speculation|story|stories)\b",
    re.I,
)
_DENIES = frozenset(["deny", "reject", "dismiss", "dispute", "refute", "rebut", "contradict"])
_ASKS = frozenset(["ask", "wonder", "question"])
_FORETELLS = frozenset(["predict", "expect", "forecast", "foresee", "speculate", "anticipate"])
_JUDGES = frozenset(
    [
        "believe",
        "think",
        "doubt",
        "argue",
        "describe",
        "call",
        "hope",
        "fear",
        "worry",
        "conclude",
        "lament",
        "contend",
        "see",
        "consider",
        "regard",
        "view",
        "feel",
        "compare",
        "express",
        "voice",
        "question",
        "estimate",
        "echo",
        "observe",
    ]
)
_SUBJUNCTIVE = re.compile(
    r"\A(?:that )?(?:the |its |his |her |their |all |any |both |\w+[’']s )*[\w-]+(?: [\w-]+)?(?: \w+s)? (?:be|leave|withdraw|sign|stop|pay|accept|return|open|release|end|go|come|give|take|recogni[sz]e|exclude|include|stay|agree|respect|honou?r|lift|remove|disarm|resign|cede|join|apologi[sz]e|halt|cease)\b",
    re.I,
)
_MEETS = re.compile(
    r"\A(?:to )?(?:meet|talk|hold|continue|resume|keep|discuss|negotiate|host|attend|work|set up|establish|form|create|explore|consider|study|begin|start|restart|extend|reconvene|cooperate|exchange|coordinate)\b",
    re.I,
)
_AGAINST = re.compile(r"\A(?:\w+ ){0,5}?against\b|\A(?:\w+ ){0,4}?not to\b", re.I)
_MARKS = re.compile(r"[“”\"]")
_EVALUATES = re.compile(
    r"\b(?:is|are|was|were|remains?|remained|be|looks?|looked|seems?|seemed|appears?|appeared|becomes?|became|sounds?) (?:\w+ly )?(?:not )?(?:an? |the |too |very |more |less |only |still |now |so |most |as |no )?(?!\w+ing\b)\w+",
    re.I,
)


@cache
def _rows() -> tuple[tuple[Act, str, re.Pattern[str]], ...]:
    """(act, whose subject, pattern) in the order of the lexicon."""
    found: list[tuple[Act, str, re.Pattern[str]]] = []
    for row in load("acts")["row"]:
        for who in ("any", "own", "other"):
            if who in row:
                parts = [part.strip() for line in row[who].strip().splitlines() for part in line.split(" | ")]
                found.append(
                    (
                        row["act"],
                        who,
                        re.compile("|".join(part.strip(" |") for part in parts if part.strip(" |")), re.I),
                    )
                )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a statement does, with the reasons in words."""

    acts: tuple[Act, ...]
    modality: Modality
    negated: bool
    tense: Tense | None
    condition: str | None
    event: str | None
    about: str | None  # the party that the main clause is about, where that is another than the speaker's
    why: tuple[str, ...]


def done(cue: str, content: str, owner: Owner, *, direct: bool = False, joint: bool = False) -> Done:
    """Read off the words of cue and content. `owner` says whose a subject is; `joint`: several speak together."""
    verb = _cue_verb(cue)
    parts = clauses(content)
    read = [_read(part, owner) for part in parts]
    silent = _SILENT.search(f"{cue} {content[:24]}")
    if silent and verb is not None and "rule out" not in silent.group().lower():
        return _silence(cue, content, silent.group())
    act, why = _by_cue(verb, cue, content, read, joint)
    acts: list[Act] = [act] if act else []
    reasons = [why] if why else []
    for found in read:
        if found.act in _STRONG and found.act not in acts:
            acts.append(found.act)
            reasons.append(found.why)
        acts += [later for later in dict.fromkeys(found.more) if later not in acts]
    if not acts:
        best = next((found for found in read if found.act != "report"), read[0] if read else None)
        if best is not None and (best.act != "report" or verb is None or verb.lemma not in _JUDGES):
            acts, reasons = [best.act], [best.why]
        elif verb is not None and verb.lemma in _JUDGES:
            acts, reasons = ["assessment"], [f"the cue “{cue}” judges"]
        else:
            acts, reasons = ["report"], ["nothing but a report"]
    else:
        for found in read:
            if found.act == "forecast" and found.act not in acts and act is None:
                acts.append(found.act)
                reasons.append(found.why)
    main = next((found for found in read if found.act == acts[0]), read[0] if read else None)
    return _whole(tuple(acts), tuple(reasons), main, verb, cue, content, direct)


@dataclass(frozen=True, slots=True)
class _Read:
    """One clause with what it does by itself."""

    clause: Clause
    whose: Whose
    act: Act
    why: str
    more: tuple[Act, ...] = ()  # what a second predicate of the same clause does
    denies: bool = False


def _read(clause: Clause, owner: Owner) -> _Read:
    whose = owner(clause.subject) if clause.subject else Whose("third")
    who = "own" if whose.kind == "own" else "other" if whose.kind in ("other", "they") else "third"
    body = _MARKS.sub("", clause.main)
    found = _matches(body, who)
    if found:
        start, end, act = found[0]
        more = tuple(
            later
            for begin, _, later in sorted(found[1:])
            if later in _STRONG and begin > end and _JOINS.search(body, end, begin)
        )
        return _Read(clause, whose, act, f"“{' '.join(body[start:end].split())}” in what is said", more)
    if who == "own" and _NEVER.search(body):
        return _Read(clause, whose, "report", "says that it did not happen", denies=True)
    foretold = _FUTURE.search(body) or _LIKELY.search(body) or _POSSIBLE.search(body)
    if (
        who != "own"
        and foretold
        and clause.subject
        and not _FIRM_POSSIBLE.search(body)
        and not re.search(r"\bcould (?:see|hear|find)\b", body)
    ):
        return _Read(clause, whose, "forecast", f"“{foretold.group()}” about what is to come")
    if not _PAST.search(body) or _EVALUATES.search(body):
        judged = _EVALUATES.search(body)
        if (
            judged
            and clause.subject
            and not re.search(r"\b(?:was|were|been|is|are|be|being) (?:\w+ly )?\w+(?:ed|en)\b", body)
        ):
            return _Read(clause, whose, "assessment", f"“{judged.group()}” judges")
    return _Read(clause, whose, "report", "nothing but a report")


def _matches(body: str, who: str) -> list[tuple[int, int, Act]]:
    """What the words of a clause do, the first row of the lexicon first; words that one row has taken are not taken again."""
    found: list[tuple[int, int, Act]] = []
    for act, needs, pattern in _rows():
        if (
            needs not in ("any", who)
            or (act == "accusation" and who == "own")
            or any(act == known for *_, known in found)
        ):
            continue
        match = pattern.search(body)
        if match is None or any(start < match.end() and match.start() < end for start, end, _ in found):
            continue
        if act in ("concession", "commitment", "praise", "offer") and _turned(body, match.start(), match.group()):
            continue
        if who == "other" and act in ("concession", "refusal", "threat", "demand") and not _binds(act, match.group()):
            continue
        found.append((match.start(), match.end(), act))
    return found


_JOINS = re.compile(r",|\band\b|\bor\b|\bbut\b")
_NEVER = re.compile(
    r"\bnever (?:\w+ed|fired|shot|sent|said|took|made|gave|broke|attacked|did)\b|\b(?:did not|didn[’']t|has not|have not|hasn[’']t|haven[’']t|had not|hadn[’']t|was not|were not|wasn[’']t|weren[’']t) (?:\w+ed|fire|shoot|send|say|take|make|give|break|attack|do|violate|start|begin|order|target|fired|sent|taken|made|broken|done|behind|involved|responsible|us)\b",
    re.I,
)
_TURN = re.compile(r"\b(?:not|never|no|cannot|neither|nor|without|nobody|hardly)\b|n[’']t\b", re.I)


def _turned(body: str, start: int, words: str) -> bool:
    """Whether a negation just before, or inside, turns the words round, unless they are a negation themselves."""
    if re.match(
        r"(?:no|not|has no|have no|had no|having no|with no|do|does|did|would|will)\b", words, re.I
    ) and re.search(r"\b(?:no|not)\b|n[’']t", words, re.I):
        return False
    return bool(
        _TURN.search(body[max(0, start - 22) : start])
        or _TURN.search(words)
        or _TURN.match(body[start + len(words) :].lstrip()[:8])
    )


def _binds(act: Act, words: str) -> bool:
    """Whether words about another party still are the speaker's own act: what it must do is a demand, its price a threat."""
    low = words.lower()
    if act == "demand":
        return (
            bool(
                re.search(
                    r"\b(?:must|should|ought|has to|have to|needs? to|had better|is to|are to|precondition|condition|prerequisite|up to|time for|expects?)\b",
                    low,
                )
            )
            and "had to" not in low
        )
    if act == "threat":
        return True
    if act == "refusal":
        return bool(
            re.search(
                r"unacceptable|not acceptable|out of the question|starter|negotiable|not (?:an option|for sale|up for)",
                low,
            )
        )
    return False


def _cue_verb(cue: str) -> CueVerb | None:
    """The verb of a cue: its last word that the lexicon knows."""
    for word in reversed(re.findall(r"[^\W\d_]+", cue.lower())):
        known = cue_verbs().get(word)
        if known is not None:
            return known[0]
    return None


def _by_cue(verb: CueVerb | None, cue: str, content: str, read: list[_Read], joint: bool) -> tuple[Act | None, str]:
    """The act that the cue itself names, where what is said does not make it another one."""
    because = f"the cue “{cue}”"
    named = _named_act(cue, content)
    if named is not None:
        return named, because
    if verb is None:
        return None, ""
    lemma, low = verb.lemma, content.strip().strip('“"').lower()
    first = read[0] if read else None
    clausal = low.startswith("that ") or (first is not None and first.clause.subject != "")
    if re.search(r"\b(?:not|never|n[’']t)\b", cue.lower()) and verb.act in ("demand", "refusal"):
        return ("concession", because) if verb.act == "demand" and lemma in ("insist", "demand") else (None, "")
    if lemma in _FORETELLS:
        return "forecast", because
    if lemma in _ASKS:
        return (
            (None, "")
            if _OPEN.match(low) or "?" in low or lemma != "ask" or verb.frame == "object"
            else ("demand", because)
        )
    if lemma in _DENIES and (lemma == "deny" or _CLAIM.match(low)):
        return "report", f"{because} turns down a claim and no demand"
    if lemma in ("tell", "say") and re.match(r"(?:not )?to [a-z]+\b", low):
        return "demand", because
    if lemma == "warn":
        return _warning(cue, low, read, because)
    if lemma == "agree":
        if re.search(r"\bto\b", cue.lower()) or low.startswith("to ") or (not clausal and not low.startswith("with")):
            bare = re.sub(r"\Ato ", "", low)
            return ("commitment" if joint or _MEETS.match(bare) else "concession"), because
        return ("commitment" if joint else None), because if joint else ""
    if lemma == "insist":
        asks = re.search(r"\b(?:on|upon)\b", cue.lower()) or re.match(r"(?:on|upon) ", low)
        if asks and not re.match(r"(?:on |upon )?(?:his|her|its|their) innocence", low):
            return "demand", because
        if (
            first is not None
            and first.act == "report"
            and _SUBJUNCTIVE.match(low)
            and not re.search(r"\b(?:is|are|was|were|had|has|have|will|would)\b", low[:60])
        ):
            return "demand", because
        return None, ""
    if lemma in ("suggest", "recommend", "propose"):
        if (
            lemma == "suggest"
            and clausal
            and first is not None
            and (re.search(r"\b(?:is|are|was|were|had|has|have|will|would|may|might|could)\b", low[:80]))
        ):
            return None, ""
        return "offer", because
    if lemma in ("acknowledge", "admit"):
        return None, ""
    if lemma == "concede":
        return "concession", because
    if lemma == "assure":
        return ("commitment", because) if first is not None and _FUTURE.search(first.clause.main) else (None, "")
    if lemma == "hope" or lemma in _JUDGES:
        return None, ""
    if lemma in ("complain", "protest", "allege") or verb.act in (
        "accusation",
        "praise",
        "refusal",
        "threat",
        "offer",
        "commitment",
        "demand",
        "concession",
    ):
        if lemma == "counter" and clausal:
            return None, ""
        if lemma == "appeal" and clausal:
            return "demand", because
        return verb.act, because
    return None, ""


@cache
def _cue_acts() -> dict[str, Act]:
    return {word: act for act, words in load("acts")["cues"].items() for word in words.split()}


@cache
def _noun_acts() -> dict[str, Act]:
    return {word: act for act, words in load("acts")["nouns"].items() for word in words.split()}


_THINGS = frozenset(
    [
        "reaffirm",
        "reiterate",
        "repeat",
        "express",
        "voice",
        "affirm",
        "underline",
        "underscore",
        "stress",
        "emphasize",
        "emphasise",
        "signal",
        "announce",
        "declare",
        "renew",
        "state",
        "confirm",
        "echo",
        "issue",
        "make",
    ]
)


def _named_act(cue: str, content: str) -> Act | None:
    """The act of a cue that is several words, or of the thing that is expressed ("reaffirmed its commitment")."""
    words = re.findall(r"[^\W\d_]+", cue.lower())
    if not words:
        return None
    pair = " ".join(words[-2:])
    if re.search(r"\bcall(?:s|ed|ing)? (?:for|on|upon)\b", cue.lower()):
        return "demand"
    if re.search(
        r"\b(?:push|press|appeal|ask|plead|lobb)\w* for\b|\b(?:demand|insist|want|urg)\w*\b$", cue.lower()
    ) and not re.search(r"\b(?:insist\w*)$", cue.lower()):
        return "demand"
    if words[-1] in ("out", "down", "against") or len(words) == 1:
        for word in words:
            act = _cue_acts().get(word)
            if act is not None and (
                word not in ("rule", "rules", "ruled", "turn", "turns", "turned", "lash", "lashed", "rail", "railed")
                or pair.endswith((" out", " down", " at", " against"))
            ):
                return act
    elif words[-1] in ("to", "of", "at", "on", "that") or words[0] in (
        "has",
        "have",
        "had",
        "also",
        "again",
        "publicly",
    ):
        act = next((_cue_acts()[word] for word in words if word in _cue_acts()), None)
        if act is not None and not any(word in ("rule", "turn", "turned", "ruled") for word in words):
            return act
    known = _cue_verb(cue)
    if known is not None and known.lemma in _THINGS:
        for word in words[1:] + re.findall(r"[^\W\d_]+", content.lower())[:4]:
            if word in ("that", "to", "for", "of", "will", "would", "is", "was"):
                break
            act = _noun_acts().get(word)
            if act is not None:
                return act
    return None


def _warning(cue: str, low: str, read: list[_Read], because: str) -> tuple[Act | None, str]:
    """A warning is a threat where the speaker would bring it about, a forecast where it would come by itself."""
    if any(found.act == "threat" for found in read):
        return "threat", because
    if re.search(r"\bagainst\b", cue.lower()) or _AGAINST.match(low):
        return "threat", because
    first = read[0] if read else None
    if re.match(
        r"(?:of )?(?:an? |the |further |any )?(?:\w+ )?(?:consequences|retaliation|response|reprisals?|sanctions|countermeasures|action|strikes?)\b",
        low,
    ):
        return "threat", because
    if first is not None and first.whose.kind == "own" and _FUTURE.search(first.clause.main):
        return "threat", because
    if first is not None and first.act in ("demand", "refusal", "accusation"):
        return None, ""
    return "forecast", because


def _silence(cue: str, content: str, words: str) -> Done:
    open_question = bool(_OPEN.match(content)) or " whether " in f" {cue} "
    return Done(
        acts=("report",), modality="possible" if open_question else "asserted", negated=False,
        tense=_tense(content, cue, False), condition=None, event=None, about=None,
        why=(f"“{' '.join(words.split())}”: to say nothing is no refusal of a deal",),
    )  # fmt: skip


def _whole(
    acts: tuple[Act, ...], why: tuple[str, ...], main: _Read | None, verb: CueVerb | None, cue: str, content: str, direct: bool
) -> Done:  # fmt: skip
    body = _MARKS.sub("", main.clause.main if main else content)
    condition = main.clause.condition if main else None
    low = content.strip().strip('“"').lower()
    denied = verb is not None and verb.lemma in _DENIES and (verb.lemma == "deny" or bool(_CLAIM.match(low)))
    denied = denied or bool(
        re.match(
            r"(?:that )?(?:it is|it[’']s|that is|that[’']s|this is) (?:simply |just |absolutely |completely )?(?:not true|untrue|false|a lie|nonsense|fake)\b",
            low,
        )
    )
    if denied:
        modality: Modality = "denied"
    elif _LIKELY.search(body) and not re.search(r"\bexpects? (?:\w+ ){1,4}to\b", body) and acts[0] != "demand":
        modality = "likely"
    elif condition is not None:
        modality = "conditional"
    elif (_POSSIBLE.search(body) and not _FIRM_POSSIBLE.search(body)) or (
        verb is not None
        and verb.lemma in ("hint", "suggest", "imply", "speculate", "wonder", "doubt")
        and acts[0] in ("report", "assessment", "forecast")
    ):
        modality = "possible"
    elif verb is not None and verb.lemma == "expect":
        modality = "likely"
    elif verb is not None and verb.lemma in _ASKS and _OPEN.match(low):
        modality = "possible"
    elif main is not None and main.denies:
        modality = "denied"
    elif content.rstrip(" ”\"'’").endswith("?") and acts[0] == "report":
        modality = "possible"
    else:
        modality = "asserted"
    negated = (
        bool(_NEGATED.search(body))
        if main is None or not main.clause.subject
        else bool(_NEGATED.search(main.clause.subject.split(" who ")[0]) or _NEGATED.search(main.clause.predicate[:60]))
    )
    about = main.whose.party if main and main.whose.kind in ("other", "they") else None
    return Done(
        acts=acts, modality=modality, negated=negated, tense=_tense(body, cue, direct, main), condition=condition,
        event=None if content.rstrip(" ”\"'’").endswith("?") and acts[0] == "report" else plover.event(acts[0], body if main else content),
        about=about, why=why,
    )  # fmt: skip


def _tense(body: str, cue: str, direct: bool, main: "_Read | None" = None) -> Tense | None:
    """The time of what is said, as seen from the saying: "said it was ready" is present, "said it had left" past."""
    low = body.strip().lower()
    if re.match(r"(?:whether|if|that) ", low):
        low = low.split(" ", 1)[1]
    if main is not None and not main.clause.subject:
        if re.match(r"(?:not )?to \w+", low) or re.search(r"\bto\s*\Z", cue.lower()):
            return "future"
        if re.search(r"\bto (?:be )?[a-z]{3,}", low) and not _IS.search(low) and not _PAST.search(low):
            return "future"
        if not (_FUTURE.search(low) or _PAST.search(low) or _IS.search(low)):
            return None
    if _FUTURE.search(low):
        return "future"
    if _PAST_ALL.search(low):
        return "past"
    if _POSSIBLE.search(low) and not _FIRM_POSSIBLE.search(low) and re.search(r"\b(?:may|might|could)\b", low):
        return "future"
    if (
        not direct
        and _STATE_PAST.search(low)
        and not _TIMED.search(low)
        and re.search(r"(?:ed|said|told|wrote)\b", cue.lower())
    ):
        return "present"
    predicate = main.clause.predicate.lower() if main is not None and main.clause.subject else low
    present, past = _IS.search(predicate), _PAST.search(predicate)
    if present and past:
        return "present" if present.start() <= past.start() else "past"
    return "past" if past else "present"


Kind = Literal["own", "other", "they", "third"]
