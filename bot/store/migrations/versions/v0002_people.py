"""What people said of our comments, what they accepted, and how far our rounds have come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    "posted",
    "dismissals",
    "accepted",
    "repositories",
    "paused",
    "orders",
    "feedback",
    "marks",
    "resent",
    "ailments",
)


def upgrade() -> None:
    _create_posted()
    _create_dismissals()
    _create_accepted()
    _create_repositories()
    _create_paused()
    _create_orders()
    _create_feedback()
    _create_marks()
    _create_resent()
    _create_ailments()
    op.create_index("reviews_by_head", "reviews", ["head"])


def downgrade() -> None:
    op.drop_index("reviews_by_head", "reviews")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _create_posted() -> None:
    op.create_table(
        "posted",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("lines", sa.String(64), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("is_landed", sa.Boolean(), nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
    )


def _create_dismissals() -> None:
    op.create_table(
        "dismissals",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("lines", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(256), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("dismissed_at", Instant(), nullable=False),
    )


def _create_accepted() -> None:
    op.create_table(
        "accepted",
        sa.Column("forge", sa.String(32), primary_key=True),
        sa.Column("repository", sa.String(384), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(256), nullable=False),
        sa.Column("change_key", sa.String(512), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
    )


def _create_repositories() -> None:
    op.create_table(
        "repositories",
        sa.Column("forge", sa.String(32), primary_key=True),
        sa.Column("repository", sa.String(384), primary_key=True),
        sa.Column("installation", sa.String(64), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("change_key", sa.String(512), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
    )


def _create_paused() -> None:
    op.create_table(
        "paused",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("actor", sa.String(256), nullable=False),
        sa.Column("paused_at", Instant(), nullable=False),
    )


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("name", sa.String(160), primary_key=True),
        sa.Column("delivery", sa.String(128), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
    )


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("change_key", sa.String(512), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
    )
    op.create_index("feedback_by_rule", "feedback", ["rule", "kind"])


def _create_marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("at", Instant(), nullable=False),
    )


def _create_resent() -> None:
    op.create_table(
        "resent",
        sa.Column("forge", sa.String(32), primary_key=True),
        sa.Column("guid", sa.String(128), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("resent_at", Instant(), nullable=False),
    )


def _create_ailments() -> None:
    op.create_table(
        "ailments",
        sa.Column("forge", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(32), primary_key=True),
        sa.Column("subject", sa.String(512), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("is_fatal", sa.Boolean(), nullable=False),
    )
