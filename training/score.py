"""Predict a gold file's attributions with some weights, and score them.

python -m training.score --gold dev.jsonl --weights DIR --scorer attribution_eval.py [--json FILE] [--pred FILE]
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from winset.domain.text import Document
from winset.language import neural, weights
from winset.language.annotation import Annotation


def scorer(path: Path) -> ModuleType:
    """The scorer, which is a program of its own, as a module."""
    spec = importlib.util.spec_from_file_location("attribution_eval", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(found: Mapping[str, Annotation]) -> dict[str, dict[str, Any]]:
    """Annotations by document as the scorer takes them."""
    return {
        doc: {
            "doc": doc,
            "attributions": [
                {role: [[s.start, s.end] for s in getattr(a, role)] for role in ("source", "cue", "content")}
                for a in annotation.attributions
            ],
        }
        for doc, annotation in found.items()
    }


def document(name: str, text: str) -> Document:
    """A Document of bare text."""
    return Document(id=name, text=text, sha256="0" * 64, language="en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--pred", type=Path)
    given = parser.parse_args()
    evaluate = scorer(given.scorer)
    gold = evaluate.load(str(given.gold), True)
    annotator = neural.ModelAnnotator(weights.load(given.weights))
    began, used = time.perf_counter(), time.process_time()
    documents = [document(name, record["text"]) for name, record in gold.items()]
    found = predictions({one.id: made for one, made in zip(documents, annotator.annotate(documents), strict=True)})
    words = sum(len(record["text"].split()) for record in gold.values())
    taken, used = time.perf_counter() - began, time.process_time() - used
    print(
        f"{words} words in {taken:.1f} s ({words / taken:.0f} a second; {words / used:.0f} a second of processor time)"
    )
    if given.pred:
        given.pred.write_text("".join(json.dumps(one) + "\n" for one in found.values()), encoding="utf-8")
    result, _ = evaluate.evaluate(gold, found)
    evaluate.show(result, sys.stdout)


if __name__ == "__main__":
    main()
