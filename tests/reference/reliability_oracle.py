"""Make the stored alpha of ``reliability.json`` with pingouin, on answers drawn by seed.

Pingouin is under the GPL, so it is no dependency of ours: run this by hand in an environment of
its own, ``python tests/reference/reliability_oracle.py``, with numpy and pingouin installed.
"""

import json
from importlib import metadata
from pathlib import Path

import numpy as np

CASES = {"five_items": (1, 120, 5), "two_items": (2, 60, 2), "eleven_items": (3, 400, 11)}


def answers(seed: int, n: int, k: int) -> np.ndarray:
    """Draw answers 1 to 5 that share one trait, whole numbers, shape (n, k)."""
    generator = np.random.default_rng(seed)
    trait = generator.normal(size=(n, 1))
    noise = generator.normal(size=(n, k))
    return np.clip(np.round(3 + trait + noise), 1, 5)


if __name__ == "__main__":
    import pandas as pd
    import pingouin

    found = {"made_with": f"pingouin {metadata.version('pingouin')}"}
    for name, case in CASES.items():
        alpha, interval = pingouin.cronbach_alpha(data=pd.DataFrame(answers(*case)))
        found[name] = {"alpha": float(alpha), "low": float(interval[0]), "high": float(interval[1])}
    Path(__file__).with_name("reliability.json").write_text(json.dumps(found, indent=2) + "\n")
