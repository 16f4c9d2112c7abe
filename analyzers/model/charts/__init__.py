"""Helm charts: their files, their values, and templates with what those values decide filled in."""

from analyzers.model.charts.chart import Chart, Dependency
from analyzers.model.charts.release import Release

__all__ = ["Chart", "Dependency", "Release"]
