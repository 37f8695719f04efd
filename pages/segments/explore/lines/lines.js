// A line for each segment: its name in a box, two bars, figures, how stable it is and two buttons, below one head.
// In little space the figures bear their own words instead. A press is told with a number that no earlier one had,
// since the same may be pressed twice.
const lists = new Map(); // by the element that Streamlit gives
const MANY = 6; // from more lines on, buttons in little space are icons alone

export default function ({ parentElement, data, setStateValue }) {
  const list = lists.get(parentElement) ?? openList(parentElement);
  list.tell = (what, label, name) => setStateValue("asked", { what, label, name, number: Date.now(), run: data.run });
  list.frame.ariaLabel = data.alt;
  list.frame.classList.toggle("many", data.lines.length > MANY);
  list.frame.style.setProperty("--columns", columnsOf(data));
  list.frame.replaceChildren(headOf(data), ...data.lines.map((line, label) => lineOf(list, data, line, label)));
  fitNames(list);
  return () => closeList(list);
}

function openList(parent) {
  const frame = make("div", "list", "", { role: "list" });
  const list = { parent, frame, resized: new ResizeObserver(() => fitNames(list)) };
  parent.append(frame);
  list.resized.observe(frame);
  lists.set(parent, list);
  return list;
}

function closeList(list) {
  list.resized.disconnect();
  list.frame.remove();
  lists.delete(list.parent);
}

function make(tag, className, text = "", properties = {}) {
  const element = Object.assign(document.createElement(tag), { className, ...properties });
  if (text) element.textContent = text; // names come from files: never HTML
  return element;
}

// Mark, name, bars, figures, taste, stability, buttons: all lines share these widths.
function columnsOf({ heads, lines: [{ revenue, chips }] }) {
  const bars = Array(revenue ? 2 : 1).fill("6.6rem");
  const figures = heads.map((_, place) => (place < chips.length ? "minmax(4.4rem, .5fr)" : "minmax(6rem, 1fr)"));
  return ["2.4rem", "minmax(9rem, 1.7fr)", ...bars, ...figures, "3.2rem", "6rem"].join(" ");
}

// Hidden from what reads aloud: every line says its own.
function headOf({ words, heads, lines: [{ revenue, chips }] }) {
  const head = make("div", "line heads", "", { ariaHidden: true });
  const bars = revenue ? [words.customers, words.revenue] : [words.customers];
  head.append(
    make("span", ""),
    make("span", "of-name", words.segment),
    ...bars.map((text) => make("span", "", text)),
    ...heads.map((text, place) => make("span", place < chips.length ? "number" : "", text)),
    make("span", "", words.stable),
    make("span", "ways"),
  );
  head.lastChild.append(...Object.values(words.buttons).map((text) => make("span", "", text)));
  return head;
}

function lineOf(list, { words, heads }, line, label) {
  const row = make("div", "line", "", { role: "listitem" });
  row.style.setProperty("--own", line.colour);
  row.append(
    markOf(line, label),
    nameOf(list, words, line, label),
    barsOf(words, line),
    chipsOf(line, heads.length),
    badgeOf(line.badge),
    buttonsOf(list, words, label, line.name),
  );
  return row;
}

// The symbol alone is coloured: as text most colours are too faint.
function markOf({ mark }, label) {
  const whole = make("span", "mark");
  whole.append(make("span", "symbol", mark, { ariaHidden: true }), ` ${label + 1}`);
  return whole;
}

function nameOf(list, words, { name, generated }, label) {
  const box = make("textarea", "name", "", { value: name, rows: 1, maxLength: 60, title: words.rename });
  box.ariaLabel = words.nameOf.replace("{number}", label + 1);
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.value = name;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    box.blur();
  });
  box.addEventListener("blur", () => {
    const given = box.value.trim();
    if (given !== name) list.tell("name", label, given);
    box.value = given || generated;
    fit(box);
  });
  const named = make("label", "named");
  named.append(box, make("span", "pencil", "✎", { ariaHidden: true }));
  return named;
}

function fitNames({ frame }) {
  for (const box of frame.querySelectorAll(".name")) fit(box);
}

// A name is as high as it needs, so that none is cut.
function fit(box) {
  box.style.height = "0";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function barsOf(words, { share, revenue }) {
  const bars = make("div", "bars");
  bars.append(barOf(words.customers, share), ...(revenue ? [barOf(words.revenue, revenue)] : []));
  return bars;
}

function barOf(what, { text, width, help }) {
  const track = make("span", "track");
  const bar = make("span", "bar");
  bar.style.width = `${100 * width}%`;
  track.append(bar);
  const figure = make("span", "figure", text, { role: "img", ariaLabel: `${what}: ${text}` });
  const whole = make("span", "measure", "", { title: help });
  whole.append(make("span", "what", what, { ariaHidden: true }), track, figure);
  return whole;
}

function chipsOf({ chips, taste }, columns) {
  const all = make("div", "chips");
  all.append(...chips.map((chip) => chipOf(chip, "chip number")));
  if (columns > chips.length) all.append(chipOf(taste, "chip"));
  return all;
}

function chipOf(chip, className) {
  if (!chip) return make("span", "none");
  const whole = make("span", chip.own ? `${className} own` : className, "", { title: chip.help, role: "img", ariaLabel: chip.text });
  whole.style.cssText = chip.style;
  whole.append(make("span", "told", chip.text), make("span", "bare", chip.bare));
  return whole;
}

function badgeOf({ kind, text, help, bars, most }) {
  const badge = make("span", `badge ${kind}`, "", { title: help, role: "img", ariaLabel: text });
  for (let bar = 0; bar < most; bar += 1) badge.append(make("i", bar < bars ? "full" : ""));
  return badge;
}

// The icons are those of the pages in the sidebar.
function buttonsOf(list, words, label, name) {
  const both = make("div", "buttons");
  for (const [what, text] of Object.entries(words.buttons)) {
    const named = `${text}: ${name}`;
    const button = make("button", what, "", { type: "button", title: named, ariaLabel: named });
    button.append(make("span", "way", text));
    button.addEventListener("click", () => list.tell(what, label, ""));
    both.append(button);
  }
  return both;
}
