"""``python -m bench``: all benchmarks, each in a process of its own."""

import subprocess
import sys

PARTS = ("bench.meeting", "bench.opinion", "bench.pages", "bench.clock", "bench.staff")


def main() -> int:
    """Run every part, or those named on the command line; the worst exit code counts."""
    wanted = [f"bench.{name}" for name in sys.argv[1:]] or PARTS
    worst = 0
    for part in wanted:
        print(f"\n=== {part} " + "=" * (70 - len(part)), flush=True)
        worst = max(worst, subprocess.call([sys.executable, "-m", part]))
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
