// A block pasted from Excel: shown first, with what does not fit and why; written when the writer says so.
import { readsAsOutcome } from "./numbers.js";

const PARTS = ["value", "comment"];

/** The clipboard's text as rows of cells; a quoted cell may hold line ends and tabs. */
export function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    if (quoted && sign === '"' && plain[at + 1] === '"') at += 1;
    else if (quoted && sign === '"') {
      quoted = false;
      continue;
    } else if (!quoted && sign === '"' && cell === "") {
      quoted = true;
      continue;
    } else if (!quoted && (sign === "\t" || sign === "\n")) {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
      continue;
    }
    cell += sign;
  }
  rows.at(-1).push(cell);
  return rows;
}

/** "Sjukfrånvaro, Kvinnor": what a screen reader says of the row's fields, without the column. */
const nameOf = (row) => {
  const ids = row.querySelector("textarea[aria-labelledby]")?.getAttribute("aria-labelledby").split(" ").slice(0, -1) ?? [`name-${row.dataset.entry}`];
  return ids.map((id) => document.getElementById(id)?.textContent.trim()).join(", ");
};
const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

export function startPaste(grid, undo) {
  const dialog = document.getElementById("grid-paste");
  const notice = document.getElementById("grid-notice");
  if (!dialog) return;
  const words = dialog.dataset;
  let planned = [];

  /** What goes where, and what does not go in: the row's or the sheet's name, and the reason. */
  function plan(field, block) {
    const rows = [...grid.form.querySelectorAll("tr[data-entry]")].filter((row) => !row.hidden);
    const top = rows.indexOf(field.closest("tr"));
    const left = PARTS.indexOf(field.name.slice(0, field.name.indexOf("-")));
    const fits = [];
    const refused = [];
    const wide = Math.max(...block.map((cells) => cells.length)) - (PARTS.length - left);
    const over = top + block.length - rows.length;
    if (over > 0) refused.push(words.textOver.replace("{antal}", over));
    if (wide > 0) refused.push(words.textWide.replace("{antal}", wide));
    block.slice(0, rows.length - top).forEach((cells, down) => {
      const row = rows[top + down];
      cells.slice(0, PARTS.length - left).forEach((typed, right) => {
        const text = typed.trim();
        const part = PARTS[left + right];
        const target = grid.named(`${part}-${row.dataset.entry}`);
        const refuse = (why) => refused.push(`${nameOf(row)}: ${why.replace("{text}", shortened(text))}`);
        if (!text) return; // an empty cell empties nothing
        if (!target) refuse(words.textComputed);
        else if (part === "value" && grid.kindOf(target)?.value !== "text" && !readsAsOutcome(text)) refuse(words.textNotNumber);
        else if (target.value !== text) fits.push({ target, text, row, part });
      });
    });
    return { fits, refused };
  }

  function fill({ fits, refused }) {
    planned = fits;
    const body = dialog.querySelector("tbody");
    body.replaceChildren(
      ...fits.map(({ target, text, row, part }) => {
        const line = document.createElement("tr");
        const name = document.createElement("th");
        name.scope = "row";
        name.textContent = nameOf(row);
        const rest = [part === "value" ? words.textValue : words.textComment, shortened(target.value) || "–", shortened(text)];
        line.append(name, ...rest.map((content) => Object.assign(document.createElement("td"), { textContent: content })));
        return line;
      }),
    );
    dialog.querySelector("[data-paste-fits]").hidden = !fits.length;
    const list = dialog.querySelector("[data-paste-refused]");
    list.hidden = !refused.length;
    list.querySelector("ul").replaceChildren(...refused.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    const go = dialog.querySelector("[data-paste-go]");
    go.hidden = !fits.length;
    go.textContent = counted("textGo", fits.length);
  }

  const counted = (name, count) => words[count === 1 ? `${name}One` : `${name}Many`].replace("{antal}", count);

  function apply() {
    dialog.close();
    undo.together(() => {
      for (const { target, text, part } of planned) grid.write(target, { value: text, kind: part === "value" && grid.kindOf(target).value !== "text" ? "number" : undefined });
    }, planned.map(({ target }) => target));
    for (const { target } of planned) grid.touch(target);
    grid.save();
    notice.textContent = counted("textDone", planned.length);
    planned[0].target.focus();
  }

  grid.form.addEventListener("paste", (event) => {
    const field = event.target;
    if (!field.matches("input[data-saved], textarea[data-saved]")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const block = parseBlock(text);
    const isBlock = field.matches("input") ? block.length > 1 || block[0].length > 1 : text.includes("\t");
    if (!isBlock) return; // one value is the browser's to paste
    event.preventDefault();
    fill(plan(field, block));
    dialog.showModal();
  });
  dialog.querySelector("[data-paste-go]").addEventListener("click", apply);
}
