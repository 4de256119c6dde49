def center(points):
    """The mean."""
    return points.mean(0)
