"""Pack the vectors of everything that says what the packaged issues are about, so that none is made at the first run, and what can be
learned from them.

    python -m training.wordings

Run it after any change to a packaged codebook, to its wordings or to the weights of sentence vectors; a test says when it is due.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from winset.evidence import coding, likeness, wordings
from winset.evidence.chances import softmax
from winset.language.meaning import StanceVectors

_FREE = 3.0  # how far learned weights may go from nil: the inverse of the ridge


def learned_from(vectors: NDArray[np.float32], of: NDArray[np.int64]) -> NDArray[np.float64]:
    """(width and one, classes): multinomial logistic regression of the classes `of` texts on their vectors, the last row the intercepts."""
    rows = np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])
    shape = rows.shape[1], int(of.max()) + 1
    each = np.arange(len(rows))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        chances = softmax(rows @ weights)
        small = weights.copy()
        small[-1] = 0.0  # intercepts are not held back
        total = -float(np.log(chances[each, of] + 1e-12).sum()) + 0.5 / _FREE * float((small**2).sum())
        chances[each, of] -= 1.0
        return total, (rows.T @ chances + small / _FREE).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    weights: NDArray[np.float64] = found.x.reshape(shape)
    return weights


def main() -> None:
    folder = Path(wordings.__file__).parent / "codebooks" / "wordings"
    meanings = StanceVectors()
    for id in coding.PACKAGED:
        texts = likeness.texts_of(coding.packaged(id))
        data = wordings.packed(list(texts), list(texts.values()), meanings, learned_from)
        (folder / f"{id}.npz").write_bytes(data)
        print(f"{id}: {len(texts)} texts, {len(data):,} bytes")


if __name__ == "__main__":
    main()
