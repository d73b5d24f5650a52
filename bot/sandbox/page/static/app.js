// Puts the page together: what is looked at, what changed, and when somebody has touched something.
import { post, watch } from "./net.js";
import { showBridge, showReceived, showStory, showTrouble, showVault } from "./panels.js";
import { phoneSide } from "./phone.js";
import { teamSide } from "./team.js";

const FOLLOW_MS = 6000;
const QUIET_KEYS = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]);
// An address may name the member and the channel to begin with: ?as=…&channel=…
const asked = new URLSearchParams(location.search);
const state = { as: asked.get("as"), channel: asked.get("channel"), fan: null, view: {}, seen: {}, dismissed: new Set() };
let following = !asked.has("channel");
let followed = 0;

const team = teamSide(state, (channel) => {
  following = false;
  open(channel);
});
const phone = phoneSide(state, (fan) => {
  following = false;
  state.fan = fan;
  look();
});

function open(channel) {
  state.channel = channel;
  document.body.dataset.pane = "chat";
  team.opening();
  look();
  if (state.view.team) {
    team.showServer();
    team.showChannel();
  }
}

function look() {
  const query = Object.entries({ as: state.as, channel: state.channel, fan: state.fan });
  watch(Object.fromEntries(query.filter(([, value]) => value !== null)), show, () => (document.body.dataset.lost = "yes"));
}

function show(changed) {
  document.body.dataset.lost = "no";
  const first = !state.view.team;
  Object.assign(state.view, changed);
  if (first) begin();
  state.seen[state.view.team.you] ??= Object.fromEntries(places().map((one) => [one.id, one.last]));
  if (changed.channel === null) return elsewhere();
  markSeen();
  if (changed.team || changed.channel) team.showServer();
  if (changed.team || changed.channel) team.showChannel();
  if (changed.fans || changed.phone) phone.showFans();
  if (changed.phone) phone.showPhone();
  if (changed.received) showReceived(state.view);
  if (changed.vault) showVault(state.view);
  if (changed.trouble) showTrouble(state.view);
  if (changed.bridge) {
    team.quiet();
    showBridge(state.view);
  }
  if (changed.story) showStory(state.view, () => (following = true));
  follow();
}

function begin() {
  state.as = state.view.team.you;
  state.channel ??= state.view.channel?.id ?? null;
  state.fan = state.view.phone.id;
}

// The channel that was open is not for this member: show one that is.
function elsewhere() {
  const open = state.view.team.channels.find((one) => one.type === 0);
  if (open && open.id !== state.channel) {
    state.channel = open.id;
    look();
  }
}

function places() {
  return [...state.view.team.channels, ...state.view.team.threads];
}

function markSeen() {
  const place = places().find((one) => one.id === state.channel);
  if (place) (state.seen[state.as] ??= {})[place.id] = place.last;
}

// While the story plays and nobody has touched anything, the page goes where something happens.
function follow() {
  const { story, fans } = state.view;
  if (!following || story.state !== "playing" || Date.now() - followed < FOLLOW_MS) return;
  const newest = [...state.view.team.threads].sort((a, b) => (a.last < b.last ? 1 : -1))[0];
  if (!newest || newest.id === state.channel) return;
  followed = Date.now();
  const fan = fans.find((one) => newest.name.replace(/ · [0-9a-f]{4}$/, "").endsWith(`@${one.handle}`));
  if (fan) state.fan = fan.id;
  const { pane } = document.body.dataset;
  open(newest.id);
  document.body.dataset.pane = pane;
}

// ── touches, tabs, theme ──

function touched(event) {
  if (event.target.closest?.("[data-calm]") || (event.type === "keydown" && QUIET_KEYS.has(event.key))) return;
  const { story } = state.view;
  if (!story || story.state === "paused" || story.state === "over") return;
  const acting = event.type === "keydown";
  if (story.resumed && !acting) return;
  following = false;
  post("/story/touch");
}

for (const kind of ["pointerdown", "keydown"]) document.querySelector("main").addEventListener(kind, touched, true);

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => {
    document.body.dataset.side = tab.dataset.tab;
    for (const one of document.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", String(one.dataset.tab === tab.dataset.tab));
    if (state.view.fans) phone.showFans();
  });
}

document.getElementById("clear").addEventListener("click", () => post("/trouble/clear"));
document.getElementById("theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (getComputedStyle(document.documentElement).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "light" : "dark";
});

look();
