def shares(dial):
    return [0, 1, 2, 3]


def place(dial, g, rank, size, bits):
    return [(2.0, 0.5), (-9.0, -5.4), (-4.3, 0.0)][g]


def spread(noise, dial, g, x, y):
    """Tight, middling, wide."""
    noise *= [1, math.sqrt(dial), dial][g]
    return x * noise, y * noise
