"""What a cue does: "demanded", "agreed to", "reaffirmed its commitment"; and when what is said makes it something else."""

import re
from functools import cache, lru_cache

from winset.domain.statements import Act
from winset.evidence.clause_acts import FUTURE, Read, lowered
from winset.evidence.clauses import AUXILIARIES
from winset.evidence.lexicon import CueVerb, cue_verbs, inflected, load

OPEN = re.compile(r"\A(?:whether|if|why|how|what|when|who|where|which)\b", re.I)
CLAIM = re.compile(
    r"\A(?:that |the |those |these |such |any |all |an? |his |her |its |their |as \w+ )*(?:\w+[’']s )?(?:\w+ )?(?:charges?|accusations?|allegations?|claims?|reports?|suggestions?|notion|rumou?rs?|criticisms?|insinuations?|assertions?|speculation|story|stories)\b",
    re.I,
)
_LEADS = frozenset(
    [
        "that",
        "this",
        "these",
        "those",
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "all",
        "any",
        "both",
        "each",
        "every",
        "no",
        "some",
        "such",
        "neither",
        "either",
    ]
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CONJUGATED = AUXILIARIES | frozenset(
    ["am", "won’t", "don’t", "doesn’t", "didn’t", "isn’t", "aren’t", "wasn’t", "weren’t", "hasn’t", "haven’t", "doubts"]
)
AFTER = 4  # words behind a word that may be that verb, in which another shows that it was a noun
SUBJECT = 12  # words within which the verb of "that nothing be decided" stands
_MEETS = re.compile(
    r"\A(?:to )?(?:meet|talk|hold|continue|resume|keep|discuss|negotiate|host|attend|work|set up|establish|form|create|explore|consider|study|begin|start|restart|extend|reconvene|cooperate|exchange|coordinate)\b",
    re.I,
)
_AGAINST = re.compile(r"\A(?:\w+ ){0,5}?against\b|\A(?:\w+ ){0,4}?not to\b", re.I)
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


def mandative(clause: str) -> bool:
    """Whether a clause asks for something by its verb alone: "that nothing be decided", "that every boat carry a light"."""
    words = [word.lower() for word in _WORDS.findall(clause)[:SUBJECT]]
    if words and words[0] == "that":
        words = words[1:]
    for at, word in enumerate(words):
        if word in _CONJUGATED:
            return False
        if at == 0:
            continue
        before = words[at - 1]
        if word == "be":
            return True
        if word == "not" and at + 1 < len(words):
            return words[at + 1] == "be" or words[at + 1] in sorts("bare")
        if word not in sorts("bare") or before in _LEADS or before in ("of", "for", "and", "or", "in", "on", "with"):
            continue
        return not any(later in _CONJUGATED for later in words[at + 1 : at + AFTER])
    return False


_YIELDS = re.compile(
    r"\b(?:bow(?:s|ed|ing)? to|g[ai]v(?:e|es|en|ing) (?:in|way|ground)(?: to)?\b|cav(?:e|es|ed|ing) in|climb(?:s|ed|ing)? down|backtrack(?:s|ed|ing)?|relent(?:s|ed|ing)?|yield(?:s|ed|ing)? to)\b",
    re.I,
)
_HONOURS = re.compile(
    r"\bp(?:ays?|aid|aying) (?:\w+ )?(?:tribute|homage)\b|\bg[ai]ve(?:s|n)? (?:\w+ )?credit\b|\b(?:sang|sings?) the praises\b|\b(?:took|takes) (?:his|her|its|their) hat off\b",
    re.I,
)
_SHRINKS = re.compile(
    r"\b(?:baulk|balk|bridl)(?:s|es|ed|ing)? at\b|\b(?:steers?|steered|shies|shied|shying) (?:clear|away)\b|\b(?:turn|thumb)(?:s|ed)? (?:its|their|his|her) (?:back|nose)\b",
    re.I,
)
_RESERVES = re.compile(r"\breserv(?:e|es|ed|ing) the right\b", re.I)
_CONDITION = re.compile(
    r"\b(?:ma(?:de|kes?|king)|set|sets|setting|laid down|lays down) (?:it )?(?:an? |the |its |their )?(?:\w+ )?(?:condition|precondition|prerequisite|requirement)\b",
    re.I,
)
_FLOATS = re.compile(
    r"\b(?:float|moot|put(?:s|ting)? forward|hold(?:s|ing)? out|held out|table)(?:s|ed|d|ing)?\b", re.I
)
_IDIOMS: tuple[tuple[re.Pattern[str], Act], ...] = (
    (_YIELDS, "concession"), (_HONOURS, "praise"), (_SHRINKS, "refusal"), (_CONDITION, "demand"), (_FLOATS, "offer"),
)  # fmt: skip
HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly)\b|\b(?:am|is|are|was|were|been) (?:widely |also |now )?(?:said|believed|thought|understood|reported|rumou?red|alleged|known)(?= (?:to|that)\b|\Z)|\b(?:word|rumou?rs?) (?:has|had|have) it\b",
    re.I,
)
_GIVES_UP = re.compile(
    r"\b(?:drop|abandon|waiv|withdr[ae]w|soften|relax|g[ia]ve(?:n|s)? up|giving up|back(?:ed|s|ing)? (?:down|away)|scal\w+ (?:back|down)|ced|yield)",
    re.I,
)
_GIVEN_UP = re.compile(
    r"\b(?:demand|claim|objection|condition|veto|insistence|opposition|stance|position|call|precondition|threat|tone|line)s?\b|\bback\w* down\b",
    re.I,
)


@cache
def sorts(name: str) -> frozenset[str]:
    """Cue verbs of one sort, by their lemmas: `asks`, `denies`, `foretells`, `judges`."""
    return frozenset(load("acts")["sorts"][name].split())


def cue_verb(cue: str) -> CueVerb | None:
    """The verb of a cue: its last word that the lexicon knows."""
    for word in reversed(re.findall(r"[^\W\d_]+", cue.lower())):
        known = cue_verbs().get(word)
        if known is not None:
            return known[0]
    return None


def says(cue: str) -> bool:
    """Whether a cue only says, so that what follows is a clause."""
    verb = cue_verb(cue)
    return verb is not None and verb.frame in ("clause", "person") and verb.act in (None, "report", "assessment")


@lru_cache(maxsize=4096)
def _idiom(cue: str) -> Act | None:
    """What a cue of several words does by itself ("bowed to", "made it a condition"); a report where it is hearsay."""
    if HEARSAY.search(cue):
        return "report"
    if re.search(r"\b(?:not|never|refus\w+|without)\b|n[’']t\b", cue):
        return None
    return next((act for pattern, act in _IDIOMS if pattern.search(cue)), None)


def by_cue(verb: CueVerb | None, cue: str, content: str, read: list[Read], joint: bool) -> tuple[Act | None, str]:
    """The act that the cue itself names, where what is said does not make it another one."""
    because = f"the cue “{cue}”"
    if _puts_forward(cue) and _proposal().match(content):
        return "offer", f"{because} puts a proposal forward"
    idiom = _idiom(cue)
    if idiom is not None:
        return idiom, f"{because} is hearsay" if idiom == "report" else because
    if "credit" in cue and re.search(r"\b(?:with|for)\b", content):
        return "praise", because
    if "reserv" in cue and _RESERVES.search(f"{cue} {content[:60]}"):
        return "threat", because
    if _GIVES_UP.search(cue) and _GIVEN_UP.search(f"{cue} {content[:80]}"):
        return "concession", because
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
    if lemma in sorts("foretells"):
        return "forecast", because
    if lemma in sorts("asks"):
        return (
            ("report", f"{because} asks and says nothing")
            if OPEN.match(low) or low.startswith("about ") or "?" in low or lemma != "ask" or verb.frame == "object"
            else ("demand", because)
        )
    if lemma in sorts("denies") and (lemma == "deny" or CLAIM.match(low)):
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
        if first is not None and first.act in ("report", "assessment") and mandative(low):
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
        return (
            ("commitment", because) if first is not None and FUTURE.search(lowered(first.clause.main)) else (None, "")
        )
    if lemma == "doubt":
        return "assessment", because
    if lemma == "offer" and re.match(r"no (?:comment|details|explanation|apolog\w+|evidence)\b", low):
        return "report", because
    if lemma == "hope" or lemma in sorts("judges"):
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
def _presenting() -> frozenset[str]:
    """Every form of the verbs by which a proposal is handed over."""
    return frozenset(form for lemma in sorts("presents") for form, _ in inflected(lemma))


def _puts_forward(cue: str) -> bool:
    """Whether a cue hands something over: "circulated", "has tabled", "put forward"."""
    words = frozenset(re.findall(r"[^\W\d_]+", cue.lower()))
    return bool(words & _presenting()) and not words & {
        "not",
        "never",
        "refused",
        "declined",
        "off",
        "aside",
        "down",
        "t",
    }


@cache
def _proposal() -> re.Pattern[str]:
    """A thing put forward that stands first in what is told: "a revised version of the Harbour Plan"."""
    words = load("plans")
    nouns = "|".join((*words["sure"].split(), "version", "text", "compromise"))
    stops = "|".join(words["stops"].split())
    return re.compile(
        rf"\W?(?:{'|'.join(words['determiners'].split())}|\w+[’']s) (?:(?!(?:{stops})\b)[\w’'-]+ ){{0,5}}?(?:{nouns})s?\b",
        re.I,
    )


@cache
def _cue_acts() -> dict[str, Act]:
    return {word: act for act, words in load("acts")["cues"].items() for word in words.split()}


@cache
def _noun_acts() -> dict[str, Act]:
    return {word: act for act, words in load("acts")["nouns"].items() for word in words.split()}


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
    known = cue_verb(cue)
    if known is not None and known.lemma in _THINGS:
        for word in words[1:] + re.findall(r"[^\W\d_]+", content.lower())[:4]:
            if word in ("that", "to", "for", "of", "will", "would", "is", "was"):
                break
            act = _noun_acts().get(word)
            if act is not None:
                return act
    return None


def _warning(cue: str, low: str, read: list[Read], because: str) -> tuple[Act | None, str]:
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
    if first is not None and first.whose.kind == "own" and FUTURE.search(lowered(first.clause.main)):
        return "threat", because
    if first is not None and first.act in ("demand", "refusal", "accusation"):
        return None, ""
    return "forecast", because
