export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides a rectangle in proportion to some weights, into parts as near to squares as rows of them can be (Bruls,
 * Huizing, van Wijk: Squarified Treemaps, 2000).
 * @param weights positive, the largest first
 * @returns one rectangle for each weight, in their order
 */
export function squarify(weights: readonly number[], into: Rectangle): readonly Rectangle[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return [];
  const scale = (into.width * into.height) / total;
  const areas = weights.map((weight) => weight * scale);
  const placed: Rectangle[] = [];
  let free = into;
  for (let from = 0; from < areas.length; ) {
    const side = Math.min(free.width, free.height);
    let to = from + 1;
    while (to < areas.length && worstRatio(areas, from, to + 1, side) <= worstRatio(areas, from, to, side))
      to++;
    free = placeRow(areas.slice(from, to), free, placed);
    from = to;
  }
  return placed;
}

/** The ratio of the longer to the shorter side of the least square part of a row. */
function worstRatio(areas: readonly number[], from: number, to: number, side: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += areas[at]!;
  const square = side * side;
  return Math.max((square * areas[from]!) / (sum * sum), (sum * sum) / (square * areas[to - 1]!));
}

/** Lays a row along the shorter side; what is left is returned. */
function placeRow(row: readonly number[], free: Rectangle, placed: Rectangle[]): Rectangle {
  const sum = row.reduce((total, area) => total + area, 0);
  const upright = free.width >= free.height;
  const thickness = sum / (upright ? free.height : free.width);
  let { x, y } = free;
  for (const area of row) {
    const length = area / thickness;
    placed.push(
      upright ? { x, y, width: thickness, height: length } : { x, y, width: length, height: thickness },
    );
    if (upright) y += length;
    else x += length;
  }
  return upright
    ? { ...free, x: free.x + thickness, width: Math.max(0, free.width - thickness) }
    : { ...free, y: free.y + thickness, height: Math.max(0, free.height - thickness) };
}
