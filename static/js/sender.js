// The one way a field that saves itself is sent: when, in whose session, and what is kept of it until it is saved. See docs/frontend.md.
import { csrfToken } from "./app.js";

const RETRY = 4000;
const RETRY_SIGNED_OUT = 30000;
const GLANCE = 2000; // between two looks at whether the page may still be written
const LONGEST = 3000; // that a form waits for a save that is on its way
const KEEPALIVE = 60000; // bytes that a browser sends for a page that is left
const ANSWERS = [200, 409, 422];
const PREFIX = "unsent ";
const account = document.querySelector('meta[name="account"]')?.content ?? "";
const part = document.getElementById("sender"); // the words, and the offer of what was not sent
const senders = new Set();

/** What stops a sending; ``retry`` is when it is tried again by itself, 0 for never. */
class Fault extends Error {
  constructor(words, { retry = 0, login = "" } = {}) {
    super(words);
    Object.assign(this, { retry, login });
  }
}

/** The session of this browser as it is now; its token is given to every form of the page, if it is still the same person's. */
async function renew() {
  const now = await (await fetch(part.dataset.session)).json();
  if (!now.account) throw new Fault(part.dataset.signedOut, { retry: RETRY_SIGNED_OUT, login: part.dataset.login });
  if (now.account !== account) throw new Fault(part.dataset.other, { retry: RETRY_SIGNED_OUT });
  document.querySelector('meta[name="csrf-token"]').content = now.token;
  for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = now.token;
}

/** One posting in the session as it is now; throws a Fault, in words, or what the network says. */
export async function post(url, body, keepalive, isAgain = false) {
  const response = await fetch(url, { method: "POST", body, keepalive, headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() } });
  if (ANSWERS.includes(response.status) && !response.redirected) return response;
  if (response.status >= 500) throw new Error(String(response.status));
  const told = await response.json().catch(() => ({}));
  if (response.status === 401) throw new Fault(told.words, { retry: RETRY_SIGNED_OUT, login: part.dataset.login });
  if (!told.stale || isAgain) throw new Fault(part.dataset.refused);
  await renew();
  return post(url, body, keepalive, true);
}

/**
 * A sender of one form. ``collect`` gives what is to be sent now, as FormData, or null; ``answered`` takes the answer,
 * ``failed`` puts back what was sent and ``say`` tells the fault in the form's own place. ``changed`` counts what waits to
 * be sent, ``unsaved`` all that the server does not hold; ``stuck``: some of it needs the writer first; ``mayPost``: the
 * form may be posted as a page although it is not saved, for the server to say why; ``locked`` says why it may not be written.
 */
export function startSender({ form, pause, collect, answered, failed, say, changed, unsaved, stuck, mayPost, locked }) {
  let timer = 0;
  let flight = null;
  let fault = null;
  let isLarge = false;

  const later = (wait = pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  function send() {
    clearTimeout(timer);
    flight ??= attempt().finally(() => {
      flight = null;
    });
    return flight;
  }

  async function attempt() {
    const data = collect();
    if (!data) return;
    data.delete("csrfmiddlewaretoken"); // the header's may be fresher
    const body = new URLSearchParams(data);
    isLarge = String(body).length > KEEPALIVE;
    fault = null;
    try {
      const response = await post(form.action, body, !isLarge);
      answered(await response.text(), response);
      later();
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault("", { retry: RETRY });
      failed();
      say(fault);
      if (fault.retry) later(fault.retry);
    }
  }

  senders.add({
    form,
    mayPost,
    locked,
    isWaiting: () => flight !== null || unsaved() > 0,
    again: () => changed() > 0 && send(),
    /** Send until nothing waits; whether the server holds everything. */
    async flush() {
      await flight;
      await send();
      return unsaved() === 0;
    },
    /** The page is left: send what waits; true when something would be lost. */
    leave() {
      const isBusy = flight !== null;
      const isHeld = unsaved() > 0 && (fault !== null || stuck());
      if (changed() && !isBusy) send();
      return isHeld || (isBusy && changed() > 0) || (flight !== null && isLarge);
    },
  });
  return { later, keep: (field) => keep(form, field) };
}

export const word = (name) => part.dataset[name];

/** A fault in words, with the way to log in where that mends it. */
export function tell(status, fault, offline) {
  status.dataset.state = "offline";
  const words = fault.message || offline;
  if (status.firstChild?.textContent === words) return;
  status.replaceChildren(words);
  if (!fault.login) return;
  const link = Object.assign(document.createElement("a"), { href: fault.login, target: "_blank", className: "ds-link", textContent: part.dataset.loginWord });
  status.append(" ", link);
}

// What is not sent lies in this window's own storage under the account, and is offered to that account alone.

const placeOf = (form, field) => `${PREFIX}${account} ${new URL(form.action).pathname} ${field.id}`;
const isKept = (form, field) => account && field.id && !("private" in form.dataset) && field.matches('textarea, input:not([type]), input[type="text"]');
const plain = (text) => text.replaceAll("\r\n", "\n").trim();

function keep(form, field) {
  if (!isKept(form, field)) return;
  try {
    sessionStorage.setItem(placeOf(form, field), field.value);
  } catch {
    // Full, or forbidden: the field itself is all there is.
  }
}

/** The server holds it. */
export const forget = (form, field) => sessionStorage.removeItem(placeOf(form, field));

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

const nameOf = (field) => {
  const named = field.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id));
  return (named ?? [...field.labels]).map((label) => label?.textContent.trim() ?? "").join(", ");
};

/** Offer the form's fields what they did not get sent; ``put`` writes it as if it were typed. */
export function offer(form, fields, put) {
  const found = fields.filter((field) => isKept(form, field)).map((field) => [field, sessionStorage.getItem(placeOf(form, field))]);
  const lost = found.filter(([field, text]) => text !== null && (plain(text) !== plain(field.value) || void forget(form, field)));
  if (!lost.length) return;
  const notice = part.content.firstElementChild.cloneNode(true);
  const list = notice.querySelector("dl");
  for (const [field, text] of lost) {
    const row = document.createElement("div");
    row.append(Object.assign(document.createElement("dt"), { textContent: nameOf(field) }), Object.assign(document.createElement("dd"), { textContent: text }));
    list.append(row);
  }
  notice.addEventListener("click", ({ target }) => {
    if (!target.closest("button")) return;
    for (const [field, text] of lost) target.closest("[data-put]") ? put(field, text) : forget(form, field);
    notice.remove();
    lost[0][0].focus();
  });
  form.before(notice);
}

// A form that is posted as a page is kept while it is written, and until a page says that it was taken.

const POSTED = "posted";
const [arrival] = performance.getEntriesByType("navigation");
const posted = sessionStorage.getItem(POSTED);
if (posted && arrival.type === "navigate" && document.referrer) {
  sessionStorage.removeItem(POSTED);
  const isTaken = account && !(arrival.responseStatus >= 400);
  for (const key of Object.keys(sessionStorage)) if (isTaken && key.startsWith(posted)) sessionStorage.removeItem(key);
}
for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", ({ target }) => keep(form, target));
  form.addEventListener("submit", () => sessionStorage.setItem(POSTED, placeOf(form, { id: "" })));
  offer(form, [...form.elements], (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// When it is tried again, and what waits for it.

const again = () => senders.forEach((sender) => sender.again());
window.addEventListener("focus", again);
window.addEventListener("online", again);
let glanced = 0;
/** A page that is come back to learns of a lock before anything is typed: the form one stands in, or sees first, asks with an empty post. */
window.addEventListener("focus", async () => {
  const all = [...senders];
  if (!all.length || all.some((sender) => sender.isWaiting()) || Date.now() - glanced < GLANCE) return;
  glanced = Date.now();
  const { form, locked } =
    all.find((sender) => sender.form.contains(document.activeElement)) ?? all.find((sender) => sender.form.getBoundingClientRect().bottom > 0) ?? all[0];
  const response = await post(form.action, new URLSearchParams(), false).catch(() => null);
  if (response?.status === 409) locked(await response.text());
});
document.addEventListener("visibilitychange", again);

window.addEventListener("beforeunload", (event) => {
  if ([...senders].map((sender) => sender.leave()).some(Boolean)) event.preventDefault();
});

// What is posted is what the server holds: a form waits for what is on its way, and is stopped by what cannot be saved.

const signedOut = new BroadcastChannel("signed-out");
signedOut.addEventListener("message", forgetAll);
const passed = new WeakSet();
const told = Object.assign(document.createElement("p"), { className: "decision__stopped", textContent: part?.dataset.stopped });
told.setAttribute("role", "alert");

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function signOut() {
  forgetAll();
  signedOut.postMessage("");
}

document.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    told.remove();
    if (passed.delete(form)) return;
    const waiting = [...senders].filter((sender) => sender.isWaiting());
    if (form.matches("[data-logout]") && !waiting.length) return signOut();
    if (!waiting.length || form.getAttribute("method") !== "post" || form.matches("[data-grid]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // At least a task: a form that is being submitted cannot be submitted once more.
    await Promise.race([Promise.all([pause(0), ...waiting.map((sender) => sender.flush())]), pause(LONGEST)]);
    const stopping = waiting.filter((sender) => sender.isWaiting() && !sender.mayPost(form));
    if (stopping.length && !form.matches("[data-logout]")) {
      (form.querySelector(".decision__buttons") ?? submitter ?? form.lastElementChild).before(told);
      return;
    }
    if (form.matches("[data-logout]")) signOut();
    passed.add(form);
    form.requestSubmit(submitter);
  },
  true,
);
