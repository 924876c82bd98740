"""Make the table of letters that look alike from Unicode's own file.

    python -m scripts.confusables PATH/confusables.txt

`confusables.txt` is published with each version of Unicode (Unicode Technical Standard 39, "Unicode Security
Mechanisms"). Kept are letters, digits and marks that are still there after folding, which is how they are compared.
"""

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from tracker.analysis.identifiers.skeleton import TABLE
from tracker.base.text import fold


def read(text: str) -> dict[str, list[str]]:
    """What a letter is drawn like -> the letters that are drawn so."""
    alike: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        cells = line.split("#")[0].split(";")
        if len(cells) < 3:
            continue
        letter, drawn = ("".join(chr(int(code, 16)) for code in cell.split()) for cell in cells[:2])
        drawn = fold(drawn)
        if len(letter) == 1 and drawn and drawn != letter == fold(letter) and unicodedata.category(letter)[0] in "LNM":
            alike[drawn].append(letter)
    return alike


def main(source: Path) -> None:
    """Write the table, with the version the file names."""
    text = source.read_text("utf-8-sig")
    version = next(line for line in text.splitlines() if line.startswith("# Version:")).split()[-1]
    lines = [f"{drawn}\t{''.join(sorted(letters))}" for drawn, letters in sorted(read(text).items())]
    TABLE.write_text("\n".join([version, *lines, ""]), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
