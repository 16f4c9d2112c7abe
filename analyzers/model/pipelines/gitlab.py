"""GitLab CI: a configuration with its local includes, and the child pipelines it starts.

Syntax: https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.fact import Fact
from analyzers.model.pipeline import Pipeline
from analyzers.model.pipelines.gitlab_children import Child, merged
from analyzers.model.pipelines.gitlab_circles import remark_includes
from analyzers.model.pipelines.gitlab_includes import Documents, Included, gather
from analyzers.model.pipelines.gitlab_jobs import JobReader
from analyzers.model.remark import Remark, unheard

_MOST_CHILDREN = 100


def read_gitlab(path: str, documents: Documents) -> Pipeline:
    """The jobs of a configuration. `documents` has every YAML file that may be included, by its path.

    Raises Unreadable where it has more jobs, or its scripts more in them, than anyone would write.
    """
    return next(read_gitlab_pipelines(path, documents))


def read_gitlab_pipelines(path: str, documents: Documents, remark: Remark = unheard) -> Iterator[Pipeline]:
    """A configuration, and after it the child pipelines it starts, each once. Raises Unreadable.

    `remark` is told what is left out: circles, and what goes beyond a limit.
    """
    pending: dict[str, Child] = {path: Child((Included(path),), {})}
    done: set[str] = set()
    while pending and len(done) < _MOST_CHILDREN:
        child = pending.pop(next(iter(pending)))
        done.add(child.path)
        pipeline, children = _read(child, documents, child.variables, remark)
        for each in children:
            if each.path not in done:
                known = pending.get(each.path)
                pending[each.path] = merged(known, each) if known else each
        yield pipeline


def _read(
    child: Child, documents: Documents, variables: Mapping[str, Fact[str]], remark: Remark
) -> tuple[Pipeline, tuple[Child, ...]]:
    path, inputs, _ = child.files[0]
    remark_includes(path, documents, remark)
    root, is_complete = gather(path, documents, inputs, child.files[1:], remark)
    reader = JobReader(root, is_complete, variables, remark)
    jobs = tuple(reader.jobs())
    children, are_here = reader.children(documents)
    return Pipeline(path, "gitlab", jobs, is_complete and are_here), children
