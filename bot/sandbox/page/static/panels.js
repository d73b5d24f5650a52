// Beside the phones: what Fanvue received, the faults, the bridge's process, and the story.
import { clock, el, icon, list } from "./dom.js";
import { post } from "./net.js";

const find = (id) => document.getElementById(id);
const BRIDGE = {
  running: "Bridge running",
  starting: "Bridge starting …",
  stopping: "Bridge stopping …",
  stopped: "Bridge stopped",
};
const KILL = { deed: "kill", label: "Kill", title: "SIGKILL: in the middle of whatever it does" };
const PROCESS = {
  running: [{ deed: "stop", label: "Stop", title: "SIGTERM: it finishes what it began" }, KILL],
  starting: [KILL],
  stopping: [KILL],
  stopped: [{ deed: "start", label: "Start", title: "Start the process again" }],
};
const STORY = {
  waiting: "The evening begins in a moment.",
  playing: "The evening plays by itself. Touch anything to take over.",
  paused: "The evening waits for you.",
  over: "The evening is over.",
};

export function showReceived(view) {
  list(find("received"), view.received, (one) => one.number, (one) =>
    el("li", { class: one.tone }, el("time", { datetime: one.at, text: clock(one.at) }), el("span", { text: one.text })));
  if (!view.received.length) find("received").replaceChildren(el("li", { class: "soft", data: { key: "none" }, text: "Nothing yet." }));
}

export function showVault(view) {
  list(find("vault"), view.vault, (one) => one.id, (one) => {
    const copy = el("button", { type: "button", class: "plain", title: one.id, on: { click: () => take(one.id, copy) } }, icon("copy"), one.name);
    return el("li", {}, copy);
  });
}

async function take(id, button) {
  await navigator.clipboard?.writeText(id);
  button.classList.add("done");
  find("copied").textContent = `Copied ${id}`;
}

export function showTrouble(view) {
  const troubled = view.trouble.some((one) => one.on);
  document.body.dataset.trouble = troubled ? "yes" : "no";
  find("clear").disabled = !troubled;
  list(find("trouble"), view.trouble, (one) => one.name, (one) => {
    const turn = () => post(`/trouble/${one.name}`, { on: !one.on });
    const state = one.on ? (one.lasts ? "On" : "Armed") : one.lasts ? "Off" : "Once";
    return el(
      "li",
      {},
      el("button", { type: "button", role: "switch", "aria-checked": String(one.on), data: { focus: one.name }, on: { click: turn } },
        el("span", { class: "label" }, el("strong", { text: one.title }), el("span", { class: "soft", text: one.hint })),
        el("span", { class: "knob", text: state })),
    );
  });
}

export function showBridge(view) {
  const { state } = view.bridge;
  document.body.dataset.bridge = state;
  for (const place of document.querySelectorAll(".bridge")) {
    const lamp = el("span", { class: "lamp", "aria-hidden": "true" });
    const buttons = PROCESS[state].map(({ deed, label, title }) =>
      el("button", { type: "button", class: "button secondary", title, on: { click: () => post(`/bridge/${deed}`) }, text: label }));
    place.replaceChildren(lamp, el("span", { role: "status", text: BRIDGE[state] }), ...buttons);
  }
}

export function showStory(view, resumed) {
  const { state, lines } = view.story;
  document.body.dataset.story = state;
  find("story-state").textContent = STORY[state];
  find("ticker").textContent = lines.at(-1)?.text ?? STORY[state];
  list(find("story-lines"), [...lines].reverse(), (line) => line.at, (line) =>
    el("li", {}, el("time", { text: clock(line.at * 1000) }), el("span", { text: line.text })));
  const playing = state === "playing" || state === "waiting";
  const next = playing ? { deed: "pause", label: "Pause" } : { deed: "resume", label: "Let it go on" };
  list(find("story-button"), state === "over" ? [] : [next], (one) => one.deed, ({ deed, label }) => {
    const go = () => {
      post(`/story/${deed}`);
      if (deed === "resume") resumed();
    };
    return el("button", { type: "button", class: "button secondary", on: { click: go } }, icon(playing ? "pause" : "play"), label);
  });
}
