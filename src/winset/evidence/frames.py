"""What is done about a point that is spoken of: asked for, turned down, dropped; and the words that say so."""

import re
from dataclasses import dataclass
from typing import Literal

Stand = Literal["for", "against", "drops"]

NEGATION = re.compile(
    r"\b(?:not|never|no(?! (?:objections?|longer|later|less|fewer|more than))|none|nothing|neither|nor|without|against|cannot|\w+n't|won't|oppos\w+(?! (?:party|leader|parties))|"
    r"reject\w*|refus\w+|rul(?:e|es|ed|ing) out|dismiss\w*|exclud\w+|object(?:s|ed)? to|resist\w*|block(?:s|ed|ing)?|"
    r"veto(?:es|ed)?|turn(?:s|ed|ing)? down|unrealistic|instead of|rather than|declin\w+|stay\w* out of|stop\w*|"
    r"out of the question|unlikely|vote[sd]? against|spurn\w*|rebuff\w*|balk\w* at|dig\w* in against|condemn\w*|scoff\w* at|(?:an |the |any |immediate |complete |total )?(?:end|ban|halt|stop|moratorium|freeze|curb)s? (?:to|on|of)(?: all| any| the)?)\b"
)
ASKING = re.compile(
    r"\b(?:want(?:s|ed|ing)?|would like|demand(?:s|ed|ing)?|insist(?:s|ed|ing|ence)?|accept\w*|ready|willing|prepared|open to|support\w*|"
    r"back(?:s|ed|ing)?|agree(?:s|d|ing)?|offer(?:s|ed|ing)?|propos\w+|call(?:s|ed|ing)?(?: \w+){0,4} (?:for|on|to)|urg(?:e|es|ed|ing)|seek\w*|"
    r"sought|ask(?:s|ed|ing)? (?:for|that|to)|asks|asked|asking|can live with|live with|commit\w*|pledg\w+|promis\w+|vow\w*|favou?r\w*|requir\w+|"
    r"no objections?|condition\w*|aim(?:s|ed)? (?:at|to)|push(?:es|ed|ing)? for|press(?:es|ed|ing)? (?:for|\w+ to)|threaten\w*|"
    r"prefer\w*|request\w*|free to|intend\w*|determined to|settl\w+ (?:for|on)|stick\w* to|stuck to|stands? by|stood by|hold\w* out for|held out for|"
    r"welcom\w*|endors\w+|embrac\w+|advocat\w+|campaign\w* for|fight\w* for|plead\w* for|lobb\w+ for|claim(?:s|ed)?|suggest\w*|"
    r"concede[sd]?|consent\w*|sign(?:s|ed)? (?:up|on) to|signed|held out (?!for\b|against\b)|hold(?:s|ing)? out (?!for\b|against\b)|plan(?:s|ned|ning)? to|allow\w*|let|defend\w*|confirm\w*|announc\w+|"
    r"(?:rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|cuts?|cutting|reduc(?:e|es|ed|ing)|trim(?:s|med|ming)?|slash(?:es|ed|ing)?|increas(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|sweeten(?:s|ed|ing)?) "
    r"(?:its|their|the|his|her|our)(?: \w+){0,3}? (?:offer|demand|bid|target|claim)s?|"
    r"le(?:ft|aves?) (?:the door )?open|kept? (?:the door )?open|put(?:s|ting)? forward|went to|goes to|go to|moved? (?:its|their) date|stays? at|stayed at|is for|are for|hope[sd]? (?:for|to)|"
    r"expect(?:s|ed)? (?:it|them|us|the other)|make[s]? (?:it )?a condition|table[sd]|float(?:s|ed)|present(?:s|ed)|provid(?:e|es|ed)(?! that)|invit\w+)\b"
)
OBLIGING = re.compile(
    r"\b(?:must|should|shall|has to|have to|had to|needs? to|ought to|needed to|needs?|needed|is to be|are to be)\b"
)
INTENDING = re.compile(r"\b(?:will|would|could|can|may|might|'ll|going to)\b")
_GIVE = (
    r"(?:drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?|scrap(?:s|ped|ping)?|shelv(?:e|es|ed|ing)|waiv(?:e|es|ed|ing)|renounc\w+|"
    r"g(?:ive|ives|ave|iven|iving) up(?: on)?|back(?:s|ed|ing)? (?:down|away|off)(?: from| on)?|walk(?:s|ed|ing)? (?:back|away from)|"
    r"soften(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)?|relax(?:es|ed|ing)?|retreat(?:s|ed|ing)? (?:from|on)|set(?:s|ting)? aside|lift(?:s|ed|ing)?|"
    r"climb(?:s|ed|ing)? down (?:from|on)|eas(?:e|es|ed|ing)|overc[ao]me)"
)
_OWN = r"(?: \w+){0,2}? (?:its|their|his|her|the|a|an|all|any|some|most|much)?(?: (?!of\b)\w+){0,3}? ?"
_CLAIM = r"(?:demands?|calls?|claims?|insistence|requests?|requirement|conditions?|bids?|push|plans?|proposals?|threats?|ideas?|support|hopes?|wish|ultimatum|list|offers?)\b"
_REFUSAL = r"(?:opposition|objections?|resistance|vetoe?s?|veto|refusal|reservations?|rejection|blockade)\b"
DROPS_CLAIM = re.compile(
    rf"\b{_GIVE}{_OWN}{_CLAIM}|\bno longer (?:\w+ )?(?:insist|demand|ask|seek|requir|want|call|press|push|request|claim)\w*|"
    r"\b(?:drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?|conced(?:e|es|ed|ing)|relax(?:es|ed|ing)?|walk(?:s|ed|ing)? back|"
    r"back(?:s|ed|ing)? (?:down|away|off) (?:from|on)|soften(?:s|ed|ing)?)\b|"
    r"\bstopped (?:insisting|demanding|asking|calling)\b|\bno longer (?:(?:feels?|felt|is|was|are|were|considers?|considered) )?(?:itself |themselves )?(?:bound by|stands? by|stood by)\b"
)
DROPS_REFUSAL = re.compile(
    rf"\b{_GIVE}{_OWN}{_REFUSAL}|\bno longer (?:\w+ )?(?:oppos|object|reject|rul|resist|refus|block|veto)\w*(?: out)?|"
    r"\bstopped (?:opposing|resisting|blocking)\b"
)
_DIRECTS = re.compile(
    r"\b(?:demand\w*|call\w* (?:for|on)|urg\w+|insist\w*|want(?:s|ed)?|ask(?:s|ed|ing)?|must|should|press\w*|told|order\w*|request\w*|has to|have to)\b"
)
_TAKING = re.compile(r"\b(?:tak(?:e|es|en|ing)|took|put(?:s|ting)?)\b")
NO_OFFER = re.compile(
    r"\b(?:would|will|could|may|might) (?:\w+ly )?(?:gain|lose|win|cost|fall|rise|grow|shrink|suffer|happen|collapse|fail|be (?:hit|hurt|lost|better|worse|surprised|difficult|hard|easier))\b"
)  # what follows from a condition, where nobody bargains
GONE = re.compile(r"\A(?:\S+ ){0,5}?(?:off the table|aside)\b")
_TURNED_DOWN = re.compile(
    r"\A(?:\S+ ){0,7}?(?:unrealistic|unacceptable|out of the question|impossible|off the table|not an option|not acceptable|"
    r"absurd|non[- ]?starter|a red line|(?:is|are|was|were|be|been) (?:not |ruled out|rejected|excluded|refused|never)|(?:will|would|shall|can|could|must|may) (?:not|never)\b)"
)
_NOTHING_THEN = re.compile(
    r"\A(?:\S+ ){0,6}?(?:no (?:deal|truce|ceasefire|agreement|treaty|accord|peace|talks|signature|settlement|contract|vote|point|progress|way|question)|nothing|"
    r"(?:will|would|can|could|do|does|shall) not (?:sign|agree|accept|vote|talk|negotiate|stop|return|come|move)|cannot (?:sign|agree|accept|vote|talk|negotiate)|never)\b"
)
_NOT_GOING = re.compile(
    r"\A(?:\S+ ){0,4}?(?:(?:is|are|must|has to|have to|should|will|would) (?:come|go|follow|happen|begin|start|end|be (?:agreed|signed|part|included|met|lifted|paid))|"
    r"on the table\b(?! of)|"
    r"(?:is|are|was|were) (?:[\w']+ ){0,3}?(?:last word|final offer|last offer|final word|limit|bottom line|minimum|maximum|floor|ceiling)|"
    r"(?:is|are) (?:all|what|as far as|the most|the least|our|the (?:only|minimum|maximum|limit|floor))|"
    r"(?:is|are|was|were) (?:possible|acceptable|welcome|fine|enough|needed|necessary|essential|indispensable|vital|overdue|wanted|inevitable)|"
    r"would (?:do|suffice|be (?:enough|acceptable|welcome|fine)))\b"
)
_NOUN_OF = re.compile(r"(?:end|ban|halt|stop|moratorium|freeze|curb)s? (?:to|on|of)")
_NEXT_THING = re.compile(r" and (?:for )?(?:an?|the|to|its|their|more|higher|new|\d)\b")
_ALREADY = re.compile(r"\b(?:after|having|since|already|had|has|have)\b")
_STANDS = frozenset(
    [
        "stay",
        "stays",
        "remain",
        "remains",
        "stayed",
        "remained",
        "stop",
        "stops",
        "end",
        "ends",
        "must",
        "keep",
        "keeps",
        "kept",
        "belong",
        "belongs",
    ]
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is done about a phrase. `firm` is 1 for a verb of asking or refusing and less for a bare "would"."""

    stand: Stand
    because: str
    firm: float = 1.0
    spent: bool = False
    directed: bool = False  # asked of the other side, by whoever speaks
    bare: bool = False  # no more than "would" or "could" ahead of it


def framed(
    cue: str, before: str, between: str, after: str, phrase: str, *, declared: bool, governs: bool, bound: bool = False
) -> Frame | None:
    """The frame of a phrase by the words around it, None where it is only mentioned.

    before, after  the clause up to the phrase and from it on; `between` its words that the phrase leaves open; `cue` the verb
                   of saying
    bound          a number that a negation only bounds ("cannot go beyond 5 per cent")
    declared       a party's own words, in which "X stays" is a position although nobody asks for anything
    governs        the cue rules the clause of the phrase, and not one before
    """
    lead = f"{cue} {before}" if governs else before
    refusal = DROPS_REFUSAL.search(lead)
    if refusal:
        return Frame("for", f"“{refusal.group().strip()}” stops refusing it")
    dropping = DROPS_CLAIM.search(lead)
    if dropping is not None:
        ahead = lead[: dropping.start()]
        if NEGATION.search(ahead):
            return Frame("for", f"“{dropping.group().strip()}” is what it will not do")
        if _DIRECTS.search(ahead):
            return Frame("against", f"“{dropping.group().strip()}” is asked of the other side", directed=True)
    taken = _TAKING.search(before) if GONE.search(after) else None
    if gone := dropping or taken:
        word = gone.group().strip()
        spent = bool(_ALREADY.search(lead))
        return Frame("drops", f"“{word}” says that it is no longer asked for", spent=spent)
    found = [
        one
        for one in NEGATION.finditer(before)
        if not (_NOUN_OF.search(one.group()) and _NEXT_THING.search(before, one.end()))
    ]  # "a ban on driverless cranes and a rise of" bars no rise
    found += NEGATION.finditer(between)
    if governs and (ruled := NEGATION.search(cue)):
        found.append(ruled)
    turned = None if found and re.match(r"(?:\S+ ){0,5}?as\b", after) else _TURNED_DOWN.search(after)
    if found and found[-1].group() == "without" and turned is None:
        turned = _NOTHING_THEN.match(after)  # "without all the prisoners there is no deal"
    negations = len(found) + (turned is not None)
    asked = ASKING.search(lead) or OBLIGING.search(f"{before} {between}")
    if negations % 2 and bound:
        return Frame("for", "it says how far it goes")
    if negations % 2:
        word = (found[0] if found else turned).group()  # type: ignore[union-attr]  # one of the two was found
        return Frame("against", f"“{' '.join(word.split())}” turns it down")
    if asked is not None:
        return Frame("for", f"“{asked.group()}” asks for it or takes it")
    if negations:
        return Frame("for", f"“{found[0].group()}” and a second negation take it" if found else "two negations take it")
    bare = INTENDING.search(f"{before} {between}")
    if bare is not None:
        return Frame("for", f"“{bare.group()}” takes it", 0.8, bare=True)
    coming = _NOT_GOING.search(after)
    if coming is not None:
        return Frame("for", f"“{coming.group().strip()}” asks for it", 0.8)
    if declared and (phrase.startswith("no ") or _STANDS & set(phrase.split())):
        return Frame("for", "a declaration of its own", 0.7)
    return None
