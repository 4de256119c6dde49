# --- The page's language in NumPy ---------------------------------------------------------
# A function of the program is called once for all points. Three types say what an array is,
# so that `.sum(-1)` or `x[0]` means for many points what it means for one.

from numpy import cos, exp, log, maximum, mean, median, minimum, sin, sqrt, sum, tanh, where  # noqa: A004


class OneAtATime(Exception):
    """`if`, `and`, `or` and `not` decide for one point, not for all of them at once."""


class Scalar(np.ndarray):
    """A column: one number a point. Comparisons give 1.0 or 0.0, as on the page."""

    __array_priority__ = 1
    axis = -1  # what sum, mean, min and max run over

    def __array_wrap__(self, result, *_):
        return typed(result, type(self))

    def __array_function__(self, function, types, args, kwargs):
        """np.sum(x, -1) is x.sum(-1), and so on; np.where keeps the type."""
        if function in REDUCTIONS:
            return REDUCTIONS[function](args[0])
        if function is np.where:
            widest = next(kind for kind in (Points, Vector, Scalar) if kind in types)
            return typed(np.where(*map(np.asarray, args)), widest)
        return super().__array_function__(function, types, args, kwargs)

    def __getitem__(self, coordinate):
        return np.asarray(self)[:, coordinate : coordinate + 1].view(Scalar)

    def __bool__(self):
        if self.size > 1:
            raise OneAtATime
        return bool(self.item())

    def reduce(self, operation):
        """Taken together in order, first to last, so that even the last digit is the page's."""
        last = np.take(operation.accumulate(np.asarray(self), axis=self.axis), [-1], axis=self.axis)
        return last.view(Vector if self.axis == 0 else Scalar)

    def sum(self, axis=None, **_):
        return self.reduce(np.add)

    def min(self, axis=None, **_):
        return self.reduce(np.minimum)

    def max(self, axis=None, **_):
        return self.reduce(np.maximum)

    def mean(self, axis=None, **_):
        return self.sum() / self.shape[-1]


class Vector(Scalar):
    """One row a point: a number for each coordinate."""

    __array_priority__ = 2


class Points(Scalar):
    """The points of one cluster, which axis 0 runs over."""

    __array_priority__ = 3
    axis = 0

    def mean(self, axis=None, **_):
        return np.array([exact_mean(np.asarray(self))]).view(Vector)

    def median(self, axis=None, **_):
        ordered, n = np.sort(np.asarray(self), axis=0), len(self)
        low, high = ordered[(n - 1) // 2], ordered[n // 2]
        return np.array([low + (high - low) / 2]).view(Vector)


REDUCTIONS = {
    np.sum: lambda v: v.sum(),
    np.mean: lambda v: v.mean(),
    np.median: lambda v: v.median(),
    np.min: lambda v: v.min(),
    np.max: lambda v: v.max(),
}


def typed(result, kind):
    """A result as floats of its type; one number a point and a vector written out make a vector."""
    result = np.asarray(result, float)
    return result.view(Vector if kind is Scalar and result.shape[-1] > 1 else kind)


def min(a, b=-1, axis=-1):  # noqa: A001
    """min(a, b) of two numbers; min(v, -1) of a vector."""
    return np.minimum(a, b) if type(a) is Scalar or np.isscalar(a) else np.min(a, b)


def max(a, b=-1, axis=-1):  # noqa: A001
    """max(a, b) of two numbers; max(v, -1) of a vector."""
    return np.maximum(a, b) if type(a) is Scalar or np.isscalar(a) else np.max(a, b)


def exact_mean(points):
    """Mean of the rows, each coordinate the double nearest to the exact mean, in whatever order they are added."""
    means = []
    for column in points.T.tolist():
        total = math.fsum(column)
        rest = math.fsum(column + [-total])
        means.append(float((Fraction(total) + Fraction(rest)) / len(column)))
    return means


def distances(points, c):
    """distance(x, c) from every row x of points to one centroid."""
    c = c.reshape(1, -1).view(Vector)
    try:
        found = distance(points.view(Vector), c)
    except OneAtATime:  # a call for each point: seconds for ten thousand of them
        found = [[np.asarray(distance(x.reshape(1, -1).view(Vector), c)).item()] for x in points]
    return np.broadcast_to(np.asarray(found, float), (len(points), 1))[:, 0]


def center_of(points, c):
    """center(points, c), or center(points), of the points of one cluster."""
    arguments = points.view(Points), c.reshape(1, -1).view(Vector)
    return np.asarray(center(*arguments[: center.__code__.co_argcount]), float).ravel()


def asks_to_stop(*numbers):  #: stop
    return bool(stop(*(np.array([[number]], float).view(Scalar) for number in numbers)))  #: stop
