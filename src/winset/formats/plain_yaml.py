"""A reader for the part of YAML that negotiation scenarios use: maps, lists, numbers and words.

No tags, no anchors, no aliases, no merge keys, no second document: whatever could stand for more than is written is
refused, so that reading costs no more than the file is long.
"""

import re
from typing import Any

from winset.errors import FormatError

LARGEST = 1 << 20
_DEEPEST = 20
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]{0,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,9})?")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "true": True, "false": False,
    ".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"), ".nan": float("nan"),
}  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "/": "/", "0": "\0", " ": " ", "e": "\x1b"}


def read_yaml(data: bytes, source: str) -> Any:
    """The value of one document. Raises FormatError naming file, line and way out."""
    if len(data) > LARGEST:
        raise FormatError(f"{source}: {len(data):,} bytes; at most {LARGEST:,} are read as YAML, write JSON instead")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{source}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    return _Reader(text, source).document()


class _Reader:
    def __init__(self, text: str, source: str) -> None:
        self.source, self.at = source, 0
        self.lines: list[tuple[int, str, int]] = []  # indent, text without comment, line number
        for number, raw in enumerate(text.splitlines(), 1):
            body = _without_comment(raw).rstrip()
            bare = body.lstrip(" ")
            if not bare or (bare == "---" and not self.lines) or (bare == "..." and body == bare):
                continue
            if bare.startswith("\t"):
                raise self._error(number, "a tab at the start of a line; use spaces")
            if bare == "---" or bare.startswith("%"):
                raise self._error(number, "a second document or a directive; one plain document is read")
            self.lines.append((len(body) - len(bare), bare, number))

    def _error(self, number: int, what: str) -> FormatError:
        return FormatError(f"{self.source}: line {number}: {what}")

    def document(self) -> Any:
        if not self.lines:
            raise FormatError(f"{self.source}: is empty")
        value = self._block(self.lines[0][0], 0)
        if self.at < len(self.lines):
            raise self._error(self.lines[self.at][2], "indented unlike the lines above; line it up")
        return value

    def _block(self, indent: int, depth: int) -> Any:
        _, text, number = self.lines[self.at]
        if depth > _DEEPEST:
            raise self._error(number, f"nested deeper than {_DEEPEST}")
        if text == "-" or text.startswith("- "):
            return self._list(indent, depth)
        if _key(text) is not None:
            return self._map(indent, depth)
        self.at += 1
        return self._value(text, number, indent - 1, depth)

    def _list(self, indent: int, depth: int) -> list[Any]:
        found: list[Any] = []
        while self.at < len(self.lines):
            here, text, number = self.lines[self.at]
            if here != indent or not (text == "-" or text.startswith("- ")):
                break
            rest = text[1:].lstrip(" ")
            inner = here + len(text) - len(rest)
            if rest and (_key(rest) is not None or rest.startswith("- ") or rest == "-"):
                self.lines[self.at] = (inner, rest, number)
                found.append(self._block(inner, depth + 1))
                continue
            self.at += 1
            found.append(self._value(rest, number, here, depth) if rest else self._below(here, depth))
        return found

    def _map(self, indent: int, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while self.at < len(self.lines):
            here, text, number = self.lines[self.at]
            split = _key(text)
            if here != indent or split is None or text.startswith("- "):
                break
            raw, rest = split
            key = self._scalar(raw, number)
            if key == "<<":
                raise self._error(number, "a merge; write the entries out")
            if key in found:
                raise self._error(number, f"the key {str(key)[:60]!r} occurs twice; remove one")
            self.at += 1
            if rest:
                found[key] = self._value(rest, number, here, depth)
            else:
                found[key] = self._below(here, depth, same=True)
        return found

    def _below(self, indent: int, depth: int, *, same: bool = False) -> Any:
        """What stands under a key or a dash; a list under a key may stand as far left as the key."""
        if self.at < len(self.lines):
            here, text, _ = self.lines[self.at]
            if here > indent or (same and here == indent and (text == "-" or text.startswith("- "))):
                return self._block(here, depth + 1)
        return None

    def _value(self, text: str, number: int, indent: int, depth: int) -> Any:
        if text[0] in "|>" and len(text) <= 3:
            kept = []
            while self.at < len(self.lines) and self.lines[self.at][0] > indent:
                kept.append(self.lines[self.at][1])
                self.at += 1
            return "\n".join(kept)
        open_ended = text[0] in "[{" or (text[0] in "'\"" and not _closed(text))
        parts = [text]
        while self.at < len(self.lines) and self.lines[self.at][0] > indent:
            if open_ended and _closed(" ".join(parts) if len(parts) < 2 else parts[-1]) and _balanced(parts):
                break
            parts.append(self.lines[self.at][1])
            self.at += 1
        joined = " ".join(parts)
        if joined[0] in "[{":
            flow = _Flow(self, joined, number)
            value = flow.value(depth)
            flow.end()
            return value
        return self._scalar(joined, number)

    def _scalar(self, text: str, number: int) -> Any:
        text = text.strip()
        if text[:2] == "? " or text == "?":
            raise self._error(number, "a complex key; write the entries out")
        if text[:1] in {"&", "*", "!"}:
            raise self._error(number, f"an anchor, alias or tag ({text[:40]!r}); write the value itself")
        if text[:1] in {"'", '"'}:
            return self._quoted(text, number)
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if _NUMBER.fullmatch(text):
            plain = text.replace("_", "")
            try:
                return int(plain)
            except ValueError:
                return float(plain)
        return text

    def _quoted(self, text: str, number: int) -> str:
        quote = text[0]
        if len(text) < 2 or not _closed(text):
            raise self._error(number, f"a quotation that does not end: {text[:40]!r}")
        inner = text[1:-1]
        if quote == "'":
            return inner.replace("''", "'")
        out, at = [], 0
        while at < len(inner):
            letter = inner[at]
            if letter == "\\" and at + 1 < len(inner):
                code = inner[at + 1]
                width = {"x": 2, "u": 4, "U": 8}.get(code, 0)
                try:
                    out.append(chr(int(inner[at + 2 : at + 2 + width], 16)) if width else _ESCAPES[code])
                except (KeyError, ValueError, OverflowError):
                    raise self._error(number, f"the escape \\{code} is not read") from None
                at += 2 + width
            else:
                out.append(letter)
                at += 1
        return "".join(out)


class _Flow:
    """A list or map in brackets, on one line."""

    def __init__(self, reader: _Reader, text: str, number: int) -> None:
        self.reader, self.text, self.number, self.at = reader, text, number, 0

    def _blank(self) -> str:
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def _wrong(self, what: str) -> FormatError:
        return self.reader._error(self.number, f"{what} near {self.text[max(0, self.at - 20) : self.at + 20]!r}")

    def end(self) -> None:
        if self._blank():
            raise self._wrong("something after the bracket")

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise self._wrong(f"nested deeper than {_DEEPEST}")
        letter = self._blank()
        if letter == "[":
            self.at += 1
            items: list[Any] = []
            while self._blank() != "]":
                items.append(self.value(depth + 1))
                self._comma("]")
            self.at += 1
            return items
        if letter == "{":
            self.at += 1
            found: dict[Any, Any] = {}
            while self._blank() != "}":
                key = self._word(":")
                if self._blank() != ":":
                    raise self._wrong("a key without ':'")
                self.at += 1
                if key in found:
                    raise self._wrong(f"the key {str(key)[:60]!r} twice")
                found[key] = self.value(depth + 1)
                self._comma("}")
            self.at += 1
            return found
        return self._word("")

    def _comma(self, close: str) -> None:
        letter = self._blank()
        if letter == ",":
            self.at += 1
        elif letter != close:
            raise self._wrong(f"expected ',' or {close!r}")

    def _word(self, stop: str) -> Any:
        start = self.at
        quote = self._blank()
        if quote and quote in "'\"":
            start = self.at
            self.at += 1
            while self.at < len(self.text) and self.text[self.at] != quote:
                self.at += 2 if self.text[self.at] == "\\" and quote == '"' else 1
            self.at += 1
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",[]{}" + stop:
                self.at += 1
        if start == self.at:
            raise self._wrong("a value is missing")
        return self.reader._scalar(self.text[start : self.at], self.number)


def _without_comment(line: str) -> str:
    if "#" not in line:
        return line
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"" and (at == 0 or line[at - 1] in " [{,:-"):
            quote = letter
        elif letter == "#" and (at == 0 or line[at - 1] == " "):
            return line[:at]
    return line


def _closed(text: str) -> bool:
    """Whether a quotation that begins the text ends with it."""
    quote = text[0]
    if quote not in "'\"":
        return True
    at = 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 2
            continue
        if text[at] == quote:
            if quote == "'" and text[at + 1 : at + 2] == "'":
                at += 2
                continue
            return at == len(text) - 1
        at += 1
    return False


def _balanced(parts: list[str]) -> bool:
    text = " ".join(parts)
    if text[0] in "'\"":
        return _closed(text)
    return text.count("[") + text.count("{") <= text.count("]") + text.count("}")


def _key(text: str) -> tuple[str, str] | None:
    """A line split into key and rest at the first ': ' outside quotations; None where it is no entry of a map."""
    if text[0] in "[{":
        return None
    if text[0] in "'\"":
        quote, at = text[0], 1
        while at < len(text) and text[at] != quote:
            at += 2 if text[at] == "\\" and quote == '"' else 1
        after = text[at + 1 :].lstrip(" ")
        return (text[: at + 1], after[1:].strip()) if after[:1] == ":" and after[:2] in {":", ": "} else None
    if text.endswith(":") and ": " not in text:
        return text[:-1], ""
    head, colon, rest = text.partition(": ")
    return (head, rest.strip()) if colon else None
