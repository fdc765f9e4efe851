// Around a grid's fields: what is filled in, rows that lack something alone, parts folded, the table to the clipboard.

const isLacking = ({ dataset }) => dataset.missing === "1" || Boolean(dataset.asks);
const levelOf = (row) => Number(row.dataset.level);

/** Rows that lack something, and above them what they are parts of. */
function lacking(rows) {
  const under = [];
  return new Set(
    [...rows].reverse().filter((row) => {
      const level = levelOf(row);
      const isShown = isLacking(row) || under.slice(level + 1).some(Boolean);
      under.length = level + 1;
      under[level] ||= isShown;
      if (level === 0) under.length = 0;
      return isShown;
    }),
  );
}

const textOf = (cell) => {
  const field = cell.querySelector('[name^="value-"]');
  if (field?.matches("select")) return field.selectedOptions[0].textContent;
  if (field) return field.value || (field.matches("input") ? field.placeholder : "");
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("button, [popover], .ds-sr-only, .grid-note").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
};
// A sheet takes "=" at the beginning for a formula.
const safe = (text) => (/^[=+@]/.test(text) ? `'${text}` : text);
const quoted = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const isCopied = (cell) => !cell.matches(".grid-trend, .grid-more");

/** The headings over each column, from the first to the last: a column that stands under another has both. */
export function headings(head) {
  const [over, under] = [...head.rows].map((row) => [...row.cells].filter(isCopied));
  const names = [];
  for (const cell of over) {
    if (!cell.matches(".grid-span")) names.push(cell.textContent.trim());
    else for (const part of under.splice(0, cell.colSpan)) names.push(`${cell.textContent.trim()}: ${part.textContent.trim()}`);
  }
  return names;
}

function copied(table, rows) {
  const lines = rows.filter((row) => !row.hidden).map((row) => {
    const [name, ...cells] = [...row.cells].filter(isCopied).map(textOf);
    return [`${"  ".repeat(levelOf(row))}${name}`, ...cells].map(safe);
  });
  return [headings(table.tHead), ...lines].map((cells) => cells.map(quoted).join("\t")).join("\n");
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

export function startView(root) {
  const table = root.querySelector(".grid-table");
  const rows = [...table.querySelectorAll("tr[data-entry]")];
  const words = root.querySelector("form[data-grid]")?.dataset;
  const box = root.querySelector("[data-grid-filter]");
  const folds = [...table.querySelectorAll(".grid-fold")];
  const asked = (row) => [...row.querySelectorAll("textarea")].at(-1);

  const isOpen = (fold) => fold.getAttribute("aria-expanded") === "true";
  const open = (fold, isOn) => fold.setAttribute("aria-expanded", String(isOn));

  function arrange() {
    const shown = box?.checked ? lacking(rows) : new Set(rows);
    let folded = Infinity; // the level of the folded row above
    for (const row of rows) {
      if (levelOf(row) <= folded) folded = Infinity;
      row.dataset.filtered = shown.has(row) ? "0" : "1";
      row.hidden = levelOf(row) > folded || !shown.has(row);
      const fold = row.querySelector(".grid-fold");
      if (folded === Infinity && fold && !isOpen(fold)) folded = levelOf(row);
    }
    for (const body of table.tBodies) {
      const heading = body.querySelector(".table-group");
      if (heading) heading.hidden = ![...body.rows].some((row) => row !== heading && !row.hidden);
    }
    table.dispatchEvent(new CustomEvent("grid:arranged", { bubbles: true }));
  }

  /** Show the row of a field that is to have the focus, whatever hides it. */
  function reveal(field) {
    const row = field.closest("tr");
    if (!row.hidden) return;
    for (const fold of folds) open(fold, true);
    if (box && !lacking(rows).has(row)) box.checked = false;
    arrange();
  }

  function count() {
    const counted = rows.filter((row) => row.dataset.counted === "1");
    const filled = counted.filter((row) => row.dataset.missing === "0").length;
    const asking = rows.filter((row) => row.dataset.asks);
    const fill = (text) => text.replace("{antal}", filled).replace("{alla}", counted.length);
    document.getElementById("grid-filled").textContent = fill(words.textFilled);
    document.getElementById("grid-progress").value = filled;
    const box = document.getElementById("grid-asking");
    box.hidden = !asking.length;
    box.querySelector("span").textContent = asking.length === 1 ? words.textAskingOne : words.textAskingMany.replace("{antal}", asking.length);
    for (const row of rows) {
      const field = asked(row);
      if (field) field.placeholder = row.dataset.asks ? words.textAsk : "";
    }
    const missing = document.getElementById("submit-missing");
    if (missing) missing.textContent = filled === counted.length ? words.textComplete : fill(words.textMissing);
    const unusual = rows.reduce((sum, row) => sum + Number(row.dataset.unusual), 0);
    const told = document.getElementById("submit-unusual");
    if (told) {
      told.hidden = !unusual;
      told.textContent = unusual === 1 ? words.textUnusualOne : words.textUnusualMany.replace("{antal}", unusual);
    }
    list(asking);
  }

  /** The dialog's list of rows that ask for a comment. */
  function list(asking) {
    const box = document.getElementById("submit-comments");
    if (!box) return;
    box.hidden = !asking.length;
    box.querySelector("ul").replaceChildren(
      ...asking.map((row) => {
        const item = document.createElement("li");
        item.append(Object.assign(document.createElement("a"), { className: "ds-link", href: `#${row.id}`, textContent: row.dataset.asks }));
        return item;
      }),
    );
  }

  box?.addEventListener("change", () => {
    if (box.checked) for (const fold of folds) open(fold, true);
    arrange();
    const url = new URL(location.href);
    box.checked ? url.searchParams.set("saknade", "1") : url.searchParams.delete("saknade");
    if (!document.querySelector("[data-focus]")) history.replaceState(null, "", url);
  });
  table.addEventListener("click", (event) => {
    const fold = event.target.closest(".grid-fold");
    if (!fold) return;
    open(fold, !isOpen(fold));
    arrange();
  });
  const copy = root.querySelector("[data-grid-copy]");
  copy?.addEventListener("click", async () => {
    const notice = document.getElementById("grid-copied");
    try {
      await toClipboard(copied(table, rows));
      notice.textContent = copy.dataset.textCopied;
    } catch {
      notice.textContent = copy.dataset.textFailed;
    }
  });
  root.addEventListener("grid:answered", count);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#row-"]');
    const row = link && document.getElementById(link.hash.slice(1));
    const field = row && asked(row);
    if (!field) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    reveal(field);
    field.focus();
  });

  // The head stands under the bar, and what has the focus under both.
  const bar = root.querySelector(".grid-bar");
  const sizes = new ResizeObserver(() => {
    document.documentElement.style.setProperty("--grid-bar", `${bar.offsetHeight}px`);
    document.documentElement.style.setProperty("--grid-head", `${table.tHead.offsetHeight}px`);
  });
  sizes.observe(bar);
  sizes.observe(table.tHead);
  if (box?.checked) arrange();
  return { reveal };
}
