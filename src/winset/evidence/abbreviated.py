"""One party of a name and of the letters that stand for it; a party that somebody named before keeps its id and its name."""

from collections.abc import Collection, Mapping

from winset.domain.actors import slug
from winset.evidence import nameforms
from winset.evidence.organisations import Side, is_body, kind_by_noun


def with_commas(sides: dict[str, Side], listed: Mapping[str, tuple[str, str]], known: Collection[str]) -> None:
    """Adds bodies whose names have a comma in them, and takes those who are only their letters or the end of their name together with them.

    listed  name -> what it is abbreviated to, and what follows its last comma
    known   ids that stay
    """
    held = _by_name(sides)
    for name, (brief, end) in listed.items():
        parts = [name, brief, *([end] if is_body(end) else [])]
        ids = list(dict.fromkeys(held[one] for one in parts if held.get(one) in sides))
        id = next((one for one in ids if one in known), slug(name))
        side = sides.setdefault(id, Side(id, name, kind_by_noun(name)))
        for other in ids:
            if other != id and other not in known:
                side.names |= sides.pop(other).names
        free = {one for one in parts if held.get(one) not in known}
        side.names |= free
        side.kind = kind_by_noun(name) if side.kind == "state" else side.kind
        held.update(dict.fromkeys(free, id))


def by_letters(
    sides: dict[str, Side], short: Mapping[str, str], letters: Collection[str], known: Collection[str]
) -> None:
    """Gives parties the letters that stand for their names, and takes those who are only these letters together with them.

    short    letters -> the name that the record says they stand for
    letters  words of capitals that the record uses
    known    ids that stay
    """
    told: dict[str, set[str]] = {}
    for brief, name in short.items():
        told.setdefault(name, set()).add(brief)
    held = _by_name(sides)
    for side in list(sides.values()):
        if sides.get(side.id) is not side:
            continue
        briefs = {brief for name in side.names for brief in told.get(name, ())}
        initial = nameforms.initials(side.name)
        used = initial in letters
        if (len(initial) >= 3 or used) and len(initial) > 1 and initial != side.name:
            briefs.add(initial)
        for brief in sorted(briefs):
            other = sides.get(held.get(brief, ""), side)
            if other is side:
                side.names.add(brief)
            elif other.id in known:
                if side.id in known or (brief == initial and not used):
                    continue  # nothing says that the two are one
                other.names |= sides.pop(side.id).names
                other.kind = side.kind if other.kind == "state" else other.kind
                break
            else:
                side.names |= {brief, *sides.pop(other.id).names}


def _by_name(sides: Mapping[str, Side]) -> dict[str, str]:
    return {name: side.id for side in sides.values() for name in (*side.names, side.name)}
