"""The answer pages of a municipality."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_unknown_code_is_a_helpful_404_in_the_pages_language(client: Client) -> None:
    answer = client.get("/en/municipalities/PL/302109/")
    assert answer.status_code == 404
