"""Attribution by rules against annotated news: floors on the development split, and near misses of our own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from winset.evidence.attribution import annotate


def test_floors_on_annotated_news(shared_path: Any, tmp_path: Path) -> None:
    gold, scorer = shared_path("data", "polnear", "dev.jsonl"), shared_path("eval", "attribution_eval.py")
    lines = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        found = annotate(article["text"]).attributions
        lines.append(
            json.dumps(
                {
                    "doc": article["doc"],
                    "attributions": [
                        {
                            "id": str(n),
                            **{r: [[s.start, s.end] for s in getattr(a, r)] for r in ("source", "cue", "content")},
                        }
                        for n, a in enumerate(found)
                    ],
                }
            )
        )
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(scorer), "--gold", str(gold), "--pred", str(tmp_path / "mine.jsonl")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    f1 = {
        words[0]: float(words[3])
        for words in map(str.split, done.stdout.splitlines())
        if len(words) == 6 and "." in words[0]
    }
    assert f1["attribution.match"] >= 0.46
    assert f1["attribution.match_direct"] >= 0.75


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
