"""Reading the audit log of a case is recorded, and so is each look at what an entry keeps of old and new values."""

import pytest

from tracker.actions.register import audit_log
from tracker.audit.doors import Denied


def test_reading_the_audit_log_of_a_case_is_an_entry_without_changes(world, last_entry):
    audit_log.read_case_audit_log(world.person("lena"), world.case())
    said = last_entry()
    assert (said["act"], said["case"], said["d"].get("changes")) == ("audit_log.read", "LK-AAAA", None)


def test_reading_old_and_new_values_names_the_entry_that_was_read(world, last_entry):
    audit_log.read_values(world.person("lena"), world.case(), cseq=3)
    assert (last_entry()["act"], last_entry()["d"]["cseq"]) == ("audit_log.values_read", 3)


@pytest.mark.parametrize(
    "read", [audit_log.read_case_audit_log, lambda who, case: audit_log.read_values(who, case, cseq=3)]
)
def test_nobody_of_another_case_reads_either(world, entries, read):
    with pytest.raises(Denied):
        read(world.person("ivo"), world.case())
    assert entries("audit_log.read") + entries("audit_log.values_read") == []
