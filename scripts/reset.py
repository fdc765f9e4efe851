"""`make reset`: empties `var/`, unless a server is using it."""

import fcntl
import shutil
import sys
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"


def main() -> int:
    VAR.mkdir(exist_ok=True)
    with (VAR / "serve.pid").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            print(
                f"Uppsikt körs (process {file.read().strip()}). Avsluta den med Ctrl-C först.",
                file=sys.stderr,
            )
            return 1
        for path in VAR.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    print("var/ är tom.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
