// The map of customers. Their places come once for each run; a move of the slider brings only their colours.
import { buildParts, showInside, showLegend } from "./parts.js";
import { listen } from "./gestures.js";
import { placeNames, showNames } from "./names.js";
import { paintPoints, paintSketch } from "./paint.js";

const places = new Map(); // by run: x, y, customer, density, bounds
const maps = new Map(); // by the element that Streamlit gives

export default function (component) {
  if (component.data.points) return keepPlaces(component.data);
  const map = maps.get(component.parentElement) ?? openMap(component.parentElement);
  showColours(map, component);
  return () => closeMap(map);
}

function keepPlaces({ run, points, density, bounds }) {
  const column = (name) => points.getChild(name);
  places.clear();
  places.set(run, {
    x: column("x").toArray(),
    y: column("y").toArray(),
    customer: column("customer"),
    density: density?.getChild("crowd").toArray(),
    bounds,
  });
  for (const map of maps.values()) redraw(map);
}

function openMap(parent) {
  const map = { parent, tool: "move", hidden: new Set(), highlighted: null, outline: [], hovered: null };
  map.camera = { zoom: 1, left: 0, top: 0 };
  map.redraw = () => redraw(map);
  map.reset = () => reset(map);
  map.parts = buildParts(parent, map);
  map.placesOf = () => places.get(map.view?.run);
  map.sketch = () => sketch(map);
  map.circle = (outline) => circle(map, outline);
  map.stopListening = listen(map);
  map.resized = new ResizeObserver(() => redraw(map));
  map.resized.observe(map.parts.plane);
  maps.set(parent, map);
  return map;
}

function closeMap(map) {
  map.resized.disconnect();
  map.stopListening();
  map.parts.root.remove();
  maps.delete(map.parent);
}

function showColours(map, { data, setStateValue }) {
  if (data.run !== map.view?.run) Object.assign(map, { outline: [], hidden: new Set(), hovered: null });
  const column = (name) => data.colours.getChild(name)?.toArray();
  map.view = { ...data, segment: column("segment"), confidence: column("confidence"), shade: column("shade") };
  map.send = (corners) => setStateValue("outline", { run: data.run, corners });
  map.parts.canvas.setAttribute("aria-label", data.alt);
  map.middles = null;
  showLegend(map);
  redraw(map);
}

// The outline, the ring of the hovered customer, and how many are inside.
function sketch(map) {
  paintSketch(map);
  if (map.counted === map.outline) return;
  map.counted = map.outline;
  showInside(map);
}

function redraw(map) {
  map.frame ??= requestAnimationFrame(() => {
    map.frame = null;
    if (!map.placesOf() || !map.parts.plane.clientWidth) return;
    paintPoints(map);
    if (!map.middles) showNames(map);
    placeNames(map);
    map.sketch();
    map.parts.canvas.dataset.paintedK = map.view.k;
    map.parts.canvas.dataset.paintedAt = performance.now();
  });
}

function reset(map) {
  Object.assign(map.camera, { zoom: 1, left: 0, top: 0 });
  redraw(map);
}

// Back go only the corners, in the units of the map; the server finds who is inside.
function circle(map, outline) {
  const [left, right, bottom, top] = map.placesOf().bounds;
  const across = (u) => Number((left + u * (right - left)).toPrecision(6));
  const up = (v) => Number((top + v * (bottom - top)).toPrecision(6));
  map.outline = outline;
  map.sketch();
  map.send(outline.map(([u, v]) => [across(u), up(v)]));
}
