"""The formats in which a list leaves: asked for by the ending of its address, and a word behind it."""

from flask import Flask, request

from tracker.exports.spool import spool_folder
from tracker.exports.writing import Shape
from tracker.models.register.exports import Export, Format
from tracker.web.guard import settings

ENDINGS = "<any(csv, xlsx):ending>"
FOR_EXCEL = "excel"  # what `for` says in the address of a CSV that Excel is to open


def asked_format() -> Format:
    """The format that the address asks for."""
    if request.path.endswith(f".{Format.XLSX.ending}"):
        return Format.XLSX
    return Format.CSV_FOR_EXCEL if request.args.get("for") == FOR_EXCEL else Format.CSV


def asked_filter() -> str:
    """The filter that the address asks for, as it is written down with the export."""
    return request.query_string.decode("utf-8", "replace")[:2000]


def shape_of(export: Export) -> Shape:
    """How the file of an export is written."""
    as_of = export.as_of.isoformat().replace("+00:00", "Z") if export.as_of else ""
    return Shape(export.format, spool_folder(settings().instance), as_of)


def file_urls(csv_url: str) -> list[tuple[str, str]]:
    """Label and address of each file of a list, of which that of its CSV is given."""
    path, _, query = csv_url.partition("?")
    mark = f"?{query}" if query else ""
    return [
        (Format.CSV.label, csv_url),
        (Format.CSV_FOR_EXCEL.label, f"{path}?{query}{'&' if query else ''}for={FOR_EXCEL}"),
        (Format.XLSX.label, f"{path.removesuffix(Format.CSV.ending)}{Format.XLSX.ending}{mark}"),
    ]


def init_app(app: Flask) -> None:
    """Templates draw the choice of formats."""
    app.jinja_env.globals.update(file_urls=file_urls)
