// Drawing on the two canvases: points below, the outline and the ring of the hovered customer above.
export const PADDING = 10;
const LEVELS = 32; // steps of a colour scale
const UNKNOWN = 255;
const QUIET = "#808495";
const MOST_MARKS = 500;
const marks = new Map(); // by size, colour, symbol and opacity

// Where the camera puts a place of the map (u from the left, v from the top, 0 to 1), in CSS pixels, and back.
export function lens({ camera, parts }) {
  const width = parts.plane.clientWidth - 2 * PADDING;
  const height = parts.plane.clientHeight - 2 * PADDING;
  return {
    across: (u) => PADDING + (u - camera.left) * camera.zoom * width,
    down: (v) => PADDING + (v - camera.top) * camera.zoom * height,
    u: (across) => (across - PADDING) / (camera.zoom * width) + camera.left,
    v: (down) => (down - PADDING) / (camera.zoom * height) + camera.top,
  };
}

export function paintPoints(map) {
  const context = fitted(map, map.parts.canvas);
  const { x, y, density } = map.placesOf();
  const { zoom } = map.camera;
  const ratio = devicePixelRatio;
  const { across, down } = lens(map);
  if (density) paintDensity(context, map, density, across, down, ratio);
  const size = Math.min(8, Math.max(3, 220 / Math.sqrt(x.length)) * Math.min(zoom, 4) ** 0.4);
  const markOf = chooser(map, Math.round(size * ratio));
  const { width, height } = context.canvas;
  const layer = context.createImageData(width, height);
  const pixels = new Uint32Array(layer.data.buffer);
  const [left, top] = [across(0) * ratio, down(0) * ratio];
  const [wide, high] = [((across(1) - across(0)) * ratio) / 65535, ((down(1) - down(0)) * ratio) / 65535];
  for (let i = 0; i < x.length; i++) {
    const mark = markOf(i);
    if (!mark) continue;
    const column = Math.round(left + x[i] * wide - mark.side / 2);
    const row = Math.round(top + (65535 - y[i]) * high - mark.side / 2);
    const isIn = column >= 0 && row >= 0 && column + mark.side <= width && row + mark.side <= height;
    if (isIn) press(mark, pixels, row * width + column, width);
  }
  context.drawImage(onCanvas(layer), 0, 0);
}

// Pixel by pixel, since asking the canvas for each of 50,000 marks takes ten times as long. What is solid
// covers what was there; a soft edge only fills what was empty.
function press({ side, pixels: mark }, pixels, corner, width) {
  for (let from = 0, row = 0; row < side; row++) {
    for (let to = corner + row * width, end = to + side; to < end; to++, from++) {
      const colour = mark[from];
      if (colour && (colour >>> 24 > 127 || !pixels[to])) pixels[to] = colour;
    }
  }
}

function onCanvas(image) {
  const canvas = blank(image.width, image.height);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

export function paintSketch(map) {
  const context = fitted(map, map.parts.sketch);
  const { across, down } = lens(map);
  const ink = getComputedStyle(map.parts.root).color;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  if (map.outline.length) {
    context.beginPath();
    for (const [u, v] of map.outline) context.lineTo(across(u), down(v));
    context.closePath();
    context.globalAlpha = 0.07;
    context.fillStyle = ink;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
  }
  const points = map.placesOf();
  if (map.hovered !== null && points) {
    const [u, v] = [points.x[map.hovered] / 65535, 1 - points.y[map.hovered] / 65535];
    context.beginPath();
    context.arc(across(u), down(v), 6, 0, 2 * Math.PI);
    context.stroke();
  }
}

function fitted(map, canvas) {
  const { clientWidth, clientHeight } = map.parts.plane;
  const [width, height] = [clientWidth, clientHeight].map((length) => Math.round(length * devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.resetTransform();
  context.clearRect(0, 0, width, height);
  return context;
}

// Everybody, as a grey mist: one pixel for each part of the map, stretched under the points.
function paintDensity(context, map, density, across, down, ratio) {
  const bins = Math.sqrt(density.length);
  const image = new ImageData(bins, bins);
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const at = 4 * ((bins - 1 - row) * bins + column);
      image.data.set([128, 132, 149, density[row * bins + column] * 0.6], at);
    }
  }
  const mist = onCanvas(image);
  const [left, top] = [across(0) * ratio, down(0) * ratio];
  context.drawImage(mist, left, top, across(1) * ratio - left, down(1) * ratio - top);
}

// Which mark a customer gets; none where the segment is hidden.
function chooser({ view, hidden, highlighted }, size) {
  const { segments, scale, segment, shade } = view;
  const quiet = markOf(size, QUIET, "circle", 0.25);
  const own = scale
    ? Array.from({ length: LEVELS }, (_, level) => between(scale.colours, level / (LEVELS - 1))).map((colour) =>
        markOf(size, colour, "circle"),
      )
    : segments.map(({ colour, symbol }) => markOf(size, colour, symbol));
  const chosen = scale
    ? (i) => (shade[i] === UNKNOWN ? quiet : own[(shade[i] * LEVELS) >> 8])
    : (i) => own[segment[i]];
  return (i) => {
    if (hidden.has(segment[i])) return null;
    return highlighted === null || highlighted === segment[i] ? chosen(i) : quiet;
  };
}

// The pixels of a mark, kept for the next painting.
function markOf(...look) {
  const name = look.join();
  if (!marks.has(name)) {
    if (marks.size > MOST_MARKS) marks.clear();
    const drawn = stamp(...look);
    const { data } = drawn.getContext("2d").getImageData(0, 0, drawn.width, drawn.height);
    marks.set(name, { side: drawn.width, pixels: new Uint32Array(data.buffer) });
  }
  return marks.get(name);
}

export function stamp(size, colour, symbol, opacity = 1) {
  const mark = blank(size + 2, size + 2);
  const context = mark.getContext("2d");
  context.translate(mark.width / 2, mark.width / 2);
  context.scale(size / 2, size / 2);
  context.fillStyle = colour;
  context.globalAlpha = opacity;
  context.fill(SHAPES[symbol]);
  return mark;
}

function blank(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

// Shapes within a circle of radius 1.
const polygon = (corners) => new Path2D(`M${corners.map((corner) => corner.join(" ")).join("L")}Z`);
const around = (number, radius = () => 1) =>
  Array.from({ length: number }, (_, i) => {
    const angle = (2 * Math.PI * i) / number - Math.PI / 2;
    return [Math.cos(angle) * radius(i), Math.sin(angle) * radius(i)];
  });
const turned = (corners) => corners.map(([x, y]) => [x, -y]);
const CROSS = "M-.35-1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z";
const circlePath = new Path2D();
circlePath.arc(0, 0, 1, 0, 2 * Math.PI);
const SHAPES = {
  circle: circlePath,
  diamond: polygon(around(4)),
  square: new Path2D("M-.8-.8H.8V.8H-.8Z"),
  "triangle-up": polygon(around(3)),
  cross: new Path2D(CROSS),
  star: polygon(around(10, (i) => (i % 2 ? 0.45 : 1))),
  hexagon: polygon(around(6)),
  "triangle-down": polygon(turned(around(3))),
};

// The colour at a share (0 to 1) of the way along "#rrggbb" colours.
function between(colours, share) {
  const at = share * (colours.length - 1);
  const [from, to] = [colours[Math.floor(at)], colours[Math.ceil(at)]].map((colour) =>
    [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16)),
  );
  return `rgb(${from.map((part, i) => Math.round(part + (to[i] - part) * (at % 1))).join()})`;
}
