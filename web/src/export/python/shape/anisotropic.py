def shares(dial):
    return [0, 1, 2, 3]


def place(dial, g, rank, size, bits):
    return [(1.0, -0.8), (-2.7, 2.7), (-3.2, 1.1)][g]


def spread(noise, dial, g, x, y):
    """Stretched along (0.6, -0.8), keeping the area."""
    root = math.sqrt(dial)
    along, across = x * noise * root, y * noise / root
    return along * 0.6 - across * -0.8, along * -0.8 + across * 0.6
