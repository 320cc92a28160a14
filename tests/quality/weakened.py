"""Axioms weakened in one place each: a tolerance a thousand times wider, a sign lost, one term dropped."""

from typing import NamedTuple


class Weakened(NamedTuple):
    """A file below the root, a passage that stands in it once, and what weakens it there."""

    file: str
    passage: str
    weaker: str


def _of(axiom, passage, weaker):
    return Weakened(f"axioms/{axiom}.py", passage, weaker)


WEAKENED = {
    "tolerance: of float64": Weakened("axiomcheck/engine/tolerance.py", "own = 1e-6 if", "own = 1e-3 if"),
    "tolerance: of float32": Weakened("axiomcheck/engine/tolerance.py", "else 1e-3", "else 1.0"),
    "tolerance: rounding": Weakened(
        "axioms/arithmetic.py",
        '"float64": 2.0**-40, "float32": 2.0**-18',
        '"float64": 2.0**-20, "float32": 2.0**-18',
    ),
    "tolerance: undecided gaps hold": Weakened(
        "axiomcheck/engine/tolerance.py",
        "if gap.undecided or gap.size > self.allowed(gap):",
        "if gap.size > self.allowed(gap):",
    ),
    "tolerance: rounding is acquitted": Weakened(
        "axiomcheck/engine/tolerance.py", "if gap.undecided or gap.size > self.allowed(gap):", "if gap.undecided:"
    ),
    "tolerance: small scores are negligible": Weakened(
        "axiomcheck/engine/tolerance.py", "gap.is_of_output and 0 < gap.change", "0 < gap.change"
    ),
    "conservation: the sign": _of(
        "conservation", "abs(float(Fraction(total) - expected))", "abs(abs(total) - abs(float(expected)))"
    ),
    "conservation: the baseline": _of(
        "conservation", 'at_baseline if explain.conserves == "change" else Fraction(0)', "Fraction(0)"
    ),
    "conservation: the unit": _of(
        "conservation", 'Fraction(1) if explain.conserves == "unit" else output - start', "output - start"
    ),
    "conservation: the scores in the scale": _of(
        "conservation",
        "1.0 if unit else float(abs(output) + abs(start))",
        "1.0 if unit else float(abs(output) + abs(start)) + fsum(map(abs, scores))",
    ),
    "conservation: nothing is vacuous": _of(
        "conservation", "vacuous=is_spent or (not unit and not varies and output == start == 0)", "vacuous=False"
    ),
    "continuity: kinks": _of("continuity", "kinks = [float(kink.at) for kink in case.kinks]", "kinks = []"),
    "continuity: undecided places": _of("continuity", 'undecided=place.kind == "undecided"', "undecided=False"),
    "continuity: jumps a thousand times as large": _of("limits", "JUMP = 1e-3", "JUMP = 1.0"),
    "continuity: no blow-up": _of("limits", "if self._grow(around):", "if False:"),
    "continuity: one side alone": _of("limits", "return distance(self.left[0], self.right[0])", "return 0.0"),
    "continuity: refinement": _of("refinement", "CALLS = 28", "CALLS = 1"),
    "invariance: the sign": _of(
        "implementation_invariance", "np.abs(first - second).max()", "np.abs(np.abs(first) - np.abs(second)).max()"
    ),
    "invariance: the sum alone": _of(
        "implementation_invariance",
        "size=float(np.abs(first - second).max())",
        "size=float(abs((first - second).sum()))",
    ),
    "invariance: kinks": _of("implementation_invariance", "    case = generic(case, explain)\n", ""),
    "invariance: the scale": _of(
        "implementation_invariance",
        "scale=weight.scale",
        "scale=1000 * weight.scale",
    ),
    "selectivity: the sign": _of(
        "selectivity",
        "relevance = np.abs(explain(subject, np.array(inputs)))",
        "relevance = explain(subject, np.array(inputs))",
    ),
    "selectivity: ties": _of("selectivity", "share >= 0.5 - TIE", "share > 0.5"),
    "selectivity: the baseline": _of(
        "selectivity",
        "reference_of(case, explain)",
        "(0.0,) * case.subject.in_features",
    ),
    "null player: the sign": _of(
        "null_player", "np.abs(scores[list(irrelevant)]).max()", "scores[list(irrelevant)].max()"
    ),
    "null player: the first alone": _of(
        "null_player", "scores[list(irrelevant)]).max()", "scores[list(irrelevant[:1])]).max()"
    ),
    "null player: kinks": _of("null_player", "    case = generic(case, explain)\n", ""),
    "sensitivity: the baseline": _of(
        "sensitivity",
        "reference_of(case, explain)",
        "(0.0,) * case.subject.in_features",
    ),
    "sensitivity: what is almost nothing": _of(
        "sensitivity", "undecided=not is_nothing and abs(score) <= NOTHING * change", "undecided=False"
    ),
    "symmetry: the sign": _of("symmetry", "abs(scores[i] - scores[j])", "abs(abs(scores[i]) - abs(scores[j]))"),
    "symmetry: kinks": _of("symmetry", "    case = generic(case, explain)\n", ""),
    "symmetry: one direction": _of(
        "symmetry", "size=float(abs(scores[i] - scores[j]))", "size=max(float(scores[i] - scores[j]), 0.0)"
    ),
    "linearity: the second function": _of(
        "linearity", "both - derived.a * first - derived.b * second", "both - derived.a * first"
    ),
    "linearity: a factor": _of(
        "linearity", "both - derived.a * first - derived.b * second", "both - derived.a * first - second"
    ),
    "linearity: the second target": _of(
        "linearity", "explain(subject, inputs, target=derived.second)", "explain(subject, inputs)"
    ),
    "target only: the sign": _of(
        "target_only", "np.abs(second - first).max()", "np.abs(np.abs(second) - np.abs(first)).max()"
    ),
    "target only: one network": _of(
        "target_only", "for subject in case.subjects", "for subject in (case.subject, case.subject)"
    ),
    "homogeneity: the factor": _of("homogeneity", "wanted = derived.factor * first", "wanted = first"),
    "homogeneity: the sign": _of(
        "homogeneity", "np.abs(second - wanted).max()", "np.abs(np.abs(second) - np.abs(wanted)).max()"
    ),
    "positivity: the largest for the smallest": _of(
        "positivity", "max(float(-scores.min()), 0.0)", "max(float(-scores.max()), 0.0)"
    ),
    "positivity: negative outputs": _of("positivity", "if output >= 0))", "))"),
    "shift invariance: the baseline": _of("shift_invariance", ", baseline=np.array(derived.moved(case.baseline))", ""),
    "shift invariance: the input": _of(
        "shift_invariance", "[derived.moved(x) for x in case.inputs]", "list(case.inputs)"
    ),
    "demand monotonicity: neighbours from the first": _of(
        "demand_monotonicity", "np.maximum.accumulate(own) - own", "own[0] - own"
    ),
    "demand monotonicity: one direction": _of(
        "demand_monotonicity", "np.maximum.accumulate(own) - own", "own - np.minimum.accumulate(own)"
    ),
    "batch consistency: one target": _of(
        "batch_consistency", "target=(case.target + number) % case.subject.out_features", "target=case.target"
    ),
    "batch consistency: one baseline": _of(
        "batch_consistency", "tuple(value + number for value in case.baseline)", "case.baseline"
    ),
    "batch consistency: the first alone": _of(
        "batch_consistency", "np.abs(together - alone).max(1)", "np.abs(together - alone)[:1].max(1)"
    ),
    "determinism: the second result": _of("determinism", '"in the next": second, ', ""),
    "determinism: the result that is kept": _of(
        "determinism", ', "in the same result after a call on another input": first_again', ""
    ),
    "purity: after an exception": _of("purity", "size=float(any(changes.values()))", 'size=float(bool(changes[""]))'),
    "purity: the usual call": _of(
        "purity", "size=float(any(changes.values()))", "size=float(any(changes[after] for after in list(changes)[1:]))"
    ),
    "same function: the last call alone": _of(
        "same_function", "np.abs(finite - own).max(1)", "np.abs(finite - own).max(1)[-1:]"
    ),
    "same function: infinite outputs": _of(
        "same_function",
        "np.nan_to_num(answers, nan=LARGEST, posinf=LARGEST, neginf=-LARGEST)",
        "np.nan_to_num(answers)",
    ),
    "output form: everything is well": _of("output_form", "size=float(bool(form))", "size=0.0"),
    "generic position: the way from the baseline": _of(
        "axiom", "from_baseline=explain.has_baseline", "from_baseline=False"
    ),
    "generic position: kinks": Weakened("networks/case.py", "network.on_kink(at) or", "False or"),
}
