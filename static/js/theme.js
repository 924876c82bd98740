// Light, dark or the system's colours: the choice is a cookie that the server reads, so no page opens in the wrong ones.
for (const group of document.querySelectorAll("[data-theme-switch]")) {
  const root = document.documentElement;
  const buttons = [...group.querySelectorAll("button")];
  const mark = () => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.value === root.dataset.bsTheme)));

  group.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${button.value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    if (button.value === "auto") location.reload(); // its few rules are a style sheet of their own
    root.dataset.bsTheme = button.value;
    document.querySelectorAll("[data-theme-switch]").forEach((other) => other.dispatchEvent(new Event("themechange")));
  });
  group.addEventListener("themechange", mark);
  group.hidden = false; // without scripts there is no choice, and the page follows the system
  mark();
}
