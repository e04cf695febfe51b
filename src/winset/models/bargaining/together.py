"""Options of several issues put down in a line, as in `pay=high|mid, days=few`."""

from collections.abc import Callable, Sequence

from winset.errors import ModelError
from winset.models.bargaining.problem import Issue
from winset.models.bargaining.proposal import place_of

SIGNS = (",", "=", "|")
"""What such a line is put together with, so that no name of an issue or option in it may have it."""
Places = dict[int, tuple[int, ...]]


def places_of(text: str, issues: Sequence[Issue], place: Callable[[Issue, str], int] = place_of) -> Places:
    """Places on each issue named. Raises ModelError naming the term that cannot be read and what there is.

    place  the place of an option among those of an issue
    """
    names, found = [issue.name for issue in issues], Places()
    for term in text.split(","):
        name, sign, options = (part.strip() for part in term.partition("="))
        if not sign:
            raise ModelError(f"{term.strip()!r}; write issue=option, issue=option")
        if name not in names:
            raise ModelError(f"no issue {name!r}; there are {', '.join(names[:12])}")
        k = names.index(name)
        if k in found:
            raise ModelError(f"{name!r} is named twice; join its options with |")
        found[k] = tuple(sorted({place(issues[k], option.strip()) for option in options.split("|")}))
    return found
