"""Earlier deals of a case: those somebody wrote down, and those that its record tells of."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.terms import precedent_from, precedent_to
from winset.errors import CaseError, UsageError
from winset.evidence import reviewed
from winset.services import cases
from winset.services.drafting import codebook_of, drafted
from winset.services.naming import needed
from winset.services.sources import load_case, reviewed_case
from winset.store.casefile import CaseFile


def unreviewed(case: Case) -> Case:
    """The case with the earlier deals that its words tell of beside those written down, before anybody has reviewed them, and with
    the parties whose deals they were."""
    if not case.documents:
        return case
    from winset.evidence import past_deals, speaking_for  # load what reads sentences, as `drafting.drafted` does
    from winset.evidence.stances import StanceReader

    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    told = past_deals.read(case.documents, statements, found, StanceReader(codebook_of(case)), case.seats(None))
    deals = past_deals.beside(case.precedents, told)
    listed = {one.id for one in case.parties}
    theirs = {id for one in deals for id in (*one.parties, *one.broken_by, *one.invoked_by)} - listed
    return case.with_(precedents=deals, parties=(*case.parties, *(one for one in found.parties if one.id in theirs)))


def with_precedents(case: Case) -> Case:
    """As `unreviewed`, with what people decided about them laid over it."""
    found = unreviewed(case)
    return found.with_(precedents=reviewed.laid_precedents(found.precedents, reviewed.latest(case.reviews)))


def write(path: Path, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Writes an earlier deal down, or changes one that is written under that name: only the fields given; the whole record.

    Its parties may be others than those of the case (a similar dispute); who broke it or points to it is a party of the case. One
    that the record tells of under the same name gives way to it. It is one operation that can be undone. Raises UsageError where
    it names an issue, a point or a party that is not there, or where one that was kept is said to have been broken.
    """
    by, at = cases.author(), cases.now()
    name = str(fields.get("name") or "").strip()
    if not name:
        raise UsageError("an earlier deal needs a name, such as “Aruna accord of 2019”")
    case = load_case(path)
    known = with_precedents(drafted(reviewed_case(path))[0])
    there = {one.id for one in known.parties}
    named = [*(fields.get("broken_by") or ()), *(one["by"] for one in fields.get("invocations") or ())]
    own = [one for one in fields.get("parties") or () if one in there]
    extra = needed(case, known, [*own, *named], (), fields.get("terms"))
    with CaseFile.open(path, at=at) as file:
        key, before = next(
            ((key, one) for key, _, one in file.keyed("precedents") if one["name"] == name), (None, {"name": name})
        )
        body = {**before, **fields, "name": name, "by": by}
        if body.get("kept") and body.get("broken_by"):
            raise UsageError(f"{name}: kept and broken at once; say one of them")
        if body.get("broken_by"):
            body["kept"] = False
        try:
            made = precedent_to(record(Fields(body, f"precedent {name}"), precedent_from))
            file.put("precedents", made, at=at, author=by, key=key, label=f"wrote down {name}", before=extra)
        except CaseError as error:
            raise UsageError(str(error)) from None
    return made


def day_of(text: str | None, what: str) -> str | None:
    """A day, or the first one of a year where only that is given; None for nothing. Raises UsageError, naming what it is for."""
    if text is None or not text.strip():
        return None
    given = text.strip()
    try:
        return date.fromisoformat(f"{given}-01-01" if re.fullmatch(r"[0-9]{4}", given) else given).isoformat()
    except ValueError:
        raise UsageError(f"{what}: {given[:40]!r} is no day; write YYYY-MM-DD, or the year alone") from None
