// The last changes of a grid, undone through the same saving: native undo is lost when a script formats a field.

const STEPS = 100;

export function startUndo(grid) {
  const button = document.querySelector("[data-grid-undo]");
  const notice = document.getElementById("grid-notice");
  const base = new Map(grid.fields.map((field) => [field, grid.savedOf(field)])); // each field as it stood after its last step
  const refused = new Set(); // fields that rest on a text the server has not taken
  const steps = [];

  const differs = (one, other) => one.value !== other.value || one.kind !== other.kind;

  function label() {
    if (!button) return;
    const step = steps.at(-1);
    // Disabled rather than hidden: a button that comes when a field is left would move what is being clicked.
    button.disabled = !step;
    const name = !step?.isPaste ? "textUndo" : step.parts.length === 1 ? "textUndoPasteOne" : "textUndoPasteMany";
    button.textContent = grid.form.dataset[name].replace("{antal}", step?.parts.length);
  }

  function push(parts, isPaste) {
    steps.push({ parts, isPaste });
    if (steps.length > STEPS) steps.shift();
    label();
  }

  /** Remember what was done to a field since it rested. */
  function commit(field) {
    const was = base.get(field);
    const now = grid.stateOf(field);
    if (!differs(was, now)) return;
    base.set(field, now);
    // What was refused is nothing to come back to: the step before it leads to what the server holds.
    if (!refused.delete(field)) push([{ field, was }], false);
  }

  const refuse = (field) => {
    commit(field);
    refused.add(field);
  };

  const accept = (field) => {
    if (refused.delete(field)) base.set(field, grid.stateOf(field));
  };

  /** What stood before the typing, though it was saved while it was typed. */
  const before = (field) => (differs(base.get(field), grid.stateOf(field)) ? base.get(field) : grid.savedOf(field));

  /** The field was changed by the server or by formatting: nothing of the writer's to undo. */
  const rest = (field) => void base.set(field, grid.stateOf(field));

  /** Somebody else wrote what stands there now: nothing before it is the writer's to bring back. */
  function forget(field) {
    for (const step of steps) step.parts = step.parts.filter((part) => part.field !== field);
    steps.splice(0, steps.length, ...steps.filter(({ parts }) => parts.length));
    label();
  }

  /** One's own value takes the place of the other's, and a step back leads to that. */
  function replace(field) {
    forget(field);
    base.set(field, grid.savedOf(field));
    refused.delete(field);
    commit(field);
  }

  /** Several fields at once, as one step. */
  function together(change, touched) {
    const parts = touched.map((field) => ({ field, was: refused.has(field) ? grid.savedOf(field) : grid.stateOf(field) }));
    change();
    for (const { field } of parts) {
      base.set(field, grid.stateOf(field));
      refused.delete(field);
    }
    push(parts, true);
  }

  function undo() {
    const step = steps.pop();
    if (!step) return;
    for (const { field, was } of step.parts) {
      grid.write(field, was);
      base.set(field, was);
      refused.delete(field);
      grid.touch(field, true);
    }
    const [{ field }] = step.parts;
    grid.reveal(field);
    field.focus();
    grid.save();
    label();
    if (notice) notice.textContent = grid.form.dataset.textUndone;
  }

  grid.form.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const field = event.target;
    const typing = base.has(field) && differs(base.get(field), grid.stateOf(field));
    if (typing || !steps.length) return; // the browser undoes what is being typed
    event.preventDefault();
    undo();
  });
  button?.addEventListener("click", undo);

  return { accept, before, commit, forget, refuse, replace, rest, together };
}
