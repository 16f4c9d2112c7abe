"""Processes that a program starts and never asks about."""

from __future__ import annotations

import pytest

from analyzers.model.programs.children import find_unreaped
from tests.analyzers.model.go_source import program

START = 'cmd := exec.Command("dump")\ncmd.Start()\n'


def unreaped(body: str, outside: str = "") -> int:
    source = (
        f'package main\n\nimport (\n\t"os/exec"\n\t"syscall"\n)\n\n{outside}\n\nfunc main() {{\n{body}\n}}\n'
    )
    return len(list(find_unreaped(program("", files={"main.go": source}).code)))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(START + "cmd.Wait()", id="waited for"),
        pytest.param(START + "go func() { cmd.Wait() }()", id="waited for in a goroutine"),
        pytest.param(START + "cmd.Process.Release()", id="let go"),
        pytest.param(START + "cmd.Process.Wait()", id="its process is waited for"),
        pytest.param(START + "keep(cmd)", id="given away"),
        pytest.param(START + "keep(cmd.Process)", id="its process is given away"),
        pytest.param(START + "done <- cmd", id="sent"),
        pytest.param(START + "running = append(running, cmd)", id="kept"),
        pytest.param(START + "job := task{cmd: cmd}", id="in a struct"),
        pytest.param(START + "syscall.Wait4(-1, nil, 0, nil)", id="everything is waited for"),
        pytest.param("timer := clock()\ntimer.Start()", id="something else"),
        pytest.param("a.cmd.Start()", id="a field"),
    ],
)
def test_somebody_waits_or_may(body: str) -> None:
    assert unreaped(body) == 0


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(START, id="nothing"),
        pytest.param(START + "log(cmd.Path)", id="a field is told"),
        pytest.param("cmd := exec.CommandContext(ctx, name)\nif cmd.Start() != nil { return }", id="asked"),
    ],
)
def test_nobody_waits(body: str) -> None:
    assert unreaped(body) == 1
