"""Runs the programs of program-random (a .jsonl file) as the Python they are, and compares with the evaluator.

The functions get one point, one set or one number at a time. Results must agree to 1e-12 relative. A result that moves
more than that when the inputs and the elementary functions move in their last places cannot be compared so closely: it
must agree to a hundred times what it moved, and does not count as strict.
"""

import ast
import json
import sys
import warnings

import numpy as np

# --- what a downloaded script has in front of the program ---
PRELUDE = """
import numpy as np
from numpy import abs, cos, exp, log, maximum, mean, median, minimum, sin, sqrt, sum, tanh, where

def min(a, *rest, **axis):
    return np.minimum(a, *rest) if rest and np.ndim(a) == 0 else np.min(a, *rest, **axis)

def max(a, *rest, **axis):
    return np.maximum(a, *rest) if rest and np.ndim(a) == 0 else np.max(a, *rest, **axis)
"""

ROUNDING = 1e-12
SHAKES = [sign * 1e-15 * (1 + i / 7) for i in range(8) for sign in (1, -1)]
FUNCTIONS = ("cos", "exp", "log", "sin", "sqrt", "tanh")


class Shaken:
    """NumPy whose elementary functions are off by a few of their last places, each call by something else."""

    def __init__(self, by):
        self.by = by
        self.calls = 0
        for name in FUNCTIONS:
            exact = getattr(np, name)
            setattr(self, name, lambda a, exact=exact: self.shake(exact(a)))

    def shake(self, value):
        self.calls += 1
        return value * (1 + self.by * np.cos(self.calls))

    def __getattr__(self, name):
        return getattr(np, name)


class PowersAsCalls(ast.NodeTransformer):
    """a**b as power(a, b), so that powers can be shaken, too."""

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        return ast.Call(ast.Name("power", ast.Load()), [node.left, node.right], [])


prelude = {}
exec(PRELUDE, prelude)


def functions_of(text, by=0):
    """The functions of a program; with elementary functions off by up to a share of their value."""
    space = dict(prelude)
    tree = ast.parse(text)
    if by:
        shaken = space["np"] = Shaken(by)
        space.update({name: getattr(shaken, name) for name in FUNCTIONS})
        space["power"] = lambda a, b: shaken.shake(a**b)
        tree = ast.fix_missing_locations(PowersAsCalls().visit(tree))
    exec(compile(tree, "program", "exec"), space)
    return space


def arguments(name, values, d, by):
    """What a function is called with. Numbers are NumPy's, as those a script computes are."""
    values = np.array(values) * (1 + by * np.cos(np.arange(len(values))))
    if name == "distance":
        return values[:d], values[d:]
    if name == "center":
        return values[:-d].reshape(-1, d), values[-d:]
    return tuple(values)


def calls_of(program):
    distance = program["distance"]
    for c, row in zip(distance["c"], distance["gives"]):
        for x, gives in zip(distance["x"], row):
            yield "distance", x + c, [gives]
    for name in ("center", "seed_weight", "stop"):
        for values, gives in zip(program[name]["calls"], program[name]["gives"]):
            yield name, values, gives


def divides_by_zero(function, args):
    """Whether it does, somewhere: the sign of a zero that NumPy's sums give is not promised, and decides between infs."""
    try:
        with np.errstate(divide="raise"):
            function(*args)
    except FloatingPointError:
        return True
    return False


def moves(program, name, values, count):
    """How far each result goes when inputs and elementary functions move in their last places."""
    results = [result(functions_of(program["text"], by), program, name, values, count, by) for by in SHAKES]
    return np.abs(np.array(results) - result(functions_of(program["text"]), program, name, values, count)).max(axis=0)


def result(functions, program, name, values, count, by=0):
    """`count` numbers: Python may give one for all of them."""
    gives = functions[name](*arguments(name, values, program["d"], by))
    return np.broadcast_to(np.asarray(gives, float), count)


def agree(found, expected):
    """Not finite is not finite: such a run is stopped, whichever it is."""
    close = np.abs(found - expected) <= ROUNDING * np.abs(expected)
    return (close & np.isfinite(expected)) | ~(np.isfinite(found) | np.isfinite(expected))


def compare(program):
    """Counts of results: strict, loose, and a list of what differs."""
    strict = loose = 0
    wrong = []
    functions = functions_of(program["text"])
    for name, values, gives in calls_of(program):
        expected = np.array([float(value) for value in gives])
        found = result(functions, program, name, values, len(gives))
        same = agree(found, expected)
        strict += int(same.sum())
        if same.all():
            continue
        # Beside an edge: a comparison, a difference of equals, a division by nearly nothing, an overflow?
        moved = moves(program, name, values, len(gives))
        edge = (moved > 0) & ~(np.abs(found - expected) > 100 * moved) | np.isnan(moved)
        if (same | edge).all() or divides_by_zero(functions[name], arguments(name, values, program["d"], 0)):
            loose += int((~same).sum())
        else:
            wrong.append((name, values, expected, found))
    return strict, loose, wrong


def main(path):
    warnings.simplefilter("ignore")
    passed = failed = strict = loose = 0
    with open(path) as lines:
        for line in lines:
            program = json.loads(line)
            try:
                s, l, wrong = compare(program)
            except Exception as error:
                s, l, wrong = 0, 0, [("is refused", repr(error), "", "")]
            strict += s
            loose += l
            passed += not wrong
            failed += bool(wrong)
            if wrong and failed <= 5:
                print("FAILED", *wrong[0], sep="\n  ")
                print(program["text"])
    print(f"{strict} results to {ROUNDING}, {loose} beside an edge")
    if loose > strict // 100:
        print("FAILED too many results could not be compared closely")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(sys.argv[1]))
