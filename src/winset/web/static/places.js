// Places in a text.
// @ts-check
"use strict";

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

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether words run from right to left at an end of a range. @param {Range} range @param {0 | 1} which */
function runsLeft(range, which) {
  const letters = [...range.toString()].filter((one) => /\p{L}/u.test(one));
  const letter = which ? letters[letters.length - 1] : letters[0];
  return letter ? RIGHT_TO_LEFT.test(letter) : page !== null && getComputedStyle(page).direction === "rtl";
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
        const leftward = runsLeft(range, which);
        const handle = document.createElement("button");
        handle.type = "button";
        handle.className = `handle ${field.id}`;
        handle.dataset.handle = `${field.id} ${n} ${which}`;
        handle.setAttribute("aria-label", `${which ? "End" : "Start"} of ${field.id}${n ? ` ${n + 1}` : ""}: drag, or arrows`);
        handle.style.left = `${(Boolean(which) !== leftward ? rect.right : rect.left) - box.left - 12}px`;
        handle.style.top = `${rect.bottom - box.top - 4}px`;
        handle.addEventListener("keydown", (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (!step) return;
          event.preventDefault();
          moveEnd(field, n, which, (span[which] ?? 0) + (leftward ? -step : step));
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
