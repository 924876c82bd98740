"""Who uses an instance: any number of programs at once, or one alone that changes what the others rely on."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.base.connections import Unusable
from tracker.base.files import open_privately

OTHERS = "The register is in use. Stop 'tracker serve' and every other tracker command, then try again."
ALONE = "The key of the register is being rotated. Wait until that has ended, then try again."
READ_ONLY = "The data folder {} cannot be written: {}. Let the tracker's account own it, on a writable disk."
HALF = "The restore into {} was interrupted. Empty this folder and its database, then run 'tracker restore' again."


def restore_mark(instance: Path) -> Path:
    """The file that is there until a restore has ended: what was open in the register may not live on before."""
    return instance / ".restoring"


def served_at(instance: Path) -> Path:
    """The file with the address at which the register was served last."""
    return instance / "served-at"


def must_be_whole(instance: Path) -> None:
    """Refuse an instance whose restore was interrupted; raises Unusable."""
    if restore_mark(instance).exists():
        raise Unusable(HALF.format(instance))


@contextmanager
def using(instance: Path, *, alone: bool = False, unfinished: bool = False) -> Iterator[None]:
    """Use the instance until the block ends; raises Unusable at once when others are in the way.

    One whose restore was interrupted is for nobody but, with `unfinished`, the restore itself.
    """
    if not instance.is_dir():
        raise Unusable(f"The data folder {instance} is missing. Mount it, or restore a backup with 'tracker restore'.")
    if not unfinished:
        must_be_whole(instance)
    try:
        lock = open(instance / "in-use.lock", "a", opener=open_privately)  # noqa: SIM115  # closed by the next `with`
    except OSError as fault:
        raise Unusable(READ_ONLY.format(instance, fault.strerror)) from fault
    with lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(OTHERS if alone else ALONE) from None
        yield
