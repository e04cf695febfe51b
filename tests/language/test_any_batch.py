"""A document is read the same whatever is read with it, in whatever order, and by however many threads, on any Unicode."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from winset.domain.text import Document
from winset.language.annotation import Annotation
from winset.language.neural import ModelAnnotator

READERS = [ModelAnnotator(threads=threads) for threads in (1, 2, 3, 4)]
PIECES = (
    "“We will not sign,” Foreign Minister Ana Marr told reporters on Tuesday.",
    "The talks, she added, could go on until May.",
    "Velmara demanded that the port be opened, according to two officials.",
    "\n\n", "\r\n", " ", "“", "”", "said", "«Мы не подпишем», — сказал министр.", "قال الوزير إننا لن نوقع.", "部长说我们不会签署。",
    "मंत्री ने कहा कि हम हस्ताक्षर नहीं करेंगे।", "„Wir unterschreiben nicht“, sagte der Minister.", "\u202e\u200f", "👩‍👩‍👧", "\x00\x07", "rninister sa1d ,,",
    "\ud800", "a" * 500, "said " * 120,
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=14).map("".join)


def spans(found: Annotation) -> tuple[object, ...]:
    told = [(one.source, one.cue, one.content) for one in found.attributions]
    return found.sentences, found.names, told


@settings(max_examples=12)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_spans_are_the_same_and_scores_within_a_ten_thousandth(texts: list[str], chance: random.Random) -> None:
    documents = [Document(id=str(n), text=text, sha256="0" * 64, language="en") for n, text in enumerate(texts)]
    alone = {one.id: next(READERS[0].annotate([one])) for one in documents}
    for reader in READERS:
        order = chance.sample(documents, len(documents))
        cut = chance.randint(0, len(order))
        found = [one for some in (order[:cut], order[cut:]) for one in reader.annotate(some)]
        for document, one in zip(order, found, strict=True):
            known = alone[document.id]
            assert spans(one) == spans(known)
            for a, b in zip(one.attributions, known.attributions, strict=True):
                assert abs(a.score - b.score) <= 1e-4
