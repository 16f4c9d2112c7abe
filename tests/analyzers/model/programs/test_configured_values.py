"""Ports and waits that come from a configuration library."""

from __future__ import annotations

import pytest

from tests.analyzers.model.go_source import program

SERVE = "srv := &http.Server{Addr: %s}\nsrv.ListenAndServe()"
CONFIG = "type config struct { Web web; Admin web }\ntype web struct { Addr string }"


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param(
            'viper.SetDefault("addr", ":80")\n' + SERVE % 'viper.GetString("addr")',
            "",
            (80, "", ""),
            id="viper's default",
        ),
        pytest.param(
            'viper.AutomaticEnv()\nviper.SetDefault("port", 80)\n'
            + SERVE % 'fmt.Sprintf(":%d", viper.GetInt("port"))',
            "",
            (80, "PORT", ""),
            id="viper's variable",
        ),
        pytest.param(
            'viper.AutomaticEnv()\nviper.ReadInConfig()\nviper.SetDefault("addr", ":80")\n'
            + SERVE % 'viper.GetString("addr")',
            "",
            (None, "ADDR", ""),
            id="a file may have another default",
        ),
        pytest.param(
            "var cfg config\nenv.Parse(&cfg)\n" + SERVE % "cfg.Web.Addr",
            'type config struct { Web web `envPrefix:"WEB_"` }\n'
            'type web struct { Addr string `env:"ADDR" envDefault:":80"` }',
            (80, "WEB_ADDR", ""),
            id="a prefix",
        ),
        pytest.param(
            "var cfg config\nenv.Parse(&cfg)\n" + SERVE % "cfg.Web.Addr",
            'type config struct { Web web `envPrefix:"WEB_"`; Admin web `envPrefix:"ADMIN_"` }\n'
            'type web struct { Addr string `env:"ADDR"` }',
            (None, "", ""),
            id="one struct at two prefixes",
        ),
        pytest.param(
            'cfg := struct { Web struct { Host string `conf:"default:0.0.0.0:80"` }; '
            "Other struct { Host string } }{}\n"
            'conf.Parse("APP", &cfg)\n' + SERVE % "cfg.Web.Host",
            "",
            (80, "APP_WEB_HOST", "web-host"),
            id="a struct without a name",
        ),
        pytest.param(
            'cfg := config{Addr: ":80"}\nyaml.Unmarshal(text, &cfg)\n' + SERVE % "cfg.Addr",
            'type config struct { Addr string `yaml:"addr"` }',
            (None, "", ""),
            id="a file may fill the field",
        ),
        pytest.param(
            'cfg := config{Addr: ":80"}\n' + SERVE % "cfg.Addr",
            'type config struct { Addr string `yaml:"addr"` }',
            (80, "", ""),
            id="no file is read",
        ),
        pytest.param(
            'addr := kingpin.Flag("addr", "").Default(":80").Envar("ADDR").String()\n' + SERVE % "*addr",
            "",
            (80, "ADDR", "addr"),
            id="kingpin",
        ),
        pytest.param(
            'use(&cli.StringFlag{Name: "addr", EnvVars: []string{"ADDR"}, Value: ":80"})\nrun(nil)',
            "func run(c *cli.Context) {\n" + SERVE % 'c.String("addr")' + "\n}",
            (80, "ADDR", "addr"),
            id="urfave",
        ),
    ],
)
def test_configured_ports(body: str, outside: str, expected: tuple[int | None, str, str]) -> None:
    (listen,) = program(body, outside).listens
    assert (listen.port, listen.variable, listen.flag) == expected


def test_a_configured_wait() -> None:
    fields = 'type config struct { Grace time.Duration `env:"GRACE" envDefault:"15s"` }'
    body = (
        "srv := &http.Server{}\ncfg := config{}\nenv.Parse(&cfg)\n"
        "ctx, cancel := context.WithTimeout(context.Background(), cfg.Grace)\n"
        "defer cancel()\nsrv.Shutdown(ctx)"
    )
    (shutdown,) = program(body, fields).shutdowns
    assert (shutdown.seconds, shutdown.variable) == (15, "GRACE")
