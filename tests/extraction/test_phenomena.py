"""Voices, acts, clauses and dates by tables of sentences; kinds of text by whole documents of our own."""

import pytest
from tests.extraction.tables import DAY, rows, wrong

from winset.domain.statements import Statement
from winset.domain.text import Document, Span
from winset.evidence.attribution import annotate
from winset.evidence.extract import extract
from winset.language.annotation import Annotation, Attribution

TABLES = ("acts", "clause", "dates", "fifth", "fourth", "fresh", "mixed", "phenomena", "sixth", "third", "voices")


def read(text: str) -> list[Statement]:
    document = Document(id="d", text=text, sha256="0" * 64, date=DAY, language="en")
    return extract(document, annotate(text))


def said(statement: Statement, text: str) -> str:
    return " ".join(span.of(text) for span in statement.content)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_holds(name: str) -> None:
    assert [fault for row in rows(name) for fault in wrong(row)] == []


def test_the_tables_hold_300_sentences_over_all_acts() -> None:
    marked = [row for name in TABLES for row in rows(name)]
    lines = [line for row in marked for line in row.expected]
    assert sum(row.text.count(".") + 1 for row in marked) >= 300
    acts = {part.split("=")[1] for line in lines for part in line.split("; ") if part.startswith("act=")}
    assert len(acts) == 11


def test_turns_of_a_transcript_are_their_speakers_own_words() -> None:
    text = (
        "Briefing by the spokesperson of the foreign ministry of France\n\nQUESTION: Does France accept the plan?\n\n"
        "MS. LEROUX: We do not accept the plan as it stands. We are ready to discuss it if Kyiv is at the table.\n\n"
        "(Laughter.)\n\nQUESTION: And the assets?\n\nMS. LEROUX: They must stay frozen until Russia pays.\n"
    )
    found = read(text)
    assert [one.speaker.name or one.speaker.description for one in found] == [
        "QUESTION",
        "Leroux",
        "QUESTION",
        "Leroux",
    ]
    assert {one.kind for one in found} == {"direct"}
    answer = found[1]
    assert (answer.acts[:2], answer.speaker.party, answer.speaker.standing) == (
        ("refusal", "offer"),
        "france",
        "official",
    )
    assert (found[3].act, found[3].condition) == ("demand", "until Russia pays")
    assert found[0].act == "report"


def test_questions_and_answers_with_letters_belong_to_the_person_interviewed() -> None:
    text = (
        "Interview with Kemal Aydar, Turkey's special envoy\n\nQ: Is the corridor dead?\n\nA: We will keep it open.\n"
    )
    found = read(text)
    assert [one.speaker.name for one in found][-1] == "Kemal Aydar"
    assert (found[-1].act, found[-1].speaker.party) == ("commitment", "turkey")


def test_what_is_told_behind_a_transcript_is_nobodys_turn() -> None:
    text = (
        "Q: Minister, is that your last word?\nSOLE: We would sign for ninety boats.\nQ: And the ports?\nSOLE: They stay shut.\n\n"
        "Asked about the nets, Mr Thorn said Iceria would be happy with 130 millimetres.\n"
    )
    found = read(text)
    assert [said(one, text) for one in found if one.speaker.name == "Sole"] == [
        "We would sign for ninety boats.",
        "They stay shut.",
    ]
    last = [one for one in found if one.content[-1].end > text.index("Asked")]
    assert last
    assert all(one.speaker.name != "Sole" for one in last)


def test_a_report_with_a_colon_is_no_transcript() -> None:
    assert all(one.cue for one in read("The minister said: “We will not sign.”\n\nNote: prices may vary.\n"))


def test_the_issuing_bodies_of_a_communique_speak_together() -> None:
    text = (
        "Joint Statement of the Foreign Ministers of Armenia and Azerbaijan\nGeneva, 12 March 2026\n\n"
        "The Ministers agreed to exchange all prisoners. The Parties will set up a joint commission. "
        "They called on the United Nations to send observers.\n"
    )
    found = read(text)
    assert [one.act for one in found] == ["commitment", "commitment", "demand"]
    assert {one.speaker.members for one in found} == {("armenia", "azerbaijan")}
    assert {one.speaker.kind for one in found} == {"collective"}


def test_an_account_speaks_in_its_posts() -> None:
    text = "Ministry of Foreign Affairs of Qatar (@MofaQatar_EN)\n10 January 2026\n\nQatar welcomes the truce.\n\n@IsraelMFA: Israel will not accept a partial deal.\n"
    found = read(text)
    assert [(one.speaker.party, one.act, one.kind) for one in found] == [
        ("qatar", "praise", "direct"), ("israel", "refusal", "direct"),
    ]  # fmt: skip


def test_the_reporters_forecast_is_the_authors() -> None:
    (found,) = read("The talks are likely to fail unless the port is reopened.")
    assert (found.speaker.kind, found.source, found.cue, found.act, found.modality) == (
        "author",
        (),
        (),
        "forecast",
        "likely",
    )


def test_what_a_party_will_probably_ask_for_is_the_authors_forecast_about_it() -> None:
    (found,) = read("Russia will probably insist on a smaller army.")
    assert (found.speaker.kind, found.act, found.about) == ("author", "forecast", "russia")


def test_a_concession_told_in_passing_is_laid_to_its_party() -> None:
    text = "China has no objection to a hotline, its foreign ministry said, after taking a demand for joint patrols off the table."
    passing = [one for one in read(text) if one.speaker.kind == "author"]
    assert [(one.act, one.about, one.tense) for one in passing] == [("concession", "china", "past")]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Lima said it was ready to talk, days after softening its position on the sea border.", "peru"),
        ("With its demand for a veto dropped, Khartoum signed within days.", "sudan"),
        ("Since withdrawing its objection to the dam, Cairo has kept silent.", "egypt"),
        ("Ankara, which last week waived its veto, opened the summit.", "turkey"),
        ("After refusing to drop its claim, Manila walked out.", None),
        ("Before giving up its demand for a levy, Oslo wants a written promise.", None),
        ("Without dropping its claim, Manila said it would talk.", None),
        ("After taking the coffee off the table, the waiter left.", None),
    ],
)
def test_what_was_given_up_in_passing_is_whose_the_sentence_says(text: str, party: str | None) -> None:
    document = Document(id="d", text=text, sha256="0" * 64, date=DAY, language="en")
    found = extract(document, Annotation(by="test", sentences=(Span(0, len(text)),)))
    assert [one.about for one in found if one.act == "concession"] == ([party] if party else [])


@pytest.mark.parametrize("lead", ["It is rumoured that", "Word has it that", "Reportedly,"])
def test_hearsay_by_a_phrase_is_of_whom_it_names(lead: str) -> None:
    (found,) = read(f"{lead} Minsk will sign the treaty.")
    assert (found.speaker.kind, found.act, found.about, found.tense) == ("none", "report", "belarus", "future")


def test_three_predicates_on_one_subject_are_three_statements() -> None:
    text = "Karsk's foreign minister, Ilan Dorvath, has dismissed the draft, attacked its authors and praised the mediators."
    spans = [
        (text.index(a), text.index(a) + len(a))
        for a in ("Karsk's foreign minister, Ilan Dorvath,", "has dismissed", "the draft")
    ]
    source, cue, content = ((Span(*span),) for span in spans)
    document = Document(id="d", text=text, sha256="0" * 64, date=DAY, language="en")
    annotation = Annotation(
        by="test", sentences=(Span(0, len(text)),), attributions=(Attribution(source=source, cue=cue, content=content),)
    )
    found = extract(document, annotation)
    assert [(one.act, said(one, text)) for one in found] == [
        ("refusal", "the draft"), ("accusation", "its authors"), ("praise", "the mediators"),
    ]  # fmt: skip
    assert {one.speaker.name for one in found} == {"Ilan Dorvath"}


def test_a_list_of_things_is_no_row_of_predicates() -> None:
    text = "The minister rejected the draft, the map and the talks."
    assert len([one for one in read(text) if one.cue]) == 1


def test_hearsay_has_no_source() -> None:
    (found,) = read("The general has reportedly left the capital.")
    assert (found.speaker.kind, found.act) == ("none", "report")


def test_in_a_chain_the_inner_statement_stands_within_the_outer_and_is_about_its_party() -> None:
    text = "“Iran has told us that it would return to the talks,” the Omani minister said."
    found = read(text)
    inner = [one for one in found if one.within]
    assert len(inner) <= 1
    for one in inner:
        assert one.about == "iran"
    assert {one.speaker.party for one in found if not one.within} == {"oman"}


@pytest.mark.parametrize(
    "text", ["The so-called “peace fleet” has yet to sail.", "They read “War and Peace” at school."]
)
def test_scare_quotes_and_titles_are_no_statements(text: str) -> None:
    assert read(text) == []


def test_a_paragraph_that_is_only_a_quotation_goes_on_with_its_speaker() -> None:
    text = "“We are close,” Lena Vogt said.\n\n“But close is not done.”\n"
    found = read(text)
    assert {one.speaker.name for one in found} == {"Lena Vogt"}
    assert "close is not done" in " ".join(said(one, text) for one in found)


def test_the_same_text_gives_the_same_statements() -> None:
    text = "The envoy of Oman said a date was set. He said it was soon."
    assert read(text) == read(text)


def test_an_interview_without_labels_is_its_guests_own_words() -> None:
    text = (
        "Interview with Bishop Marcus Odeh on the school dispute\n\nWhy did the church leave the talks?\n\n"
        "We were shown the door. The council had written the minutes beforehand.\n\nWhat would bring you back?\n\n"
        "A written promise that the teachers keep their jobs.\n\nUntil then we will not come.\n"
    )
    found = [one for one in read(text) if one.kind == "direct"]
    assert [one.speaker.name or one.speaker.description for one in found] == [
        "Interviewer", "Marcus Odeh", "Interviewer", "Marcus Odeh", "Marcus Odeh",
    ]  # fmt: skip
    assert found[-1].act == "refusal"
    assert all(not one.source and not one.cue for one in found)


def test_questions_in_an_article_make_no_interview() -> None:
    text = (
        "What now for the pact?\n\nAda Berg said the fleet would stay.\n\nAnd the price?\n\nBerg said it would fall.\n"
    )
    assert all(one.speaker.name == "Ada Berg" for one in read(text))


def test_posts_under_bare_accounts_with_their_days() -> None:
    text = (
        "@MFA_Peru · 13 May 2026\nPeru rejects any attempt to move the boundary.\n\n"
        "@MinRelExtChile · 13 May 2026\nChile's vessel never left Chilean waters. We remain open to dialogue.\n"
    )
    found = [one for one in read(text) if one.kind == "direct"]
    assert [(one.speaker.party, one.act) for one in found] == [("peru", "refusal"), ("chile", "offer")]


def test_a_sentence_of_a_statement_that_ends_in_a_year_is_the_issuers() -> None:
    text = (
        "STATEMENT BY THE SPOKESPERSON OF THE MINISTRY OF FOREIGN AFFAIRS OF BOLIVIA\n\nLa Paz, 10 May 2026\n\n"
        "The suspension violates the Treaty of 1904. Bolivia will bring the matter before the mixed commission.\n"
    )
    found = read(text)
    assert [said(one, text).split()[0] for one in found] == ["The", "Bolivia"]
    assert {one.speaker.party for one in found} == {"bolivia"}
    assert found[1].condition is None
