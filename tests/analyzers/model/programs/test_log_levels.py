"""Levels that a program logs at."""

from __future__ import annotations

import pytest

from analyzers.model.programs.log_levels import find_fixed_levels
from tests.analyzers.model.go_source import program

IMPORTS = (
    'import (\n"log/slog"\n"github.com/sirupsen/logrus"\n"github.com/rs/zerolog"\n"go.uber.org/zap"\n)\n'
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("logrus.SetLevel(level())", [], id="read from somewhere"),
        pytest.param("if v { logrus.SetLevel(logrus.DebugLevel) }", [], id="under a condition"),
        pytest.param("logrus.SetLevel(logrus.InfoLevel); logrus.SetLevel(level())", [], id="set again"),
        pytest.param("_ = slog.HandlerOptions{Level: level}", [], id="a variable"),
        pytest.param("_ = slog.HandlerOptions{}", [], id="none"),
        pytest.param("x.Set(slog.Duration)", [], id="no level"),
        pytest.param("logrus.SetLevel(logrus.DebugLevel)", [("logrus", "debug")], id="logrus"),
        pytest.param("l := logrus.New(); l.SetLevel(logrus.WarnLevel)", [("logrus", "warn")], id="a logger"),
        pytest.param("_ = slog.HandlerOptions{Level: slog.LevelInfo}", [("slog", "info")], id="slog"),
        pytest.param("zap.NewAtomicLevelAt(zap.DebugLevel)", [("zap", "debug")], id="zap"),
        pytest.param(
            "zerolog.SetGlobalLevel(zerolog.TraceLevel); logrus.SetLevel(level())",
            [("zerolog", "trace")],
            id="another library may be told",
        ),
    ],
)
def test_levels_that_nothing_decides(body: str, expected: list[tuple[str, str]]) -> None:
    found = find_fixed_levels(program(body, IMPORTS).code)
    assert [(each.library, each.level) for each in found] == expected
