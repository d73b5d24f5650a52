// A form that the bridge opened: shown as a dialog, sent once, kept open while it is refused.
import { el } from "./dom.js";
import { formField } from "./fields.js";

// `send(fields)` gives an error sentence or nothing.
export function showModal(modal, names, send) {
  const fields = modal.components.map((part) => formField(part, names));
  const problem = el("p", { class: "problem", role: "alert" });
  const submit = el("button", { type: "submit", class: "button primary", text: "Send" });
  const dialog = el("dialog", { class: "modal", "aria-label": modal.title });
  const close = () => dialog.close();
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { text: modal.title }),
    fields.map((field) => field.box),
    problem,
    el("div", { class: "row end" }, el("button", { type: "button", class: "button plain", on: { click: close }, text: "Cancel" }), submit),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const given = await Promise.all(fields.filter((field) => field.name).map(async (field) => [field.name, await field.value()]));
    const error = await send(Object.fromEntries(given));
    submit.disabled = false;
    problem.textContent = error ?? "";
    if (!error) close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  fields.find((field) => field.input)?.input.focus();
}
