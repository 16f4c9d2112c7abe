"""Who may deliver to us as GitLab, and what a delivery is called."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.errors import Malformed, Rejected
from bot.forges.envelope import Envelope
from bot.forges.gitlab_envelope import GitlabSecrets, open_gitlab, sign_gitlab

BODY = b'{"object_kind": "merge_request"}'
NOW = 1_790_000_000
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_KEY = "whsec_" + "QUFB" * 8
GUID = "5f9b1f2e-0000-4000-8000-000000000001"
EVENT = {"X-Gitlab-Event": "Merge Request Hook"}
TOLD = {**EVENT, "X-Gitlab-Token": "swordfish", "Idempotency-Key": GUID}
TOKENS = GitlabSecrets(tokens=("older", "swordfish"))
BOTH = GitlabSecrets(tokens=("swordfish",), signing=(OTHER_KEY, KEY))


def signed(key: str = KEY, at: int = NOW, body: bytes = BODY, guid: str = GUID) -> dict[str, str]:
    return {
        **EVENT,
        "webhook-id": guid,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,AAAA {sign_gitlab(guid, at, body, key)}",
    }


def opened(headers: Mapping[str, str], secrets: GitlabSecrets) -> Envelope:
    return open_gitlab(headers, BODY, secrets=secrets, now=lambda: NOW)


@pytest.mark.parametrize(
    ("headers", "secrets"),
    [
        pytest.param(EVENT, TOKENS, id="no token"),
        pytest.param({**TOLD, "X-Gitlab-Token": "guess"}, TOKENS, id="another token"),
        pytest.param({**TOLD, "X-Gitlab-Token": "é"}, TOKENS, id="not ASCII"),
        pytest.param({**TOLD, "X-Gitlab-Token": ""}, GitlabSecrets(tokens=("",)), id="an empty token"),
        pytest.param(TOLD, GitlabSecrets(), id="no secret at all"),
        pytest.param(signed("whsec_" + "QkJC" * 8), BOTH, id="another key"),
        pytest.param(signed(body=b"{}"), BOTH, id="another body"),
        pytest.param({**signed(), "webhook-id": "another"}, BOTH, id="another name"),
        pytest.param(signed(at=NOW - 301), BOTH, id="signed too long ago"),
        pytest.param(signed(at=NOW + 301), BOTH, id="signed in the future"),
        pytest.param({**signed(), "webhook-timestamp": "soon"}, BOTH, id="signed at no time"),
        pytest.param({**signed(OTHER_KEY[:-4] + "QkJC"), **TOLD}, BOTH, id="wrongly signed, with a token"),
        pytest.param(signed(), TOKENS, id="signed, but we know no key"),
    ],
)
def test_others_are_rejected(headers: Mapping[str, str], secrets: GitlabSecrets) -> None:
    with pytest.raises(Rejected):
        opened(headers, secrets)


@pytest.mark.parametrize(
    ("headers", "secrets"),
    [
        pytest.param(TOLD, TOKENS, id="a token"),
        pytest.param({**TOLD, "X-Gitlab-Token": "older"}, TOKENS, id="the token before"),
        pytest.param(TOLD, BOTH, id="a token, where signatures are known too"),
        pytest.param(signed(), BOTH, id="a signature"),
        pytest.param(signed(OTHER_KEY), BOTH, id="a signature with the other key"),
        pytest.param(signed(at=NOW - 300), BOTH, id="a slow delivery"),
    ],
)
def test_ours_are_let_in_under_their_name(headers: Mapping[str, str], secrets: GitlabSecrets) -> None:
    assert opened(headers, secrets) == Envelope("merge_request", GUID)


def test_the_signature_is_the_one_the_standard_shows() -> None:
    """The example of https://docs.svix.com/receiving/verifying-payloads/how-manual."""
    body, guid = b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek"

    assert sign_gitlab(guid, 1_614_265_330, body, KEY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("headers", "guid"),
    [
        pytest.param({"Idempotency-Key": "k-1", "X-Gitlab-Event-UUID": "u-1"}, "k-1", id="by the key"),
        pytest.param({"X-Gitlab-Event-UUID": "u-1"}, "u-1-", id="by event and body on older versions"),
        pytest.param({}, "body-", id="by the body where nothing else is told"),
        pytest.param({"Idempotency-Key": "no key"}, "body-", id="by the body where the key is none"),
    ],
)
def test_a_delivery_keeps_its_name(headers: Mapping[str, str], guid: str) -> None:
    token = {**EVENT, "X-Gitlab-Token": "swordfish"}
    names = {opened({**token, **headers}, TOKENS).guid for _ in range(2)}

    assert len(names) == 1
    assert names.pop().startswith(guid)


@pytest.mark.parametrize("event", ["", "Merge Request", "Hook", "x" * 99 + " Hook"])
def test_no_event_is_told(event: str) -> None:
    with pytest.raises(Malformed):
        opened({**TOLD, "X-Gitlab-Event": event}, TOKENS)
