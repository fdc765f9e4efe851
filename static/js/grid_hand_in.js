// What is handed in is what the server holds: a decision waits for what is unsaved, refused or on its way.

export function startHandIn(form, grid) {
  const root = form.closest(".grid");
  const told = Object.assign(document.createElement("p"), { className: "decision__stopped", textContent: form.dataset.textStopped });
  told.setAttribute("role", "alert");

  root.addEventListener("submit", (event) => {
    const dialog = event.target.closest("dialog");
    if (!dialog) return;
    told.remove();
    if (!grid.firstUnsaved()) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.querySelector(".decision__buttons").before(told);
    grid.save();
  });
  root.addEventListener(
    "close",
    ({ target }) => {
      if (!target.contains(told)) return;
      told.remove();
      const field = grid.firstUnsaved();
      // The dialog's own links have shown another row.
      if (!field || grid.isField(document.activeElement)) return;
      grid.reveal(field);
      field.focus();
    },
    true,
  );
}
