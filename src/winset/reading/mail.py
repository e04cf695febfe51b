"""E-mail: the body as text, subject and date from the head, attachments named but not read."""

import re
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from winset.domain.text import Origin
from winset.errors import ReadingError
from winset.reading.decoding import decode
from winset.reading.html import read_html
from winset.reading.limits import Limits
from winset.reading.parsed import OriginList, Parsed, sized
from winset.reading.plain import control_characters

PARTS = 1_000  # that a message is walked through


def read_mail(data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed:
    """The first plain-text body, else the first HTML one, with the subject as title and the date of the head.

    Raises ReadingError for something without a mail's head, without a readable body, or encrypted.
    """
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    if not message.keys():
        raise ReadingError("not an e-mail: it has no head")
    if message.get_content_type() == "multipart/encrypted":
        raise ReadingError("an encrypted e-mail; decrypt it first")
    plain, page, remarks = _bodies(message)
    if plain is not None:
        number, part = plain
        decoded = decode(_bytes_of(part), declared=part.get_content_charset() or charset)
        text = sized(decoded.text.replace("\r\n", "\n"), limits)
        if control_characters(text) > len(text) // 10:
            raise ReadingError("an e-mail whose text is binary")
        parsed = Parsed(text=text, origins=_paragraph_origins(text, number))
    elif page is not None:
        number, part = page
        inner = read_html(_bytes_of(part), limits=limits, charset=part.get_content_charset() or charset)
        places = tuple(Origin(o.start, o.place and f"part {number} {o.place}") for o in inner.origins)
        parsed = Parsed(text=inner.text, origins=places, remarks=inner.remarks)
    else:
        raise ReadingError("an e-mail without a text body" + "".join(f"; {remark}" for remark in remarks))
    return Parsed(
        text=parsed.text,
        origins=parsed.origins,
        title=_header(message, "subject"),
        date=_date(message),
        remarks=(*parsed.remarks, *remarks),
    )


Numbered = tuple[int, EmailMessage]


def _bodies(message: EmailMessage) -> tuple[Numbered | None, Numbered | None, list[str]]:
    """First plain and first HTML part that is no attachment, and a remark for each attachment."""
    plain: Numbered | None = None
    page: Numbered | None = None
    remarks: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= PARTS:
            remarks.append(f"only the first {PARTS} parts were looked at")
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        name = part.get_filename()
        if part.get_content_disposition() == "attachment" or name or kind not in ("text/plain", "text/html"):
            remarks.append(f"attachment not read: {ascii(str(name))[:80] if name else 'unnamed'} ({kind})")
        elif kind == "text/plain" and plain is None:
            plain = number, part
        elif kind == "text/html" and page is None:
            page = number, part
    return plain, page, remarks


def _bytes_of(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _paragraph_origins(text: str, part: int) -> tuple[Origin, ...]:
    origins = OriginList(len(text))
    for number, found in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", text), 1):
        origins.add(found.start(), f"part {part} paragraph {number}")
    return origins.done()


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
    except (ValueError, IndexError, AttributeError):  # the standard library's header parser on odd input
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _date(message: EmailMessage) -> date | None:
    sent = _header(message, "date")
    try:
        return parsedate_to_datetime(sent).date() if sent else None
    except (ValueError, TypeError, IndexError):
        return None
