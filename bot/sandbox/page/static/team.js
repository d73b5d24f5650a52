// The team's Discord: channels, threads, messages, as one member sees them.
import { avatar, el, icon, list, sticky } from "./dom.js";
import { composer } from "./composer.js";
import { message } from "./message.js";
import { showModal } from "./modal.js";
import { post } from "./net.js";

const CATEGORY = 4;
const FORUM = 15;
const find = (id) => document.getElementById(id);

// `go(channel)` opens a channel; `state` has as, channel, view, seen, dismissed.
export function teamSide(state, go) {
  const who = find("who");
  const notice = find("notice");
  const names = { channels: new Map(), kinds: new Map(), roles: new Map(), people: new Map(), open: go };

  const tell = (answer) => {
    const words = answer.state === "failed" ? "The application did not respond." : answer.error;
    notice.textContent = words ?? "";
    return words;
  };
  const act = async (deed, body) => {
    const answer = await post(`/team/${deed}`, { as: state.as, channel: state.channel, ...body });
    const wrong = tell(answer);
    if (answer.modal) {
      const send = async (fields) => tell(await post("/team/submit", { as: state.as, form: answer.form, fields }));
      showModal(answer.modal, names, send);
    }
    return wrong;
  };
  const hands = {
    say: (text) => act("say", { text }),
    slash: (command, options) => act("slash", { command, options }),
    suggest: async (command, option, typed, options) => {
      const answer = await post("/team/autocomplete", { as: state.as, channel: state.channel, command, option, typed, options });
      return answer.choices ?? [];
    },
    click: (item, which) => act("click", { message: item.id, which }),
    choose: (item, which, values) => act("choose", { message: item.id, which, values }),
    dismiss: (id) => {
      state.dismissed.add(id);
      showChannel();
    },
  };
  const scroll = sticky(find("scroller"));
  const showComposer = composer(find("composer"), hands);
  who.addEventListener("change", () => {
    state.as = who.value;
    go(state.channel);
  });
  find("to-channels").addEventListener("click", () => (document.body.dataset.pane = "channels"));

  function learn(team) {
    names.channels = new Map([...team.channels, ...team.threads].map((one) => [one.id, one.name]));
    names.kinds = new Map(team.channels.map((one) => [one.id, one.type]));
    names.roles = new Map(Object.entries(team.roles));
    names.people = new Map(team.people.map((one) => [one.id, one.name]));
  }

  function showServer() {
    const { team } = state.view;
    learn(team);
    find("server-name").textContent = team.name;
    list(who, team.people.filter((one) => !one.bot), (one) => one.id, (one) => el("option", { value: one.id, text: `${one.name} · ${one.role}` }));
    who.value = state.as;
    const me = team.people.find((one) => one.id === team.you);
    find("me").replaceChildren(avatar(me.name, me.id));
    list(find("channels"), rows(team, state), (row) => row.id, (row) => channelRow(row, go));
  }

  function showChannel() {
    const { team, channel } = state.view;
    const open = channel?.id === state.channel ? channel : null;
    const about = [...team.channels, ...team.threads].find((one) => one.id === state.channel);
    const forum = about?.type === FORUM;
    find("channel-name").replaceChildren(...title(about));
    find("topic").textContent = about?.topic ?? (about?.tags ?? []).join(" · ");
    find("posts").hidden = !forum;
    find("messages").hidden = forum;
    find("composer").hidden = forum;
    if (forum) showPosts(team.threads.filter((thread) => thread.parent === about.id));
    const shown = (open?.messages ?? []).filter((one) => !state.dismissed.has(one.id));
    list(find("messages"), follow(shown), (one) => one.id, (one) => message(one, names, hands), (one) => named(one, names));
    find("empty").hidden = forum || !open || shown.length > 0;
    find("hint").replaceChildren(...hint(team, open));
    showComposer(open, names);
    if (forum) find("scroller").scrollTop = 0;
    else scroll.settle();
  }

  function showPosts(threads) {
    const empty = "No fan has written yet. A post opens with a fan's first message.";
    list(find("posts"), threads.length ? threads : [{ id: "none", empty }], (one) => one.id, (one) =>
      one.empty ? el("li", { class: "soft", text: one.empty }) : postCard(one, go));
  }

  const quiet = () => {
    notice.textContent = "";
  };
  const opening = () => {
    quiet();
    scroll.reset();
  };

  return { showServer, showChannel, opening, quiet };
}

// The names of everything that a message mentions: they may be learned, or change, after it.
function named(item, names) {
  const ids = JSON.stringify(item).match(/\d{17,20}/g) ?? [];
  return ids.map((id) => names.channels.get(id) ?? names.roles.get(id) ?? names.people.get(id) ?? "");
}

// A message whose author has just spoken needs no head of its own.
function follow(messages) {
  return messages.map((one, number) => {
    const before = messages[number - 1];
    const near = before && Date.parse(one.at) - Date.parse(before.at) < 300_000;
    return { ...one, follows: Boolean(near && before.author_id === one.author_id && !one.used && !one.ephemeral && !before.ephemeral) };
  });
}

// The channel list in order: categories with their channels, forums with their posts.
function rows(team, state) {
  const inside = (parent) => team.channels.filter((one) => one.type !== CATEGORY && one.parent === parent).sort((a, b) => a.position - b.position);
  const withPosts = (channel) => [channel, ...team.threads.filter((one) => one.parent === channel.id && !one.archived)];
  const categories = team.channels.filter((one) => one.type === CATEGORY);
  const lone = inside(null).concat(team.channels.filter((one) => one.parent && one.type !== CATEGORY && !categories.some((c) => c.id === one.parent)));
  const ordered = [...lone.flatMap(withPosts), ...categories.flatMap((one) => [one, ...inside(one.id).flatMap(withPosts)])];
  const seen = state.seen[state.as] ?? {};
  // Only what the row shows: a row that is made anew under somebody's finger would lose the click.
  return ordered.map(({ id, name, type, tags, last }) => ({
    id,
    name,
    type,
    thread: tags !== undefined,
    open: id === state.channel,
    unread: type !== CATEGORY && type !== FORUM && id !== state.channel && last > (seen[id] ?? "0"),
  }));
}

function channelRow(row, go) {
  if (row.type === CATEGORY) return el("li", { class: "category", text: row.name });
  const { thread } = row;
  const [name, handle = ""] = row.name.split(" · ")[0].split(" @");
  return el(
    "li",
    { class: `${thread ? "thread" : "channel"}${row.unread ? " unread" : ""}` },
    el(
      "button",
      { type: "button", "aria-current": row.open ? "page" : null, data: { focus: row.id }, on: { click: () => go(row.id) } },
      thread ? avatar(name, handle) : icon(row.type === FORUM ? "forum" : row.name.endsWith("-alerts") ? "bell" : "hash"),
      el("span", { class: "label" }, name, handle && el("span", { class: "soft", text: ` @${handle}` })),
      row.unread && el("span", { class: "dot" }, el("span", { class: "hidden", text: "unread" })),
    ),
  );
}

function postCard(thread, go) {
  const preview = thread.preview.replace(/<t:\d+:\w>|\*\*|-# |### |\\(?=[^0-9A-Za-z\s])/g, "").split("\n").map((line) => line.replace(/^[\s·]+/, "")).filter(Boolean).slice(0, 2).join(" · ");
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", on: { click: () => go(thread.id) } },
      el("strong", { text: thread.name.split(" · ")[0] }),
      el("span", { class: "soft", text: preview }),
      el("span", { class: "tags" }, thread.tags.map((tag) => el("span", { class: "tag", text: tag })), el("span", { class: "soft", text: `${thread.count} messages` })),
    ),
  );
}

// What to do where nothing is yet: set up, if this member may; else why they see so little.
function hint(team, open) {
  if (team.channels.some((one) => one.type === FORUM)) return [];
  if (open?.commands.some((one) => one.name === "setup")) {
    return ["Type ", el("code", { text: "/setup" }), " below to make a creator's channels, then ", el("code", { text: "/link" }), " to connect her Fanvue account. Or wait: the evening begins by itself."];
  }
  const me = team.people.find((one) => one.id === team.you);
  return [`${me.name} sees only the channels that ${me.name}'s roles open.`];
}

function title(about) {
  if (!about) return [el("span", { text: "…" })];
  const thread = about.tags !== undefined;
  const sign = icon(thread || about.type === FORUM ? "forum" : about.name.endsWith("-alerts") ? "bell" : "hash");
  const name = el("span", { text: thread ? about.name.split(" · ")[0] : about.name });
  return about.adult ? [sign, name, el("span", { class: "badge", text: "18+" })] : [sign, name];
}
