"""Simulate the survey, the volunteer register and the voices of examples/ontmoeten.

Everything is invented. The programme's effect is known, because every person is simulated twice:
with and without. ``data/truth.json`` holds that difference for those reached, and a test shows
that the analysis finds it. Run ``python scripts/ontmoeten_data.py`` to make the files anew.
"""

import csv
import json
from pathlib import Path

import numpy as np
from ontmoeten_voices import claim_rows

FOLDER = Path(__file__).parents[1] / "examples" / "ontmoeten"
SEED = 2026
AREAS, PEOPLE = 30, 24
WAVES = ("w0", "w1", "w2")
STAY = {"w0": 1.0, "w1": 0.9, "w2": 0.84}
DJG = ("djg03", "djg04", "djg07", "djg08", "djg09", "djg10")
DJG_NEGATIVE = ("djg03", "djg09", "djg10")
WHO = ("who1", "who2", "who3", "who4", "who5")
EFFECT = {  # effect on the latent state, in standard deviations, by wave
    "contact": {"w0": 0.0, "w1": 0.30, "w2": 0.45},
    "wellbeing": {"w0": 0.0, "w1": 0.15, "w2": 0.25},
    "visits": {"w0": 0.0, "w1": 1.1, "w2": 1.6},
}


def main() -> None:
    rng = np.random.default_rng(SEED)
    rows, truth = survey(rng)
    more, more_truth = volunteers(rng)
    write("data/survey.csv", rows)
    write("data/volunteers.csv", more)
    write("evidence/claims.csv", claim_rows())
    text = json.dumps({**truth, **more_truth}, indent=2, sort_keys=True)
    (FOLDER / "data" / "truth.json").write_text(text + "\n", "utf-8")


def write(name: str, rows: list[dict[str, object]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# ---------------------------------------------------------------- residents, three waves


def survey(rng: np.random.Generator) -> tuple[list[dict[str, object]], dict[str, float]]:
    rows: list[dict[str, object]] = []
    gains: dict[str, list[float]] = {"loneliness": [], "wellbeing": [], "visits": [], "ladder": []}
    for area in range(AREAS):
        reached = area % 2 == 0
        local = rng.normal(0, 0.15)
        for number in range(PEOPLE):
            person = f"p{area + 1:02d}{number + 1:02d}"
            both = life(rng, local)
            leaves = rng.uniform()
            for wave in WAVES:
                lived = both[wave][int(reached)]
                if wave == "w2" and reached:
                    for name, gain in gains.items():
                        gain.append(score(both[wave][1], name) - score(both[wave][0], name))
                if leaves < STAY[wave]:
                    rows.append(
                        {
                            "person": person,
                            "area": f"a{area + 1:02d}",
                            "programme": int(reached),
                            "wave": wave,
                            **both["fixed"],
                            **blank(rng, lived),
                        }
                    )
    return rows, {f"{name}_w2": round(float(np.mean(gain)), 6) for name, gain in gains.items()}


def life(rng: np.random.Generator, local: float) -> dict:
    """Live one life twice, with and without the programme, with the same luck."""
    age = int(rng.integers(24, 85))
    alone = int(rng.uniform() < (0.55 if age >= 65 else 0.35))
    start = local - 0.5 * alone + rng.normal(0, 0.9)
    found: dict = {"fixed": {"age": age, "alone": alone}}
    for place, wave in enumerate(WAVES):
        luck, answers = rng.normal(0, 0.45, 3), rng.uniform(size=12)
        found[wave] = tuple(
            answered(
                start + 0.08 * place,
                luck,
                answers,
                reached
                * np.array(
                    [EFFECT["contact"][wave], EFFECT["wellbeing"][wave], EFFECT["visits"][wave]]
                ),
            )
            for reached in (0, 1)
        )
    return found


def answered(state: float, luck: np.ndarray, answers: np.ndarray, gain: np.ndarray) -> dict:
    contact, mood = state + gain[0] + luck[0], state + gain[1] + luck[1]
    row: dict[str, object] = {}
    for place, item in enumerate(DJG):
        lonely = 1 / (1 + np.exp(1.1 * contact + 0.5 - 0.25 * place))
        yes = answers[place] < lonely
        somewhat = answers[place] < lonely + 0.2
        positive = item not in DJG_NEGATIVE
        code = 3 if yes else 2 if somewhat else 1
        row[item] = 4 - code if positive else code
    for place, item in enumerate(WHO):
        felt = 2.8 + 1.1 * mood + 1.6 * (answers[6 + place] - 0.5)
        row[item] = int(np.clip(np.floor(felt), 0, 5))
    row["ladder"] = int(np.clip(round(6.4 + 1.1 * mood + luck[2]), 0, 10))
    row["visits"] = int(max(0, round(1.2 + gain[2] + 0.4 * contact + 1.5 * (answers[11] - 0.5))))
    return row


def score(row: dict, name: str) -> float:
    if name == "loneliness":
        return float(sum((4 - row[i] if i not in DJG_NEGATIVE else row[i]) > 1 for i in DJG))
    if name == "wellbeing":
        return 4.0 * sum(row[item] for item in WHO)
    return float(row[name])


def blank(rng: np.random.Generator, row: dict) -> dict:
    """Leave some questions open: -9 will not say."""
    return {item: -9 if rng.uniform() < 0.015 else value for item, value in row.items()}


# ---------------------------------------------------------------- volunteers, two waves


def volunteers(rng: np.random.Generator) -> tuple[list[dict[str, object]], dict[str, float]]:
    rows: list[dict[str, object]] = []
    steps, thanks = [], []
    for area in range(24):
        guided = area % 2 == 0
        for number in range(16):
            benefit = int(rng.uniform() < (0.5 if guided else 0.4))
            age = int(rng.integers(20, 66))
            drive = rng.normal(0, 1)
            before = np.clip(round(6.8 + 0.6 * drive + rng.normal(0, 1)), 0, 10)
            luck, chance = rng.normal(0, 1), rng.uniform()
            after = [np.clip(round(6.9 + 0.6 * drive + luck - 1.1 * g), 0, 10) for g in (0, 1)]
            odds = [1 / (1 + np.exp(2.0 - 0.4 * drive + 0.5 * benefit - 0.95 * g)) for g in (0, 1)]
            step = [int(chance < p) for p in odds]
            if guided:
                thanks.append(after[1] - after[0])
                steps.append(step[1] - step[0])
            base = {
                "person": f"v{area + 1:02d}{number + 1:02d}",
                "area": f"c{area + 1:02d}",
                "guided": int(guided),
                "age": age,
                "benefit": benefit,
                "drive": round(float(drive), 2),
            }
            rows.append({**base, "wave": "w0", "thanked": int(before), "step": 0})
            if rng.uniform() < 0.88:
                rows.append(
                    {
                        **base,
                        "wave": "w2",
                        "thanked": int(after[int(guided)]),
                        "step": step[int(guided)],
                    }
                )
    return rows, {
        "thanked_w2": round(float(np.mean(thanks)), 6),
        "step_w2": round(float(np.mean(steps)), 6),
    }


if __name__ == "__main__":
    main()
