"""Jobs of a GitLab configuration, with what they inherit: `extends`, `default` and global keywords."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.model.pipeline import Cache, Job, Step
from analyzers.model.pipelines.gitlab_scripts import ScriptReader, is_reference
from analyzers.model.pipelines.gitlab_variables import Variables, read_variables
from analyzers.model.pipelines.layers import MOST_LAYERS, Layers, Placed
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Mapping as YamlMapping
from analyzers.parsers.yaml_node import Node
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


class JobReader:
    """Reads the jobs of one configuration. `root` has the included files beneath it."""

    def __init__(self, root: Layers, is_complete: bool) -> None:
        self._root = root
        self._is_complete = is_complete
        self._scripts = ScriptReader(self._resolve)

    def jobs(self) -> Iterator[Job]:
        """Every job that runs: hidden ones and keywords left out. Raises Unreadable."""
        names = [name for name in self._root.names() if self._is_job(name)]
        if len(names) > MOST_JOBS:
            raise Unreadable(f"more than {MOST_JOBS:,} jobs")
        yield from map(self._read, names)

    def _is_job(self, name: str) -> bool:
        return name not in KEYWORDS and not name.startswith(".") and bool(self._root[name].node.items())

    def _read(self, name: str) -> Job:
        job, is_complete = self._extended(name)
        env = self._variables(job)
        path, entry = self._root.entry(name) or ("", None)
        return Job(
            path=path,
            at=Location(path, entry.key.span if entry else job.node.span),
            system="gitlab",
            name=name,
            steps=tuple(self._steps(job)),
            image=_image(self._setting(job, "image"), env),
            services=tuple(self._services(job, env)),
            env=env,
            caches=tuple(self._caches(job)),
            is_complete=self._is_complete and is_complete,
            runs_on=as_words(self._setting(job, "tags").node) or (),
        )

    def _extended(self, name: str) -> tuple[Layers, bool]:
        """A job on top of what it extends, and whether all of that was found."""
        job, seen, is_complete = self._root[name], {name}, True
        pending = [(base, 1) for base in _bases(job)]
        while pending:
            base, depth = pending.pop()
            if base in seen:
                continue
            seen.add(base)
            below = self._root[base]
            if not below.node.items() or depth > _MAX_EXTENDS or len(job.parts) >= MOST_LAYERS:
                is_complete = False
                continue
            job = job.over(below)
            pending += ((deeper, depth + 1) for deeper in _bases(below))
        return job, is_complete

    def _resolve(self, reference: Node) -> Layers:
        """The value that `!reference [job, keyword, ...]` names."""
        keys = as_words(reference) or ()
        if len(keys) < 2:
            return Layers(())
        value, _ = self._extended(keys[0])
        for key in keys[1:]:
            value = value[key]
        return value

    def _follow(self, value: Layers, depth: int = 0) -> Layers:
        while is_reference(value.node) and depth < _MAX_EXTENDS:
            value, depth = self._resolve(value.node), depth + 1
        return value

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

    def _variables(self, job: Layers) -> Variables:
        own = read_variables(self._follow(job["variables"]))
        return (
            Variables(own, self._global_variables)
            if _inherits(job["inherit"]["variables"], "")
            else Variables(own)
        )

    def _steps(self, job: Layers) -> Iterator[Step]:
        for key in _SCRIPTS:
            script = job["script"] if key == "script" else self._setting(job, key)
            at = job.entry(key) or self._root["default"].entry(key) or self._root.entry(key)
            if script and at:
                yield Step(Location(at[0], at[1].span), key, commands=self._scripts.read(script))

    def _services(self, job: Layers, env: Variables) -> Iterator[Fact[ImageRef]]:
        services = self._setting(job, "services")
        for item in services.node:
            fact = _image(Layers((Placed(services.path, item),)), env)
            if fact:
                yield fact

    def _caches(self, job: Layers) -> Iterator[Cache]:
        setting = self._setting(job, "cache")
        if isinstance(setting.node, YamlMapping):
            yield from _cache(setting)
            return
        for item in setting.node:
            yield from _cache(self._follow(Layers((Placed(setting.path, item),))))


def _bases(job: Layers) -> tuple[str, ...]:
    """What a job extends, the strongest last."""
    node = job["extends"].node
    return (node.text,) if node.text else as_words(node) or ()


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
    key = setting["key"]
    at = Location(setting.path, setting.node.span)
    yield Cache(
        at=at,
        key=key.node.text,
        key_at=Location(key.path, key.node.span) if key else None,
        key_files=as_words(key["files"].node) or (),
        paths=as_words(setting["paths"].node) or (),
        fallback_keys=as_words(setting["fallback_keys"].node) or (),
        key_prefix=key["prefix"].node.text,
    )
