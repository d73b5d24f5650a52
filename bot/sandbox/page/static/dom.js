// Makes elements, never from markup: whatever people wrote ends as text.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [what, how] of Object.entries(value)) node.addEventListener(what, how);
    else if (name === "vars") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  hash: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  forum: "M4 5h16v10H9l-5 4zM8 9h8M8 12h5",
  bell: "M6 17h12l-1.5-2.5V11a4.5 4.5 0 0 0-9 0v3.500zM10.500 20h3",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01",
  send: "M4 12 20 4l-5 16-3-7z",
  pause: "M9 6v12M15 6v12",
  play: "M8 5v14l11-7z",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  back: "M14 5l-7 7 7 7",
  check: "M5 13l4 4L19 7",
  gift: "M4 10h16v10H4zM12 10v10M4 14h16M12 10c-5 0-6-5-3-5 2 0 3 3 3 5 0-2 1-5 3-5 3 0 2 5-3 5",
  eye: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  copy: "M9 9h10v11H9zM5 15V4h10",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function avatar(name, id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  return el("span", { class: "avatar", "aria-hidden": "true", vars: { "--hue": sum }, text: initials });
}

// Shows `items` in `parent`; an item that looks as before keeps its element, its focus and its state.
// `around(item)`: what its look depends on besides itself.
export function list(parent, items, key, make, around = () => "") {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    const stamp = JSON.stringify([item, around(item)]);
    let node = before.get(name);
    before.delete(name);
    if (!node || node.dataset.stamp !== stamp) {
      const fresh = make(item);
      fresh.dataset.key = name;
      fresh.dataset.stamp = stamp;
      if (node) {
        const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
        if (place === node) place = fresh;
        node.replaceWith(fresh);
        if (focused) fresh.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
      }
      node = fresh;
    }
    if (node !== place) parent.insertBefore(node, place);
    else place = place.nextElementSibling;
  }
  for (const gone of before.values()) gone.remove();
}

// Keeps a list that grows at its end scrolled to its end, for as long as nobody has scrolled up.
export function sticky(box) {
  let stuck = true;
  let height = 0;
  const settle = () => {
    height = box.clientHeight;
    if (stuck) box.scrollTop = box.scrollHeight;
  };
  box.addEventListener("scroll", () => {
    // A box that is shown again or resized scrolls by itself; only a person's scrolling counts.
    if (box.clientHeight && box.clientHeight === height) stuck = box.scrollHeight - box.scrollTop - height < 60;
  });
  new ResizeObserver(settle).observe(box);
  return {
    settle,
    reset: () => {
      stuck = true;
    },
  };
}

export function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

export function bytes(size) {
  if (size < 1000) return `${size} bytes`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

export function dollars(cents) {
  return (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
}
