"""Make the map of the observatory: country shapes, projected and thinned, as package data.

    npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0    # and unpack both
    pip install "shapely~=2.1"
    python tools/make_map.py WORLD_ATLAS_FOLDER ISO_COUNTRIES_FOLDER

Shapes: Natural Earth 1:50m, public domain, as packed by world-atlas (ISC). Natural Earth draws who holds a place; this
map follows the borders that the United Nations' members recognise in their great majority, so that Crimea goes to
Ukraine, Northern Cyprus to Cyprus, Somaliland to Somalia, the Golan to Syria. Projection: Equal Earth (Šavrič,
Patterson, Jenny 2018). The file holds ``width`` and ``height`` of the drawing and, by ISO code, a path and the place of
a dot.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path

from shapely.affinity import translate  # type: ignore[import-not-found]
from shapely.geometry import Point, Polygon, box  # type: ignore[import-not-found]
from shapely.ops import unary_union  # type: ignore[import-not-found]
from shapely.validation import make_valid  # type: ignore[import-not-found]

ROOT = Path(__file__).parent.parent
PLACES = ROOT / "src" / "nongrata" / "vocabulary" / "mappings" / "places.tsv"
OUT = ROOT / "src" / "nongrata" / "web" / "data" / "world.json"
WIDTH = 1000
TOLERANCE, SMALLEST = 0.5, 1.2
CRIMEA = Point(34.3, 45.2)
GOLAN = Polygon(
    [(35.62, 33.28), (35.66, 32.90), (35.64, 32.69), (35.75, 32.70), (35.90, 33.0), (35.83, 33.30), (35.72, 33.34)]
)
BELONGS = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}
HOLDS = {"GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR"}
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the plane, in units of the sphere's radius."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t)
    x /= 3 * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1)
    return x, t * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1)


SCALE = WIDTH / 2 / equal_earth(180, 0)[0]
TOP = equal_earth(0, 84)[1]


def on_page(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the drawing's units."""
    x, y = equal_earth(longitude, latitude)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


def decoded(topology: dict) -> list[list[tuple[float, float]]]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring(arcs: list, numbers: list[int]) -> list[tuple[float, float]]:
    """A ring of arcs; a negative number is an arc turned round."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring that crosses the 180th meridian with its longitudes running on beyond 180."""
    found, shift = [points[0]], 0.0
    for (before, _), (x, y) in itertools.pairwise(points):
        if abs(x - before) > 180:
            shift += 360 if x < before else -360
        found.append((x + shift, y))
    return found


def on_one_side(shape: object) -> list[object]:
    """A shape cut at the 180th meridian, its parts between -180 and 180 degrees."""
    parts = []
    for turn in (-360, 0, 360):
        part = shape.intersection(box(-180 + turn, -90, 180 + turn, 90))
        if not part.is_empty:
            parts.append(translate(part, -turn))
    return parts


def shapes(topology: dict, codes: dict[str, str]) -> dict[str, list[Polygon]]:
    """By code, polygons in degrees."""
    arcs = decoded(topology)
    found: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(geometry.get("id", "")) or BELONGS.get(name)
        if code is None or code == "AQ":
            print("left out:", name)
            continue
        groups = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for rings in groups:
            outer, *holes = (unwrapped(ring(arcs, numbers)) for numbers in rings)
            found.setdefault(HOLDS.get(code, code), []).extend(on_one_side(make_valid(Polygon(outer, holes))))
    return found


def corrected(found: dict[str, list[Polygon]]) -> dict[str, object]:
    """One shape a code, with the recognised borders."""
    crimea = [shape for shape in found["RU"] if shape.contains(CRIMEA)]
    if crimea:
        assert sum(shape.area for shape in crimea) < 5, "Crimea is no shape of its own any more: cut it out"
        found["RU"] = [shape for shape in found["RU"] if shape not in crimea]
        found["UA"] += crimea
    whole = {code: unary_union(parts) for code, parts in found.items()}
    gained = whole["IL"].intersection(GOLAN)
    if gained.area:
        print("Golan: moved", round(gained.area, 3), "square degrees")
        whole["IL"] = whole["IL"].difference(gained)
        whole["SY"] = unary_union([whole["SY"], gained.buffer(0.02)])
    # What the union left between two parts of one state is a seam, not a border.
    for code in ("UA", "CY", "SO"):
        whole[code] = whole[code].buffer(0.03).buffer(-0.03)
    assert whole["UA"].contains(CRIMEA)
    assert not whole["RU"].contains(CRIMEA)
    return whole


def path_of(shape: object) -> tuple[str, float]:
    """The thinned shape as a path with whole numbers in tenths of a unit, and its area on the drawing."""
    parts = getattr(shape, "geoms", [shape])
    d, area = "", 0.0
    polygons = []
    for part in parts:
        if part.geom_type != "Polygon":
            continue
        rings = [[on_page(x, y) for x, y in r.coords] for r in (part.exterior, *part.interiors)]
        polygons.append(make_valid(Polygon(rings[0], rings[1:])))
    polygons = [q for p in polygons for q in getattr(p, "geoms", [p]) if q.geom_type == "Polygon"]
    polygons.sort(key=lambda p: -p.area)
    for at, polygon in enumerate(polygons):
        area += polygon.area
        if at and polygon.area < SMALLEST:
            continue
        thin = polygon.simplify(TOLERANCE, preserve_topology=True)
        for r in (thin.exterior, *(i for i in thin.interiors if Polygon(i).area > SMALLEST)):
            points = [(round(x * 10), round(y * 10)) for x, y in list(r.coords)[:-1]]
            deltas = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
            steps = "".join(_pair(dx, dy) for dx, dy in deltas if dx or dy)
            d += f"M{points[0][0]} {points[0][1]}l{steps.strip()}z"
    return d, area


def _pair(dx: int, dy: int) -> str:
    return f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"


def dots() -> dict[str, tuple[float, float]]:
    """The point of each state."""
    lines = [line.split("\t") for line in PLACES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {code: on_page(float(longitude), float(latitude)) for code, latitude, longitude in lines[1:]}


def main(atlas: Path, iso: Path) -> None:
    """Write the file."""
    topology = json.loads((atlas / "countries-50m.json").read_text("utf-8"))
    codes = {row[2]: row[0] for row in json.loads((iso / "codes.json").read_text("utf-8"))}
    whole = corrected(shapes(topology, codes))
    points = dots()
    states = {}
    for code in sorted(whole.keys() | points.keys()):
        d, area = path_of(whole[code]) if code in whole else ("", 0.0)
        x, y = points.get(code) or on_page(*whole[code].representative_point().coords[0])
        states[code] = {"d": d, "x": round(x, 1), "y": round(y, 1), "area": round(area, 1)}
    height = round((TOP - equal_earth(0, -56)[1]) * SCALE)
    text = json.dumps({"width": WIDTH, "height": height, "states": states}, separators=(",", ":"))
    OUT.write_text(text + "\n", "utf-8")
    print(len(states), "states,", sum(bool(s["d"]) for s in states.values()), "with a shape,", len(text), "characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
