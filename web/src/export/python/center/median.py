def center(points):
    """The median of each coordinate."""
    return np.median(points, axis=0)
