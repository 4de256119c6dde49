def worst_cluster(points, labels, nearest, spared):
    """The cluster with the largest inertia, if it has two points that differ; None when there is none."""
    worst, most = None, -1
    for j in np.unique(labels):
        members = points[labels == j]
        if j == spared or (members == members[0]).all():
            continue
        inertia = np.add.accumulate(nearest[labels == j])[-1]
        if inertia > most:
            worst, most = j, inertia
    return worst


def split(points, labels, nearest, source, target):
    """Cuts a cluster at its mean: what lies above it in the widest coordinate becomes the other one."""
    mean_point = np.array(exact_mean(points[labels == source]))
    squares = np.add.accumulate((points[labels == source] - mean_point) ** 2)[-1]
    widest = np.argmax(squares)
    above = (labels == source) & (points[:, widest] > mean_point[widest])
    if not above.any():  # so narrow that the mean rounds to its top
        above[np.argmax((labels == source) & (points[:, widest] >= mean_point[widest]))] = True
    labels[above] = target
    for j in (source, target):
        rows = labels == j
        if rows.any():
            nearest[rows] = distances(points[rows], np.array(exact_mean(points[rows])))
