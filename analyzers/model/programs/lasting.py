"""Programs that run on, and are no command that ends by itself."""

from __future__ import annotations

from analyzers.model.program import Program
from analyzers.model.programs.frameworks import hides_listening


def is_lasting(program: Program) -> bool:
    """It listens, itself or in a framework, or waits for the signal to stop."""
    return program.serves or program.handles_signals or hides_listening(program.code)
