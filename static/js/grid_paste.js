// A block pasted from Excel: shown first, with what does not fit and why; written when the writer says so.
import { isBlank } from "./grid_kinds.js";
import { parseSwedish, readsAsOutcome } from "./numbers.js";

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

const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const optionOf = (select, text) => [...(select?.options ?? [])].find((one) => one.value && [one.value, one.textContent.trim()].some((word) => word.toLowerCase() === text.toLowerCase()));

export function startPaste(grid, undo) {
  const dialog = document.getElementById("grid-paste");
  const notice = document.getElementById("grid-notice");
  if (!dialog) return;
  const words = dialog.dataset;
  let planned = [];

  /** What a cell becomes by a text, as a state to write; or why it does not. */
  function reading(field, text) {
    const select = grid.kindOf(field);
    if (field.matches("select")) {
      const option = optionOf(field, text);
      return option ? { value: option.value, says: option.textContent } : { why: words.textChoice };
    }
    if (!grid.isNumber(field) || readsAsOutcome(text)) return { value: text, kind: grid.isNumber(field) ? "number" : undefined, says: text };
    // A chosen blank, as the copied table and the sheet say it.
    const blank = optionOf(select, text);
    return blank && isBlank({ value: blank.value }) ? { value: "", kind: blank.value, says: blank.textContent } : { why: words.textNumber };
  }

  const differs = (field, { value, kind }) => {
    const now = grid.stateOf(field);
    return now.value !== value || Boolean(kind && now.kind && now.kind !== kind);
  };
  const says = (field) => (field.matches("select") ? field.selectedOptions[0]?.textContent : field.value || field.placeholder);

  /** What goes where, and what does not go in: the row's or the column's name, and the reason. */
  function plan(field, block) {
    const { taken, fields, at } = grid.passed();
    const [top, left] = at.get(field);
    const columns = grid.columns.slice(left);
    const fits = [];
    const refused = new Set();
    const wide = Math.max(...block.map((cells) => cells.length)) - columns.length;
    const over = top + block.length - taken.length;
    if (over > 0) refused.add(words.textOver.replace("{antal}", over));
    if (wide > 0) refused.add(words.textWide.replace("{antal}", wide));
    block.slice(0, taken.length - top).forEach((cells, down) => {
      const row = taken[top + down];
      cells.slice(0, columns.length).forEach((typed, right) => {
        const text = typed.trim();
        const column = columns[right];
        const target = fields[top + down][left + right];
        if (!text) return; // an empty cell empties nothing
        if (!target) {
          const locked = document.getElementById(`shown-${row.dataset.entry}.${column.name}`)?.closest("[data-locked]");
          refused.add(`${row.dataset.name}: ${locked?.dataset.locked ?? words.textLocked}`);
          return;
        }
        const { why, says: will, ...state } = reading(target, text);
        if (why) refused.add(`${row.dataset.name}: ${why.replace("{text}", shortened(text))}`);
        else if (differs(target, state)) fits.push({ target, state, will, row, column });
      });
    });
    return { fits, refused };
  }

  function fill({ fits, refused }) {
    planned = fits;
    const body = dialog.querySelector("tbody");
    body.replaceChildren(
      ...fits.map(({ target, will, row, column }) => {
        const line = document.createElement("tr");
        const name = document.createElement("th");
        name.scope = "row";
        name.textContent = row.dataset.name;
        const rest = [column.label, shortened(says(target)) || "–", shortened(will)];
        line.append(name, ...rest.map((content) => Object.assign(document.createElement("td"), { textContent: content, className: parseSwedish(content) ? "nowrap" : "" })));
        return line;
      }),
    );
    dialog.querySelector("[data-paste-fits]").hidden = !fits.length;
    const list = dialog.querySelector("[data-paste-refused]");
    list.hidden = !refused.size;
    list.querySelector("ul").replaceChildren(...[...refused].map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    const go = dialog.querySelector("[data-paste-go]");
    go.hidden = !fits.length;
    go.textContent = counted("textGo", fits.length);
  }

  const counted = (name, count) => words[count === 1 ? `${name}One` : `${name}Many`].replace("{antal}", count);

  function apply() {
    dialog.close();
    for (const { target } of planned) grid.reveal(target);
    undo.together(() => {
      for (const { target, state } of planned) grid.write(target, state);
    }, planned.map(({ target }) => target));
    for (const { target } of planned) grid.touch(target);
    grid.save();
    notice.textContent = counted("textDone", planned.length);
    planned[0].target.focus();
  }

  grid.form.addEventListener("paste", (event) => {
    const field = event.target;
    if (!grid.fields.includes(field)) return;
    const data = event.clipboardData;
    const text = data?.getData("text/plain") ?? "";
    const block = parseBlock(text);
    const isMany = block.length > 1 || block[0].length > 1;
    // Lines in a comment are a text's own, unless they come from a sheet.
    const isBlock = field.matches("textarea") ? isMany && (text.includes("\t") || /<table/i.test(data.getData("text/html"))) : isMany || field.matches("select");
    if (!isBlock) return; // one value is the browser's to paste
    event.preventDefault();
    fill(plan(field, block));
    dialog.showModal();
  });
  dialog.querySelector("[data-paste-go]").addEventListener("click", apply);
}
