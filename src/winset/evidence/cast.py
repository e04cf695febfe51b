"""Who appears in the record: parties named by the voices, with the people who speak for them."""

import re
from collections.abc import Sequence

from winset.domain.actors import Party, Person, slug
from winset.domain.statements import Statement
from winset.evidence.naming import LONGEST_NAME
from winset.evidence.parties import states


def cast(statements: Sequence[Statement], known: Sequence[Party] = ()) -> tuple[Party, ...]:
    """The `known` parties, then those that speak or are spoken of, in the order of their first appearance.

    People are added to their party with the role that the text gives them.
    """
    names = {slug(state): state for state in states().values()}
    for statement in statements:
        voice = statement.speaker
        if voice.party and voice.name and voice.party not in names and (own := _own_words(voice.party, voice.name)):
            names[voice.party] = own
    found: dict[str, Party] = {party.id: party for party in known}
    people: dict[str, dict[str, Person]] = {}
    for statement in statements:
        for id in (statement.speaker.party, statement.about):
            if id and id not in found:
                found[id] = Party(id=id, name=names.get(id) or id.replace("-", " ").title())
        voice = statement.speaker
        if voice.kind == "named" and voice.party and voice.name:
            listed = people.setdefault(voice.party, {})
            if voice.name not in listed or (voice.role and not listed[voice.name].role):
                listed[voice.name] = Person(voice.name, voice.role)
    return tuple(_with_people(party, list(people.get(party.id, {}).values())) for party in found.values())


def _own_words(id: str, name: str) -> str | None:
    """The part of a name that the id is made of: "Varland" of "Varland's government"."""
    if len(name) > LONGEST_NAME:
        return None
    words = name.split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            part = re.sub(r"[’']s?\Z", "", " ".join(words[start:end]))
            if slug(part) == id:
                return part
    return None


def _with_people(party: Party, more: list[Person]) -> Party:
    had = {person.name for person in party.people}
    whole = {one.name for one in (*party.people, *more) if " " in one.name}
    more = [one for one in more if " " in one.name or sum(name.endswith(f" {one.name}") for name in whole) != 1]
    return Party(
        id=party.id, name=party.name, aliases=party.aliases, fictional=party.fictional,
        people=(*party.people, *(person for person in more if person.name not in had)),
    )  # fmt: skip
