"""The application object for a WSGI server; the instance is named in TRACKER_INSTANCE."""

from tracker import create_app
from tracker.imports import worker

app = create_app()
worker.start(app)
