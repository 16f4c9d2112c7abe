from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.dockerfile import in_array_form, keyword_at
from analyzers.model.images.base_image import lacks_shell
from analyzers.model.images.shell_needs import ShellNeed, shell_needs
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        for need in shell_needs(image, repository.scripts):
            if lacks_shell(need.stage):
                yield _problem(need)


def _problem(need: ShellNeed) -> Problem:
    keyword = keyword_at(need.image, need.at)
    root = need.stage.root
    base = root.base.value.text if root.base and root.base.value else "scratch"
    is_mendable = need.entry is not None and need.words and not need.words[0].endswith(".sh")
    return Problem(
        need.at,
        values={"keyword": keyword, "base": base, "program": need.program},
        related=(Related(root.base_at, "has no shell"),),
        fix=in_array_form(need.image, need.entry, need.words) if need.entry and is_mendable else None,
        evidence=f"{need.stage.name or need.stage.index} {keyword} {need.program}",
        case="named" if need.program else "run" if need.entry is None else "",
    )
