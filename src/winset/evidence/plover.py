"""PLOVER's classes as a second coding: what a statement does, or, where it only reports, what it reports."""

import re

from winset.domain.statements import Act

CLASSES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_BY_ACT: dict[Act, str] = {
    "demand": "REQUEST", "offer": "AGREE", "commitment": "AGREE", "concession": "CONCEDE", "refusal": "REJECT",
    "threat": "THREATEN", "accusation": "ACCUSE", "praise": "SUPPORT",
}  # fmt: skip
_REPORTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ASSAULT", re.compile(r"\b(?:attacked|bombed|shelled|struck|fired (?:on|at|rockets|missiles|first|shots)|shot (?:down|at|dead)|killed|invaded|raided|stormed|launched (?:an? )?(?:attack|strike|raid|missile|offensive)|hit by|torpedoed|assassinated|opened fire)\b", re.I)),
    ("COERCE", re.compile(r"\b(?:arrested|detained(?! (?:citizens|soldiers|nationals|persons|people))|seized|jailed|imprisoned|expelled|deported|blockaded|kidnapped|confiscated|hacked|imposed (?:a )?(?:curfew|martial law)|banned)\b", re.I)),
    ("MOBILIZE", re.compile(r"\b(?:mobili[sz]ed|massed|deployed|moved (?:\w+ ){1,3}(?:to the border|troops|brigades|forces)|call(?:ed)? up (?:\w+ )?reservists|put (?:\w+ ){1,4}on (?:high )?alert|sent (?:\w+ )?(?:troops|warships|tanks|forces))\b", re.I)),
    ("SANCTION", re.compile(r"\b(?:imposed (?:\w+ ){0,3}(?:sanctions|tariffs|embargo)|suspended|recalled (?:its|his|her|the) ambassador|broke off|cut (?:off )?(?:ties|relations|aid)|froze|(?:has|have|had|been|were|was) frozen|halted (?:aid|talks|trade)|withdrew from the (?:talks|treaty|pact|deal|accord)|walked out|cancell?ed)\b", re.I)),
    ("PROTEST", re.compile(r"\b(?:protested|demonstrated|took to the streets|marched|rallied|went on strike|rioted)\b", re.I)),
    ("RETREAT", re.compile(r"\b(?:withdr[ae]w\w* (?:\w+ ){0,3}(?:troops|forces|soldiers|brigades|units)|pulled back|retreated|ceased fire|laid down (?:their |its )?arms|disarmed|surrendered|demobili[sz]ed)\b", re.I)),
    ("CONCEDE", re.compile(r"\b(?:released|freed|lifted|eased|unfroze|gave up|dropped|resigned|yielded|accepted)\b", re.I)),
    ("AID", re.compile(r"\b(?:(?:sent|provided|delivered|donated|gave) (?:\w+ ){0,4}(?:aid|assistance|help|food|medicine|relief|weapons|loan|money|funds|grain)|evacuated|granted asylum)\b", re.I)),
    ("COOPERATE", re.compile(r"\b(?:shared (?:intelligence|data|information)|traded|joint (?:exercise|drill|patrol|venture)s?|cooperated|exchanged (?:prisoners|goods)|bought|sold)\b", re.I)),
    ("AGREE", re.compile(r"\b(?:(?:had|have|has|were|was)? ?agreed|reached (?:an? )?(?:\w+ )?(?:agreement|deal|accord|understanding)|agreement (?:was|had been|has been) reached)\b", re.I)),
    ("SUPPORT", re.compile(r"\b(?:signed|ratified|recogni[sz]ed|established (?:diplomatic )?(?:ties|relations)|endorsed|backed)\b", re.I)),
    ("CONSULT", re.compile(r"\b(?:met(?! with (?:anger|scorn|silence))|meet|meets|meeting|held talks|hold talks|talks (?:had |have )?(?:begun|began|took place|resumed|were held|continued)|talked|negotiated|discussed|conferred|visited|call(?:ed)? (?:took place|with)|phoned|spoke (?:by phone|to|with))\b", re.I)),
)  # fmt: skip
_PLAN = re.compile(r"\b(?:will|would|to|plan(?:s|ned)?|intend|may|could|might|likely|not|never|no)\b|n[’']t\b", re.I)


def event(act: Act, body: str) -> str | None:
    """The class of a statement; None where neither the act nor a reported event has one."""
    found = _BY_ACT.get(act)
    if found is not None:
        return found
    if act in ("forecast", "assessment"):
        return None
    first: tuple[int, str] | None = None
    for name, pattern in _REPORTED:
        match = pattern.search(body)
        if match is None or (first is not None and match.start() >= first[0]):
            continue
        if name == "CONSULT" or not _PLAN.search(body[max(0, match.start() - 25) : match.start()]):
            first = match.start(), name
    return first[1] if first is not None else None
