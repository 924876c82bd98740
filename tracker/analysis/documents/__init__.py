"""The text of documents: plain text, web pages, DOCX, and PDF where pypdf is installed."""
