// The entry grid: a native table with fields that save themselves. The contract is in docs/frontend.md.
import { clock, csrfToken, setUnsaved } from "./app.js";
import { isBlank, startKinds } from "./grid_kinds.js";
import { startPaste } from "./grid_paste.js";
import { startUndo } from "./grid_undo.js";
import { startView } from "./grid_view.js";
import { parseSwedish, swedish } from "./numbers.js";

const PAUSE = 400;
const RETRY = 4000;

export const rowOf = (field) => field.name.slice(field.name.indexOf("-") + 1);

function start(form) {
  const status = form.querySelector('[role="status"]');
  const cells = [...form.querySelectorAll("input[data-saved]")];
  const fields = [...cells, ...form.querySelectorAll("textarea[data-saved]")];
  const changed = new Set(); // typed and not yet sent; cleared when sent, put back when the sending fails
  const unsure = new Set(); // sent without an answer: the server may hold them, so they are sent again whatever they hold
  let timer = 0;
  let sending = false;
  let refused = false;

  const named = (name) => form.querySelector(`[name="${name}"]`);
  const kindOf = (field) => (field.matches("input") ? named(`kind-${rowOf(field)}`) : null);
  const seenOf = (field) => named(field.matches("input") ? `was-${rowOf(field)}` : `was-comment-${rowOf(field)}`);
  const errorOf = (field) => document.getElementById(`${field.matches("input") ? "error" : "ask"}-${rowOf(field)}`);
  const isBad = (field) => field.getAttribute("aria-invalid") === "true";
  const stateOf = (field) => ({ value: field.value, kind: kindOf(field)?.value });
  const savedOf = (field) => ({ value: field.dataset.saved, kind: kindOf(field)?.dataset.saved });
  const same = (one, other) => one.value === other.value && one.kind === other.kind;
  const write = (field, { value, kind }) => {
    field.value = value;
    const select = kindOf(field);
    if (select && kind) select.value = kind;
  };

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
    const sent = new Map([...changed].map((field) => [field, stateOf(field)]));
    changed.clear();
    say("saving", text("textSaving"));
    try {
      const response = await fetch(form.action, { method: "POST", body: payload(sent.keys()), headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() } });
      if ([401, 403, 404].includes(response.status) || response.redirected) refused = true;
      if (![200, 409, 422].includes(response.status) || response.redirected) throw new Error(String(response.status));
      const answer = await response.text();
      for (const [field, typed] of sent) {
        unsure.delete(field);
        if (!same(stateOf(field), typed)) changed.add(field);
      }
      show(answer, sent);
      report();
    } catch {
      for (const field of sent.keys()) {
        changed.add(field);
        unsure.add(field);
      }
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
      const also = [kindOf(field), seenOf(field), form.querySelector(`[data-version-of="${row}"]`)];
      for (const one of [field, ...also]) if (one) data.set(one.name, one.value);
    }
    return data;
  }

  function show(html, sent) {
    const answer = new DOMParser().parseFromString(html, "text/html").body;
    for (const part of answer.querySelectorAll("[id][hx-swap-oob]")) {
      const old = document.getElementById(part.id);
      part.removeAttribute("hx-swap-oob");
      // A refused text keeps its reason until it is mended, whatever else in the row was saved.
      const kept = old && fields.find((field) => errorOf(field) === old && isBad(field) && !sent.has(field));
      if (!kept) old?.replaceWith(part);
    }
    for (const { dataset } of answer.querySelectorAll("[data-row]")) {
      const version = form.querySelector(`[data-version-of="${dataset.row}"]`);
      if (version) version.value = dataset.version;
      settle(named(`value-${dataset.row}`), { state: dataset.state, saved: dataset.saved, kind: dataset.kind, was: dataset.was }, sent);
      settle(named(`comment-${dataset.row}`), { state: dataset.commentState, saved: dataset.comment, was: dataset.comment }, sent);
    }
    form.dispatchEvent(new CustomEvent("grid:answered"));
  }

  function settle(field, { state, saved, kind, was }, sent) {
    if (!field || saved === undefined) return;
    const isSent = sent.has(field);
    const isIdle = document.activeElement !== field && !changed.has(field);
    if (!isSent && (!isIdle || isBad(field))) return;
    if (isSent) {
      field.dataset.state = state;
      if (state === "saved") field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    }
    if (state === "invalid" && isSent) return;
    const select = kindOf(field);
    field.dataset.saved = saved;
    if (select) select.dataset.saved = kind;
    const seen = seenOf(field);
    if (state === "conflict") {
      field.dataset.theirs = was ?? saved;
      return;
    }
    if (seen) seen.value = was ?? saved;
    if (!isIdle) return;
    write(field, { value: saved, kind });
    undo.rest(field);
  }

  function report() {
    const bad = fields.filter(isBad).length;
    if (bad) say("error", text(bad === 1 ? "textFailedOne" : "textFailedMany", bad));
    else say("saved", text("textSaved"));
  }

  const guard = () => setUnsaved(form, fields.some(isBad) || sending || changed.size > 0);

  function touch(field) {
    if (same(stateOf(field), savedOf(field)) && !isBad(field) && !unsure.has(field)) changed.delete(field);
    else changed.add(field);
    guard();
    if (changed.size) {
      if (status.dataset.state !== "offline") say("unsaved", text("textUnsaved"));
      later(PAUSE);
    } else if (status.dataset.state === "unsaved") say("saved", text("textSaved"));
  }

  const take = (field) => {
    if (field.dataset.theirs !== undefined && seenOf(field)) seenOf(field).value = field.dataset.theirs;
    delete field.dataset.theirs;
  };

  function restore(field) {
    write(field, savedOf(field));
    field.select();
    if (isBad(field)) {
      field.removeAttribute("aria-invalid");
      errorOf(field)?.replaceChildren();
      take(field);
      report();
    }
    undo.rest(field);
    touch(field);
  }

  function move(field, step) {
    let at = cells.indexOf(field) + step;
    while (cells[at]?.closest("tr").hidden) at += step;
    cells[at]?.focus();
    return at in cells;
  }

  const atEdge = (field, end) => {
    const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    return all || (field.selectionStart === field.selectionEnd && field.selectionStart === (end ? field.value.length : 0));
  };

  function toComment(field) {
    const comment = named(`comment-${rowOf(field)}`);
    comment?.focus();
    return Boolean(comment);
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved]") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    let handled = false;
    if (event.key === "Enter") {
      handled = true;
      move(field, event.shiftKey ? -1 : 1);
      if (changed.size) later(0);
    } else if (event.key === "Escape") {
      handled = true;
      restore(field);
    } else if (event.shiftKey) return;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") handled = move(field, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "ArrowRight" && atEdge(field, true)) handled = toComment(field);
    if (handled) event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-saved]")) event.target.select();
  });
  form.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved], textarea[data-saved]")) return;
    undo.commit(field);
    if (!field.matches("input") || kindOf(field)?.value === "text") return;
    // Show at once how the number was read: "1.234" becomes "1,234".
    const number = parseSwedish(field.value);
    if (number !== null && changed.has(field)) field.value = swedish(number);
    else if (field.dataset.state === "saved" && !changed.has(field) && !sending) field.value = field.dataset.saved;
    undo.rest(field);
  });
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved], textarea[data-saved]")) return;
    const select = kindOf(field);
    if (select && isBlank(select.value) && field.value.trim()) select.value = "number";
    touch(field);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grid-keep], [data-grid-take]");
    if (!button) return;
    const field = named(button.dataset.gridKeep ?? button.dataset.gridTake);
    field.focus();
    if (button.dataset.gridTake) return restore(field);
    take(field);
    changed.add(field);
    later(0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  window.addEventListener("online", () => changed.size && later(0));

  const grid = { form, named, kindOf, stateOf, write, touch, save: () => changed.size && later(0) };
  const undo = startUndo(grid);
  startKinds(grid, undo);
  startPaste(grid, undo);
  // What was typed while the page was loading.
  for (const field of fields) if (!isBad(field) && !same(stateOf(field), savedOf(field))) touch(field);
}

for (const form of document.querySelectorAll("form[data-grid]")) start(form);
startView();
