"""What a party did, told as done: "suspended its tariff", "has released 20 prisoners". A deed shows where it stands without words."""

import re

_DONE = (
    r"released|freed|handed over|handed back|returned|halted|stopped|ended|suspended|lifted|eased|reopened|opened|closed|shut|withdrew|withdrawn|pulled (?:back|out)|"
    r"imposed|reimposed|introduced|reintroduced|raised|cut|lowered|reduced|scrapped|abolished|resumed|restored|paid|froze|frozen|unfroze|unblocked|unlocked|called off|cancelled|canceled|"
    r"postponed|paused|recogni[sz]ed|banned|doubled|halved|tripled|exempted|admitted|reinstated|removed|extended|tightened|relaxed|loosened|evacuated|exchanged|swapped|"
    r"stepped up|enlarged|expanded|increased|widened|guaranteed|halted|granted|dropped|resettled|deported|disarmed|dismantled|destroyed|walked out|locked out|went on strike|returned to work|broke off|left|quit|joined"
)
DID = re.compile(
    rf",? (?=\w)(?:(?:has|have|had|also|now|then|finally|already|instead|meanwhile|later|first|quietly|formally|on \w+day|this week|last week|overnight),? )*(?P<verb>{_DONE})(?![\w’'-])"
)
_DEED = re.compile(rf"(?:(?:has|have|had|also|now|then|already) )*(?:{_DONE})")
_CARRIED = re.compile(
    rf"\b(?:{_DONE}|gave|given|sent|delivered|provided|transferred|supplied|shipped|disbursed|repaid|waived|forgave|forgiven|written off|"
    r"withdrew|moved|brought|turned over|carried out|implemented|honou?red|built|rebuilt|invested)\b", re.IGNORECASE
)  # fmt: skip
_NOT_YET = re.compile(
    r"\b(?:to|would|will|could|can|may|might|should|shall|must|be|being|not|never|no|nothing|none|yet|if|once|unless|until|after|before|"
    r"offer\w*|promis\w+|pledg\w+|propos\w+|agree\w*|accept\w*|demand\w*|ask\w*|insist\w*|vow\w*|want\w*|threat\w*|refus\w+|reject\w*|"
    r"declin\w+|deni\w+|decid\w+|undert\w+|committed|guarantee\w*|consider\w*|suggest\w*|urg\w+|call\w*|plan\w*|prepar\w+|ready|willing|\w+n[’']t)\b",
    re.IGNORECASE,
)
_AHEAD = 160  # characters ahead of a deed in which it may turn out to be none
DEED = "a deed that is told, not words"


def carried_out(words: str) -> bool:
    """Whether words in the past tense tell of something done ("has released 20 prisoners"), not of something said, offered, agreed to
    or asked for ("has offered to release", "had agreed that they would be released")."""
    return any(
        not _NOT_YET.search(words, max(0, one.start() - _AHEAD), one.start()) for one in _CARRIED.finditer(words)
    )


def is_deed(cue: str) -> bool:
    """Whether a verb tells what a party did and not what it said: "suspended", "has released"."""
    return _DEED.fullmatch(cue) is not None
