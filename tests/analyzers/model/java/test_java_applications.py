"""Pools, log configuration and log calls of the Java side of a repository."""

from __future__ import annotations

import pytest

from analyzers.files import MemoryFiles
from analyzers.model.java.application import JavaApplication
from analyzers.model.java.log_calls import is_costly
from analyzers.model.reading.java import read_java_applications
from analyzers.selection import select
from analyzers.sources import Sources

RESOURCES = "src/main/resources"


def applications(files: dict[str, str]) -> tuple[JavaApplication, ...]:
    tree = MemoryFiles({path: text.encode() for path, text in files.items()})
    return read_java_applications(Sources(tree, select(tree.tree).paths))


def only(files: dict[str, str]) -> JavaApplication:
    (found,) = applications(files)
    return found


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pom.xml": "<project/>"},
        {"src/test/java/A.java": "class A { void a(HikariConfig c) { c.setMaximumPoolSize(50); } }"},
        {"src/main/resources/logback-test.xml": "<configuration/>"},
        {"src/main/resources/logback.xml": "<beans/>"},
        {"deploy/application.yaml": "kind: Application"},
        {"examples/application.properties": "a=b"},
        {"A.java": "class A { void a() { b(); } }"},
    ],
    ids=lambda files: next(iter(files), "nothing"),
)
def test_has_none(files: dict[str, str]) -> None:
    assert applications(files) == ()


@pytest.mark.parametrize(
    ("path", "directory"),
    [
        ("services/a/src/main/java/x/A.java", "services/a"),
        ("b/src/main/java/A.java", "b"),
        ("src/main/java/A.java", ""),
        ("c/A.java", "c"),
        ("A.java", ""),
    ],
)
def test_belongs_to_the_nearest_build_file(path: str, directory: str) -> None:
    source = "class A { void a(HikariConfig c) { c.setMaximumPoolSize(50); } }"

    assert only({"services/a/build.gradle.kts": "", path: source}).directory == directory


@pytest.mark.parametrize(
    ("name", "text", "maximum", "timeout", "line", "profile"),
    [
        (
            "application.yml",
            "spring:\n  datasource:\n    hikari:\n      maximum-pool-size: 80\n",
            80,
            None,
            4,
            "",
        ),
        ("application-prod.yml", "spring.datasource.hikari.maximumPoolSize: 80\n", 80, None, 1, "prod"),
        (
            "application.yml",
            "spring.datasource.hikari:\n  maximum-pool-size: ${POOL:50}\n",
            None,
            None,
            2,
            "",
        ),
        (
            "application.yml",
            "a: b\n---\nspring:\n  config.activate.on-profile: dev\n"
            "  datasource.hikari.connection-timeout: 30000\n",
            None,
            30_000,
            5,
            "dev",
        ),
        ("application.properties", "spring.datasource.hikari.maximum-pool-size=60", 60, None, 1, ""),
        ("application.properties", "app.orders.hikari.maximum_pool_size=60", 60, None, 1, ""),
        (
            "hikari.properties",
            "dataSource.user=a\nmaximumPoolSize=70\nconnectionTimeout=@t@\n",
            70,
            None,
            2,
            "",
        ),
        ("application.properties", "#---\nspring.datasource.hikari.maximum-pool-size=60", 60, None, 2, "?"),
    ],
)
def test_reads_pools_of_settings(
    name: str, text: str, maximum: int | None, timeout: int | None, line: int, profile: str
) -> None:
    (pool,) = only({f"{RESOURCES}/{name}": text}).pools

    assert (pool.maximum.value if pool.maximum else None) == maximum
    assert (pool.connection_timeout.value if pool.connection_timeout else None) == timeout
    assert (pool.at.line, pool.profile) == (line, profile)


def test_other_pools_are_not_hikari_s() -> None:
    settings = "spring.datasource.tomcat.maximum-pool-size=60\nmy.connection-timeout=3\n"

    assert only({f"{RESOURCES}/application.properties": settings}).pools == ()


@pytest.mark.parametrize(
    ("statements", "maximum", "timeout", "comment"),
    [
        ("HikariConfig c = new HikariConfig(); c.setMaximumPoolSize(50);", 50, None, ""),
        ("HikariDataSource c = s; c.setMaximumPoolSize(MAX); c.setConnectionTimeout(3000);", 20, 3_000, ""),
        ("var c = new HikariConfig(); c.setMaximumPoolSize(size());", None, None, ""),
        (
            "HikariConfig c = d;\n// measured in May\nc.setMaximumPoolSize(90);",
            90,
            None,
            "// measured in May",
        ),
        ("HikariConfig c = d; c.setMaximumPoolSize(1); c.setMaximumPoolSize(2);", 2, None, ""),
    ],
)
def test_reads_pools_of_source(
    statements: str, maximum: int | None, timeout: int | None, comment: str
) -> None:
    source = f"class A {{ static final int MAX = 20; void a() {{ {statements} }} }}"
    (pool,) = only({"A.java": source}).pools

    assert (pool.maximum.value if pool.maximum else None) == maximum
    assert (pool.connection_timeout.value if pool.connection_timeout else None) == timeout
    assert pool.comment == comment


def test_reads_a_log_configuration() -> None:
    text = """<configuration>
      <include resource="org/springframework/boot/logging/logback/defaults.xml"/>
      <!-- 200 MB a day -->
      <appender name="FILE" class="a.RollingFileAppender"><file>${LOG}/a.log</file></appender>
      <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender">
        <queueSize>8192</queueSize><neverBlock>true</neverBlock><appender-ref ref="FILE"/>
      </appender>
      <springProfile name="prod"><root level="INFO"><appender-ref ref="ASYNC"/></root></springProfile>
      <logger name="audit"><appender-ref ref="FILE"/></logger>
    </configuration>"""
    (logback,) = only({f"{RESOURCES}/logback-spring.xml": text}).logbacks
    file, queue = logback.appender("FILE"), logback.appender("ASYNC")

    assert file
    assert queue
    assert not logback.is_complete
    assert (file.kind, file.comment, file.settings["file"].value) == ("file", "200 MB a day", None)
    assert (queue.kind, queue.refs, queue.settings["queueSize"].value) == ("async", ("FILE",), "8192")
    assert [(ref.logger, ref.appender, ref.profiles, ref.at.line) for ref in logback.refs] == [
        ("ROOT", "ASYNC", "prod", 8),
        ("audit", "FILE", "", 9),
    ]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('log.info("a {}", n);', ("info", "")),
        ('log.debug("a" + "b");', ("debug", "")),
        ("log.warn(MESSAGE);", ("warn", "")),
        ('log.debug("a" + n);', ("debug", "concatenation")),
        ('log.debug(String.format("%s", n));', ("debug", "format")),
        ('log.error(MARKER, "a" + n);', ("error", "concatenation")),
        ("log.trace(n.toString());", ("trace", "call")),
        ("log.debug(() -> n.toString());", ("debug", "")),
    ],
)
def test_tells_how_a_log_message_is_made(statement: str, expected: tuple[str, str]) -> None:
    source = f"@RestController class A {{ final Logger log = x; @GetMapping void a(N n) {{ {statement} }} }}"
    (call,) = only({"A.java": source}).log_calls

    assert (call.level, call.building) == expected
    assert call.in_handler


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('log.debug("a {}", n);', False),
        ('log.debug("a" + n);', True),
        ("log.debug(n.name());", False),
        ("log.debug(n.toString());", True),
        ('log.info("a" + n.name());', False),
        ('log.info("a" + n.toString());', True),
        ('log.warn("a" + n.toString());', False),
    ],
)
def test_tells_what_a_message_costs(statement: str, expected: bool) -> None:
    (call,) = only({"A.java": f"class A {{ final Logger log = x; void a(N n) {{ {statement} }} }}"}).log_calls

    assert is_costly(call) is expected


@pytest.mark.parametrize(
    "source",
    [
        "class A { void a(Audit log) { log.info(1); } }",
        "class A { void a() { log.info(1); } }",
        "import lombok.extern.slf4j.Slf4j; class A { void a(Audit log) { log.info(1); } }",
    ],
)
def test_other_objects_are_no_loggers(source: str) -> None:
    assert applications({"A.java": source}) == ()


def test_lombok_declares_a_logger() -> None:
    source = 'import lombok.extern.slf4j.Slf4j;\n@Slf4j class A { void a() { log.info("x"); } }'

    assert [call.at.line for call in only({"A.java": source}).log_calls] == [2]


def test_what_cannot_be_read_is_noted() -> None:
    tree = MemoryFiles({f"{RESOURCES}/logback.xml": b"<a", "A.java": b"class A { Hikari\0 }"})
    sources = Sources(tree, select(tree.tree).paths)

    assert read_java_applications(sources) == ()
    assert {note.path for note in sources.notes} == {f"{RESOURCES}/logback.xml", "A.java"}
