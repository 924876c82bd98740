"""The text of documents: what can be read is read in a process of its own, and what cannot be says what to do."""

import io
import zipfile

import pytest

from tracker.analysis.documents import child, reading
from tracker.analysis.documents.reading import DocumentFault, text_of

WORDS = "Do not congratulate"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


FONT = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def docx(body, **parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {"document": body, **parts}.items():
            archive.writestr(f"word/{name}.xml", f"<w:document {NS}>{text}</w:document>")
    return made.getvalue()


def pdf(words):
    """The smallest file with a line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources {FONT} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]  # fmt: skip
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 5\n0000000000 65535 f \n{table}{end}".encode()


PARAGRAPH = "<w:p><w:r><w:t>Do not</w:t></w:r><w:r><w:tab/><w:t>congratulate</w:t></w:r></w:p>"
DELETED = "<w:p><w:del><w:r><w:delText>Praise</w:delText></w:r></w:del></w:p>"


def test_each_kind_is_read():
    assert text_of("a.txt", b"\xef\xbb\xbf" + WORDS.encode()) == WORDS
    assert text_of("a.md", WORDS.encode("utf-16")) == WORDS
    assert text_of("A.DOCX", docx(PARAGRAPH + DELETED, footnotes="<w:p><w:t>Note.</w:t></w:p>")) == (
        "Do not\tcongratulate\n\nNote."
    )
    assert text_of("a.pdf", pdf(WORDS)).strip() == WORDS


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (f"<title>T</title><script>no()</script><p>{WORDS}<br>at all</p>".encode(), f"T\n\n{WORDS}\n\nat all"),
        ("<meta charset=windows-1251><p>Совет</p>".encode("cp1251"), "Совет"),
        (b"<p>caf\xe9 \x81</p>", "caf\xe9 \ufffd"),
    ],
)
def test_a_page_is_read_as_its_reader_sees_it(raw, text):
    assert child.read_html(raw) == text


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("page.png", b"\x89PNG", "TXT, HTML, DOCX and PDF"),
        ("a.txt", b"\xff\xfa\x00caf\xe9", "not UTF-8"),
        ("a.txt", b" \n ", "no text, only pictures"),
        ("a.docx", b"PK\x03\x04 cut off", "broken or cut off"),
        ("a.pdf", b"%PDF-1.4 nothing", "broken or cut off"),
    ],
)
def test_what_has_no_text_says_what_to_do(name, data, says):
    with pytest.raises(DocumentFault, match=says):
        text_of(name, data)


def test_limits_are_kept(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 3)
    with pytest.raises(DocumentFault, match="larger than"):
        text_of("a.txt", b"four")
    monkeypatch.setattr(child, "UNPACKED", 10)
    with pytest.raises(child.Fault, match="too large"):
        child.read_docx(docx(PARAGRAPH))
    monkeypatch.setattr(reading, "LARGEST", 1000)
    monkeypatch.setattr(reading, "PATIENCE", 0.001)
    with pytest.raises(DocumentFault, match="too much memory or time"):
        text_of("a.html", b"<p>words</p>")
