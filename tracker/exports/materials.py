"""Materials, their versions, their copies and the ways they spread as files, column by column."""

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.copies import Copy
from tracker.models.materials import Material
from tracker.models.versions import Coverage, Version

MATERIALS = Table(
    "materials",
    Material.of,
    (Material.number,),
    (
        text("identifier", Material.identifier),
        text("title", Material.title),
        text("originator", Material.originator),
        text("custodian", Material.custodian),
        text("marking", Material.marking),
        moment("created", Material),
        plain("number", Material.number),
        text("retention", Material.retention),
    ),
)

VERSIONS = Table(
    "versions",
    Version.of,
    (Version.material_id, Version.number),
    (
        label("material", "materials", Version.material_id),
        text("label", Version.label),
        moment("made", Version),
        text("author", Version.author),
        text("changes", Version.changes),
        plain("text_sha256", Version.text_sha256),
        plain("number", Version.number),
        text("identifier", Version.identifier),
        text("file_name", Version.file_name),
        plain("file_sha256", Version.file_sha256),
        plain("file_size", Version.file_size),
        text("store_reason", Version.store_reason),
        plain("holders_known", Version.holders_known),
        plain("holders", Version.holders),
        label("corrects", "version_numbers", Version.corrects_id),
    ),
)

COPIES = Table(
    "copies",
    Copy.of,
    (Copy.material_id, Copy.number),
    (
        label("material", "materials", Copy.material_id),
        label("version", "versions", Copy.version_id),
        plain("number", Copy.number),
        plain("form", Copy.form),
        text("holder", Copy.holder),
        text("mark", Copy.mark),
        text("label", Copy.label),
    ),
)

COVERAGE = Table(
    "coverage",
    Coverage.of,
    (Coverage.material_id, Coverage.number),
    (
        label("material", "materials", Coverage.material_id),
        label("version", "versions", Coverage.version_id),
        plain("number", Coverage.number),
        plain("point", Coverage.point),
        text("note", Coverage.note),
        instant("resolved", Coverage.resolved_at),
        text("resolution", Coverage.resolution),
    ),
)
