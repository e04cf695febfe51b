"""Capabilities of the states in the Council of the European Union by treaty period: public facts.

Votes before Nice: Treaty establishing the European Community, art. 148 (later 205). Votes under Nice: Declaration on
the enlargement annexed to the Treaty of Nice. After it, where population decides: Eurostat, 1 January 2019, thousands.
"""

BEFORE_NICE = {
    "de": 10, "fr": 10, "it": 10, "uk": 10, "es": 8, "be": 5, "el": 5, "nl": 5, "pt": 5, "at": 4, "se": 4,
    "dk": 3, "ie": 3, "fi": 3, "lu": 2,
}  # fmt: skip
NICE = {
    "de": 29, "fr": 29, "it": 29, "uk": 29, "es": 27, "pl": 27, "ro": 14, "nl": 13, "be": 12, "cz": 12, "el": 12,
    "hu": 12, "pt": 12, "at": 10, "bu": 10, "se": 10, "dk": 7, "ie": 7, "lt": 7, "sk": 7, "fi": 7, "cr": 7, "ee": 4,
    "lv": 4, "si": 4, "cy": 4, "lu": 4, "mt": 3,
}  # fmt: skip
POPULATION = {
    "de": 83019, "fr": 67013, "uk": 66647, "it": 60360, "es": 46937, "pl": 37973, "ro": 19414, "nl": 17282,
    "be": 11456, "el": 10725, "cz": 10650, "pt": 10277, "se": 10230, "hu": 9773, "at": 8859, "bu": 7000, "dk": 5806,
    "fi": 5518, "sk": 5450, "ie": 4904, "cr": 4076, "lt": 2794, "si": 2081, "lv": 1920, "ee": 1325, "cy": 876,
    "lu": 614, "mt": 494,
}  # fmt: skip
INSTITUTIONS = ("com", "ep")  # as strong as the strongest state taking part
STATES = tuple(POPULATION)


def period(year: int) -> str:
    """The period in which a decision of `year` fell."""
    return "before Nice" if year <= 2004 else "Nice" if year <= 2014 else "population"


def capabilities(actors: list[str], when: str) -> list[float]:
    """One number an actor; a state without votes in the period counts as the weakest that takes part."""
    table = {"before Nice": BEFORE_NICE, "Nice": NICE, "population": POPULATION}[when]
    present = [table[a] for a in actors if a in table]
    if not present:
        return [1.0] * len(actors)
    return [float(max(present) if a in INSTITUTIONS else table.get(a, min(present))) for a in actors]
