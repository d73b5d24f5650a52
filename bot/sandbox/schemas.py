"""Validators for parts of one large file, whose components are kept once."""

import functools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonschema_rs

_FILE = "urn:contract"


class OpenApiSchemas:
    """The components of an OpenAPI file, to which its schemas point (`#/components/schemas/…`).

    A validator that carries them itself is a copy of the file: five megabytes for each operation at Discord.
    """

    def __init__(self, components: dict[str, Any]) -> None:
        self._components = components

    def validator(self, schema: dict[str, Any]) -> "jsonschema_rs.Validator":
        """For a schema as it stands in the file, outside its components."""
        # A development dependency: without a contract folder the stand-ins run without it.
        import jsonschema_rs  # noqa: PLC0415 - see the comment above

        return jsonschema_rs.Draft202012Validator(
            _pointing(schema), validate_formats=True, registry=self._registry
        )

    @functools.cached_property
    def _registry(self) -> "jsonschema_rs.Registry":
        import jsonschema_rs  # noqa: PLC0415 - likewise

        return jsonschema_rs.Registry([(_FILE, {"components": self._components})])


def _pointing(schema: Any) -> Any:
    """The schema with its references into its own file pointing there from outside."""
    if isinstance(schema, list):
        return [_pointing(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: f"{_FILE}{value}" if name == "$ref" and isinstance(value, str) else _pointing(value)
        for name, value in schema.items()
    }
