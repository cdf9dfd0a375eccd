/** A map that needs no tiles: places on Web Mercator, fitted into a frame of pixels. North is up. */

export interface Pin {
  lat: number;
  lon: number;
}

export interface Tile {
  href: string;
  x: number;
  y: number;
  size: number;
}

export interface View {
  width: number;
  height: number;
  /** Pixels that the whole world is wide. */
  world: number;
  left: number;
  top: number;
  metresPerPixel: number;
  at(pin: Pin): [number, number];
}

const EQUATOR_M = 40_075_016.686;
const TILE = 256;
const CLOSEST = TILE * 2 ** 17;
const MAX_ZOOM = 19;
const NORTHMOST = 85.05;

/** Both from 0 at the north-west to 1, as every tile server counts. */
const unitX = (lon: number): number => (lon + 180) / 360;
function unitY(lat: number): number {
  const phi = (Math.max(-NORTHMOST, Math.min(NORTHMOST, lat)) * Math.PI) / 180;
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI);
}

/** All of the pins with a margin around them; null without a pin. */
export function fit(pins: Pin[], width: number, height: number, margin: number): View | null {
  const [first] = pins;
  if (!first) return null;
  /** The way around the globe that is near to the first one. */
  const lonOf = (lon: number): number => lon - 360 * Math.round((lon - first.lon) / 360);
  const xs = pins.map((pin) => unitX(lonOf(pin.lon)));
  const ys = pins.map((pin) => unitY(pin.lat));
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [north, south] = [Math.min(...ys), Math.max(...ys)];
  const world = Math.min(CLOSEST, (width - 2 * margin) / (east - west), (height - 2 * margin) / (south - north));
  const left = ((west + east) / 2) * world - width / 2;
  const top = ((north + south) / 2) * world - height / 2;
  const middle = pins.reduce((sum, pin) => sum + pin.lat, 0) / pins.length;
  return {
    width,
    height,
    world,
    left,
    top,
    metresPerPixel: (EQUATOR_M * Math.cos((middle * Math.PI) / 180)) / world,
    at: (pin) => [unitX(lonOf(pin.lon)) * world - left, unitY(pin.lat) * world - top],
  };
}

/** The longest of 1, 2 or 5 times a power of ten metres that is at most so many pixels long. */
export function scaleBar(view: View, most: number): { metres: number; pixels: number } {
  const room = most * view.metresPerPixel;
  const ten = 10 ** Math.floor(Math.log10(room));
  const metres = ten * ([5, 2].find((times) => times * ten <= room) ?? 1);
  return { metres, pixels: metres / view.metresPerPixel };
}

/** The tiles of a source, such as `https://tiles.example/{z}/{x}/{y}.png`, that cover the view. */
export function tiles(view: View, source: string): Tile[] {
  const zoom = Math.max(0, Math.min(MAX_ZOOM, Math.round(Math.log2(view.world / TILE))));
  const count = 2 ** zoom;
  const size = view.world / count;
  const found: Tile[] = [];
  for (let y = Math.max(0, Math.floor(view.top / size)); y < count && y * size < view.top + view.height; y += 1) {
    for (let x = Math.floor(view.left / size); x * size < view.left + view.width; x += 1) {
      const named = { z: zoom, x: ((x % count) + count) % count, y };
      const href = source.replace(/\{([zxy])\}/g, (_, key: "z" | "x" | "y") => String(named[key]));
      found.push({ href, x: x * size - view.left, y: y * size - view.top, size });
    }
  }
  return found;
}
