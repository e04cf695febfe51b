"""What is done by saying something: act, modality, negation, tense, condition, whom it is about, PLOVER's class."""

import re
from dataclasses import dataclass

from winset.domain.statements import Act, Modality, Tense
from winset.evidence.lexicon import cue_verbs

_RULES: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("refusal", re.compile(r"\b(?:will not|won[’']t|would not|wouldn[’']t|cannot|can[’']t|never|no intention of|out of the question|not (?:be )?(?:prepared|ready|willing|going) to|rules? out|ruled out|reject(?:s|ed)?|refus(?:e|es|ed|al)|unacceptable|off the table|is not an option)\b", re.I)),
    ("concession", re.compile(r"\b(?:no longer (?:insist|demand|require|seek)\w*|(?:could|can|would|might) (?:accept|live with|agree to)|(?:drop|drops|dropped|dropping) (?:its|their|his|her|the)|prepared to accept|ready to accept|back(?:s|ed)? down|give(?:s)? up|gave up|soften(?:s|ed)?)\b", re.I)),
    ("offer", re.compile(r"\b(?:(?:open|ready|willing|prepared) to|offer(?:s|ed)?|propos(?:e|es|ed|al)|in (?:return|exchange) for|invite(?:s|d)?)\b", re.I)),
    ("demand", re.compile(r"\b(?:must|has to|have to|need(?:s)? to|demand(?:s|ed)?|insist(?:s|ed)?|call(?:s|ed)? (?:for|on)|urge(?:s|d)?|require(?:s|d)?|want(?:s|ed)?|should)\b", re.I)),
    ("threat", re.compile(r"\b(?:or else|otherwise|will (?:face|pay|respond|retaliate)|consequences|retaliat\w+|threat\w*)\b", re.I)),
    ("commitment", re.compile(r"\b(?:pledg\w+|promis\w+|vow\w*|guarantee\w*|commit(?:s|ted)? to|(?:we|I) (?:will|shall)|we[’']ll|I[’']ll)\b", re.I)),
    ("accusation", re.compile(r"\b(?:accus\w+|blam\w+|violat\w+|broke (?:the|its|their)|lied|lying|betray\w*|sabotag\w+|stalling|aggress\w+)\b", re.I)),
    ("praise", re.compile(r"\b(?:welcom\w+|prais\w+|constructive|productive|great progress|important step|thank\w*|grateful|hail\w*)\b", re.I)),
)  # fmt: skip
_FUTURE = re.compile(r"\b(?:will|would|shall|going to|is expected to|are expected to|’ll|'ll)\b", re.I)
_LIKELY = re.compile(r"\b(?:likely|probably|almost certainly|expected to|bound to)\b", re.I)
_POSSIBLE = re.compile(r"\b(?:may|might|could|possibly|perhaps|can be)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:if|provided(?: that)?|on condition that|unless|as long as|only (?:if|when|after))\s+([^,.;:”\"]{4,160})",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|n[’']t|cannot)\b", re.I)
_PAST = re.compile(r"\b(?:was|were|had|did|\w{3,}ed)\b")
PLOVER: dict[Act, str] = {
    "demand": "REQUEST", "offer": "COOPERATE", "concession": "CONCEDE", "commitment": "SUPPORT", "refusal": "REJECT",
    "threat": "THREATEN", "accusation": "ACCUSE", "praise": "SUPPORT", "report": "CONSULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a statement does, with the reasons in words."""

    acts: tuple[Act, ...]
    modality: Modality
    negated: bool
    tense: Tense | None
    condition: str | None
    event: str | None
    foretells: bool  # it is about what somebody else will do or ask for
    why: tuple[str, ...]


def done(cue: str, content: str, *, about_other: bool) -> Done:
    """Read off the words of cue and content. `about_other`: the content's subject is another party than the speaker."""
    why: list[str] = []
    acts: list[Act] = []
    verb = cue.lower().split()[-1] if cue.split() else ""
    known = cue_verbs().get(verb)
    lexical = known[0] if known else None
    low = cue.lower()
    if re.search(r"\b(?:declined|refused) to (?:say|comment|confirm)", f"{low} {content[:40].lower()}"):
        return Done(acts=("report",), modality="asserted", negated=True, tense="past", condition=None, event=None,
                    foretells=False, why=("declining to say is no refusal of a deal",))  # fmt: skip
    future = _FUTURE.search(content)
    hedged = _LIKELY.search(content)
    foretells = (about_other and bool(future or hedged)) or (lexical is not None and lexical.act == "forecast")
    if foretells:
        acts.append("forecast")
        why.append("tells beforehand what another party will do")
    elif about_other and lexical is not None and lexical.act in (None, "report", "assessment"):
        acts.append("assessment")
        why.append("describes another party")
    if lexical is not None and lexical.act not in (None, "report", "assessment", "forecast") and not foretells:
        acts.append(lexical.act)
        why.append(f"the cue “{verb}”")
    if not about_other:
        for act, pattern in _RULES:
            found = pattern.search(content)
            if found and act not in acts:
                acts.append(act)
                why.append(f"“{found.group()}” in what is said")
    if lexical is not None and lexical.act == "assessment" and "assessment" not in acts:
        acts.append("assessment")
        why.append(f"the cue “{verb}”")
    if not acts and hedged and future:
        acts.append("forecast")
        why.append(f"“{hedged.group()}” about what is to come")
    if not acts:
        acts.append("report")
        why.append("nothing but a report")
    condition = _CONDITION.search(content)
    if re.search(r"\b(?:den(?:y|ies|ied)|denying)\b", low):
        modality: Modality = "denied"
    elif hedged:
        modality = "likely"
    elif condition:
        modality = "conditional"
    elif _POSSIBLE.search(content):
        modality = "possible"
    else:
        modality = "asserted"
    tense: Tense | None = "future" if future else "past" if _PAST.search(content) else "present"
    return Done(
        acts=tuple(acts), modality=modality, negated=bool(_NEGATED.search(content[:90])), tense=tense,
        condition=condition.group(1).strip() if condition else None, event=PLOVER.get(acts[0]),
        foretells=foretells, why=tuple(why),
    )  # fmt: skip
