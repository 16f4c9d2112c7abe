"""What a comment of ours says once its matter is settled."""

from __future__ import annotations

from collections.abc import Collection

from bot.forges.base import Closing, Thread
from bot.review.markdown import without_suggestions
from bot.review.markers import read_marker, settled_marker


def close_fixed(thread: Thread, head: str) -> Closing:
    """The thread closed as fixed in `head`."""
    return Closing(thread, settled_body(thread.body, f"Fixed in {head[:7]}."))


def close_done(thread: Thread, head: str, ignored: Collection[str]) -> Closing:
    """The thread closed as fixed in `head`, or as ignored there if its fingerprint is among those."""
    if thread.fingerprint in ignored:
        return Closing(thread, settled_body(thread.body, f"Ignored in {head[:7]}."))
    return close_fixed(thread, head)


def settled_body(body: str, verdict: str) -> str:
    """The comment struck through, its marker settled: should the finding come back, it gets a new thread."""
    text = body.rstrip()
    found = read_marker(text)
    if found:
        text = text.rpartition("\n")[0].rstrip()
    first, _, rest = without_suggestions(text).partition("\n")
    struck = f"~~{first.strip()}~~ {verdict}"
    if rest.strip():
        struck += f"\n\n<details><summary>What it said</summary>\n\n{rest.strip()}\n\n</details>"
    return f"{struck}\n\n{settled_marker(found)}" if found else struck
