"""The one place where an XML parser is made: no document type, so no entities, no files, no network.

Formats that hold XML (DOCX here; GENIUS, QDPX and others in `formats`) parse through this module; a lint rule bans
the other ways.
"""

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from winset.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any


def parse_xml(data: bytes, *, name: str = "the XML") -> Element:
    """The root element of `data`.

    Raises ReadingError where it has a document type declaration, is not well-formed, or nests deeper than
    libxml2 allows. `name` says in the message which file or part it was.
    """
    from lxml import etree

    refuse_doctype(data, name=name)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError(f"{name} is not well-formed: {error}") from None


def refuse_doctype(data: bytes, *, name: str = "the XML") -> None:
    """Reads `data` with expat up to its root element only as far as needed to see that no DOCTYPE comes first.

    A document type declaration can stand only before the root element, so the scan ends at the first tag: nothing is
    expanded, and the cost is that of the prolog. Raises ReadingError for a DOCTYPE or something that is no XML.
    """
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def doctype(*_: object) -> None:
        raise ReadingError(f"{name} has a document type declaration (DOCTYPE), which is not read; remove it")

    def first_tag(*_: object) -> None:
        raise _Enough

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = first_tag
    try:
        parser.Parse(data, True)
    except _Enough:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise ReadingError(f"{name} is not well-formed: {error}") from None


class _Enough(Exception):
    """The root element has begun."""
