"""From the encoder's scores to attributions: cues first, then for each cue the words of its source and content.

A cue is found by its tags. Every other word of the window is then scored against it as nothing, source or content,
with its own begin and go-on labels, so two attributions can share words and a content can stand around its cue. The
best legal sequence of labels is found by Viterbi's algorithm, for many cues at once.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from winset.language.pieces import PARAGRAPH, Ints, quotations

Floats = NDArray[np.float32]

NEAR, FAR = 16, 8  # distances told apart one by one; steps for those beyond, each half an octave wide
DISTANCES = 2 * (NEAR + FAR) + 1
PARAGRAPHS_APART = 2
OUTSIDE, BEGIN, INSIDE = 0, 1, 2  # of a tag
NOTHING, SOURCE, IN_SOURCE, CONTENT, IN_CONTENT = range(5)  # labels of a link
IMPOSSIBLE = -1e9
UNLIKELY = -2.2  # log-odds below which a word begins no source, however much one is wanted
GOES_ON = 2.0  # how much less likely than its first word the words of such a source may be
FARTHEST = -8.0  # least log-probability of a word that counts towards a quotation's closeness


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen by measurement on the development split and not learnt."""

    faintest: float = 0.05  # probability below which a word is no candidate for the beginning of a cue
    direct: float = 0.1  # scores below which an attribution of each kind is dropped
    mixed: float = 0.4
    indirect: float = 0.45


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of the n words of one window.

    `tags` (n x 3 roles x OUTSIDE, BEGIN, INSIDE); `cue`, `other` (n x 5 x rank) vectors whose products score links;
    `alone` (n x 5); `sentence` (n x 2); `name` (n x 9). All raw, before softmax.
    """

    tags: Floats
    cue: Floats
    other: Floats
    alone: Floats
    sentence: Floats
    name: Floats


@dataclass(frozen=True, slots=True)
class Biases:
    """Learnt scores of a link's distance, in words (DISTANCES x 5) and in paragraphs (5 x 5)."""

    distance: Floats
    apart: Floats


@dataclass(frozen=True, slots=True)
class Tie:
    """One attribution in words: [start, end) of its cue, and of each span of its source and content.

    `closeness`: for each quotation near by, its first word that was read and how surely its words are content of this cue
    (mean log-probability, at least FARTHEST). `likely`: the likeliest source, given where none or a single word was found.
    """

    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float
    why: str = "the trained reader ties these words to this cue"
    closeness: tuple[tuple[int, float], ...] = ()
    likely: tuple[int, int] | None = None


def steps(distance: Ints) -> Ints:
    """Distances in words, signed, as indices below DISTANCES: exact up to NEAR, then in half octaves."""
    size = np.abs(distance)
    beyond = NEAR + np.floor(2 * np.log2(np.maximum(size, NEAR) / NEAR)).astype(np.int64)
    index = np.where(size <= NEAR, size, np.minimum(beyond + 1, NEAR + FAR))
    return np.asarray(NEAR + FAR + np.sign(distance) * index, dtype=np.int64)


def apart(paragraphs: Ints) -> Ints:
    """Distances in paragraphs, signed, as indices."""
    return np.clip(paragraphs, -PARAGRAPHS_APART, PARAGRAPHS_APART) + PARAGRAPHS_APART


def cues(tags: Floats, faintest: float) -> list[tuple[int, int, float]]:
    """The cues in a window as (start, end, probability of its beginning), in order, none overlapping.

    Those on the best legal sequence of tags; and, outside them, words whose probability of beginning a cue is at least
    `faintest` and a peak: whether they stand is decided when it is known what they tie together.
    """
    logs = _log_softmax(tags[:, 0, :])
    begins = np.exp(logs[:, BEGIN])
    if begins.max(initial=0.0) < faintest:
        return []
    found = _sequence(logs)
    taken = np.zeros(len(logs), dtype=bool)
    for start, end in found:
        taken[start:end] = True
    for at in np.flatnonzero((begins >= faintest) & ~taken).tolist():
        if taken[at] or (at and begins[at - 1] > begins[at]) or (at + 1 < len(begins) and begins[at + 1] > begins[at]):
            continue
        end = at + 1
        while end < len(logs) and not taken[end] and logs[end, INSIDE] > logs[end, OUTSIDE]:
            end += 1
        taken[at:end] = True
        found.append((at, end))
    return [(start, end, float(begins[start])) for start, end in sorted(found)]


def _sequence(logs: Floats) -> list[tuple[int, int]]:
    """Spans of the best sequence of OUTSIDE, BEGIN, INSIDE, where INSIDE follows only BEGIN or INSIDE."""
    labels = logs.argmax(axis=1)
    wrong = (labels == INSIDE) & (np.concatenate([[OUTSIDE], labels[:-1]]) == OUTSIDE)
    cuts = np.flatnonzero(logs[:, BEGIN] >= logs[:, INSIDE]).tolist()  # where nothing is lost, as in `best_labels`
    done = 0
    for at in np.flatnonzero(wrong).tolist():
        if at >= done:
            next = bisect_right(cuts, at)
            start, done = cuts[next - 1] if next else 0, cuts[next] if next < len(cuts) else len(labels)
            labels[start:done] = _viterbi(logs[start:done])
    return runs(labels, BEGIN)


def _viterbi(logs: Floats) -> list[int]:
    best = (0.0, IMPOSSIBLE, IMPOSSIBLE)
    back = []
    for outside, begin, inside in logs.tolist():
        any_at = max(range(3), key=best.__getitem__)
        go_on = BEGIN if best[BEGIN] >= best[INSIDE] else INSIDE
        back.append((any_at, any_at, go_on))
        best = best[any_at] + outside, best[any_at] + begin, best[go_on] + inside
    labels = [max(range(3), key=best.__getitem__)]
    for came_from in reversed(back[1:]):
        labels.append(came_from[labels[-1]])
    return labels[::-1]


def links(scores: Scores, shape: Ints, starts: list[int], biases: Biases) -> Floats:
    """Log-probabilities (cues x words x 5) of every word's label for each cue that begins at `starts`.

    The five labels lie apart in memory, so that each step goes through long rows.
    """
    words, labels, rank = scores.cue.shape
    at = np.asarray(starts)
    table: Floats = np.matmul(scores.cue[at].transpose(1, 0, 2), scores.other.transpose(1, 2, 0))
    table *= np.float32(rank**-0.5)
    table += scores.alone.T[:, None]
    near = np.ascontiguousarray(biases.distance[steps(np.arange(1 - words, words))].T)
    table += sliding_window_view(near, words, axis=1)[:, words - 1 - at]  # a cue's distances are a stretch of them all
    paragraph = np.cumsum(shape == PARAGRAPH)
    between = apart(paragraph[None, :] - paragraph[at][:, None])
    for label in range(labels):
        table[label] += biases.apart[:, label][between]
    table -= table.max(axis=0)
    table -= np.log(np.exp(table).sum(axis=0))
    return table.transpose(1, 2, 0)


def best_labels(tables: list[Floats]) -> list[Ints]:
    """The best legal label sequence of each row of some tables (rows x words x 5 log-probabilities).

    Each word by itself has a best label, and where those are legal together they are the answer. A label of going on is
    never better than one of beginning where it scores no more, so a sequence may be cut there without loss: Viterbi's
    algorithm is needed only from cut to cut around what is not legal.
    """
    labels = [np.asarray(table.argmax(axis=2), dtype=np.int64) for table in tables]
    parts = [(one, *part) for one, found in enumerate(labels) for part in _illegal(tables[one], found)]
    if parts:
        again = _legal(_padded([tables[one][row, start:end] for one, row, start, end in parts]))
        for (one, row, start, end), best in zip(parts, again, strict=True):
            labels[one][row, start:end] = best[: end - start]
    return labels


def _illegal(table: Floats, labels: Ints) -> list[tuple[int, int, int]]:
    """(row, start, end) from cut to cut around labels that may not follow on those before them."""
    before = np.full_like(labels, NOTHING)
    before[:, 1:] = labels[:, :-1]
    wrong = (labels == IN_SOURCE) & (before != SOURCE) & (before != IN_SOURCE)
    wrong |= (labels == IN_CONTENT) & (before != CONTENT) & (before != IN_CONTENT)
    found: list[tuple[int, int, int]] = []
    for row, at in np.argwhere(wrong).tolist():
        if found and found[-1][0] == row:
            if at < found[-1][2]:
                continue
        else:
            begins = (table[row, :, [SOURCE, CONTENT]] >= table[row, :, [IN_SOURCE, IN_CONTENT]]).all(axis=0)
            cuts = np.flatnonzero(begins).tolist()
        next = bisect_right(cuts, at)
        found.append((row, cuts[next - 1] if next else 0, cuts[next] if next < len(cuts) else table.shape[1]))
    return found


def _padded(tables: list[Floats]) -> Floats:
    """Tables of words one over the other, the shorter ones filled up with words that are NOTHING."""
    padded = np.full((len(tables), max(map(len, tables)), 5), IMPOSSIBLE, dtype=np.float32)
    padded[:, :, NOTHING] = 0
    for row, table in enumerate(tables):
        padded[row, : len(table)] = table
    return padded


def _legal(table: Floats) -> Ints:
    """Viterbi's best legal label sequence of each row."""
    rows, words, _ = table.shape
    gains = np.ascontiguousarray(table.transpose(1, 2, 0))
    best = np.full((words + 1, 5, rows), IMPOSSIBLE, dtype=np.float32)  # of each label at the last word so far
    best[0, NOTHING] = 0
    for before, after, gain in zip(best[:-1], best[1:], gains, strict=True):
        after[:] = before.max(axis=0)
        np.maximum(before[SOURCE::2], before[IN_SOURCE::2], out=after[IN_SOURCE::2])
        after += gain
    came_from = np.empty((words, 5, rows), dtype=np.int8)
    came_from[:] = best[:-1].argmax(axis=1)[:, None]
    for begin, go_on in ((SOURCE, IN_SOURCE), (CONTENT, IN_CONTENT)):
        came_from[:, go_on] = np.where(best[:-1, begin] >= best[:-1, go_on], begin, go_on)
    labels = np.zeros((words, rows), dtype=np.int64)
    state = best[-1].argmax(axis=0)
    every = np.arange(rows)
    for at in range(words - 1, -1, -1):
        labels[at] = state
        state = came_from[at, state, every]
    return labels.T


def runs(labels: Ints, begin: int) -> list[tuple[int, int]]:
    """[start, end) of the spans that `begin` and its go-on label (the next number) make."""
    found: list[tuple[int, int]] = []
    inside = False
    for at in np.flatnonzero((labels == begin) | (labels == begin + 1)).tolist():
        if inside and found[-1][1] == at and labels[at] == begin + 1:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
        inside = True
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """The cues found in one window's core and how every word of `kept` scores against each; see `answers`."""

    cues: list[tuple[int, int, float]]
    kept: Ints  # the words that are no paragraph marks: a content may go on over a mark
    table: Floats
    quotations: list[tuple[int, int]]  # [start, end) of each that the window holds, or of what it holds of it


def question(
    scores: Scores, shape: Ints, quote: Ints, core: tuple[int, int], biases: Biases, settings: Settings
) -> Question | None:
    """What a window asks of `answers`; None where none of its core words begins a cue."""
    here = [cue for cue in cues(scores.tags, settings.faintest) if core[0] <= cue[0] < core[1]]
    if not here:
        return None
    table = links(scores, shape, [start for start, _, _ in here], biases)
    for row, (start, end, _) in enumerate(here):
        table[row, start:end, 1:] = IMPOSSIBLE  # a cue is no part of its own source or content
        table[row, start:end, NOTHING] = 0
    kept = np.flatnonzero(shape != PARAGRAPH)
    return Question(here, kept, table[:, kept], quotations(quote))


def answers(questions: list[Question]) -> list[list[Tie]]:
    """For each window its attributions, in order of their cues; places count within the window."""
    found: list[list[Tie]] = []
    for one, labels in zip(questions, best_labels([one.table for one in questions]), strict=True):
        near = _closeness(one)
        ties = (_tie(cue, one, *row) for cue, *row in zip(one.cues, one.table, labels, near, strict=True))
        found.append([tie for tie in ties if tie is not None])
    return found


def _tie(
    cue: tuple[int, int, float], asked: Question, table: Floats, labels: Ints, closeness: tuple[tuple[int, float], ...]
) -> Tie | None:
    start, end, probability = cue
    kept = asked.kept
    content = runs(labels, CONTENT)
    if not content:
        return None
    source = runs(labels, SOURCE)
    if len(source) > 1:
        source = [max(source, key=lambda span: _weight(table, span, SOURCE))]
    chosen = table[np.arange(len(labels)), labels]
    certainty = float(np.exp(chosen[labels != NOTHING].mean()))
    return Tie(
        (start, end),
        _words(source, kept),
        _words(content, kept),
        min(max(probability * certainty, 0.0), 1.0),
        closeness=closeness,
        likely=_likely(table, kept) if not source or source[0][1] - source[0][0] == 1 else None,
    )


def _likely(table: Floats, kept: Ints) -> tuple[int, int] | None:
    """The word that most likely begins a source, with those behind it that are about as likely part of one."""
    told = np.logaddexp(table[:, SOURCE], table[:, IN_SOURCE])
    other = np.log(np.maximum(-np.expm1(np.minimum(told, -1e-6)), 1e-12))
    odds = table[:, SOURCE] - other
    start = int(odds.argmax())
    if odds[start] < UNLIKELY:
        return None
    far = np.flatnonzero(table[start + 1 :, IN_SOURCE] - other[start + 1 :] <= odds[start] - GOES_ON)
    end = start + 1 + int(far[0]) if len(far) else len(kept)
    return int(kept[start]), int(kept[end - 1]) + 1


def _closeness(asked: Question) -> list[tuple[tuple[int, float], ...]]:
    """For each cue how surely the words of each quotation are its content."""
    if not asked.quotations:
        return [()] * len(asked.cues)
    sure = np.maximum(np.logaddexp(asked.table[:, :, CONTENT], asked.table[:, :, IN_CONTENT]), FARTHEST)
    sums = np.zeros((len(sure), sure.shape[1] + 1))
    np.cumsum(sure, axis=1, dtype=np.float64, out=sums[:, 1:])
    first, last = np.searchsorted(asked.kept, np.asarray(asked.quotations)).T
    means = (sums[:, last] - sums[:, first]) / (last - first)
    starts = [start for start, _ in asked.quotations]
    return [tuple(zip(starts, row, strict=True)) for row in means.tolist()]


def _words(spans: list[tuple[int, int]], kept: Ints) -> tuple[tuple[int, int], ...]:
    return tuple((int(kept[start]), int(kept[end - 1]) + 1) for start, end in spans)


def _weight(table: Floats, span: tuple[int, int], begin: int) -> float:
    start, end = span
    gain = table[start, begin] + table[start + 1 : end, begin + 1].sum() - table[start:end, NOTHING].sum()
    return float(gain)


def _log_softmax(table: Floats) -> Floats:
    shifted = table - table.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)
