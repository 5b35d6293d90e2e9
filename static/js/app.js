/* The little that HTML and htmx leave open. Every page works without this file. */
"use strict";

const SENDING_AT_MOST_MS = 10000; // a post that answers with a download leaves the page standing

/* "/" jumps to the search box */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (search && search.offsetParent) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

/* A file that is too large is said to be so before it is sent */
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches("input[type=file][data-most-bytes]")) return;
  const large = [...box.files].find((file) => file.size > Number(box.dataset.mostBytes));
  box.setCustomValidity(large ? box.dataset.tooLarge.replace("{name}", `“${large.name}”`) : "");
  box.reportValidity();
});
document.addEventListener("submit", (event) => {
  const box = [...event.target.querySelectorAll("[data-most-bytes]")].find((one) => !one.checkValidity());
  if (!box) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  box.reportValidity();
}, true);

/* A form that is being sent is not sent again. Its buttons keep their value: they are shut after it was read. */
function settle(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-shut]")) {
    button.disabled = false;
    delete button.dataset.shut;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "yes";
  form.setAttribute("aria-busy", "true");
  form.removeAttribute("data-changed");
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not(:disabled)")) {
      button.disabled = true;
      button.dataset.shut = "yes";
    }
  });
  setTimeout(settle, SENDING_AT_MOST_MS, form);
}, true);

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(settle));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) settle(form);
});

/* After a swap that brings errors, the reader is taken to their summary (also on a full page). */
function toErrors() {
  const summary = document.querySelector(".summary[data-focus]");
  if (!summary) return;
  summary.removeAttribute("data-focus");
  summary.focus();
}
document.addEventListener("htmx:afterSettle", toErrors);
document.addEventListener("DOMContentLoaded", toErrors);

/* Unsaved changes, where a form asks for it */
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-warn]");
  if (form) form.dataset.changed = "yes";
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]:not([data-sending])")) event.preventDefault();
});

/* What was kept as a draft is not lost when the page is left */
document.addEventListener("htmx:afterSettle", () => {
  const form = document.querySelector("[data-saved]")?.closest("form");
  if (form) form.removeAttribute("data-changed");
});

/* A page made for paper */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* Light or dark by choice: the cookie tells the server, the link's media tells this page. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch]");
  if (!button) return;
  const sheet = document.getElementById("dark");
  const theme = matchMedia(sheet.media).matches ? "light" : "dark";
  sheet.media = theme === "dark" ? "screen" : "not all";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
});
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
});
