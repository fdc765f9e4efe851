// A block pasted from Excel: shown first, as the server's rules would take it, with what does not fit and why.
import { parseBlock, placeBlock } from "./grid_block.js";
import { keyOf } from "./grid_matrix.js";
import { parseSwedish } from "./numbers.js";
import { post } from "./sender.js";

const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const optionOf = (select, text) => [...select.options].find((one) => one.value && [one.value, one.textContent.trim()].some((word) => word.toLowerCase() === text.toLowerCase()));
const tag = (name, props, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};

export function startPaste(grid, undo) {
  const dialog = document.getElementById("grid-paste");
  const notice = document.getElementById("grid-notice");
  if (!dialog) return;
  const words = dialog.dataset;
  const go = dialog.querySelector("[data-paste-go]");
  const labels = [...dialog.querySelectorAll("thead th")].slice(1).map((head) => head.textContent);
  let planned = [];

  const says = (field) => (field.matches("select") ? field.selectedOptions[0]?.textContent : field.value || field.placeholder);
  const counted = (name, count) => words[count === 1 ? `${name}One` : `${name}Many`].replace("{antal}", count);

  /** The cells that can be written, each with what is meant for it; the others go to ``refused`` with the reason. */
  function meant({ lines, lost }, refused) {
    if (lost.lines) refused.add(words.textOver.replace("{antal}", lost.lines));
    if (lost.columns) refused.add(words.textWide.replace("{antal}", lost.columns));
    for (const name of lost.names) refused.add(words.textNoRow.replace("{text}", shortened(name)));
    for (const heading of lost.headings) refused.add(words.textNoColumn.replace("{text}", shortened(heading)));
    const cells = [];
    for (const { row, cells: filled } of lines) {
      for (const [column, text] of filled) {
        const target = grid.named(`value-${row.dataset.entry}.${column.name}`);
        const shown = document.getElementById(`shown-${row.dataset.entry}.${column.name}`);
        const option = target?.matches("select") ? optionOf(target, text) : null;
        if (target && option !== undefined) cells.push({ target, row, column, text: option?.value ?? text });
        else if (target) refused.add(`${row.dataset.name}: ${words.textChoice.replace("{text}", shortened(text))}`);
        else if (shown?.textContent.trim() !== text) refused.add(`${row.dataset.name}: ${shown?.closest("[data-locked]")?.dataset.locked ?? words.textLocked}`);
      }
    }
    return cells;
  }

  /** What the server would make of the cells, by cell; one that says what stands there is not told. */
  async function foreseen(cells) {
    const data = new FormData();
    data.set("preview", "1");
    for (const { target, text } of cells) {
      const key = keyOf(target);
      data.set(`value-${key}`, text);
      for (const one of [grid.named(`was-${key}`), grid.named(`version-${key}`)]) if (one) data.set(one.name, one.value);
      if (grid.kindOf(target)?.value === "text") data.set(`kind-${key}`, "text");
    }
    const response = await post(grid.form.action, data);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    return new Map([...answer.querySelectorAll("[data-cell]")].map((part) => [part.dataset.cell, part]));
  }

  const stateIn = ({ text: value, kind }) => ({ value, kind: kind || undefined });

  /** What was asked about is answered in a list, and left as it is until then. */
  function asked(plan, part, label) {
    const choices = [...part.children];
    const select = tag("select", { className: "ds-input", ariaLabel: label }, tag("option", { value: "", textContent: words.textLeave }));
    select.append(...choices.map((choice, index) => tag("option", { value: String(index), textContent: choice.textContent })));
    select.addEventListener("change", () => {
      plan.state = select.value ? stateIn(choices[Number(select.value)].dataset) : null;
      tell();
    });
    return tag("div", {}, tag("span", { textContent: part.dataset.why }), select);
  }

  function line(cell, told) {
    const { target, row, column } = cell;
    const part = told.get(keyOf(target));
    const plan = { target, state: part.dataset.why ? null : stateIn(part.dataset) };
    planned.push(plan);
    const label = `${row.dataset.name}, ${column.label}`;
    const will = plan.state ? part.dataset.says : asked(plan, part, label);
    const texts = [column.label, shortened(says(target)) || "–", will];
    const across = texts.map((content) => tag("td", { className: parseSwedish(String(content)) ? "nowrap" : "" }, content));
    across.forEach((cell, index) => (cell.dataset.label = labels[index]));
    return tag("tr", {}, tag("th", { scope: "row", textContent: row.dataset.name }), ...across);
  }

  function tell() {
    const count = planned.filter(({ state }) => state).length;
    go.hidden = !planned.length;
    go.disabled = !count;
    go.textContent = counted("textGo", count);
  }

  function fill(cells, told, refused) {
    planned = [];
    const found = cells.filter(({ target }) => told.has(keyOf(target)));
    const isRefused = ({ target }) => told.get(keyOf(target)).dataset.why && !told.get(keyOf(target)).children.length;
    for (const cell of found.filter(isRefused)) refused.add(`${cell.row.dataset.name}: ${told.get(keyOf(cell.target)).dataset.why}`);
    dialog.querySelector("tbody").replaceChildren(...found.filter((cell) => !isRefused(cell)).map((cell) => line(cell, told)));
    dialog.querySelector("[data-paste-fits]").hidden = !planned.length;
    dialog.querySelector("[data-paste-same]").hidden = planned.length > 0;
    const list = dialog.querySelector("[data-paste-refused]");
    list.hidden = !refused.size;
    list.querySelector("ul").replaceChildren(...[...refused].map((textContent) => tag("li", { textContent })));
    tell();
  }

  async function show(block, field) {
    const refused = new Set();
    const cells = meant(placeBlock(block, grid, field), refused);
    try {
      fill(cells, cells.length ? await foreseen(cells) : new Map(), refused);
      dialog.showModal();
    } catch (fault) {
      notice.textContent = fault.login === undefined ? words.textFailed : fault.message;
    }
  }

  function apply() {
    dialog.close();
    const written = planned.filter(({ state }) => state);
    for (const { target } of written) grid.reveal(target);
    undo.together(() => {
      for (const { target, state } of written) grid.write(target, state);
    }, written.map(({ target }) => target));
    for (const { target } of written) grid.touch(target);
    grid.save();
    notice.textContent = counted("textDone", written.length);
    written[0].target.focus();
  }

  grid.form.addEventListener("paste", (event) => {
    const field = event.target;
    if (!grid.fields.includes(field)) return;
    const data = event.clipboardData;
    const text = data?.getData("text/plain") ?? "";
    const block = parseBlock(text);
    const isMany = block.length > 1 || block[0].length > 1;
    const isOfSheet = text.includes("\t") || /<table/i.test(data.getData("text/html")) || block.some((cells) => cells.some((cell) => cell.includes("\n")));
    // Lines in a comment are a text's own, unless they come from a sheet.
    const isBlock = field.matches("textarea") ? isMany && isOfSheet : isMany || field.matches("select");
    if (isBlock) {
      event.preventDefault();
      show(block, field);
    } else if (!isMany && isOfSheet && block[0][0] !== text.trim()) {
      // One cell that a sheet has quoted; any other value is the browser's to paste.
      event.preventDefault();
      field.setRangeText(block[0][0], field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  go.addEventListener("click", apply);
}
