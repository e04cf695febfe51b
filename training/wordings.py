"""Pack the vectors of everything that says what the packaged issues are about, so that none is made at the first run.

    python -m training.wordings

Run it after any change to a packaged codebook, to its wordings or to the weights of sentence vectors; a test says when it is due.
"""

from pathlib import Path

from winset.evidence import coding, likeness, wordings
from winset.language.meaning import SentenceVectors


def main() -> None:
    texts = list(dict.fromkeys(text for id in coding.PACKAGED for text in likeness.texts_of(coding.packaged(id))))
    folder = Path(wordings.__file__).parent / "codebooks" / "wordings"
    data = wordings.packed(texts, SentenceVectors())
    (folder / wordings.VECTORS).write_bytes(data)
    print(f"{len(texts)} texts, {len(data):,} bytes")


if __name__ == "__main__":
    main()
