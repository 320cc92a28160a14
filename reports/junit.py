"""The JUnit form: one test case a cell, for what CI systems show."""

import re
from xml.etree import ElementTree as ET

from ..results.certificate import Cell, Certificate
from ..results.visible import visible

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def as_junit(certificate: Certificate) -> str:
    """Return JUnit XML: violated and inconclusive cells are failures, unsupported and expected ones are skipped."""
    cases = [_case(cell) for cell in certificate.cells]
    kinds = [case[0].tag if len(case) else "" for case in cases]
    counts = {"tests": len(cases), "failures": kinds.count("failure"), "errors": kinds.count("error")}
    numbers = {name: str(count) for name, count in (counts | {"skipped": kinds.count("skipped")}).items()}
    suite = ET.Element("testsuite", {"name": "axiomcheck"} | numbers)
    suite.extend(cases)
    root = ET.Element("testsuites", numbers)
    root.append(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(cell: Cell) -> ET.Element:
    name, seconds = f"{cell.axiom} in {cell.family}", cell.seconds.get("total", 0.0)
    case = ET.Element("testcase", {"classname": _clean(cell.explainer), "name": _clean(name), "time": f"{seconds:.3f}"})
    if cell.verdict == "holds":
        return case
    tag = {"error": "error", "unsupported": "skipped"}.get(cell.verdict, "failure")
    tag, prefix = ("skipped", f"expected: {cell.expected}: ") if cell.expected is not None else (tag, "")
    result = ET.SubElement(case, tag, {"message": _clean(prefix + cell.reason)})
    if tag != "skipped":
        result.set("type", cell.verdict)
    if cell.counterexample is not None:
        result.text = _clean("\n".join((cell.counterexample.formula, *cell.counterexample.circumstances)))
    return case


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", visible(text))
