// A block from the clipboard: its cells, and which row and column of the grid each of them is meant for.
import { headings } from "./grid_view.js";

const CELL = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;
const OF_THE_SHEET = /^(enhet|vid uttaget|rad|slag, .*|uppsikt\/.*)$/; // what the workbook has besides
const HEAD_WITHIN = 5;

/** The clipboard's text as rows of cells; a quoted cell may hold line ends and tabs. */
export function parseBlock(text) {
  const rows = [[]];
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (const [, quoted, bare, end] of plain.matchAll(CELL)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

const known = (text) => text.replaceAll(":", "").replace(/\s+/g, " ").trim().toLowerCase();
// As "Kopiera tabellen" guards what a sheet would compute.
const meant = (text) => text.trim().replace(/^'(?=[=+@])/, "");

/** Lines of { row, cells: [[column, text], …] }, and what finds no place: names, headings, how many lines and columns. */
export function placeBlock(block, grid, field) {
  const { taken, at } = grid.passed();
  const [top, left] = at.get(field);
  const head = readHead(block, grid);
  const lines = head ? block.slice(head.line + 1) : block;
  const width = Math.max(...block.map((cells) => cells.length));
  const rowOf = namesOf(taken);
  const names = nameColumn(lines, width, head, rowOf);
  const across = [...Array(width).keys()].filter((index) => index !== names);
  const columnAt = head ? head.columns : new Map(across.map((index, right) => [index, grid.columns[left + right]]));
  const lost = { names: new Set(), headings: new Set(head?.unknown ?? []), lines: 0, columns: 0 };
  if (!head) lost.columns = Math.max(0, left + across.length - grid.columns.length);
  if (names === -1) lost.lines = Math.max(0, top + lines.length - taken.length);
  let last = null;
  const placed = lines.map((cells, down) => {
    const name = names === -1 ? "" : meant(cells[names] ?? "");
    const row = names === -1 ? taken[top + down] : name && rowOf(name, last);
    last = row || last;
    const filled = across.map((index) => [columnAt.get(index), meant(cells[index] ?? "")]).filter(([column, text]) => column && text);
    if (!row && name && filled.length) lost.names.add(name);
    return { row, cells: filled };
  });
  return { lines: placed.filter(({ row }) => row), lost };
}

/** The line of headings, among the first, and the column that each names. */
function readHead(block, grid) {
  const all = headings(grid.form.querySelector("table").tHead).map(known);
  for (const [line, cells] of block.slice(0, HEAD_WITHIN).entries()) {
    const said = cells.map(known);
    const columns = new Map(said.map((text, index) => [index, columnCalled(text, grid.columns)]).filter(([, column]) => column));
    const filled = said.filter(Boolean);
    const others = filled.filter((text) => all.includes(text) || OF_THE_SHEET.test(text));
    if (!columns.size || (columns.size + others.length) * 2 < filled.length) continue;
    const unknown = cells.filter((text, index) => text.trim() && !columns.has(index) && !others.includes(known(text)));
    return { line, columns, unknown, names: said.indexOf(all[0]) };
  }
  return null;
}

function columnCalled(text, columns) {
  if (!text) return undefined;
  const called = columns.filter(({ label }) => known(label) === text);
  const found = called.length ? called : columns.filter(({ label }) => known(label).endsWith(` ${text}`));
  return found.length === 1 ? found[0] : undefined;
}

/** Where the rows' names stand: under their heading, else where most lines name a row; -1 for nowhere. */
function nameColumn(lines, width, head, rowOf) {
  if (head && head.names >= 0) return head.names;
  const isName = (index) => {
    const filled = lines.filter((cells) => cells[index]?.trim());
    return filled.length > 0 && filled.filter((cells) => rowOf(meant(cells[index]), null, true)).length * 2 > filled.length;
  };
  return width > 1 ? [0, 1, 2].findIndex(isName) : -1;
}

/** Finds a row by its name, whole or as it stands; a name that several have means the one under the row before. */
function namesOf(rows) {
  const called = new Map();
  const family = new Map();
  let whole = null;
  for (const row of rows) {
    if (row.dataset.level === "0") whole = row;
    family.set(row, whole);
    const { name, unit, entry } = row.dataset;
    const short = document.getElementById(`name-${entry}`).textContent;
    for (const each of new Set([name, short].flatMap((text) => [text, `${text}, ${unit}`]).map(known))) {
      called.set(each, [...(called.get(each) ?? []), row]);
    }
  }
  return (text, last, isAny = false) => {
    const found = called.get(known(text)) ?? [];
    if (found.length <= 1 || isAny) return found[0];
    const whole = found.find((row) => known(row.dataset.name) === known(text));
    const after = found.find((row) => last && family.get(row) === family.get(last) && rows.indexOf(row) > rows.indexOf(last));
    return after ?? whole;
  };
}
