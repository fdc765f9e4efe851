// Texts that save themselves: <textarea data-autosave-url> in a form with a hidden "version". See docs/frontend.md.
import { csrfToken, setUnsaved } from "./app.js";

const PAUSE = 800;
const RETRY = 4000;

function start(field) {
  const form = field.form;
  const status = document.getElementById(field.getAttribute("aria-describedby")?.split(" ").pop());
  const version = form.elements.namedItem("version");
  let timer = 0;
  let sending = false;
  let changed = false;

  const say = (state, text) => {
    if (!status) return;
    status.dataset.state = state;
    if (text) status.textContent = text;
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  async function send() {
    if (sending || !changed) return;
    sending = true;
    changed = false;
    say("saving", "Sparar …");
    try {
      const response = await fetch(field.dataset.autosaveUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
      });
      await show(response);
    } catch {
      changed = true;
      say("offline", "Ingen kontakt med servern. Texten är inte sparad – försöker igen.");
      later(RETRY);
    }
    sending = false;
    setUnsaved(field, changed || status?.dataset.state !== "saved");
    if (changed && status?.dataset.state === "saved") later(PAUSE);
  }

  async function show(response) {
    if (response.redirected) throw new Error("signed out");
    if (![200, 409, 422].includes(response.status)) throw new Error(String(response.status));
    const answer = new DOMParser().parseFromString(await response.text(), "text/html").body;
    const carrier = answer.querySelector("[data-version]");
    if (carrier && version) version.value = carrier.dataset.version;
    if (!status) return;
    status.dataset.state = response.ok ? "saved" : "error";
    status.replaceChildren(...answer.childNodes);
  }

  field.addEventListener("input", () => {
    changed = true;
    setUnsaved(field, true);
    later(PAUSE);
  });
  field.addEventListener("blur", () => changed && later(0));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    setUnsaved(field, false);
  });
}

const startAll = (scope) => {
  for (const field of scope.querySelectorAll("[data-autosave-url]:not([data-autosave-on])")) {
    field.dataset.autosaveOn = "true";
    start(field);
  }
};
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
