"""Log messages that are made before the level is known."""

from __future__ import annotations

import pytest

from analyzers.model.programs.eager_logs import find_eager_logs
from tests.analyzers.model.go_source import program

MAIN = """\
package main

import (
\t"context"
\t"fmt"
\t"net/http"

\t"github.com/sirupsen/logrus"
)

func main() {
\tuse(func(r *http.Request) { %s })
}
"""


@pytest.mark.parametrize(
    ("line", "formats"),
    [
        pytest.param('logrus.Debug("a" + "b")', [], id="a constant"),
        pytest.param("logrus.Debug(r.URL)", [], id="no text is made"),
        pytest.param('logrus.Debug(fmt.Sprintf("a"))', [], id="nothing is put in"),
        pytest.param('logrus.Debugf("%v", r.URL)', [], id="the logger formats"),
        pytest.param('logrus.Info(fmt.Sprintf("%v", r.URL))', [], id="a level that is on"),
        pytest.param("logrus.Debug(1 + n)", [], id="a number"),
        pytest.param('if verbose {\n logrus.Debug("a" + r.Host)\n}', [], id="asked first"),
        pytest.param('logrus.Debug("a" + r.Host)', [False], id="a sum"),
        pytest.param('logrus.Trace(fmt.Sprintf("%v", r.URL))', [True], id="a format"),
        pytest.param('logger.DebugContext(ctx, fmt.Sprint("a", r.URL))', [True], id="behind a context"),
        pytest.param('logger.Debug().Str("a", b).Msg("a" + r.Host)', [False], id="at the end of a chain"),
        pytest.param('logger.Info().Msg("a" + r.Host)', [], id="a chain of a level that is on"),
    ],
)
def test_messages_of_a_handler(line: str, formats: list[bool]) -> None:
    found = find_eager_logs(program("", files={"main.go": MAIN % line}).code)
    assert [each.is_formatted for each in found] == formats


@pytest.mark.parametrize(
    ("body", "loops"),
    [
        ('logrus.Debug("a" + b)', []),
        ('for _, b := range names {\n logrus.Debug("a" + b)\n}', []),
        ('for i := 0; i < 3; i++ {\n logrus.Debug("a" + b)\n}', []),
        ('for {\n logrus.Debug("a" + b)\n}', [True]),
        ('for {\n for _, b := range names {\n  logrus.Debug("a" + b)\n }\n}', [True]),
        ('for m := range claim.Messages() {\n logrus.Debug("a" + m)\n}', [True]),
        ('for _, b := range m.Names() {\n logrus.Debug("a" + b)\n}', []),
        ('for rows.Next() {\n logrus.Debug("a" + b)\n}', [True]),
        ('for {\n <-ticker.C\n logrus.Debug("a" + b)\n}', []),
        ('for {\n select {\n case <-ticker.C:\n  logrus.Debug("a" + b)\n }\n}', []),
        ('for {\n time.Sleep(wait)\n logrus.Debug("a" + b)\n}', []),
        ('for {\n if done {\n  logrus.Debug("a" + b)\n  return\n }\n}', []),
        ('for {\n if err != nil {\n  logrus.Debug("a" + b)\n }\n}', []),
        ("place(nil, nil)", [False]),
    ],
)
def test_where_they_are(body: str, loops: list[bool]) -> None:
    text = MAIN.replace("use(func(r *http.Request) { %s })", body) + (
        'func place(ctx context.Context, request *http.PlaceRequest) { logrus.Debug("a" + request.Id) }\n'
    )
    found = find_eager_logs(program("", files={"main.go": text}).code)
    assert [each.in_loop for each in found] == loops
