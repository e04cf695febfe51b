"""The packaged word lists, read once: cue words with their forms, and closed classes of words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from winset.domain.statements import Act

Frame = Literal["clause", "infinitive", "object", "person"]
FormKind = Literal["base", "third", "past", "participle", "gerund"]

_IRREGULAR = {
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"), "think": ("thought", "thought"),
    "find": ("found", "found"), "know": ("knew", "known"), "seek": ("sought", "sought"), "show": ("showed", "shown"),
    "read": ("read", "read"), "forecast": ("forecast", "forecast"), "swear": ("swore", "sworn"),
    "feel": ("felt", "felt"), "learn": ("learned", "learned"), "hear": ("heard", "heard"),
    "foresee": ("foresaw", "foreseen"), "see": ("saw", "seen"), "put": ("put", "put"), "speak": ("spoke", "spoken"),
    "make": ("made", "made"), "lay": ("laid", "laid"), "send": ("sent", "sent"), "give": ("gave", "given"),
    "hold": ("held", "held"), "withhold": ("withheld", "withheld"), "uphold": ("upheld", "upheld"),
    "come": ("came", "come"), "become": ("became", "become"), "bring": ("brought", "brought"),
    "stand": ("stood", "stood"), "withstand": ("withstood", "withstood"), "keep": ("kept", "kept"),
    "break": ("broke", "broken"), "go": ("went", "gone"), "do": ("did", "done"), "undo": ("undid", "undone"),
    "take": ("took", "taken"), "undertake": ("undertook", "undertaken"), "tear": ("tore", "torn"),
    "leave": ("left", "left"), "lose": ("lost", "lost"), "win": ("won", "won"), "buy": ("bought", "bought"),
    "sell": ("sold", "sold"), "lend": ("lent", "lent"), "pay": ("paid", "paid"), "feed": ("fed", "fed"),
    "hide": ("hid", "hidden"), "cut": ("cut", "cut"), "set": ("set", "set"), "let": ("let", "let"),
    "shut": ("shut", "shut"), "quit": ("quit", "quit"), "hit": ("hit", "hit"), "hurt": ("hurt", "hurt"),
    "cost": ("cost", "cost"), "beat": ("beat", "beaten"), "throw": ("threw", "thrown"),
    "overthrow": ("overthrew", "overthrown"), "drive": ("drove", "driven"), "draw": ("drew", "drawn"),
    "withdraw": ("withdrew", "withdrawn"), "underwrite": ("underwrote", "underwritten"),
    "rewrite": ("rewrote", "rewritten"), "forsake": ("forsook", "forsaken"), "fall": ("fell", "fallen"),
    "sink": ("sank", "sunk"), "shrink": ("shrank", "shrunk"), "strike": ("struck", "struck"),
    "bind": ("bound", "bound"), "fight": ("fought", "fought"), "get": ("got", "got"), "meet": ("met", "met"),
    "lead": ("led", "led"), "run": ("ran", "run"), "sit": ("sat", "sat"), "wear": ("wore", "worn"),
    "grind": ("ground", "ground"), "choose": ("chose", "chosen"), "rise": ("rose", "risen"), "spin": ("spun", "spun"),
    "string": ("strung", "strung"), "sow": ("sowed", "sown"), "bear": ("bore", "borne"), "freeze": ("froze", "frozen"),
    "unfreeze": ("unfroze", "unfrozen"), "fly": ("flew", "flown"), "ride": ("rode", "ridden"),
    "spend": ("spent", "spent"), "build": ("built", "built"), "bleed": ("bled", "bled"), "dig": ("dug", "dug"),
    "stick": ("stuck", "stuck"), "cling": ("clung", "clung"), "forgive": ("forgave", "forgiven"),
    "outbid": ("outbid", "outbid"), "grow": ("grew", "grown"), "blow": ("blew", "blown"), "shoot": ("shot", "shot"),
    "hang": ("hung", "hung"), "mislead": ("misled", "misled"), "sweep": ("swept", "swept"),
    "shake": ("shook", "shaken"), "split": ("split", "split"), "bet": ("bet", "bet"), "cast": ("cast", "cast"),
    "eat": ("ate", "eaten"), "fling": ("flung", "flung"), "wring": ("wrung", "wrung"),
    "outwit": ("outwitted", "outwitted"), "overcome": ("overcame", "overcome"), "mean": ("meant", "meant"),
}  # fmt: skip
_DOUBLED = re.compile(
    r"(?:[^aeiou]{0,8}[aeiou][bdgklmnprt]|quit|quip|equip|(?:ad|com|per|sub|o|re)mit|(?:re|pre|de|in|trans)fer|rebut|regret|deter|occur|concur|allot|"
    r"outwit|unplug|[a-z]{0,20}[^aeiou][aeiou]l)\Z"
)  # the last letter is written twice ahead of an ending: "stopped", "cancelled"
_EITHER = re.compile(r"[a-z]{1,20}[^aeiou][aeo]l\Z")  # "cancelled" and "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueVerb:
    """A verb that ties a source to content; see the head of `lexicons/cues.toml` for the fields."""

    lemma: str
    frame: Frame
    strength: int
    act: Act | None
    particles: frozenset[str] = frozenset()
    only_with: bool = False
    only_that: bool = False
    only_quote: bool = False


def load(name: str) -> dict[str, Any]:
    """One packaged TOML file as a dictionary."""
    return tomllib.loads(files("winset.evidence").joinpath("lexicons", f"{name}.toml").read_text("utf-8"))


@cache
def cue_verbs() -> dict[str, tuple[CueVerb, FormKind]]:
    """Every form of every cue verb -> (verb, which form); a form both past and participle counts as past."""
    forms: dict[str, tuple[CueVerb, FormKind]] = {}
    for lemma, entry in load("cues")["verbs"].items():
        verb = CueVerb(
            lemma=lemma,
            frame=entry["frame"],
            strength=entry["strength"],
            act=cast(Act, entry["act"]) or None,
            particles=frozenset(entry.get("with", ())),
            only_with=entry.get("need_with", False),
            only_that=entry.get("that", False),
            only_quote=entry.get("quote", False),
        )
        for form, kind in inflected(lemma):
            forms.setdefault(form, (verb, kind))
    return forms


def inflected(lemma: str) -> list[tuple[str, FormKind]]:
    """The forms of a verb, by the rules of spelling."""
    vowel_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if _DOUBLED.match(lemma):
        stem += lemma[-1]
    third = (
        lemma[:-1] + "ies" if vowel_y else lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else lemma + "s"
    )
    past, participle = _IRREGULAR.get(lemma, (None, None))
    regular = lemma[:-1] + "ied" if vowel_y else stem + "ed"
    gerund = lemma[:-2] + "ying" if lemma.endswith("ie") else lemma + "ing" if lemma.endswith("ee") else stem + "ing"
    kinds: list[tuple[str, FormKind]] = [(past or regular, "past"), (participle or regular, "participle")]
    kinds += [(lemma, "base"), (third, "third"), (gerund, "gerund")]
    if _EITHER.match(lemma):
        kinds += [(lemma + "ed", "past"), (lemma + "ing", "gerund")]
    return kinds


@cache
def word_list(name: str) -> frozenset[str]:
    """One list of words about people, as `lexicons/people.toml` names it."""
    return frozenset(load("people")["lists"][name].split())


@cache
def given_names() -> dict[str, Literal["m", "f"]]:
    """Given name -> the gender that prevails among its bearers."""
    lists = load("people")["given"]
    return dict.fromkeys(lists["male"].split(), "m") | dict.fromkeys(lists["female"].split(), "f")


@cache
def word_classes() -> dict[str, str]:
    """Closed-class word -> one letter: D P O I C S X R v t (see `evidence.tokens`)."""
    letters = {
        "verbs": "v", "adverbs": "R", "determiners": "D", "subordinators": "S", "prepositions": "I",
        "conjunctions": "C", "objects": "O", "pronouns": "P", "auxiliaries": "X", "times": "t",
    }  # fmt: skip
    words = load("words")
    return {word: letter for name, letter in letters.items() for word in words[name].split()}
