// The fields of a slash command and of a form: each knows how to show itself and what it holds.
import { el } from "./dom.js";
import { choices } from "./message.js";

const KIND = { text: 3, whole: 4, truth: 5, person: 6, channel: 7, role: 8, any: 9, number: 10, file: 11 };
const UPLOAD = 19;
const RADIOS = 21;
const CHECKBOXES = 22;
const CHECKBOX = 23;

// One option of a command. `value()` gives what is sent, undefined while it is empty.
export function optionField(option, names, suggest) {
  const id = `option-${option.name}`;
  const { input, value } = optionInput(option, id, names);
  const box = el(
    "div",
    { class: "field" },
    el("label", { for: id }, option.name, option.required && el("span", { class: "soft", text: " (needed)" })),
    input,
    el("p", { class: "soft", text: option.description }),
  );
  if (option.autocomplete) box.append(suggestions(input, (typed) => suggest(option.name, typed)));
  return { name: option.name, required: option.required, box, input, value };
}

function optionInput(option, id, names) {
  const pick = (rows) => {
    const input = el("select", { id }, el("option", { value: "", text: "—" }), rows.map(([value, label]) => el("option", { value, text: label })));
    return { input, value: () => input.value || undefined };
  };
  if (option.choices) {
    const { input, value } = pick(option.choices.map((one, number) => [String(number), one.name]));
    return { input, value: () => (value() === undefined ? undefined : option.choices[Number(value())].value) };
  }
  if (option.type === KIND.truth) {
    const { input, value } = pick([["yes", "Yes"], ["no", "No"]]);
    return { input, value: () => (value() === undefined ? undefined : value() === "yes") };
  }
  if (option.type === KIND.person) return pick([...names.people]);
  if (option.type === KIND.role) return pick([...names.roles]);
  if (option.type === KIND.any) return pick([...names.people, ...names.roles]);
  if (option.type === KIND.channel) return pick([...names.channels].filter(([channel]) => fits(option, names.kinds.get(channel))));
  if (option.type === KIND.file) {
    const input = el("input", { id, type: "file" });
    return { input, value: () => (input.files[0] ? upload(input.files[0]) : undefined) };
  }
  if (option.type === KIND.whole || option.type === KIND.number) {
    const input = el("input", { id, type: "number", step: option.type === KIND.whole ? "1" : "any" });
    return { input, value: () => (input.value === "" ? undefined : Number(input.value)) };
  }
  const input = el("textarea", { id, rows: "1", maxlength: option.max_length ?? 6000, autocomplete: "off" });
  return { input, value: () => input.dataset.value ?? (input.value || undefined) };
}

function fits(option, kind) {
  return !option.channel_types?.length || option.channel_types.includes(kind);
}

async function upload(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let raw = "";
  for (const byte of bytes) raw += String.fromCharCode(byte);
  return { name: file.name, content: btoa(raw) };
}

// What the bridge suggests while one types; a choice shows its name and sends its value.
function suggestions(input, ask) {
  const box = el("div", { class: "suggestions", role: "listbox", "aria-label": "Suggestions" });
  let asked = 0;
  const show = async () => {
    delete input.dataset.value;
    const mine = (asked += 1);
    const found = await ask(input.value);
    if (mine !== asked) return;
    const take = (choice) => {
      input.value = choice.name;
      input.dataset.value = choice.value;
      box.replaceChildren();
      input.focus();
    };
    const rows = found.map((choice) =>
      el("button", { type: "button", role: "option", "aria-selected": "false", on: { click: () => take(choice) }, text: choice.name }),
    );
    box.replaceChildren(...(rows.length ? rows : [el("p", { class: "soft", text: "No suggestions." })]));
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.dataset.value || show());
  return box;
}

// One part of a form that the bridge opened; `value()` gives what is sent for it, perhaps later.
export function formField(part, names) {
  if (part.type === 10) return { box: el("p", { class: "soft", text: part.content }) };
  const inner = part.type === 18 ? part.component : part.components[0];
  const label = part.label ?? inner.label ?? inner.custom_id;
  const { input, value } = formInput(inner, names);
  const needed = inner.type !== CHECKBOX && inner.required !== false;
  const head = el("span", { class: "label" }, label, needed && el("span", { class: "soft", text: " (needed)" }));
  const more = part.description && el("span", { class: "soft", text: part.description });
  const look = inner.type === CHECKBOX ? "field tick" : "field";
  const several = inner.type === RADIOS || inner.type === CHECKBOXES;
  const box = several
    ? el("div", { class: look, role: "group", "aria-label": label }, head, more, input)
    : el("label", { class: look }, head, more, input);
  return { name: inner.custom_id, box, input, value };
}

function formInput(part, names) {
  if (part.type === 4) {
    const how = { maxlength: part.max_length ?? 4000, placeholder: part.placeholder, value: part.value ?? "", name: part.custom_id };
    const input = part.style === 2 ? el("textarea", { rows: "4", ...how }) : el("input", { type: "text", ...how });
    return { input, value: () => input.value };
  }
  if (part.type === CHECKBOX) {
    const input = el("input", { type: "checkbox", name: part.custom_id, checked: part.default });
    return { input, value: () => input.checked };
  }
  if (part.type === UPLOAD) {
    const input = el("input", { type: "file", name: part.custom_id, multiple: (part.max_values ?? 1) > 1 });
    return { input, value: () => Promise.all([...input.files].map(upload)) };
  }
  if (part.type === RADIOS || part.type === CHECKBOXES) return ticks(part);
  const most = part.max_values ?? 1;
  const rows = choices(part, names).map(([value, label, chosen]) => el("option", { value, text: label, selected: chosen }));
  const input = el("select", { multiple: most > 1, name: part.custom_id }, most === 1 && el("option", { value: "", text: part.placeholder ?? "—" }), rows);
  return { input, value: () => [...input.selectedOptions].map((option) => option.value).filter(Boolean) };
}

// Nothing chosen among radio buttons is no value at all, as at Discord.
function ticks(part) {
  const type = part.type === RADIOS ? "radio" : "checkbox";
  const boxes = part.options.map((one) => el("input", { type, name: part.custom_id, value: one.value, checked: one.default }));
  const said = (one) => [one.label, one.description && el("span", { class: "soft", text: ` ${one.description}` })];
  const input = el("span", { class: "ticks" }, part.options.map((one, number) => el("label", {}, boxes[number], said(one))));
  return { input, value: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}
