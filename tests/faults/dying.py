"""A command of the program in a process of its own, which is killed before one of the steps that change the disk."""

import os
import pathlib
import signal
import sys
import warnings
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.base import db
from tracker.cli import main

STEPS = (
    (os, ("fsync", "sync", "link")),
    (Session, ("commit",)),
    (pathlib.Path, ("replace", "unlink", "hardlink_to", "touch", "mkdir")),
)


def run(settings, *words, step=0):
    """Run a command, killed before that step (0: never); gives its exit code, -9 if killed, and what it printed."""
    db.release()
    printed = settings.instance.parent / "printed"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the tests hold nothing that this needs
        child = os.fork()
    if not child:
        _be(settings, words, step, printed)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, printed.read_text()


def _be(settings, words, step, printed: Path) -> None:
    """Become the command. Nothing of the test may run on in this process: it ends here, whatever happens."""
    code = 70
    try:
        sys.stdout = sys.stderr = printed.open("w", buffering=1)
        os.environ |= {"TRACKER_INSTANCE": str(settings.instance), "TRACKER_DATABASE_URL": settings.database_url}
        sys.argv = ["tracker", *words]
        _die_before(step)
        main()
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _die_before(step: int) -> None:
    left = step

    def dying(perform):
        def instead(*args, **options):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return perform(*args, **options)

        return instead

    for owner, names in STEPS:
        for name in names:
            setattr(owner, name, dying(getattr(owner, name)))
