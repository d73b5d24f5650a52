"""Compression of gateway payloads: zlib-stream, zstd-stream, or none.

Both streams have one context for the whole connection, and each payload ends with a flush: it can be read
as it comes, and the payloads before make it smaller.
"""

import zlib
from collections.abc import Callable

import zstandard

Pack = Callable[[bytes], bytes]
# A context takes 0.2 MiB, as one of zlib does; at level 3 with its usual window it would be six times that.
_LEVEL, _WINDOW = 1, 15


def _zlib() -> Pack:
    deflate = zlib.compressobj()
    return lambda payload: deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Pack:
    chosen = zstandard.ZstdCompressionParameters.from_level(_LEVEL, window_log=_WINDOW)
    stream = zstandard.ZstdCompressor(compression_params=chosen).compressobj()
    return lambda payload: stream.compress(payload) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


# By what a client asks for as `compress`.
PACKS: dict[str | None, Callable[[], Pack] | None] = {None: None, "zlib-stream": _zlib, "zstd-stream": _zstd}
