"""Where `runs-as-root` offers a fix: it must not take a program away from its own files."""

from __future__ import annotations

import pytest

from analyzers import Config, check
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles

MAIN = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
BUILD = "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /orders .\nFROM alpine:3.22\n"
ONLY = Config(disabled={name: "not under test" for name in load_rules() if name != "runs-as-root"})


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ('COPY --from=build /orders /orders\nENTRYPOINT ["/orders"]\n', 7),
        ('WORKDIR /app\nCOPY --from=build /orders .\nENTRYPOINT ["./orders"]\nCMD ["-v"]\n', 8),
        ('WORKDIR /root/\nCOPY --from=build /orders .\nCMD ["./orders"]\n', None),
        ('COPY --from=build /orders /root/orders\nCMD ["/root/orders"]\n', None),
        ('COPY --from=build /orders /orders\nVOLUME /data\nCMD ["/orders"]\n', None),
        ('CMD ["/orders"]\nCOPY --from=build /orders /orders\n', None),
        ("USER root\nCOPY --from=build /orders /orders\nCMD /orders\n", None),
    ],
)
def test_a_user_is_set_where_nothing_is_lost(last: str, line: int | None) -> None:
    files = {"go.mod": "module a\n", "main.go": MAIN, "Dockerfile": BUILD + last}
    (finding,) = check(MemoryFiles(files), ONLY).findings
    assert [(edit.start_line, edit.text) for edit in (finding.fix.edits if finding.fix else ())] == (
        [(line, "USER 65532:65532")] if line else []
    )
