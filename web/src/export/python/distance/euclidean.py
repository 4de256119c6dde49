def distance(x, c):
    """Squared Euclidean."""
    return ((x - c) ** 2).sum(-1)
