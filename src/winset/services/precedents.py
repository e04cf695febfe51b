"""Earlier deals of a case: those somebody wrote down, and those that its record tells of."""

from winset.domain.case import Case
from winset.evidence import past_deals, reviewed, speaking_for
from winset.evidence.stances import StanceReader
from winset.services.drafting import codebook_of


def unreviewed(case: Case) -> Case:
    """The case with the earlier deals that its words tell of beside those written down, before anybody has reviewed them."""
    if not case.documents:
        return case
    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    told = past_deals.read(case.documents, statements, found, StanceReader(codebook_of(case)), case.seats(None))
    return case.with_(precedents=past_deals.beside(case.precedents, told))


def with_precedents(case: Case) -> Case:
    """As `unreviewed`, with what people decided about them laid over it."""
    found = unreviewed(case)
    return found.with_(precedents=reviewed.laid_precedents(found.precedents, reviewed.latest(case.reviews)))
