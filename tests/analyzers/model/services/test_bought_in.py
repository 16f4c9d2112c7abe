"""Software that is run as it comes."""

from __future__ import annotations

import pytest

from analyzers.model.services.bought_in import is_bought_in
from tests.analyzers.model.manifests.pods import container


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        pytest.param("postgres:18", True, id="official"),
        pytest.param("registry.example.com/mirror/rabbitmq:4", True, id="from a mirror"),
        pytest.param("acme/orders:1", False, id="of one's own"),
        pytest.param("acme/redis-proxy:1", False, id="another program with the word"),
        pytest.param("${IMAGE}", False, id="not known"),
    ],
)
def test_by_the_name_of_the_image(image: str, expected: bool) -> None:
    assert is_bought_in(container(f"image: {image}\n")) is expected
