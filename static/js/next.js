// One key for the next thing that waits: `n` follows the link a page marks with data-next, unless somebody is typing.
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "n" || event.altKey || event.ctrlKey || event.metaKey || typing) return;
  document.querySelector("a[data-next]")?.click();
});
