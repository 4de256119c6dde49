LATTICE = [(0, 0), (1, 0), (0, 1), (1, 1), (1, -1), (-1, 1), (2, -1), (-1, 2), (0, -1), (2, 0), (0, 2), (-1, 0)]


def shares(dial):
    return list(range(int(dial) + 1))


def place(dial, g, rank, size, bits):
    """The center of blob g, on a triangular lattice of step 4."""
    a, b = LATTICE[g]
    return 4 * (a + 0.5 * b), 4 * 0.8660254037844386 * b


def spread(noise, dial, g, x, y):
    return x * noise, y * noise
