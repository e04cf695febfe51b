"""What is done by saying something: act, modality, negation, tense, condition, PLOVER's class; clause by clause."""

import re
from dataclasses import dataclass, replace

from winset.domain.statements import Act, Modality, Tense
from winset.evidence import plover
from winset.evidence.clause_acts import (
    FIRM_POSSIBLE,
    FUTURE,
    LIKELY,
    PAST,
    POSSIBLE,
    STRONG,
    Owner,
    Read,
    aims,
    expected,
    lowered,
    read_clause,
)
from winset.evidence.clauses import clauses
from winset.evidence.cue_acts import CLAIM, HEARSAY, OPEN, by_cue, cue_verb, says, sorts
from winset.evidence.lexicon import CueVerb

_FIRMER: frozenset[Act | None] = frozenset(["threat", "refusal", "concession", "demand", "offer"])
_THOUGHT = frozenset(
    ["believe", "think", "feel", "see", "consider", "regard", "view", "estimate", "conclude", "suspect"]
)
_TRADE = frozenset(["offer", "concession", "commitment", "threat"])
_WHEN = re.compile(r"(?:until|before|once|only once|only after) ", re.I)
_NEGATED = re.compile(
    r"\b(?:not(?! only| just| merely| least| so much)|never|no longer|cannot|neither|nobody|none|nothing|nor|hardly|unable to|fail(?:s|ed)? to|refus(?:e|es|ed) to)\b|n[’']t\b|\bno (?!doubt|sooner|matter|less|more than|one (?:else )?(?:is|was) )\w+",
    re.I,
)
_PAST_ALL = re.compile(
    r"\b(?:has|have|had|[’']ve) (?:\w+ly |already |also |just |never |not |long )?(?:been |\w+ed\b|\w+en\b|met|held|made|given|taken|sent|left|lost|won|told|said|done|begun|broken|put|set|cut|sought|brought|built|kept|paid|found|led|read|spent|come|gone|become|had|struck|fought|withdrawn|sold|bought|caught|taught|built|felt|heard|shot|spoken|written|chosen|fallen|risen|drawn|shown|grown|thrown|flown)",
    re.I,
)
_IS = re.compile(
    r"\b(?:is|are|am|isn[’']t|aren[’']t|has|have|do|does|don[’']t|doesn[’']t|can|must|should|may|cannot)\b|[’'](?:s|re|m|ve)\b",
    re.I,
)
_STATE_PAST = re.compile(
    r"\b(?:was|were) (?:not |never |still |now |also |badly |poorly |\w+ly )?(?:(?:committed|determined|prepared|convinced|interested|concerned|satisfied|disappointed|divided|united|tired|worried|opposed|supposed|limited|needed|drafted|designed|worded|located|based|bound|red|open|even|golden|sudden|broken|frozen|rotten|barren|hidden|mistaken|unbroken)\b|"
    r"(?!(?:made|held|sent|built|kept|left|lost|met|told|paid|sold|found|caught|brought|bought|taught|shot|hit|cut|put|set|read|hurt|struck|begun|sung|sunk|done|gone|won|fought|led|fed|said|heard|laid|spent|drawn|withdrawn|torn|born|sworn|worn|shown|known|blown|thrown|to|due|once)\b)(?!\w+(?:ed|en)\b)\w+)",
    re.I,
)
_TIMED = re.compile(
    r"\b(?:ago|yesterday|last (?:week|month|year|night|summer|spring|autumn|winter|monday|tuesday|wednesday|thursday|friday)|in (?:19|20)\d\d|earlier|previously|once)\b",
    re.I,
)
_SAYS_NOTHING = re.compile(r"(?:neither|stop|fall|gave?|g[ai]ves?|sidestep|duck|dodge|evade|brush)", re.I)
_TAKES_A_STAND = re.compile(
    r"\b(?:did not|didn[’']t|not|without|avoid\w*|would not|wouldn[’']t) (?:immediately )?(?:to )?rule out\b", re.I
)
_SILENT = re.compile(
    r"\b(?:neither|would neither|could neither|can neither|will neither) confirm(?:s|ed)? n?or (?:deny|denies|denied)\b|\b(?:stop(?:s|ped)?|fell|falls?) short of (?:saying|confirming|calling|naming|endorsing|accusing|blaming)\b|"
    r"\bg(?:ave|ive|ives|iving) (?:no|few|little) (?:details?|reasons?|date|explanation|indication|answer|clue)\b|\b(?:sidestep|duck|dodg|evad)\w* (?:an? |the |all |any )?(?:\w+ )?questions?\b|"
    r"\b(?:declin\w+|refus\w+|would not|did not|wouldn[’']t|didn[’']t|not|avoid\w*|without) (?:immediately )?(?:to )?(?:say|saying|comment|confirm|disclose|elaborate|specify|reveal|discuss|answer|respond|be drawn|give (?:details|a date)|provide details|name|rule out)\b",
    re.I,
)


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
    by_cue: bool = False  # whether the cue itself names the act


def done(
    cue: str, content: str, owner: Owner, *, direct: bool = False, joint: bool = False, bystander: bool = False
) -> Done:
    """Read off the words of cue and content. `owner` says whose a subject is.

    joint      several speak together
    bystander  the speaker judges from outside: what a party is after, or how it plays, is not held against it
    """
    verb = cue_verb(cue)
    parts = clauses(content)
    read = [read_clause(part, owner) for part in parts]
    if bystander:
        read = [_from_outside(found) for found in read]
    silent = _SILENT.search(f"{cue} {content[:24]}")
    if (
        silent
        and (verb is not None or _SAYS_NOTHING.search(silent.group()))
        and not _TAKES_A_STAND.search(silent.group())
    ):
        return _silence(cue, content, silent.group())
    act, why = by_cue(verb, cue, content, read, joint)
    acts: list[Act] = [act] if act else []
    reasons = [why] if why else []
    for found in read:
        if act == "report":
            break  # what is turned down or asked about is nobody's act yet
        if found.act == "commitment" and act in _FIRMER and len(read) == 1:
            continue  # "warned it would suspend the pact" is one act
        if found.act == "accusation" and verb is not None and verb.lemma in _THOUGHT:
            continue  # "believe it is playing for time" judges
        if found.act in STRONG and found.act not in acts:
            acts.append(found.act)
            reasons.append(found.why)
        acts += [later for later in dict.fromkeys(found.more) if later not in acts]
    if not acts:
        best = next((found for found in read if found.act != "report"), read[0] if read else None)
        if best is not None and best.act == "accusation" and verb is not None and verb.lemma in _THOUGHT:
            acts, reasons = ["assessment"], [f"the cue “{cue}” judges; {best.why}"]
        elif best is not None and (best.act != "report" or verb is None or verb.lemma not in sorts("judges")):
            acts, reasons = [best.act], [best.why]
        elif verb is not None and verb.lemma in sorts("judges"):
            acts, reasons = ["assessment"], [f"the cue “{cue}” judges"]
        else:
            acts, reasons = ["report"], ["nothing but a report"]
    else:
        for found in read:
            if found.act == "forecast" and found.act not in acts and act is None:
                acts.append(found.act)
                reasons.append(found.why)
    if act is None and acts[0] == "praise" and len(acts) > 1 and acts[1] in STRONG:
        acts = [*acts[1:], "praise"]  # thanks come first in speech and count least
    main = next((found for found in read if found.act == acts[0]), read[0] if read else None)
    judged = verb is not None and verb.lemma in sorts("judges") and not (read and read[0].clause.subject)
    whole = _whole(tuple(acts), tuple(reasons), main, verb, cue, content, direct)
    if whole.about is None and verb is not None and verb.lemma in sorts("foretells"):
        other = expected(content, owner)
        if other is not None and not other[1]:
            whole = replace(whole, about=other[0].party)
    return replace(whole, by_cue=act is not None or judged)


_TACTIC = re.compile(
    r"\b(?:playing for|play for|buying) time|stall\w*|drag\w* (?:its|their|his|her) feet|mov\w+ the goalposts|bluff\w*|shift\w* the blame|hid(?:es|ing) behind|not (?:serious|negotiating in good faith)|bad faith|cynical|manipulat\w+|exploit\w*|provo[ck]\w*|"
    r"weaponi[sz]\w+|divid\w+|undermin\w+|obstruct\w*|block(?:s|ing)\b|bull(?:y|ies|ying)|blackmail|hostage\b|test(?:s|ing)\b"
)


def _from_outside(found: Read) -> Read:
    """What an outsider says of a party's aim or tactic judges and does not accuse."""
    if found.act != "accusation" or found.whose.kind == "own":
        return found
    low = lowered(found.clause.main)
    if not (_TACTIC.search(low) or aims(found.clause.predicate)):
        return found
    return replace(found, act="assessment", why=f"{found.why}, seen from outside")


def _silence(cue: str, content: str, words: str) -> Done:
    open_question = bool(OPEN.match(content)) or " whether " in f" {cue} " or "rule out" in words or "confirm" in words
    return Done(
        acts=("report",), modality="possible" if open_question else "asserted", negated=False,
        tense=_tense(content, cue, False), condition=None, event=None, about=None,
        why=(f"“{' '.join(words.split())}”: to say nothing is no refusal of a deal",),
    )  # fmt: skip


def _whole(
    acts: tuple[Act, ...], why: tuple[str, ...], main: Read | None, verb: CueVerb | None, cue: str, content: str, direct: bool
) -> Done:  # fmt: skip
    body = lowered(main.clause.main if main else content)
    condition = main.clause.condition if main else None
    low = content.strip().strip('“"').lower()
    denied = verb is not None and verb.lemma in sorts("denies") and (verb.lemma == "deny" or bool(CLAIM.match(low)))
    denied = denied or bool(
        re.match(
            r"(?:that )?(?:it is|it[’']s|that is|that[’']s|this is) (?:simply |just |absolutely |completely )?(?:not true|untrue|false|a lie|nonsense|fake)\b",
            low,
        )
    )
    if denied:
        modality: Modality = "denied"
    elif LIKELY.search(body) and not re.search(r"\bexpects? (?:\w+ ){1,4}to\b", body) and acts[0] != "demand":
        modality = "likely"
    elif (
        condition is not None
        and not _WHEN.match(condition)
        and (not re.match(r"in (?:exchange|return) ", condition) or acts[0] in _TRADE)
    ):
        modality = "conditional"
    elif (POSSIBLE.search(body) and not FIRM_POSSIBLE.search(body)) or (
        verb is not None
        and verb.lemma in ("hint", "suggest", "imply", "speculate", "wonder", "doubt")
        and acts[0] in ("report", "assessment", "forecast")
    ):
        modality = "possible"
    elif (verb is not None and verb.lemma == "expect") or (main is not None and main.expected):
        modality = "likely"
    elif verb is not None and verb.lemma in sorts("asks") and OPEN.match(low):
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
        event=None if (denied and acts[0] == "report") or (content.rstrip(" ”\"'’").endswith("?") and acts[0] == "report") else plover.event(acts[0], body if main else content),
        about=about, why=why,
    )  # fmt: skip


def _tense(body: str, cue: str, direct: bool, main: "Read | None" = None) -> Tense | None:
    """The time of what is said, as seen from the saying: "said it was ready" is present, "said it had left" past."""
    low = body.strip().lower()
    if re.match(r"(?:whether|if|that) ", low):
        low = low.split(" ", 1)[1]
    if main is not None and not main.clause.subject:
        if HEARSAY.search(cue):
            return (
                "past"
                if re.match(r"(?:\w+ ){0,6}?(?:to )?have \w+", low)
                else "present"
                if re.match(r"(?:\w+ ){0,6}?(?:to )?be\b", low)
                else "past"
                if PAST.search(low)
                else None
            )
        if re.match(r"(?:not )?to \w+", low) or re.search(r"\bto\s*\Z", cue.lower()):
            return "future"
        if re.search(r"\bto (?:be )?[a-z]{3,}", low) and not _IS.search(low) and not PAST.search(low):
            return "future"
        if not (FUTURE.search(low) or PAST.search(low) or _IS.search(low)):
            return "present" if re.match(r"\s*that ", body) or says(cue) else None
    if FUTURE.search(low):
        return "future"
    if _PAST_ALL.search(low):
        return "past"
    if POSSIBLE.search(low) and not FIRM_POSSIBLE.search(low) and re.search(r"\b(?:may|might|could)\b", low):
        return "future"
    if (
        not direct
        and _STATE_PAST.search(low)
        and not _TIMED.search(low)
        and re.search(r"(?:ed|said|told|wrote)\b", cue.lower())
    ):
        return "present"
    predicate = main.clause.predicate.lower() if main is not None and main.clause.subject else low
    present, past = _IS.search(predicate), PAST.search(predicate)
    if present and past:
        return "present" if present.start() <= past.start() else "past"
    return "past" if past else "present"
