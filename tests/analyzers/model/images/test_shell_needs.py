from __future__ import annotations

import pytest

from analyzers.model.images.shell_needs import shell_needs
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ('RUN ["/orders", "migrate"]\nENTRYPOINT ["/orders"]', []),
        ('SHELL ["/busybox/sh", "-c"]\nRUN true\nCMD /orders', []),
        ("RUN --mount=from=busybox,target=/bin true", []),
        ("CMD ['/orders']", []),
        ('ENTRYPOINT ["/orders"]\nCMD --verbose', []),
        ('CMD ["/busybox/sh", "/start.sh"]', []),
        ("RUN true\nRUN false", [(2, "", ())]),
        ("CMD /orders -v", [(2, "", ("/orders", "-v"))]),
        ("CMD /orders -p $PORT", [(2, "", ())]),
        ('ENTRYPOINT ["/orders"]\nHEALTHCHECK CMD /orders ping', [(3, "", ("/orders", "ping"))]),
        ('CMD ["/bin/sh", "-c", "/orders"]', [(2, "/bin/sh", ())]),
        ('COPY start.sh /\nCMD ["/start.sh"]', [(3, "start.sh", ())]),
    ],
)
def test_what_only_a_shell_can_do(lines: str, found: list[tuple[int, str, tuple[str, ...]]]) -> None:
    files = {"Dockerfile": f"FROM alpine:3.22\n{lines}\n", "start.sh": "#!/bin/sh\nexec /orders\n"}
    read = repository(files)
    needs = shell_needs(read.images[0], read.scripts)
    assert [(need.at.line, need.program, need.words) for need in needs] == found
