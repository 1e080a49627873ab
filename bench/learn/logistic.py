"""Logistic regression, as small as it can be: Newton's method with a ridge.

Kept here so that the weights can be learnt again with what the product
already needs. Traits are put on one scale for the learning; the weights that
come out fit the traits as they are.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    bias: float
    weights: np.ndarray

    def of(self, matrix: np.ndarray) -> np.ndarray:
        """Return the chance of each row."""
        return 1 / (1 + np.exp(-(matrix @ self.weights + self.bias)))


def fit(rows: np.ndarray, right: np.ndarray, shares: np.ndarray, ridge: float) -> Fitted:
    """Fit chances to right (0 or 1), each row counting by its share."""
    mean = rows.mean(axis=0)
    spread = rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    scaled = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    penalty = np.full(scaled.shape[1], ridge)
    penalty[-1] = 0.0
    found = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (shares * (chance - right)) + penalty * found
        bend = (scaled * (shares * chance * (1 - chance))[:, None]).T @ scaled
        step = np.linalg.solve(bend + np.diag(penalty + 1e-9), slope)
        found -= step
        if np.abs(step).max() < 1e-5:
            break
    weights = found[:-1] / spread
    return Fitted(bias=float(found[-1] - weights @ mean), weights=weights)
