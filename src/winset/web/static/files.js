// Files dropped on a page.
// @ts-check
"use strict";

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

/** What a page says that came instead of an answer. @param {string} page */
function reason(page) {
  return new DOMParser().parseFromString(page, "text/html").querySelector(".message, main p")?.textContent?.trim();
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
      if (request.status !== 200) { end(`not added: ${reason(request.responseText) || request.status}`); return; }
      const found = JSON.parse(request.responseText);
      if (found.stopped) end("not added, you cancelled it");
      else if (found.set_aside.length) end(`set aside, ${found.set_aside[0].error.reason}`);
      else if (found.already) end("the case holds it already, nothing was added");
      else end(`added, ${found.statements} statement${found.statements === 1 ? "" : "s"}${stopped ? "; it was too late to cancel, undo takes it back" : ""}`);
      for (const [ids, text] of /** @type {[string[], string][]} */ ([[found.undated ?? [], "No date is known: give it one"], [found.ahead ?? [], "Its date is in the future: check it"]])) {
        if (!ids[0]) continue;
        const link = document.createElement("a");
        link.href = `/documents/${encodeURIComponent(ids[0])}#describe`;
        link.textContent = text;
        line.append(". ", link);
      }
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
