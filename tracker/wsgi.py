"""The application object for a WSGI server; the instance is named in TRACKER_INSTANCE."""

import gc
from multiprocessing.util import Finalize

from tracker import create_app
from tracker.audit.upkeep import Upkeep
from tracker.imports import worker

app = create_app()
worker.start(app)
upkeep = Upkeep(app.config["SETTINGS"].instance)
upkeep.start()
Finalize(None, upkeep.stop, exitpriority=1)  # a process that the server has begun knows no `atexit`
gc.freeze()  # what is there now stays for good: looking for garbage in it again and again would be in vain
