"""One of every thing of each room; every file has `furnish(case, who, number)`."""

from tests.builders.everything import exhibits, findings, inquiry, interviews, judgement

ROOMS = (interviews, exhibits, inquiry, findings, judgement)
