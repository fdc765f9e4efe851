"""The child that reads one untrusted file: ``python -m documents.child``, started by documents.untrusted.

The file comes on stdin, the reader's answer goes out on stdout as msgpack, and the exit code says
how it went. It limits itself before it reads a byte; no Django, no database, no settings.
"""

import os
import resource
import sys
from importlib import import_module
from typing import Final, get_type_hints

import msgspec

from documents.readers import Unfit

UNFIT: Final = 65
UNREADABLE: Final = 66
HEAVY: Final = 67


class Order(msgspec.Struct, frozen=True, kw_only=True):
    reader: str
    options: msgspec.Raw
    memory: int
    cpu_seconds: int


def main(order: Order) -> int:
    limit(order)
    try:
        out, code = _answer(order, sys.stdin.buffer.read())
    except MemoryError:
        return HEAVY
    sys.stdout.buffer.write(out)
    sys.stdout.buffer.flush()
    return code


def limit(order: Order) -> None:
    """Memory, time, no files, no processes, no core; hard limits cannot be raised again."""
    os.nice(5)
    bounds = {
        resource.RLIMIT_AS: order.memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (order.cpu_seconds, order.cpu_seconds + 1))


def _answer(order: Order, data: bytes) -> tuple[bytes, int]:
    module, _, name = order.reader.rpartition(".")
    read = getattr(import_module(module), name)
    options = msgspec.json.decode(order.options, type=get_type_hints(read)["options"])
    try:
        return msgspec.msgpack.encode(read(data, options)), 0
    except MemoryError:
        raise
    except Unfit as refusal:
        return str(refusal).encode(), UNFIT
    except Exception:  # whatever a library makes of a hostile file
        return b"", UNREADABLE


if __name__ == "__main__":
    sys.exit(main(msgspec.json.decode(sys.argv[1], type=Order)))
