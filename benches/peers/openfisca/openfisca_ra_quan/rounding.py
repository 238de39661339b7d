"""Whole đồng, a half upward, without the noise of floating point."""

import numpy

# Shares have at most six decimals; a product of an amount and such a share is exact in 64 bits.
SCALE = 1_000_000


def share(rate, amount):
    """So much of the amount."""
    scaled = numpy.rint(numpy.asarray(rate, dtype=numpy.float64) * SCALE)
    product = scaled.astype(numpy.int64) * numpy.asarray(amount, dtype=numpy.int64)
    return (product + SCALE // 2) // SCALE
