"""The application object for a WSGI server; the instance is named in TRACKER_INSTANCE."""

from tracker import create_app

app = create_app()
