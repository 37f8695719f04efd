// Where the map is looked at from: zooming around a place.
import { lens } from "./paint.js";

const MOST_ZOOM = 200;

export function zoomBy(map, factor, [across, down] = middleOf(map)) {
  const { camera } = map;
  const { u, v } = lens(map);
  const [left, top] = [u(across), v(down)];
  const zoom = Math.min(Math.max(camera.zoom * factor, 0.5), MOST_ZOOM);
  const ratio = camera.zoom / zoom;
  camera.left = left - (left - camera.left) * ratio;
  camera.top = top - (top - camera.top) * ratio;
  camera.zoom = zoom;
  map.redraw();
}

function middleOf({ parts: { plane } }) {
  return [plane.clientWidth / 2, plane.clientHeight / 2];
}
