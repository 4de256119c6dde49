def fill_empty(points, labels, nearest, j):
    """empty = "farthest": takes the point farthest from its centroid that leaves company behind."""
    has_company = np.bincount(labels)[labels] > 1
    row = np.argmax(np.where(has_company, nearest, 0))
    if not (has_company[row] and nearest[row] > 0):
        return 0
    labels[row], nearest[row] = j, 0
    return 1
