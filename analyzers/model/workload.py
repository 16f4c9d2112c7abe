"""What runs on a Kubernetes cluster: workloads with their containers, and the Services in front of them.

Filled by `manifests/`. Anything templated is a Fact without value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.proxies import proxy_of
from analyzers.parsers.helm import is_helper
from analyzers.parsers.light import light_record, light_value

DEFAULT_GRACE = 30
"""Seconds: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"""


@light_value
class EnvVar:
    """One entry of a container's `env`, or a key that `envFrom` brings.

    `value` is None where it is templated or comes from what the repository does not hold.
    For a resourceFieldRef `resource` is e.g. `limits.cpu` and `divisor` as written (empty means 1).
    """

    name: str
    at: Location
    value: str | None = None
    source: Literal["literal", "configmap", "secret", "field", "resource", "unknown"] = "literal"
    resource: str = ""
    divisor: str = ""
    object_name: str = ""
    """The ConfigMap or Secret that is asked, and `key` what for."""
    key: str = ""
    is_optional: bool = False
    value_at: Location | None = None
    """The value alone, or the reference that stands for it."""
    provided_at: Location | None = None
    """Where a ConfigMap or Secret of the repository holds the value."""
    resource_at: Location | None = None
    divisor_at: Location | None = None
    """Where `resource` and `divisor` stand, the latter only where it is written."""
    key_at: Location | None = None
    """Where the `key` of a reference is written."""


@light_value
class EnvSource:
    """One entry of `envFrom`: all keys of an object, each behind `prefix`. `name` is None where templated."""

    at: Location
    kind: Literal["configmap", "secret", "unknown"]
    name: str | None
    prefix: str = ""
    is_optional: bool = False


@light_value
class Port:
    """A declared container port. `number` is None where it is templated."""

    at: Location
    number: int | None
    name: str = ""
    protocol: str = "TCP"
    number_at: Location | None = None
    name_at: Location | None = None
    """Where a name is written, also one that is not known."""

    @property
    def is_known(self) -> bool:
        """Neither its number nor its name is left to a template."""
        return self.number is not None and bool(self.name or self.name_at is None)


@light_value
class Mount:
    """A volume mounted into a container. `path` is None where it is templated."""

    at: Location
    path: str | None
    volume: str
    is_read_only: bool = False


@light_value
class Volume:
    """A volume of a pod. `kind` is the field that says where it comes from: `emptyDir`, `configMap`."""

    at: Location
    name: str
    kind: str
    object_name: str = ""
    """The ConfigMap or Secret it shows."""


@light_value
class Probe:
    """A probe as written; times in seconds with Kubernetes' defaults applied, None where templated."""

    at: Location
    kind: Literal["http", "tcp", "grpc", "exec", "unknown"]
    path: str | None = None
    port: Fact[int | str] | None = None
    """A number, or the name of one of the container's ports."""
    command: tuple[str, ...] = ()
    initial_delay: int | None = 0
    period: int | None = 10
    timeout: int | None = 1
    failure_threshold: int | None = 3
    success_threshold: int | None = 1
    scheme: str = "HTTP"
    path_at: Location | None = None
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each field that is written has its value, by Kubernetes' name: `periodSeconds`."""
    handlers: tuple[str, ...] = ()
    """The fields that say how to probe: Kubernetes takes exactly one."""
    service: str = ""
    """What a gRPC probe asks for; empty means the whole server."""
    whole: Location | None = None
    """The probe's mapping; its column is the indentation of its fields."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Its own fields with a known number, as written and without defaults."""
    asks_elsewhere: bool = False
    """It names a host, and so asks something else than its pod."""


@light_record
class Container:
    """A container of a pod. `at` is its `name` entry, or the start of the item."""

    at: Location
    name: str
    image: Fact[ImageRef] | None
    command: tuple[str, ...] | None = None
    args: tuple[str, ...] | None = None
    ports: tuple[Port, ...] = ()
    env: tuple[EnvVar, ...] = ()
    env_is_complete: bool = True
    """False where envFrom or a template brings variables that are not known here."""
    env_list_is_complete: bool = True
    """The same for `env` alone."""
    is_complete: bool = True
    """False where a template may add fields that are not seen here: nothing can be called missing then."""
    readiness: Probe | None = None
    liveness: Probe | None = None
    startup: Probe | None = None
    prestop_seconds: Fact[int] | None = None
    """How long the preStop hook sleeps; a Fact without value for a hook that does something else."""
    limits: Mapping[str, Fact[str]] = field(default_factory=dict)
    """`cpu` and `memory` as written; `quantity.py` turns them into numbers."""
    requests: Mapping[str, Fact[str]] = field(default_factory=dict)
    prestop_command: tuple[str, ...] | None = None
    """The words a preStop hook runs; None for another hook and for none."""
    env_sources: tuple[EnvSource, ...] = ()
    provided: tuple[EnvVar, ...] = ()
    """What Knative sets and `envFrom` brings, as far as it is known, the last one of a name counting. Places
    are those of the container, the ConfigMap or Secret."""
    user: Fact[int] | None = None
    """runAsUser, the pod's where the container has none."""
    must_be_non_root: Fact[bool] | None = None
    """runAsNonRoot, likewise."""
    overlay_images: tuple[Fact[ImageRef], ...] = ()
    """What kustomize overlays put in the place of `image`, one for each that does."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Each field that is written, key and value, by Kubernetes' name: `env`, `resources`."""
    is_read_only: Fact[bool] | None = None
    """readOnlyRootFilesystem."""
    mounts: tuple[Mount, ...] = ()
    pull_policy: Fact[str] | None = None
    restarts_always: bool = False
    """An init container of this kind is a sidecar: it runs beside the others until the pod ends."""
    whole: Location | None = None
    """The container's whole mapping; its column is the indentation of its fields."""

    @property
    def proxy(self) -> str:
        """Which well-known proxy it is, by image or name (`istio-proxy`); empty for any other."""
        image = self.image.value if self.image else None
        return proxy_of(
            self.name, image.repository if image else "", (*(self.command or ()), *(self.args or ()))
        )

    def variable(self, name: str) -> EnvVar | None:
        """The setting of a variable that counts: the last of `env`, else the last of `envFrom`."""
        entries = (*reversed(self.env), *reversed(self.provided))
        return next((entry for entry in entries if entry.name == name), None)


@light_record
class Workload:
    """A Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod or their like. `at` is its `kind` line."""

    path: str
    at: Location
    kind: str
    name: str
    namespace: str
    labels: Mapping[str, str]
    """Of the pod template."""
    annotations: Mapping[str, str]
    """Of the object and of the pod template together."""
    containers: tuple[Container, ...]
    init_containers: tuple[Container, ...] = ()
    grace_period: Fact[int] | None = None
    """terminationGracePeriodSeconds; None means Kubernetes' default of 30."""
    replicas: Fact[int] | None = None
    is_complete: bool = True
    """False where a template or an overlay may add containers, or fields to the pod."""
    pod_at: Location | None = None
    """The pod's `spec` mapping: the place of what is missing there."""
    overlay: str = ""
    """The outermost kustomization that yields it; empty where it is as its file has it."""
    volumes: tuple[Volume, ...] = ()
    shares_processes: Fact[bool] | None = None
    """shareProcessNamespace: the containers' process 1 is one of Kubernetes, which reaps."""
    strategy: Fact[str] | None = None
    """`Recreate`, `RollingUpdate`, `OnDelete`, `Canary`, `BlueGreen`: how new pods replace old ones."""
    template_of: str = ""
    """The Deployment whose pod template a Rollout without one of its own takes."""

    @property
    def identity(self) -> str:
        """What tells it from others at its place. All that are made of one named template are one."""
        return "" if is_helper(self.at.path) else f"{self.kind} {self.name}"

    @property
    def grace_seconds(self) -> int | None:
        """How long the pod has from its end being decided to its being killed; None where that is unknown."""
        if self.grace_period:
            return self.grace_period.value
        return DEFAULT_GRACE if self.is_complete else None

    @property
    def sidecars(self) -> tuple[Container, ...]:
        """Init containers that run on beside the others."""
        return tuple(container for container in self.init_containers if container.restarts_always)

    @property
    def proxies(self) -> tuple[Container, ...]:
        """Well-known proxies beside the containers they serve; none where nothing else is in the pod.

        What a mesh injects is not written: `meshes.injected_proxies` tells.
        """
        if all(container.proxy for container in self.containers):
            return ()
        return tuple(each for each in (*self.containers, *self.sidecars) if each.proxy)

    @property
    def runs_forever(self) -> bool:
        return self.kind not in ("Job", "CronJob", "Pod")


@light_value
class ServicePort:
    """A port of a Kubernetes Service. `target` defaults to the port itself."""

    at: Location
    port: int | None
    target: int | str | None
    name: str = ""
    app_protocol: str = ""
    protocol: str = "TCP"
    target_at: Location | None = None
    """The place of `targetPort`, where it is written."""


@light_record
class ClusterService:
    """A Kubernetes Service (the word Service alone means ours). `selector` is None where templated."""

    path: str
    at: Location
    name: str
    namespace: str
    selector: Mapping[str, str] | None
    ports: tuple[ServicePort, ...]
    is_headless: bool = False
    kind: str = "ClusterIP"
    overlay: str = ""
    """As a workload's."""
    spec_at: Location | None = None
    """The `spec` mapping: the place of what is missing there."""
    annotations: Mapping[str, str] = field(default_factory=dict)
    cluster_ip: Fact[str] | None = None
    """`clusterIP` as written."""


@light_value
class Autoscaler:
    """A HorizontalPodAutoscaler, or KEDA's ScaledObject."""

    at: Location
    target_kind: str
    target_name: str
    namespace: str
    max_replicas: int | None
    overlay: str = ""
    min_replicas: int | None = 1


@light_record
class Settings:
    """A ConfigMap or Secret. A Secret's values are decoded; one that cannot be read is a Fact without value.
    `is_complete` is False where a template may add keys."""

    path: str
    at: Location
    kind: Literal["ConfigMap", "Secret"]
    name: str
    namespace: str
    data: Mapping[str, Fact[str]]
    is_complete: bool = True
    overlay: str = ""
