"""Copy the pinned front-end files into the checkout: `python -m scripts.vendor` (needs Node; running the tracker does not).

package.json names the exact versions and package-lock.json their hashes. The result is committed: a run that changes
a file shows in `git diff`. vendor.json says of every file where it comes from, its licence and its SHA-256.
"""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
ICONS = ROOT / "templates" / "_macros" / "icons.html"

# target: package, file in the package
FILES = {
    "static/vendor/tabler.min.css": ("@tabler/core", "dist/css/tabler.min.css"),
    "static/vendor/htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "static/vendor/inter-latin.woff2": ("@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2"),
    "static/vendor/inter-latin-ext.woff2": ("@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2"),
    "static/vendor/licences/htmx.txt": ("htmx.org", "LICENSE"),
    "static/vendor/licences/inter.txt": ("@fontsource-variable/inter", "LICENSE"),
    "static/vendor/licences/tabler-icons.txt": ("@tabler/icons", "LICENSE"),
    "tests/vendor/axe.min.js": ("axe-core", "axe.min.js"),
    "tests/vendor/axe-licence.txt": ("axe-core", "LICENSE"),
}
AUTO, TABLER_LICENCE = "static/vendor/tabler-auto.css", "static/vendor/licences/tabler.txt"
USED_ICONS = """
    activity alert-circle alert-triangle archive arrow-left arrow-right arrows-exchange arrows-sort ban bell book box
    briefcase bulb calendar chart-bar check chevron-down chevron-left chevron-right chevron-up circle-check circle-x
    clipboard-check clock columns copy device-desktop download edit external-link eye eye-off file-check file-export
    file-import file-text files filter filter-down flag folder folder-open folders gavel git-branch git-compare
    grid-dots hash help history home info-circle key link list-check list-search lock lock-open logout mail map-pin
    menu-2 message-2 messages minus moon news paperclip pencil plus printer refresh report scale search send settings
    shield shield-check shield-lock shield-search signature stack-2 sun table timeline-event trash upload user
    user-check user-off user-plus users x
""".split()
ICON_MACRO = """\
{{# Written by scripts/vendor.py from @tabler/icons {version} (MIT). icon('lock') draws a line icon inside the page,
   hidden from screen readers: words stand beside it. tests/house/test_vendor.py looks for names that are not here. #}}
{{% macro icon(name) -%}}
<svg class="icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" \
stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
{shapes}
{{%- endif %}}</svg>
{{%- endmacro %}}
"""
WORTH_PACKING = 8192  # bytes
PRINT = re.compile(r"@media print\{(?:[^{}]*\{[^{}]*\})*\}")
SOURCE_MAP = re.compile(rb"\n?(?://[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=.*?\*/)\s*")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def install(folder: Path) -> Path:
    """Install what the lock names into `folder`, running none of its scripts; return node_modules."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder / name)
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm was not found: install Node 20 or newer, then run this again.")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder / "node_modules"


def put(target: str, content: bytes) -> None:
    """Write `content`, and a .gz beside a text that is worth it; the same content gives the same bytes."""
    path = ROOT / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in {".css", ".js"} and path.is_relative_to(VENDOR) and len(content) > WORTH_PACKING:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


def follow_system(css: str) -> str:
    """Return the dark rules of `css` once more, for readers who chose neither theme and whose system is dark.

    Tabler knows `data-bs-theme=dark` only: a script would have to set it, and the page must do without.
    """
    dark = ("[data-bs-theme=dark]", ":root[data-bs-theme=dark]")
    rules = []
    for selectors, body in RULE.findall(PRINT.sub("", css)):
        own = [one for one in selectors.split(",") if one.startswith(dark)]
        if own:
            rules.append(",".join(own).replace("[data-bs-theme=dark]", "[data-bs-theme=auto]") + "{" + body + "}")
    return "@media (prefers-color-scheme:dark){" + "\n".join(rules) + "}\n"


def icons(folder: Path, version: str) -> str:
    """Return the macro file that draws the icons of USED_ICONS."""
    lines = []
    for name in sorted(USED_ICONS):
        svg = (folder / "icons" / "outline" / f"{name}.svg").read_text()
        shapes = [one for one in re.findall(r"<(?:path|circle|rect|line)[^>]*/>", svg) if 'stroke="none"' not in one]
        lines.append(f"{{%- {'elif' if lines else 'if'} name == '{name}' %}}{''.join(shapes)}")
    return ICON_MACRO.format(version=version, shapes="\n".join(lines))


def tabler_licence(css: str, icons_licence: str) -> str:
    """Return Tabler's licence: its package holds no such file, its style sheet the notice, its icons the text."""
    notice = re.search(r"/\*!(.*?)\*/", css, re.DOTALL)
    if notice is None or "MIT" not in notice[1]:
        raise SystemExit("tabler.min.css no longer begins with its MIT notice: look at its licence.")
    lines = [line.strip(" *") for line in notice[1].strip().splitlines()]
    bootstrap = "Built on Bootstrap, Copyright 2011-2026 The Bootstrap Authors, MIT License."
    return "\n".join([*lines, bootstrap, "", icons_licence])


def record(modules: Path, sources: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """Return what vendor.json says: each package with version, licence, and the SHA-256 of what was made of it."""
    packages = []
    for name in sorted(set(sources.values())):
        about = json.loads((modules / name / "package.json").read_text())
        made = sorted(target for target, source in sources.items() if source == name)
        digests = {target: hashlib.sha256((ROOT / target).read_bytes()).hexdigest() for target in made}
        packages.append({"name": name, "version": about["version"], "licence": about["license"], "sha256": digests})
    return {"packages": packages}


def main() -> None:
    """Fetch, copy, strip, write down."""
    with tempfile.TemporaryDirectory() as scratch:
        modules = install(Path(scratch))
        shutil.rmtree(VENDOR, ignore_errors=True)
        for target, (package, file) in FILES.items():
            put(target, SOURCE_MAP.sub(b"\n", (modules / package / file).read_bytes()))
        css = (ROOT / "static/vendor/tabler.min.css").read_text()
        put(AUTO, follow_system(css).encode())
        put(TABLER_LICENCE, tabler_licence(css, (modules / "@tabler/icons/LICENSE").read_text()).encode())
        version = json.loads((modules / "@tabler/icons/package.json").read_text())["version"]
        put(str(ICONS.relative_to(ROOT)), icons(modules / "@tabler/icons", version).encode())
        sources = {target: package for target, (package, _) in FILES.items()}
        sources |= {
            AUTO: "@tabler/core",
            TABLER_LICENCE: "@tabler/core",
            "templates/_macros/icons.html": "@tabler/icons",
        }
        (VENDOR / "vendor.json").write_text(json.dumps(record(modules, sources), indent=2) + "\n")
    print(f"{len(sources)} files written; `git diff --stat` shows what changed.")


if __name__ == "__main__":
    main()
