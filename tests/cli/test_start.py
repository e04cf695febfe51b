"""Commands that read no sentence load nothing that does: what they take is the time until they answer."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import run

READS = {
    "winset.evidence.drafting", "winset.evidence.extract", "winset.evidence.proposals", "winset.evidence.mentions", "winset.evidence.pointers",
    "winset.evidence.likeness", "winset.language.weights", "onnxruntime",
}  # fmt: skip
COMPUTES = {"scipy", "highspy", "winset.report.brief.content", "winset.models.bargaining.deals"}


@pytest.mark.parametrize(
    ("command", "answers"),
    [
        ("codebook list", COMPUTES | {"numpy"}),
        ("codebook show climate", COMPUTES | {"numpy"}),
        ("show CASE", COMPUTES | {"numpy"}),
        ("reviews CASE", COMPUTES | {"numpy"}),
        ("history CASE", COMPUTES | {"numpy"}),
        ("positions CASE", COMPUTES),
        ("ledger CASE", COMPUTES),
        ("precedents CASE", COMPUTES),
        ("proposals CASE", COMPUTES),
        ("pointers CASE", COMPUTES),
        ("alignment CASE", COMPUTES),
        ("diff CASE --since 2026-01-01", {"scipy", "winset.report.brief.content"}),
    ],
)
def test_a_command_on_a_case_without_documents_loads_nothing_that_reads(
    command: str, answers: set[str], tmp_path: Path
) -> None:
    case = tmp_path / "c.winset"
    run("new", str(case))
    code = (
        "import sys\n"
        "from winset.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        f"print(sorted({READS | answers!r} & set(sys.modules)))"
    )
    words = [str(case) if word == "CASE" else word for word in command.split()]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "winset:" not in done.stderr


def test_a_brief_of_articles_that_nobody_judged_loads_no_method(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The union demands a pay rise of 6 percent, its president Ana Marr said.", encoding="utf-8"
    )
    code = (
        "import sys\n"
        "from winset.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print(sorted({'winset.services.bargaining', 'winset.services.propagation', 'winset.services.leverage', 'scipy'} & set(sys.modules)))"
    )
    words = ["brief", str(tmp_path), "--annotator", "rules", "--out", str(tmp_path / "a.html")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert (tmp_path / "a.html").exists()
