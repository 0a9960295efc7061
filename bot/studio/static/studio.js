// What pages cannot do by themselves: ask before a draft is thrown away, send with Enter, show the ways of a box.
"use strict";

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey && box.matches("[data-enter]") && !event.isComposing) {
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

const toEnd = () => document.querySelectorAll("[data-end]").forEach((log) => log.scrollTo(0, log.scrollHeight));
document.addEventListener("DOMContentLoaded", toEnd);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "bicara") return;
  toEnd();
  document.getElementById("tulis").focus({ preventScroll: true });
});

const light = (event, lit) => {
  const state = event.target.closest?.("[data-state]")?.dataset.state;
  if (!state) return;
  for (const way of document.querySelectorAll(`[data-from="${state}"], [data-to="${state}"]`)) {
    way.classList.toggle("lit", lit);
  }
};
for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => light(event, true));
  document.addEventListener(off, (event) => light(event, false));
}
