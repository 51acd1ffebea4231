"""The pages of piano rolls in docs/takes show what the generators make now."""

import pytest

from tests.benchmarks.composing import page


@pytest.mark.parametrize("role", list(page.PAGES))
def test_the_page_shows_what_is_made_now(role: str) -> None:
    drawn = page.page(role.capitalize(), list(page.PAGES[role]()))
    kept = (page.OUT / f"{role}.svg").read_text(encoding="utf-8")
    assert drawn == kept, "Run python -m tests.benchmarks.composing.page, look at the page, and commit it"
