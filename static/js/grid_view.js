// Around the entry grid: rows without an outcome alone, the table to the clipboard, what still asks for a comment.

const rowsOf = (table) => [...table.querySelectorAll("tr[data-entry]")];
const isMissing = (row) => row.querySelector(".light--no_outcome") !== null;

/** Rows without an outcome, and above them what they are parts of. */
function filter(table, isOn) {
  const under = [false, false, false];
  for (const row of rowsOf(table).reverse()) {
    const level = Number(row.dataset.level);
    const isShown = isMissing(row) || under.slice(level + 1).some(Boolean);
    under.fill(false, level + 1);
    under[level] ||= isShown;
    if (level === 0) under.fill(false);
    row.hidden = isOn && !isShown;
  }
  for (const body of table.tBodies) {
    const heading = body.querySelector(".table-group");
    if (heading) heading.hidden = isOn && !rowsOf(body).some((row) => !row.hidden);
  }
}

const textOf = (cell) => {
  const field = cell.querySelector("input[data-saved], textarea[data-saved]");
  const select = cell.querySelector("select[data-saved]");
  if (field) return field.value || (select && select.value !== "number" ? select.selectedOptions[0].textContent : "");
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("p, details, a, .ds-sr-only, .grid-note, .grid-error, .grid-ask").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ") || (cell.querySelector(".grid-said")?.textContent.trim() ?? "");
};
// A sheet takes "=" at the beginning for a formula.
const safe = (text) => (/^[=+@]/.test(text) ? `'${text}` : text);
const quoted = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function copied(table) {
  const lines = [[...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim())];
  for (const row of rowsOf(table)) {
    if (row.hidden) continue;
    const [name, ...cells] = [...row.cells].map(textOf);
    lines.push([`${"  ".repeat(Number(row.dataset.level))}${name}`, ...cells].map(safe));
  }
  return lines.map((cells) => cells.map(quoted).join("\t")).join("\n");
}

async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy"); // plain http has no other way
  field.remove();
  if (!done) throw new Error("copy");
}

/** The dialog's list of rows that ask for a comment, from the rows themselves. */
function listAsking() {
  const box = document.getElementById("submit-comments");
  if (!box) return;
  const asking = [...document.querySelectorAll("[data-asks]")];
  box.hidden = !asking.length;
  box.querySelector("ul").replaceChildren(
    ...asking.map((ask) => {
      const link = Object.assign(document.createElement("a"), { className: "ds-link", href: ask.id.replace("ask-", "#comment-"), textContent: ask.dataset.asks });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
}

export function startView() {
  const table = document.querySelector(".table-entry");
  if (!table) return;
  const box = document.querySelector("[data-grid-filter]");
  box?.addEventListener("change", () => {
    filter(table, box.checked);
    const url = new URL(location.href);
    box.checked ? url.searchParams.set("saknade", "1") : url.searchParams.delete("saknade");
    if (!document.querySelector("[data-focus]")) history.replaceState(null, "", url);
  });
  const copy = document.querySelector("[data-grid-copy]");
  copy?.addEventListener("click", async () => {
    const notice = document.getElementById("grid-copied");
    try {
      await toClipboard(copied(table));
      notice.textContent = copy.dataset.textCopied;
    } catch {
      notice.textContent = copy.dataset.textFailed;
    }
  });
  document.querySelector("form[data-grid]")?.addEventListener("grid:answered", listAsking);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#comment-"]');
    const field = link && document.querySelector(link.getAttribute("href"));
    if (!field) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    field.closest("tr").hidden = false;
    field.focus();
  });
}
