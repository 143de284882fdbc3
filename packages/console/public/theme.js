// Before the first paint, so that who chose dark is not shown a white page first. No module: it must not wait.
(() => {
  let choice = "auto";
  try {
    choice = localStorage.getItem("recado.theme") ?? "auto";
  } catch {
    // The browser keeps nothing: the system's theme it is.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
