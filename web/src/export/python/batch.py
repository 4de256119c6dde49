def update_by_batch(points, labels, centroids, seen):
    """Mini-batch (Sculley 2010): a centroid moves towards the center of those of its points that are drawn."""
    drawn = np.array([below(bits, len(points)) for _ in range(batch)])
    moved = centroids.copy()
    for j, c in enumerate(centroids):
        members = points[drawn[labels[drawn] == j]]
        if len(members) > 0:
            seen[j] += len(members)
            moved[j] = c + len(members) / seen[j] * (center_of(members, c) - c)
    return moved
