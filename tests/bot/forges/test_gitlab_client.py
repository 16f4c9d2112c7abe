"""Requests to GitLab: how they are counted, and whom they trust."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.errors import NotFound, TryLater
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_connection import template
from bot.forges.gitlab_instance import Instance
from tests.bot.forges.gitlab_stand_in import GitlabStandIn
from tests.bot.forges.gitlab_stand_in.server import TOKEN
from tests.bot.forges.stand_in.server import key_pair


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/projects/acme%2Fshop/merge_requests/12", "/projects/{id}/merge_requests/{number}"),
        ("/projects/7/merge_requests/12/diffs", "/projects/{id}/merge_requests/{number}/diffs"),
        ("/projects/7/repository/files/a%2Fb.txt/raw?ref=1", "/projects/{id}/repository/files/{path}/raw"),
        (f"/projects/7/repository/blobs/{'0a' * 20}/raw", "/projects/{id}/repository/blobs/{sha}/raw"),
        (f"/projects/7/statuses/{'0a' * 20}", "/projects/{id}/statuses/{sha}"),
        (
            f"/projects/7/merge_requests/1/discussions/{'0a' * 20}/notes/8",
            "/projects/{id}/merge_requests/{number}/discussions/{id}/notes/{number}",
        ),
        ("/groups/7/hooks", "/groups/{id}/hooks"),
        ("/api/graphql", "/api/graphql"),
    ],
)
def test_names_and_numbers_are_left_out(path: str, name: str) -> None:
    assert template(path) == name


def certificate(folder: Path) -> Path:
    """Of our own making, for the loopback interface; with its key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key_pair().public_key(), 1, start, start.replace(year=2099))
    signed = made.add_extension(alternative, critical=False).sign(key_pair(), hashes.SHA256())
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key = key_pair().private_bytes(encoding, form, serialization.NoEncryption())
    place = folder / "own.pem"
    place.write_bytes(key + signed.public_bytes(encoding))
    return place


def test_an_authority_of_ones_own_is_trusted_where_it_is_named(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    with GitlabStandIn(own) as stand_in:
        assert Client(Instance(stand_in.url, TOKEN, ca_bundle=str(own))).user_id == "7"
        with pytest.raises(TryLater, match="SSLError"):
            Client(Instance(stand_in.url, TOKEN)).read("/user")


def test_requests_are_told_with_what_came_of_them() -> None:
    heard: list[tuple[str, str, int]] = []
    with GitlabStandIn() as stand_in:
        client = Client(Instance(stand_in.url, TOKEN), lambda *request: heard.append(request))
        client.read("/user")
        with pytest.raises(NotFound):
            client.read("/projects/404")

    assert heard == [("GET", "/user", 200), ("GET", "/projects/{id}", 404)]
