"""Jobs of a GitLab configuration, with what they inherit: `extends`, `default` and global keywords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.model.pipeline import Cache, Job, Step
from analyzers.model.pipelines.gitlab_children import Child, read_child
from analyzers.model.pipelines.gitlab_circles import bases, remark_jobs
from analyzers.model.pipelines.gitlab_includes import Documents
from analyzers.model.pipelines.gitlab_matrix import matrix_variables, read_parallel_matrix
from analyzers.model.pipelines.gitlab_scripts import ScriptReader, is_reference
from analyzers.model.pipelines.gitlab_variables import (
    Variables,
    inherited,
    read_variables,
    rule_variables,
)
from analyzers.model.pipelines.layers import MOST_LAYERS, Layers, Placed
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_node import Sequence as YamlSequence
from analyzers.parsers.yaml_scalar import as_bool, as_words

KEYWORDS = frozenset(
    (
        *("default", "include", "stages", "variables", "workflow", "spec", "types"),
        *("image", "services", "cache", "before_script", "after_script"),
    )
)
MOST_JOBS = 5_000
_SCRIPTS = ("before_script", "script", "after_script")
_MAX_EXTENDS = 11
"""GitLab's own limit of levels."""
_MAX_LISTS = 10
"""GitLab's own limit of lists inside lists."""


class JobReader:
    """Reads the jobs of one configuration. `root` has the included files beneath it.

    `handed_down` are variables from the pipeline that starts this one.
    """

    def __init__(
        self,
        root: Layers,
        is_complete: bool,
        handed_down: Mapping[str, Fact[str]] | None = None,
        remark: Remark = unheard,
    ) -> None:
        self._root = root
        self._is_complete = is_complete
        self._handed_down = dict(handed_down or {})
        self._remark = remark
        self._scripts = ScriptReader(self._resolve, remark)

    def jobs(self) -> Iterator[Job]:
        """Every job that runs: hidden ones and keywords left out. Raises Unreadable."""
        names = self._names()
        if len(names) > MOST_JOBS:
            raise Unreadable(f"more than {MOST_JOBS:,} jobs")
        remark_jobs(self._root, lambda name: self._extended(name)[0], self._remark)
        yield from map(self._read, names)

    def children(self, documents: Documents) -> tuple[tuple[Child, ...], bool]:
        """The pipelines that jobs start, and whether all of them are in the repository."""
        found: list[Child] = []
        is_complete = True
        for name in self._names():
            job, _ = self._extended(name)
            if job.entry("trigger"):
                variables = self._variables(job, read_parallel_matrix(job["parallel"]))
                child, is_here = read_child(self._follow(job["trigger"]), variables, documents)
                is_complete = is_complete and is_here
                found += [child] if child else []
        return tuple(found), is_complete

    def _names(self) -> list[str]:
        return [name for name in self._root.names() if self._is_job(name)]

    def _is_job(self, name: str) -> bool:
        return name not in KEYWORDS and not name.startswith(".") and bool(self._root[name].node.items())

    def _read(self, name: str) -> Job:
        job, is_complete = self._extended(name)
        rows = read_parallel_matrix(job["parallel"])
        env = self._variables(job, rows)
        runs = not job.entry("trigger")
        image = self._setting(job, "image") if runs else Layers(())
        services = tuple(self._services(job, env)) if runs else ()
        path, entry = self._root.entry(name) or ("", None)
        return Job(
            path=path,
            at=Location(path, entry.key.span if entry else job.node.span),
            system="gitlab",
            name=name,
            steps=tuple(self._steps(job)) if runs else (),
            image=_image(image, env),
            services=tuple(fact for fact, _ in services),
            env=env,
            caches=tuple(self._caches(job)) if runs else (),
            is_complete=self._is_complete and is_complete,
            runs_on=tuple(self._tags(job, env)),
            combinations=rows,
            needs=_needs(self._follow(job["needs"]).node),
            image_entrypoint=as_words(image["entrypoint"].node),
            service_names=tuple(name for _, name in services),
        )

    def _extended(self, name: str) -> tuple[Layers, bool]:
        """A job on top of what it extends, and whether all of that was found."""
        job, seen, is_complete = self._root[name], {name}, True
        pending = [(base, 1) for base in bases(job)]
        while pending:
            base, depth = pending.pop()
            if base in seen:
                continue
            seen.add(base)
            below = self._root[base]
            if not below.node.items() or depth > _MAX_EXTENDS or len(job.parts) >= MOST_LAYERS:
                is_complete = False
                self._remark_depth(name, depth)
                continue
            job = job.over(below)
            pending += ((deeper, depth + 1) for deeper in bases(below))
        return job, is_complete

    def _remark_depth(self, name: str, depth: int) -> None:
        found = self._root[name].entry("extends")
        if found and depth > _MAX_EXTENDS:
            reason = (
                f"{name} extends more than {_MAX_EXTENDS} levels, which GitLab refuses: not followed further"
            )
            self._remark(found[0], reason, found[1].span.line)

    def _resolve(self, reference: Node) -> Layers:
        """The value that `!reference [job, keyword, ...]` names, or `!reference [.hidden]` alone."""
        first, *others = as_words(reference) or ("",)
        value = self._extended(first)[0] if others else self._root[first]
        for key in others:
            value = value[key]
        return value

    def _follow(self, value: Layers, depth: int = 0) -> Layers:
        while is_reference(value.node) and depth < _MAX_EXTENDS:
            value, depth = self._resolve(value.node), depth + 1
        return value

    def _items(self, value: Layers, depth: int = 0) -> Iterator[Layers]:
        """The items of a list, those of lists and references in it among them."""
        value = self._follow(value)
        if not isinstance(value.node, YamlSequence):
            yield from (value,) if value else ()
        elif depth < _MAX_LISTS:
            for item in value.node:
                yield from self._items(Layers((Placed(value.path, item),)), depth + 1)

    def _setting(self, job: Layers, key: str) -> Layers:
        """A keyword of the job; where it says nothing, what `default` or the configuration says."""
        if job.entry(key):
            return self._follow(job[key])
        if not _inherits(job["inherit"]["default"], key):
            return Layers(())
        return self._follow(self._root["default"][key] or self._root[key])

    @cached_property
    def _global_variables(self) -> dict[str, Fact[str]]:
        return read_variables(self._root["variables"])

    @cached_property
    def _workflow_variables(self) -> dict[str, Fact[str]]:
        return rule_variables(self._items(self._root["workflow"]["rules"]))

    def _variables(self, job: Layers, rows: Sequence[Mapping[str, str]]) -> Variables:
        """https://docs.gitlab.com/ci/variables/#cicd-variable-precedence."""
        chosen = job["inherit"]["variables"]
        return Variables(
            self._handed_down,
            rule_variables(self._items(job["rules"])),
            matrix_variables(job["parallel"], rows),
            read_variables(self._follow(job["variables"])),
            inherited(self._workflow_variables, chosen),
            inherited(self._global_variables, chosen),
        )

    def _steps(self, job: Layers) -> Iterator[Step]:
        for key in _SCRIPTS:
            script = job["script"] if key == "script" else self._setting(job, key)
            at = job.entry(key) or self._root["default"].entry(key) or self._root.entry(key)
            if script and at:
                yield Step(Location(at[0], at[1].span), key, commands=self._scripts.read(script))

    def _services(self, job: Layers, env: Variables) -> Iterator[tuple[Fact[ImageRef], str]]:
        """Each service with its alias."""
        for setting in self._items(self._setting(job, "services")):
            if fact := _image(setting, env):
                yield fact, setting["alias"].node.text

    def _caches(self, job: Layers) -> Iterator[Cache]:
        for setting in self._items(self._setting(job, "cache")):
            yield from _cache(setting)

    def _tags(self, job: Layers, env: Variables) -> Iterator[str]:
        """What chooses the runner, as written where it is not known."""
        for tag in self._items(self._setting(job, "tags")):
            yield env.expand(tag.node.text) or tag.node.text


def _inherits(setting: Layers, key: str) -> bool:
    if as_bool(setting.node) is False:
        return False
    chosen = as_words(setting.node)
    return chosen is None or not key or key in chosen


def _image(setting: Layers, env: Variables) -> Fact[ImageRef] | None:
    value = setting["name"] if setting.node.items() else setting
    if not value:
        return None
    text = env.expand(value.node.text)
    return Fact(read_reference(text or ""), Location(value.path, value.node.span))


def _cache(setting: Layers) -> Iterator[Cache]:
    """The cache, unless it is empty, which switches off an inherited one."""
    if not setting["paths"] and not setting["untracked"] and not setting["key"]:
        return
    key, paths = setting["key"], setting["paths"]
    at = Location(setting.path, setting.node.span)
    yield Cache(
        at=at,
        key=key.node.text,
        key_at=Location(key.path, key.node.span) if key else None,
        key_files=as_words(key["files"].node) or (),
        paths=as_words(paths.node) or (),
        fallback_keys=as_words(setting["fallback_keys"].node) or (),
        key_prefix=key["prefix"].node.text,
        policy=setting["policy"].node.text,
        paths_at=tuple(Location(paths.path, item.span) for item in paths.node),
    )


def _needs(node: Node) -> tuple[str, ...]:
    """Names of jobs; a job of another project or pipeline has none here."""
    names = (item["job"].text if not item["project"] and not item["pipeline"] else "" for item in node)
    return tuple(item.text or name for item, name in zip(node, names, strict=True) if item.text or name)
