// What makes the pages quicker to use; every page works without it.
// @ts-check
"use strict";

const sign = /** @type {HTMLElement} */ (document.getElementById("sign"));

/** @param {string} text @param {boolean} [failed] */
function say(text, failed = false) {
  sign.textContent = text;
  sign.classList.toggle("failed", failed);
}

// --- keys: one letter each, which the reader can change or switch off

const letters = document.getElementById("letters");
let on = localStorage.getItem("letters") !== "off";
/** @type {Record<string, string>} default letter -> the reader's own */
let own = {};
try { own = JSON.parse(localStorage.getItem("keys") ?? "{}"); } catch { own = {}; }

/** @param {Element} element */
function keyOf(element) {
  const given = /** @type {HTMLElement} */ (element).dataset.key ?? "";
  return own[given] ?? given;
}

function showLetters() {
  for (const one of document.querySelectorAll("[data-key]")) {
    const hint = one.querySelector("kbd");
    if (hint) { hint.textContent = keyOf(one); hint.hidden = !on; }
  }
  if (!letters) return;
  letters.setAttribute("aria-pressed", String(on));
  letters.textContent = on ? "Letter keys on" : "Letter keys off";
}

function showKeymap() {
  const box = document.getElementById("keymap");
  const fields = document.getElementById("keyfields");
  if (!box || !fields) return;
  box.hidden = false;
  for (const one of document.querySelectorAll("[data-key]")) {
    const given = /** @type {HTMLElement} */ (one).dataset.key ?? "";
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.maxLength = 1;
    input.value = keyOf(one);
    input.addEventListener("change", () => {
      const taken = [...document.querySelectorAll("[data-key]")].some((other) => other !== one && keyOf(other) === input.value);
      if (input.value.trim().length !== 1 || taken) { say(taken ? `${input.value} is taken` : "One letter, please", true); input.value = keyOf(one); return; }
      own[given] = input.value;
      localStorage.setItem("keys", JSON.stringify(own));
      say("Keys saved");
      showLetters();
    });
    label.append(`${one.firstChild?.textContent?.trim() ?? given} `, input);
    fields.append(label);
  }
}
showLetters();
showKeymap();
letters?.addEventListener("click", () => {
  on = !on;
  localStorage.setItem("letters", on ? "on" : "off");
  showLetters();
});

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  if (event.key === "?") {
    const box = /** @type {HTMLDetailsElement | null} */ (document.getElementById("keymap"));
    if (box) { box.open = true; box.querySelector("summary")?.focus(); }
  }
  if (!on) return;
  const found = /** @type {HTMLElement | undefined} */ ([...document.querySelectorAll("[data-key]")].find((one) => keyOf(one) === event.key));
  if (!found) return;
  event.preventDefault();
  found.click();
  if (found.matches("details[open] > summary")) /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (found.parentElement).querySelector("input:not([type=hidden]), select, textarea"))?.focus();
});

// --- a page that is asked for and takes its time: the sign says so until it comes

const SLOW = 300; // milliseconds
let leaving = 0;
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.hasAttribute("download") || (link.hash && link.pathname + link.search === location.pathname + location.search)) return;
  clearTimeout(leaving);
  leaving = setTimeout(() => say("Working…"), SLOW);
});
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = event.submitter;
  if (form.method !== "get" || event.defaultPrevented || button?.hasAttribute("formaction")) return;
  clearTimeout(leaving);
  leaving = setTimeout(() => say("Working…"), SLOW);
});
addEventListener("pageshow", (event) => { clearTimeout(leaving); if (event.persisted && sign.textContent === "Working…") say(""); });

// --- saving: at once, with a sign; what failed is kept and tried again

const waits = [1, 2, 4, 8];
let saving = false;
let unsaved = 0;
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
const said = sessionStorage.getItem("said");
if (said) { say(said); sessionStorage.removeItem("said"); }

/** Sends a form until the workbench takes or refuses it. @param {string} to @param {URLSearchParams} given @param {Record<string, string>} [headers] */
async function send(to, given, headers = {}) {
  unsaved++;
  for (let turn = 0; ; turn++) {
    say(turn ? `Not saved yet, trying again (${turn})…` : "Saving…", turn > 0);
    try {
      const answer = await fetch(to, { method: "POST", body: given, headers });
      if (answer.status < 500 && answer.status !== 401) { unsaved--; return answer; }
      if (answer.status === 401) say("Not saved yet: start the workbench again and open its new link; this page goes on by itself", true);
    } catch { /* the workbench does not answer; it is asked again */ }
    await new Promise((resolve) => setTimeout(resolve, 1000 * (waits[turn] ?? 10)));
  }
}

/** Takes what was said of a form's mistakes away. @param {HTMLFormElement} form */
function forgive(form) {
  for (const one of form.elements) one.removeAttribute("aria-invalid");
  for (const one of document.querySelectorAll(".refused")) if (form.contains(one) || one.previousElementSibling === form) one.remove();
}

/** Says at the field it is about, else below the form, why what was written cannot be taken. @param {HTMLFormElement} form @param {HTMLElement} message */
function complain(form, message) {
  forgive(form);
  const named = form.elements.namedItem(message.dataset.field ?? "");
  const field = named instanceof HTMLElement && !named.matches("[type=hidden]") ? named : null;
  const told = document.createElement(field ? "span" : "p");
  told.className = "refused missing";
  told.id = "refused";
  told.setAttribute("role", "alert");
  told.textContent = message.textContent;
  if (field) {
    field.after(told);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", told.id);
    field.focus();
  } else form.after(told);
  told.scrollIntoView({ block: "nearest" });
}

/** Shows what the workbench says instead of saving: another's edit in place of the page, a mistake in the form, which keeps
 * what was written. @param {Response} answer @param {HTMLFormElement} form */
async function refused(answer, form) {
  say("Not saved", true);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main"), message = /** @type {HTMLElement | null} */ (page.querySelector(".message"));
  if (answer.status === 409 || !message || !form.isConnected) {
    if (main) { document.querySelector("main")?.replaceWith(main); /** @type {HTMLElement} */ (main).focus(); }
    return;
  }
  complain(form, message);
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function save(form, button) {
  saving = true;
  const given = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  const answer = await send(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", given);
  saving = false;
  if (!answer.ok) { await refused(answer, form); return; }
  form.dispatchEvent(new Event("saved"));
  sessionStorage.setItem("said", `Saved ${new Date().toLocaleTimeString()}`);
  if (answer.url.split("#")[0] === location.href.split("#")[0]) location.reload();
  else location.assign(answer.url);
}
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const otherwise = event.submitter?.getAttribute("formmethod") === "post"; // one button that writes, in a form that asks
  if ((form.method !== "post" && !otherwise) || event.defaultPrevented) return;
  if (form.hasAttribute("data-autosave")) { event.preventDefault(); keep(form); }
  else if (otherwise || form.hasAttribute("data-save")) {
    event.preventDefault();
    if (!saving) save(form, /** @type {HTMLElement | null} */ (event.submitter));
  } else say("Saving…");
});

// --- a form marked data-autosave is saved while it is written, without leaving the page

/** @type {Map<HTMLFormElement, number>} */
const soonKept = new Map();
/** @type {Set<HTMLFormElement>} */
const keeping = new Set();

/** @param {HTMLFormElement} form */
async function keep(form) {
  clearTimeout(soonKept.get(form));
  soonKept.delete(form);
  if (keeping.has(form)) { soonKept.set(form, setTimeout(() => keep(form), 300)); return; }
  keeping.add(form);
  const answer = await send(form.getAttribute("action") ?? "", new URLSearchParams(/** @type {any} */ (new FormData(form))), { accept: "application/json" });
  keeping.delete(form);
  if (!answer.ok) { await refused(answer, form); return; }
  const version = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("version"));
  if (version) version.value = String((await answer.json()).version);
  if (!unsaved && !soonKept.size) say(`Saved ${new Date().toLocaleTimeString()}`);
  document.dispatchEvent(new Event("kept"));
}
document.addEventListener("input", (event) => {
  const form = event.target instanceof HTMLTextAreaElement ? event.target.form : null;
  if (!form?.hasAttribute("data-autosave")) return;
  say("Not saved yet");
  clearTimeout(soonKept.get(form));
  soonKept.set(form, setTimeout(() => keep(form), 700));
});
addEventListener("beforeunload", (event) => { if (soonKept.size) event.preventDefault(); });

// --- a form marked data-live shows its answer in #live as it is changed; the address keeps up, so that reload works

let showing = false;
/** @type {HTMLFormElement | null} */
let showNext = null;

/** Shows the answer to a form as it stands now, and once more where it has changed meanwhile. @param {HTMLFormElement} form */
async function show(form) {
  if (showing) { showNext = form; return; }
  showing = true;
  await showOnce(form);
  showing = false;
  const next = showNext;
  showNext = null;
  if (next) show(next);
}

/** @param {HTMLFormElement} form */
async function showOnce(form) {
  const wrong = /** @type {HTMLInputElement | undefined} */ ([...form.querySelectorAll("input[type=number]")].find((one) => !(/** @type {HTMLInputElement} */ (one).checkValidity())));
  if (wrong) { wrong.reportValidity(); return; }
  const given = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  for (const one of form.querySelectorAll("input[data-judged]")) {
    const slider = /** @type {HTMLInputElement} */ (one);
    if (slider.value === slider.dataset.start) given.delete(slider.name); // one that was not moved says nothing
  }
  given.delete("name");
  const address = `${location.pathname}?${given}`;
  const slow = setTimeout(() => say("Working…"), SLOW);
  try {
    const answer = await fetch(address);
    if (answer.status === 202) { location.assign(address); return; } // it takes longer: the page that waits for it
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) {
      const message = /** @type {HTMLElement | null} */ (page.querySelector(".message"));
      say(message ? "Not shown" : "No answer", true);
      if (message) complain(form, message);
      return;
    }
    forgive(form);
    const held = document.activeElement?.closest("#live .space .scroll, #live .space .pair button");
    const name = held?.matches("button") ? held.textContent : null;
    document.getElementById("live")?.replaceWith(fresh);
    document.dispatchEvent(new Event("shown"));
    if (held) /** @type {HTMLElement | undefined} */ ([...document.querySelectorAll(name ? "#live .space .pair button" : "#live .space .scroll")].find((one) => !name || one.textContent === name))?.focus();
    history.replaceState(null, "", address);
    say("");
  } catch {
    say("The workbench does not answer; is it still running?", true);
  } finally {
    clearTimeout(slow);
  }
}
for (const one of document.querySelectorAll("form[data-live]")) {
  const form = /** @type {HTMLFormElement} */ (one);
  let soon = 0;
  for (const inside of form.querySelectorAll("input[data-judged]")) {
    const slider = /** @type {HTMLInputElement} */ (inside);
    slider.dataset.start = new URLSearchParams(location.search).has(slider.name) ? "" : slider.value;
    slider.addEventListener("input", () => {
      const shown = form.querySelector(`output[for="${CSS.escape(slider.id)}"]`);
      if (shown) shown.textContent = String(Number(slider.value));
    });
  }
  form.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "name") return;
    clearTimeout(soon);
    if (event.target instanceof HTMLInputElement && event.target.type === "range") show(form);
    else soon = setTimeout(() => show(form), 60);
  });
}
for (const one of document.querySelectorAll("input[data-sets]")) {
  const slider = /** @type {HTMLInputElement} */ (one);
  const target = /** @type {HTMLInputElement | null} */ (document.getElementById(slider.dataset.sets ?? ""));
  if (!target) continue;
  slider.closest("[hidden]")?.removeAttribute("hidden");
  const values = (slider.dataset.values ?? "").split(" ");
  slider.value = String(Math.max(values.filter((value) => value <= target.value).length - 1, 0));
  const tell = () => slider.setAttribute("aria-valuetext", values[Number(slider.value)] ?? "");
  tell();
  slider.addEventListener("input", () => {
    target.value = values[Number(slider.value)] ?? "";
    tell();
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// --- what the address names stands open

const named = document.getElementById(location.hash.slice(1));
if (named instanceof HTMLDetailsElement) named.open = true;

// --- fields that belong to some choices only: data-only="field value value"

for (const one of document.querySelectorAll("[data-only]")) {
  const [name = "", ...values] = (/** @type {HTMLElement} */ (one).dataset.only ?? "").split(" ");
  const field = /** @type {HTMLSelectElement | null} */ (one.closest("form")?.elements.namedItem(name) ?? null);
  const tell = () => { /** @type {HTMLElement} */ (one).hidden = !values.includes(field?.value ?? ""); };
  field?.addEventListener("input", tell);
  tell();
}
