// The centroid table: a row per feature, a column per segment. A click on a segment brings to the top what it
// has most of, a second one what it has least of, a third one the order as it came.
const tables = new Map(); // by the element that Streamlit gives
const [FEW, MANY] = [4, 6];
const CELL = 72; // CSS pixels of a cell where a row is folded
const SORTED = { 1: "descending", "-1": "ascending" };

export default function ({ parentElement, data }) {
  const table = tables.get(parentElement) ?? openTable(parentElement);
  if (table.by?.column >= data.columns.length) table.by = null;
  table.data = data;
  show(table);
  return () => {
    table.frame.remove();
    tables.delete(parentElement);
  };
}

function openTable(parent) {
  const frame = make("div", "", { className: "frame", tabIndex: 0, role: "region" });
  const table = { frame, by: null };
  new ResizeObserver(() => fold(frame)).observe(frame);
  parent.append(frame);
  tables.set(parent, table);
  return table;
}

function make(tag, text = "", properties = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  if (text) element.textContent = text; // names come from files: never HTML
  return element;
}

function show(table) {
  const { frame, data } = table;
  const size = `${sizeOf(data.columns.length)} ${data.shownAreNumbers ? "" : "worded"}`;
  const whole = make("table", "", { className: size });
  whole.append(headOf(table), bodyOf(table));
  if (data.note) whole.prepend(make("caption", data.note));
  frame.ariaLabel = data.alt;
  frame.dataset.k = data.columns.length;
  frame.replaceChildren(whole);
  fold(frame);
}

// A table that does not fit is folded up instead of pushed sideways, into lines of as many cells each.
function fold(frame) {
  frame.classList.remove("folded");
  frame.classList.toggle("folded", frame.scrollWidth > frame.clientWidth);
  const fit = Math.max(Math.floor(frame.clientWidth / CELL), 1);
  frame.style.setProperty("--across", Math.ceil(frame.dataset.k / Math.ceil(frame.dataset.k / fit)));
}

// With many columns their numbers and colours name the segments, in little space or everywhere.
function sizeOf(columns) {
  if (columns > MANY) return "most";
  return columns > FEW ? "many" : "";
}

function headOf(table) {
  const { columns, everyone, shownAs } = table.data;
  const row = make("tr");
  row.append(make("td"), make("th", everyone, { scope: "col" }));
  row.append(...columns.map((column, place) => headingOf(table, column, place)));
  row.append(make("th", shownAs, { scope: "col", className: "words" }));
  const head = make("thead");
  head.append(row);
  return head;
}

function headingOf(table, { name, colour, mark }, place) {
  const isSorted = table.by?.column === place;
  const heading = make("th", "", { scope: "col", ariaSort: isSorted ? SORTED[table.by.way] : "none" });
  const button = make("button", "", { type: "button", title: `${name}: click to sort` });
  const number = make("strong");
  const symbol = make("span", mark, { ariaHidden: "true" });
  symbol.style.color = colour; // the symbol alone: as text most colours are too faint
  number.append(symbol, ` ${place + 1}`);
  button.append(number, make("span", name, { className: "name" }));
  button.addEventListener("click", () => {
    if (!isSorted) table.by = { column: place, way: 1 };
    else table.by = table.by.way === 1 ? { column: place, way: -1 } : null;
    show(table);
    table.frame.querySelectorAll("button")[place].focus();
  });
  heading.append(button);
  return heading;
}

function bodyOf({ data, by }) {
  const rows = by
    ? data.rows.toSorted((a, b) => by.way * (b.effects[by.column] - a.effects[by.column]))
    : data.rows;
  const body = make("tbody");
  body.append(...rows.map((row) => rowOf(row, data.columns)));
  return body;
}

function rowOf({ label, help, everyone, cells, few = [], styles, shownAs }, columns) {
  const row = make("tr");
  row.append(make("th", label, { scope: "row", title: help }), make("td", everyone));
  cells.forEach((text, place) => {
    const cell = make("td", few[place] ? `${text}*` : text, { title: few[place] ?? "" });
    cell.style.cssText = styles[place];
    cell.style.setProperty("--own", columns[place].colour);
    cell.dataset.of = place + 1; // told where a row is folded
    row.append(cell);
  });
  row.append(make("td", shownAs, { className: "words" }));
  return row;
}
