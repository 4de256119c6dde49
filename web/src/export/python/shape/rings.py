def shares(dial):
    return [0, 1, 2]


def place(dial, g, rank, size, bits):
    """Along the outer or the inner circle."""
    return on_circle(rank / size, 1 if g == 0 else dial)


def spread(noise, dial, g, x, y):
    return x * noise, y * noise
