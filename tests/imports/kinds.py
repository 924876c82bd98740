"""Small invented logs of every kind that offices hand in, each with what must be said of it and the records it gives.

A record is written `line identifier start`, with end and level where they are known.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.analysis.logs.files.building import APACHE, workbook

HEAD = "who,material,when\n"
AT = "2020-03-10 09:15:30"
WHEN = "10 Mar 2020, 09:15:30 UTC"
ANNA = "anna@a.example"


@dataclass(frozen=True)
class Kind:
    """A file, and what is chosen of it: `columns` are pairs of field and header, `reading` how it is written.

    `values` are material names of the file that mean ROOMS; `where` a condition as column, test and value.
    """

    content: str | bytes
    rows: list[str]
    reading: dict[str, str] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    dates: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    where: tuple[str, str, str] | None = None
    values: list[tuple[str, str, str]] = field(default_factory=list)  # field, value, meaning
    left_out: dict[str, int] = field(default_factory=dict)
    of: str = ""  # the header of the column whose values mean something

    @property
    def bytes(self) -> bytes:
        """The file itself."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


def _times(*cells: str, rows: list[str], **how: Any) -> Kind:
    lines = "".join(f'p{at},ROOMS,"{cell}"\n' for at, cell in enumerate(cells, 2))
    return Kind(HEAD + lines, [f"{at} p{at} {row}" for at, row in enumerate(rows, 2)], **how)


KINDS = {
    "one address in many spellings": Kind(
        HEAD + "".join(f'"{who}",ROOMS,{AT}\n' for who in (
            f"i:0#.f|membership|{ANNA}", f"Anna <{ANNA}>", f"smtp:{ANNA}", f"{ANNA};", ANNA.upper(), f"mailto:{ANNA}")),
        [f"{line} {ANNA} {WHEN}" for line in range(2, 8)],
    ),
    "a plus-address and a local part": Kind(
        HEAD + f"anna+x@a.example,ROOMS,{AT}\nanna,ROOMS,{AT}\n", [f"2 anna+x@a.example {WHEN}", f"3 anna {WHEN}"],
        people={"anna+x@a.example": "P-001", "anna": "new"},
    ),
    "several people in a cell and in two columns": Kind(
        f'To,Cc,material,when\n"Doe, Cy <cy@a.example>; di@a.example","ed@a.example\nflo@a.example",ROOMS,{AT}\n',
        [f"2 {who}@a.example {WHEN}" for who in ("cy", "di", "ed", "flo")],
        columns=[("identifier", "To"), ("more_people", "Cc"), ("material", "material"), ("since", "when")],
    ),
    "rows of other documents": Kind(
        HEAD + f"ben,ROOMS,{AT}\n" + f"ben,Another,{AT}\n" * 3, [f"2 ben {WHEN}"], where=("material", "is", "ROOMS"),
        left_out={"material is not ROOMS": 3},
    ),
    "values that mean a level": Kind(
        f"who,material,when,Action\nben,ROOMS,{AT},view\ncy,ROOMS,{AT},print\ndi,ROOMS,{AT},brew\n",
        [f"2 ben {WHEN} E3", f"3 cy {WHEN} E4"], of="Action", left_out={"Action is brew": 1},
        columns=[("identifier", "who"), ("material", "material"), ("since", "when"), ("level", "Action")],
        values=[("level", "view", "E3"), ("level", "print", "E4"), ("level", "brew", "leave out")],
    ),
    "years of two digits": _times("15/04/24 09:15", rows=["15 Apr 2024, 09:15 UTC"], dates="d/m/y",
                                  answers={"century": "20yy"}),
    "twins and a column without a name": Kind(
        f"who,material,,when,x,x\nben,ROOMS,{AT},2020-03-11,1,2\n", [f"2 ben {WHEN}"],
        columns=[("identifier", "who"), ("material", "material"), ("since", "column 3"), ("note", "x (column 6)")],
    ),
    "a report around the table": Kind(
        f'Door report\nFrom 1 to 2\n"who" ,"material","when"\nben,ROOMS,{AT}\n# turned\nwho,material,when\n'
        f"cy,ROOMS,{AT},\nTotal rows: 2\n", [f"4 ben {WHEN}", f"7 cy {WHEN}"],
    ),
    "a zone in the header": Kind(f"who,material,When (UTC)\nben,ROOMS,{AT}\n", [f"2 ben {WHEN}"]),
    "zones in a column": Kind(
        "who,material,Date,Time,TZ\nben,ROOMS,2020-03-10,10:15:30,+01:00\ncy,ROOMS,2020-03-10,10:15:30,Europe/Berlin\n",
        [f"2 ben {WHEN}", f"3 cy {WHEN}"],
    ),
    "offsets in the cells": _times(f"{AT} (UTC)", "2020-03-10 10:15:30+01", "2020-03-10 10:15:30 GMT+0100",
                                   "2020-03-10T10:15:30+01:00[Europe/Berlin]", rows=[WHEN] * 4),
    "names of zones": _times("2020-03-10 04:15:30 EST", "2020-03-10 10:15:30 CET", rows=[WHEN] * 2,
                             answers={"zone:EST": "-05:00", "zone:CET": "+01:00"}),
    "a workbook": Kind(workbook(("About", [["x"]]), ("Log", [["Report"], ["who", "material", "when"],
                                                           ["ben", "ROOMS", AT], [123, "ROOMS", AT]])),
                       [f"3 ben {WHEN}", f"4 123 {WHEN}"]),
    "rewritten by a spreadsheet": Kind(
        'badge,material,when\n00123,ROOMS,43900.5\n="00124",ROOMS,43900.5\n123.0,ROOMS,43900.5\n',
        [f"{line} {who} 10 Mar 2020, 12:00:00 UTC" for line, who in ((2, "00123"), (3, "00124"), (4, "123.0"))],
        dates="serial 1900", people={"123.0": "as:00123"},
    ),
    "times that mean none": _times(AT, "1899-12-30", "N/A", "2120-03-10 09:15:30",
                                   rows=[WHEN, "unknown", "unknown", "10 Mar 2120, 09:15:30 UTC"],
                                   answers={"none:1899-12-30": "none", "none:words": "none", "none:far": "real"}),
    "seconds since 1970": _times("1583831730123456", rows=["10 Mar 2020, 09:15:30.123456 UTC"]),
    "FILETIME": _times("132283053301234560", rows=["10 Mar 2020, 09:15:30.123456 UTC"]),
    "half days and midnight": _times("3/20/2018 7:15:30 p. m.", "3/20/2018 12:01 AM",
                                     rows=["20 Mar 2018, 19:15:30 UTC", "20 Mar 2018, 00:01 UTC"]),
    "24:00 and other digits": _times("2020-03-10 24:00", "\u0662\u0660\u0662\u0660-\u0660\u0663-\u0661\u0660 09:15",
                                     rows=["11 Mar 2020, 00:00 UTC", "10 Mar 2020, 09:15 UTC"]),
    "months in German": _times("20. März 2018 19:15", "20 Dez 2018 19:15", dates="d mon y, German",
                               rows=["20 Mar 2018, 19:15 UTC", "20 Dec 2018, 19:15 UTC"]),
    "dots in dates and times": _times("10.03.2020 09.15.30", "10.03.2020, 09:15 Uhr", dates="d/m/y",
                                      rows=[WHEN, "10 Mar 2020, 09:15 UTC"]),
    "a duration": Kind(f"who,material,when,duration\nben,ROOMS,{AT},00:05:00\n",
                       [f"2 ben {WHEN} until 10 Mar 2020, 09:20:30 UTC"]),
    "times of day": Kind("who,material,Time\nben,ROOMS,09:15:30\n", [f"2 ben {WHEN}"], fixed={"since": "2020-03-10"}),
    "UTF-16 without a mark": Kind(f"{HEAD}ben,ROOMS,{AT}\n".encode("utf-16-le"), [f"2 ben {WHEN}"]),
    "^Z and NUL at the end": Kind(f"{HEAD}ben,ROOMS,{AT}\r\n\x1a\0\0", [f"2 ben {WHEN}"]),
    "two encodings": Kind(f"{HEAD}mül,ROOMS,{AT}\n".encode() + f"groß,ROOMS,{AT}\n".encode("cp1252"),
                          [f"2 mül {WHEN}", f"3 groß {WHEN}"], reading={"encoding": "utf-8/cp1252"}),
    "a backslash before quotes": Kind(f'{HEAD[:-1]},note\n"ben","ROOMS","{AT}","a \\"b\\" c"\n', [f"2 ben {WHEN}"]),
    "single quotes": Kind(f"'who','material','when'\n'ben','ROOMS','{AT}'\n", [f"2 ben {WHEN}"]),
    "another separator": Kind(f"who^material^when\nben^ROOMS^{AT}\n", [f"2 ben {WHEN}"]),
    "blanks and no header": Kind(
        f"{AT} ben ROOMS\n{AT} cy ROOMS\n", [f"1 ben {WHEN}", f"2 cy {WHEN}"],
        columns=[("since", "column 1"), ("since", "column 2"), ("identifier", "column 3"), ("material", "column 4")],
    ),
    "a web server's log": Kind(APACHE, ["1 ann 10 Mar 2020, 08:15:30 UTC E3"], of="path",
                               values=[("material", "/MAT-1.pdf", "ROOMS")]),
    "names of a material": Kind(HEAD + f"ben,https://x.example/hr/Rooms.docx,{AT}\ncy,Rooms.docx,{AT}\n",
                                [f"2 ben {WHEN}", f"3 cy {WHEN}"], of="material",
                                values=[("material", "https://x.example/hr/Rooms.docx", "ROOMS"),
                                        ("material", "Rooms.docx", "ROOMS")]),
    "JSON in a cell": Kind(
        f'when,who,data\n{AT},ben,"{{""ObjectId"": ""ROOMS""}}"\n{AT},cy,"{{""ObjectId"": ""x""}}"\n',
        [f"2 ben {WHEN}"], where=("data.ObjectId", "is", "ROOMS"), left_out={"data.ObjectId is not ROOMS": 1},
        columns=[("since", "when"), ("identifier", "who"), ("material", "data.ObjectId")],
    ),
}  # fmt: skip
