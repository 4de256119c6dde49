def distance(x, c):
    """Manhattan."""
    return abs(x - c).sum(-1)
