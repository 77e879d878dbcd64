"""The same value in each pickle protocol. Python's standard library alone: python generate.py"""

import pickle
from pathlib import Path

VALUE = {
    "text": "né 😀\\\n",
    "list": [1, -2, 300, 70000, 2**40, -(2**63), 2**70, True, None],
    "tuple": (1.5, ("a",), ()),
    "set": {7},
    "bytes": b"\x00\xff",
    "nested": {1: [2]},
}

for protocol in range(6):
    file = Path(__file__).parent / f"protocol-{protocol}.pkl"
    file.write_bytes(pickle.dumps(VALUE, protocol=protocol))
