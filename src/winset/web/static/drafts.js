// What was begun and not saved yet, and where the reader was.
// @ts-check
"use strict";

// --- what is being written in a form is kept in this browser until it is saved, should page, browser or machine go away

const KEPT_DAYS = 7;
const OWN = document.body.dataset.case ?? ""; // another case may be served from the same address another day
const WRITTEN = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=range]), textarea, select";

/** @param {string} name @returns {any} what this browser remembers under a name, null where that is nothing or makes no sense */
function remembered(name) {
  try { return JSON.parse(localStorage.getItem(name) ?? "null"); } catch { return null; }
}

/** @param {HTMLFormElement} form */
function writtenIn(form) {
  return /** @type {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */ ([...form.elements].filter((one) => one.matches(WRITTEN) && one.getAttribute("name")));
}

/** Gives a form back what was begun in it. @param {HTMLFormElement} form @param {string} name */
function giveBack(form, name) {
  const draft = remembered(name);
  if (!draft?.fields) return;
  let changed = false;
  for (const field of writtenIn(form)) {
    const was = draft.fields[field.name];
    if (typeof was === "string" && was !== field.value) { field.value = was; changed = true; }
  }
  if (!changed) { localStorage.removeItem(name); return; }
  const version = form.elements.namedItem("version");
  if (version instanceof HTMLInputElement && draft.version) version.value = draft.version; // somebody else's edit since is then shown beside this one
  const box = form.closest("details");
  if (box) box.open = true;
  const told = document.createElement("p");
  const away = document.createElement("button");
  told.className = "soft";
  told.setAttribute("role", "status");
  away.type = "button";
  away.textContent = "Discard it";
  away.addEventListener("click", () => { localStorage.removeItem(name); location.reload(); });
  told.append("What you had begun to write is back; it is not saved yet. ", away);
  form.before(told);
  for (const field of writtenIn(form)) field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What a form is about, by its hidden fields, wherever on the page it stands. @param {HTMLFormElement} form */
function about(form) {
  return [...form.elements].flatMap((one) => (one instanceof HTMLInputElement && one.type === "hidden" && one.name !== "version" ? [`${one.name}=${one.value}`] : [])).join("&");
}

for (const form of document.querySelectorAll("form")) {
  if (form.method !== "post" || form.hasAttribute("data-autosave") || !writtenIn(form).length) continue;
  const name = `draft ${OWN} ${location.pathname}${location.search} ${form.getAttribute("action")} ${about(form)}`;
  let soon = 0;
  giveBack(form, name);
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const version = form.elements.namedItem("version");
      const fields = Object.fromEntries(writtenIn(form).map((field) => [field.name, field.value]));
      try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), fields, version: version instanceof HTMLInputElement ? version.value : "" })); } catch { /* this browser keeps no more */ }
    }, 400);
  });
  form.addEventListener("saved", () => { clearTimeout(soon); localStorage.removeItem(name); });
  if (!form.hasAttribute("data-save")) form.addEventListener("submit", () => { clearTimeout(soon); localStorage.removeItem(name); });
}
for (const name of Object.keys(localStorage)) {
  if (name.startsWith("draft ") && !(remembered(name)?.at > Date.now() - KEPT_DAYS * 86_400_000)) localStorage.removeItem(name);
}

// --- where the reader was, for the next time this case is opened: page, filters and how far down

const visited = document.getElementById("visited");
const lastSeen = remembered(`last ${OWN}`);
if (visited && lastSeen?.address) {
  if (location.search === "?launched") { // the link that `winset serve` printed: on with what was being done
    sessionStorage.setItem("down", JSON.stringify([lastSeen.address, lastSeen.down]));
    location.replace(lastSeen.address);
  }
  const link = document.createElement("a");
  link.href = lastSeen.address;
  link.textContent = lastSeen.title;
  visited.append("Go on where you were: ", link);
  visited.hidden = false;
} else if (!visited && document.querySelector("nav [aria-current]")) {
  const address = () => location.pathname + location.search;
  const note = () => localStorage.setItem(`last ${OWN}`, JSON.stringify({ address: address(), title: document.title.split(" · ")[0], down: Math.round(scrollY) }));
  let soon = 0;
  /** @type {[string, number] | null} */
  let down = null;
  try { down = JSON.parse(sessionStorage.getItem("down") ?? "null"); } catch { down = null; }
  sessionStorage.removeItem("down");
  if (down && down[0] === address()) { scrollTo(0, down[1]); say("Where you were"); }
  note();
  for (const kind of ["scroll", "shown"]) document.addEventListener(kind, () => { clearTimeout(soon); soon = setTimeout(note, 400); });
}
