"""Which forges a worker reviews for: those in the settings, all at once."""

from __future__ import annotations

from pathlib import Path

from bot.forge_settings import LocalSettings
from bot.gitlab_settings import GitLabSettings
from bot.settings import Settings
from bot.store.database import open_database
from bot.work import create_work
from tests.bot.webhooks import GITHUB
from tests.bot.whole_road.road import empty_advisories


def test_both_forges_and_several_instances_work_side_by_side(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/bot.db",
        github=GITHUB,
        gitlabs=(
            GitLabSettings("gitlab", "glpat-one", ("secret",)),
            GitLabSettings("gitlab-lab", "glpat-two", ("secret",), url="https://git.example.com/code"),
        ),
        local=LocalSettings(tmp_path, ("secret",)),
        govulndb=empty_advisories(tmp_path),
    )
    engine = open_database(settings.database_url)
    work = create_work(settings, engine)
    engine.dispose()

    assert set(work.desks) == {"github", "gitlab", "gitlab-lab", "local"}
