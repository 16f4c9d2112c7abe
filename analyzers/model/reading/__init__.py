"""Reads each kind of file of a repository into its model, one kind a file."""

from analyzers.model.reading.argument_images import read_argument_images
from analyzers.model.reading.builds import read_builds, read_compose_files
from analyzers.model.reading.charts import Charts
from analyzers.model.reading.images import read_images
from analyzers.model.reading.java import read_java_applications
from analyzers.model.reading.makefiles import read_makefile_commands, read_makefiles
from analyzers.model.reading.manifests import read_manifest_files
from analyzers.model.reading.modules import read_modules
from analyzers.model.reading.pipelines import read_pipelines
from analyzers.model.reading.programs import read_program_files
from analyzers.model.reading.releases import read_releases, release_builds
from analyzers.model.reading.scripts import read_scripts
from analyzers.model.reading.standard_libraries import read_standard_libraries

__all__ = [
    "Charts",
    "read_argument_images",
    "read_builds",
    "read_compose_files",
    "read_images",
    "read_java_applications",
    "read_makefile_commands",
    "read_makefiles",
    "read_manifest_files",
    "read_modules",
    "read_pipelines",
    "read_program_files",
    "read_releases",
    "read_scripts",
    "read_standard_libraries",
    "release_builds",
]
