def shares(dial):
    """Big, medium and small."""
    return [0, 200, 300, 315]


def place(dial, g, rank, size, bits):
    return [(-2, 0), (2.5, 0), (2.5, 0 + dial)][g]


def spread(noise, dial, g, x, y):
    noise *= [0.9, 0.7, 0.25][g] / 0.8
    return x * noise, y * noise
