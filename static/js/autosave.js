// Forms of text that save themselves: <form data-autosave> with a hidden "version" and a .saved. See docs/frontend.md.
import { forget, offer, startSender, tell, word } from "./sender.js";

const PAUSE = 800;
const isChecked = (field) => ["checkbox", "radio"].includes(field.type);
const read = (field) => (isChecked(field) ? String(field.checked) : field.value);
const plain = (text) => text.replaceAll("\r\n", "\n");

function start(form) {
  const status = form.querySelector(".saved");
  const version = form.elements.namedItem("version");
  const fields = [...form.elements].filter(({ name, type }) => name && !["hidden", "submit", "button"].includes(type));
  const held = new Map(fields.map((field) => [field, read(field)])); // as the server holds them
  const written = new Set(); // and not yet sent
  let sending = new Set();
  let refused = new Set(); // what was sent and not taken
  let clash = null; // the choice between two texts, until it is made

  const say = (state, words) => {
    status.dataset.state = state;
    status.textContent = words;
  };
  const setVersion = (number) => {
    const others = version.dataset.row ? document.querySelectorAll(`[name="version"][data-row="${version.dataset.row}"]`) : [];
    for (const field of [version, ...others]) field.value = number;
  };

  const sender = startSender({
    form,
    pause: PAUSE,
    collect() {
      if (!written.size || clash) return null;
      sending = new Set([...written, ...refused]);
      written.clear();
      refused.clear();
      say("saving", word("saving"));
      return new FormData(form);
    },
    answered(html, { ok }) {
      const sent = sending;
      sending = new Set();
      const answer = new DOMParser().parseFromString(html, "text/html").body;
      const carrier = answer.querySelector("[data-version]");
      if (carrier) setVersion(carrier.dataset.version);
      clash = answer.querySelector("[data-conflict]");
      if (clash && isMerged()) return;
      if (ok) {
        for (const field of fields) if (!written.has(field)) settle(field, read(field));
      } else refused = sent;
      status.dataset.state = written.size ? "unsaved" : ok ? "saved" : "error";
      clash?.remove();
      status.replaceChildren(...answer.childNodes);
      if (clash) placeOf(clash).after(clash);
    },
    failed() {
      for (const field of sending) written.add(field);
      sending = new Set();
    },
    say: (fault) => tell(status, fault, word("offline")),
    changed: () => written.size,
    unsaved: () => written.size + sending.size + refused.size,
    stuck: () => refused.size > 0,
    mayPost: (other) => other === form && refused.size > 0 && !clash,
    locked: (words) => say("error", words),
  });

  function settle(field, text) {
    held.set(field, text);
    forget(form, field);
  }

  /** Several radio buttons are one field. */
  const parts = (target) => (target instanceof RadioNodeList ? [...target] : [target]);
  const heldOf = (target) => (target instanceof RadioNodeList ? (parts(target).find((each) => held.get(each) === "true")?.value ?? "") : held.get(target));
  const mineOf = (target) => (target instanceof RadioNodeList ? target.value : read(target));
  function write(target, text) {
    if (!(target instanceof RadioNodeList) && isChecked(target)) target.checked = text === "true";
    else target.value = text;
    for (const each of parts(target)) settle(each, read(each));
  }

  const placeOf = (choice) => {
    const [first] = parts(form.elements.namedItem(choice.querySelector("[data-theirs]").dataset.theirs));
    return first.closest(".ds-field") ?? first;
  };

  /** What only one of the two changed is no conflict: theirs is taken, mine stays. True when nothing is left to choose. */
  function isMerged() {
    for (const part of clash.querySelectorAll("[data-theirs]")) {
      const target = form.elements.namedItem(part.dataset.theirs);
      const theirs = plain(part.dataset.text);
      const isMine = theirs === heldOf(target);
      if (!isMine && mineOf(target) === heldOf(target)) write(target, theirs);
      if (isMine || mineOf(target) === theirs) part.remove();
    }
    if (clash.querySelector("[data-theirs]")) return false;
    choose();
    return true;
  }

  /** Go on from the other's version with what stands in the fields. */
  function choose() {
    setVersion(clash.dataset.conflict);
    clash.remove();
    clash = null;
    refused.clear();
    for (const field of fields) if (read(field) !== held.get(field)) written.add(field);
    if (!written.size) say("idle", "");
    sender.later(0);
  }

  form.addEventListener("click", ({ target }) => {
    if (!clash || !target.matches("[data-keep], [data-take]")) return;
    const theirs = [...clash.querySelectorAll("[data-theirs]")].map((part) => [form.elements.namedItem(part.dataset.theirs), plain(part.dataset.text)]);
    if (target.matches("[data-take]")) for (const [field, text] of theirs) write(field, text);
    choose();
    parts(theirs[0][0])[0].focus();
  });
  function touch(field) {
    written.add(field);
    sender.keep(field);
    if (clash) return;
    if (status.dataset.state !== "offline") say("unsaved", word("unsaved"));
    sender.later();
  }
  form.addEventListener("input", ({ target }) => held.has(target) && touch(target));
  form.addEventListener("focusout", () => written.size && sender.later(0));
  offer(form, fields, (field, text) => {
    field.value = text;
    touch(field);
  });
}

const startAll = (scope) => {
  for (const form of scope.querySelectorAll("form[data-autosave]:not([data-autosave-on])")) {
    form.dataset.autosaveOn = "true";
    start(form);
  }
};
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
