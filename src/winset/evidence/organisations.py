"""What kind of party a name is of, by its nouns: a union, a firm, a political body or a state; and the words that parties go by."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

_UNION = r"United|Solidarity|Union|Unions|Cooperative|Co-operative|Guild|Brotherhood|Syndicate|Federation|Association|Confederation|Congress|Chamber|Council"
_POLITICAL = (
    r"Voters|Nationalists|Communists|Populists|Independents|Reformists|Centrists|Radicals|Workers|Party|League|List|Alliance|Front|Movement|Liberals|Greens|Democrats|Conservatives|Socialists|Left|Bloc|Coalition|Group|"
    r"Market|Conference|Community|Forum|Authority|Army|Rebels|Assembly|Pact|Islands|States|Commission|Republic|Kingdom|Emirate|Emirates|Territories|Committee|Agency|Organi[sz]ation|Society|Campaign|Network|Club|Tribe|Nation|Nations|Band|Church|Diocese|Secretariat|Consortium|Foundation|Fund|Together"
)
_FIRM = (
    r"Ferries|Railways|Railway|Rail|Airlines|Airways|Air|Motors|Steel|Mines|Mining|Holdings|Industries|Ports|Lines|Corporation|"
    r"Company|Logistics|Energy|Power|Works|Shipyards|Foods|Stores|Hospitals|Hospital|Transit|Transport|Buses|Post|Mills|Studios|"
    r"Board|Pharma|Systems|Electric|Cars|Trucks|Cement|Chemicals|Plc|Inc|Group|University|Metro|Trust|Express|Freight|Dairies|AG|SE|SA|SpA|GmbH|NV|BV|Ltd|LLC|PLC|AB|ASA|Oyj|Corp|Co|Capital|Partners|Brewery|Brewing|Bank|Insurance|Ceramics|Glass|Paper|Textiles|"
    r"Semiconductors|Aerospace|Aviation|Airport|Docks|Terminals|Haulage|Coaches|Cargo|Stevedores|Refining|Petroleum|Oil|Gas|Water|Telecom|Media|Press|Pumps|Machines|Tools|Robotics|Biotech|Laboratories|Labs|Clinics"
)
_FOREIGN = {
    "union": "Sindicato Syndicat Sindacato Sindikat Gewerkschaft Fagforbund Forbundet Vakbond Związek Unión União Associação Asociación Associació Associazione Verband "
    "Federación Federação Fédération Federazione Confederación Confédération Cámara Câmara Chambre Kammer Comité Comitato Consejo Conselho Conseil Persatuan Gremio",
    "political": "Partido Parti Partito Partei Partiet Stranka Lista Liga Blok Bloque Movimiento Movimento Mouvement Frente Fronte Alianza Aliança Alianța Coalición Savez "
    "Allianz Izquierda Esquerra",
    "firm": "Compañía Companhia Compagnie Compagnia Gesellschaft Empresa Grupo Groupe Gruppe Banco Banque Société Sociedad",
}  # what bodies' names begin or end with in other languages
_FOREIGN_KIND = {word: kind for kind, words in _FOREIGN.items() for word in words.split()}


def _foreign_kind(name: str) -> str | None:
    """The kind of a body by the first or the last word of its name in another language."""
    words = name.split()
    return (_FOREIGN_KIND.get(words[0]) or _FOREIGN_KIND.get(words[-1])) if len(words) > 1 else None


NOUNS = rf"(?:{_UNION}|{_POLITICAL}|{_FIRM})"
NOUN = re.compile(rf"{NOUNS}\Z")
PAPER = re.compile(
    r"\b(?:Today|Courier|Herald|Tribune|Times|Gazette|Journal|Chronicle|Observer|Mail|Telegraph|Echo|Mirror|Newsletter|Bulletin|Wire|Radio|Broadcasting|Television|Dispatch|Ledger|Press|News|(?:News|Press|Wire) (?:Agency|Service)|Dagblad|Avis|Tidende|Zeitung|Jornal|Correio|Messenger|Sentinel|Examiner|Standard|Inquirer|Review|Shimpo|Shimbun|Ilbo|Gazeta|Gazette|Kurier|Blatt|Tidning|Tidningen|Bladet|Diario|Diário|(?:Morning|Evening|Daily|Sunday|Weekly) \w+)\Z|\ARadio \w"
)  # who reports and takes no part
PLURAL = re.compile(r"(?:s)\Z")
_IS_UNION = re.compile(rf"(?:{_UNION})\Z")
_IS_FIRM = re.compile(rf"(?:{_FIRM})\Z")
LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files("winset.evidence").joinpath("lexicons", "sides.toml").read_text(encoding="utf-8")).items()
}  # fmt: skip
PRONOUNS = LISTS["pronouns"]
NAMES = 5_000  # different names of a record that are looked at


@dataclass(slots=True)
class Side:
    """A party that the words show. `kind` is "union", "firm", "political" or "state"."""

    id: str
    name: str
    kind: str
    names: set[str] = field(default_factory=set)
    people: dict[str, str | None] = field(default_factory=dict)
    country: bool = False  # whether the words show that it is a state, and no firm of which nothing is told


_WORKERS = re.compile(
    r" (?:[A-Z][a-z]{0,14})?(?:[Ww]orkers|[Ww]riters|[Dd]ockers|Teamsters|Machinists|Longshoremen|[Dd]rivers)\Z"
)  # "United Steelworkers"


@lru_cache(maxsize=4 * NAMES)
def is_body(name: str) -> bool:
    """Whether a name has an organisation's noun, at its end or before "of"."""
    bare = re.split(r" (?:of|for|de|du) ", name)[0]
    if _foreign_kind(name) is not None:
        return True
    return bool(NOUN.search(name) or NOUN.search(bare) or _WORKERS.search(bare))


def head_of_name(name: str) -> str:
    return re.split(r" (?:of|for|de|du) ", name)[0].split()[-1]


_TRADE = re.compile(
    r"(?<![\w-])(?i:(?:[\w-]{0,20}?(?P<trade>writers|workers|drivers|actors|teachers|players|dockers|miners|engineers|cleaners|carers|lecturers|firefighters|performers|"
    r"directors|editors|doctors|nurses|pilots|musicians|journalists|stewards|attendants|controllers|postmen|clerks|staff|crews?|porters|"
    r"librarians|dancers|machinists|electricians|paramedics|midwives|physicians|pharmacists|scientists|researchers|sailors|seafarers|"
    r"labou?rers|employees|servants|porters|guards|couriers|riders|packers|assemblers|welders|longshoremen)))[’']?"
)  # who is paid
_EMPLOYERS = re.compile(
    r"(?<![\w-])(?i:(?:[\w-]{0,20}?(?:producers|employers|shipowners|owners|operators|manufacturers|publishers|retailers|carriers|contractors|broadcasters|"
    r"hoteliers|restaurateurs|builders|industrialists|landlords)))[’']?"
)  # who pays


def trade_of(word: str) -> str:
    """The trade that a word of a union's name ends in: "writers" of "Screenwriters"; the word itself where it is none."""
    found = _TRADE.fullmatch(word)
    return found["trade"].lower() if found else word.lower()


def is_of_workers(name: str) -> bool:
    """Whether a body is one of those who work, by a trade in its name."""
    return any(_TRADE.fullmatch(word) for word in name.split())


_MEMBERS = re.compile(
    r"(?<![\w’'-])(?P<who>[A-ZÀ-Þ]?[a-zà-þ]{2,24}(?:[eo]rs|[ia]sts|[ea]nts|ians|ees|men|women))(?![\w-])"
)
_NO_MEMBERS = re.compile(
    r"(?:members?|partners|brothers|sisters|leaders|ministers|powers|rivers|waters|papers|matters|borders|cent(?:er|re)s|orders|tigers|letters|others|servers|"
    r"motors|sectors|doors|factors|investments|residents|governments|parliaments|committees|trees|rights|events|continents|guarantees|instruments|humans?)\Z",
    re.IGNORECASE,
)


def members_of(name: str) -> list[str]:
    """The plurals in a body's name of whom it is: "Rectors" of the "Rectors' Conference", "Farmers" and "Fishers" of their League."""
    if not is_body(name):
        return []
    return [one["who"] for one in _MEMBERS.finditer(name) if not _NO_MEMBERS.match(one["who"])]


def _members_kind(name: str) -> str | None:
    """The kind that a body's members give it: "Screenwriters Alliance" is a union, "Producers' Council" speaks for firms."""
    if not is_body(name) or " " not in name:
        return None
    words = [word for word in name.split() if word[0].isupper()]
    if any(_TRADE.fullmatch(word) for word in words):
        return None if re.search(r"\b(?:Party|List)\b", name) else "union"
    return "firm" if any(_EMPLOYERS.fullmatch(word) for word in words) else None


_SO_MANY = re.compile(r"(?:Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Twenty)")  # "Southern Seven": a group of states


def kind_by_noun(name: str) -> str:
    if " & " in name:
        return "firm"
    if (foreign := _foreign_kind(name)) is not None:
        return foreign
    members = _members_kind(name)
    if members is not None:
        return members
    if " and " in name and is_of_workers(name):  # "United Nurses and Carers"
        return "union"
    head = head_of_name(name)
    return (
        "union"
        if _IS_UNION.fullmatch(head)
        else "firm"
        if _IS_FIRM.fullmatch(head)
        else "political"
        if NOUN.fullmatch(head) or (" " in name and _SO_MANY.fullmatch(head))
        else "state"
    )
