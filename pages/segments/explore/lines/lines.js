// A line for each segment: its name in a box, two bars, chips, a badge and two buttons. A press is told with a
// number that no earlier one had, since the same may be pressed twice.
const lists = new Map(); // by the element that Streamlit gives

export default function ({ parentElement, data, setStateValue }) {
  const list = lists.get(parentElement) ?? openList(parentElement);
  list.tell = (what, label, name) => setStateValue("asked", { what, label, name, number: Date.now(), run: data.run });
  list.frame.ariaLabel = data.alt;
  list.frame.replaceChildren(...data.lines.map((line, label) => lineOf(list, data, line, label)));
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

function lineOf(list, { words }, line, label) {
  const row = make("div", "line", "", { role: "listitem" });
  row.style.setProperty("--own", line.colour);
  row.append(
    make("span", "mark", `${line.mark} ${label + 1}`),
    nameOf(list, words, line, label),
    barsOf(words, line),
    chipsOf(line),
    make("span", `badge ${line.badge.kind}`, line.badge.text, { title: line.badge.help }),
    buttonsOf(list, words, label, line.name),
  );
  return row;
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
  bars.append(...barOf(words.customers, share), ...(revenue ? barOf(words.revenue, revenue) : []));
  return bars;
}

function barOf(what, { text, width, help }) {
  const track = make("span", "track", "", { title: help });
  const bar = make("span", "bar");
  bar.style.width = `${100 * width}%`;
  track.append(bar);
  const figure = make("span", "figure", text, { title: help, role: "img", ariaLabel: `${what}: ${text}` });
  return [make("span", "what", what, { ariaHidden: true }), track, figure];
}

function chipsOf({ chips }) {
  const all = make("div", "chips");
  all.append(
    ...chips.map(({ text, help, style }) => {
      const chip = make("span", "chip", text, { title: help });
      chip.style.cssText = style;
      return chip;
    }),
  );
  return all;
}

function buttonsOf(list, words, label, name) {
  const both = make("div", "buttons");
  for (const [what, text] of Object.entries(words.buttons)) {
    const button = make("button", what, text, { type: "button", title: `${text}: ${name}` });
    button.addEventListener("click", () => list.tell(what, label, ""));
    both.append(button);
  }
  return both;
}
