// The deal space.
// @ts-check
"use strict";

// --- the deal space: a deal is looked at by a click or by keys, a part of the picture made larger

/** A deal in the picture. @typedef {{ x: number, y: number, terms: Record<string, string>, worth: number[] }} Deal */
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
  let at = /** @type {Deal | null} */ (picks.find((/** @type {Deal} */ one) => JSON.stringify(one.terms) === pointed) ?? null);

  /** @param {Deal | null} pick */
  function point(pick) {
    at = pick;
    ring.setAttribute("visibility", pick ? "visible" : "hidden");
    if (!pick) return;
    pointed = JSON.stringify(pick.terms);
    ring.setAttribute("cx", String(pick.x));
    ring.setAttribute("cy", String(pick.y));
    const terms = Object.entries(pick.terms).map(([issue, value]) => labels[issue]?.[value] ?? short(value)).join("; ");
    told.textContent = `${names.map((/** @type {string} */ name, /** @type {number} */ n) => `${name} ${pick.worth[n]?.toPrecision(3)}`).join(", ")}: ${terms}`;
  }
  /** A number without digits that say nothing. @param {string} value */
  function short(value) {
    return value !== "" && Number.isFinite(Number(value)) ? String(Number(Number(value).toPrecision(4))) : value;
  }
  /** @param {Deal} pick */
  function look(pick) {
    const form = view?.form;
    if (!form) return;
    for (const [issue, value] of Object.entries(pick.terms)) {
      const field = form.elements.namedItem(`term.${issue}`);
      if (field instanceof HTMLInputElement) field.value = short(value);
      if (!(field instanceof HTMLSelectElement)) continue;
      if (![...field.options].some((one) => one.value === value)) field.append(new Option(labels[issue]?.[value] ?? short(value), value));
      field.value = value;
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
  /** @param {MouseEvent} event @returns {Deal | null} */
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
document.addEventListener("shown", enliven);
