def distance(x, c):
    """Chebyshev."""
    return abs(x - c).max(-1)
