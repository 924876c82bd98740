"""Who gets which answer where: one row for each route and method in matrices/, read in review like a contract.

The columns: nobody is signed in; Ada administers, Aldo audits, Nora has no role; in LK-AAAA Lena leads, Ines
investigates, Rhea reviews, Cora is counsel, Dora decides, Otto observes, and Walt, an investigator, is recused off;
`late` is Lena with a session that has ended.

A POST carries valid tokens and no fields. So whoever may do it is told what is missing (422), or has done it (303), or
hears why it cannot be (409). A case that does not exist for somebody answers 404, whatever is asked of it.
"""

from pathlib import Path

COLUMNS = "nobody ada aldo nora lena ines rhea cora dora otto walt late".split()
TABLES = sorted(Path(__file__).parent.parent.glob("matrices/*.txt"))


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """Method, address, and the answer each person gets."""
    told = [line.split() for table in TABLES for line in table.read_text().splitlines()]
    return [(method, url, dict(zip(COLUMNS, map(int, answers), strict=True))) for method, url, *answers in told]
