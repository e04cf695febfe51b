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
DEED = "a deed that is told, not words"


def is_deed(cue: str) -> bool:
    """Whether a verb tells what a party did and not what it said: "suspended", "has released"."""
    return _DEED.fullmatch(cue) is not None
