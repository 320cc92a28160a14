"""Mutations: what can happen to a file, by chance or by intent, each from a seed."""

import json
from copy import deepcopy
from random import Random

DEEP = '{"a":' * 3_000 + "1" + "}" * 3_000
HOSTILE = (
    *("null", "true", "-1", "0", "3", "1.5", "1e308", "-1e308", "5e-324", "1e400", "NaN", "-Infinity"),
    *("9" * 40, "9" * 400, "9" * 5_000, "[]", "{}", "[[]]", '""', "[null]", '{"name": "relu"}', '"relu"'),
    *('"a\\u0000b"', '"\\u202egnp.exe"', '"\\ud800"', '"\\u001b[31m"', '"::error::x"', '"x\\ny"'),
    *('"' + "long" * 5_000 + '"', "[" * 60 + "]" * 60, DEEP),
)
"""What is written in the place of a value: other types, numbers that are none, letters that do something, depth."""
BYTES = (
    b"\0",
    b"\xff",
    b"\xe2\x80\xae",
    b"\r",
    b"\n",
    b'"',
    b"[",
    b"}",
    b"\\",
    b"-",
    b"9" * 30,
    b"'''",
    b"\xef\xbb\xbf",
)
"""What is written between two bytes."""


def mutated_bytes(content: bytes, random: Random) -> bytes:
    """Return the content with a bit flipped, cut short, or with a stretch lost, repeated or put in."""
    place, other = sorted(random.randrange(len(content) + 1) for _ in range(2))
    other = min(other, place + 200)
    return random.choice(
        [
            lambda: (
                content[:place]
                + bytes([content[place % len(content)] ^ 1 << random.randrange(8)])
                + content[place + 1 :]
            ),
            lambda: content[:place],
            lambda: content[:place] + content[other:],
            lambda: content[:other] + content[place:],
            lambda: content[:place] + random.choice(BYTES) + content[place:],
        ]
    )()


def mutated_json(data: object, random: Random, times: int = 1) -> str:
    """Return JSON in which values are lost, exchanged or hostile, and keys lost, renamed or there twice."""
    data, written = deepcopy(data), {}
    for number in range(times):
        if places := list(_places(data)):
            container, key = random.choice(places)
            mark = f"%hostile {number}%"
            other, name = random.choice(places)
            if text := _mutate(container, key, random, mark, other[name]):
                written[mark] = text
    text = json.dumps(data)
    for mark, hostile in written.items():
        text = text.replace(json.dumps(mark), hostile)
    return text


def _places(data):
    """Yield each container with each of its keys."""
    for key in data if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], (dict, list)):
            yield from _places(data[key])


def _mutate(container, key, random, mark, another):
    """Do one thing to the value of ``key``, or exchange it for ``another``.

    What JSON's writer cannot write is returned, and stands where the ``mark`` does.
    """
    value = container[key]
    what = random.choice(("hostile", "hostile", "lost", "exchanged", "repeated", "near"))
    if what == "hostile":
        container[key] = mark
        return random.choice(HOSTILE)
    if what == "lost":
        del container[key]
    elif what == "exchanged":
        container[key] = deepcopy(another)
    elif what == "near" and isinstance(value, (int, float)):
        container[key] = random.choice((-value, value + 1, value * 1e9, value / 3, int(value), 10**6, 2**31))
    elif isinstance(container, dict):
        container[random.choice((key.upper(), f"{key} ", "\0", "kind", "schema"))] = value
        container[key] = mark
        return f'{json.dumps(value)}, "{key}": {random.choice(HOSTILE)}'
    else:
        container[key:key] = [deepcopy(value)] * random.choice((1, 1, 70))
    return None
