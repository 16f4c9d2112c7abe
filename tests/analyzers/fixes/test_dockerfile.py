from __future__ import annotations

import pytest

from analyzers.fixes.dockerfile import in_array_form
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("CMD /orders --port 8080", 'CMD ["/orders", "-v"]'),
        ("  entrypoint /orders", '  entrypoint ["/orders", "-v"]'),
        ("CMD ['/orders'] # start", 'CMD ["/orders", "-v"]'),
        ("CMD /orders \\\n  --port 8080", 'CMD ["/orders", "-v"]'),
        ("HEALTHCHECK --interval=5s CMD /orders ping", 'HEALTHCHECK --interval=5s CMD ["/orders", "-v"]'),
        ("HEALTHCHECK --interval=5s \\\n  CMD /orders ping", None),
        ("CMD /orders \\\n  # the port\n  --port 8080", None),
    ],
)
def test_a_command_as_an_array(line: str, mended: str | None) -> None:
    (image,) = repository({"Dockerfile": f"FROM alpine:3.22\n{line}\n"}).images
    entry = image.final.entrypoint or image.final.cmd or image.final.healthcheck
    assert entry
    fix = in_array_form(image, entry, ("/orders", "-v"))
    assert (fix.edits[0].text if fix else None) == mended
