"""Whether a struct's fields may be filled from a file that the program decodes."""

from __future__ import annotations

from functools import cached_property

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.structs import Owner
from analyzers.model.programs.configuration.tags import tags_of

_DECODERS = {
    "yaml": ("gopkg.in/yaml", "sigs.k8s.io/yaml", "github.com/goccy/go-yaml", "go.yaml.in/yaml"),
    "toml": ("github.com/BurntSushi/toml", "github.com/pelletier/go-toml"),
    "mapstructure": ("github.com/spf13/viper", "github.com/mitchellh/mapstructure"),
    "koanf": ("github.com/knadh/koanf",),
}
"""By the tag: the libraries that read it."""
_METHODS = {
    "Unmarshal",
    "UnmarshalStrict",
    "Decode",
    "DecodeFile",
    "UnmarshalWithConf",
    "UnmarshalWithOptions",
}


class FileDecoding:
    """Which kinds of files one program decodes into structs."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def may_fill(self, owner: Owner, name: str) -> bool:
        """Whether a field has a tag for files of a kind that the program decodes."""
        field = next((field for field in owner.struct.fields if field.name == name), None)
        return field is not None and not self._tags.isdisjoint(tags_of(field))

    @cached_property
    def _tags(self) -> frozenset[str]:
        imported = {
            entry.path
            for package in self._code.packages
            for file in package.files.values()
            for entry in file.imports
        }
        has_call = any(True for _ in self._code.named(_METHODS))
        return frozenset(
            tag
            for tag, libraries in _DECODERS.items()
            if has_call and any(path.startswith(libraries) for path in imported)
        )
