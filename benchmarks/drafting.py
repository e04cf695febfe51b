"""How far drafted stances agree with the labelled negotiations, before any review; run as `python -m benchmarks.drafting`."""

from collections import Counter
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
SEEDS = 20


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
    """What verdicts teach, on all negotiations as one case: as labelled, and as if a codebook were off: two parties' suggestions
    all wrong, all refusals wrong, one word of asking wrong."""
    truth = np.array([right for *_, right in pool])
    parties = np.array([s.party for s, _, _ in pool])
    busiest = [one for one, _ in Counter(parties).most_common(2)]
    refusals = np.array([s.stand == "against" for s, _, _ in pool])
    asked = np.array([len(s.why) > 1 and "called for" in s.why[1] for s, _, _ in pool])
    for name, right in (
        ("as labelled", truth),
        ("two parties misread", truth & ~np.isin(parties, busiest)),
        ("refusals misread", truth & ~refusals),
        ("a word of asking misread", truth & ~asked),
    ):
        _taught(name, [(s, j) for s, j, _ in pool], right)


def _taught(name: str, pairs: list[tuple[Stance, Judgement]], truth: "np.ndarray") -> None:
    """Precision of the surer half of what is not reviewed, by learned scores and by the rules' own, after some reviews in random
    order; and wrong suggestions found by reading in order of doubt against reading in order. Means over orders with 95 % of them."""
    targets = [judgement_target(j) for _, j in pairs]
    rules = np.array([j.score or 0.0 for _, j in pairs])
    for count in (0, 25, 50, 100, 200):
        halves, plain, wholes, found, chance = [], [], [], [], []
        for seed in range(SEEDS):
            order = np.random.default_rng(seed).permutation(len(pairs))
            done = set(order[:count].tolist())
            scores = _scores(pairs, _verdicts(targets, truth, done))
            rest = order[count:]
            half = max(1, len(rest) // 2)
            halves.append(truth[rest[np.argsort(-scores[rest], kind="stable")][:half]].mean())
            plain.append(truth[rest[np.argsort(-rules[rest], kind="stable")][:half]].mean())
            wholes.append(truth[rest].mean())
            chance.append((~truth[order[:count]]).sum())
            read: set[int] = set()
            while len(read) < count:
                scores = _scores(pairs, _verdicts(targets, truth, read))
                left = [int(n) for n in order if int(n) not in read]
                read |= set(sorted(left, key=lambda n: scores[n])[: min(10, count - len(read))])
            found.append((~truth[sorted(read)]).sum())
        low, high = np.percentile(halves, [2.5, 97.5])
        print(
            f"{name}, {count} reviews: surer half {np.mean(halves):.3f} [{low:.3f}, {high:.3f}], by the rules' scores {np.mean(plain):.3f}, "
            f"all {np.mean(wholes):.3f}; wrong ones found by doubt {np.mean(found):.1f}, in order {np.mean(chance):.1f} of {(~truth).sum()}"
        )


def _scores(pairs: list[tuple[Stance, Judgement]], verdicts: dict[str, Review]) -> "np.ndarray":
    return np.array([j.score or 0.0 for j in ranked(pairs, verdicts).judgements])


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
