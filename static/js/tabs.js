// On a narrow screen the tabs scroll in their row and keep their order: the current one is brought into sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest("ul");
  row.scrollLeft += tab.getBoundingClientRect().right - row.getBoundingClientRect().right;
}
