// What the pages cannot do by themselves: keep the last words typed, ask before a draft is thrown away, send with
// Enter, show the ways of a box in the diagram.
"use strict";

// Words are kept a moment after the last key; who leaves before that waits until they are.
let typed = 0;
let sent = 0;
let unsaved = null;

document.addEventListener("input", (event) => {
  if (!event.target.form?.matches("[data-draft]")) return;
  unsaved = event.target.form;
  typed += 1;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt === unsaved) sent = typed;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt === unsaved && event.detail.successful && sent === typed) unsaved = null;
});

const tell = (place) => {
  place.classList.add("no");
  place.textContent = document.body.dataset.unsaved;
};
const keepFirst = (event, go) => {
  const form = unsaved;
  event.preventDefault();
  fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } })
    .then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      unsaved = null;
      go();
    })
    .catch(() => tell(form.querySelector(".saved")));
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (unsaved && link && plain) keepFirst(event, () => location.assign(link.href));
});
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.dataset.ask && !window.confirm(target.dataset.ask)) event.preventDefault();
  else if (target === unsaved) unsaved = null;
  else if (unsaved) keepFirst(event, () => target.requestSubmit(submitter));
});
window.addEventListener("pagehide", () => {
  if (unsaved) navigator.sendBeacon(unsaved.action, new FormData(unsaved));
});

for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => tell(event.detail.target));
}
document.addEventListener("htmx:beforeSwap", (event) => event.detail.target.classList.remove("no"));

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !box.matches("[data-enter]")) return;
  event.preventDefault();
  if (box.value.trim()) box.form.requestSubmit();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// What is typed while an answer is on its way is not in it, and stays.
const box = () => document.getElementById("tulis");
let asked = "";
let kept = "";
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.target.id === "bicara") asked = box().value;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "bicara") kept = box().value === asked ? "" : box().value;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "bicara") box().value = kept;
});

const toEnd = () => document.querySelectorAll("[data-end]").forEach((log) => log.scrollTo(0, log.scrollHeight));
document.addEventListener("DOMContentLoaded", toEnd);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "bicara") return;
  toEnd();
  box().focus({ preventScroll: true });
});

const light = (event, lit) => {
  const state = event.target.closest?.("[data-state]")?.dataset.state;
  if (!state) return;
  const ways = document.querySelectorAll(`[data-from="${state}"], [data-to="${state}"]`);
  ways.forEach((way) => way.classList.toggle("lit", lit));
};
for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => light(event, true));
  document.addEventListener(off, (event) => light(event, false));
}
