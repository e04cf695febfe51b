"""The reading room: statements added by hand, voices put together and taken apart, each undone in one step."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.conftest import OURS, opened

from winset.services import cases, workbench, writing
from winset.services.sources import load_case

DOC = "2031-04-11-round-one"


def text_of(case: Path) -> str:
    return str(workbench.document(case, DOC)["document"]["text"])


def test_a_statement_is_added_where_its_words_stand(lorn: Path) -> None:
    client, text = opened(lorn), text_of(lorn)
    at = text.index("ruled out joint patrols")
    source = text.index("Lena Vask")
    sent = {
        "doc": DOC, "content": f"{at}-{at + 23}", "source": f"{source}-{source + 9}", "cue": "", "name": "Lena Vask <b>",
        "party": "korsund", "act": "refusal",
    }  # fmt: skip
    before = load_case(lorn)
    done = client.post("/statements", data=sent, headers=OURS)
    assert done.status_code == 303
    added = set(load_case(lorn).statements) - set(before.statements)
    assert len(added) == 1
    one = added.pop()
    assert one.content[0].of(text) == "ruled out joint patrols"
    assert (one.speaker.name, one.speaker.party, one.act, one.by) == (
        "Lena Vask <b>",
        "korsund",
        "refusal",
        cases.author(),
    )
    page = client.get(f"/documents/{DOC}").text
    assert f'id="{one.id}"' in page
    assert "Lena Vask &lt;b&gt;" in page
    client.post("/undo", headers=OURS)
    assert load_case(lorn) == before


def test_a_translation_stands_beside_the_words_and_names_whose_it_is(lorn: Path) -> None:
    client, text = opened(lorn), text_of(lorn)
    at = text.index("ruled out joint patrols")
    sent = {"doc": DOC, "content": f"{at}-{at + 23}", "translation": " schloss <i>gemeinsame</i> Streifen aus "}
    assert client.post("/statements", data=sent, headers=OURS).status_code == 303
    one = load_case(lorn).statements[-1]
    assert (one.translation, one.translator) == ("schloss <i>gemeinsame</i> Streifen aus", cases.author())
    assert "schloss &lt;i&gt;gemeinsame&lt;/i&gt; Streifen aus" in client.get(f"/documents/{DOC}").text
    where = f"/review/{quote(one.id, safe='')}"
    told = {"verdict": "correct", "version": "0", "translation": ""}
    assert client.post(where, data=told, headers=OURS).status_code == 303
    page = client.get(where).text
    assert "<h2>Translation</h2>" not in page
    assert load_case(lorn).statements[-1].translation  # the correction is laid over it, the record stays


@pytest.mark.parametrize(
    "change",
    [
        {"content": ""},
        {"content": "5-2"},
        {"content": "0-9999999"},
        {"act": "sigh"},
        {"doc": "none"},
        {"cue": "x"},
        {"translation": "x" * 20_001},
    ],
)
def test_a_statement_that_fits_nowhere_is_refused(lorn: Path, change: dict[str, str]) -> None:
    client, before = opened(lorn), lorn.read_bytes()
    sent = {"doc": DOC, "content": "5-20", "act": "report", **change}
    answer = client.post("/statements", data=sent, headers=OURS)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    assert lorn.read_bytes() == before


def test_two_voices_become_one_and_statements_get_a_speaker_of_their_own(lorn: Path) -> None:
    client = opened(lorn)
    known = writing.voices(lorn, DOC)
    voice, into, *_ = known
    sent = {"doc": DOC, "voice": voice, "into": into}
    assert client.post("/voices/merge", data=sent, headers=OURS).status_code == 303
    after = writing.voices(lorn, DOC)
    assert voice not in after
    assert {one["id"] for one in after[into]} == {one["id"] for one in known[voice] + known[into]}
    ids = [known[voice][0]["id"]]
    assert (
        client.post("/voices/split", data={"doc": DOC, "id": ids, "name": "Somebody else"}, headers=OURS).status_code
        == 303
    )
    assert [one["id"] for one in writing.voices(lorn, DOC)["Somebody else"]] == ids
    client.post("/undo", headers=OURS)
    client.post("/undo", headers=OURS)
    assert writing.voices(lorn, DOC) == known
    for wrong in ({"doc": DOC, "voice": voice, "into": voice}, {"doc": DOC, "voice": "x", "into": into}):
        assert client.post("/voices/merge", data=wrong, headers=OURS).status_code == 422
    assert client.post("/voices/split", data={"doc": DOC, "name": "x"}, headers=OURS).status_code == 422


def test_a_document_gets_its_day_in_place_and_somebody_elses_change_is_compared(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get(f"/documents/{DOC}").text
    assert '<details id="describe">' in page
    sent = {
        "doc": DOC,
        "version": re.search(r'name="version" value="(\d+)"', page)[1],
        "title": "",
        "date": "",
        "file": "the wire <b>",
    }
    assert client.post("/documents/describe", data=sent, headers=OURS).status_code == 303
    page = client.get(f"/documents/{DOC}").text
    assert '<details id="describe" open>' in page
    assert f'href="/documents/{DOC}#describe"' in client.get("/documents").text
    assert "the wire &lt;b&gt;" in page
    late = client.post("/documents/describe", data={**sent, "title": "Mine", "date": "2031-04-12"}, headers=OURS)
    assert late.status_code == 409
    assert "the wire &lt;b&gt;" in late.text
    assert "Envoys of Velmara" not in late.text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text))
    assert client.post("/documents/describe", data={**again, "file": "the wire"}, headers=OURS).status_code == 303
    assert "12 Apr 2031" in client.get(f"/documents/{DOC}").text
    wrong = client.post("/documents/describe", data={**sent, "date": "soon"}, headers=OURS)
    assert wrong.status_code == 422
    assert 'data-field="date"' in wrong.text
    cases.undo(lorn)
    cases.undo(lorn)
    assert "11 Apr 2031" in client.get(f"/documents/{DOC}").text
