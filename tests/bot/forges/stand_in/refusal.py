"""How the stand-in says no."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """A status of 400 and above, with GitHub's way of telling why."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: list[object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
        self.body: dict[str, object] = {"message": message, "status": str(status)}
        if errors is not None:
            self.body["errors"] = errors
