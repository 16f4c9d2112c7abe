from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.dockerfile import in_array_form, keyword_at
from analyzers.model.image import Entry, Image
from analyzers.model.images.broken_array import examine
from analyzers.rule import Problem, rule


@rule
def check(image: Image) -> Iterator[Problem]:
    stage = image.final
    for entry in (stage.entrypoint, stage.cmd, stage.healthcheck):
        if entry is not None and entry.shell_form and entry.text.startswith("["):
            yield from _judge(image, entry, "probe" if entry is stage.healthcheck else "")


def _judge(image: Image, entry: Entry, kind: str) -> Iterator[Problem]:
    broken = examine(entry.text)
    if broken is None:
        return
    keyword = keyword_at(image, entry.at)
    yield Problem(
        entry.at,
        values={"keyword": keyword, "reason": broken.reason, "first": entry.text.split()[0][:40]},
        fix=in_array_form(image, entry, broken.words) if broken.words else None,
        evidence=f"{keyword} {entry.text}",
        case="-".join(filter(None, ("" if broken.words else "open", kind))),
    )
