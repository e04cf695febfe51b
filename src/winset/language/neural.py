"""The annotator that reads with the packaged weights: one small encoder on the processor, window by window."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np

from winset.domain.text import Document, Span, tidy
from winset.language import pieces as reading
from winset.language import speech
from winset.language.annotation import Annotation, Attribution, Name
from winset.language.decode import Question, Scores, Tie, answers, question
from winset.language.names import names
from winset.language.pieces import PARAGRAPH, Pieces
from winset.language.weights import Weights, load
from winset.language.windows import Plan, Window, cut

PLAN = Plan()
LONGEST_SENTENCE = 300  # words; a longer run without a start is cut, so that later steps see bounded sentences
MOST_THREADS = 4


class ModelAnnotator:
    """Sentences, names and attributions by the trained reader.

    Every window is read alone, so a document's annotation does not depend on what is read with it, nor on the number of
    threads. Time grows linearly with the text; memory is bounded by a stretch of about 40,000 characters.
    """

    def __init__(self, weights: Weights | None = None, *, threads: int | None = None) -> None:
        """Loads the packaged weights. Raises ResourceError where they are missing or altered."""
        self._weights = load() if weights is None else weights
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = min(usable, MOST_THREADS) if threads is None else threads

    @property
    def name(self) -> str:
        return f"model {self._weights.version}"

    def annotate(self, documents: list[Document]) -> list[Annotation]:
        """One Annotation a document, in order. Never raises on any text; linear in its length."""
        with ThreadPoolExecutor(self._threads) as pool:
            return [self._annotation(document.text, pool) for document in documents]

    def _annotation(self, text: str, pool: Executor) -> Annotation:
        sentences: list[Span] = []
        named: list[Name] = []
        attributions: list[Attribution] = []
        for group in reading.stretches(text):
            found = reading.read(text, self._weights.tokenizer, group)
            read = _Stretch(self._weights, found)
            windows = list(cut(found, PLAN))
            for start in range(0, len(windows), AT_ONCE):
                read.take(windows[start : start + AT_ONCE], pool)
            sentences += read.sentences()
            named += names(found, read.names)
            attributions += (
                attribution(found, tie) for tie in speech.settled(found, read.ties, self._weights.settings)
            )
        return Annotation(
            by=self.name, sentences=tuple(sentences), names=tuple(named), attributions=tuple(attributions)
        )


AT_ONCE = 32  # windows whose scores are held at a time


class _Stretch:
    """What has been read of one stretch so far."""

    def __init__(self, weights: Weights, found: Pieces) -> None:
        self._weights, self._pieces = weights, found
        self.ties: list[Tie] = []
        self.starts = np.zeros(found.words, dtype=bool)
        self.names = np.zeros(found.words, dtype=np.int64)

    def take(self, windows: list[Window], pool: Executor) -> None:
        """Read some windows, at the same time where there are processors for it, and keep them in order."""
        asked: list[tuple[Window, Question]] = []
        for window, (scores, one) in zip(windows, pool.map(self._window, windows), strict=True):
            own = slice(window.core_start - window.start, window.core_end - window.start)
            core = slice(window.core_start, window.core_end)
            self.starts[core] = scores.sentence[own, 1] > scores.sentence[own, 0]
            self.names[core] = scores.name[own].argmax(axis=1)
            if one is not None:
                asked.append((window, one))
        for (window, _), some in zip(asked, answers([one for _, one in asked]), strict=True):
            self.ties += (moved(tie, window.start) for tie in some)

    def _window(self, window: Window) -> tuple[Scores, Question | None]:
        scores = self._weights.run(self._pieces, window)
        core = (window.core_start - window.start, window.core_end - window.start)
        shape = self._pieces.shape[window.start : window.end]
        return scores, question(scores, shape, core, self._weights.biases, self._weights.settings)

    def sentences(self) -> Iterator[Span]:
        """Sentences never cross a paragraph mark."""
        found, begin = self._pieces, 0
        marks = found.shape == PARAGRAPH
        for at in range(found.words + 1):
            if at == found.words or marks[at] or self.starts[at] or at - begin >= LONGEST_SENTENCE:
                if at > begin:
                    yield Span(int(found.starts[begin]), int(found.ends[at - 1]))
                begin = at + 1 if at < found.words and marks[at] else at


def moved(tie: Tie, by: int) -> Tie:
    """The same attribution with its words counted from elsewhere."""
    return Tie(
        (tie.cue[0] + by, tie.cue[1] + by),
        tuple((start + by, end + by) for start, end in tie.source),
        tuple((start + by, end + by) for start, end in tie.content),
        tie.score,
    )


def attribution(found: Pieces, tie: Tie) -> Attribution:
    """Words to places in the text."""

    def spans(words: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
        return tidy([Span(int(found.starts[start]), int(found.ends[end - 1])) for start, end in words])

    return Attribution(
        source=spans(tie.source),
        cue=spans((tie.cue,)),
        content=spans(tie.content),
        score=round(tie.score, 4),
        why=("the trained reader ties these words to this cue",),
    )
