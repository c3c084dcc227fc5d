"""What most tiny sites have in common is made once a process: two thirds of the work of a build."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import CodeType

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from pelican.generators import Generator
from PIL.Image import Image

from newsarchive.build.templates import Mentions, Templates
from newsarchive.exports import card


@contextmanager
def kept() -> Iterator[None]:
    """Keep compiled templates and encoded cards for whatever else this process builds."""
    with pytest.MonkeyPatch.context() as patch:
        _keep_templates(patch)
        _keep_cards(patch)
        yield


def _keep_templates(patch: pytest.MonkeyPatch) -> None:
    use, see = Templates._use, Templates._mentions  # noqa: SLF001  # no setting leads there
    cache = _Compiled()
    seen: dict[Hashable, Mentions] = {}

    def use_kept(templates: Templates, generator: Generator) -> None:
        use(templates, generator)
        generator.env.bytecode_cache = cache

    def see_once(templates: Templates, source: str, path: str | None) -> Mentions:
        key = (source, _read_by(templates._generator.env))  # noqa: SLF001  # as above
        if key not in seen:
            seen[key] = see(templates, source, path)
        return seen[key]

    patch.setattr(Templates, "_use", use_kept)
    patch.setattr(Templates, "_mentions", see_once)


def _read_by(env: Environment) -> Hashable:
    """What a template is read by; Jinja calls some functions beforehand.

    Pelican makes two of them anew for every build.
    """
    filters = {**env.filters, "strftime": None}
    tests = {**env.tests, "plugin_enabled": repr(env.tests["plugin_enabled"])}
    return env.lexer, env.finalize, *env.extensions, *filters.items(), *tests.items()


class _Compiled(BytecodeCache):
    """Jinja's cache of compiled templates, in memory, by their texts wherever they lie."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        key = (name, source, _read_by(environment))
        bucket = Bucket(environment, key, "")
        if key in self._codes:
            bucket.code = self._codes[key].replace(co_filename=filename or "<template>")
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.code


def _keep_cards(patch: pytest.MonkeyPatch) -> None:
    encode = card._png  # noqa: SLF001  # as above
    encoded: dict[Hashable, bytes] = {}

    def encode_once(canvas: Image) -> bytes:
        key = (canvas.mode, canvas.size, sha256(canvas.tobytes()).digest())
        if key not in encoded:
            encoded[key] = encode(canvas)
        return encoded[key]

    patch.setattr(card, "_png", encode_once)
