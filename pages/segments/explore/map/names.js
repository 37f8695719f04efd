// The names of the segments in the map, each at the middle of its customers and none over another.
import { lens, stamp } from "./paint.js";
import { make } from "./parts.js";

const NARROW = 600; // CSS pixels: a map below this shows numbers alone, which the lines below it explain
const STEPS = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8];
// Where a name may go from its middle, in halves of its own height and width, the nearest first.
const SHIFTS = STEPS.flatMap((down) => [-2, -1, 0, 1, 2].map((across) => [across, down])).toSorted(
  ([a, b], [c, d]) => Math.hypot(3 * a, b) - Math.hypot(3 * c, d),
);

export function showNames(map) {
  const { names } = map.parts;
  map.middles = middlesOf(map);
  names.replaceChildren(...map.view.segments.map(nameOf));
}

function nameOf({ name, colour, symbol }, label) {
  const shown = make("div", "place");
  const mark = stamp(24, colour, symbol);
  mark.className = "mark";
  shown.append(mark, make("strong", "", label + 1), make("span", "", name));
  return shown;
}

// The median place of each segment, in shares of the map.
function middlesOf({ view, placesOf }) {
  const { x, y } = placesOf();
  const sizes = new Uint32Array(view.segments.length);
  for (const label of view.segment) sizes[label]++;
  return Array.from(sizes, (size, label) => {
    const own = [new Uint16Array(size), new Uint16Array(size)];
    for (let i = 0, at = 0; i < x.length; i++) {
      if (view.segment[i] !== label) continue;
      [own[0][at], own[1][at]] = [x[i], y[i]];
      at++;
    }
    const [u, v] = own.map((values) => values.sort()[size >> 1] / 65535);
    return size ? [u, 1 - v] : null;
  });
}

export function placeNames(map) {
  const { root, plane, names } = map.parts;
  const { across, down } = lens(map);
  const [width, height] = [plane.clientWidth, plane.clientHeight];
  root.classList.toggle("narrow", width < NARROW);
  const taken = [];
  map.middles.forEach((middle, label) => {
    const shown = names.children[label];
    const [x, y] = middle ? [across(middle[0]), down(middle[1])] : [-1, -1];
    shown.hidden = map.hidden.has(label) || x < 0 || x > width || y < 0 || y > height;
    if (shown.hidden) return;
    const [wide, high] = [shown.offsetWidth, shown.offsetHeight];
    const boxes = SHIFTS.map(([aside, below]) => {
      const left = clamped(x - wide / 2 + (aside * wide) / 2, width - wide);
      const top = clamped(y - high / 2 + (below * high) / 2, height - high);
      return { left, top, right: left + wide, bottom: top + high };
    });
    const box = boxes.find((one) => !taken.some((other) => overlap(one, other))) ?? boxes[0];
    taken.push(box);
    shown.style.transform = `translate(${box.left}px, ${box.top}px)`;
  });
}

function clamped(value, most) {
  return Math.max(2, Math.min(value, most - 2));
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
