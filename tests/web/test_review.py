"""The review queue in the browser: narrowed, sorted, corrected, decided all at once; the brief's parts; search."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import OURS, opened

from winset.services import board, brief, cases, comments, reviews, workbench
from winset.services.sources import load_case


def waiting(case: Path) -> list[reviews.Seen]:
    return reviews.page(case, reviews.Wanted(), count=1000)


def send(client: TestClient, id: str, **fields: str) -> int:
    data = {"version": "0", **fields}
    return client.post(f"/review/{quote(id, safe='')}", data=data, headers=OURS).status_code


def test_the_queue_is_narrowed_and_sorted_and_keeps_its_filter_from_one_to_the_next(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get("/queue?order=doubt").text
    scores = [float(one) for one in re.findall(r'<td class="num">(\d\.\d\d)</td>', page)]
    assert scores == sorted(scores)
    who, _ = reviews.choices(lorn)["voices"][0]
    with_who = reviews.page(lorn, reviews.wanted(lorn, who=who, order="doubt"))
    where = client.get(f"/review?who={quote(who)}&order=doubt").headers["location"]
    assert where == f"/review/{quote(with_who[0].id, safe='')}?order=doubt&who={quote(who).replace('%20', '+')}"
    assert "in the queue" in client.get(where).text
    done = client.post(
        f"/review/{quote(with_who[0].id, safe='')}",
        data={"version": "0", "verdict": "accept", "who": who, "order": "doubt"}, headers=OURS,
    )  # fmt: skip
    follow = client.get(done.headers["location"]).headers["location"]
    assert follow.startswith(f"/review/{quote(with_who[1].id, safe='')}?")


def test_all_that_is_shown_is_accepted_at_once_counted_and_undone(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get("/queue").text
    shown = re.findall(r'name="at" value="([^"]+)"', page)
    assert len(shown) == min(50, len(waiting(lorn)))
    before = len(waiting(lorn))
    done = client.post("/queue", data={"verdict": "accept", "at": shown}, headers=OURS)
    assert done.headers["location"] == f"/queue?done={len(shown)}"
    assert f"{len(shown)} statements were decided at once" in client.get(done.headers["location"]).text
    assert len(waiting(lorn)) == before - len(shown)
    stale = client.post("/queue", data={"verdict": "reject", "at": shown}, headers=OURS)
    assert stale.status_code == 409
    client.post("/undo", headers=OURS)
    assert len(waiting(lorn)) == before


def test_a_correction_changes_what_the_brief_says_and_nothing_else(lorn: Path) -> None:
    client, one = opened(lorn), waiting(lorn)[0]
    page = client.get(f"/review/{quote(one.id, safe='')}").text
    field = re.search(r'name="content" value="(\d+)-(\d+)', page)
    assert field
    start, end = (int(x) for x in field.groups())
    assert [start, end] == one.now["content"][0]
    spans = f"{start}-{end - 2}"
    code = send(client, one.id, verdict="correct", **{"speaker.name": "Ann <i>Bell", "act": "threat", "content": spans})
    assert code == 303
    told = next(s for s in brief.as_json(brief.brief(load_case(lorn)))["statements"] if s["id"] == one.id)
    assert (told["speaker"]["name"], told["act"], told["content"]) == ("Ann <i>Bell", "threat", [[start, end - 2]])
    assert told["speaker"]["kind"] == one.now["speaker"]["kind"]
    page = client.get(f"/review/{quote(one.id, safe='')}").text
    assert "Ann &lt;i&gt;Bell" in page
    assert "corrected" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "correct"},
        {"verdict": "correct", "content": "5"},
        {"verdict": "correct", "content": "9-3"},
        {"verdict": "correct", "content": "0-99999999"},
        {"verdict": "correct", "content": ""},
        {"verdict": "correct", "act": "sigh"},
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_and_nothing_is_written(lorn: Path, fields: dict[str, str]) -> None:
    client, one, before = opened(lorn), waiting(lorn)[0], lorn.read_bytes()
    assert send(client, one.id, **fields) == 422
    assert lorn.read_bytes() == before


def test_a_stale_verdict_offers_the_way_back(lorn: Path) -> None:
    client, one = opened(lorn), waiting(lorn)[0]
    reviews.decide(lorn, one.id, "accept")
    answer = client.post(f"/review/{quote(one.id, safe='')}", data={"version": "0", "verdict": "reject"}, headers=OURS)
    assert answer.status_code == 409
    assert "<td><bdi>accept</bdi></td><td><bdi>reject</bdi>" in answer.text
    assert f'href="/review/{quote(one.id)}"' in answer.text


def test_the_brief_has_the_parts_chosen_in_the_order_chosen(riyadh: Path) -> None:
    client = opened(riyadh)
    offered = re.findall(r'type="checkbox" id="part-([^"]+)"', client.get("/brief").text)
    assert len(offered) > 3
    first, second = offered[2], offered[0]
    page = client.get(f"/brief/read?part={first}&part={second}&place.{first}=1&place.{second}=2").text
    places = [page.find(f'id="{one}"') for one in (first, second)]
    assert -1 < places[0] < places[1]
    assert all(f'<section id="{one}"' not in page for one in offered[3:])
    assert client.get(f"/brief/md?part={first}").status_code == 200
    assert client.get("/brief/read?part=nothing").status_code == 404
    assert client.get("/brief/exe").status_code == 404
    assert client.get("/brief/docx?since=2025-02-11").content[:2] == b"PK"


def test_search_finds_documents_statements_parties_and_issues(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/search?words=NATO").text
    assert re.search(r"<h2>\d+ statements?</h2>", page)
    assert re.search(r"<h2>\d+ documents?</h2>", page)
    assert "<h2>Parties and issues</h2>" in page
    assert "Nothing in this case" in client.get("/search?words=zzzzqq").text
    assert client.get('/search?words="%00*(').status_code == 200


def test_search_finds_notes_reasons_and_own_words_and_writes_dates_out(lorn: Path) -> None:
    client, one = opened(lorn), waiting(lorn)[0]
    board.judge(
        lorn, quantity="position", party="velmara", issue=load_case(lorn).issues[0].id, numbers=(10.0,), as_of=None,
        note="a Wärmflasche of mine",
    )  # fmt: skip
    reviews.decide(lorn, one.id, "reject", why="the wärmflasche is not said by him")
    comments.write(lorn, "moves", "No wärmflasche <b>yet</b>")
    found = workbench.search(lorn, "WÄRMFLASCHE")["records"]
    assert [record["kind"] for record in found] == ["judgements", "comments", "reviews"]
    for record in found:
        assert client.get(record["link"].split("#")[0]).status_code == 200
    page = client.get("/search?words=wärmflasche").text
    assert "No wärmflasche &lt;b&gt;yet" in page
    said = re.findall(r'<span class="soft">(\d+ \w+ \d+)</span>', client.get("/search?words=the").text)
    assert len(said) > 20
    assert all(one.endswith(" 2031") for one in said)


def test_get_pages_change_nothing(riyadh: Path) -> None:
    client, before = opened(riyadh), riyadh.read_bytes()
    for path in (
        "/queue?order=sure",
        "/deals",
        "/uncertainty?method=offers",
        "/forecasts",
        "/brief",
        "/search?words=a",
    ):
        assert client.get(path).status_code == 200, path
    assert riyadh.read_bytes() == before
    assert cases.show(riyadh)["counts"]["reviews"] == 0


def test_a_dossier_holds_what_concerns_one_party_or_issue(riyadh: Path) -> None:
    client = opened(riyadh)
    whole = client.get("/brief/json").json()
    russia = client.get("/brief/json?party=russia").json()
    assert {one["party"] for one in russia["positions"]} == {"russia"}
    assert 0 < len(russia["statements"]) < len(whole["statements"])
    assert all("russia" in (one["party"], one["toward"]) for one in russia["moves"])
    nato = client.get("/brief/json?issue=nato").json()
    assert {one["issue"] for one in nato["positions"]} == {"nato"}
    assert "May Ukraine join NATO?" in client.get("/brief/read?issue=nato&part=positions&part=deals").text
    assert client.get("/brief/read?party=nobody").status_code == 404
