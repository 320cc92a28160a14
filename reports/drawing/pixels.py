"""Scores of large images: one pixel for each, as a PNG inside the drawing, where cells would be too many to be read."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from math import ceil, sqrt
from typing import Any

import numpy as np

from .svg import PRINTED, Part, element

MOST_CELLS = 2048
"""Scores that are drawn as cells with numbers, at most."""
SIDE = 240
"""About how wide a map is, in pixels of the drawing."""
HALF = 127
"""Shades of each colour: index ``HALF`` is nothing, 0 and ``2 · HALF`` are the largest."""


def pixel_map(values: Sequence[float], shape: Sequence[int], largest: float, strongest: float) -> Part:
    """Return the map of one channel, (height, width) or what is no image, in rows of about the same number.

    The largest score is as opaque as ``strongest``, a share.
    """
    columns = shape[-1] if len(shape) > 1 else ceil(sqrt(len(values)))
    rows = -(-len(values) // columns)
    shades = np.full(rows * columns, HALF, dtype=np.uint8)
    shades[: len(values)] = np.rint(HALF + HALF * np.clip(np.array(values) / largest, -1, 1))
    scale = max(1.0, SIDE / columns)
    place: dict[str, Any] = {"x": 0.0, "y": 0.0, "width": scale * columns, "height": scale * rows}
    image = element(
        "image",
        href=f"data:image/png;base64,{b64encode(png(shades.reshape(rows, columns), strongest)).decode()}",
        style="image-rendering: pixelated",
        preserveAspectRatio="none",
        class_="pixels",
        **place,
    )
    frame = element("rect", fill="none", stroke=PRINTED.line, **place)
    return Part(element("g", image, frame), scale * columns, scale * rows)


def png(shades: np.ndarray[Any, Any], strongest: float) -> bytes:
    """Return a PNG of indexed colours: from blue by nothing to red, more or less opaque.

    Source: ISO/IEC 15948, Portable Network Graphics, colour type 3.
    """
    rows, columns = shades.shape
    colours = [PRINTED.negative] * HALF + [PRINTED.positive] * (HALF + 1)
    palette = b"".join(bytes.fromhex(colour.removeprefix("#")) for colour in colours)
    opacities = bytes(round(255 * strongest * abs(index - HALF) / HALF) for index in range(2 * HALF + 1))
    lines = np.concatenate([np.zeros((rows, 1), dtype=np.uint8), shades], axis=1).tobytes()
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"tRNS", opacities), (b"IDAT", zlib.compress(lines, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in (*chunks, (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
