// The drawing board. Places come from the server; here people add, write, join, move and take out.
// Without this file the page shows the drawing, and the list offers the same by plain forms.

const get = (id) => document.getElementById(id);
const board = get("board");
const words = JSON.parse(get("board-words").textContent);
const kinds = JSON.parse(get("board-kinds").textContent);
const token = document.querySelector("#board-token input").value;
const address = board.dataset.address;
const status = get("board-status");
const dialogs = Object.fromEntries(["link", "node", "stale"].map((name) => [name, get(`${name}-dialog`)]));
const headers = { Accept: "application/json" };
const SVG = "http://www.w3.org/2000/svg";
let data = null;
let here = null; // identity of the node or step that is chosen
const done = []; // editions of this person's own changes, to take back
let queue = Promise.resolve();

// --- talking with the server
const say = (text, wrong = false) => { status.textContent = text; status.classList.toggle("error", wrong); };

async function load() {
  const answer = await fetch(`${address}tekenbord/`, { headers });
  if (!answer.ok) throw new Error(answer.status);
  show(await answer.json());
}

function send(path, fields = {}, mine = "") {
  queue = queue.then(() => post(path, fields, mine));
  return queue;
}

async function post(path, fields, mine) {
  say(words.saving);
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, edition: data.edition, ...fields });
  let answer, told;
  try {
    answer = await fetch(address + path, { method: "POST", body, headers });
    told = await answer.json();
  } catch {
    return offerAgain(path, fields, mine);
  }
  if (answer.status === 409) return chooseText(path, fields, mine, told);
  if (!answer.ok) { say((told.errors || []).join(" "), true); return load(); }
  if (told.changed && path !== "terug/") done.push(told.changed);
  const before = new Set(data.nodes.map((node) => node.id));
  const added = told.nodes.find((node) => !before.has(node.id));
  if (added && path === "knoop/nieuw/") here = added.id;
  show(told, true);
  say(path === "terug/" ? words.undone : words.saved);
}

function offerAgain(path, fields, mine) {
  say(words.offline, true);
  const again = button("button quiet slim", words.again, () => send(path, fields, mine));
  status.append(" ", again);
}

async function chooseText(path, fields, mine, told) {
  get("stale-mine").textContent = mine || words.dropped;
  get("stale-theirs").textContent = Object.values(told.theirs).filter(Boolean).join(" · ");
  say(words.stale, true);
  if (await ask("stale") === "mine") {
    data.edition = told.edition;
    return post(path, fields, mine);
  }
  return load();
}

function ask(name, prepare = () => {}) {
  const dialog = dialogs[name];
  prepare(dialog);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answered) => dialog.addEventListener("close", () => answered(dialog.returnValue), { once: true }));
}

// --- drawing
function part(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(className, text, act) {
  const made = part("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function put(made, x, y, width, height) {
  for (const [name, value] of Object.entries({ left: x, top: y, width, height })) made.style[name] = `${value}px`;
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function path(points) {
  const rest = points.slice(1).map((point) => point.join(" "));
  const curves = [];
  for (let at = 0; at < rest.length; at += 3) curves.push(`C${rest.slice(at, at + 3).join(" ")}`);
  return `M${points[0].join(" ")}${curves.join("")}`;
}

const focusHere = () => board.querySelector(`[data-id="${here}"]`)?.focus();
const nodeOf = (id) => data.nodes.find((node) => node.id === id);
const linkOf = (id) => data.links.find((link) => link.id === id);
const boxOf = (id) => data.drawing.boxes.find((box) => box.code === nodeOf(id)?.code);

function show(told, keepFocus = false) {
  data = told;
  if (data.drawing) draw();
  proof();
  if (keepFocus) focusHere();
}

function draw() {
  const drawing = data.drawing;
  const scrolled = board.querySelector(".toc-frame")?.scrollLeft ?? 0;
  const area = put(part("div", "toc-area"), 0, 0, drawing.width, drawing.height + 12);
  for (const column of [...drawing.columns, ...(drawing.band ? [drawing.band] : [])]) area.append(columnOf(column));
  area.append(arrows(drawing));
  data.nodes.forEach((node) => area.append(boxFor(node)));
  drawing.arrows.forEach((arrow) => area.append(labelFor(arrow), gradeFor(arrow)));
  const frame = part("div", "toc-frame");
  frame.append(area);
  board.replaceChildren(frame, tools());
  frame.scrollLeft = scrolled;
  choose(here ?? data.nodes[0]?.id, false);
}

function columnOf(column) {
  const [, heading, meaning] = kinds.find(([kind]) => kind === column.kind);
  const made = put(part("div", `toc-col ${column.kind}`), column.x, column.y, column.width, column.height);
  const add = button("toc-add", "+", () => addNode(column.kind));
  add.setAttribute("aria-label", `${words.add}: ${heading}`);
  made.append(part("strong", "", heading), part("span", "soft small", meaning), add);
  return made;
}

function arrows(drawing) {
  const svg = shape("svg", { width: drawing.width, height: drawing.height, "aria-hidden": "true", focusable: "false" });
  const heads = shape("defs", {});
  for (const name of ["plain", "lit"]) {
    const head = shape("marker", { id: `head-${name}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto", class: `toc-head ${name}` });
    head.append(shape("path", { d: "M0 0 10 5 0 10z" }));
    heads.append(head);
  }
  svg.append(heads);
  for (const arrow of drawing.arrows) svg.append(shape("path", { d: path(arrow.points), class: `toc-shaft ${arrow.kind}`, "data-code": arrow.code, "marker-end": "url(#head-plain)" }));
  return svg;
}

function boxFor(node) {
  const box = boxOf(node.id);
  const made = put(button(`toc-node ${node.kind}`, "", () => choose(node.id)), box.x, box.y, box.width, box.height);
  made.dataset.id = node.id;
  made.append(...box.lines.map((line) => part("span", "", line)));
  const ends = data.links.filter((link) => link.from === node.id).map((link) => nodeOf(link.to)?.label);
  made.setAttribute("aria-label", `${node.code} ${node.label}. ${ends.length ? `${words.goes_to}: ${ends.join("; ")}` : words.no_steps}`);
  if (data.findings.some((found) => found.stops && found.item === node.id)) made.classList.add("wrong");
  made.addEventListener("dblclick", () => write(node));
  const grip = part("span", "toc-grip");
  grip.setAttribute("aria-hidden", "true");
  grip.title = words.connect;
  grip.addEventListener("pointerdown", (event) => pull(event, node));
  made.append(grip);
  return made;
}

function labelFor(arrow) {
  const link = data.links.find((each) => each.code === arrow.code);
  const made = button("toc-label", link.because ? arrow.code : `${arrow.code} !`, () => choose(link.id));
  made.style.left = `${arrow.label.x}px`;
  made.style.top = `${arrow.label.y}px`;
  made.dataset.id = link.id;
  made.tabIndex = -1;
  if (!link.because) made.classList.add("wrong");
  const [from, to] = [nodeOf(link.from)?.label, nodeOf(link.to)?.label];
  made.setAttribute("aria-label", `${arrow.code}: ${from} ${words.goes_to} ${to}${link.grade_words ? `, ${link.grade_words}` : ""}${link.because ? "" : `, ${words.because_missing}`}`);
  made.addEventListener("dblclick", () => { location.href = `${address}stap/${link.id}/`; });
  return made;
}

function gradeFor(arrow) {
  const link = data.links.find((each) => each.code === arrow.code);
  if (!link.grade || !arrow.words) return "";
  const { x, y, width, height } = arrow.words;
  const made = put(part("span", `toc-grade ${link.grade}`, link.grade_words), x, y, width, height);
  made.setAttribute("aria-hidden", "true"); // the label of the step says it
  return made;
}

function choose(id, focus = true) {
  here = nodeOf(id) || linkOf(id) ? id : data.nodes[0]?.id ?? null;
  const link = linkOf(here);
  for (const made of board.querySelectorAll("[data-id]")) {
    const is = made.dataset.id === here;
    made.setAttribute("aria-pressed", is);
    made.tabIndex = is ? 0 : -1;
    if (is && focus) made.focus();
  }
  for (const shaft of board.querySelectorAll(".toc-shaft")) {
    const step = data.links.find((each) => each.code === shaft.dataset.code);
    const lit = step === link || step.from === here || step.to === here;
    shaft.classList.toggle("lit", lit);
    shaft.setAttribute("marker-end", step.kind === "condition" ? "" : `url(#head-${lit ? "lit" : "plain"})`);
  }
  toolsFor(link ?? nodeOf(here));
}

function tools() { return Object.assign(part("div", "toc-tools"), { id: "board-tools" }); }

function toolsFor(item) {
  const bar = get("board-tools");
  if (!item) return bar.replaceChildren();
  const name = part("p", "", item.label ?? `${item.if || "…"} → ${item.then || "…"}`);
  name.prepend(part("strong", "", `${item.code} `));
  if (item.grade_words) name.append(part("span", "soft", ` · ${item.grade_words}`));
  const isLink = "from" in item;
  const acts = isLink ? [[words.write, () => { location.href = `${address}stap/${item.id}/`; }]]
    : [[words.write, () => write(item)], [words.leads_to, () => join(item)], ["↑", () => move(item, "hoger"), words.up], ["↓", () => move(item, "lager"), words.down]];
  acts.push([words.take_out, () => takeOut(item)], [words.undo, takeBack]);
  const evidence = Object.assign(part("a", "button quiet slim", words.evidence), { href: item.panel });
  bar.replaceChildren(name, ...(item.panel ? [evidence] : []), ...acts.map(([text, act, spoken]) => {
    const made = button("button quiet slim", text, act);
    if (spoken) made.setAttribute("aria-label", spoken);
    if (act === takeBack) made.disabled = !done.length;
    return made;
  }));
}

function proof() {
  const old = get("proof");
  const made = part("aside", old.className);
  made.id = "proof";
  for (const name of ["aria-live", "aria-label"]) made.setAttribute(name, old.getAttribute(name));
  made.append(part("h2", "", old.getAttribute("aria-label")));
  const [stops, advice] = [true, false].map((is) => data.findings.filter((found) => found.stops === is));
  const list = (found, name) => { const ul = part("ul", name); found.forEach((each) => ul.append(part("li", "", each.text))); return ul; };
  if (stops.length) made.append(part("h3", "", `${words.must} (${stops.length})`), list(stops, "toc-findings stops"));
  else made.append(part("p", "", words.nothing_stops));
  if (advice.length) {
    const more = part("details", "more");
    more.open = old.querySelector("details")?.open ?? false;
    more.append(part("summary", "", `${words.may} (${advice.length})`), list(advice, "toc-findings"));
    made.append(more);
  }
  old.replaceWith(made);
}

// --- what people do
async function write(node) {
  const field = get("node-label");
  const answer = await ask("node", () => {
    field.value = node.label;
    const more = get("node-more");
    more.hidden = !node.id;
    more.href = `${address}knoop/${node.id}/`;
    get("node-title").textContent = node.id ? node.code : words.new_node;
  });
  const label = field.value.trim();
  if (answer !== "save" || !label || label === node.label) return focusHere();
  return node.id ? send(`knoop/${node.id}/`, { label }, label) : send("knoop/nieuw/", { label, kind: node.kind }, label);
}

const addNode = (kind) => write({ kind, label: "" });

async function join(node) {
  const ends = data.nodes.filter((other) => other.id !== node.id && !data.links.some((link) => link.from === node.id && link.to === other.id));
  const answer = await ask("link", () => {
    get("link-from").textContent = node.label;
    get("link-end").replaceChildren(...ends.map((end) => new Option(`${end.code} ${end.label}`, end.id)));
    get("link-because").value = "";
  });
  if (answer === "save") tie(node.id, get("link-end").value, get("link-because").value);
}

function tie(start, end, because = "") {
  const kind = nodeOf(start).kind === "context" ? "condition" : "cause";
  send("stap/nieuw/", { start, end, because, kind }, nodeOf(end)?.label);
}

const move = (node, way) => send(`knoop/${node.id}/verplaats/`, { naar: way });

function takeOut(item) {
  const next = data.nodes.find((node) => node.id !== item.id && node.kind === (item.kind ?? ""));
  here = next?.id ?? null;
  send(`deel/${item.id}/weg/`, {});
}

function takeBack() { if (done.length) send("terug/", { van: done.pop() }); }

// --- mouse, finger, keys
function pull(event, node) {
  event.preventDefault();
  event.stopPropagation();
  const frame = board.querySelector(".toc-area");
  const line = frame.querySelector("svg").appendChild(shape("path", { class: "toc-shaft pulled" }));
  const box = boxOf(node.id);
  const start = [box.x + box.width, box.y + box.height / 2];
  event.target.setPointerCapture(event.pointerId);
  say(words.choose_end);
  const follow = (moved) => {
    const edge = frame.getBoundingClientRect();
    line.setAttribute("d", `M${start.join(" ")}L${moved.clientX - edge.left} ${moved.clientY - edge.top}`);
  };
  const release = (up) => {
    event.target.removeEventListener("pointermove", follow);
    line.remove();
    const end = document.elementFromPoint(up.clientX, up.clientY)?.closest(".toc-node")?.dataset.id;
    if (end && end !== node.id) tie(node.id, end);
    else say("");
  };
  event.target.addEventListener("pointermove", follow);
  event.target.addEventListener("pointerup", release, { once: true });
}

function neighbour(id, key) {
  const box = boxOf(id);
  const others = data.nodes.filter((node) => node.id !== id).map((node) => [node.id, boxOf(node.id)]);
  const down = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (down) {
    const same = others.filter(([, other]) => Math.abs(other.x - box.x) < 4 && (other.y - box.y) * down > 0);
    return same.sort((a, b) => (a[1].y - b[1].y) * down)[0]?.[0];
  }
  const ahead = key === "ArrowRight";
  const along = data.links.find((link) => (ahead ? link.from : link.to) === id);
  if (along) return ahead ? along.to : along.from;
  const side = others.filter(([, other]) => ahead ? other.x > box.x : other.x < box.x);
  return side.sort((a, b) => Math.hypot(a[1].x - box.x, a[1].y - box.y) - Math.hypot(b[1].x - box.x, b[1].y - box.y))[0]?.[0];
}

board.addEventListener("keydown", (event) => {
  const id = event.target.dataset?.id;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") { event.preventDefault(); return takeBack(); }
  if (!id) return undefined;
  const node = nodeOf(id), link = linkOf(id);
  const acts = {
    Enter: () => node ? write(node) : (location.href = `${address}stap/${id}/`),
    Delete: () => takeOut(node ?? link),
    l: () => node && join(node),
    n: () => node && addNode(node.kind),
  };
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    if (event.altKey && node) return /Up|Down/.test(event.key) ? move(node, event.key === "ArrowUp" ? "hoger" : "lager") : undefined;
    if (event.shiftKey && node) return choose(data.links.find((each) => each.from === id)?.id ?? id);
    const next = node ? neighbour(id, event.key) : event.key === "ArrowLeft" ? link.from : link.to;
    return next && choose(next);
  }
  if (acts[event.key] && !event.ctrlKey && !event.altKey) { event.preventDefault(); return acts[event.key](); }
  return undefined;
});

load().then(() => board.classList.add("ready")).catch(() => say(words.offline, true));
