"""Tables of actors, positions and decisions as people spoil them: what is wrong, where, and what to do, or an answer; never a
traceback and never a silent guess."""

import re
from pathlib import Path

import numpy as np
import pytest

from winset.errors import WinsetError
from winset.formats.ktab_writer import write_ktab_csv, write_ktab_xml
from winset.services.backtest import backtest
from winset.services.spatial import load, spatial

ACTORS = "actor,position,salience,capability\na,10,50,1\nb,50,50,2\nc,90,80,3\nd,70,20,1.5\n"
POSITIONS = (
    "party,issue,date,position,salience,capability,note\na,x,2025-01-01,10,50,1,\nb,x,2025-01-02,20..30,50,1,\n"
    "c,x,,40,60,2,n\na,y,,40,60,2,n\nb,y,,50,1,2,n\n"
)
DECISIONS = "issue,group,actor,position,salience,capability,reference,outcome\n" + "".join(
    f"i{k},g{k // 2},{a},{10 * k + j * 20},{30 + j},{j + 1},0,{20 * k}\n" for k in range(4) for j, a in enumerate("abc")
)


@pytest.mark.parametrize(
    ("text", "old", "new", "says"),
    [
        (ACTORS, "a,10,50,1", "a,,50,1", "f.csv, line 2, column position: is empty; write a number"),
        (ACTORS, "a,10,50,1", ",10,50,1", "line 2: the actor has no name; give it one"),
        (ACTORS, "d,70", "a,70", "line 5: 'a' is also in line 2; rename one"),
        (ACTORS, "a,10,50,1", "a,10,50,-1", "line 2: capability of a is -1; it is 0 or more"),
        (ACTORS, "a,10,50,1", "a,10,150,1", "line 2: salience of a is 150; it lies in 0 to 100"),
        (ACTORS, "a,10,50,1", "a,10,5,50,1", "line 2: 5 cells under 4 headings, '1' is one too many; write numbers with a point"),
        (ACTORS, "actor,position", "actor,power", "no column position"),
        (ACTORS, "salience,capability", "position,capability", "both 'position' and 'position' say position"),
        (ACTORS, "a,10,50,1\n", "a\n", "line 2, column position: is empty"),
        (ACTORS, "50,1\nb,50,50,2\nc,90,80,3\nd,70,20", "0,1\nb,50,0,2\nc,90,0,3\nd,70,0", "every salience is 0"),
        (ACTORS, "\n", "\r", "save it as CSV UTF-8 again"),
        (POSITIONS, "b,x,2025-01-02", "a,x,2025-01-01", "row 3: the position of a on x is"),
        (POSITIONS, "10,50,1", "10,150,1", "row 2: salience of a on x: salience lies in 0..100, got 150; correct it"),
        (POSITIONS, "2025-01-01", "2025-13-01", "expected YYYY-MM-DD, got '2025-13-01'"),
        (DECISIONS, "i0,g0,b,", "i0,g0,a,", "line 3: 'a' is also in line 2 of the issue i0; rename one"),
        (DECISIONS, "31,2,0,0\n", "31,2,0,5\n", "line 3, column outcome: 5, but line 2 says 0 of the same issue; correct one"),
        (DECISIONS, "i0,g0,b,", "i0,g0,,", "line 3, column actor: is empty"),
        (DECISIONS, ",30,1,0,0", ",300,1,0,0", "line 2, column salience: '300'; write a number, 0 to 100"),
        (DECISIONS, ",30,1,0,0", ",30,-1,0,0", "line 2, column capability: '-1'; write a number, 0 or more"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, old: str, new: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(text.replace(old, new, 1 if old != "\n" else -1).encode())
    with pytest.raises(WinsetError, match=re.escape(says)):
        spatial(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_the_usual_encodings_is_the_same_table(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(ACTORS.replace("a,10", "Österreich,10").encode(encoding))
    assert [p.name for p in load(path).parties] == ["Österreich", "b", "c", "d"]


SPOILT = ("", "-1", "nan", "inf", "1e999", "0", "101", "abc", ",", ";", "\t", '"', "\x00", "é", "\u202e", "=1+1", "1e308", "٣",
          "1e-320", "<", "&#0;", "<!--", "\r", "99999999999999999999")  # fmt: skip


def spoil(text: str, rng: np.random.Generator) -> str:
    """One to four things that happen to files: a value is another, a bit is put in, something is cut, a line comes twice."""
    for _ in range(rng.integers(1, 5)):
        at, bit = int(rng.integers(len(text) + 1)), SPOILT[int(rng.integers(len(SPOILT)))]
        match int(rng.integers(5)):
            case 0 | 1:
                words = [m.span() for m in re.finditer(r"[-\w.]+", text)]
                start, end = words[int(rng.integers(len(words)))] if words else (0, 0)
                text = text[:start] + bit + text[end:]
            case 2:
                text = text[:at] + bit + text[at:]
            case 3:
                text = text[:at] + text[at + int(rng.integers(1, 20)) :]
            case _:
                lines = text.split("\n")
                lines.insert(int(rng.integers(len(lines))), lines[int(rng.integers(len(lines)))])
                text = "\n".join(lines)
    return text


@pytest.mark.parametrize("kind", ["actors.csv", "positions.csv", "decisions.csv", "ktab.csv", "ktab.xml"])
def test_a_spoilt_file_is_answered_or_refused_in_words(kind: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole.csv"
    whole.write_text(POSITIONS)
    case = load(whole)
    text = {"actors.csv": ACTORS, "positions.csv": POSITIONS, "decisions.csv": DECISIONS,
            "ktab.csv": write_ktab_csv(case)[0].decode(), "ktab.xml": write_ktab_xml(case)[0].decode()}[kind]  # fmt: skip
    rng = np.random.default_rng(len(kind))
    refused = 0
    for _ in range(60):
        path = tmp_path / kind
        path.write_bytes(spoil(text, rng).encode())
        for ask in (spatial, backtest) if kind == "decisions.csv" else (spatial,):
            try:
                found = ask(path)
            except WinsetError:
                refused += 1
                continue
            for one in getattr(found, "issues", {}).values():
                assert all(v is None or np.isfinite(v) for v in one.points.values())
    assert refused > 5
