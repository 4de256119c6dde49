def shares(dial):
    return list(range(int(dial) ** 2 + 1))


def place(dial, g, rank, size, bits):
    """The center of blob g, on a square grid of step 4."""
    return 4.0 * (g % int(dial)), 4.0 * (g // int(dial))


def spread(noise, dial, g, x, y):
    return x * noise, y * noise
