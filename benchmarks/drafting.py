"""How far drafted stances agree with the labelled negotiations, before any review; run as `python -m benchmarks.drafting`."""

from datetime import UTC, datetime

import numpy as np
from tests.extraction import labelled

from winset.domain.estimates import Judgement
from winset.domain.reviews import Review, judgement_target
from winset.evidence.drafting import judged
from winset.evidence.ranking import ranked
from winset.evidence.stances import Stance
from winset.services.annotators import choose
from winset.services.drafting import codebook_of, drafted

NAMES = ("war", "trade", "labour", "climate", "coalition")
DRAWS = 2_000
SEEDS = 10


def main() -> None:
    """One line a negotiation and one for all: F1, precision, recall; point, voice, party where found; 95 % by reports."""
    annotator = choose("model")
    assert annotator is not None
    everything: list[tuple[int, ...]] = []
    pool: list[tuple[Stance, Judgement, bool]] = []
    for name in NAMES:
        negotiation = labelled.negotiation(name)
        case = labelled.read(negotiation, annotator)
        draft = drafted(case)[1]
        drawn = labelled.suggestions(draft)
        step = labelled.steps(codebook_of(case).issues)
        rows = []
        for document in negotiation.documents:
            part = labelled.Negotiation(
                name,
                "",
                "",
                negotiation.parties,
                [document],
                [one for one in negotiation.labels if one.doc == document.id],
            )
            one = labelled.agreement(part, [s for s in drawn if s.doc == document.id], step)
            rows.append((one.labels, one.suggested, one.found, one.near, one.voices, one.parties, one.right))
        everything += rows
        whole = labelled.agreement(negotiation, drawn, step)
        bad = {(one.statement, one.issue) for _, one in whole.wrong} | {
            (one.statement, one.issue) for one in whole.extra
        }
        pool += [
            (s, judged(s, None), (s.statement, s.issue) not in bad)
            for s in draft.stances
            if s.stand != "drops" and s.voice == "own"
        ]
        print(name, *_measured(np.array(rows)))
    print("all", *_measured(np.array(everything)))
    _learned(pool)


def _learned(pool: list[tuple[Stance, Judgement, bool]]) -> None:
    """Precision of the surer half of what is not reviewed, and of all of it, after some reviews in random order; and wrong
    suggestions found by reading in order of doubt against reading in random order. All negotiations as one case; means over orders."""
    pairs, truth = [(s, j) for s, j, _ in pool], np.array([right for *_, right in pool])
    targets = [judgement_target(j) for _, j in pairs]
    for count in (0, 25, 50, 100, 200):
        halves, wholes, found, chance = [], [], [], []
        for seed in range(SEEDS):
            order = np.random.default_rng(seed).permutation(len(pool))
            done = set(order[:count].tolist())
            scores = np.array([j.score or 0.0 for j in ranked(pairs, _verdicts(targets, truth, done))[0]])
            rest = np.array([n for n in order if n not in done])
            surest = rest[np.argsort(-scores[rest], kind="stable")][: max(1, len(rest) // 2)]
            halves.append(truth[surest].mean())
            wholes.append(truth[rest].mean())
            chance.append((~truth[order[:count]]).sum())
            read: set[int] = set()
            while len(read) < count:
                scores = np.array([j.score or 0.0 for j in ranked(pairs, _verdicts(targets, truth, read))[0]])
                left = [int(n) for n in order if int(n) not in read]
                read |= set(sorted(left, key=lambda n: scores[n])[: min(25, count - len(read))])
            found.append((~truth[sorted(read)]).sum())
        print(
            f"{count} reviews: surer half {np.mean(halves):.3f}, all {np.mean(wholes):.3f}; wrong ones found by doubt {np.mean(found):.1f}, at random {np.mean(chance):.1f} of {(~truth).sum()}"
        )


def _verdicts(targets: list[str], truth: "np.ndarray", done: set[int]) -> dict[str, Review]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        targets[n]: Review(target=targets[n], verdict="accept" if truth[n] else "reject", by="label", at=at)
        for n in done
    }


def _measured(rows: "np.ndarray") -> list[str]:
    generator = np.random.default_rng(1)
    drawn = [_shares(rows[generator.integers(len(rows), size=len(rows))].sum(axis=0)) for _ in range(DRAWS)]
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    return [
        f"{name} {x:.2f} [{a:.2f}, {b:.2f}]"
        for name, x, a, b in zip(
            ("F1", "precision", "recall", "point", "voice", "party", "all right"),
            _shares(rows.sum(axis=0)),
            low,
            high,
            strict=True,
        )
    ]


def _shares(sums: "np.ndarray") -> list[float]:
    labels, suggested, found, near, voices, parties, right = (float(x) for x in sums)
    return [
        2 * found / (labels + suggested),
        found / suggested,
        found / labels,
        near / found,
        voices / found,
        parties / found,
        right / suggested,
    ]


if __name__ == "__main__":
    main()
