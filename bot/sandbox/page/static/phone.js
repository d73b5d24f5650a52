// The fans' phones: pick a fan, then write, subscribe, tip, buy and read as they would.
import { avatar, clock, dollars, el, icon, list, sticky } from "./dom.js";
import { post } from "./net.js";

const find = (id) => document.getElementById(id);

// `pick(fan)` takes another fan's phone.
export function phoneSide(state, pick) {
  const problem = find("phone-problem");
  const text = find("fan-says");
  const photo = find("fan-photo");
  const tip = find("tip");
  const scroll = sticky(find("chat"));
  let shown = null;

  const act = async (deed, body = {}) => {
    const answer = await post(`/fans/${deed}`, { fan: state.fan, ...body });
    problem.textContent = answer.error ?? "";
    return answer.error;
  };

  find("fan-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await act("write", { text: text.value, photo: photo.checked })) return;
    text.value = "";
    photo.checked = false;
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    find("fan-form").requestSubmit();
  });
  find("read").addEventListener("click", () => act("read"));
  find("tip-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const dollarsTyped = Number(find("tip-amount").value);
    if (!(await act("tip", { cents: Math.round(dollarsTyped * 100) }))) tip.open = false;
  });

  function showFans() {
    const rows = state.view.fans.map(({ id, name, handle, unread }) => ({ id, name, handle, unread, open: id === state.fan }));
    list(find("fans"), rows, (fan) => fan.id, (fan) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", "aria-pressed": String(fan.open), data: { focus: fan.id }, on: { click: () => pick(fan.id) } },
          avatar(fan.name, fan.handle),
          fan.unread > 0 && el("span", { class: "count", "aria-label": `${fan.unread} unread`, text: fan.unread }),
          el("span", { class: "label", text: fan.name }),
          el("span", { class: "soft", text: `@${fan.handle}` }),
        ),
      ),
    );
    find("fans").querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function showPhone() {
    const { phone } = state.view;
    state.fan = phone.id;
    find("phone-of").replaceChildren(el("span", { class: "soft", text: "The phone of" }), el("strong", { text: phone.name }), el("span", { class: "soft", text: `@${phone.handle}` }));
    find("creator").replaceChildren(avatar(phone.creator, "creator"), el("span", { class: "label" }, el("strong", { text: phone.creator }), el("span", { class: "soft", text: standing(phone) })));
    list(find("standing"), offers(phone), (one) => one.deed, ({ deed, label }) => quiet(label, () => act(deed)));
    const chat = find("chat");
    list(chat, phone.messages.map((one) => ({ ...one, name: phone.creator })), (one) => one.id, (one) => bubble(one, act));
    if (!phone.messages.length) chat.replaceChildren(el("li", { class: "soft center", data: { key: "none" }, text: `${phone.name} has not written yet. Say hello below.` }));
    if (shown !== phone.id) scroll.reset();
    shown = phone.id;
    scroll.settle();
    const unread = find("unread");
    unread.hidden = phone.unread === 0;
    find("how-many").textContent = phone.unread === 1 ? "1 message not read yet" : `${phone.unread} messages not read yet`;
  }

  return { showFans, showPhone };
}

function standing(phone) {
  if (!phone.subscribed) return phone.following ? "Following, not subscribed" : "Not subscribed";
  return phone.ends ? "Subscribed, ends soon" : "Subscribed";
}

// What this fan can do about the subscription now.
function offers(phone) {
  const renew = { deed: "renew", label: "Renew" };
  const cancel = { deed: "cancel", label: "Cancel renewal" };
  const subscribe = { deed: "subscribe", label: "Subscribe $9.99" };
  const follow = { deed: "follow", label: "Follow" };
  if (phone.subscribed) return phone.ends ? [renew] : [renew, cancel];
  return phone.following ? [subscribe] : [subscribe, follow];
}

function quiet(label, click) {
  return el("button", { type: "button", class: "button secondary", data: { focus: label }, on: { click }, text: label });
}

function bubble(one, act) {
  const state = one.mine ? clock(one.at) : `${clock(one.at)}${one.read ? " · read" : ""}`;
  const locked = one.price && !one.tip && !one.bought && !one.mine;
  return el(
    "li",
    { class: `bubble ${one.mine ? "mine" : "theirs"}${one.tip ? " tip" : ""}${!one.mine && !one.read ? " new" : ""}` },
    el("span", { class: "hidden", text: one.mine ? "You: " : `${one.name}: ` }),
    one.tip && el("p", { class: "gift" }, icon("gift"), `A tip of ${dollars(one.price)}`),
    one.text && el("p", { text: one.text }),
    one.media > 0 && el("span", { class: `tile ${locked ? "locked" : ""}` }, icon(locked ? "lock" : "photo"), el("span", { text: one.media === 1 ? "1 photo" : `${one.media} photos` })),
    locked && el("button", { type: "button", class: "button primary", data: { focus: "buy" }, on: { click: () => act("buy", { message: one.id }) }, text: `Unlock for ${dollars(one.price)}` }),
    one.price && !one.tip && one.bought && el("p", { class: "soft" }, icon("check"), `Bought for ${dollars(one.price)}`),
    el("time", { datetime: one.at, text: state }),
  );
}
