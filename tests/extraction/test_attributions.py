"""Attribution against annotated news: floors on the development split, and near misses of our own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from winset.domain.text import Document
from winset.evidence.attribution import annotate
from winset.evidence.rules import RuleAnnotator
from winset.language.annotation import Annotator
from winset.language.neural import ModelAnnotator


def scores(annotator: Annotator, shared_path: Any, tmp_path: Path) -> dict[str, float]:
    """F1 by metric on the development split, as the scorer prints them."""
    gold, scorer = shared_path("data", "polnear", "dev.jsonl"), shared_path("eval", "attribution_eval.py")
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    documents = [Document(id=a["doc"], text=a["text"], sha256="0" * 64, language="en") for a in articles]
    lines = [
        json.dumps(
            {
                "doc": document.id,
                "attributions": [
                    {
                        "id": str(n),
                        **{r: [[s.start, s.end] for s in getattr(a, r)] for r in ("source", "cue", "content")},
                    }
                    for n, a in enumerate(annotation.attributions)
                ],
            }
        )
        for document, annotation in zip(documents, annotator.annotate(documents), strict=True)
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(scorer), "--gold", str(gold), "--pred", str(tmp_path / "mine.jsonl")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {
        words[0]: float(words[3])
        for words in map(str.split, done.stdout.splitlines())
        if len(words) == 6 and "." in words[0]
    }


def test_floors_of_the_rules_on_annotated_news(shared_path: Any, tmp_path: Path) -> None:
    f1 = scores(RuleAnnotator(), shared_path, tmp_path)
    assert f1["attribution.match"] >= 0.49
    assert f1["attribution.match_direct"] >= 0.86


def test_floors_of_the_trained_reader_on_annotated_news(shared_path: Any, tmp_path: Path) -> None:
    f1 = scores(ModelAnnotator(), shared_path, tmp_path)
    floors = {
        "attribution.match": 0.75, "attribution.match_direct": 0.945, "attribution.match_mixed": 0.825,
        "attribution.match_indirect": 0.675, "exact.cue": 0.73, "exact.source": 0.77, "exact.content": 0.62,
        "exact.all": 0.545, "overlap.all": 0.875,
    }  # fmt: skip
    assert {name: f1[name] for name in floors if f1[name] < floors[name]} == {}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“We will not sign,” the minister said.", "the minister", "“We will not sign,”"),
        ("They may settle by May, a Western official said.", "a Western official", "They may settle by May"),
        ("The ministry said that talks would resume.", "The ministry", "that talks would resume"),
        ("According to the envoy, both drafts are ready.", "the envoy", "both drafts are ready"),
        (
            '"Both drafts are ready," said the envoy, a former judge.',
            "the envoy, a former judge",
            '"Both drafts are ready,"',
        ),
        ("“No deal,” he muttered quietly. Rain fell.", None, None),
        ("“There will be no deal now,” Marr muttered.", "Marr", "“There will be no deal now,”"),
    ],
)
def test_who_and_what(text: str, source: str | None, content: str | None) -> None:
    found = annotate(text).attributions
    if source is None or content is None:
        assert not found
        return
    assert len(found) == 1
    assert [span.of(text) for span in found[0].source] == [source]
    assert found[0].content[0].of(text).rstrip(",") == content.rstrip(",")


@pytest.mark.parametrize(
    "text",
    [
        'The word "peace" appears twice in the text.',
        "They read “War and Peace” at school.",
        "It rained on Tuesday.",
        "",
    ],
)
def test_quotation_marks_without_a_speaker_are_no_statement(text: str) -> None:
    assert annotate(text).attributions == ()
