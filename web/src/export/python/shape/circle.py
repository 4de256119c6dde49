def on_circle(turn, radius):
    """The point at a part of a turn; whole quarters are exact."""
    quarter = int(4 * turn + 0.5)
    rest = (turn - 0.25 * quarter) * (2 * math.pi)
    x, y = math.cos(rest), math.sin(rest)
    for _ in range(quarter % 4):
        x, y = -y, x
    return radius * x, radius * y
