"""Reads each kind of file of a repository into its model, one kind a file."""

from analyzers.model.reading.builds import read_composes
from analyzers.model.reading.images import read_images
from analyzers.model.reading.manifests import read_manifest_files
from analyzers.model.reading.modules import read_modules
from analyzers.model.reading.pipelines import read_pipelines
from analyzers.model.reading.programs import read_program_files

__all__ = [
    "read_composes",
    "read_images",
    "read_manifest_files",
    "read_modules",
    "read_pipelines",
    "read_program_files",
]
