"""Windows."""

from itertools import product

from axiomcheck.networks.layers.windows import Geometry, places_after, windows


def test_windows_cover_what_plain_loops_cover():
    """Along one dimension, window i of stride s covers i·s - p up to i·s - p + k; -1 stands for padding."""
    for n, k, s, p in product(range(1, 6), range(1, 4), range(1, 4), range(3)):
        starts = [start for start in range(-p, n + p) if start + k <= n + p and (start + p) % s == 0]
        geometry = Geometry((k,), (s,), (p,), (1,))
        assert places_after((n,), geometry) == (len(starts),) or not starts
        if starts:
            expected = [[place if 0 <= place < n else -1 for place in range(at, at + k)] for at in starts]
            assert windows((n,), (len(starts),), geometry).tolist() == expected


def test_windows_of_images_are_products():
    """On 2 by 3 places, row by row, a kernel of 2 by 2 covers two squares."""
    assert windows((2, 3), (1, 2), Geometry((2, 2), (1, 1), (0, 0), (1, 1))).tolist() == [[0, 1, 3, 4], [1, 2, 4, 5]]


def test_too_large_kernels_leave_no_place():
    """Where nothing fits, the count is not positive."""
    assert places_after((3, 3), Geometry((5, 2), (1, 1), (0, 0), (1, 1)))[0] <= 0


def test_padding_repeats_what_its_mode_says():
    """Of a, b, c with two places of padding: a reflection, copies of the ends, and the other end."""
    rows = {
        mode: windows((3,), (7,), Geometry((1,), (1,), (2,), (1,), mode)).ravel().tolist()
        for mode in ("zeros", "reflect", "replicate", "circular")
    }
    assert rows == {
        "zeros": [-1, -1, 0, 1, 2, -1, -1],
        "reflect": [2, 1, 0, 1, 2, 1, 0],
        "replicate": [0, 0, 0, 1, 2, 2, 2],
        "circular": [1, 2, 0, 1, 2, 0, 1],
    }
