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
  if (found) { event.preventDefault(); found.click(); }
});

// --- saving: at once, with a sign; what failed is kept and tried again

const waits = [1, 2, 4, 8];
let unsaved = false;
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
const said = sessionStorage.getItem("said");
if (said) { say(said); sessionStorage.removeItem("said"); }

/** @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function save(form, button) {
  const given = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  const to = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  unsaved = true;
  for (let turn = 0; ; turn++) {
    say(turn ? `Not saved yet, trying again (${turn})…` : "Saving…", turn > 0);
    try {
      const answer = await fetch(to, { method: "POST", body: given });
      if (answer.ok) {
        unsaved = false;
        sessionStorage.setItem("said", `Saved ${new Date().toLocaleTimeString()}`);
        location.assign(answer.url);
        return;
      }
      if (answer.status < 500) {
        unsaved = false;
        say("Not saved", true);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = page.querySelector("main");
        if (main) { document.querySelector("main")?.replaceWith(main); /** @type {HTMLElement} */ (main).focus(); }
        return;
      }
    } catch { /* the workbench does not answer; it is asked again */ }
    await new Promise((resolve) => setTimeout(resolve, 1000 * (waits[turn] ?? 10)));
  }
}
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post") return;
  if (form.hasAttribute("data-save") && !event.defaultPrevented) {
    event.preventDefault();
    if (!unsaved) save(form, /** @type {HTMLElement | null} */ (event.submitter));
  } else say("Saving…");
});

// --- files dropped on the page

/** @param {FileList} files */
async function addFiles(files) {
  const list = /** @type {HTMLElement} */ (document.getElementById("added"));
  const stop = document.createElement("button");
  let stopped = false;
  stop.type = "button";
  stop.textContent = "Stop after this one";
  stop.addEventListener("click", () => { stopped = true; });
  if (files.length > 1) list.before(stop);
  for (const [n, file] of [...files].entries()) {
    const line = document.createElement("li");
    list.append(line);
    if (stopped) { line.textContent = `${file.name}: not added, you stopped`; continue; }
    say(`Reading ${n + 1} of ${files.length}…`);
    line.textContent = `${file.name}: reading`;
    try {
      const answer = await fetch(`/files?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      if (!answer.ok) throw new Error(answer.status === 413 ? "too large; use winset add for it" : `refused (${answer.status})`);
      const done = await answer.json();
      if (done.set_aside.length) line.textContent = `${file.name}: set aside, ${done.set_aside[0].error.reason}`;
      else if (done.already) line.textContent = `${file.name}: the case holds it already`;
      else line.textContent = `${file.name}: added, ${done.statements} statements`;
    } catch (error) {
      line.textContent = `${file.name}: not added, ${error instanceof Error ? error.message : error}`;
    }
  }
  stop.remove();
  say("Done");
}
const pick = /** @type {HTMLInputElement | null} */ (document.getElementById("pick"));
if (pick) {
  pick.addEventListener("change", () => { if (pick.files) addFiles(pick.files); });
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    if (event.dataTransfer) addFiles(event.dataTransfer.files);
  });
}

// --- a form marked data-live shows its answer in #live as it is changed; the address keeps up, so that reload works

let asked = 0;
/** @param {HTMLFormElement} form */
async function show(form) {
  const given = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  for (const one of form.querySelectorAll("input[data-judged]")) {
    const slider = /** @type {HTMLInputElement} */ (one);
    if (slider.value === slider.dataset.start) given.delete(slider.name); // one that was not moved says nothing
  }
  given.delete("name");
  const address = `${location.pathname}?${given}`;
  const mine = ++asked;
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return; // a later change has been asked since
    const fresh = page.getElementById("live");
    if (!fresh) { say(page.querySelector(".message")?.textContent ?? "No answer", true); return; }
    document.getElementById("live")?.replaceWith(fresh);
    history.replaceState(null, "", address);
    say("");
  } catch {
    if (mine === asked) say("The workbench does not answer; is it still running?", true);
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
    soon = setTimeout(() => show(form), 60);
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

// --- places in a text: taken from a selection, or moved by keys

/** Code points of the text before a point of the page, without what is only there for readers of the page.
 * @param {Element} text @param {Node} node @param {number} offset */
function placeOf(text, node, offset) {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  const piece = range.cloneContents();
  for (const one of piece.querySelectorAll(".vh, .handles")) one.remove();
  for (const one of piece.querySelectorAll(".unseen")) one.textContent = "x"; // stands for one character
  return [...(piece.textContent ?? "")].length + Number(/** @type {HTMLElement} */ (text).dataset.start ?? 0);
}

/** @returns {[number, number] | null} */
function selected() {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  const from = range.startContainer.parentElement?.closest(".text[data-start]");
  const to = range.endContainer.parentElement?.closest(".text[data-start]");
  if (!from || from !== to) return null;
  const start = placeOf(from, range.startContainer, range.startOffset);
  const end = placeOf(from, range.endContainer, range.endOffset);
  return start < end ? [start, end] : null;
}
let last = /** @type {[number, number] | null} */ (null);
document.addEventListener("selectionchange", () => { last = selected() ?? last; });
for (const one of document.querySelectorAll("[data-take]")) {
  const button = /** @type {HTMLElement} */ (one);
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.take ?? ""));
    if (!field || !last) { say("Select words in the text first", true); return; }
    field.value = `${last[0]}-${last[1]}`;
    showHandles();
    say(`Characters ${last[0]} to ${last[1]}`);
  });
}
/** The point of the page before which `place` code points of the text stand; the other way round than `placeOf`.
 * @param {HTMLElement} text @param {number} place @returns {[Node, number] | null} */
function pointAt(text, place) {
  let left = place - Number(text.dataset.start ?? 0);
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node && left >= 0; node = walk.nextNode()) {
    if (node.parentElement?.closest(".vh")) continue;
    const chars = node.parentElement?.closest(".unseen") ? ["x"] : [...(node.textContent ?? "")];
    if (left <= chars.length) return [node, chars.slice(0, left).join("").length];
    left -= chars.length;
  }
  return null;
}

/** Where the caret would stand on the page. @param {number} x @param {number} y @returns {[Node, number] | null} */
function caretAt(x, y) {
  const there = /** @type {any} */ (document).caretPositionFromPoint?.(x, y);
  if (there) return [there.offsetNode, there.offset];
  const range = /** @type {any} */ (document).caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}

const page = /** @type {HTMLElement | null} */ (document.querySelector(".text[data-start]"));
const places = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[data-span]")]);
const layer = document.createElement("div");

/** @param {string} value @returns {[number, number][]} */
function spansOf(value) {
  return [...value.matchAll(/(\d+)-(\d+)/g)].map((one) => [Number(one[1]), Number(one[2])]);
}

/** Moves one end of one place in a field, never past the other end. @param {HTMLInputElement} field @param {number} n @param {0 | 1} which @param {number} to */
function moveEnd(field, n, which, to) {
  const spans = spansOf(field.value);
  const span = spans[n];
  if (!span || (which ? to <= span[0] : to >= span[1]) || to < 0) return;
  span[which] = to;
  field.value = spans.map(([a, b]) => `${a}-${b}`).join(", ");
  showHandles();
  say(`${field.id}: characters ${span[0]} to ${span[1]}`);
}

/** A handle at each end of each place of an open form, and the places marked as they would be saved. */
function showHandles() {
  if (!page) return;
  const held = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.handle;
  const box = page.getBoundingClientRect();
  const shown = places.filter((field) => field.closest("details")?.open);
  const make = /** @type {any} */ (window).Highlight;
  page.classList.toggle("moving", Boolean(make && shown.length));
  layer.replaceChildren();
  for (const role of ["source", "cue", "content"]) /** @type {any} */ (CSS).highlights?.delete(`moved-${role}`);
  for (const field of shown) {
    const ranges = [];
    for (const [n, span] of spansOf(field.value).entries()) {
      const ends = span.map((place) => pointAt(page, place));
      if (!ends[0] || !ends[1]) continue;
      const range = document.createRange();
      range.setStart(...ends[0]);
      range.setEnd(...ends[1]);
      ranges.push(range);
      for (const which of /** @type {(0 | 1)[]} */ ([0, 1])) {
        const rects = range.getClientRects();
        const rect = which ? rects[rects.length - 1] : rects[0];
        if (!rect) continue;
        const handle = document.createElement("button");
        handle.type = "button";
        handle.className = `handle ${field.id}`;
        handle.dataset.handle = `${field.id} ${n} ${which}`;
        handle.setAttribute("aria-label", `${which ? "End" : "Start"} of ${field.id}${n ? ` ${n + 1}` : ""}: drag, or arrows`);
        handle.style.left = `${(which ? rect.right : rect.left) - box.left - 12}px`;
        handle.style.top = `${rect.bottom - box.top - 4}px`;
        handle.addEventListener("keydown", (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (!step) return;
          event.preventDefault();
          moveEnd(field, n, which, (span[which] ?? 0) + step);
        });
        layer.append(handle);
        if (handle.dataset.handle === held) handle.focus();
      }
    }
    if (make && ranges.length) /** @type {any} */ (CSS).highlights.set(`moved-${field.id}`, new make(...ranges));
  }
}
if (page && places.length) {
  layer.className = "handles";
  page.append(layer);
  /** @type {[HTMLInputElement, number, 0 | 1] | null} */
  let dragged = null;
  layer.addEventListener("pointerdown", (event) => {
    const [id, n, which] = /** @type {HTMLElement} */ (event.target).dataset.handle?.split(" ") ?? [];
    const field = places.find((one) => one.id === id);
    if (!field) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (event.target).focus();
    dragged = [field, Number(n), which === "1" ? 1 : 0];
    document.body.classList.add("dragging");
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const caret = caretAt(event.clientX, event.clientY);
    if (caret && page.contains(caret[0]) && !layer.contains(caret[0])) moveEnd(...dragged, placeOf(page, ...caret));
  });
  document.addEventListener("pointerup", () => { dragged = null; document.body.classList.remove("dragging"); });
  for (const field of places) field.addEventListener("input", showHandles);
  for (const one of document.querySelectorAll("details")) one.addEventListener("toggle", showHandles);
  addEventListener("resize", showHandles);
}
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.hasAttribute("data-span") || !event.altKey) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const found = /^(.*?)(\d+)-(\d+)\s*$/.exec(field.value);
  if (!step || !found) return;
  event.preventDefault();
  const start = Number(found[2]) + (event.shiftKey ? step : 0);
  const end = Number(found[3]) + (event.shiftKey ? 0 : step);
  if (start >= 0 && start < end) { field.value = `${found[1]}${start}-${end}`; showHandles(); }
});

// --- words for the brief, kept in this browser between visits

for (const one of document.querySelectorAll("textarea[data-keep]")) {
  const field = /** @type {HTMLTextAreaElement} */ (one);
  const key = `words ${field.dataset.keep}`;
  field.value = localStorage.getItem(key) ?? "";
  if (field.value) field.closest("details")?.setAttribute("open", "");
  field.addEventListener("input", () => { localStorage.setItem(key, field.value); say("Kept in this browser"); });
}
