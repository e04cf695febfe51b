"""Who appears in the record: parties named by the voices, with the people who speak for them."""

from collections.abc import Sequence

from winset.domain.actors import Party, Person, slug
from winset.domain.statements import Statement, Voice
from winset.evidence.parties import states


def cast(statements: Sequence[Statement], known: Sequence[Party] = ()) -> tuple[Party, ...]:
    """The `known` parties, then those that speak or are spoken of, in the order of their first appearance.

    People are added to their party with the role that the text gives them.
    """
    names = {slug(state): state for state in states().values()}
    found: dict[str, Party] = {party.id: party for party in known}
    people: dict[str, dict[str, Person]] = {}
    for statement in statements:
        for id in (statement.speaker.party, statement.about):
            if id and id not in found:
                found[id] = Party(id=id, name=names.get(id) or _called(id, statement.speaker))
        voice = statement.speaker
        if voice.kind == "named" and voice.party and voice.name:
            listed = people.setdefault(voice.party, {})
            if voice.name not in listed or (voice.role and not listed[voice.name].role):
                listed[voice.name] = Person(voice.name, voice.role)
    return tuple(_with_people(party, list(people.get(party.id, {}).values())) for party in found.values())


def _called(id: str, voice: Voice) -> str:
    """A name for a party that no list knows: that of its voice where this is the party itself, else the id's own words."""
    if voice.name and (voice.kind == "collective" or slug(voice.name) == id) and voice.party == id:
        return voice.name
    return id.replace("-", " ").title()


def _with_people(party: Party, more: list[Person]) -> Party:
    had = {person.name for person in party.people}
    return Party(
        id=party.id, name=party.name, aliases=party.aliases, fictional=party.fictional,
        people=(*party.people, *(person for person in more if person.name not in had)),
    )  # fmt: skip
