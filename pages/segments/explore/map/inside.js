// Who is within an outline, by the even-odd rule: a place is inside where a ray from it crosses it an odd number
// of times (Shimrat 1962, Algorithm 112).
export function customersInside(map) {
  const { x, y } = map.placesOf();
  const corners = map.outline.map(([u, v]) => [u * 65535, (1 - v) * 65535]);
  const [left, right] = reach(corners.map(([across]) => across));
  const [low, high] = reach(corners.map(([, up]) => up));
  let found = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] < left || x[i] > right || y[i] < low || y[i] > high) continue;
    if (isInside(corners, x[i], y[i])) found++;
  }
  return found;
}

function reach(values) {
  return [Math.min(...values), Math.max(...values)];
}

function isInside(corners, across, up) {
  let inside = false;
  for (let at = 0, before = corners.length - 1; at < corners.length; before = at++) {
    const [x, y] = corners[at];
    const [fromX, fromY] = corners[before];
    if (y > up !== fromY > up && across < ((fromX - x) * (up - y)) / (fromY - y) + x) inside = !inside;
  }
  return inside;
}
