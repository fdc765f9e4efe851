// What a value is, where a column lets the writer say: a kind named after what a column reads is typed, any other is a blank.

const TYPED = ["number", "text"];

export const isBlank = (select) => select !== null && !TYPED.includes(select.value);

/** The word of a chosen blank stands where the value would. */
export function showBlank(field, select) {
  if (select) field.placeholder = isBlank(select) ? select.selectedOptions[0].textContent : "";
}

export function startKinds(grid, undo) {
  grid.form.addEventListener("change", (event) => {
    const select = event.target;
    if (!select.name.startsWith("kind-")) return;
    const field = grid.named(select.name.replace("kind-", "value-"));
    if (isBlank(select)) field.value = "";
    showBlank(field, select);
    undo.commit(field);
    grid.touch(field);
  });
}
