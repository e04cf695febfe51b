"""PLOVER's classes as a second coding: what a statement does, or, where it only reports, what it reports.

Source: the PLOVER event ontology (Open Event Data Alliance); whoever abducts or takes ground assaults, whoever seizes goods
or closes a newspaper coerces.
"""

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
_MANY = r"(?:[\w’'-]+ ){0,4}?"
_BEEN = r"(?:has|have|had|was|were|is|are)(?: also| now| just| since| again| already)?(?: been| being)?(?: \w+ly)? "
_FORCES = r"(?:troops?|forces?|soldiers?|army|brigades?|battalions?|divisions?|regiments?|units?|garrisons?|tanks|columns?|militia(?:s|men)?|fighters|marines|paratroopers)"
_FLEET = r"(?:warships?|frigates?|destroyers?|gunboats?|patrol boats|submarines?|(?:aircraft )?carriers?|fleets?|jets|bombers|fighter jets|drones|missiles|batteries|air defences)"
_RELIEF = (
    r"(?:aid|assistance|help|food|medicines?|relief|weapons|arms|ammunition|loans?|money|funds|funding|grants?|credit|tranche|grain|flour|wheat|rice|fuel|water|"
    r"ambulances?|tents?|blankets?|generators?|vaccines?|doses|pumps?|suppl(?:y|ies)|doctors|medics|nurses|rescuers|equipment|euros|dollars)"
)
_GOODS = r"(?:aid|deliver(?:y|ies)|exports?|imports?|shipments?|suppl(?:y|ies)|trade|talks|flights|gas|oil|power|electricity|water|credit|funding|ties|relations|contacts?|cooperation)"
_PAPERS = r"(?:proposal|plan|idea|motion|bill|offer|amendment|request|treaty|deal|draft|text|agreement|pact|accord|appeal|complaint|petition|bid|takeover|merger|map|formula|compromise|resolution|budget|budget bill)s?"
_TALKS = r"(?:talks|negotiations|consultations|discussions)"
_PACTS = r"(?:talks|negotiations|treaty|pact|deal|accord|agreement|summit|meeting|session|conference|race|bid|merger|coalition|consortium|race|alliance|market|contract|commission|council|organi[sz]ation)"
_HANDS = r"(?:workers|drivers|crews?|nurses|teachers|miners|staff|pilots|doctors|employees|dockers|porters|cleaners|students|members)"
_PLACES = r"(?:town|village|ridge|city|hill|hilltop|airfield|airport|port|island|islet|bridge|crossing|outpost|checkpoint|base|dam|district|province|region)s?"
_OFFICES = r"(?:offices?|homes?|houses?|flats?|newsrooms?|headquarters|premises|studios?|bureaus?|warehouses?|shops?|clinics?|schools?|newspapers?|stations?|channels?|websites?|union|party|parties)"
_REPORTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ASSAULT", re.compile(
        r"\b(?:attacked|bombed|bombarded|shelled|struck(?! (?:an? |the )?(?:\w+ )?(?:deal|bargain|agreement|accord|balance|compromise|note|chord|tone)\b| by\b| out\b| from\b)|strafed|rammed|ambushed|stabbed|besieged|"
        r"fired (?:on|at|into|rockets|missiles|shells|first|shots|upon)|(?:opened|exchanged|traded) fire|"
        rf"shot (?:down(?! (?:an? |the |its |their |his |her )?(?:\w+ )?{_PAPERS}\b)|at|dead)|(?:had|has|have|was|were|been) shot\b|killed(?! (?:the (?:mood|deal|bill|plan|talks)|off|time))|wounded|murdered|massacred|executed|tortured|beaten|invaded|"
        rf"stormed|raided(?! {_MANY}{_OFFICES}\b)|overran|overrun|launched (?:an? )?(?:\w+ )?(?:attacks?|strikes?|raids?|missiles?|offensive|assault|rockets?)|hit by|torpedoed|sunk|assassinated|kidnapped|abducted|hijacked|took {_MANY}hostages?|"
        rf"taken hostage|blew up|blown up|detonated|clashed|(?:seized|captured|taken|took|occupied) (?:the |a |two |three |four |several )?(?:\w+ )?{_PLACES}\b)\b")),
    ("COERCE", re.compile(
        rf"\b(?:arrested|detained(?! (?:citizens|soldiers|nationals|persons|people))|seized|impounded|jailed|imprisoned|interned|sentenced|expelled|deported|blockaded|confiscated|requisitioned|evicted|hacked|outlawed|raided(?= {_MANY}{_OFFICES}\b)|"
        rf"(?:shut|closed|closing|shutting)(?: down)? {_MANY}{_OFFICES}\b|dissolved (?:the |its |their )?(?:\w+ )?(?:party|parliament|union|council|assembly|board|movement)|dispersed (?:the |a )?(?:\w+ )?(?:crowds?|protesters|demonstrators|marchers|rally|march|strikers)|"
        r"(?:imposed|declared) (?:an? )?(?:\w+ )?(?:curfew|martial law|state of emergency|blockade)|(?:curfew|martial law|state of emergency|blockade) (?:has|had|was|been) ?(?:been )?(?:imposed|declared)|banned(?! (?:imports|exports|flights|sales)))\b")),
    ("MOBILIZE", re.compile(
        rf"\b(?:mobili[sz]ed|massed|deployed|moved (?:\w+ ){{1,3}}(?:to the border|troops|brigades|forces)|{_FORCES} (?:{_BEEN})?(?:moved|massed|gathered|sent|rushed|advanced|taken up positions)\b|{_FLEET} (?:{_BEEN})?(?:sent|moved|rushed|sailed|scrambled|put to sea|stationed)\b|"
        rf"call(?:ed)? up (?:\w+ ){{0,3}}?(?:reservists|reserves|conscripts|men)|(?:put|placed) (?:\w+ ){{0,4}}?on (?:high |full |red |combat |a war )?(?:alert|footing)|sent (?:\w+ ){{0,3}}?(?:{_FORCES}|{_FLEET})|dug in\b|test-?(?:fired|launched)|"
        r"(?:held|staged|began|started|conducted) (?:\w+ ){0,2}?(?:military|naval|live-fire|army|war) (?:\w+ )?(?:drills?|exercises?|manoeuvres|games))\b")),
    ("SANCTION", re.compile(
        rf"\b(?:imposed (?:\w+ ){{0,4}}?(?:sanctions|tariffs?|embargo|dut(?:y|ies)|lev(?:y|ies)|quotas?|bans?)|(?:raised|doubled|tripled) (?:\w+ ){{0,3}}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))|suspended|recalled (?:its|his|her|the|their) (?:\w+ )?(?:ambassadors?|envoys?|consuls?|mission|diplomats)|"
        rf"(?:broke|broken|breaking) off|severed|cut (?:off |back )?{_MANY}{_GOODS}\b|fro(?:ze|zen)|(?:halted|stopped|blocked|embargoed) {_MANY}{_GOODS}\b|(?:withdr[ae]wn?|pulled out|walked out|walked away|quit|stormed out) (?:from |of )?(?:the |its |their )?(?:\w+ )?{_PACTS}\b|"
        r"walked out|boycotted|blacklisted|cancell?ed|called off|banned (?:imports|exports|flights|sales)|closed (?:its|the|their) (?:\w+ )?(?:embassy|consulate|mission|market|airspace|border)|downgraded (?:\w+ ){0,2}(?:ties|relations))\b")),
    ("PROTEST", re.compile(
        rf"\b(?:protested(?! to\b)|protests? (?:had |has |have )?(?:broken out|broke out|spread|erupted)|demonstrated(?! (?:that|how|its|the|their|his|her)\b)|took to the streets|taken to the streets|marched (?:through|on|in|to|from|past|across|against|for|along)|rallied (?:against|in|outside|at|for|across)|(?:went|gone|going|was|were|are|been) on (?:a )?(?:\w+ )?strike|struck (?:for|over)|"
        rf"{_HANDS} (?:{_BEEN})?(?:walked out|downed tools|struck)\b|walked off the job|downed tools|picketed|rioted|(?:staged|held|began|joined) (?:an? )?(?:\w+ )?(?:sit-in|walk-?out|protest|rally|strike|march|vigil|demonstration|hunger strike)|"
        r"(?:blocked|occupied|barricaded) (?:the |a |several |all )?(?:\w+ )?(?:roads?|streets?|motorways?|highways?|tracks|square|entrances?|campus|factory|lecture hall))\b")),
    ("RETREAT", re.compile(
        rf"\b(?:withdr[ae]w\w* {_MANY}{_FORCES}|{_FORCES} (?:{_BEEN})?(?:withdrawn|withdrew|pulled out|pulled back|left|evacuated|vacated|abandoned)\b|pulled {_MANY}back|pulled {_MANY}out of (?!(?:the |its |their )?(?:\w+ )?{_PACTS})|retreated|"
        r"(?:stopped|ceased|halted|suspended) (?:all |the |its |their )?(?:firing|fire|shelling|shooting|bombardment|bombing|offensive|strikes|attacks|fighting|hostilities)|laid down (?:their |its )?(?:arms|weapons)|handed (?:over|in) (?:their |its )?(?:arms|weapons|rifles|guns)|"
        r"disarmed|surrendered|demobili[sz]ed|disbanded|stood down|(?:lifted|raised|ended) (?:the|its|their) (?:siege|blockade|occupation)|(?:declared|called|announced) (?:an? )?(?:\w+ )?(?:truce|ceasefire|cease-fire))\b")),
    ("CONCEDE", re.compile(
        r"\b(?:released(?! (?:an? |the |its |their |new )?(?:\w+ )?(?:statement|report|figures|video|photos?|data|text|letter|names|footage|draft|transcript))|freed|pardoned|amnestied|lifted|eased|relaxed|unfroze|gave up|given up|gave in|given in|backed down|climbed down|"
        r"(?:dropped|withdrawn|withdrew) (?:the|its|their|his|her|all|a|an) (?:\w+ ){0,3}?(?:demand|objection|charge|case|claim|veto|condition|suit|complaint|insistence|opposition)s?|(?:charges|demands|case|claims|objections) (?:had been|were|was|have been) dropped|"
        r"resigned|stepped (?:down|aside)|yielded|handed over (?:the |its |their |his |all )?(?:\w+ )?(?:hostages|captives|prisoners|power|bodies)|softened (?:its|their|his|her)|accepted)\b")),
    ("AID", re.compile(
        rf"\b(?:(?:sent|provided|delivered|gave|given|shipped|airlifted|flown|flew|granted|lent|disbursed|distributed|dropped|trucked|paid out|supplied) (?:in )?{_MANY}{_RELIEF}|donated|evacuated|rescued|granted {_MANY}(?:asylum|refuge|shelter)|took in {_MANY}(?:refugees|families|children|wounded)|"
        rf"{_RELIEF} (?:{_BEEN})?(?:delivered|sent|distributed|handed out|donated|flown in|shipped|airlifted|disbursed))\b")),
    ("COOPERATE", re.compile(
        rf"\b(?:shared (?:intelligence|data|information|readings|maps|figures)|joint (?:\w+ )?(?:exercise|drill|patrol|venture|manoeuvre|operation|survey|expedition)s?|cooperated|worked together|trained together|patrolled together|(?:exchanged|swapped) {_MANY}(?:prisoners|captives|bodies|remains|goods|data|detainees|hostages)|"
        rf"(?:bought|sold|supplied|traded|imported|exported) {_MANY}(?:gas|oil|grain|wheat|power|electricity|aircraft|planes|ships|arms|tanks|coal|fish|fertili[sz]er|timber|steel|goods|engines|reactors?)|extradited)\b")),
    ("REQUEST", re.compile(
        r"\b(?:demand(?:ed|ing|s)|request(?:ed|ing|s)|insist(?:ed|ing|s) (?:on|upon)|call(?:ed|ing|s) (?:for|on|upon)|asked (?:for|to|[\w’'-]+ (?:[\w’'-]+ )?(?:to|for))|asking (?:for|[\w’'-]+ to)|urg(?:ed|ing|es)|appeal(?:ed|ing|s) (?:for|to)|press(?:ed|ing|es) for|push(?:ed|ing|es) for|holding out for|held out for|"
        r"pleaded (?:for|with)|sought|seeking (?:an?|the|its|their)\b|petitioned)\b")),
    ("REJECT", re.compile(
        rf"\b(?:reject(?:ed|ing|s)|turn(?:ed|ing) down|refus(?:ed|ing|es)|rul(?:ed|ing|es) out|vetoed|rebuffed|spurned|snubbed|declined (?:to (?:sign|accept|meet|join|talk|negotiate|attend)|(?:the|an?) )|vot(?:ed|ing) (?:down|against)|"
        rf"(?:shot down|threw out|thrown out|dismissed|defeated|blocked|struck down|sent back|scuppered|torn up|tore up) (?:an? |the |its |their |his |her |all )?(?:\w+ )?{_PAPERS})\b")),
    ("THREATEN", re.compile(r"\b(?:threaten(?:ed|ing|s)|(?:issued|gave|given|delivered|set) (?:\w+ ){0,4}?(?:an ultimatum|ultimatum))\b")),
    ("ACCUSE", re.compile(
        r"\b(?:accus(?:ed|ing|es)|blam(?:ed|ing|es)|condemn(?:ed|ing|s)|denounc(?:ed|ing|es)|critici[sz](?:ed|ing|es)|charged (?:[\w’'-]+ ){1,5}?with|indicted|sued|convicted|impeached|found (?:[\w’'-]+ ){1,4}?guilty|"
        r"(?:filed|lodged|brought|launched) (?:an? |the |its |their )?(?:\w+ )?(?:suit|lawsuit|complaint|case|charges|protest|claim|action)|(?:opened|launched|began|ordered) (?:an? )?(?:\w+ )?(?:inquiry|investigation|probe))\b")),
    ("AGREE", re.compile(
        r"\b(?:(?:had |have |has |were |was )?agreed(?! with\b)|(?:promis|pledg)(?:ed|ing)|vow(?:ed|ing)|consented|undertaken|undertook|offer(?:ed|ing)(?! no\b)|propos(?:ed|ing)|initialled|initialed|(?:come|came) to terms|settled (?:the|their) (?:dispute|strike|quarrel|claim|case)|"
        r"(?:reached|struck|clinched|concluded|sealed|hammered out) (?:an? )?(?:\w+ ){0,2}?(?:agreement|deal|accord|understanding|pact|settlement|bargain|compromise|truce)|"
        r"(?:agreement|deal|accord|understanding|settlement|compromise|pact|bargain) (?:was|had been|has been|were|is) (?:\w+ly )?(?:reached|struck|clinched|concluded|sealed|agreed))\b")),
    ("SUPPORT", re.compile(
        r"\b(?:signed|ratified|recogni[sz]ed|(?:re-?)?established (?:full |diplomatic |formal )*(?:ties|relations)|restored (?:full |diplomatic |formal |normal )*(?:ties|relations)|(?:ties|relations) (?:had been|were|have been) (?:restored|re-?established)|"
        r"endorsed|backed(?! (?:into|away|down|off|out|up|by)\b)|praised|hailed|congratulated|thanked|welcomed|apologi[sz]ed|(?:opened|reopened) (?:an?|its|the|their) (?:\w+ )?(?:embassy|consulate)|voted (?:for|in favou?r))\b")),
    ("CONSULT", re.compile(
        rf"\b(?:(?:met|meet|meets|meeting)(?! (?:with (?:anger|scorn|silence|resistance|applause|derision|contempt)|(?:the |all |its |their |our |his |her |every |no |any )?(?:\w+ )?(?:expectations|targets?|deadlines?|criteria|conditions|demand|demands|standards?|needs?|costs?|requirements?|obligations?)\b))|held {_TALKS}|hold {_TALKS}|"
        rf"{_TALKS} (?:had |have |has )?(?:begun|began|started|took place|taken place|resumed|restarted|reopened|were held|continued|went on|been held|opened)|talked|negotiated|discussed|conferred|visited|lunched|dined|mediated|"
        r"received (?:the |an? |his |her |its )?(?:[\w’'-]+ ){0,3}?(?:delegations?|envoys?|ministers?|ambassadors?|presidents?|premier|emissar(?:y|ies)|mediators?|negotiators?|leaders?|visitors)|travell?ed to|flew to|flown to|"
        r"call(?:ed)? (?:took place|with)|phoned|telephoned|spoke (?:by (?:tele)?phone|on the phone|to|with)|spoken (?:by (?:tele)?phone|on the phone|to|with))\b")),
)  # fmt: skip
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nothing|hardly|without|den(?:y|ies|ied)|cannot)\b|n[’']t\b", re.I
)
_OF_NOBODY = re.compile(r" (?:nobody|no one|none|nothing)\b")
_PLAN = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned)?|intend(?:s|ed)?|may|could|might|likely|if|unless)\b|\bto (?:\w+ly )?\Z", re.I
)
BEFORE = 25  # characters before an event in which it may turn out to be planned or denied


def event(act: Act, body: str) -> str | None:
    """The class of a statement; None where neither the act nor a reported event has one."""
    found = _BY_ACT.get(act)
    if found is not None:
        return found
    if act in ("forecast", "assessment"):
        return None
    low = body.lower()
    first: tuple[int, str] | None = None
    for name, pattern in _REPORTED:
        match = pattern.search(low)
        if match is None or (first is not None and match.start() >= first[0]):
            continue
        before = low[max(0, match.start() - BEFORE) : match.start()]
        if (
            not _DENIED.search(before)
            and not _OF_NOBODY.match(low, match.end())
            and (name == "CONSULT" or not _PLAN.search(before))
        ):  # a meeting to come is one
            first = match.start(), name
    return first[1] if first is not None else None
