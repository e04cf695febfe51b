// One-letter keys, the sign that something is being saved, and files dropped on the page. Pages work without it.
"use strict";
const state = document.getElementById("state");
const letters = document.getElementById("letters");
let on = localStorage.getItem("letters") !== "off";

function showLetters() {
  if (!letters) return;
  letters.setAttribute("aria-pressed", String(on));
  letters.textContent = on ? "Letter keys on" : "Letter keys off";
}
showLetters();
if (letters) letters.addEventListener("click", () => {
  on = !on;
  localStorage.setItem("letters", on ? "on" : "off");
  showLetters();
});

document.addEventListener("keydown", (event) => {
  if (!on || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (found) { event.preventDefault(); found.click(); }
});

document.addEventListener("submit", (event) => {
  if (event.target.method === "post") state.textContent = "Saving…";
});

async function addFiles(files) {
  const list = document.getElementById("added");
  for (const [n, file] of [...files].entries()) {
    state.textContent = `Reading ${n + 1} of ${files.length}…`;
    const line = document.createElement("li");
    list.append(line);
    line.textContent = `${file.name}: reading`;
    try {
      const answer = await fetch(`/files?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      if (!answer.ok) throw new Error(answer.status === 413 ? "too large; use winset add for it" : `refused (${answer.status})`);
      const done = await answer.json();
      if (done.set_aside.length) line.textContent = `${file.name}: set aside, ${done.set_aside[0].error.reason}`;
      else if (done.already) line.textContent = `${file.name}: the case holds it already`;
      else line.textContent = `${file.name}: added, ${done.statements} statements`;
    } catch (error) {
      line.textContent = `${file.name}: not added, ${error.message}`;
    }
  }
  state.textContent = "Done";
}
const pick = document.getElementById("pick");
if (pick) {
  pick.addEventListener("change", () => addFiles(pick.files));
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    addFiles(event.dataTransfer.files);
  });
}

// A form marked data-live shows its answer in #live as it is changed; the address keeps up, so that back and reload work.
let asked = 0;
async function show(form) {
  const given = new URLSearchParams(new FormData(form));
  for (const one of form.querySelectorAll("input[data-judged]")) {
    if (one.value === one.dataset.start) given.delete(one.name); // a slider that was not moved says nothing
  }
  given.delete("name");
  const address = `${form.action.split("?")[0]}?${given}`;
  const mine = ++asked;
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return; // a later change has been asked since
    const fresh = page.getElementById("live");
    if (!fresh) { state.textContent = page.querySelector(".message")?.textContent ?? "No answer"; return; }
    document.getElementById("live").replaceWith(fresh);
    history.replaceState(null, "", address);
    state.textContent = "";
  } catch {
    if (mine === asked) state.textContent = "The workbench does not answer; is it still running?";
  }
}
for (const form of document.querySelectorAll("form[data-live]")) {
  let soon = 0;
  for (const one of form.querySelectorAll("input[data-judged]")) {
    one.dataset.start = new URLSearchParams(location.search).has(one.name) ? "" : one.value;
    one.addEventListener("input", () => { document.querySelector(`output[for="${CSS.escape(one.id)}"]`).textContent = String(Number(one.value)); });
  }
  form.addEventListener("input", (event) => { if (event.target.name === "name") return; clearTimeout(soon); soon = setTimeout(() => show(form), 60); });
}
for (const slider of document.querySelectorAll("input[data-sets]")) {
  slider.closest("[hidden]")?.removeAttribute("hidden");
  const target = document.getElementById(slider.dataset.sets);
  const values = slider.dataset.values.split(" ");
  const place = values.findLastIndex((one) => one <= target.value);
  slider.value = String(Math.max(place, 0));
  const say = () => slider.setAttribute("aria-valuetext", values[Number(slider.value)]);
  say();
  slider.addEventListener("input", () => {
    target.value = values[Number(slider.value)];
    say();
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
