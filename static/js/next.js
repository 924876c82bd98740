// One key for the next thing that waits: `n` follows the link a page marks with data-next, unless somebody is typing.
// The account page has a button that switches the key off in this browser: a word spoken to a computer may press it (WCAG 2.1.4).
const OFF = "key-n-off";
const isOff = () => localStorage.getItem(OFF) !== null;

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "n" || event.altKey || event.ctrlKey || event.metaKey || typing || isOff()) return;
  document.querySelector("a[data-next]")?.click();
});

const knob = document.querySelector("button[data-next-key]");
if (knob) {
  const show = () => {
    knob.textContent = isOff() ? "Turn on the n key" : "Turn off the n key";
    knob.hidden = false;
  };
  knob.addEventListener("click", () => {
    if (isOff()) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
    show();
  });
  show();
}
