// Ask before a changed form is left: what was typed is lost otherwise. A form asks for it with data-warn.
const changed = new Set();

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.hasAttribute("data-warn")) changed.add(form);
});
document.addEventListener("submit", ({ target }) => changed.delete(target));
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
