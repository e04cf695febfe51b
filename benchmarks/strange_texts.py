"""Cost of reading strange texts: processor time at one length and at twice it, peak memory. Linear is a ratio of 2.

python benchmarks/strange_texts.py [CODE_POINTS] [rules|model]        (100,000 by default; 5,000,000 is the most taken)
"""

import random
import resource
import sys
import time
from collections.abc import Callable

from winset.domain.text import Document
from winset.evidence.extract import extract
from winset.services.annotators import choose

SENTENCE = "“We will not sign,” the minister said on Tuesday, and the envoys, she added, could go home. "
OCR = {"l": "1", "o": "0", "m": "rn", " ": "  ", "e": "c", ",": " ,", "“": "''", "”": ",,"}


def noisy(size: int) -> str:
    """News as a scanner gets it: letters confused, lines broken anywhere."""
    chance = random.Random(4)
    text = (SENTENCE * (size // len(SENTENCE) + 1))[:size]
    changed = (OCR.get(one, one) if chance.random() < 0.15 else one for one in text)
    return "".join("\n" if one == " " and chance.random() < 0.1 else one for one in changed)[:size]


FAMILIES: dict[str, Callable[[int], str]] = {
    "news in one paragraph": lambda n: (SENTENCE * (n // len(SENTENCE) + 1))[:n],
    "news in paragraphs": lambda n: ((SENTENCE + "\n\n") * (n // len(SENTENCE) + 1))[:n],
    "quotation marks only": lambda n: "“" * n,
    "straight marks and words": lambda n: ('"a ' * (n // 3 + 1))[:n],
    "quotations left open": lambda n: ("“I said so.\n" * (n // 12 + 1))[:n],
    "brackets": lambda n: ("([{<" * (n // 4 + 1))[:n],
    "cues": lambda n: ("said " * (n // 5 + 1))[:n],
    "right to left": lambda n: ("אמר השר: «לא נחתום» \u202e" * (n // 21 + 1))[:n],
    "emoji": lambda n: ("👩‍👩‍👧 said 😀 " * (n // 13 + 1))[:n],
    "control characters": lambda n: ("\x00\x07 \x1b[0m\r\n" * (n // 9 + 1))[:n],
    "ideographs": lambda n: ("「署名しない」と大臣は述べた。" * (n // 15 + 1))[:n],
    "as scanned": noisy,
}


def main() -> None:
    """One line a family."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    annotator = choose(sys.argv[2] if len(sys.argv) > 2 else "model")
    for name, made in FAMILIES.items():
        spent = []
        for length in (size // 2, size):
            document = Document(id="d", text=made(length), sha256="0" * 64, language="en")
            began = time.process_time()
            (annotation,) = annotator.annotate([document])
            read = time.process_time()
            found = extract(document, annotation)
            spent.append((read - began, time.process_time() - read))
        ratios = " ".join(f"{two / max(one, 1e-3):.1f}" for one, two in zip(*spent, strict=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(
            f"{name:26} {spent[1][0]:7.1f} + {spent[1][1]:.1f} s, ratios {ratios}, {len(found)} statements, peak {peak:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
