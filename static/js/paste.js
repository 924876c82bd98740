// Several lines pasted into a cell of a table to fill in go where its form reads lines, and come back as its rows.
document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.(".entry-rows input");
  const text = event.clipboardData.getData("text/plain");
  if (!cell || !/[\t\n]./.test(text.trim())) return;
  event.preventDefault();
  cell.form.elements.lines.value = text;
  cell.form.requestSubmit();
});
