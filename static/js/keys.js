// Single keys, unless somebody is typing: `/` goes to Search, `j` and `k` to the next and previous item of a list, where
// Enter opens it, `e` to the page that edits the record, and `n` to the next thing that waits.
// The account page has a button that switches them off in this browser: a word spoken to a computer may press them (WCAG 2.1.4).
const OFF = "keys-off";
const isOff = () => localStorage.getItem(OFF) !== null;
const seen = (element) => element.checkVisibility();
const items = () => [...document.querySelectorAll("main tbody tr, main .search-list > li, main .li")].flatMap((row) => row.querySelector("a[href]") ?? []).filter(seen);

const step = (by) => {
  const links = items();
  const at = links.findIndex((link) => link === document.activeElement || link.closest("tr, li").contains(document.activeElement));
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
};
const KEYS = {
  "/": () => [...document.querySelectorAll("[data-search], .shell-find")].find(seen)?.focus(),
  j: () => step(1),
  k: () => step(-1),
  e: () => [...document.querySelectorAll(".page-head-actions a[href$='/edit']")].find(seen)?.click(),
  n: () => document.querySelector("a[data-next]")?.click(),
};

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (!Object.hasOwn(KEYS, event.key) || event.altKey || event.ctrlKey || event.metaKey || typing || isOff()) return;
  event.preventDefault();
  KEYS[event.key]();
});

const knob = document.querySelector("button[data-keys]");
if (knob) {
  const show = () => {
    knob.textContent = isOff() ? "Turn on single keys" : "Turn off single keys";
    knob.hidden = false;
  };
  knob.addEventListener("click", () => {
    if (isOff()) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
    show();
  });
  show();
}
