"""The SBOM (CycloneDX 1.6) of a release, written from the locks and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from bot.model.version import PROJECT, version
from tests.architecture.source_tree import TOP

MARKER: Final = "python:marker"  # where a package is installed only on some machines
_HEAD: Final = re.compile(r"([a-z0-9-]+)==([^\s;\\]+)(?: ; ([^\\]+?))? *\\?$")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass
class LockedPackage:
    """A package as a lock has it. `wanted_by`: other packages; none stands for the project."""

    version: str
    marker: str
    hashes: set[str]
    wanted_by: set[str]


def locked(name: str) -> dict[str, LockedPackage]:
    """The packages of requirements/NAME.txt."""
    found: dict[str, LockedPackage] = {}
    current = LockedPackage("", "", set(), set())
    for line in (TOP / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if match := _HEAD.fullmatch(line):
            current = found[match[1]] = LockedPackage(match[2], match[3] or "", set(), set())
        elif match := _HASH.search(line):
            current.hashes.add(match[1])
        elif line.lstrip().startswith("#"):
            words = line.replace("# via", "#").strip(" #")
            current.wanted_by |= {words} if words and not words.startswith("-") else set()
    return found


def sbom() -> str:
    """Of the wheel with its extras: the same bytes for the same locks and version. No image has `agents`."""
    needed, everything = locked("runtime"), locked("agents")
    project = _project()
    parts = {name: _component(name, one, optional=name not in needed) for name, one in everything.items()}
    bom = Bom(
        components=parts.values(),
        serial_number=uuid5(NAMESPACE_URL, json.dumps(_summary(everything), sort_keys=True)),
        metadata=BomMetaData(component=project, timestamp=released()),
    )
    for name, part in parts.items():
        bom.register_dependency(part, (parts[one] for one in parts if name in everything[one].wanted_by))
    bom.register_dependency(project, (parts[one] for one in sorted(_direct())))
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def released() -> datetime:
    """The day that CHANGELOG.md gives to the newest version."""
    page = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    match = re.search(rf"^## \[{re.escape(version())}\] - (\S+)$", page, re.MULTILINE)
    if match is None:
        raise ValueError(f"CHANGELOG.md says nothing of {version()}")
    return datetime.fromisoformat(match[1]).replace(tzinfo=UTC)


def told(document: str) -> dict[str, tuple[str, str, frozenset[str], str]]:
    """What an SBOM says of each package: version, marker, hashes, scope."""
    found = {}
    for one in json.loads(document)["components"]:
        hashes = (each["content"] for each in _distribution(one)["hashes"])
        marker = next((p["value"] for p in one.get("properties", ()) if p["name"] == MARKER), "")
        found[str(one["name"])] = (str(one["version"]), marker, frozenset(hashes), str(one["scope"]))
    return found


def wanted() -> dict[str, tuple[str, str, frozenset[str], str]]:
    """The same, of the locks."""
    needed = locked("runtime")
    return {
        name: (one.version, one.marker, frozenset(one.hashes), "required" if name in needed else "optional")
        for name, one in locked("agents").items()
    }


def _project() -> Component:
    return Component(
        name=PROJECT,
        version=version(),
        type=ComponentType.APPLICATION,
        bom_ref=PROJECT,
        licenses=[LicenseExpression("MIT AND OFL-1.1")],
        purl=PackageURL("pypi", name=PROJECT, version=version()),
    )


def _component(name: str, one: LockedPackage, *, optional: bool) -> Component:
    purl = PackageURL("pypi", name=name, version=one.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),
        comment="any one of these files, as the lock has it",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in one.hashes],
    )
    return Component(
        name=name,
        version=one.version,
        bom_ref=name,
        scope=ComponentScope.OPTIONAL if optional else ComponentScope.REQUIRED,
        purl=purl,
        external_references=[files],
        properties=[Property(name=MARKER, value=one.marker)] if one.marker else (),
    )


def _direct() -> Iterator[str]:
    """What the project itself asks for: in requirements/*.in, by the names of the locks."""
    for name in ("runtime", "postgres", "telemetry", "agents"):
        for line in (TOP / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("-"):
                yield re.sub(r"[._]", "-", re.split(r"[<>=!~;\[ ]", line)[0].lower())


def _distribution(one: Mapping[str, Any]) -> Mapping[str, Any]:
    [found] = one["externalReferences"]
    return dict(found)


def _summary(packages: Mapping[str, LockedPackage]) -> dict[str, Any]:
    return {
        "version": version(),
        "packages": {name: [one.version, sorted(one.hashes)] for name, one in packages.items()},
    }
