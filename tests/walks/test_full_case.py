"""A case of the size of real life: its pages stay as quick as those of a small one, and its audit log is sound."""

import pytest

from benchmarks import full_case, inquiry
from tests.audit.test_chain import verdict


@pytest.mark.gate("fills a case of the size of real life")
@pytest.mark.furnished
def test_a_case_that_was_filled_is_sound_and_its_pages_need_few_statements(browse, world):
    size = inquiry.Inquiry(people=6, interviews=5, heard=3, exhibits=7, findings=3)
    inquiry.fill(world.case(), size)
    assert verdict().fault is None
    lena, shown = browse("lena"), full_case.pages()
    assert len(shown) > 30
    assert [url for url in shown if lena.get(url).status_code != 200] == []  # the client counts the statements


@pytest.mark.full
def test_a_page_of_a_full_case_takes_at_most_twice_the_time_and_few_statements(tmp_path):
    base = full_case.found_instance(tmp_path)
    example, full = (full_case.grow_instance(base, size) for size in (inquiry.EXAMPLE, inquiry.FULL))
    with full_case.opened(full):
        assert verdict().fault is None
    missed = [str(figure) for figure in full_case.figures(example, full, tmp_path) if not figure.ok]
    assert missed == []
