"""What programs are configured by: variables, flags and keys, with their defaults."""

from __future__ import annotations

import pytest

from analyzers.model.programs.configuration.setting import ProgramSetting
from tests.analyzers.model.go_source import program


def told(setting: ProgramSetting) -> tuple[tuple[str, ...], str, str, str | None]:
    return setting.variables, setting.flag, setting.key, setting.default


GET_ENV = """
func getEnv(key, fallback string) string {
\tif value, ok := os.LookupEnv(key); ok { return value }
\treturn fallback
}
func must(target *string, key string) {
\tvalue := os.Getenv(key)
\tif value == "" { panic(key) }
\t*target = value
}
"""


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        pytest.param("x := load(1)", "", id="a function nobody declares"),
        pytest.param("os.Getenv(name)", "", id="a name that cannot be told"),
        pytest.param("getEnv(name, fallback)", GET_ENV, id="a name that a caller does not tell"),
        pytest.param('s.String("a", "b", "c")', "", id="something that is no flag set"),
        pytest.param('viper := local(); viper.GetString("port")', "", id="a variable called viper"),
        pytest.param("env.Parse(config)", "", id="a struct that cannot be told"),
        pytest.param(
            "use(config{})", 'type config struct { Port int `env:"PORT"` }', id="a struct nobody fills"
        ),
        pytest.param("env.Parse(&config{})", "type config struct { Port int }", id="a field without a tag"),
        pytest.param(
            "env.Parse(&config{})",
            'type config struct { port int `env:"PORT"` }',
            id="a field nobody else may fill",
        ),
        pytest.param(
            "envconfig.Process(prefix, &config{})",
            "type config struct { Port int }",
            id="a prefix that cannot be told",
        ),
    ],
)
def test_what_is_no_setting(body: str, outside: str) -> None:
    assert program(body, outside).settings == ()


@pytest.mark.parametrize(
    ("body", "outside", "expected"),
    [
        pytest.param('os.Getenv("PORT")', "", (("PORT",), "", "", None), id="Getenv"),
        pytest.param('v, ok := os.LookupEnv("PORT")', "", (("PORT",), "", "", None), id="LookupEnv"),
        pytest.param(
            "os.Getenv(name)", 'const name = "PORT"', (("PORT",), "", "", None), id="a constant's name"
        ),
        pytest.param(
            'p := os.Getenv("PORT"); if p == "" { p = "80" }', "", (("PORT",), "", "", "80"), id="a fallback"
        ),
        pytest.param('cmp.Or(os.Getenv("PORT"), "80")', "", (("PORT",), "", "", "80"), id="cmp.Or"),
        pytest.param('getEnv("PORT", "80")', GET_ENV, (("PORT",), "", "", "80"), id="through a function"),
        pytest.param('flag.Int("port", 80, "")', "", ((), "port", "", "80"), id="a flag"),
        pytest.param('flag.BoolVar(&b, "tls", true, "")', "", ((), "tls", "", "true"), id="a flag of truth"),
        pytest.param(
            'cmd.Flags().DurationVarP(&d, "wait", "w", 2*time.Second, "")',
            "",
            ((), "wait", "", "2000000000"),
            id="cobra",
        ),
        pytest.param(
            'kingpin.Flag("port", "").Default("80").Envar("PORT").Int()',
            "",
            (("PORT",), "port", "", "80"),
            id="kingpin",
        ),
        pytest.param(
            'use(&cli.IntFlag{Name: "port", EnvVars: []string{"PORT", "HTTP_PORT"}, Value: 80})',
            "",
            (("PORT", "HTTP_PORT"), "port", "", "80"),
            id="urfave",
        ),
        pytest.param(
            'use(&cli.StringFlag{Name: "addr, a", Sources: cli.EnvVars("ADDR")})',
            "",
            (("ADDR",), "addr", "", None),
            id="urfave sources",
        ),
        pytest.param(
            "env.Parse(&config{})",
            'type config struct { Port int `env:"PORT" envDefault:"80"` }',
            (("PORT",), "", "", "80"),
            id="env",
        ),
        pytest.param(
            'env.ParseWithOptions(&config{}, env.Options{Prefix: "APP_"})',
            'type config struct { Web web `envPrefix:"WEB_"` }\ntype web struct { Port int `env:"PORT"` }',
            (("APP_WEB_PORT",), "", "", None),
            id="env with prefixes",
        ),
        pytest.param(
            "env.Parse(&config{})",
            'type config struct { Web Web `envPrefix:"WEB_"` }\ntype Web struct { Port int `env:"PORT"` }',
            (("WEB_PORT",), "", "", None),
            id="env, a field named like its type",
        ),
        pytest.param(
            "cfg, err := env.ParseAs[config]()",
            'type config struct { Port int `env:"PORT" envDefault:"80"` }',
            (("PORT",), "", "", "80"),
            id="env by its type",
        ),
        pytest.param(
            'cfg := env.Must(env.ParseAsWithOptions[config](env.Options{Prefix: "APP_"}))',
            'type config struct { Port int `env:"PORT"` }',
            (("APP_PORT",), "", "", None),
            id="env by its type, with a prefix",
        ),
        pytest.param(
            "goenv.Process(ctx, &config{})",
            'type config struct { Web *web `env:", prefix=WEB_"` }\n'
            'type web struct { Port int `env:"PORT, default=80"` }',
            (("WEB_PORT",), "", "", "80"),
            id="go-envconfig",
        ),
        pytest.param(
            'envconfig.Process("app", &config{})',
            'type config struct { HTTPPort int `split_words:"true" default:"80"` }',
            (("APP_HTTP_PORT",), "", "", "80"),
            id="envconfig",
        ),
        pytest.param(
            'envconfig.MustProcess("app", &config{})',
            'type config struct { Port int `envconfig:"HTTP_PORT"` }',
            (("APP_HTTP_PORT", "HTTP_PORT"), "", "", None),
            id="envconfig with a name of its own",
        ),
        pytest.param(
            'envconfig.Process("app", &config{})',
            "type config struct { HTTP HTTP }\ntype HTTP struct { Port int }",
            (("APP_HTTP_PORT",), "", "", None),
            id="envconfig, a field named like its type",
        ),
        pytest.param(
            'envconfig.Process("", &config{})',
            'type config struct { HTTP2Port int `split_words:"true"` }',
            (("HTT_P2_PORT",), "", "", None),
            id="envconfig cuts words in its own way",
        ),
        pytest.param(
            'envconfig.Process("", &config{})',
            "type config struct { web\n DB struct { Host string } }\ntype web struct {}",
            (("DB_HOST",), "", "", None),
            id="envconfig, a struct without a name",
        ),
        pytest.param(
            "cleanenv.ReadEnv(&config{})",
            'type config struct { Port int `env:"PORT" env-default:"80"` }',
            (("PORT",), "", "", "80"),
            id="cleanenv",
        ),
        pytest.param(
            'cfg := struct { Web struct { APIHost string `conf:"default:0.0.0.0:80"` } }{}\n'
            'conf.Parse("SALES", &cfg)',
            "",
            (("SALES_WEB_API_HOST",), "web-api-host", "", "0.0.0.0:80"),
            id="conf",
        ),
        pytest.param(
            "kong.Parse(&config{})",
            'type config struct { HTTPPort int `env:"PORT" default:"80"` }',
            (("PORT",), "http-port", "", "80"),
            id="kong",
        ),
        pytest.param('k := koanf.New(".")\nk.Int("web.port")', "", ((), "", "web.port", None), id="koanf"),
        pytest.param(
            'viper.SetEnvPrefix("app")\n'
            'viper.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))\nviper.AutomaticEnv()\n'
            'viper.SetDefault("web.port", 80)',
            "",
            (("APP_WEB_PORT",), "", "web.port", "80"),
            id="viper",
        ),
        pytest.param(
            'viper.BindEnv("port", "PORT")\nviper.GetInt("Port")',
            "",
            (("PORT",), "", "port", None),
            id="a bound variable",
        ),
        pytest.param(
            'viper.SetEnvPrefix("app")\nviper.BindEnv("port")\nviper.GetInt("port")',
            "",
            (("APP_PORT",), "", "port", None),
            id="a key bound by its name",
        ),
        pytest.param('viper.GetInt("port")', "", ((), "", "port", None), id="a key without a variable"),
        pytest.param(
            'viper.SetEnvKeyReplacer(replacer())\nviper.AutomaticEnv()\nviper.GetInt("port")',
            "",
            ((), "", "port", None),
            id="a replacer that cannot be told",
        ),
    ],
)
def test_settings(body: str, outside: str, expected: tuple[tuple[str, ...], str, str, str | None]) -> None:
    (setting,) = program(body, outside).settings
    assert told(setting) == expected


def test_flags_that_viper_knows() -> None:
    read = program(
        'pflag.Int("port", 80, "")\n'
        'viper.BindPFlag("web.port", pflag.Lookup("port"))\nviper.GetInt("web.port")'
    )
    assert [told(setting) for setting in read.settings] == [
        ((), "port", "", "80"),
        ((), "port", "web.port", "80"),
    ]


def test_structs_that_viper_fills() -> None:
    fields = 'type config struct { Web web `mapstructure:"http"` }\ntype web struct { Port, Other int }'
    read = program(
        'viper.AutomaticEnv()\nviper.SetDefault("http.port", 80)\nviper.Unmarshal(&config{})', fields
    )
    (setting,) = read.settings
    assert told(setting) == (("HTTP.PORT",), "", "http.port", "80")
    assert setting.target == "example.com/app.web.Port"


@pytest.mark.parametrize(
    ("body", "outside", "is_required"),
    [
        pytest.param('p := os.Getenv("PORT"); use(p)', "", False, id="a plain read"),
        pytest.param('p := os.Getenv("PORT"); if p == "" { log.Print(1) }', "", False, id="only told"),
        pytest.param('p := os.Getenv("PORT"); if p != "" { log.Fatal(p) }', "", False, id="must not be set"),
        pytest.param(
            'p := os.Getenv("PORT"); if strict { if p == "" { log.Fatal(1) } }',
            "",
            False,
            id="only sometimes",
        ),
        pytest.param(
            'if strict { p := os.Getenv("PORT"); if p == "" { log.Fatal(1) } }', "", True, id="once asked for"
        ),
        pytest.param('p := os.Getenv("PORT"); if p == "" { log.Fatal(1) }', "", True, id="the program ends"),
        pytest.param('p, ok := os.LookupEnv("PORT"); if !ok { panic(1) }', "", True, id="it panics"),
        pytest.param('p := os.Getenv("PORT"); if len(p) == 0 { os.Exit(1) }', "", True, id="its length"),
        pytest.param('must(&addr, "PORT")', GET_ENV, True, id="a function that insists"),
        pytest.param(
            "env.Parse(&config{})", 'type config struct { Port int `env:"PORT,required"` }', True, id="env"
        ),
        pytest.param(
            'envconfig.Process("", &config{})',
            'type config struct { Port int `required:"true"` }',
            True,
            id="envconfig",
        ),
        pytest.param(
            'envconfig.Process("", &config{})',
            'type config struct { Port int `required:"true" default:"80"` }',
            False,
            id="envconfig with a default",
        ),
    ],
)
def test_whether_a_variable_must_be_set(body: str, outside: str, is_required: bool) -> None:
    (setting,) = program(body, outside).settings
    assert setting.is_required is is_required


@pytest.mark.parametrize(
    ("body", "outside", "target"),
    [
        pytest.param('port := os.Getenv("PORT")', "", "port", id="a variable"),
        pytest.param('cfg.Port = os.Getenv("PORT")', "", "cfg.Port", id="a field"),
        pytest.param(
            'use(config{Port: os.Getenv("PORT")})',
            "type config struct { Port string }",
            "config.Port",
            id="a literal's field",
        ),
        pytest.param('must(&addr, "PORT")', GET_ENV, "addr", id="what a function fills"),
        pytest.param('flag.StringVar(&cfg.addr, "addr", "", "")', "", "cfg.addr", id="what a flag fills"),
        pytest.param(
            "env.Parse(&config{})",
            'type config struct { Port int `env:"PORT"` }',
            "example.com/app.config.Port",
            id="a tagged field",
        ),
    ],
)
def test_what_a_setting_fills(body: str, outside: str, target: str) -> None:
    (setting,) = program(body, outside).settings
    assert setting.target == target


@pytest.mark.parametrize(
    ("body", "outside", "is_overridable"),
    [
        pytest.param('os.Getenv("PORT")', "", False, id="the environment"),
        pytest.param('godotenv.Load()\nos.Getenv("PORT")', "", True, id="a file of variables"),
        pytest.param('viper.SetDefault("port", 80)', "", False, id="viper without files"),
        pytest.param('viper.ReadInConfig()\nviper.SetDefault("port", 80)', "", True, id="viper with a file"),
        pytest.param('viper.SetDefault("port", 80)\nviper.Set("port", x)', "", True, id="viper, set later"),
        pytest.param(
            "cleanenv.ReadConfig(path, &config{})",
            'type config struct { Port int `env:"PORT"` }',
            True,
            id="cleanenv with a file",
        ),
    ],
)
def test_whether_a_file_may_decide(body: str, outside: str, is_overridable: bool) -> None:
    (setting,) = program(body, outside).settings
    assert setting.is_overridable is is_overridable
