// Discord's way of writing, as elements: bold, small print, spoilers, times, mentions. No markup, only nodes.
import { el } from "./dom.js";

const STYLES = [
  ["**", "strong"],
  ["__", "u"],
  ["~~", "s"],
  ["||", "spoiler"],
  ["*", "em"],
  ["_", "em"],
];
const FENCE = /```(?:\w+\n)?([^`]+)```/;
const MENTION = /^<(?:(#|@&|@!?)(\d+)|t:(-?\d+)(?::([tTdDfFR]))?)>/;
const COMMAND = /^<(\/[^\n:>]{1,100}):\d+>/;
const PLACE = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(\/\d+)?/;
const TIMES = {
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

// `names` has channels, roles and people by id, and `open(id)` for a channel that is clicked.
export function written(text, names) {
  const box = el("div", { class: "text" });
  const parts = text.split(FENCE);
  for (const [number, part] of parts.entries()) {
    if (number % 2) box.append(el("pre", {}, el("code", { text: part.replace(/^\n|\n$/g, "") })));
    else if (part.trim() || parts.length === 1) lines(part, names, box);
  }
  return box;
}

function lines(text, names, box) {
  for (const line of text.split("\n")) {
    const [, mark = "", rest = line] = /^(#{1,3} |-# |> |- )?(.*)$/s.exec(line);
    const kind = { "-# ": "small", "> ": "quote", "- ": "item" }[mark] ?? (mark ? "heading" : "said");
    box.append(el("p", { class: kind }, inline(rest, names)));
  }
}

function inline(text, names) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(plain);
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const found = escaped(rest) ?? coded(rest) ?? commanded(rest) ?? named(rest, names) ?? placed(rest, names) ?? styled(rest, names, text[at - 1]);
    if (found) {
      if (typeof found.node === "string") plain += found.node;
      else {
        flush();
        nodes.push(found.node);
      }
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function escaped(rest) {
  return /^\\[^0-9A-Za-z\s]/.test(rest) ? { node: rest[1], length: 2 } : null;
}

function coded(rest) {
  const found = /^`([^`]+)`/.exec(rest);
  return found && { node: el("code", { text: found[1] }), length: found[0].length };
}

// A command that Discord lets people click reads like its name.
function commanded(rest) {
  const found = COMMAND.exec(rest);
  return found && { node: el("span", { class: "mention", text: found[1] }), length: found[0].length };
}

function named(rest, names) {
  const found = MENTION.exec(rest);
  if (!found) return null;
  const [all, sign, id, seconds, how] = found;
  if (seconds) return { node: moment(Number(seconds), how ?? "f"), length: all.length };
  if (sign === "#") return { node: channel(id, "", names), length: all.length };
  const name = sign === "@&" ? names.roles.get(id) : names.people.get(id);
  return { node: el("span", { class: "mention", text: `@${name ?? "unknown"}` }), length: all.length };
}

// A link to a channel or to a message in it reads like its name.
function placed(rest, names) {
  const found = PLACE.exec(rest);
  return found && { node: channel(found[1], found[2] ? " › message" : "", names), length: found[0].length };
}

function channel(id, more, names) {
  const name = names.channels.get(id)?.split(" · ")[0];
  return name
    ? el("button", { class: "mention", type: "button", on: { click: () => names.open(id) }, text: `#${name}${more}` })
    : el("span", { class: "mention", text: "#no-access" });
}

function styled(rest, names, before = " ") {
  for (const [mark, tag] of STYLES) {
    if (!rest.startsWith(mark)) continue;
    const end = closing(rest, mark);
    const inWord = mark === "_" && (/\w/.test(before) || /\w/.test(rest[end + 1] ?? " "));
    if (end < 0 || inWord) continue;
    const inner = inline(rest.slice(mark.length, end), names);
    return { node: tag === "spoiler" ? spoiler(inner) : el(tag, {}, inner), length: end + mark.length };
  }
  return null;
}

function closing(rest, mark) {
  for (let at = mark.length; at < rest.length; at += 1) {
    if (rest[at] === "\\") at += 1;
    else if (rest.startsWith(mark, at)) return at > mark.length ? at : -1;
  }
  return -1;
}

function spoiler(inner) {
  const show = (event) => event.currentTarget.classList.add("shown");
  return el("button", { class: "spoiler", type: "button", title: "Show", on: { click: show } }, inner);
}

function moment(seconds, how) {
  const at = new Date(seconds * 1000);
  const words = how === "R" ? ago(seconds) : at.toLocaleString([], TIMES[how]);
  return el("time", { datetime: at.toISOString(), title: at.toLocaleString(), text: words });
}

function ago(seconds) {
  const passed = Date.now() / 1000 - seconds;
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60]].find(([, s]) => Math.abs(passed) >= s) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(passed / size), unit);
}
