// Mouse, fingers and keys: moving, zooming, drawing around customers, finding the one under the pointer.
import { zoomBy } from "./camera.js";
import { lens } from "./paint.js";
import { showNote } from "./parts.js";

const REACH = 10; // CSS pixels
const STEP = 4; // between two corners of a lasso

export function listen(map) {
  const { sketch } = map.parts;
  const stop = new AbortController();
  const on = (name, act, more) => sketch.addEventListener(name, act, { signal: stop.signal, ...more });
  const fingers = new Map(); // by pointer: where it is now
  let drawn = null; // what is being drawn

  on("pointerdown", (event) => {
    sketch.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, placeOf(event));
    drawn = map.tool === "move" || fingers.size > 1 ? null : [placeOf(event)];
    hover(map, null);
  });
  on("pointermove", (event) => {
    const here = placeOf(event);
    const before = fingers.get(event.pointerId);
    if (!before) return hover(map, here);
    if (drawn) draw(map, drawn, here);
    else if (fingers.size === 2) pinch(map, fingers, event.pointerId, here);
    else shift(map, before[0] - here[0], before[1] - here[1]);
    fingers.set(event.pointerId, here);
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    if (drawn?.length > 2) map.circle(map.outline);
    drawn = null;
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  on("pointerleave", () => hover(map, null));
  on("wheel", (event) => {
    event.preventDefault();
    zoomBy(map, Math.exp(-event.deltaY / 400), placeOf(event));
  }, { passive: false });
  on("keydown", (event) => press(map, event));
  return () => stop.abort();
}

function placeOf({ offsetX, offsetY }) {
  return [offsetX, offsetY];
}

// A box has its first and its latest corner; a lasso every place that is a step from the one before.
function draw(map, drawn, here) {
  const { u, v } = lens(map);
  const [first] = drawn;
  const last = drawn.at(-1);
  if (Math.hypot(here[0] - last[0], here[1] - last[1]) >= STEP) drawn.push(here);
  const corners = map.tool === "box" ? [first, [here[0], first[1]], here, [first[0], here[1]]] : drawn;
  map.outline = corners.map(([across, down]) => [u(across), v(down)]);
  map.sketch();
}

function shift(map, across, down) {
  const { plane } = map.parts;
  map.camera.left += across / (plane.clientWidth * map.camera.zoom);
  map.camera.top += down / (plane.clientHeight * map.camera.zoom);
  map.redraw();
}

function pinch(map, fingers, moved, here) {
  const [, other] = [...fingers].find(([pointer]) => pointer !== moved);
  const apart = (place) => Math.hypot(place[0] - other[0], place[1] - other[1]);
  zoomBy(map, apart(here) / Math.max(apart(fingers.get(moved)), 1), other);
}

function press(map, event) {
  const keys = {
    ArrowLeft: () => shift(map, -40, 0),
    ArrowRight: () => shift(map, 40, 0),
    ArrowUp: () => shift(map, 0, -40),
    ArrowDown: () => shift(map, 0, 40),
    "+": () => zoomBy(map, 1.5),
    "-": () => zoomBy(map, 1 / 1.5),
    0: () => map.reset(),
    Escape: () => map.outline.length && map.circle([]),
  };
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
}

function hover(map, here) {
  const found = here && map.placesOf() ? nearest(map, here) : null;
  if (found === map.hovered) return;
  map.hovered = found;
  map.sketch();
  showNote(map, found, ...(here ?? [0, 0]));
}

function nearest(map, [toAcross, toDown]) {
  const { x, y } = map.placesOf();
  const { across, down } = lens(map);
  const [left, top] = [across(0) - toAcross, down(0) - toDown];
  const [wide, high] = [(across(1) - across(0)) / 65535, (down(1) - down(0)) / 65535];
  let [found, best] = [null, REACH ** 2];
  for (let i = 0; i < x.length; i++) {
    const [right, below] = [left + x[i] * wide, top + (65535 - y[i]) * high];
    const far = right * right + below * below;
    if (far < best && !map.hidden.has(map.view.segment[i])) [found, best] = [i, far];
  }
  return found;
}
