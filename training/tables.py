"""Print the tables of docs/evidence/quality.md: measured now, but for what other weights once gave, which is recorded.

    python -m training.tables --gold dev.jsonl --scorer attribution_eval.py [--weights DIR] [--layers dev.layers.jsonl.gz]

In order: by metric and kind of speech (with Citron's and two people's figures as published with the data); by
publisher; agreement of sentences and names with CoreNLP; speed; and the tries of `training/tries.tsv`.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.score import document, predictions, scorer

from winset.evidence.rules import RuleAnnotator
from winset.language import neural, weights
from winset.language.annotation import Annotation

TRIES = Path(__file__).with_name("tries.tsv")
ROWS = (
    ("attribution found with the right source", "attribution.match", ".527", ".758"),
    ("direct", "attribution.match_direct", ".65", ".99"),
    ("mixed", "attribution.match_mixed", ".63", ".90"),
    ("indirect", "attribution.match_indirect", ".46", ".67"),
    ("exact cue", "exact.cue", ".531", ".713"),
    ("exact source", "exact.source", ".599", ".746"),
    ("exact content", "exact.content", ".383", ".681"),
    ("all three spans exact", "exact.all", ".310", ".590"),
    ("words, all roles", "overlap.all", ".687", ".887"),
)
CLASSES = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place"}


def table(*rows: Iterable[str]) -> None:
    """Rows of cells as Markdown, the first of them the heading."""
    head, *body = (list(row) for row in rows)
    for row in (head, ["---"] * len(head), *body):
        print("| " + " | ".join(row) + " |")
    print()


def figure(value: float) -> str:
    """A share in three decimals without the leading zero."""
    return f"{value:.3f}".removeprefix("0")


def metrics(mine: dict[str, Any], rules: dict[str, Any]) -> None:
    """The first table: every metric of the scorer that the promises name; precision and recall of the reader beside."""
    head = [
        "metric",
        "trained reader",
        "precision",
        "recall",
        "rules",
        "Citron, trained on the same data",
        "two people",
    ]
    rows = []
    for words, name, citron, people in ROWS:
        one = mine["metrics"][name]
        cells = [figure(one[part]) for part in ("f1", "p", "r")]
        rows.append([words, *cells, figure(rules["metrics"][name]["f1"]), citron, people])
    right = [figure(result["source_accuracy_given_content"]) for result in (mine, rules)]
    rows.append(["source right where the content is found", right[0], "", "", right[1], ".912", ".943"])
    table(head, *rows)


def publishers(mine: dict[str, Any]) -> None:
    """The second table: attributions found with the right source."""
    found = sorted(mine["by_publisher"].items(), key=lambda pair: -pair[1]["f1"])
    table(
        ["publisher", "F1", "precision", "recall", "attributions"],
        *([name, figure(one["f1"]), figure(one["p"]), figure(one["r"]), str(one["gold"])] for name, one in found),
    )


def agreement(layers: Path, found: dict[str, Annotation]) -> None:
    """The third: F1 of exact spans against CoreNLP's output, which nobody corrected; no measure of who is right."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("sentence ends", *CLASSES.values())}
    with gzip.open(layers, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            one = found[record["doc"]]
            theirs: dict[str, set[Any]] = {"sentence ends": {end for _, end in record["sentences"]}}
            mine: dict[str, set[Any]] = {"sentence ends": {span.end for span in one.sentences}}
            for kind, span in runs(record["tokens"]):
                theirs.setdefault(kind, set()).add(span)
            for name in one.names:
                mine.setdefault(name.kind, set()).add((name.span.start, name.span.end))
            for name, count in counts.items():
                a, b = mine.get(name, set()), theirs.get(name, set())
                count.update(both=len(a & b), mine=len(a), theirs=len(b))
    rows = [
        [name, figure(2 * count["both"] / max(count["mine"] + count["theirs"], 1)), str(count["theirs"])]
        for name, count in counts.items()
    ]
    table(["what", "agreement with CoreNLP (F1)", "of its"], *rows)


def runs(tokens: dict[str, list[Any]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """CoreNLP's names: runs of tokens of one class within a sentence."""
    before, begin, last = None, 0, 0
    for start, end, kind, sentence in zip(*(tokens[key] for key in ("start", "end", "ner", "sentence")), strict=True):
        here = (CLASSES[kind], sentence) if kind in CLASSES else None
        if here != before:
            if before is not None:
                yield before[0], (begin, last)
            before, begin = here, start
        last = end
    if before is not None:
        yield before[0], (begin, last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--layers", type=Path, help="by default the file of that name beside the gold one")
    given = parser.parse_args()
    evaluate = scorer(given.scorer)
    gold = evaluate.load(str(given.gold), True)
    reader = neural.ModelAnnotator(weights.load(given.weights))
    documents = [document(name, record["text"]) for name, record in gold.items()]
    began, used = time.perf_counter(), time.process_time()
    found = {one.id: made for one, made in zip(documents, reader.annotate(documents), strict=True)}
    taken, used = time.perf_counter() - began, time.process_time() - used
    mine, _ = evaluate.evaluate(gold, predictions(found))
    rules = RuleAnnotator()
    theirs = {one.id: made for one, made in zip(documents, rules.annotate(documents), strict=True)}
    others, _ = evaluate.evaluate(gold, predictions(theirs))
    metrics(mine, others)
    publishers(mine)
    layers = given.layers or given.gold.with_name(given.gold.name.replace(".jsonl", ".layers.jsonl.gz"))
    if layers.exists():
        agreement(layers, found)
    words = sum(len(record["text"].split()) for record in gold.values())
    table(
        ["words", "a second", "a second of processor time"],
        [f"{words:,}", f"{words / taken:,.0f}", f"{words / used:,.0f}"],
    )
    table(*(line.split("\t") for line in TRIES.read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main()
