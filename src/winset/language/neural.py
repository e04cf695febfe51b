"""The annotator that reads with the packaged weights: one small encoder on the processor, window by window."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.domain.text import Document, Span, tidy
from winset.language import pieces as reading
from winset.language import speech
from winset.language.annotation import Annotation, Attribution, Name
from winset.language.decode import Question, Tie, answers, question
from winset.language.names import names
from winset.language.pieces import PARAGRAPH, Ints, Pieces
from winset.language.weights import Weights, load
from winset.language.windows import Plan, Window, cut

T = TypeVar("T")
A = ParamSpec("A")

PLAN = Plan()
LONGEST_SENTENCE = 300  # words; a longer run without a start is cut, so that later steps see bounded sentences
MOST_THREADS = 4


class ModelAnnotator:
    """Sentences, names and attributions by the trained reader.

    Every window is read alone, so a document's annotation does not depend on what is read with it, nor on the number of
    threads. Time grows linearly with the text; memory is bounded by a stretch of about 40,000 characters.
    """

    def __init__(self, weights: Weights | None = None, *, threads: int | None = None) -> None:
        """Loads the packaged weights; with one thread everything is done on the caller's.

        Raises ResourceError where they are missing or altered.
        """
        self._weights = load() if weights is None else weights
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = min(usable, MOST_THREADS) if threads is None else threads

    @property
    def name(self) -> str:
        return f"model {self._weights.version}"

    def annotate(self, documents: list[Document]) -> Iterator[Annotation]:
        """One Annotation a document, in order. Never raises on any text; linear in its length.

        Each is given as soon as it is there; while the caller works on it, what comes after is being read.
        """
        pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else _AtOnce()
        try:
            for _, found in groupby(_ahead(self._begun(documents, pool)), key=itemgetter(0)):
                yield self._annotation(stretch for _, stretch in found)
        finally:
            pool.shutdown(cancel_futures=True)

    def _begun(self, documents: list[Document], pool: Executor) -> "Iterator[tuple[int, _Stretch]]":
        """Every document's stretches, at least one, with the document's number; their reading has begun."""
        for number, document in enumerate(documents):
            for group in list(reading.stretches(document.text)) or [[]]:
                yield number, _Stretch(self._weights, document.text, group, pool)

    def _annotation(self, stretches: "Iterable[_Stretch]") -> Annotation:
        sentences: list[Span] = []
        named: list[Name] = []
        attributions: list[Attribution] = []
        for stretch in stretches:
            found = stretch.pieces
            ties = stretch.ties()
            sentences += stretch.sentences()
            named += names(found, stretch.names)
            attributions += (attribution(found, tie) for tie in ties)
        return Annotation(
            by=self.name, sentences=tuple(sentences), names=tuple(named), attributions=tuple(attributions)
        )


class _AtOnce(Executor):
    """Does what is submitted before it returns: the workers of a corpus run are told that each is one thread."""

    def submit(self, fn: Callable[A, T], /, *args: A.args, **kwargs: A.kwargs) -> "Future[T]":
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


AT_ONCE = 32  # windows whose questions are settled at a time
AHEAD = 64  # windows that wait to be read beyond those of the stretch in hand: keeps every processor busy


def _ahead(begun: "Iterable[tuple[int, _Stretch]]") -> "Iterator[tuple[int, _Stretch]]":
    """The same in the same order, each once AHEAD windows of later ones are waiting too."""
    waiting: deque[tuple[int, _Stretch]] = deque()
    later = 0
    for one in begun:
        later += len(one[1].windows) if waiting else 0
        waiting.append(one)
        while later >= AHEAD:
            yield waiting.popleft()
            later -= len(waiting[0][1].windows)
    yield from waiting


@dataclass(frozen=True, slots=True)
class _Found:
    """What is kept of one window: of its core words the sentence starts and name labels; and its question, if any."""

    starts: NDArray[np.bool_]
    names: Ints
    question: Question | None


class _Stretch:
    """One stretch of text, whose windows are read side by side where there are processors for it."""

    def __init__(self, weights: Weights, text: str, group: list[tuple[int, int]], pool: Executor) -> None:
        self._weights, self._text = weights, text
        self.pieces = pieces = reading.read(text, weights.tokenizer, group)
        self.windows = list(cut(pieces, PLAN))
        self._read = [pool.submit(self._window, window) for window in self.windows]
        self._starts = np.zeros(pieces.words, dtype=bool)
        self.names = np.zeros(pieces.words, dtype=np.int64)

    def ties(self) -> list[Tie]:
        """Waits until every window is read, then settles their questions and what stands; fills `names` and `sentences`."""
        questions: list[tuple[Window, Question]] = []
        for window, reading_of in zip(self.windows, self._read, strict=True):
            found = reading_of.result()
            core = slice(window.core_start, window.core_end)
            self._starts[core], self.names[core] = found.starts, found.names
            if found.question is not None:
                questions.append((window, found.question))
        ties: list[Tie] = []
        for begin in range(0, len(questions), AT_ONCE):
            some = questions[begin : begin + AT_ONCE]
            for (window, _), answer in zip(some, answers([one for _, one in some]), strict=True):
                ties += (moved(tie, window.start) for tie in answer)
        return speech.settled(self.pieces, ties, self._weights.settings, self._text)

    def _window(self, window: Window) -> _Found:
        scores = self._weights.run(self.pieces, window)
        core = (window.core_start - window.start, window.core_end - window.start)
        own = slice(*core)
        return _Found(
            scores.sentence[own, 1] > scores.sentence[own, 0],
            scores.name[own].argmax(axis=1),
            question(
                scores,
                self.pieces.shape[window.start : window.end],
                self.pieces.quote[window.start : window.end],
                core,
                self._weights.biases,
                self._weights.settings,
            ),
        )

    def sentences(self) -> Iterator[Span]:
        """Sentences never cross a paragraph mark."""
        found, begin = self.pieces, 0
        marks = found.shape == PARAGRAPH
        for at in [*np.flatnonzero(marks | self._starts).tolist(), found.words]:
            while at > begin:
                end = min(at, begin + LONGEST_SENTENCE)
                yield Span(int(found.starts[begin]), int(found.ends[end - 1]))
                begin = end
            if at < found.words and marks[at]:
                begin = at + 1


def moved(tie: Tie, by: int) -> Tie:
    """The same attribution with its words counted from elsewhere."""
    return replace(
        tie,
        cue=(tie.cue[0] + by, tie.cue[1] + by),
        source=tuple((start + by, end + by) for start, end in tie.source),
        content=tuple((start + by, end + by) for start, end in tie.content),
        closeness=tuple((word + by, value) for word, value in tie.closeness),
        likely=None if tie.likely is None else (tie.likely[0] + by, tie.likely[1] + by),
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
        why=(tie.why,),
    )
