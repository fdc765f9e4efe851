// A grid as rows × columns: which field stands where, and the next one in each direction. Columns are the table's own.

/** "value-12u3w.p12.outcome" -> "12u3w.p12.outcome": the row, a point, the column. */
export const keyOf = (field) => field.name.slice(field.name.indexOf("-") + 1);
const columnIn = (key) => key.slice(key.indexOf(".") + 1);

export function readMatrix(form) {
  const named = (name) => form.elements.namedItem(name);
  const rows = [...form.querySelectorAll("tr[data-entry]")];
  // In the order of a row's cells: a heading of two lines has the headings that stand under others last.
  const columns = [...rows[0].querySelectorAll('[name^="value-"], [id^="shown-"]')].map(({ id }) => {
    const name = columnIn(id);
    const head = document.getElementById(`col-${name}`);
    return { name, reads: head.dataset.reads, label: [head.dataset.group, head.textContent.trim()].filter(Boolean).join(": ") };
  });
  const columnOf = new Map(columns.map((column) => [column.name, column]));
  let places = null; // field -> [row, column] and the fields by place, of the rows that are shown

  function shown() {
    if (places) return places;
    const visible = rows.filter((row) => !row.hidden);
    const fields = visible.map((row) => columns.map(({ name }) => named(`value-${row.dataset.entry}.${name}`)));
    const at = new Map(fields.flatMap((line, down) => line.map((field, across) => [field, [down, across]])));
    places = { visible, fields, at };
    return places;
  }
  form.addEventListener("grid:arranged", () => {
    places = null;
  });

  return {
    named,
    columns,
    rows,
    shown,
    fields: [...form.querySelectorAll('[name^="value-"]')],
    columnOf: (field) => columnOf.get(columnIn(field.name)),
    /** The nearest field that can be typed in, one way over the rows that are shown. */
    next(field, down, across) {
      const { fields, at } = shown();
      let [row, column] = at.get(field) ?? [NaN, NaN];
      do {
        row += down;
        column += across;
      } while (fields[row] && column in fields[row] && !fields[row][column]);
      return fields[row]?.[column];
    },
  };
}
