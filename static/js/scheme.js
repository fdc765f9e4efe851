// Runs before the first paint: the remembered colour scheme, and the class that says scripts work.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("color-scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.colorScheme = chosen;
  } catch {
    // Storage may be forbidden; the page then follows the device.
  }
})();
