"""Planned pages become files; knows nothing of news and imports no other room.

As a plugin by itself, ``PLUGINS = ["newsarchive.build"]``, it builds any Pelican site faster.
"""


def register() -> None:
    """Connect Pelican's signals; this is how Pelican loads the engine as a plugin."""
    from newsarchive.build.stock import hooks  # noqa: PLC0415  # most modules here need no Pelican

    hooks.connect()
