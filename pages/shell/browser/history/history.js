// Streamlit pushes an entry of the browser's history whenever a page writes what is looked at into its address:
// after every step of a slider, and once more for every page that is opened. "Back" is to lead to the page before.
const push = history.pushState.bind(history);

history.pushState = (state, title, address) => {
  const samePage = new URL(address, location.href).pathname === location.pathname;
  if (samePage) history.replaceState(state, title, address);
  else push(state, title, address);
};

export default function () {}
