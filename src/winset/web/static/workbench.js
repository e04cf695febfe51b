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

/** Shows what the workbench says instead of saving: another's edit, a mistake. @param {Response} answer */
async function refused(answer) {
  say("Not saved", true);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (main) { document.querySelector("main")?.replaceWith(main); /** @type {HTMLElement} */ (main).focus(); }
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} button */
async function save(form, button) {
  saving = true;
  const given = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  const answer = await send(button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", given);
  saving = false;
  if (!answer.ok) { await refused(answer); return; }
  sessionStorage.setItem("said", `Saved ${new Date().toLocaleTimeString()}`);
  if (answer.url.split("#")[0] === location.href.split("#")[0]) location.reload();
  else location.assign(answer.url);
}
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.hasAttribute("data-autosave")) { event.preventDefault(); keep(form); }
  else if (form.hasAttribute("data-save")) {
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
  if (!answer.ok) { await refused(answer); return; }
  const version = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("version"));
  if (version) version.value = String((await answer.json()).version);
  if (!unsaved && !soonKept.size) say(`Saved ${new Date().toLocaleTimeString()}`);
  showPreview();
}
document.addEventListener("input", (event) => {
  const form = event.target instanceof HTMLTextAreaElement ? event.target.form : null;
  if (!form?.hasAttribute("data-autosave")) return;
  say("Not saved yet");
  clearTimeout(soonKept.get(form));
  soonKept.set(form, setTimeout(() => keep(form), 700));
});
addEventListener("beforeunload", (event) => { if (soonKept.size) event.preventDefault(); });

// --- files dropped on the page: each with its progress, each can be stopped

const pick = /** @type {HTMLInputElement | null} */ (document.getElementById("pick"));
const queued = /** @type {(() => Promise<void>)[]} */ ([]);
let adding = false;

/** One line of the list: what becomes of a file. @param {File} file */
function lineOf(file) {
  const line = document.createElement("li");
  const words = document.createElement("span");
  const bar = document.createElement("progress");
  const stop = document.createElement("button");
  bar.max = 1;
  bar.setAttribute("aria-label", `Progress of ${file.name}`);
  stop.type = "button";
  stop.textContent = "Cancel";
  stop.setAttribute("aria-label", `Cancel ${file.name}`);
  line.append(words, " ", bar, " ", stop);
  /** @param {string} text @param {boolean} [over] */
  const tell = (text, over = false) => {
    words.textContent = `${file.name}: ${text}`;
    if (over) { bar.remove(); stop.remove(); }
  };
  return { line, bar, stop, tell };
}

/** @param {File} file */
function addFile(file) {
  const { line, bar, stop, tell } = lineOf(file);
  document.getElementById("added")?.append(line);
  tell("waits");
  const ticket = crypto.randomUUID();
  let stopped = false;
  stop.addEventListener("click", () => { stopped = true; tell("not added, you cancelled it", true); });
  queued.push(() => new Promise((done) => {
    if (stopped) { done(); return; }
    const most = Number(pick?.dataset.most ?? Infinity);
    if (file.size > most) { tell(`not added, larger than ${Math.round(most / 2 ** 20)} MB; use winset add for it`, true); done(); return; }
    const request = new XMLHttpRequest();
    let sent = false;
    request.open("POST", `/files?name=${encodeURIComponent(file.name)}&ticket=${ticket}`);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) { bar.value = event.loaded / event.total; tell(`sending, ${Math.floor(100 * bar.value)} %`); } });
    request.upload.addEventListener("load", () => { sent = true; bar.removeAttribute("value"); if (!stopped) tell("reading"); });
    const end = (/** @type {string} */ text) => { tell(text, true); done(); };
    stop.addEventListener("click", () => {
      if (!sent) { request.abort(); done(); return; } // what has not arrived whole is not read
      tell("cancelling");
      fetch(`/files/stop?ticket=${ticket}`, { method: "POST" }).catch(() => undefined);
    });
    request.addEventListener("error", () => end("not added, the workbench does not answer"));
    request.addEventListener("load", () => {
      if (request.status !== 200) { end(`not added, ${request.status === 413 ? "too large; use winset add for it" : request.responseText.slice(0, 200) || request.status}`); return; }
      const found = JSON.parse(request.responseText);
      if (found.stopped) end("not added, you cancelled it");
      else if (found.set_aside.length) end(`set aside, ${found.set_aside[0].error.reason}`);
      else if (found.already) end("the case holds it already, nothing was added");
      else end(`added, ${found.statements} statement${found.statements === 1 ? "" : "s"}${stopped ? "; it was too late to cancel, undo takes it back" : ""}`);
    });
    request.send(file);
  }));
}

/** @param {Iterable<File>} files */
async function addFiles(files) {
  for (const file of files) addFile(file);
  if (adding) return;
  adding = true;
  for (let next = queued.shift(); next; next = queued.shift()) {
    say(queued.length ? `Adding; ${queued.length} more wait` : "Adding…");
    await next();
  }
  adding = false;
  say("Done");
}
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
    const held = document.activeElement?.closest("#live .space .scroll, #live .space .pair button");
    const name = held?.matches("button") ? held.textContent : null;
    document.getElementById("live")?.replaceWith(fresh);
    enliven();
    if (held) /** @type {HTMLElement | undefined} */ ([...document.querySelectorAll(name ? "#live .space .pair button" : "#live .space .scroll")].find((one) => !name || one.textContent === name))?.focus();
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

// --- the deal space: a deal is looked at by a click or by keys, a part of the picture made larger

/** A deal in the picture. @typedef {{ x: number, y: number, terms: Record<string, string>, worth: number[] }} Pick */
let pointed = "";

function enliven() {
  const space = /** @type {HTMLElement | null} */ (document.querySelector(".space[data-picks]"));
  const drawing = space?.querySelector("svg");
  const region = /** @type {HTMLElement | null | undefined} */ (space?.querySelector(".scroll"));
  const view = /** @type {HTMLInputElement | null} */ (document.getElementById("view"));
  if (!space || !drawing || !region || !view) return;
  const read = (/** @type {string} */ name) => JSON.parse(space.dataset[name] ?? "null");
  const picks = read("picks").map((/** @type {any[]} */ [x, y, terms, worth]) => ({ x, y, terms, worth }));
  const names = read("names"), labels = read("labels"), frame = read("frame"), drawn = read("drawn");
  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "status");
  told.textContent = "Point at a deal, click to look at it; with keys: arrows, Enter, + and −.";
  const bar = document.createElement("p");
  bar.className = "pair";
  region.after(told, bar);
  region.setAttribute("role", "application");
  region.setAttribute("aria-label", "Deal space: arrows go from deal to deal, Enter looks at one, plus and minus zoom");
  const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  ring.setAttribute("r", "9");
  ring.setAttribute("class", "ring");
  ring.setAttribute("visibility", "hidden");
  drawing.append(ring);
  let at = /** @type {Pick | null} */ (picks.find((/** @type {Pick} */ one) => JSON.stringify(one.terms) === pointed) ?? null);

  /** @param {Pick | null} pick */
  function point(pick) {
    at = pick;
    ring.setAttribute("visibility", pick ? "visible" : "hidden");
    if (!pick) return;
    pointed = JSON.stringify(pick.terms);
    ring.setAttribute("cx", String(pick.x));
    ring.setAttribute("cy", String(pick.y));
    const terms = Object.entries(pick.terms).map(([issue, value]) => labels[issue]?.[value] ?? value).join("; ");
    told.textContent = `${names.map((/** @type {string} */ name, /** @type {number} */ n) => `${name} ${pick.worth[n]?.toPrecision(3)}`).join(", ")}: ${terms}`;
  }
  /** @param {Pick} pick */
  function look(pick) {
    const form = view?.form;
    if (!form) return;
    for (const [issue, value] of Object.entries(pick.terms)) {
      const select = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem(`term.${issue}`));
      if (!select) continue;
      if (![...select.options].some((one) => one.value === value)) select.append(new Option(labels[issue]?.[value] ?? value, value));
      select.value = value;
    }
    show(form);
  }
  /** Shows another part of the plane. @param {string} part */
  function turn(part) {
    if (!view?.form) return;
    view.value = part;
    show(view.form);
  }
  /** The part around the deal pointed at, or the middle, larger or smaller by a factor. @param {number} factor */
  function zoom(factor) {
    const parts = [];
    for (const side of [0, 1]) {
      const [low, high] = frame[side], [from, to] = drawn[side];
      const place = at ? (side ? at.y : at.x) : (from + to) / 2;
      const share = side ? (to - place) / (to - from) : (place - from) / (to - from);
      const middle = low + (high - low) * share, half = (high - low) / 2 / factor;
      parts.push(middle - half, middle + half);
    }
    turn(parts.map((one) => one.toPrecision(6)).join(":"));
  }
  for (const [word, act] of /** @type {[string, () => void][]} */ ([["Zoom in", () => zoom(2)], ["Zoom out", () => zoom(0.5)], ...(space.dataset.zone ? [["Zone only", () => turn(space.dataset.zone ?? "")]] : []), ["Whole picture", () => turn("")]])) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", act);
    bar.append(button);
  }
  /** @param {MouseEvent} event @returns {Pick | null} */
  function under(event) {
    const matrix = drawing?.getScreenCTM();
    if (!matrix) return null;
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    let best = null, least = 18 ** 2;
    for (const one of picks) {
      const away = (one.x - p.x) ** 2 + (one.y - p.y) ** 2;
      if (away < least) { least = away; best = one; }
    }
    return best;
  }
  drawing.addEventListener("pointermove", (event) => { const found = under(event); if (found) point(found); });
  drawing.addEventListener("click", (event) => { const found = under(event); if (found) { point(found); look(found); } });
  region.addEventListener("keydown", (event) => {
    const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Enter" && at) look(at);
    else if (event.key === "+" || event.key === "=") zoom(2);
    else if (event.key === "-") zoom(0.5);
    else if (event.key === "Escape") turn("");
    else if (towards) {
      const [dx = 0, dy = 0] = towards;
      const here = at ?? { x: 320, y: 220 };
      let best = null, least = Infinity;
      for (const one of picks) { // the nearest within 60 degrees of the way that the arrow points
        const along = (one.x - here.x) * dx + (one.y - here.y) * dy;
        const away = Math.hypot(one.x - here.x, one.y - here.y);
        if (along > 0.5 && along >= away / 2 && away < least) { least = away; best = one; }
      }
      if (best) point(best);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  if (at) point(at);
}
enliven();

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

// --- where the reader was, for the next time this case is opened

const visited = document.getElementById("visited");
const lastSeen = JSON.parse(localStorage.getItem("last") ?? "null");
if (visited && lastSeen) {
  const link = document.createElement("a");
  link.href = lastSeen.address;
  link.textContent = lastSeen.title;
  visited.append("Go on where you were: ", link);
  visited.hidden = false;
} else if (!visited && document.querySelector("nav [aria-current]")) {
  localStorage.setItem("last", JSON.stringify({ address: location.pathname + location.search, title: document.title.split(" · ")[0] }));
}
