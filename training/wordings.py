"""Pack the vectors of everything that says what the packaged issues are about, so that none is made at the first run.

    python -m training.wordings

Run it after any change to a packaged codebook, to its wordings or to the weights of sentence vectors; a test says when it is due.
"""

from pathlib import Path

from winset.evidence import coding, likeness, wordings
from winset.language.meaning import SentenceVectors


def main() -> None:
    folder = Path(wordings.__file__).parent / "codebooks" / "wordings"
    meanings = SentenceVectors()
    for id in coding.PACKAGED:
        texts = likeness.texts_of(coding.packaged(id))
        data = wordings.packed(texts, meanings)
        (folder / f"{id}.npz").write_bytes(data)
        print(f"{id}: {len(texts)} texts, {len(data):,} bytes")


if __name__ == "__main__":
    main()
