"""What an interview must keep to before it is sealed."""

import pytest

from tests import world as people
from tests.actions.inquiry.test_interview_rules import lapse
from tests.builders.build_interview import (
    ENDED,
    WORDS,
    accounted,
    closed,
    designated,
    engaged,
    held,
    planned,
    seal,
    sealed,
)
from tests.builders.build_material import person
from tracker.actions.inquiry import interviews
from tracker.audit.doors import Refused
from tracker.models.inquiry.words import Capacity

pytestmark = pytest.mark.usefixtures("world")


def test_a_subject_status_that_lapsed_before_the_interview_is_found_when_it_begins():
    aide = person()
    designated(aide)
    interview = planned(aide, capacity=Capacity.SUBJECT)
    lapse()
    with pytest.raises(Refused, match="can only be interviewed as a witness until"):
        engaged(interview)


def test_a_subject_whose_subject_status_has_lapsed_since_can_still_be_sealed():
    aide = person()
    designated(aide)
    interview = planned(aide, capacity=Capacity.SUBJECT)
    accounted(engaged(interview))
    lapse()
    interviews.write_planning(people.person("ines"), interview, lock_version=interview.lock_version, notice="By letter")
    seal(closed(interview))
    assert interview.is_sealed


def test_what_was_refused_is_not_kept():
    interview = held()
    with pytest.raises(Refused):
        accounted(interview, narrative="", clarified="Why then?")
    assert (interview.narrative, interview.clarified) == (WORDS, "")
    assert sealed().ended == ENDED
