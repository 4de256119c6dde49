def distance(x, c):
    """One minus the cosine of the angle at the origin; 1 from a zero vector."""
    norms = np.sqrt((x * x).sum(-1)) * np.sqrt((c * c).sum(-1))
    cosine = np.where(norms > 0, (x * c).sum(-1) / np.where(norms > 0, norms, 1), 0)
    return np.maximum(1 - cosine, 0)
