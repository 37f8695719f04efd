// What stands around the canvases: the tools above, the legend below, what hovering and drawing tell.
import { zoomBy } from "./camera.js";
import { customersInside } from "./inside.js";
import { stamp } from "./paint.js";

const TOOLS = { move: "Move", box: "Box", lasso: "Lasso" };

export function make(tag, className, text, attributes = {}) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text ?? ""; // names and customers come from files: never HTML
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function buildParts(parent, map) {
  const root = make("div", "map");
  const plane = make("div", "plane");
  const canvas = make("canvas", "points", "", { role: "img" });
  const sketch = make("canvas", "sketch", "", { tabindex: 0, "aria-label": HELP, role: "application" });
  const names = make("div", "names", "", { "aria-hidden": true }); // the legend tells them
  const note = make("div", "note", "", { role: "status" });
  const inside = make("div", "inside", "", { role: "status" });
  const legend = make("div", "legend", "", { role: "group", "aria-label": "Segments on the map" });
  plane.append(canvas, names, sketch, note, inside);
  root.append(buildTools(map, sketch), plane, legend);
  parent.append(root);
  return { root, plane, canvas, names, sketch, note, inside, legend };
}

const HELP =
  "Map. Arrow keys move it, plus and minus zoom, 0 shows all, Escape forgets what was drawn around customers.";

function buildTools(map, sketch) {
  const tools = make("div", "tools", "", { role: "toolbar", "aria-label": "Tools of the map" });
  const press = (text, label, act) => {
    const button = make("button", "tool", text, { type: "button", "aria-label": label, title: label });
    button.addEventListener("click", act);
    tools.append(button);
    return button;
  };
  const choices = Object.entries(TOOLS).map(([tool, text]) => {
    const label = tool === "move" ? "Move the map by dragging" : `List customers: draw a ${tool} around them`;
    return [tool, press(text, label, () => choose(tool))];
  });
  const choose = (tool) => {
    map.tool = tool;
    sketch.dataset.tool = tool;
    for (const [name, button] of choices) button.setAttribute("aria-pressed", name === tool);
  };
  choose(map.tool);
  press("+", "Zoom in", () => zoomBy(map, 1.5));
  press("−", "Zoom out", () => zoomBy(map, 1 / 1.5));
  press("Show all", "Show the whole map", map.reset);
  press("Clear", "Forget what was drawn around customers", () => map.outline.length && map.circle([]));
  return tools;
}

export function showLegend(map) {
  const { scale, segments } = map.view;
  map.parts.legend.replaceChildren(
    ...(scale ? [scaleOf(scale)] : segments.map((segment, label) => entryOf(map, segment, label))),
  );
}

function entryOf(map, { name, colour, symbol }, label) {
  const button = make("button", "entry", "", {
    type: "button",
    title: `${name}: click to hide or show`,
    "aria-label": `${label + 1} ${name}`,
  });
  const mark = stamp(24, colour, symbol);
  mark.className = "mark";
  button.append(mark, make("strong", "", label + 1), make("span", "name", name));
  const highlight = (one) => {
    map.highlighted = map.hidden.has(one) ? null : one;
    map.redraw();
  };
  const shown = () => button.setAttribute("aria-pressed", !map.hidden.has(label));
  button.addEventListener("click", () => {
    if (!map.hidden.delete(label)) map.hidden.add(label);
    shown();
    highlight(label);
  });
  for (const start of ["pointerenter", "focus"]) button.addEventListener(start, () => highlight(label));
  for (const end of ["pointerleave", "blur"]) button.addEventListener(end, () => highlight(null));
  shown();
  return button;
}

function scaleOf({ label, low, middle, high, colours, unknown }) {
  const scale = make("div", "scale");
  const bar = make("div", "bar");
  bar.style.background = `linear-gradient(to right, ${colours.join()})`;
  const ticks = make("div", "ticks");
  ticks.append(...[low, middle, high].map((text) => make("span", "tick", text)));
  scale.append(make("div", "label", label), bar, ticks);
  if (unknown) scale.append(make("div", "label", unknown));
  return scale;
}

export function showNote(map, index, across, down) {
  const { note, plane } = map.parts;
  note.hidden = index === null;
  if (index === null) return;
  const { segments, segment, confidence } = map.view;
  const name = segments[segment[index]].name;
  note.replaceChildren(
    make("strong", "", map.placesOf().customer.get(index)),
    make("span", "", `${name} · ${confidence[index]}% sure`),
  );
  const onTheRight = across > plane.clientWidth / 2;
  note.style.left = onTheRight ? "auto" : `${across + 14}px`;
  note.style.right = onTheRight ? `${plane.clientWidth - across + 14}px` : "auto";
  note.style.top = `${Math.min(down + 10, plane.clientHeight - 56)}px`;
}

// How many are inside what is being drawn; of a part of the customers on screen, about how many of all.
export function showInside(map) {
  const { inside } = map.parts;
  if (!map.placesOf()) return;
  const { customers } = map.view;
  const drawn = map.placesOf().x.length;
  const found = map.outline.length ? customersInside(map) : 0;
  const told = drawn < customers ? Math.round((found * customers) / drawn) : found;
  const about = drawn < customers ? "about " : "";
  inside.textContent = map.outline.length ? `${about}${told.toLocaleString("en-US")} inside` : "";
}
