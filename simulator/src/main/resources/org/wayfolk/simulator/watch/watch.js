/** Draws what the run tells. Reads only; what it shows of the run's words is text, never markup. */
const POLL_MS = 150;
/** How long, in milliseconds of the run, a crossed link stays lit. */
const LIT_MS = 4000;
const TURN = 2 * Math.PI;

const $ = (id) => document.getElementById(id);
const canvas = $('ring');
const context = canvas.getContext('2d');
let state = null;
let hovered = -1;
let chosen = -1;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || '#888';
}

/** Resolves light-dark() by asking what it comes to. */
function colours() {
  const probe = document.createElement('i');
  document.body.append(probe);
  const all = {};
  for (const name of ['paper', 'link', 'line', 'edge', 'ink', 'ink-2', 'going', 'none', 'late', 'lost']) {
    probe.style.setProperty('color', colour(name));
    all[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return all;
}

const look = (hurt) => (hurt === 'under_way' ? 'going' : hurt);

function geometry() {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { x: width / 2, y: height / 2 - 12, r: Math.max(60, Math.min(width, height) / 2 - 64) };
}

function spots({ x, y, r }) {
  const at = new Map();
  for (const node of state.nodes) {
    const angle = node.place * TURN - TURN / 4;
    at.set(node.n, { x: x + r * Math.cos(angle), y: y + r * Math.sin(angle), angle, node });
  }
  return at;
}

/** A line that bends toward the middle, so that neighbours' links are seen too. */
function bend(a, b, middle, pull = 0.35) {
  const mx = (a.x + b.x) / 2;
  const my = (a.y + b.y) / 2;
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.quadraticCurveTo(mx + (middle.x - mx) * pull, my + (middle.y - my) * pull, b.x, b.y);
  context.stroke();
}

function drawLinks(at, middle, ink) {
  context.lineWidth = 1;
  const few = state.links.length < 400;
  for (const [a, b] of state.links) {
    const one = hovered === a || hovered === b;
    if (hovered >= 0 && !one) continue;
    context.globalAlpha = one ? 0.9 : few ? 0.5 : Math.max(0.06, 150 / state.links.length);
    context.strokeStyle = one ? ink.ink : ink.edge;
    bend(at.get(a), at.get(b), middle);
  }
  context.globalAlpha = 1;
}

function drawMessages(at, middle, ink) {
  const now = state.at * 1000;
  for (const message of state.messages) {
    const one = message.n === chosen;
    if (chosen >= 0 && !one) continue;
    for (const [from, to, when, back, arrived] of message.legs) {
      const fresh = one ? 1 : 1 - (now - when) / LIT_MS;
      if (fresh <= 0 || !at.has(from) || !at.has(to)) continue;
      context.globalAlpha = back ? fresh * 0.45 : fresh;
      context.strokeStyle = ink[arrived ? look(message.hurt) : 'lost'];
      context.lineWidth = one ? 3 : back ? 1.5 : 2.5;
      context.setLineDash(arrived ? (back ? [2, 4] : []) : [6, 5]);
      bend(at.get(from), at.get(to), middle, back ? 0.2 : 0.35);
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawNodes(at, ink, middle) {
  const size = Math.max(2.5, Math.min(6, 420 / state.nodes.length));
  for (const { x, y, angle, node } of at.values()) {
    const hurt = node.lost ? 'lost' : node.here && !node.links ? 'lost' : node.late ? 'late' : 'none';
    const grow = Math.min(4, Math.sqrt(node.lost * 2 + node.late));
    context.beginPath();
    context.arc(x, y, size + grow, 0, TURN);
    context.fillStyle = node.here ? ink[hurt] : ink.paper;
    context.strokeStyle = node.here ? ink.paper : ink[node.lost ? 'lost' : 'edge'];
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    if (node.n !== hovered && state.nodes.length > 64) continue;
    context.fillStyle = ink[node.n === hovered ? 'ink' : 'ink-2'];
    context.font = `${node.n === hovered ? 600 : 400} 11px system-ui, sans-serif`;
    context.textAlign = Math.cos(angle) < -0.1 ? 'right' : Math.cos(angle) > 0.1 ? 'left' : 'center';
    context.textBaseline = 'middle';
    const out = size + grow + 8;
    context.fillText(String(node.n), x + out * Math.cos(angle), y + out * Math.sin(angle));
  }
  if (!state.nodes.length) {
    context.fillStyle = ink['ink-2'];
    context.textAlign = 'center';
    context.fillText('nobody has come yet', middle.x, middle.y);
  }
}

function draw() {
  if (!state || !state.nodes) return;
  const middle = geometry();
  const ink = colours();
  const at = spots(middle);
  drawLinks(at, middle, ink);
  drawMessages(at, middle, ink);
  drawNodes(at, ink, middle);
  draw.at = at;
}

function element(name, text, more = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(more)) made.setAttribute(key, value);
  return made;
}

function head() {
  const here = state.nodes.filter((node) => node.here).length;
  const ended = state.delivered + state.lost;
  const figures = [
    [`${state.at.toFixed(1)} s`, 'virtual time'],
    [here, here === state.nodes.length ? 'nodes' : `of ${state.nodes.length} nodes are here`],
    [state.links.length, 'links'],
    [ended ? percent(state.first / ended) : '–', 'at the first try'],
    [ended ? percent(state.delivered / ended) : '–', `delivered of ${ended}`],
    [state.lost, 'not delivered'],
  ];
  $('head').replaceChildren(...figures.map(([value, words]) => {
    const box = document.createElement('div');
    box.append(element('dd', value), element('dt', words));
    return box;
  }));
  $('over').textContent = state.over || 'It runs.';
}

/** Never rounded up to all of them. */
function percent(share) {
  return `${Math.floor(share * 10000) / 100} %`;
}

function rows(list, all, row) {
  const focus = list.contains(document.activeElement) && document.activeElement.dataset.n;
  list.replaceChildren(...all.map((each) => {
    const item = document.createElement('li');
    item.append(row(each));
    return item;
  }));
  if (focus) list.querySelector(`[data-n="${focus}"]`)?.focus();
}

function lists() {
  const messages = state.messages.slice(-12).reverse();
  if (chosen >= 0 && !state.messages.some((each) => each.n === chosen)) chosen = -1;
  rows($('messages'), messages, (message) => {
    const button = element('button', '', { type: 'button', 'data-n': message.n, class: look(message.hurt) });
    button.setAttribute('aria-pressed', String(message.n === chosen));
    button.append(element('b', `${message.from} → ${message.to}`), element('span', message.words || 'under way'));
    button.onclick = () => {
      chosen = chosen === message.n ? -1 : message.n;
      draw();
    };
    return button;
  });
  $('calm').hidden = state.failures.length > 0;
  rows($('failures'), state.failures.map((each, i) => ({ ...each, i })), (failure) => {
    const button = element('button', '', { type: 'button', 'data-n': failure.n, class: 'lost' });
    button.append(element('b', `${failure.from} → ${failure.to}`), element('span', `${failure.at} s: ${failure.words}`));
    button.onclick = () => open(failure.i);
    return button;
  });
}

/** The tables of everybody who held a frame of it, as they were when it failed. */
async function open(number) {
  const failure = await (await fetch(`failure/${number}`)).json();
  $('failure-title').textContent =
    `${failure.from} → ${failure.to}, sent at ${failure.at} s, given up at ${failure.failed_at} s: ${failure.words}`;
  const parts = [element('p', failure.here ? 'The receiver was there.' : 'The receiver was not there.', { class: 'hint' })];
  parts.push(element('h3', 'The way'));
  parts.push(grid(['at, s', 'from', 'to', 'kind', ''], failure.legs.map(([from, to, at, back, arrived]) =>
    [(at / 1000).toFixed(2), from, to, back ? 'answer' : 'message or key ask', arrived ? '' : 'lost on the link'])));
  for (const table of failure.tables) {
    parts.push(element('h3', `Table of ${table.n}${table.here ? '' : ', which is gone'}`));
    parts.push(element('code', table.id));
    parts.push(grid(['level', 'peer', 'id', 'dialled by', 'round trip, ms', 'queued, bytes', ''], table.links.map((link) =>
      [link.level, link.n, link.id, link.dialled ? 'this node' : 'the peer', link.ms, link.queued, link.alive ? '' : 'is gone'])));
  }
  $('tables').replaceChildren(...parts);
  $('failure').showModal();
}

function grid(names, lines) {
  const table = document.createElement('table');
  const top = table.createTHead().insertRow();
  top.append(...names.map((name) => element('th', name)));
  const body = table.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    row.append(...line.map((cell) => element('td', cell, cell === 'is gone' || cell === 'lost on the link' ? { class: 'gone' } : {})));
  }
  return table;
}

canvas.addEventListener('pointermove', (event) => {
  if (!draw.at) return;
  const box = canvas.getBoundingClientRect();
  let best = 14;
  hovered = -1;
  for (const { x, y, node } of draw.at.values()) {
    const far = Math.hypot(x - (event.clientX - box.left), y - (event.clientY - box.top));
    if (far < best) [best, hovered] = [far, node.n];
  }
  const node = hovered >= 0 && draw.at.get(hovered).node;
  if (node) $('under').textContent = `Node ${node.n}, id ${node.id}…: ${node.here ? `${node.links} links` : 'gone'}, ${node.late} late, ${node.lost} lost with it`;
  draw();
});
canvas.addEventListener('pointerleave', () => {
  hovered = -1;
  draw();
});
addEventListener('resize', draw);

async function follow() {
  try {
    const next = await (await fetch('state')).json();
    if (next.nodes) {
      state = next;
      head();
      lists();
      draw();
    }
  } catch {
    $('over').textContent = 'The simulation has ended.';
  }
  setTimeout(follow, POLL_MS);
}

follow();
