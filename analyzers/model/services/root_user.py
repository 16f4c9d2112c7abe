"""Who a service's containers run as, and what a service does that only root may."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from analyzers.model.image import Stage
from analyzers.model.images.base_image import user_under
from analyzers.model.modules.builds import lineage
from analyzers.model.program import Program
from analyzers.model.script import Script
from analyzers.model.scripts.starting import script_of_image
from analyzers.model.service import Deployed, Service
from analyzers.model.workload import Container

LAST_PRIVILEGED_PORT = 1023
HOMES = ("/root/", "/home/")
"""Folders that only their owners may enter."""
_DROPPING = frozenset({"gosu", "su-exec", "setpriv", "su", "sudo", "chroot", "runuser", "s6-svscan", "init"})
"""Programs that go on as another user."""
_TOOLS_OF_ROOT = frozenset(
    (
        *(
            "iptables",
            "nftables",
            "ipset",
            "iproute2",
            "fuse",
            "fuse3",
            "nfs-utils",
            "nfs-common",
            "cifs-utils",
        ),
        *(
            "e2fsprogs",
            "xfsprogs",
            "lvm2",
            "cryptsetup",
            "kmod",
            "openvpn",
            "wireguard-tools",
            "cron",
            "dcron",
        ),
        *(
            "docker",
            "docker-cli",
            "docker.io",
            "podman",
            "buildah",
            "runc",
            "containerd",
            "libpcap",
            "tcpdump",
        ),
        *(
            "setcap",
            "libcap",
            "libcap2-bin",
            "systemd",
            "udev",
            "openssh-server",
            "sudo",
            "qemu-img",
            "bpftool",
        ),
    )
)
"""Packages and commands for mounts, networks, devices and other users."""
_MODULES_OF_ROOT = re.compile(
    r"github\.com/(?:vishvananda/netlink|cilium/ebpf|containerd/.*|google/nftables|coreos/go-iptables|docker/docker"
    r"|moby/moby|google/gopacket|gopacket/gopacket|opencontainers/runc|container-storage-interface/spec|hanwen/go-fuse"
    r"|jacobsa/fuse|songgao/water|fsnotify/fanotify|iovisor/gobpf|aquasecurity/libbpfgo)(?:/.*)?"
    r"|bazil\.org/fuse|k8s\.io/(?:mount-utils|utils/mount|kubelet)(?:/.*)?|tailscale\.com/.*"
    r"|golang\.zx2c4\.com/wireguard(?:/.*)?"
)
_CALLS_OF_ROOT = tuple(
    f"{package}.{name}"
    for package in ("syscall", "golang.org/x/sys/unix")
    for name in ("Setuid", "Setgid", "Setreuid", "Setresuid", "Mount", "Unmount", "Chroot", "Mknod", "Reboot")
)


def ends_as_root(stage: Stage) -> bool:
    """Its containers are root's for sure where nobody says otherwise."""
    if stage.user is None:
        return user_under(stage) == "root"
    user = stage.user.value
    return user is not None and user.partition(":")[0] in ("root", "0")


def may_need_root(service: Service, scripts: Mapping[str, Script]) -> bool:
    """By its ports, tools, libraries or volumes; or its start goes on as another user, or is not known."""
    image = service.image
    if image is None:
        return True
    final = image.final
    if any(port.value is None or port.value <= LAST_PRIVILEGED_PORT for port in final.exposes):
        return True
    commands = (command for stage in lineage(final) for run in stage.runs for command in run.commands)
    words = {word for command in commands for word in command.words}
    if not _TOOLS_OF_ROOT.isdisjoint(words) or _may_drop(service, scripts):
        return True
    on_nodes = any(_is_on_nodes(item) for item in service.deployed)
    return on_nodes or (service.program is not None and _does_what_root_may(service.program))


def _may_drop(service: Service, scripts: Mapping[str, Script]) -> bool:
    image = service.image
    entry = (image.final.entrypoint or image.final.cmd) if image else None
    if image is None or entry is None:
        return True
    words = entry.words or tuple(word for command in entry.commands for word in command.written)
    names = set(map(posixpath.basename, words))
    if not names.isdisjoint(_DROPPING):
        return True
    script = script_of_image(image, scripts)
    if script is not None:
        commands = {name for c in script.commands for name in map(posixpath.basename, c.written[:1])}
        return not (commands | {c.name for c in script.commands}).isdisjoint(_DROPPING)
    return any(name.endswith((".sh", ".bash")) or "entrypoint" in name for name in names)


def _does_what_root_may(program: Program) -> bool:
    return (
        any(_MODULES_OF_ROOT.fullmatch(path) for path in program.imports)
        or any(program.calls(*_CALLS_OF_ROOT))
        or any(0 < (listen.port or 0) <= LAST_PRIVILEGED_PORT for listen in program.listens)
    )


def _is_on_nodes(item: Deployed) -> bool:
    """It works on the machine below: with its files, or once on each."""
    return item.workload.kind == "DaemonSet" or any(
        volume.kind == "hostPath" for volume in item.workload.volumes
    )


def user_of(container: Container) -> Literal["root", "other", "unsaid", "unknown"]:
    """Who the workload makes a container run as."""
    user, must = container.user, container.must_be_non_root
    if (user and user.value) or (must and must.value):
        return "other"
    if (user and user.value is None) or (must and must.value is None) or not container.is_complete:
        return "unknown"
    return "root" if user else "unsaid"


def may_be_run_elsewhere(deployed: Iterable[Deployed], claimed: Iterable[Deployed]) -> bool:
    """A container of an image that is not known may be this service's, and makes it run as another user."""
    known = {item.container.at for item in claimed}
    return any(
        (item.container.image is None or item.container.image.value is None)
        and item.container.at not in known
        and user_of(item.container) in ("other", "unknown")
        for item in deployed
    )
