/** Where everything stands in the drawing of the connection: numbers only, nothing of the page. */

/** Faces that have room at one side; the rest of the direct ones are drawn as points in accent. */
const SIDE = { wide: 4, small: 4 };

const BOXES = {
  wide: { width: 640, height: 236, x: 320, y: 118, face: 16, self: 19, hop: 6.5, dot: 5.5 },
  small: { width: 300, height: 282, x: 150, y: 141, face: 15, self: 19, hop: 6, dot: 5 },
};

/** Without faces the small one needs less height. */
const LOW = { wide: BOXES.wide, small: { ...BOXES.small, height: 190, y: 95 } };

function spread(count, from, to) {
  const gap = (to - from) / count;
  return Array.from({ length: count }, (_, i) => from + gap * (i + 0.5));
}

/** Up to four on each side: first those on this network on the left (above), then from the right. */
function sides(near, far, room) {
  const right = far.slice(0, room);
  const free = near.length ? 0 : room;
  const left = near.length ? near.slice(0, room) : far.slice(room, room + free);
  if (!near.length && right.length > 1 && !left.length) {
    const half = Math.ceil(right.length / 2);
    return { left: right.slice(half), right: right.slice(0, half) };
  }
  return { left, right };
}

function wideFaces({ left, right }) {
  const column = (people, x, end) =>
    spread(people.length, 30, 206).map((y, i) => ({
      ...people[i],
      x,
      y,
      label: x + end * 26,
      end,
    }));
  return [...column(left, 150, -1), ...column(right, 540, 1)];
}

function smallFaces({ left, right }) {
  const row = (people, y) =>
    spread(people.length, 14, 286).map((x, i) => ({ ...people[i], x, y, label: x, end: 0 }));
  return [...row(left, 50), ...row(right, 232)];
}

/** Changing, but always the same for the same number: a drawing does not jump when it is drawn again. */
const vary = (i) => (i * 0.618) % 1;

/** Where no face is drawn there is room all around. */
function around(count, box, rx, ry) {
  return spread(count, -20, 340).map((degrees, i) => {
    const angle = (degrees * Math.PI) / 180;
    const far = count > 2 ? 0.62 + 0.38 * vary(i + 1) : 0.7;
    return { x: box.x + rx * far * Math.cos(angle), y: box.y + ry * far * Math.sin(angle) };
  });
}

/** Points of others: in the arcs that the faces leave free, at changing distances. */
function dots(count, shape, box, alone) {
  const wide = shape === 'wide';
  const arcs = wide
    ? [
        [238, 322],
        [38, 122],
      ]
    : [
        [-30, 30],
        [150, 210],
      ];
  const [rx, ry] = wide ? [205, 106] : [136, 96];
  if (alone) return around(count, box, rx, Math.min(ry, box.y - 12));
  const first = Math.ceil(count / 2);
  return [first, count - first].flatMap((n, arc) =>
    spread(n, ...arcs[arc]).map((degrees, i) => {
      const angle = (degrees * Math.PI) / 180;
      const far = n > 1 ? 0.66 + 0.34 * vary(i + 3 * arc + 1) : 0.9;
      return { x: box.x + rx * far * Math.cos(angle), y: box.y + ry * far * Math.sin(angle) };
    }),
  );
}

/** The rings of those who carry, between us and a face; at most three are drawn. */
function hops(face, box) {
  const n = Math.min(Math.max(face.others || 1, 1), 3);
  return spread(n, 0.24, 0.82).map((part, i) => {
    const bend = n === 1 ? 10 : i % 2 ? -6 : 8;
    return {
      x: box.x + (face.x - box.x) * part,
      y: box.y + (face.y - box.y) * part + (Math.abs(face.y - box.y) < 12 ? bend : 0),
    };
  });
}

/** Around those on this network. */
function fence(faces, shape) {
  const ys = faces.filter(({ way }) => way === 'near').map(({ y }) => y);
  if (shape === 'small')
    return { x: 8, y: 4, width: 284, height: 76, label: { x: 16, y: 97, end: 'map-right' } };
  const top = Math.min(...ys) - 34;
  const height = Math.max(...ys) + 34 - top;
  return { x: 40, y: top, width: 200, height, label: { x: 140, y: top + height + 18, end: '' } };
}

/**
 * The drawing: as many lines as there are links, and the ways through others.
 *
 * @param {{direct: Array, through: Array, others: number}} who of network.js
 * @param {string} shape wide or small
 */
export function places({ direct, through, others }, shape) {
  const alone = !direct.length && !through.length;
  const box = alone ? LOW[shape] : BOXES[shape];
  const room = SIDE[shape];
  const near = direct.filter(({ way }) => way === 'near');
  const far = [...direct.filter(({ way }) => way !== 'near'), ...through];
  const put = sides(near, far, room);
  const faces = (shape === 'wide' ? wideFaces : smallFaces)(put).map((face) => ({
    ...face,
    hops: face.way === 'through' ? hops(face, box) : [],
  }));
  const shown = new Set(faces.map(({ card }) => card));
  const faceless = direct.filter(({ card }) => !shown.has(card)).length;
  const all = dots(faceless + others, shape, box, alone);
  const yard = near.length > 0 && fence(faces, shape);
  return {
    box,
    yard,
    faces,
    mine: all.slice(0, faceless),
    others: all.slice(faceless),
    left: through.filter(({ card }) => !shown.has(card)).length,
  };
}
