def center(points, c):
    """The member with the least total distance; a centroid that is one stays unless another is better."""
    members, best = np.asarray(points), np.asarray(c)[0]
    least = np.add.accumulate(distances(members, best))[-1] if (members == best).all(axis=1).any() else np.inf
    for member in members:
        total = np.add.accumulate(distances(members, member))[-1]
        if total < least:
            best, least = member, total
    return best
