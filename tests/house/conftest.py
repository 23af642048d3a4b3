"""What the tests of the walls share."""

import pytest

from tests.house.guard import watch


@pytest.fixture
def guarded(db):
    """Fail when anything that the test does writes the tables of two apps in one transaction."""
    with watch() as guard:
        yield guard
