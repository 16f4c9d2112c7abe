"""The tables, as they stand after the newest migration."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.instant import Instant

metadata = sa.MetaData()

deliveries = sa.Table(
    "deliveries",
    metadata,
    # Arrival order. Which head is the newest is decided by it, never by the queue's own order.
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
    sa.Column("guid", sa.String(128), nullable=False, unique=True),
    sa.Column("forge", sa.String(32), nullable=False),
    sa.Column("event", sa.String(64), nullable=False),
    sa.Column("change_key", sa.String(512), nullable=False),
    sa.Column("installation", sa.String(64), nullable=False),
    sa.Column("trigger", sa.String(16), nullable=False),
    # What `bot.store.requests.encode` keeps of the payload.
    sa.Column("request", sa.JSON(), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    # The job that may act on the row. An older job that wakes up late finds another name here and stops.
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
    sa.Index("deliveries_by_change", "change_key", "seq"),
    sa.Index("deliveries_by_state", "state"),
    sqlite_autoincrement=True,
)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("change_key", sa.String(512), nullable=False),
    sa.Column("forge", sa.String(32), nullable=False),
    sa.Column("repository", sa.String(384), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    sa.Column("base", sa.String(64), nullable=False),
    sa.Column("delivery_guid", sa.String(128)),
    sa.Column("conclusion", sa.String(16), nullable=False),
    # The long columns come last: what stands before them is read without them.
    sa.Column("seconds", sa.Float(), nullable=False),
    sa.Column("created_at", Instant(), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("summary", sa.Text(), nullable=False),
    sa.Column("report", sa.JSON(), nullable=False),
    sa.Index("reviews_by_change", "change_key", "created_at"),
    sa.Index("reviews_by_outcome", "forge", "conclusion"),
    sa.Index("reviews_by_head", "head"),
)

local_threads = sa.Table(
    "local_threads",
    metadata,
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
    sa.Index("local_threads_by_change", "change_key", "created_at"),
)

local_summaries = sa.Table(
    "local_summaries",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("head", sa.String(64), primary_key=True),
    sa.Column("conclusion", sa.String(16), nullable=False),
    sa.Column("title", sa.Text(), nullable=False),
    sa.Column("body", sa.Text(), nullable=False),
    sa.Column("annotations", sa.JSON(), nullable=False),
    sa.Column("updated_at", Instant(), nullable=False),
)

blocked = sa.Table(
    "blocked",
    metadata,
    sa.Column("forge", sa.String(32), primary_key=True),
    sa.Column("installation", sa.String(64), primary_key=True),
    sa.Column("until", Instant(), nullable=False),
)
"""Installations whose forge told us to wait. Nothing is started for them before `until`."""

posted = sa.Table(
    "posted",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("fingerprint", sa.String(128), primary_key=True),
    sa.Column("rule", sa.String(128), nullable=False),
    sa.Column("path", sa.Text(), nullable=False),
    # A digest of the flagged lines' text: a dismissal ends when they change.
    sa.Column("lines", sa.String(64), nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    # False from before the post until its answer: then nobody knows yet whether it is there.
    sa.Column("is_landed", sa.Boolean(), nullable=False),
    sa.Column("posted_at", Instant(), nullable=False),
)
"""The comments we opened and have not settled. One that the forge no longer shows was deleted by a person."""

dismissals = sa.Table(
    "dismissals",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("fingerprint", sa.String(128), primary_key=True),
    # resolved, deleted, ignored or false-positive.
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("rule", sa.String(128), nullable=False),
    # As in `posted`; empty where the dismissal holds whatever becomes of the lines.
    sa.Column("lines", sa.String(64), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("actor", sa.String(256), nullable=False),
    # The conversation it was about, by the name a reply calls it; empty where there was none.
    sa.Column("thread", sa.String(64), nullable=False),
    sa.Column("dismissed_at", Instant(), nullable=False),
)
"""What people said no to, on one change."""

accepted = sa.Table(
    "accepted",
    metadata,
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
"""The baseline of a repository: what people accepted as known, on all its changes."""

repositories = sa.Table(
    "repositories",
    metadata,
    sa.Column("forge", sa.String(32), primary_key=True),
    sa.Column("repository", sa.String(384), primary_key=True),
    sa.Column("installation", sa.String(64), nullable=False),
    # How many problems its base had when we first looked.
    sa.Column("known", sa.Integer(), nullable=False),
    # The change on which they were told: told again only there.
    sa.Column("change_key", sa.String(512), nullable=False),
    sa.Column("first_seen_at", Instant(), nullable=False),
)
"""The repositories we have reviewed."""

paused = sa.Table(
    "paused",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("actor", sa.String(256), nullable=False),
    sa.Column("paused_at", Instant(), nullable=False),
)
"""Changes on which we are to keep quiet."""

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("name", sa.String(160), primary_key=True),
    # The delivery that brought it: tried again, it is no second order.
    sa.Column("delivery", sa.String(128), nullable=False),
    sa.Column("ordered_at", Instant(), nullable=False),
)
"""When a command was last obeyed on a change, for those that are obeyed only so often."""

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("change_key", sa.String(512), primary_key=True),
    sa.Column("fingerprint", sa.String(128), primary_key=True),
    # up, down, false-positive, ignored.
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("rule", sa.String(128), nullable=False),
    sa.Column("count", sa.Integer(), nullable=False),
    sa.Column("given_at", Instant(), nullable=False),
    sa.Index("feedback_by_rule", "rule", "kind"),
)
"""What readers thought of our comments."""

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("name", sa.String(128), primary_key=True),
    sa.Column("at", Instant(), nullable=False),
)
"""How far a round has come, so that the next one begins there."""

resent = sa.Table(
    "resent",
    metadata,
    sa.Column("forge", sa.String(32), primary_key=True),
    sa.Column("guid", sa.String(128), primary_key=True),
    sa.Column("times", sa.Integer(), nullable=False),
    sa.Column("resent_at", Instant(), nullable=False),
)
"""Missed deliveries that we had sent again: after a few times we let them go."""

ailments = sa.Table(
    "ailments",
    metadata,
    sa.Column("forge", sa.String(32), primary_key=True),
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("subject", sa.String(512), primary_key=True),
    sa.Column("words", sa.Text(), nullable=False),
    sa.Column("at", Instant(), nullable=False),
    sa.Column("is_fatal", sa.Boolean(), nullable=False),
)
"""What is wrong with our accounts, as the forges told last."""
