// The brief's page.
// @ts-check
"use strict";

// --- the brief: its parts moved up and down, and shown as it will be

const choose = /** @type {HTMLFormElement | null} */ (document.getElementById("choose"));
let soonShown = 0;

/** The address of the brief with what is chosen. @param {string} path */
function chosen(path) {
  const given = new URLSearchParams(/** @type {any} */ (new FormData(/** @type {HTMLFormElement} */ (choose))));
  for (const [key, value] of [...given]) if (!value) given.delete(key);
  return `${path}?${given}`;
}
function showPreview() {
  const frame = /** @type {HTMLIFrameElement | null} */ (document.getElementById("preview"));
  if (!frame || !choose) return;
  clearTimeout(soonShown);
  soonShown = setTimeout(() => {
    history.replaceState(null, "", chosen("/brief"));
    frame.contentWindow?.location.replace(chosen("/brief/read"));
  }, 300);
}
document.addEventListener("kept", showPreview);
choose?.addEventListener("input", (event) => {
  if (event.target instanceof HTMLSelectElement) location.assign(chosen("/brief"));
  else if (!(event.target instanceof HTMLTextAreaElement)) showPreview();
});

/** Takes a part one place up or down. @param {HTMLTableRowElement} row @param {-1 | 1} by */
function movePart(row, by) {
  const body = /** @type {HTMLElement} */ (row.parentElement);
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (by < 0) body.insertBefore(row, other); else body.insertBefore(other, row);
  for (const [n, one] of [...body.querySelectorAll("input[data-place]")].entries()) /** @type {HTMLInputElement} */ (one).value = String(n + 1);
  say(`${row.querySelector("label b")?.textContent} is now number ${[...body.children].indexOf(row) + 1}`);
  showPreview();
}
for (const one of document.querySelectorAll("input[data-place]")) {
  const row = /** @type {HTMLTableRowElement} */ (one.closest("tr"));
  /** @type {HTMLInputElement} */ (one).type = "hidden";
  for (const [by, word] of /** @type {[-1 | 1, string][]} */ ([[-1, "Up"], [1, "Down"]])) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${row.querySelector("label b")?.textContent}`);
    button.addEventListener("click", () => { movePart(row, by); button.focus(); });
    one.before(button);
  }
}
