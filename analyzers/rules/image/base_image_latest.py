from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.image import Stage
from analyzers.rule import Problem, rule


@rule
def check(stage: Stage) -> Iterator[Problem]:
    image = stage.base.value if stage.base else None
    if image is None or image.digest or image.tag not in ("", "latest"):
        return
    yield Problem(
        stage.base_at,
        values={"image": image.text},
        evidence=image.repository,
        case="" if image.tag else "untagged",
    )
