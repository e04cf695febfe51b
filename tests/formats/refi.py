"""The rules of the REFI-QDA exchange standard 1.0 (Project.xsd, Codebook.xsd) as far as a project or codebook of ours uses them, written
down anew: which elements an element may hold and in which order, which attributes it needs and in which form."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree

from winset.reading.xml import parse_xml

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
GUID = r"([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})|(\{[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\})"
FORMS = {
    "guid": GUID, "targetGUID": GUID, "creatingUser": GUID, "modifyingUser": GUID, "creatingUserGUID": GUID,
    "isCodable": "true|false|0|1", "startPosition": r"[+-]?\d+", "endPosition": r"[+-]?\d+", "color": "#[0-9a-fA-F]{6}",
}  # fmt: skip


class Rule(NamedTuple):
    """needs: attributes that must be there; may: others; holds: (child, least, most) in their order, most None without end."""

    needs: tuple[str, ...]
    may: tuple[str, ...]
    holds: tuple[tuple[str, int, int | None], ...]


_PARTS = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description")
_MADE = ("creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime")
_CODE = Rule(
    ("guid", "name", "isCodable"), ("color",), (("Description", 0, 1), ("NoteRef", 0, None), ("Code", 0, None))
)
_CODES = Rule((), (), (("Code", 1, None),))
RULES: Mapping[str, Mapping[str, Rule]] = {
    PROJECT: {
        "Project": Rule(
            ("name",),
            ("origin", "creatingUserGUID", "creationDateTime", "modifyingUserGUID", "modifiedDateTime", "basePath"),
            (*((one, 0, 1) for one in _PARTS), ("NoteRef", 0, None)),
        ),
        "Users": Rule((), (), (("User", 1, None),)),
        "User": Rule(("guid",), ("name", "id"), ()),
        "CodeBook": Rule((), (), (("Codes", 1, 1), ("Sets", 0, 1))),
        "Codes": _CODES,
        "Code": _CODE,
        "Sources": Rule((), (), (("TextSource", 1, None),)),
        "TextSource": Rule(
            ("guid",), ("name", "richTextPath", "plainTextPath", *_MADE),
            (("Description", 0, 1), ("PlainTextContent", 0, 1), ("PlainTextSelection", 0, None), ("Coding", 0, None),
             ("NoteRef", 0, None), ("VariableValue", 0, None)),
        ),
        "PlainTextSelection": Rule(
            ("guid", "startPosition", "endPosition"), ("name", *_MADE),
            (("Description", 0, 1), ("Coding", 0, None), ("NoteRef", 0, None)),
        ),
        "Coding": Rule(("guid",), ("creatingUser", "creationDateTime"), (("CodeRef", 1, 1), ("NoteRef", 0, None))),
        "CodeRef": Rule(("targetGUID",), (), ()),
        "Description": Rule((), (), ()),
        "PlainTextContent": Rule((), (), ()),
    },
    CODEBOOK: {
        "CodeBook": Rule((), ("origin",), (("Codes", 1, 1), ("Sets", 0, 1))),
        "Codes": _CODES,
        "Code": _CODE,
        "Description": Rule((), (), ()),
    },
}  # fmt: skip


def faults(element: Any, space: str) -> list[str]:
    """What of an element, and of all below it, the standard does not allow."""
    tag = etree.QName(element)
    rule = RULES[space].get(tag.localname)
    if tag.namespace != space or rule is None:
        return [f"{element.tag} is unknown"]
    found = [f"{tag.localname} lacks {one}" for one in rule.needs if one not in element.attrib]
    for key, value in element.attrib.items():
        if key not in rule.needs + rule.may:
            found.append(f"{tag.localname} has {key}")
        elif not re.fullmatch(FORMS.get(key, ".*"), value, re.DOTALL):
            found.append(f"{tag.localname} has {key}={value!r}")
    below = [etree.QName(one).localname for one in element]
    pattern = "".join(f"(?:{name} ){{{least},{'' if most is None else most}}}" for name, least, most in rule.holds)
    if not re.fullmatch(pattern, "".join(f"{name} " for name in below)):
        found.append(f"{tag.localname} holds {below[:9]}, which is not {[one[0] for one in rule.holds]}")
    return found + [one for child in element for one in faults(child, space)]


def project_faults(data: bytes) -> list[str]:
    """What of a `.qdpx` the standard does not allow, references, positions and texts among it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = parse_xml(members.pop("project.qde"), name="project.qde")
    found = faults(root, PROJECT)
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    found += [f"{one} names two things" for one in set(guids) if guids.count(one) > 1]

    def named(tag: str) -> set[str]:
        return {one.get("guid", "") for one in root.iter(f"{{{PROJECT}}}{tag}")}

    codes, users, texts = named("Code"), named("User"), dict(members)
    for one in root.iter():
        if (target := one.get("targetGUID")) is not None and target not in codes:
            found.append(f"{target} is no code")
        if (user := one.get("creatingUser")) is not None and user not in users:
            found.append(f"{user} is no user")
    for source in root.iter(f"{{{PROJECT}}}TextSource"):
        text = members.get(source.get("plainTextPath", "").replace("internal://", "sources/"))
        texts.pop(source.get("plainTextPath", "").replace("internal://", "sources/"), None)
        if text is None:
            found.append(f"the text of {source.get('name')} is missing")
            continue
        length = len(text.decode("utf-8", "surrogatepass"))
        for one in source.iter(f"{{{PROJECT}}}PlainTextSelection"):
            start, end = int(one.get("startPosition")), int(one.get("endPosition"))
            if not 0 <= start < end <= length:
                found.append(f"a selection from {start} to {end} of {length}")
    return found + [f"{one} belongs to nothing" for one in texts]


def codebook_faults(data: bytes) -> list[str]:
    """What of a `.qdc` the standard does not allow."""
    root = parse_xml(data, name="codebook")
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    return faults(root, CODEBOOK) + [f"{one} names two things" for one in set(guids) if guids.count(one) > 1]
