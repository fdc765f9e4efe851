"""`make demo-documents`: the whole walk with a real worker, in a database and broker of its own."""

import os
import shutil
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "var" / "demo-documents"
sys.path.insert(0, str(ROOT))

from config import serve  # noqa: E402 -- a script finds the project by its own place
from config.supervisor import Supervisor  # noqa: E402 -- the same


def main() -> int:
    if OUTPUT.exists():
        shutil.rmtree(OUTPUT)
    OUTPUT.mkdir(parents=True)
    own = ("DATABASE_URL", "REDIS_URL", "BROKER_DIR", "MEDIA_DIR", "STAMP_DIR", "MAIL_DIR")
    for name in own:
        os.environ.pop(name, None)
    os.environ.update(serve.embedded(OUTPUT, os.environ))
    serve.prepare()
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- only after setup

    supervisor = Supervisor()
    supervisor.start(*serve.worker_and_clock(os.environ))
    watcher = threading.Thread(target=supervisor.watch, daemon=True)
    watcher.start()
    try:
        call_command("walk_demo", output=str(OUTPUT))
    except CommandError as error:
        worker = supervisor.children[0]
        print(f"{error}\nThe worker's log ends:\n{worker.log_tail()}", file=sys.stderr)
        return 1
    finally:
        supervisor.request_stop()
        watcher.join()
        supervisor.stop()
    for path in sorted(OUTPUT.glob("*.pdf")):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} byte".replace(",", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
