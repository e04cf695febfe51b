"""Parties, tables and relations as plain JSON values."""

from typing import Any

from winset.domain.actors import Party, Person, Relation, Table
from winset.domain.plain.fields import Fields, plain_day, plain_number
from winset.domain.plain.texts import grounds_from, grounds_to


def party_to(party: Party) -> dict[str, Any]:
    """One party."""
    return {
        "id": party.id,
        "name": party.name,
        "aliases": list(party.aliases),
        "people": [{"name": p.name, "role": p.role} for p in party.people],
        "fictional": party.fictional,
    }


def party_from(fields: Fields) -> Party:
    """One party; without a name it goes by its id."""

    def person(one: Fields) -> Person:
        return Person(name=one.text("name"), role=one.text("role", None))

    party = fields.id("id")
    return Party(
        id=party,
        name=fields.text("name", party),
        aliases=fields.texts("aliases"),
        people=fields.records("people", person),
        fictional=fields.flag("fictional", False),
    )


def table_to(table: Table) -> dict[str, Any]:
    """One table."""
    return {
        "id": table.id,
        "date": plain_day(table.date),
        "seats": list(table.seats),
        "must_sign": list(table.must_sign),
    }


def table_from(fields: Fields) -> Table:
    """One table."""
    return Table(
        id=fields.id("id"), date=fields.day("date"), seats=fields.texts("seats"), must_sign=fields.texts("must_sign")
    )


def relation_to(relation: Relation) -> dict[str, Any]:
    """One relation."""
    return {
        "kind": relation.kind,
        "of": relation.of,
        "to": relation.to,
        "as_of": plain_day(relation.as_of),
        "strength": None if relation.strength is None else plain_number(relation.strength),
        "note": relation.note,
        **({"by": relation.by} if relation.by else {}),
        **({"grounds": grounds_to(relation.grounds)} if relation.grounds else {}),
    }


def relation_from(fields: Fields) -> Relation:
    """One relation; its strength, where given, lies in 0..1."""
    strength = fields.number("strength", None)
    if strength is not None and not 0 <= strength <= 1:
        raise fields.wrong("strength", "a share from 0 to 1", "write 0.6 for 60 percent")
    return Relation(
        kind=fields.text("kind"), of=fields.id("of"), to=fields.id("to"), as_of=fields.day("as_of"),
        strength=strength, note=fields.text("note", None), by=fields.text("by", None), grounds=grounds_from(fields),
    )  # fmt: skip
