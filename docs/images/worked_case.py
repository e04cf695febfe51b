"""The Lorn Strait as two analysts would have worked on it from March to July 2031: reports as they came, reviews, undo
points, and a ledger of forecasts of which most are resolved. For pictures only; their clock is that of the fiction."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from winset.language.annotation import Annotator
from winset.services import adding, cases, comments, forecasts, reviews
from winset.services.files import Source

ANN, BEN = "Ann Reed", "Ben Okafor"
GAZETTE = "Strait Gazette"
YES_NO: tuple[tuple[str, str, str, str, str, tuple[tuple[str, int, int], ...], str | None, str | None], ...] = (
    # asked, id, question, closes, resolves, ((day, per cent of Ann, of Ben), ...), answer, where it was found
    ("04-12", "drop-joint", "Does Velmara drop its demand for joint patrols by 1 June?", "05-31", "06-01",
     (("04-12", 20, 35), ("05-15", 45, 60)), "yes", f"{GAZETTE}, 19 May 2031"),
    ("04-12", "second-round", "Is there a second round in Isk by 31 May?", "05-30", "05-31",
     (("04-12", 80, 90),), "yes", "transcript of 27 May 2031"),
    ("05-20", "korsund-answers", "Does Korsund give anything in return within two weeks?", "06-03", "06-03",
     (("05-20", 30, 15), ("05-28", 65, 40)), "yes", "office of the Premier of Korsund, 2 June 2031"),
    ("06-03", "tariff-june", "Is the timber tariff lifted by the end of June?", "06-30", "06-30",
     (("06-03", 15, 25), ("06-21", 5, 10)), "no", "customs gazette of 1 July 2031"),
    ("06-03", "pact-guarantee", "Does the Northern Pact offer a guarantee by 1 July?", "06-30", "07-01",
     (("06-03", 10, 30),), "no", f"{GAZETTE}, 20 June 2031"),
    ("07-04", "strait-closed", "Does Korsund close its half of the strait before 1 August?", "07-28", "07-31",
     (("07-04", 25, 40), ("07-22", 10, 30)), "no", "joint statement of 30 July 2031"),
    ("07-22", "fishermen", "Is a day named by 31 July on which the last fishermen go free?", "07-29", "07-31",
     (("07-22", 60, 75),), "yes", "joint statement of 30 July 2031"),
    ("07-22", "text-on-patrols", "Do both sides sign a text on patrols by 1 September?", "08-31", "09-01",
     (("07-22", 20, 35), ("07-30", 15, 20)), None, None),
)  # fmt: skip
RULE = "What the two governments publish, or its absence on that day"


class Clock:
    """The time of the fiction, in the place of the machine's in every module that has asked for it."""

    def __init__(self) -> None:
        self.at = datetime(2031, 3, 5, 9, tzinfo=UTC)
        for module in list(sys.modules.values()):
            if getattr(module, "now", None) is cases.now and module is not cases:
                module.__dict__["now"] = self.tick
        cases.now = self.tick

    def tick(self) -> datetime:
        """Some minutes later than when it was asked last."""
        self.at += timedelta(minutes=7)
        return self.at

    def goes_to(self, day: str) -> None:
        """The morning of a day of 2031, where that is still to come."""
        self.at = max(self.at, datetime.fromisoformat(f"2031-{day}T08:10:00+00:00"))


def worked(case: Path, annotator: Annotator | None) -> Path:
    """Makes the case. The clock of this process is that of the fiction from then on."""
    clock = Clock()
    done: list[tuple[str, Callable[[], Any]]] = []
    with as_file(files("winset.catalog").joinpath("episodes", "lorn-strait")) as there:
        _as(ANN, lambda: cases.new(case, "The Lorn Strait (fiction)"))
        _as(ANN, lambda: cases.import_case(case, there / "case.json"))
        for report in sorted((there / "reports").glob("*.txt")):
            who = BEN if "korsund" in report.name else ANN
            done.append(
                (report.name[5:10], partial(_as, who, partial(adding.add, case, [Source(file=str(report))], annotator)))
            )
        done += [*_reviewed(case), *_marked(case), *_asked(case)]
        for day, step in sorted(done, key=lambda one: one[0]):
            clock.goes_to(day)
            step()
    return case


def _as(who: str, act: Callable[[], Any]) -> Any:
    import os

    os.environ["WINSET_AUTHOR"] = who
    return act()


def _reviewed(case: Path) -> list[tuple[str, Callable[[], Any]]]:
    """A few verdicts after each round, one of them taken back; words in front of a part of the brief."""

    def verdicts(who: str, doc: str, said: tuple[str, ...]) -> Callable[[], Any]:
        def act() -> None:
            waiting = [id for id in _statements(case) if id.startswith(doc)]
            for id, verdict in zip(waiting, said, strict=False):
                reviews.decide(
                    case,
                    reviews.statement_target(id),
                    verdict,
                    why="not a party's own words" if verdict == "reject" else None,
                )

        return lambda: _as(who, act)

    words = "Velmara pays first and is paid late: each of its steps so far was answered after two weeks or not at all."
    return [
        ("04-13", verdicts(ANN, "2031-04-11", ("accept", "accept", "accept", "reject"))),
        ("05-21", verdicts(BEN, "2031-05-19", ("accept", "accept", "skip"))),
        ("05-22", lambda: _as(BEN, lambda: cases.undo(case))),
        ("07-23", verdicts(ANN, "2031-07-21", ("accept", "accept", "accept"))),
        ("07-31", lambda: _as(ANN, lambda: comments.write(case, "moves", words, expected=0))),
    ]


def _statements(case: Path) -> list[str]:
    from winset.services.sources import load_case

    return [one.id for one in load_case(case).statements]


def _marked(case: Path) -> list[tuple[str, Callable[[], Any]]]:
    named = (
        ("04-14", "after round one"),
        ("05-25", "before the second round"),
        ("07-24", "the mediator's second plan"),
    )
    return [(day, partial(_as, ANN, partial(cases.mark, case, name))) for day, name in named]


def _asked(case: Path) -> list[tuple[str, Callable[[], Any]]]:
    """Questions, forecasts and outcomes, each on its day."""

    def entry(who: str, day: str, **body: Any) -> tuple[str, Callable[[], Any]]:
        return day, lambda: _as(who, lambda: forecasts.append(case, body, by=who))

    def ask(
        day: str, id: str, text: str, kind: str, closes: str, resolves: str, **more: Any
    ) -> tuple[str, Callable[[], Any]]:
        return entry(ANN, day, kind="question", id=id, text=text, type=kind, rule=more.pop("rule", RULE), options=more.pop("options", []),
                     closes=f"2031-{closes}", resolves=f"2031-{resolves}", base_rate=more.pop("base_rate", None))  # fmt: skip

    done = []
    for asked, id, text, closes, resolves, told, answer, source in YES_NO:
        done.append(ask(asked, id, text, "yes/no", closes, resolves))
        for day, ann, ben in told:
            for who, share in ((ANN, ann), (BEN, ben)):
                done.append(entry(who, day, kind="forecast", question=id, author=who, probability=share / 100))
        if answer:
            on = min(date.fromisoformat(f"2031-{resolves}"), date(2031, 7, 30)).isoformat()[5:]
            done.append(entry(ANN, on, kind="outcome", question=id, outcome=int(answer == "yes"), source=source))
    done += [
        ask("07-22", "tariff", "How much of the timber tariff goes this summer?", "ordered", "08-15", "09-22", options=["none", "half", "all of it"]),
        entry(ANN, "07-22", kind="forecast", question="tariff", author=ANN, options={"none": 0.3, "half": 0.5, "all of it": 0.2}),
        entry(BEN, "07-30", kind="forecast", question="tariff", author=BEN, options={"none": 0.1, "half": 0.8, "all of it": 0.1}),
        ask("07-22", "observers", "When do the first observers arrive?", "date", "08-31", "12-31", rule="The Iskan foreign ministry's own announcement"),
        entry(ANN, "07-30", kind="forecast", question="observers", author=ANN, quantiles={"0.1": "2031-09-05", "0.5": "2031-10-10", "0.9": "later"}),
        entry(BEN, "07-30", kind="forecast", question="observers", author="Vera Lund", source="Institute for Strait Studies", said="2031-07-30",
              quantiles={"0.1": "2031-09-01", "0.5": "2031-09-20", "0.9": "2031-11-30"}),
    ]  # fmt: skip
    return done
