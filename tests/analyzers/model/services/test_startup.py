"""What a container hands its program: ports and deadlines that the manifest or the image may move."""

from __future__ import annotations

import pytest

from analyzers.model.services.startup import NOT_GIVEN, UNKNOWN, Setting, find_setting
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload


def setting(extra: str = "", image: str = "", variable: str = "", flag: str = "") -> Setting:
    files = {
        "go.mod": module(),
        "main.go": MAIN,
        "Dockerfile": image or dockerfile(),
        "k8s.yaml": workload("web", "acme/web", extra=extra),
    }
    read = repository(files)
    return find_setting(read.deployed[0].container, read.images[0], variable=variable, flag=flag)


def env(name: str, rest: str) -> str:
    return f"          env:\n            - name: {name}\n              {rest}\n"


def args(words: str) -> str:
    return f"          args: {words}\n"


@pytest.mark.parametrize(
    ("extra", "image", "expected"),
    [
        pytest.param("", "", NOT_GIVEN, id="nowhere"),
        pytest.param(env("HOST", "value: x"), "", NOT_GIVEN, id="another variable"),
        pytest.param(env("PORT", "value: ''"), "", UNKNOWN, id="empty"),
        pytest.param(env("PORT", "value: $(OTHER)"), "", UNKNOWN, id="from another variable"),
        pytest.param(
            env("PORT", "valueFrom: {configMapKeyRef: {name: a, key: b}}"), "", UNKNOWN, id="from a ConfigMap"
        ),
        pytest.param(
            "          envFrom: [{configMapRef: {name: a}}]\n",
            "",
            UNKNOWN,
            id="perhaps from a whole ConfigMap",
        ),
        pytest.param(env("PORT", "value: '90'"), "", Setting(True, "90"), id="in the manifest"),
        pytest.param("", dockerfile() + "ENV PORT=80\n", Setting(True, "80"), id="in the image"),
        pytest.param(
            env("PORT", "value: '90'"),
            dockerfile() + "ENV PORT=80\n",
            Setting(True, "90"),
            id="manifest before image",
        ),
    ],
)
def test_a_variable(extra: str, image: str, expected: Setting) -> None:
    assert setting(extra, image, variable="PORT") == expected


@pytest.mark.parametrize(
    ("extra", "image", "expected"),
    [
        pytest.param("", "", NOT_GIVEN, id="nowhere"),
        pytest.param(args("['--ports=1', 'port=2']"), "", NOT_GIVEN, id="other words"),
        pytest.param(args("['--port', '$(PORT)']"), "", UNKNOWN, id="from a variable"),
        pytest.param(env("SHOP_PORT", "value: '90'"), "", UNKNOWN, id="a variable of that name"),
        pytest.param("          command: [sh, -c, '/app -port 1']\n", "", UNKNOWN, id="in a shell"),
        pytest.param("", dockerfile(entry="/app -port 1"), UNKNOWN, id="in the image's shell form"),
        pytest.param("", dockerfile(entry='["/start.sh"]'), UNKNOWN, id="in a script"),
        pytest.param(args("['--port', '90']"), "", Setting(True, "90"), id="two words"),
        pytest.param(args("['-port=90']"), "", Setting(True, "90"), id="one word"),
        pytest.param("", dockerfile() + 'CMD ["-port=80"]\n', Setting(True, "80"), id="in CMD"),
        pytest.param(
            args("[serve]"), dockerfile() + 'CMD ["-port=80"]\n', NOT_GIVEN, id="arguments replace CMD"
        ),
        pytest.param(
            "          command: [/app]\n",
            dockerfile() + 'CMD ["-port=80"]\n',
            NOT_GIVEN,
            id="a command replaces CMD",
        ),
    ],
)
def test_a_flag(extra: str, image: str, expected: Setting) -> None:
    assert setting(extra, image, flag="port") == expected


def test_a_flag_goes_before_a_variable() -> None:
    extra = env("LISTEN", "value: '90'") + args("['-port=80']")
    assert setting(extra, variable="LISTEN", flag="port") == Setting(True, "80")
    assert setting(env("LISTEN", "value: '90'"), variable="LISTEN", flag="port") == Setting(True, "90")
