"""Words a second of `winset read --json` with rules, start-up excluded, on one core; peak memory of the process.

python benchmarks/reading_speed.py FOLDER_OF_TEXTS
"""

import resource
import sys
import time

from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.files import sources
from winset.services.reading import read_sources


def main() -> None:
    """Reads everything once to warm up and once to measure."""
    annotator = choose("rules")
    for _ in range(2):
        began, words = time.process_time(), 0
        for one in read_statements(read_sources(sources((sys.argv[1],), print)), annotator):
            if isinstance(one, Read):
                words += len(one.document.text.split())
                one.as_json()
        spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words} words in {spent:.2f} s of processor time: {words / spent:,.0f} words/s; peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
