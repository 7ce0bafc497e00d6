#!/usr/bin/env python3
"""Properties of the truth that verdicts rest on: nothing fails open, a second
value buys no allow, order never matters, what is said in pieces adds up, Kleene's tables row
by row, and the two clocks day by day.

usage: properties.py PROVISO

Prints TAP.
"""
import sys
import tempfile

import clocks
import fillings
import kleene
import order
import pieces
import seconds
from harness import Tap


def main(binary):
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="proviso-") as folder:
        fillings.run(tap, binary)
        seconds.run(tap, binary)
        pieces.run(tap, binary)
        order.run(tap, binary, folder)
        kleene.run(tap, binary, folder)
        clocks.run(tap, binary, folder)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
