"""Whatever is done to a case's codebook in whatever order: no review is lost, only what is touched is suggested anew, and every step is
taken back and repeated."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.cli.running import run

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.codebooks import codebook_to
from winset.domain.reviews import Review, judgement_target
from winset.domain.vocabulary import CodebookIssue
from winset.errors import CaseError, UsageError
from winset.services import cases, codebooks, reviews
from winset.services.case_codebooks import of_case
from winset.services.drafting import suggestions
from winset.services.sources import load_case

ARTICLES = {
    "a": "Ferry talks resume\n\nBy Ann Bell, 3 May 2031\n\nOstrava and Lund met in Geneva on Friday for a second round of talks.\n\n"
    "Ostrava demands a full withdrawal of all troops, Foreign Minister Petr Novak said.\n\n"
    "Lund is ready to exchange all prisoners, its president, Ida Holm, said. Lund demands a ceasefire, she said.\n",
    "b": "Talks go on\n\n9 May 2031\n\nOstrava could accept a partial withdrawal and a ceasefire, Foreign Minister Petr Novak said.\n\n"
    "Lund said it would release some prisoners.\n",
}
_made: list[bytes] = []


def case_bytes() -> bytes:
    """The case file with the articles read, made once."""
    if not _made:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "c.winset")
            run("new", str(path))
            for name, text in ARTICLES.items():
                Path(folder, f"{name}.txt").write_text(text, encoding="utf-8")
            assert run("add", str(path), *(str(Path(folder, f"{name}.txt")) for name in ARTICLES)).exit_code == 0
            _made.append(path.read_bytes())
    return _made[0]


def made(held: tuple[Review, ...]) -> set[tuple[object, ...]]:
    """What tells a review, wherever a codebook moved it."""
    return {(one.made_on or one.target, one.verdict, one.by, one.at, one.changes) for one in held}


def on_issues(case: Case) -> dict[str, list[Judgement]]:
    """Issue -> what the record suggests on it before anything is learned from reviews."""
    found: dict[str, list[Judgement]] = {}
    for one in suggestions(case.with_(reviews=())):
        found.setdefault(one.issue or "", []).append(one)
    return found


class Codebooks(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "c.winset")
        self.path.write_bytes(case_bytes())
        self.done: list[Case] = [load_case(self.path)]  # the states that undo goes back through
        self.undone: list[Case] = []
        self.out: list[dict[str, Any]] = []
        self.new = 0

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    @property
    def case(self) -> Case:
        return self.done[-1]

    def issues(self) -> tuple[CodebookIssue, ...]:
        return of_case(self.path).issues

    def pick(self, n: int) -> CodebookIssue:
        """Mostly one that the record speaks of."""
        spoken = {one.issue for one in suggestions(self.case)}
        known = [one for one in self.issues() if one.id in spoken] or list(self.issues())
        return known[n % len(known)]

    def changed(self, told: dict[str, Any]) -> None:
        before, now = self.done[-1], load_case(self.path)
        assert made(now.reviews) == made(before.reviews)
        then, after, touched = on_issues(before), on_issues(now), set(told["touched"])
        for issue in {*then, *after} - touched:
            assert then.get(issue) == after.get(issue), f"{issue} is not among {touched}"
        self.keep(now)

    def keep(self, now: Case) -> None:
        if now != self.done[-1]:
            self.done.append(now)
            self.undone.clear()

    @rule(n=st.integers(0, 20), verdict=st.sampled_from(["accept", "reject", "correct", "skip"]))
    def review(self, n: int, verdict: str) -> None:
        found = suggestions(self.case)
        if not found:
            return
        one = found[n % len(found)]
        low, high = next(issue.bounds for issue in self.issues() if issue.id == one.issue)
        changes = {"value": (low + high) / 2} if verdict == "correct" else None
        reviews.decide(self.path, judgement_target(one), verdict, changes=changes)
        now = load_case(self.path)
        gone = made(self.case.reviews) - made(now.reviews)
        assert all(key[0] == judgement_target(one) or key[0] not in {r.target for r in now.reviews} for key in gone)
        self.keep(now)

    @rule(n=st.integers(0, 20))
    def edit(self, n: int) -> None:
        one = self.pick(n)
        self.new += 1
        self.changed(codebooks.edit(self.path, one.id, phrases=[(one.points[0].value, f"zeppelin number {self.new}")]))

    @rule(n=st.integers(0, 20), phrases=st.integers(0, 3))
    def split(self, n: int, phrases: int) -> None:
        one = self.pick(n)
        words = [phrase for point in one.points for phrase in point.phrases]
        self.new += 1
        try:
            told = codebooks.split(self.path, one.id, f"part-{self.new}", "Which part?", words[phrases::2][:40])
        except (CaseError, UsageError):
            assert load_case(self.path) == self.case
            return
        self.changed(told)

    @rule(n=st.integers(0, 20), k=st.integers(0, 20))
    def merge(self, n: int, k: int) -> None:
        one, other = self.pick(n), self.pick(k)
        try:
            told = codebooks.merge(self.path, one.id, other.id)
        except (CaseError, UsageError):
            assert load_case(self.path) == self.case
            return
        self.changed(told)

    @precondition(lambda self: len(self.issues()) > 1)
    @rule(n=st.integers(0, 20))
    def remove(self, n: int) -> None:
        one = self.pick(n)
        whole = codebook_to(of_case(self.path))
        self.out.append(next(issue for issue in whole["issues"] if issue["id"] == one.id))
        self.changed(codebooks.remove(self.path, one.id))

    @precondition(lambda self: self.out)
    @rule()
    def bring_back(self) -> None:
        one = self.out.pop()
        if any(issue.id == one["id"] for issue in self.issues()):
            return
        self.changed(codebooks.put(self.path, one, new=True))

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def undo(self) -> None:
        cases.undo(self.path)
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        cases.redo(self.path)
        self.done.append(self.undone.pop())

    @invariant()
    def the_file_is_what_it_should_be(self) -> None:
        if hasattr(self, "path"):
            assert load_case(self.path) == self.done[-1]
            reviews.listed(self.path)


Codebooks.TestCase.settings = settings(
    max_examples=3, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCodebooks = Codebooks.TestCase
