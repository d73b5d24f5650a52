// Where a member writes: plain messages for the team, and slash commands with their options.
import { el, icon } from "./dom.js";
import { optionField } from "./fields.js";

// `hands`: say(text), slash(command, options), suggest(command, option, typed, options); `names` as in text.js.
export function composer(box, hands) {
  let commands = [];
  let names = null;
  let chosen = null;
  let at = 0;

  const input = el("textarea", { id: "say", rows: "1", maxlength: "2000", "aria-label": "Message", autocomplete: "off", "aria-controls": "commands" });
  const menu = el("div", { id: "commands", class: "menu", role: "listbox", "aria-label": "Commands", hidden: true });
  const send = el("button", { type: "submit", class: "round", "aria-label": "Send" }, icon("send"));
  const line = el("form", { class: "line" }, input, send);
  const sheet = el("form", { class: "sheet", hidden: true });
  box.append(menu, line, sheet);

  const matching = () => {
    const typed = input.value.startsWith("/") ? input.value.slice(1).toLowerCase() : null;
    return typed === null ? [] : commands.filter((command) => command.name.startsWith(typed.trim()));
  };

  const showMenu = () => {
    const found = matching();
    at = Math.min(at, Math.max(found.length - 1, 0));
    menu.hidden = !found.length;
    menu.replaceChildren(
      ...found.map((command, number) =>
        el(
          "button",
          { type: "button", role: "option", id: `command-${number}`, "aria-selected": String(number === at), on: { click: () => take(command) } },
          el("strong", { text: `/${command.name}` }),
          el("span", { class: "soft", text: command.description }),
        ),
      ),
    );
    menu.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    if (found.length) input.setAttribute("aria-activedescendant", `command-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };

  const take = (command) => {
    chosen = command;
    menu.hidden = true;
    const fields = command.options.map((option) =>
      optionField(option, names, async (name, typed) => hands.suggest(command.name, name, typed, await values(fields, name))),
    );
    const problem = el("p", { class: "problem", role: "alert" });
    sheet.replaceChildren(
      el("header", {}, el("strong", { text: `/${command.name}` }), el("span", { class: "soft", text: command.description })),
      el("div", { class: "fields" }, fields.map((field) => field.box)),
      problem,
      el(
        "div",
        { class: "row end" },
        el("button", { type: "button", class: "button plain", on: { click: drop }, text: "Cancel" }),
        el("button", { type: "submit", class: "button primary", text: "Run command" }),
      ),
    );
    sheet.onsubmit = async (event) => {
      event.preventDefault();
      const missing = fields.find((field) => field.required && field.value() === undefined);
      const error = missing ? `“${missing.name}” is needed.` : await hands.slash(command.name, await values(fields));
      problem.textContent = error ?? "";
      if (!error) drop();
    };
    line.hidden = true;
    sheet.hidden = false;
    (fields[0]?.input ?? sheet.querySelector("[type=submit]")).focus();
  };

  const drop = () => {
    chosen = null;
    input.value = "";
    sheet.hidden = true;
    line.hidden = false;
    input.focus();
  };

  input.addEventListener("input", () => {
    at = 0;
    showMenu();
  });
  input.addEventListener("keydown", (event) => {
    const found = matching();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found.length && step) at = (at + step + found.length) % found.length;
    else if (found.length && (event.key === "Enter" || event.key === "Tab")) take(found[at]);
    else if (found.length && event.key === "Escape") input.value = "";
    else if (event.key === "Enter" && !event.shiftKey) line.requestSubmit();
    else return;
    event.preventDefault();
    if (!chosen) showMenu();
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop();
    else if (event.key === "Enter" && !event.shiftKey && event.target.tagName === "TEXTAREA") {
      event.preventDefault();
      sheet.requestSubmit();
    }
  });
  line.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || text.startsWith("/")) return;
    input.value = "";
    if (await hands.say(text)) input.value = text;
  });

  // The channel that is open: who may write, which commands there are. An open sheet stays as it is.
  return (channel, shownNames) => {
    names = shownNames;
    commands = channel?.commands ?? [];
    const may = Boolean(channel?.writes);
    input.disabled = send.disabled = !may && !commands.length;
    input.placeholder = may ? "Write to the team, or / for a command" : commands.length ? "Type / for a command" : "You cannot write here";
    if (!chosen && !menu.hidden) showMenu();
  };
}

async function values(fields, except) {
  const given = await Promise.all(fields.filter((field) => field.name !== except).map(async (field) => [field.name, await field.value()]));
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
