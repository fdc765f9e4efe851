// A grid of figures: a native table with fields that save themselves. The contract is in docs/frontend.md.
import { clock } from "./app.js";
import { startHandIn } from "./grid_hand_in.js";
import { isBlank, showBlank, startKinds } from "./grid_kinds.js";
import { keyOf, readMatrix } from "./grid_matrix.js";
import { startPaste } from "./grid_paste.js";
import { startUndo } from "./grid_undo.js";
import { startView } from "./grid_view.js";
import { readNumber, swedish } from "./numbers.js";
import { forget, offer, startSender, tell } from "./sender.js";

const PAUSE = 400;
const CHOOSING = ["Home", "End", "PageUp", "PageDown"]; // a closed list would answer by them
const ARROWS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function start(form, { reveal }) {
  const status = document.getElementById("grid-saved");
  const notice = document.getElementById("grid-notice");
  const matrix = readMatrix(form);
  const { fields, named, columnOf } = matrix;
  const changed = new Set(); // typed and not yet sent; cleared when sent, put back when the sending fails
  const unsure = new Set(); // sent without an answer: the server may hold them, so they are sent again whatever they hold
  const confirmed = new Set(); // said to be right though unusual, and not yet sent
  const undone = new Set(); // brought back and not yet sent: the server brings back what belonged to the value
  let held = { state: status.dataset.state, words: status.textContent }; // said when nothing waits: *sparat* after a save alone
  let sending = null; // what is on its way: field -> what was sent of it
  let entered = null; // the text field the keys have come to and not yet typed in

  const isOpened = (field) => CSS.supports("selector(:open)") && field.matches("select:open");
  const isField = (element) => element.name?.startsWith("value-") ?? false;
  const kindOf = (field) => named(`kind-${keyOf(field)}`);
  const seenOf = (field) => named(`was-${keyOf(field)}`);
  const versionOf = (field) => named(`version-${keyOf(field)}`);
  const errorOf = (field) => document.getElementById(`error-${keyOf(field)}`);
  const isBad = (field) => field.getAttribute("aria-invalid") === "true";
  const stateOf = (field) => ({ value: field.value, kind: kindOf(field)?.value });
  const savedOf = (field) => ({ value: field.dataset.saved, kind: kindOf(field)?.dataset.saved });
  const same = (one, other) => one.value === other.value && one.kind === other.kind;
  const isNumber = (field) => columnOf(field).reads === "number" && kindOf(field)?.value !== "text";
  const write = (field, { value, kind }) => {
    field.value = value;
    const select = kindOf(field);
    if (select && kind) select.value = kind;
    showBlank(field, select);
  };

  const text = (name, count = 0) => form.dataset[name].replace("{tid}", clock()).replace("{antal}", String(count));
  const say = (state, words) => {
    if (status.textContent !== words) status.textContent = words;
    status.dataset.state = state;
  };
  const sender = startSender({
    form,
    pause: PAUSE,
    collect() {
      if (!changed.size || kinds.isChoosing()) return null;
      sending = new Map([...changed].map((field) => [field, { ...stateOf(field), isUndone: undone.delete(field), isConfirmed: confirmed.delete(field) }]));
      changed.clear();
      say("saving", text("textSaving"));
      return payload(sending);
    },
    answered(html) {
      const sent = sending;
      sending = null;
      for (const [field, typed] of sent) {
        unsure.delete(field);
        if (!same(stateOf(field), typed)) changed.add(field);
      }
      show(html, sent);
      if ([...sent.keys()].some((field) => !isBad(field))) held = { state: "saved", words: text("textSaved") };
      report();
    },
    failed() {
      for (const [field, typed] of sending) {
        changed.add(field);
        unsure.add(field);
        if (typed.isUndone && same(stateOf(field), typed)) undone.add(field);
        if (typed.isConfirmed && same(stateOf(field), typed)) confirmed.add(field);
      }
      sending = null;
    },
    say: (fault) => tell(status, fault, text(changed.size === 1 ? "textOfflineOne" : "textOfflineMany", changed.size)),
    changed: () => changed.size,
    unsaved: () => fields.filter(isUnsaved).length,
    stuck: () => fields.some(isBad),
    mayPost: () => true, // grid_hand_in.js stops it
    locked: (words) => say("error", words),
  });
  const { later } = sender;

  function payload(sent) {
    const data = new FormData();
    for (const [field, { isUndone, isConfirmed }] of sent) {
      if (isConfirmed) data.set(`confirm-${keyOf(field)}`, "1");
      if (isUndone) data.set(`undo-${keyOf(field)}`, "1");
      for (const one of [field, kindOf(field), seenOf(field), versionOf(field)]) if (one) data.set(one.name, one.value);
    }
    return data;
  }

  function show(html, sent) {
    const answer = new DOMParser().parseFromString(html, "text/html").body;
    for (const part of answer.querySelectorAll("[id][hx-swap-oob]")) {
      const field = part.id.startsWith("error-") ? named(part.id.replace("error-", "value-")) : null;
      part.removeAttribute("hx-swap-oob");
      // A refused text keeps its reason until it is mended, whatever else in the row was saved.
      if (!field || !isBad(field) || sent.has(field)) document.getElementById(part.id)?.replaceWith(part);
    }
    for (const { dataset } of answer.querySelectorAll("[data-row]")) {
      Object.assign(document.getElementById(`row-${dataset.row}`).dataset, { missing: dataset.missing, unusual: dataset.unusual, asks: dataset.asks });
    }
    for (const { dataset } of answer.querySelectorAll("[data-cell]")) settle(dataset, sent);
    form.dispatchEvent(new CustomEvent("grid:answered", { bubbles: true }));
  }

  function settle({ cell, version, state, saved, kind, was }, sent) {
    const field = named(`value-${cell}`);
    if (!field) return;
    versionOf(field).value = version;
    const isSent = sent.has(field);
    const isIdle = ![field, kindOf(field)].includes(document.activeElement) && !changed.has(field);
    if (!isSent && (!isIdle || isBad(field))) return;
    if (isSent) {
      field.dataset.state = state;
      if (state === "saved") {
        field.removeAttribute("aria-invalid");
        undo.accept(field);
        if (!changed.has(field)) forget(form, field);
      } else field.setAttribute("aria-invalid", "true");
    }
    if (state === "invalid" && isSent) {
      undo.refuse(field);
      return;
    }
    if (!isSent && !same(savedOf(field), { value: saved, kind: kindOf(field) ? kind : undefined })) undo.forget(field);
    field.dataset.saved = saved;
    const select = kindOf(field);
    if (select) select.dataset.saved = named(`waskind-${keyOf(field)}`).value = kind;
    if (state === "conflict") {
      field.dataset.theirs = was;
      return;
    }
    seenOf(field).value = was;
    if (!isIdle) return;
    write(field, { value: saved, kind });
    undo.rest(field);
  }

  function report() {
    const bad = fields.filter(isBad).length;
    if (bad) say("error", text(bad === 1 ? "textFailedOne" : "textFailedMany", bad));
    else if (changed.size) say("unsaved", text("textUnsaved"));
    else say(held.state, held.words);
    const field = document.activeElement;
    if (isField(field) && isBad(field)) errorOf(field).scrollIntoView({ block: "nearest" });
  }

  const isUnsaved = (field) => isBad(field) || changed.has(field) || Boolean(sending?.has(field));

  function touch(field, isUndo = false) {
    notice.textContent = "";
    isUndo ? undone.add(field) : undone.delete(field);
    if (same(stateOf(field), savedOf(field)) && !isBad(field) && !unsure.has(field)) {
      changed.delete(field);
      forget(form, field);
    } else {
      changed.add(field);
      sender.keep(field);
    }
    if (changed.size) {
      if (status.dataset.state !== "offline") say("unsaved", text("textUnsaved"));
      later();
    } else if (status.dataset.state === "unsaved") say(held.state, held.words);
  }

  const take = (field) => {
    if (field.dataset.theirs !== undefined) seenOf(field).value = field.dataset.theirs;
    delete field.dataset.theirs;
  };

  function restore(field) {
    write(field, isBad(field) ? savedOf(field) : undo.before(field));
    field.select?.();
    if (isBad(field)) {
      field.removeAttribute("aria-invalid");
      errorOf(field).replaceChildren();
      take(field);
      report();
    }
    undo.rest(field);
    touch(field, true);
  }

  function move(field, [down, across]) {
    const next = matrix.next(field, down, across);
    next?.focus();
    entered = next?.matches("textarea") ? next : null;
    entered?.setSelectionRange(entered.value.length, entered.value.length);
    return Boolean(next);
  }

  /** Whether an arrow leaves the field: at the caret's edge, or as long as nothing was done in it. */
  function leaves(field, [down, across]) {
    if (field.matches("select") || field === entered || (down && field.matches("input"))) return true;
    const end = down + across > 0 ? field.value.length : 0;
    const isAll = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    return isAll || (field.selectionStart === field.selectionEnd && field.selectionStart === end);
  }

  /** A list that is closed is a cell like others: only letters and the opened list choose. */
  function handleInList(field, key) {
    if (key === "Delete" || key === "Backspace") choose(field, "");
    return key === "Delete" || key === "Backspace" || key in ARROWS || CHOOSING.includes(key);
  }

  function choose(field, value) {
    field.value = value;
    undo.commit(field);
    touch(field);
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!isField(field) || isOpened(field) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    let handled = false;
    if (event.key === "Enter") {
      // A new line in a text is Shift+Enter, and plain Enter where there is no other key for it.
      if (field.matches("textarea") && (event.shiftKey || matchMedia("(pointer: coarse)").matches)) return;
      handled = true;
      move(field, event.shiftKey ? ARROWS.ArrowUp : ARROWS.ArrowDown);
      if (changed.size) later(0);
    } else if (event.key === "Escape") {
      handled = true;
      restore(field);
    } else if (!event.shiftKey && event.key in ARROWS && leaves(field, ARROWS[event.key])) handled = move(field, ARROWS[event.key]);
    if (field.matches("select")) handled = handleInList(field, event.key) || handled;
    if (handled) event.preventDefault();
    else entered = null;
  });
  form.addEventListener("pointerdown", () => {
    entered = null;
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches('input[name^="value-"]')) event.target.select();
  });
  form.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!isField(field)) return;
    entered = null;
    undo.commit(field);
    if (!isNumber(field)) return;
    // Show at once how the number was read: "1.234" becomes "1,234".
    const number = readNumber(field.value, field.closest("tr").dataset.unit);
    if (number !== null && changed.has(field)) field.value = swedish(number);
    else if (field.dataset.state === "saved" && !changed.has(field) && !sending) field.value = field.dataset.saved;
    undo.rest(field);
  });
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!isField(field)) return;
    const select = kindOf(field);
    if (isBlank(select) && field.value.trim()) select.value = columnOf(field).reads;
    touch(field);
  });
  form.addEventListener("change", ({ target }) => {
    if (isField(target) && target.matches("select")) undo.commit(target);
  });
  form.addEventListener("click", (event) => {
    const confirm = event.target.closest('button[name^="confirm-"]');
    if (confirm) {
      event.preventDefault();
      const field = named(confirm.name.replace("confirm-", "value-"));
      field.focus();
      confirmed.add(field);
      changed.add(field);
      return later(0);
    }
    const button = event.target.closest("[data-grid-keep], [data-grid-take], [data-grid-write]");
    if (!button) return;
    const { gridKeep, gridTake, gridWrite, text: value, kind } = button.dataset;
    const field = named(`value-${gridKeep ?? gridTake ?? gridWrite}`);
    field.focus();
    if (gridWrite) {
      write(field, { value, kind });
      undo.commit(field);
      touch(field);
      return later(0);
    }
    if (gridTake) {
      undo.forget(field);
      return restore(field);
    }
    undo.replace(field);
    take(field);
    changed.add(field);
    later(0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  startHandIn(form, { firstUnsaved: () => fields.find(isUnsaved), isField, reveal, save: () => later(0) });

  const grid = { form, ...matrix, kindOf, stateOf, savedOf, write, touch, isNumber, reveal, save: () => changed.size && later(0) };
  const undo = startUndo(grid);
  const kinds = startKinds(grid, undo);
  startPaste(grid, undo);
  offer(form, fields, (field, typed) => {
    field.value = typed;
    if (isBlank(kindOf(field))) kindOf(field).value = columnOf(field).reads;
    undo.commit(field);
    touch(field);
  });
  // What was typed while the page was loading.
  for (const field of fields) if (!isBad(field) && !same(stateOf(field), savedOf(field))) touch(field);
}

for (const root of document.querySelectorAll(".grid:has(.grid-table)")) {
  const view = startView(root);
  const form = root.querySelector("form[data-grid]");
  if (form) start(form, view);
}
