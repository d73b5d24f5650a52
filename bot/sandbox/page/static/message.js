// One Discord message: its head, its texts, its buttons, selects and covered pictures.
import { avatar, bytes, clock, el, icon } from "./dom.js";
import { written } from "./text.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };
const SELECTS = new Set([3, 5, 6, 7, 8]);

// `hands` does what is clicked: click(message, which), choose(message, which, values), dismiss(id).
export function message(item, names, hands) {
  const head = el(
    "header",
    {},
    el("strong", { class: item.bot ? "name bot" : "name", text: item.author }),
    item.bot && el("span", { class: "badge", text: "App" }),
    el("time", { datetime: item.at, text: clock(item.at) }),
    item.edited && el("span", { class: "soft", text: "edited" }),
  );
  const body = item.loading
    ? [el("p", { class: "thinking", text: `${item.author} is thinking …` })]
    : [
        item.content && written(item.content, names),
        item.embeds.map((one) => embed(one, names)),
        item.attachments.filter((file) => !held(item.components, file.id)).map((file) => attached(file, item.bot)),
        item.components.map((part) => component(part, { item, names, hands })),
      ];
  return el(
    "li",
    { class: `message${item.ephemeral ? " ephemeral" : ""}${item.follows ? " follows" : ""}`, data: { id: item.id } },
    item.used && el("p", { class: "used", text: item.used }),
    item.referenced_message && el("p", { class: "used", text: `Answer to: ${item.referenced_message.content}` }),
    avatar(item.author, item.author_id),
    el("div", { class: "body" }, head, body, item.ephemeral && onlyYou(item, hands)),
  );
}

// Whether a picture or a file among these components shows this file, so that it is not shown twice.
function held(components, file) {
  return components.some((part) => {
    const shown = [part.file, part.media, ...(part.items ?? []).map((one) => one.media)];
    return held([...(part.components ?? []), ...(part.accessory ? [part.accessory] : [])], file) || shown.some((one) => one?.attachment_id === file);
  });
}

function onlyYou(item, hands) {
  return el(
    "p",
    { class: "only-you" },
    icon("eye"),
    "Only you can see this",
    el("button", { type: "button", class: "plain", on: { click: () => hands.dismiss(item.id) }, text: "Dismiss" }),
  );
}

function component(part, around) {
  const inner = () => (part.components ?? []).map((child) => component(child, around));
  if (part.type === 17) {
    const colour = part.accent_color == null ? null : `#${part.accent_color.toString(16).padStart(6, "0")}`;
    const box = el("div", { class: "container", vars: colour ? { "--accent": colour } : {} }, inner());
    return part.spoiler ? cover(box, "Covered message") : box;
  }
  if (part.type === 1) return el("div", { class: "row" }, inner());
  if (part.type === 2) return button(part, around);
  if (SELECTS.has(part.type)) return select(part, around);
  if (part.type === 9) return el("div", { class: "section" }, el("div", {}, inner()), component(part.accessory, around));
  if (part.type === 10) return written(part.content, around.names);
  if (part.type === 11) return picture(part);
  if (part.type === 12) return el("div", { class: "gallery" }, part.items.map(picture));
  if (part.type === 13) return fileOf(part, around.item);
  if (part.type === 14) return part.divider ? el("hr") : el("div", { class: "gap" });
  return null;
}

function button(part, { item, hands }) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  const look = `button ${STYLES[part.style] ?? "secondary"}`;
  if (part.style === 5) {
    const safe = /^https?:\/\//.test(part.url);
    return el("a", { class: look, href: safe ? part.url : null, target: "_blank", rel: "noopener noreferrer", text: `${label} ↗` });
  }
  const press = async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute("aria-busy", "true");
    await hands.click(item, part.custom_id);
    pressed.removeAttribute("aria-busy");
  };
  return el("button", { type: "button", class: look, disabled: part.disabled, data: { focus: label }, on: { click: press }, text: label });
}

function select(part, { item, names, hands }) {
  const most = part.max_values ?? 1;
  const offered = choices(part, names);
  const rows = most > 1 ? Math.min(offered.length, 4) : 0;
  const box = el(
    "select",
    { "aria-label": part.placeholder ?? "Choose", multiple: most > 1, size: rows, disabled: part.disabled, data: { focus: part.custom_id } },
    most === 1 && el("option", { value: "", text: part.placeholder ?? "Choose …" }),
    offered.map(([value, label, chosen]) => el("option", { value, text: label, selected: chosen })),
  );
  const send = () => {
    const values = [...box.selectedOptions].map((option) => option.value).filter(Boolean);
    if (values.length) hands.choose(item, part.custom_id, values);
  };
  if (most === 1) box.addEventListener("change", send);
  const done = most > 1 && el("button", { type: "button", class: "button secondary", on: { click: send }, text: part.placeholder ?? "Choose" });
  return el("span", { class: "select" }, box, done);
}

// What a select offers: [value, label, chosen already].
export function choices(part, names) {
  if (part.type === 3) return part.options.map((one) => [one.value, one.description ? `${one.label} (${one.description})` : one.label, one.default]);
  const kinds = { 5: [names.people], 6: [names.roles], 7: [names.people, names.roles], 8: [names.channels] }[part.type];
  return kinds.flatMap((kind) => [...kind]).map(([id, name]) => [id, name, false]);
}

function embed(one, names) {
  return el(
    "div",
    { class: "container" },
    one.title && el("p", { class: "heading", text: one.title }),
    one.description && written(one.description, names),
    (one.fields ?? []).map((field) => el("div", { class: "field" }, el("strong", { text: field.name }), written(field.value, names))),
    one.footer && el("p", { class: "small", text: one.footer.text }),
    one.image && covered("Picture"),
  );
}

// A picture or a video that the bridge attached. A covered one is fetched only when somebody looks.
function picture(one) {
  const kind = one.media?.content_type ?? "";
  const words = one.description ?? (/^video/.test(kind) ? "Video" : "Picture");
  if (!one.media?.attachment_id) return covered(words);
  const shown = () => seen(one.media.attachment_id, kind, words);
  if (!one.spoiler) return shown();
  const tile = el("span", { class: "tile" }, icon(/^video/.test(kind) ? "play" : "photo"), el("span", { text: words }));
  return cover(tile, /^video/.test(kind) ? "Covered video" : "Covered picture", () => tile.replaceWith(shown()));
}

function seen(id, kind, words) {
  const there = (event) => event.currentTarget.classList.add("loaded");
  const src = `/picture/${id}`;
  if (/^video/.test(kind)) return el("video", { class: "picture", src, controls: true, playsinline: true, preload: "metadata", "aria-label": words, on: { loadedmetadata: there } });
  if (/^audio/.test(kind)) return el("audio", { class: "sound", src, controls: true, preload: "metadata", "aria-label": words, on: { loadedmetadata: there } });
  return el("img", { class: "picture", src, alt: words, on: { load: there } });
}

// A file below an ordinary message: the bot's own picture is shown, anybody else's picture is covered.
function attached(file, bot) {
  if (!/^image|^video/.test(file.content_type ?? "")) return named(file.filename, file.size);
  const drawn = bot && file.content_type === "image/png";
  if (!drawn) return covered(file.filename);
  return picture({ media: { attachment_id: file.id }, description: file.description });
}

// A file among the components, playable where it is sound; how large it is, the message's attachments say.
function fileOf(part, item) {
  const file = item.attachments.find((one) => one.id === part.file?.attachment_id);
  const head = named(file?.filename ?? part.name ?? "File", file?.size);
  const sound = file && /^audio/.test(file.content_type ?? "");
  const player = () => seen(file.id, file.content_type, file.description ?? file.filename);
  if (!part.spoiler) return sound ? el("div", { class: "heard" }, head, player()) : head;
  const box = el("div", { class: "heard" }, head);
  return cover(box, sound ? "Covered sound" : "Covered file", () => sound && box.append(player()));
}

// A file that is none to look at: its name and size, as it stands there.
function named(name, size) {
  return el(
    "p",
    { class: "file" },
    icon("file"),
    el("span", { class: "file-name", text: name }),
    size ? el("span", { class: "soft", text: bytes(size) }) : null,
  );
}

// Any other picture is never fetched: a placeholder stands for it, covered until somebody looks.
function covered(name) {
  const tile = el("span", { class: "tile" }, icon("photo"), el("span", { text: name }));
  return cover(tile, "Covered picture");
}

function cover(inner, what, lifted = () => {}) {
  const box = el("div", { class: "cover" }, inner);
  const lift = () => {
    box.classList.add("lifted");
    lid.remove();
    lifted();
  };
  const lid = el("button", { type: "button", class: "lid", on: { click: lift } }, icon("eye"), `${what}. Show`);
  box.append(lid);
  return box;
}
