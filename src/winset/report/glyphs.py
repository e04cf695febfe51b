"""Which characters no font of this machine can draw: a PDF for screen readers may not hold one of them."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MOST_PROBES = 96  # attempts to set a few characters; what is still unknown after them counts as missing
SHAPELESS = ("Cn", "Co", "Cs", "Cc")  # unassigned, private, surrogates, controls
_PROBE = b"""#set document(title: "probe")
#set text(lang: "en")
#sys.inputs.text
"""


def missing(text: str) -> frozenset[str]:
    """The characters of `text` that cannot be drawn here; also those about which `MOST_PROBES` attempts left a doubt."""
    return _missing(frozenset(one for one in text if not _sure(one)))


def _sure(one: str) -> bool:
    """In the fonts that Typst brings along (Latin, Greek and Cyrillic letters, common punctuation), or of no shape."""
    return (
        one in "\n\t"
        or "\u0020" <= one < "\u007f"
        or "\u00a0" <= one < "\u0180"
        or "\u0391" <= one <= "\u03ce"
        or "\u0410" <= one <= "\u044f"
        or one in "–—‘’‚“”„…•′″€™"
    )


@lru_cache(maxsize=8)
def _missing(chars: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    groups = [group for group in _by_script(chars) if group]
    probes = 0
    while groups:
        group = groups.pop()
        if probes >= MOST_PROBES or unicodedata.category(group[0]) in SHAPELESS:
            found.update(group)
            continue
        probes += 1
        if _drawn(group):
            continue
        if len(group) == 1:
            found.add(group[0])
        else:
            groups += [group[: len(group) // 2], group[len(group) // 2 :]]
    return frozenset(found)


def _by_script(chars: Iterable[str]) -> list[list[str]]:
    """Characters in groups that fonts tend to have or lack together; those of no assigned shape in groups of their own."""
    groups: dict[tuple[bool, str], list[str]] = {}
    for one in sorted(chars):
        groups.setdefault(
            (unicodedata.category(one) in SHAPELESS, unicodedata.name(one, "?").split(" ")[0]), []
        ).append(one)
    return list(groups.values())


def _drawn(group: list[str]) -> bool:
    import typst

    try:
        typst.compile(_PROBE, format="pdf", pdf_standards="ua-1", sys_inputs={"text": " ".join(group)})
    except typst.TypstError:
        return False
    return True
