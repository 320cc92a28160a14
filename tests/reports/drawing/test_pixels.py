"""Large images are drawn as PNGs, which any reader reads, and which are small."""

import struct
import zlib
from base64 import b64decode
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from axiomcheck.reports.drawing.heatmap import heatmaps
from axiomcheck.reports.drawing.pixels import HALF, MOST_CELLS, pixel_map, png
from axiomcheck.reports.drawing.svg import PRINTED, document


def _chunks(data):
    """Read a PNG as the standard has it: a signature, then length, kind, data and checksum again and again."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, found = 8, {}
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, held = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length]) == (zlib.crc32(kind + held),)
        found[kind.decode()] = held
        place += 12 + length
    return found


def test_a_png_by_hand():
    """One row of three: the largest negative, nothing, the largest positive."""
    found = _chunks(png(np.array([[0, HALF, 2 * HALF]], dtype=np.uint8), 1.0))
    assert list(found) == ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]
    assert struct.unpack(">IIBBBBB", found["IHDR"]) == (3, 1, 8, 3, 0, 0, 0)
    assert zlib.decompress(found["IDAT"]) == bytes([0, 0, HALF, 2 * HALF])
    assert found["PLTE"][:3] == bytes.fromhex("2166ac")
    assert found["PLTE"][-3:] == bytes.fromhex("b2182b")
    assert (found["tRNS"][0], found["tRNS"][HALF], found["tRNS"][-1]) == (255, 0, 255)
    assert len(found["PLTE"]) == 3 * len(found["tRNS"]) == 3 * 255


def test_scores_become_shades():
    """Half of the largest is half of the shades away from nothing; what is missing in the last row is nothing."""
    part = pixel_map([1.0, -0.5, 0.0, 0.5, -1.0], (5,), 1.0, 0.75)
    image = part.element.find("image")
    data = _chunks(b64decode(image.get("href").partition(",")[2]))
    # Two rows of three shades, each behind the byte of its filter; what ends in a half is rounded to an even shade.
    assert list(zlib.decompress(data["IDAT"])) == [0, 254, 64, 127, 0, 190, 0, 127]


@pytest.mark.parametrize(("shape", "maps"), [((3, 224, 224), 6), ((MOST_CELLS + 1,), 2)])
def test_large_maps_are_small_files(shape, maps):
    """Two series of random scores of 3×224×224 are six images, in less than two megabytes."""
    size = int(np.prod(shape))
    scores = {name: np.random.default_rng(seed).normal(size=size).tolist() for seed, name in enumerate("ab")}
    drawn = document(heatmaps(scores, [f"x{i}" for i in range(size)], shape, PRINTED), "t", "d", inline=False)
    assert len(drawn) < 2e6
    images = list(ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}image"))
    assert len(images) == maps


def test_few_scores_stay_cells_with_numbers():
    """Images of 28×28 are cells."""
    names = [f"x{i}" for i in range(784)]
    drawn = document(heatmaps({"R": [0.5] * 784}, names, (1, 28, 28), PRINTED), "", "", inline=True)
    assert "<image" not in drawn
    assert drawn.count('class="cell"') == 784
