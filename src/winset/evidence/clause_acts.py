"""What one clause does by itself: its words and whose its subject is, by the rows of `lexicons/acts.toml`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from winset.domain.statements import Act
from winset.evidence.clauses import Clause, Whose, clause_of
from winset.evidence.lexicon import cue_verbs, load

Owner = Callable[[str], Whose]

STRONG: frozenset[Act] = frozenset(
    ["demand", "offer", "concession", "commitment", "refusal", "threat", "accusation", "praise"]
)
FUTURE = re.compile(
    r"\b(?:will|would|shall|won[’']t|going to|(?:is|are|was|were) (?:\w+ )?(?:expected|due|set|likely|bound|certain|about|unlikely|scheduled) to|st(?:and|ands|ood) to (?:lose|gain|win|benefit|profit|suffer|inherit|earn)|to come)\b|[’'](?:ll|d)\b",
)
LIKELY = re.compile(
    r"\b(?:likely|unlikely|probabl[ey]|almost certain(?:ly)?|expected to|expects?|bound to|(?:is|are|was|were) set to|in all likelihood|presumably|(?:only )?a (?:matter|question) of time|sure to|appears? to|seems? to|seemed to|appeared to)\b",
)
POSSIBLE = re.compile(
    r"\b(?:may(?! \d)|might|could|possibly|perhaps|maybe|can be|conceivabl[ey]|potentially|possible|not rule out|cannot rule out|a chance)\b",
)
FIRM_POSSIBLE = re.compile(r"\bcould not\b|\bcouldn[’']t\b")
PAST = re.compile(
    r"\b(?:had|has been|have been|did|has|have) \w+|\b\w{3,}ed\b|\b(?:was|were|had|did|went|took|made|gave|came|met|held|said|told|began|broke|sent|left|lost|won|struck|fought|led|saw|got|kept|put|set|cut|fell|rose|sought|brought|built|spoke|wrote|chose|knew|thought|felt|found|stood|paid|ran|read|spent|understood|withdrew|drew|shot|stole|sank|hid)\b",
)
MARKS = re.compile(r"[“”\"]")
_EVALUATES = re.compile(
    r"\b(?:is|are|was|were|remains?|remained|be|looks?|looked|seems?|seemed|appears?|appeared|becomes?|became|sounds?) (?:\w+ly )?(?:not )?(?:an? |the |too |very |more |less |only |still |now |so |most |as |no )?(?!\w+ing\b|to (?!blame))\w+",
)


_ANOTHER = re.compile(r"\b(?:they|he|she|it|you|who|we|i) \Z")  # another verb's subject
_JOINS = re.compile(r",|\band\b|\bor\b|\bbut\b")
_NEVER = re.compile(
    r"\bnever (?:\w+ed|shot|sent|said|took|made|gave|broke|did|left|came|began|spoke|wrote|held|sought|stole|hid)\b|\b(?:did not|didn[’']t|has not|have not|hasn[’']t|haven[’']t|had not|hadn[’']t|was not|were not|wasn[’']t|weren[’']t) (?:\w+ed|fire|shoot|send|say|take|make|give|break|attack|do|violate|start|begin|order|target|fired|sent|taken|made|broken|done|behind|involved|responsible|us)\b|\b(?:did not|didn[’']t) (?!be\b|have\b|want\b|know\b|see\b|hear\b|get\b|need\b|think\b|believe\b|feel\b|expect\b|like\b|regret\b|mean\b|accept\b|agree\b|support\b|recogni)\w+",
)
_TURN = re.compile(
    r"\b(?:not|never|no|cannot|neither|nor|without|nobody|nothing|none|hardly|far from|anything but)\b|n[’']t\b"
)


_SURPRISE = re.compile(r"\b(?:not|hardly|never|little|no)\b[^,.;]{0,30}\bsurpris(?:e|ed|ing)\b|n[’']t be surprised\b")
_WORD_OF_TURN = re.compile(r"never|not|has not|have not|does not|do not")
_THINKS = re.compile(
    r"(?:(?:do|does|did|still|also|really|firmly|not|don[’']t|doesn[’']t|didn[’']t) ){0,2}(?P<verb>think|thinks|thought|believe|believes|believed|feel|feels|felt|doubt|doubts|doubted|"
    r"fear|fears|feared|hope|hopes|hoped|worry|worries|worried|wish|wishes|wished|expect|expects|expected)\b (?:that )?(?!them\b|him\b|her\b|you\b)",
    re.I,
)
_MOODS = frozenset(
    [
        "doubt",
        "doubts",
        "doubted",
        "fear",
        "fears",
        "feared",
        "hope",
        "hopes",
        "hoped",
        "worry",
        "worries",
        "worried",
        "wish",
        "wishes",
        "wished",
    ]
)


def lowered(words: str) -> str:
    """Words in lower case without quotation marks, letter for letter; the month of May is no "may"."""
    plain = MARKS.sub("", words)
    if "May" in plain:
        plain = _THE_MONTH.sub("mai", plain)
    low = plain.lower()
    return low if len(low) == len(plain) else plain


_THE_MONTH = re.compile(r"(?<=[^.!?] )May\b")


@cache
def rows() -> tuple[tuple[Act, str, re.Pattern[str]], ...]:
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
                        re.compile("|".join(part.strip(" |") for part in parts if part.strip(" |"))),
                    )
                )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Read:
    """One clause with what it does by itself."""

    clause: Clause
    whose: Whose
    act: Act
    why: str
    more: tuple[Act, ...] = ()  # what a second predicate of the same clause does
    denies: bool = False
    expected: bool = False  # of somebody else, who is thought likely to do it


def read_clause(clause: Clause, owner: Owner, depth: int = 0) -> Read:
    whose = owner(clause.subject) if clause.subject else Whose("third")
    who = "own" if whose.kind == "own" else "other" if whose.kind in ("other", "they") else "third"
    body = lowered(clause.main)
    thought = _THINKS.match(clause.predicate) if who == "own" else None
    if thought is not None and depth < 2:
        verb = thought.group("verb")
        other = expected(clause.predicate[thought.end() :], owner) if verb.lower().startswith("expect") else None
        if other is not None:
            whose, due = other
            return Read(clause, whose, "demand" if due else "forecast", f"“{verb}” of another party", expected=not due)
        if verb.lower() in _MOODS:
            return Read(clause, whose, "assessment", f"“{verb}” in what is said")
        inner = read_clause(clause_of(clause.predicate[thought.end() :]), owner, depth + 1)
        return Read(clause, whose, "assessment" if inner.act == "report" else inner.act, inner.why, inner.more)
    if clause.asks:
        return Read(clause, whose, "report", "asks a question")
    if who == "other" and _tells(clause.predicate):
        return Read(clause, whose, "report", "tells what another party says")
    if _SURPRISE.search(body) and re.search(r"\b(?:if|that|to|should)\b", body):
        return Read(clause, whose, "forecast", "says what would be no surprise")
    found = _matches(body, who, len(body) - len(lowered(clause.predicate)))
    ahead = LIKELY.search(body)
    if who == "other" and ahead:  # what another party may yet do is foretold, not held against it
        found = [one for one in found if one[2] != "accusation" or one[0] < ahead.start()]
    if found:
        start, end, act = found[0]
        if (
            act in ("commitment", "offer")
            and clause.condition is not None
            and clause.condition.lower().startswith("unless ")
        ):
            act = "threat"  # what would be done "unless" somebody gives in
        if act == "commitment" and clause.condition is not None and _IN_RETURN.match(clause.condition):
            act = "offer"
        more = tuple(
            later
            for begin, _, later in sorted(found[1:])
            if later in STRONG and begin > end and _JOINS.search(body, end, begin)
        )
        return Read(
            clause, whose, act, f"“{' '.join(MARKS.sub('', clause.main)[start:end].split())}” in what is said", more
        )
    if who == "own" and _NEVER.search(body):
        return Read(clause, whose, "report", "says that it did not happen", denies=True)
    if who != "own" and clause.subject and not clause.subject.lower().endswith("you") and _AIMS.match(clause.predicate):
        return Read(clause, whose, "assessment", "says what somebody else is after")
    foretold = FUTURE.search(body) or LIKELY.search(body) or POSSIBLE.search(body)
    if (
        who != "own"
        and foretold
        and clause.subject
        and not FIRM_POSSIBLE.search(body)
        and not re.search(r"\bcould (?:see|hear|find)\b", body)
    ):
        if foretold.group().startswith(("seem", "appear")):
            return Read(clause, whose, "assessment", f"“{foretold.group()}” judges")
        return Read(clause, whose, "forecast", f"“{foretold.group()}” about what is to come")
    if not PAST.search(body) or _EVALUATES.search(body):
        judged = _EVALUATES.search(body)
        if (
            judged
            and clause.subject
            and not re.search(
                r"\b(?:was|were|been|is|are|be|being) (?:\w+ly )?(?:\w+(?:ed|en|wn|rne)|made|held|sent|built|kept|left|lost|met|told|paid|sold|found|caught|brought|bought|taught|shot|hit|cut|put|set|read|hurt|struck|begun|sung|sunk|done|gone|won|fought|led|fed)\b",
                body,
            )
        ):
            return Read(clause, whose, "assessment", f"“{judged.group()}” judges")
    return Read(clause, whose, "report", "nothing but a report")


_IN_RETURN = re.compile(r"in (?:exchange|return) for", re.I)
_AIMS = re.compile(
    r"(?:(?:really|only|just|simply|clearly|still|is|are|was|were) )?(?:want(?:s|ed)?|seek(?:s|ing)?|sought|hop(?:es|ed|ing)|aim(?:s|ed|ing)?|tr(?:ies|ied|ying)|intend(?:s|ed)?) (?!\w+ed by\b)",
    re.I,
)


def aims(predicate: str) -> bool:
    """Whether a predicate says what its subject is after: "is trying to", "wants", "hopes"."""
    return _AIMS.match(predicate) is not None


_EXPECTED = re.compile(r"(?P<who>(?:[\w’'-]{1,40} ){1,6}?)(?:\w{1,30}ly )?(?:not )?to (?P<what>[a-z]{1,40})\b")
_DUE = frozenset(
    ["honour", "honor", "respect", "pay", "repay", "comply", "keep", "deliver", "implement", "return", "release", "withdraw", "stop", "cease",
     "fulfil", "fulfill", "abide", "cooperate", "apologise", "apologize", "vacate", "hand", "live"]
)  # fmt: skip


def expected(words: str, owner: Owner) -> tuple[Whose, bool] | None:
    """Whose doing is expected in "Warsaw to block the budget", and whether it is what one is owed ("to honour the pact")."""
    found = _EXPECTED.match(words)
    whose = owner(found.group("who")) if found is not None else None
    if found is None or whose is None or whose.kind not in ("other", "they"):
        return None
    return whose, found.group("what") in _DUE


_HELPERS = frozenset(
    [
        "has",
        "have",
        "had",
        "also",
        "already",
        "again",
        "then",
        "later",
        "now",
        "was",
        "were",
        "is",
        "are",
        "been",
        "repeatedly",
        "still",
        "once",
        "never",
        "not",
        "would",
        "will",
    ]
)
_SILENT_STANCES = frozenset(
    [
        "want",
        "seek",
        "hope",
        "think",
        "believe",
        "expect",
        "fear",
        "plan",
        "know",
        "worry",
        "doubt",
        "attack",
        "see",
        "need",
        "support",
        "back",
        "press",
        "push",
        "order",
        "refuse",
        "resist",
        "agree",
        "continue",
    ]
)


def _tells(predicate: str) -> bool:
    """Whether the main verb of a predicate is one of saying or of taking a stand aloud ("had rejected", "was insisting")."""
    words = re.findall(r"[^\W\d_]+", predicate.lower())[:5]
    if any(word in ("would", "will") for word in words[:2]):
        return False
    for word in words:
        if word in _HELPERS:
            continue
        known = cue_verbs().get(word)
        return known is not None and known[0].lemma not in _SILENT_STANCES
    return False


def _matches(body: str, who: str, verb: int) -> list[tuple[int, int, Act]]:
    """What the words of a clause do, the first row of the lexicon first; words that one row has taken are not taken again."""
    found: list[tuple[int, int, Act]] = []
    for act, needs, pattern in rows():
        if (
            needs not in ("any", who)
            or (act == "accusation" and who == "own" and needs != "own")
            or any(act == known for *_, known in found)
        ):
            continue
        match = pattern.search(body)
        if match is None or any(start < match.end() and match.start() < end for start, end, _ in found):
            continue
        if act == "demand" and who == "own" and match.group().lstrip("’'").startswith(("would", "will", "d ", "ll ")):
            continue  # what the speaker "would have to" do is asked of nobody
        if (
            act == "accusation"
            and not _WORD_OF_TURN.match(match.group())
            and _turned(body, match.start(), match.group())
        ):
            continue
        if act in ("concession", "commitment", "praise", "offer") and _turned(body, match.start(), match.group()):
            continue
        if (
            needs == "own"
            and match.start() > verb + 1
            and _ANOTHER.search(body, max(0, match.start() - 6), match.start())
        ):
            continue
        if who == "other" and act in ("concession", "refusal", "threat", "demand") and not _binds(act, match.group()):
            continue
        found.append((match.start(), match.end(), act))
    return found


def _turned(body: str, start: int, words: str) -> bool:
    """Whether a negation just before, or inside, turns the words round, unless they are a negation themselves."""
    if re.match(
        r"(?:no|not|has no|have no|had no|having no|with no|do|does|did|would|will)\b", words, re.I
    ) and re.search(r"\b(?:no|not)\b|n[’']t", words, re.I):
        return False
    return bool(
        _TURN.search(body[max(0, start - 22) : start])
        or _TURN.search(words)
        or _TURN.match(body[start + len(words) :].lstrip()[:13])
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
