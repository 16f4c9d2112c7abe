"""The ledger of deliveries, the reviews, and what the local forge shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_deliveries()
    _create_reviews()
    _create_local_threads()
    _create_local_summaries()
    _create_blocked()


def downgrade() -> None:
    for table in ("blocked", "local_summaries", "local_threads", "reviews", "deliveries"):
        op.drop_table(table)


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("guid", sa.String(128), nullable=False, unique=True),
        sa.Column("forge", sa.String(32), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("change_key", sa.String(512), nullable=False),
        sa.Column("installation", sa.String(64), nullable=False),
        sa.Column("trigger", sa.String(16), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("job_id", sa.String(160), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_forced", sa.Boolean(), nullable=False),
        sa.Column("next_try_at", Instant()),
        sa.Column("error", sa.Text()),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("started_at", Instant()),
        sa.Column("finished_at", Instant()),
        sa.Column("review_id", sa.String(64)),
        sqlite_autoincrement=True,
    )
    op.create_index("deliveries_by_change", "deliveries", ["change_key", "seq"])
    op.create_index("deliveries_by_state", "deliveries", ["state"])


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("change_key", sa.String(512), nullable=False),
        sa.Column("forge", sa.String(32), nullable=False),
        sa.Column("repository", sa.String(384), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("delivery_guid", sa.String(128)),
        sa.Column("conclusion", sa.String(16), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
    )
    op.create_index("reviews_by_change", "reviews", ["change_key", "created_at"])
    op.create_index("reviews_by_outcome", "reviews", ["forge", "conclusion"])


def _create_local_threads() -> None:
    op.create_table(
        "local_threads",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("change_key", sa.String(512), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("start_line", sa.Integer()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("resolved_at", Instant()),
        sa.Column("created_at", Instant(), nullable=False),
    )
    op.create_index("local_threads_by_change", "local_threads", ["change_key", "created_at"])


def _create_local_summaries() -> None:
    op.create_table(
        "local_summaries",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("head", sa.String(64), primary_key=True),
        sa.Column("conclusion", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("annotations", sa.JSON(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
    )


def _create_blocked() -> None:
    op.create_table(
        "blocked",
        sa.Column("forge", sa.String(32), primary_key=True),
        sa.Column("installation", sa.String(64), primary_key=True),
        sa.Column("until", Instant(), nullable=False),
    )
