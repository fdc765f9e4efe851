// What a value is, where a column lets the writer say: a kind named after what a column reads is typed, any other is a blank.

const TYPED = ["number", "text"];

export const isBlank = (select) => select !== null && !TYPED.includes(select.value);

/** The word of a chosen blank stands where the value would. */
export function showBlank(field, select) {
  if (select) field.placeholder = isBlank(select) ? select.selectedOptions[0].textContent : "";
}

export function startKinds(grid, undo) {
  let chosen = null; // what the list held before the keys began to step in it
  let held = "";
  let isStepping = false;
  const isKind = ({ name }) => name?.startsWith("kind-") ?? false;

  function choose(select) {
    const field = grid.named(select.name.replace("kind-", "value-"));
    chosen = null;
    if (isBlank(select)) field.value = "";
    showBlank(field, select);
    undo.commit(field);
    grid.touch(field);
  }

  // A browser calls every key in a closed list a change. It is one when the writer says so: Enter, leaving, or a click.
  grid.form.addEventListener("keydown", (event) => {
    const { target: select, key } = event;
    if (!isKind(select)) return;
    isStepping = !event.altKey && key !== " ";
    if (isStepping && chosen === null) held = select.value;
    if (chosen === null) return;
    if (key === "Enter") {
      event.preventDefault();
      choose(select);
    } else if (key === "Escape") {
      select.value = chosen;
      chosen = null;
      grid.save();
    }
  });
  grid.form.addEventListener("keyup", () => {
    isStepping = false;
  });
  grid.form.addEventListener("change", ({ target: select }) => {
    if (!isKind(select)) return;
    if (isStepping) chosen ??= held;
    else choose(select);
  });
  grid.form.addEventListener("focusout", ({ target }) => {
    if (isKind(target) && chosen !== null) choose(target);
  });
  return { isChoosing: () => chosen !== null };
}
