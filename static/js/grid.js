// The entry grid: a native table with inputs that save themselves. The contract is in docs/frontend.md.
import { clock, csrfToken, setUnsaved } from "./app.js";
import { parseSwedish, swedish } from "./numbers.js";

const PAUSE = 400;
const RETRY = 4000;

const rowOf = (field) => field.name.slice(field.name.indexOf("-") + 1);

function start(form) {
  const status = form.querySelector('[role="status"]');
  const fields = () => [...form.querySelectorAll("[data-saved]:is(input, textarea)")];
  const cells = () => fields().filter((field) => field.matches("input"));
  const changed = new Set(); // typed and not yet sent; cleared when sent, put back when the sending fails
  let timer = 0;
  let sending = false;
  let refused = false;

  const text = (name, count = 0) => form.dataset[name].replace("{tid}", clock()).replace("{antal}", String(count));
  const say = (state, words) => {
    if (status.textContent !== words) status.textContent = words;
    status.dataset.state = state;
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  async function send() {
    if (sending || refused || !changed.size) return;
    sending = true;
    const sent = [...changed];
    const typed = new Map(sent.map((field) => [field, field.value]));
    changed.clear();
    say("saving", text("textSaving"));
    try {
      const response = await fetch(form.action, { method: "POST", body: payload(sent), headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() } });
      if ([401, 403, 404].includes(response.status) || response.redirected) refused = true;
      if (![200, 409, 422].includes(response.status) || response.redirected) throw new Error(String(response.status));
      const answer = await response.text();
      for (const field of sent) if (field.value !== typed.get(field)) changed.add(field);
      show(answer, typed);
      report();
    } catch {
      sent.forEach((field) => changed.add(field));
      if (refused) say("error", text("textRefused"));
      else {
        say("offline", text(changed.size === 1 ? "textOfflineOne" : "textOfflineMany", changed.size));
        later(RETRY);
      }
    }
    sending = false;
    guard();
    if (changed.size && status.dataset.state !== "offline") later(PAUSE);
  }

  function payload(sent) {
    const data = new FormData();
    for (const field of sent) {
      const row = rowOf(field);
      data.set(field.name, field.value);
      data.set(`version-${row}`, form.querySelector(`[data-version-of="${row}"]`).value);
    }
    return data;
  }

  function show(html, typed) {
    const answer = new DOMParser().parseFromString(html, "text/html").body;
    for (const part of answer.querySelectorAll("[id][hx-swap-oob]")) {
      part.removeAttribute("hx-swap-oob");
      document.getElementById(part.id)?.replaceWith(part);
    }
    for (const row of answer.querySelectorAll("[data-row]")) settle(row.dataset, typed);
  }

  function settle({ row, state, version, saved }, typed) {
    const field = form.querySelector(`input[name="value-${row}"]`);
    if (state !== "conflict") form.querySelector(`[data-version-of="${row}"]`).value = version;
    for (const [other, value] of typed) if (rowOf(other) === row && other !== field) other.dataset.saved = value;
    if (!field || saved === undefined) return;
    field.dataset.saved = saved;
    field.dataset.theirVersion = version;
    field.dataset.state = state;
    if (state === "saved") field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
    if (state === "saved" && document.activeElement !== field && !changed.has(field)) field.value = saved;
  }

  function report() {
    const bad = cells().filter((field) => field.getAttribute("aria-invalid") === "true").length;
    if (bad) say("error", text(bad === 1 ? "textFailedOne" : "textFailedMany", bad));
    else say("saved", text("textSaved"));
  }

  function guard() {
    const bad = cells().some((field) => field.getAttribute("aria-invalid") === "true");
    setUnsaved(form, bad || sending || changed.size > 0);
  }

  function touch(field) {
    if (field.value === field.dataset.saved && field.getAttribute("aria-invalid") !== "true") changed.delete(field);
    else changed.add(field);
    guard();
    if (changed.size) {
      if (status.dataset.state !== "offline") say("unsaved", text("textUnsaved"));
      later(PAUSE);
    }
  }

  function restore(field) {
    field.value = field.dataset.saved;
    field.select();
    if (field.getAttribute("aria-invalid") === "true") {
      field.removeAttribute("aria-invalid");
      document.getElementById(`error-${rowOf(field)}`)?.replaceChildren();
      if (field.dataset.theirVersion) form.querySelector(`[data-version-of="${rowOf(field)}"]`).value = field.dataset.theirVersion;
      report();
    }
    changed.delete(field);
    if (!changed.size && status.dataset.state === "unsaved") say("saved", text("textSaved"));
    guard();
  }

  // Cells are found by position, so a grid with several columns of inputs moves as a sheet does.
  function move(field, down, right) {
    const matrix = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[data-saved]")]).filter((row) => row.length);
    const y = matrix.findIndex((row) => row.includes(field));
    const x = matrix[y].indexOf(field);
    const next = matrix[y + down]?.[Math.min(x + right, matrix[y + down].length - 1)];
    if (!next || next === field || x + right < 0) return false;
    next.focus();
    return true;
  }

  const atEdge = (field, end) => {
    const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    return all || (field.selectionStart === field.selectionEnd && field.selectionStart === (end ? field.value.length : 0));
  };

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved]") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    let handled = false;
    if (event.key === "Enter") {
      handled = true;
      move(field, event.shiftKey ? -1 : 1, 0);
      if (changed.size) later(0);
    } else if (event.key === "Escape") {
      handled = true;
      restore(field);
    } else if (event.shiftKey) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") handled = move(field, event.key === "ArrowDown" ? 1 : -1, 0);
    else if (event.key === "ArrowRight" && atEdge(field, true)) handled = move(field, 0, 1);
    else if (event.key === "ArrowLeft" && atEdge(field, false)) handled = move(field, 0, -1);
    if (handled) event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-saved]")) event.target.select();
  });
  form.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved]")) return;
    // Show at once how the number was read: "1.234" becomes "1,234".
    const number = parseSwedish(field.value);
    if (number !== null && changed.has(field)) field.value = swedish(number);
    else if (field.dataset.state === "saved" && !changed.has(field) && !sending) field.value = field.dataset.saved;
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-saved]")) touch(event.target);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grid-keep], [data-grid-take]");
    if (!button) return;
    const row = button.dataset.gridKeep ?? button.dataset.gridTake;
    const field = form.querySelector(`input[name="value-${row}"]`);
    field.focus();
    if (button.dataset.gridTake) {
      restore(field);
      return;
    }
    form.querySelector(`[data-version-of="${row}"]`).value = field.dataset.theirVersion;
    changed.add(field);
    later(0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  window.addEventListener("online", () => changed.size && later(0));
}

for (const form of document.querySelectorAll("form[data-grid]")) start(form);
