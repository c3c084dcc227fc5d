"""A BagIt bag (RFC 8493): files below ``data/``, and beside it the digest that each has to have."""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha512
from pathlib import Path

from newsarchive.build.pool import Pool

PAYLOAD = "data"
MANIFEST = "manifest-sha512.txt"
TAGMANIFEST = "tagmanifest-sha512.txt"
INFO = "bag-info.txt"
BATCH = 256  # files that a worker reads at a time
_DECLARED = {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}

_ESCAPES = {"%": "%25", "\n": "%0A", "\r": "%0D"}  # and no others, says the RFC
_SPECIAL = re.compile(r"[%\n\r]")
_ESCAPED = re.compile("%(25|0A|0D)", re.IGNORECASE)


def write(folder: Path, payload: Mapping[str, str], tags: Mapping[str, bytes]) -> None:
    """Make a bag of a folder whose ``data/`` is filled: ``payload`` has the digests by path.

    ``tags`` are the files that stand beside ``data/``, by name.
    """
    below = f"{PAYLOAD}/"
    manifest = {MANIFEST: _listed((f"{below}{path}", payload[path]) for path in sorted(payload))}
    files = {**_DECLARED, **tags, **manifest}
    digests = ((name, sha512(files[name]).hexdigest()) for name in sorted(files))
    for name, text in {**files, TAGMANIFEST: _listed(digests)}.items():
        (folder / name).write_bytes(text)


def info(facts: Mapping[str, str]) -> bytes:
    """Write ``bag-info.txt``, which says what a bag holds."""
    return "".join(f"{name}: {value}\n" for name, value in facts.items()).encode()


def facts(folder: Path) -> dict[str, str]:
    """Read what a bag says it holds."""
    lines = (folder / INFO).read_text("utf-8", "surrogateescape").splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def payload(folder: Path) -> dict[str, str]:
    """The digest of each file below ``data/``, by its path there, as the bag says."""
    known, _ = _read(folder / MANIFEST)
    return {path.removeprefix(f"{PAYLOAD}/"): digest for path, digest in known.items()}


def faults(folder: Path, pool: Pool, trusted: Collection[str] = ()) -> list[str]:
    """Name each file of a bag that is not as the bag says: changed, missing or added.

    What is ``trusted``, a path below ``data/``, has only to be there.
    """
    return list(_faults(folder, pool, {f"{PAYLOAD}/{path}" for path in trusted}))


def _faults(folder: Path, pool: Pool, trusted: Collection[str]) -> Iterator[str]:
    tags, unread = _read(folder / TAGMANIFEST)
    yield from unread
    known, unread = _read(folder / MANIFEST)
    yield from unread
    known |= tags
    found = {*_files(folder), TAGMANIFEST} - {TAGMANIFEST}
    for path in sorted(known.keys() - found):
        yield f"{path}: missing"
    for path in sorted(found - known.keys()):
        yield f"{path}: added"
    paths = sorted((known.keys() & found).difference(trusted))
    digests = (digest for batch in pool.run(_digests, folder, paths, BATCH) for digest in batch)
    for path, digest in zip(paths, digests, strict=True):
        if digest != known[path].lower():
            yield f"{path}: changed"


def _files(folder: Path) -> Iterator[str]:
    """All that is in a bag and no folder: links and devices too, which no bag holds."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}"


def _digests(folder: Path, paths: Sequence[str]) -> list[str]:
    """The digests of files; none where one cannot be read, or is no file."""
    digests = []
    for path in paths:
        file, digest = folder / path, ""
        if file.is_file() and not file.is_symlink():
            with suppress(OSError):
                digest = sha512(file.read_bytes()).hexdigest()
        digests.append(digest)
    return digests


def _listed(digests: Iterator[tuple[str, str]]) -> bytes:
    lines = (f"{digest}  {_SPECIAL.sub(_escape, path)}\n" for path, digest in digests)
    return "".join(lines).encode(errors="surrogateescape")


def _read(manifest: Path) -> tuple[dict[str, str], list[str]]:
    """What a manifest lists, and what is wrong with the manifest itself."""
    try:
        text = manifest.read_bytes().decode(errors="surrogateescape")
    except OSError:
        return {}, [f"{manifest.name}: missing"]
    listed, wrong = {}, []
    for number, line in enumerate(text.splitlines() if "\r" in text else text.split("\n"), start=1):
        digest, gap, path = line.partition("  ")
        if gap:
            listed[_ESCAPED.sub(_unescape, path) if "%" in path else path] = digest
        elif line:
            wrong.append(f"{manifest.name}: line {number} is not a digest and a path")
    return listed, wrong


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
