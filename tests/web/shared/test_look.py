"""The look: one colour gives the site its face, and everything can be read by day and by night."""

import gzip
import re
from pathlib import Path

import pytest

from biotoop.web.shared.views import gallery

STYLES = Path(gallery.__file__).parents[1] / "static" / "shared"
TOKENS = (STYLES / "tokens.css").read_text("utf-8")
COMPONENTS = (STYLES / "components.css").read_text("utf-8")
FACES = ["light", "dark"]
# Our own green, and colours as municipalities and institutes have them.
HOUSES = ["#0b6e4f", "#154273", "#8a1c3c", "#5b2a86", "#00607a", "#3c3c3b"]
XYZ_FROM_LAB = [
    (1, 0.3963377774, 0.2158037573),
    (1, -0.1055613458, -0.0638541728),
    (1, -0.0894841775, -1.2914855480),
]
LMS = [
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
]
LAB = [
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
]
RGB = [
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
]
Colour = tuple[float, float, float]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def linear(colour: str) -> list[float]:
    """Read a colour as light: red, green and blue without the curve of screens."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def mixed(share: float, one: list[float], other: list[float]) -> list[float]:
    """Mix two colours as browsers do: in OKLab (Ottosson 2020)."""
    labs = [times(LAB, [c ** (1 / 3) for c in times(LMS, each)]) for each in (one, other)]
    lab = [share * a + (1 - share) * b for a, b in zip(*labs, strict=True)]
    light = times(RGB, [c**3 for c in times(XYZ_FROM_LAB, lab)])
    return [min(max(part, 0), 1) for part in light]


def tokens(face: str, house: str) -> dict[str, str]:
    """Give what each token says by day or by night, under a colour of the house."""
    day, night = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    told = dict(re.findall(r"--([\w-]+): ([^;]+);", day)) | {"house": house}
    if face == "dark":
        told |= dict(re.findall(r"--([\w-]+): ([^;]+);", night.split("@media print")[0]))
    return told


def resolved(said: str, told: dict[str, str]) -> list[float]:
    """Follow a token to light."""
    if said.startswith("#"):
        return linear(said)
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", said):
        return resolved(told[reference[1]], told)
    mix = re.fullmatch(r"color-mix\(in oklab, (\S+) (\d+)%, (\S+)\)", said)
    return mixed(int(mix[2]) / 100, resolved(mix[1], told), resolved(mix[3], told))


def contrast(front: str, back: str, face: str, house: str) -> float:
    """Compute the contrast of two tokens (WCAG 2.2)."""
    told = tokens(face, house)
    weights = (0.2126, 0.7152, 0.0722)
    dark, light = sorted(
        sum(w * p for w, p in zip(weights, resolved(told[name], told), strict=True))
        for name in (front, back)
    )
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *[("ink", ground, 7) for ground in ("ground", "surface", "sunken", "brand-tint")],
    *[("ink", f"{kind}-ground", 7) for kind in ("warn", "bad")],
    *[("ink-soft", ground, 4.5) for ground in ("ground", "surface", "sunken", "brand-tint")],
    *[("brand", ground, 4.5) for ground in ("ground", "surface", "sunken", "brand-tint")],
    *[("brand-strong", ground, 7) for ground in ("ground", "surface", "brand-tint")],
    *[("brand-ink", ground, 4.5) for ground in ("brand", "brand-strong")],
    *[(k, f"{k}-ground", 4.5) for k in ("good", "busy", "warn", "bad", "calm")],
    *[("bad", ground, 4.5) for ground in ("ground", "surface")],
    *[("field-line", ground, 3) for ground in ("ground", "surface")],
    *[("focus", ground, 3) for ground in ("ground", "surface", "sunken", "brand-tint")],
]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("face", FACES)
def test_every_pair_of_colours_can_be_told_apart(face, house):
    found = {(f, b): contrast(f, b, face, house) for f, b, _ in PAIRS}

    assert {p: found[p[:2]] for p in PAIRS if found[p[:2]] < p[2]} == {}


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("brand-ink", "ink", "light", "#000000") == pytest.approx(15.9, abs=0.2)
    assert mixed(0.5, linear("#ff0000"), linear("#0000ff")) == pytest.approx(
        linear("#8c53a2"), abs=0.005
    )


def test_one_colour_carries_the_whole_brand():
    brand = {name: said for name, said in tokens("light", "x").items() if "brand" in name}

    assert {name for name, said in brand.items() if "--house" not in said} == {"brand-ink"}
    assert TOKENS.count("#0b6e4f") == 1


def test_colours_stand_in_the_tokens_only():
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", COMPONENTS)) == {"#ffffff"}


def test_the_look_is_light_to_send():
    sent = [len(gzip.compress(each.encode(), 6)) for each in (TOKENS, COMPONENTS)]

    assert sum(sent) < 15_000


def test_every_token_that_a_part_uses_exists():
    asked = set(re.findall(r"var\(--([\w-]+)\)", TOKENS + COMPONENTS))

    assert asked - set(tokens("light", "#000000")) == set()
