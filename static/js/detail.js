// A link into a table opens its page's fragment in a dialog beside the table; without script it is a link.

const dialog = document.querySelector("[data-detail]");
const content = document.getElementById("detail-content");

const open = async (link) => {
  try {
    await window.htmx.ajax("GET", link.href, { source: content, target: content, swap: "innerHTML" });
  } catch {
    window.location.assign(link.href);
    return;
  }
  const title = document.getElementById("detail-title");
  if (!title) return;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  title.focus();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-detail-link]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  content.replaceChildren();
  open(link);
});

// What could not be fetched is opened as a page, which says why.
content.addEventListener("htmx:responseError", (event) => window.location.assign(event.detail.pathInfo.requestPath));
content.addEventListener("htmx:sendError", () => {
  content.textContent = content.dataset.fault;
  if (!dialog.open) dialog.showModal();
});

dialog.querySelector("[data-detail-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
