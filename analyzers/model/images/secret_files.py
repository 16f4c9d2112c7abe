"""Files of the repository that hold a secret, judged by what is in them and not by their name alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from analyzers.finding import Location
from analyzers.model.image import Copy, Image, Stage
from analyzers.model.scope import is_deployed
from analyzers.model.services.carrying import places_in_image
from analyzers.model.services.copy_sources import copied_from_repository
from analyzers.parsers.connection_string import find_credentials
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.selection import is_secret_side
from analyzers.sources import Sources

_PRIVATE_KEY = re.compile(r"-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH) )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{100}")
_SETTING = re.compile(r"(?:export[ \t]+)?(?P<name>[A-Za-z_]\w{0,100})[ \t]*=[ \t]*(?P<value>.*)")
_SECRET_NAME = re.compile(
    r"(?:.*_)?(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY|API_?KEY|ACCESS_KEY"
    r"|TOKEN|AUTH_KEY|CLIENT_SECRET|SIGNING_KEY|ENCRYPTION_KEY)",
    re.I,
)
_STAND_IN = re.compile(
    r"[xX*.#?_-]+|(?i:.*(?:change|replace|example|sample|dummy|fake|placeholder|your|insert|todo|test|secret|passw"
    r"|admin|local|default|1234|foo|bar|demo|none|null|true|false"
    r"|postgres|mysql|mongo|redis|rabbit|guest|root|minio|docker|qwerty).*)"
)
_SHORTEST = 8
"""A shorter value is one that is tried first, or protects nothing."""


@light_value
class SecretFile:
    """`at` is the setting's name, or the key's first line; `what` says what is there."""

    path: str
    at: Location
    what: str


def find_secret_files(sources: Sources) -> Iterator[SecretFile]:
    """Environment files that set a password or token, and private keys; not those of tests and examples."""
    for path in sources.paths:
        if is_secret_side(path) and is_deployed(path):
            text = (sources.content(path) or b"").decode("utf-8", "replace")
            is_env = posixpath.basename(path).startswith(".env") or path.endswith(".env")
            found = _in_settings(path, text) if is_env else _key(path, text)
            if found:
                yield found


def _key(path: str, text: str) -> SecretFile | None:
    found = _PRIVATE_KEY.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return SecretFile(path, Location(path, Span(line, 1, line, 6)), "a private key")


def _in_settings(path: str, text: str) -> SecretFile | None:
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) < 4_096 and (setting := _SETTING.match(line.strip())):
            name, value = setting["name"], setting["value"].strip().strip("\"'")
            if _is_secret(name, value):
                start = line.index(name) + 1
                at = Location(path, Span(number, start, number, start + len(name)))
                return SecretFile(path, at, f"`{name}`")
    return None


def _is_secret(name: str, value: str) -> bool:
    credentials = find_credentials(value)
    if credentials is not None:
        return not credentials.is_well_known and not _STAND_IN.fullmatch(credentials.password)
    if not _SECRET_NAME.fullmatch(name) or len(value) < _SHORTEST or re.search(r"[\s$<{]", value):
        return False
    return not _STAND_IN.fullmatch(value) and not value.startswith("/") and value.lower() not in name.lower()


def carried_into(image: Image, path: str) -> Copy | None:
    """The COPY from the build context by which a file of the repository gets into the image that ships."""
    inside = posixpath.relpath(path, image.context or ".")
    if inside.startswith("../") or image.ignores(inside) is not False:
        return None
    for stage in image.used_stages:
        for copy in stage.copies:
            place = _place(copy, image.context, path)
            if place and not _removes(stage, place) and places_in_image(image, stage, place):
                return copy
    return None


def _place(copy: Copy, context: str, path: str) -> str | None:
    """Where a COPY puts a file of the repository; None where it does not."""
    target = copy.resolved_target
    if not target or (copy.is_add and "://" in "".join(copy.sources)):
        return None
    for source in copied_from_repository(copy, context):
        if not source or path.startswith(f"{source}/"):
            return posixpath.normpath(posixpath.join(target, posixpath.relpath(path, source or ".")))
        if path == source or fnmatchcase(path, source):
            is_folder = copy.target.endswith(("/", ".")) or len(copy.sources) > 1 or path != source
            return posixpath.join(target, posixpath.basename(path)) if is_folder else target
    return None


def _removes(stage: Stage, place: str) -> bool:
    """A build stage takes it away again; in the last one its layer stays."""
    name = posixpath.basename(place)
    commands = (command for run in stage.runs for command in run.commands)
    return not stage.is_final and any(
        command.name == "rm" and any(name in word for word in command.words) for command in commands
    )
