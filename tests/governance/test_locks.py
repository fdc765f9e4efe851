"""What is asked to be held and is no row at all, on both databases."""

import pytest

from governance.locks import exclusive, share
from governance.models import Period

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("held", [share, exclusive])
@pytest.mark.parametrize("ids", [[], [0]])
def test_no_row_is_held_without_a_fault(held, ids):
    assert held(Period.objects.filter(pk__in=ids).select_related("organisation")) == []
