// What a value is: a number unless the writer says that it is text, or one of the named blanks.

const BLANKS = ["suppressed", "not_applicable"];

export const isBlank = (kind) => BLANKS.includes(kind);

export function startKinds(grid, undo) {
  grid.form.addEventListener("change", (event) => {
    const select = event.target;
    if (!select.matches("select[data-saved]")) return;
    const field = grid.named(select.name.replace("kind-", "value-"));
    if (isBlank(select.value)) field.value = "";
    undo.commit(field);
    grid.touch(field);
    // Text is written next; a blank is done.
    if (select.value === "text") field.focus();
  });
}
