// On a wide screen the evidence of an arrow or node opens beside the drawing; else its page does.
const desk = document.getElementById("evidence");
const ways = JSON.parse(document.getElementById("evidence-ways")?.textContent ?? "{}");
const wide = matchMedia("(min-width: 75rem)");
let opener = null;

function panelOf(link) {
  const href = link.getAttribute("href");
  if (ways[href]) return ways[href];
  return /\/bewijs\/(stap|knoop)\//.test(href ?? "") && !desk?.contains(link) ? href : "";
}

function dress() {
  if (document.querySelector(`link[href="${desk.dataset.style}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: desk.dataset.style }));
}

async function show(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) { location.href = address; return; }
  dress();
  desk.lastElementChild.innerHTML = await answer.text(); // our own page, from our own address
  desk.hidden = false;
  desk.scrollTop = 0;
  desk.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const asked = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const address = desk && link && !asked && wide.matches ? panelOf(link) : "";
  if (!address) return;
  event.preventDefault();
  opener = link;
  show(address).catch(() => { location.href = address; });
});

function close() {
  desk.hidden = true;
  if (opener?.isConnected) opener.focus();
}

desk?.querySelector("button").addEventListener("click", close);
desk?.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
