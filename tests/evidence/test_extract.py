"""From spans to statements: voices, acts, dates; sentences of our own."""

from datetime import date

import pytest

from winset.domain.statements import Statement
from winset.domain.text import Document, Period
from winset.evidence.attribution import annotate
from winset.evidence.extract import extract


def read(text: str, when: date | None = date(2025, 2, 20)) -> list[Statement]:
    document = Document(id="d", text=text, sha256="0" * 64, date=when, language="en")
    return extract(document, annotate(text))


@pytest.mark.parametrize(
    ("text", "kind", "voice", "act"),
    [
        ("“We will not sign,” the minister said.", "direct", "collective", "refusal"),
        ("They may settle by May, a Western official said.", "indirect", "anonymous", "forecast"),
        ("Moscow demanded that the talks exclude Kyiv.", "indirect", "collective", "demand"),
        (
            "Russia would most likely insist on a smaller army, a Western envoy said.",
            "indirect",
            "anonymous",
            "forecast",
        ),
        ("President Ana Marr said she was “ready to talk” with the rebels.", "mixed", "named", "offer"),
        ("The union pledged to end the strike.", "indirect", "collective", "commitment"),
        ("The ministry declined to say whether the talks would go on.", "indirect", "collective", "report"),
    ],
)
def test_kind_voice_and_act(text: str, kind: str, voice: str, act: str) -> None:
    (found,) = read(text)
    assert (found.kind, found.speaker.kind, found.act) == (kind, voice, act)


def test_a_foretold_demand_is_nobodys_demand_yet() -> None:
    (found,) = read("Russia would most likely insist on a smaller army, a Western envoy said.")
    assert found.about == "russia"
    assert "demand" not in found.acts


def test_a_metonym_stands_for_its_state() -> None:
    (found,) = read("The Kremlin said the proposal was unacceptable.")
    assert found.speaker.party == "russia"


def test_a_surname_after_the_full_name_and_a_pronoun_are_one_voice() -> None:
    found = read(
        "French Foreign Minister Jean Noir said talks had begun. Noir said a draft existed. He said it was short."
    )
    assert len({s.speaker.id for s in found}) == 1
    assert found[0].speaker.party == "france"


def test_an_unnamed_voice_keeps_its_identity() -> None:
    found = read("A person briefed on the talks said a date was set. The person said it would be soon.")
    assert found[0].speaker.kind == "anonymous"
    assert found[0].speaker.id == found[1].speaker.id


def test_the_day_is_counted_from_the_articles_date() -> None:
    (found,) = read("The envoy told reporters on Tuesday that a draft was ready.")
    assert found.date == Period(date(2025, 2, 18), date(2025, 2, 18))
    assert read("The envoy told reporters on Tuesday that a draft was ready.", None)[0].date is None
