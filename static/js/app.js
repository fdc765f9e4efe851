// What every page needs: CSRF for htmx, dialogs, colour scheme, the menu, guards against lost text and double clicks.

export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

// Both spellings: htmx 2 and htmx 4.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = csrfToken();
});

// Older Safari has no command/commandfor.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog) button.getAttribute("command") === "show-modal" ? dialog.showModal() : dialog.close();
  });
}

document.addEventListener("change", ({ target }) => {
  const named = target.type === "file" && target.closest(".file-field")?.querySelector("[data-file-name]");
  if (named) named.textContent = target.files[0]?.name ?? named.dataset.fileName;
});

// Colour scheme.
const root = document.documentElement;
for (const radio of document.querySelectorAll("[data-scheme] input")) {
  radio.checked = radio.value === root.dataset.colorScheme;
  radio.addEventListener("change", () => {
    root.dataset.colorScheme = radio.value;
    try {
      localStorage.setItem("color-scheme", radio.value);
    } catch {
      // Chosen for this page only.
    }
  });
}

// The user menu closes on Escape and on a click outside; the navigation button opens its list on small screens.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const button of document.querySelectorAll(".nav-toggle")) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
}

// A decision is sent once. aria-disabled rather than disabled: the button keeps focus and its name=value is still posted.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) button.setAttribute("aria-disabled", "true");
});
// A page taken back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

// Leaving with unsaved text asks first; what saves itself asks for itself (sender.js).
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// After a refused form the summary of errors has the focus.
document.querySelector("[data-focus]")?.focus();

// The organisation's clock, as the server prints it, wherever the computer believes it is.
const time = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", hour: "2-digit", minute: "2-digit" });
export const clock = (now = new Date()) => time.format(now).replace(":", ".");

// A list of sections marks the one being read.
const sections = new Map();
for (const link of document.querySelectorAll('.section-nav a[href^="#"]')) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) sections.set(section, link);
}
if (sections.size > 1) {
  const reading = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting).at(-1);
      if (!seen) return;
      for (const [section, link] of sections) {
        if (section === seen.target) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const section of sections.keys()) reading.observe(section);
}

// Paper is light.
let screenScheme = root.dataset.colorScheme;
window.addEventListener("beforeprint", () => {
  screenScheme = root.dataset.colorScheme;
  root.dataset.colorScheme = "light";
});
window.addEventListener("afterprint", () => {
  root.dataset.colorScheme = screenScheme;
});
