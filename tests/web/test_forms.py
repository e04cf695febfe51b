"""Every form of the workbench answers what cannot be taken in words, at the field it is about, and keeps what was typed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened
from tests.web.test_browser import addresses

import winset
from winset.services import cases, forecasts

TEMPLATES = Path(winset.__file__).parent / "web" / "templates"
TEXTS = ("text", "number", "date", "search", "textarea")
WRONG = ("abc", "  ", "1e999", "-1,5", "9" * 400, "\u202e<b>x</b>\x00", "x" * 300_000)
KINDS: tuple[tuple[str, list[str]], ...] = (
    ("yes/no", []), ("options", ["a", "b"]), ("ordered", ["low", "high"]), ("number", []), ("date", []),
)  # fmt: skip
WITHOUT_FIELDS = ("/suggestions/take-over", "/stability/keep")
"""What only some cases offer, by a button alone."""


@dataclass
class Form:
    """A form as a browser sees it: where it goes, its marks, (name, kind, value) of its fields and buttons."""

    page: str
    action: str
    method: str
    marks: set[str]
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    decimal: set[str] = field(default_factory=set)

    @property
    def like(self) -> tuple[Any, ...]:
        """The same for forms that differ only in the row they stand in."""
        kind = next((value for name, _, value in self.fields if name == "kind"), "")
        return (
            self.method,
            re.sub(r"/review/.*", "/review/", self.action),
            kind,
            frozenset(name for name, _, _ in self.fields),
        )

    @property
    def typed(self) -> list[str]:
        return [name for name, kind, _ in self.fields if kind in TEXTS]


class Forms(HTMLParser):
    """The forms of a page, also fields that stand outside their form and name it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.now, self.named, self.select, self.area = page, [], None, {}, None, None
        self.later: list[tuple[str, tuple[str, str, str]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = {key: value or "" for key, value in attributes}
        if tag == "form":
            self.now = Form(
                self.page,
                a.get("action", "").partition("#")[0] or self.page.split("?")[0],
                a.get("method", "get"),
                set(a),
            )
            self.found.append(self.now)
            self.named[a.get("id", "")] = self.now
        elif tag in ("input", "button", "textarea", "select") and "name" in a:
            one = (
                a["name"],
                "textarea" if tag == "textarea" else tag if tag != "input" else a.get("type", "text"),
                a.get("value", ""),
            )
            if "form" in a:
                self.later.append((a["form"], one))
            elif self.now is not None:
                self.now.fields.append(one)
                if a.get("inputmode") == "decimal":
                    self.now.decimal.add(a["name"])
            if tag == "select":
                self.select = self.now
        elif tag == "option" and self.select is not None and self.select.fields[-1][2] == "":
            name, kind, _ = self.select.fields[-1]
            self.select.fields[-1] = (name, kind, a.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "select":
            self.select = None

    def all(self) -> list[Form]:
        for name, one in self.later:
            self.named[name].fields.append(one)
        return self.found


@pytest.fixture
def full(lorn: Path) -> Path:
    """The Lorn Strait with a question of every kind in its ledger."""
    for n, (kind, options) in enumerate(KINDS):
        forecasts.append(lorn, {"kind": "question", "id": f"q{n}", "text": f"Question {n}?", "type": kind, "options": options,
                                "rule": "the gazette", "closes": "2999-01-01", "resolves": "2999-02-01"})  # fmt: skip
    cases.mark(lorn, "as imported")
    return lorn


def forms(client: Any, case: Path) -> list[Form]:
    """One of each kind of form, of every page."""
    found: dict[tuple[Any, ...], Form] = {}
    for address in addresses(case):
        answer = client.get(address, follow_redirects=True)
        parser = Forms(address)
        parser.feed(answer.text)
        for form in parser.all():
            found.setdefault(form.like, form)
    return list(found.values())


def sent(client: Any, form: Form, wrong: dict[str, str], button: tuple[str, str] | None) -> Any:
    given = [(name, wrong.get(name, value)) for name, kind, value in form.fields if kind not in ("button", "checkbox")]
    if form.method == "post":
        return client.post(form.action, content=urlencode(given + ([button] if button else [])), headers=OURS)
    return client.get(f"{form.action}?{urlencode(given)}")


def test_every_form_is_met_and_is_answered_in_place(full: Path) -> None:
    client = opened(full)
    met = forms(client, full)
    written = {
        action.split("{")[0] for template in TEMPLATES.glob("*.html")
        for action in re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', template.read_text("utf-8"))
    } - {"", *WITHOUT_FIELDS}  # fmt: skip
    assert written <= {form.action for form in met} | {re.sub(r"/review/.*", "/review/", form.action) for form in met}
    for form in met:
        if form.method == "post" and form.typed:
            assert form.marks & {"data-save", "data-autosave"}, form


def test_every_field_of_every_form_says_what_is_wrong_with_it(full: Path) -> None:
    client, kept = opened(full), full.read_bytes()
    decimals = 0
    for form in forms(client, full):
        button = next(((name, value) for name, kind, value in reversed(form.fields) if kind == "button"), None)
        if ("verdict", "button", "correct") in form.fields:
            button = ("verdict", "correct")
        for name in dict.fromkeys(form.typed):
            for wrong in WRONG if form.method == "post" else WRONG[:4]:
                where = f"{form.page}: {form.method} {form.action} {name}={wrong[:12]!r}"
                answer = sent(client, form, {name: wrong}, button)
                assert answer.status_code in (200, 204, 303, 404, 409, 413, 422), (
                    where,
                    answer.status_code,
                    answer.text[-900:],
                )
                assert "Traceback" not in answer.text, where
                if answer.status_code in (404, 413, 422):
                    told = re.search(r'<pre class="message"( data-field="([^"]*)")?>(.{8,})</pre>', answer.text, re.S)
                    assert told, where
                    assert len(told[3]) < 2_000, where
                if name in form.decimal and wrong in ("abc", "-1,5"):
                    decimals += 1
                    if form.method == "post":
                        assert answer.status_code == 422, where
                        assert f'data-field="{name}"' in answer.text, where
                    else:
                        assert answer.status_code == 200, where
                        assert re.search(rf'name="{name}"[^>]*value="{wrong}"[^>]*aria-invalid="true"', answer.text), (
                            where
                        )
                if full.read_bytes() != kept:
                    full.write_bytes(kept)
    assert decimals > 20


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(full: Path) -> None:
    needed()
    with chromium() as browser, served(full) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/forecasts")
        row = page.locator("tbody tr", has_text="Question 0?")
        row.locator("summary", has_text="Forecast").click()
        form = row.locator("details[open] form")
        form.locator('[name="percent"]').fill("1 in 3")
        form.locator('[name="source"]').fill("a wire report")
        form.locator("button").click()
        told = form.locator(".refused")
        told.wait_for()
        assert "the chance: expected a number, got '1 in 3'" in told.text_content()
        assert page.evaluate("document.activeElement.name") == "percent"
        assert form.locator('[name="percent"]').get_attribute("aria-invalid") == "true"
        assert form.locator('[name="source"]').input_value() == "a wire report"
        assert page.text_content("#sign") == "Not saved"
        form.locator('[name="percent"]').fill("33")
        form.locator("button").click()
        page.wait_for_selector("text=33 %")
        assert page.locator(".refused").count() == 0

        page.goto(f"{running.root}/consent")
        for name, text in (("p", "most likely"), ("first", "0.1"), ("second", "0.2")):
            page.fill(f"#{name}", text)
        page.click("text=Compute")
        page.wait_for_selector("#wrong-p")
        assert "got 'most likely'" in page.text_content("#wrong-p")
        assert [page.input_value(f"#{name}") for name in ("p", "first", "second")] == ["most likely", "0.1", "0.2"]
        page.fill("#p", "0.6")
        page.click("text=Compute")
        page.wait_for_selector("text=Both sides prefer any division")
        page.fill("#p", "1.4")
        page.click("text=Compute")
        page.wait_for_selector("text=expected 0 to 1, got '1.4'")

        page.goto(f"{running.root}/deals")
        page.click("button:text('Keep')")
        page.wait_for_selector("#name + .refused")
        assert "/deals" in page.url
        assert "a scenario needs a name" in page.text_content("#name + .refused")
        page.fill("#name", "as it stands")
        page.click("button:text('Keep')")
        page.wait_for_url("**/scenarios")
        assert [one for one in page.wrongs if "422" not in one] == []
