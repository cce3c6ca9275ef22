/**
 * The report's filters. Without it (a viewer that runs no scripts) the worst findings are there, and how many are not;
 * the filters, which it reveals, are hidden.
 *
 * The findings come as markup that the report itself has escaped, so that putting it in is what the parser would do.
 */
export const script = `"use strict";
(() => {
  const step = 100;
  const mostPrinted = 2000;
  const byId = (id) => document.getElementById(id);
  const form = byId("filters");
  if (!form) return;
  const rows = JSON.parse(byId("data").textContent);
  const list = byId("list");
  const severityButtons = Array.from(form.querySelectorAll("button[data-severity]"));
  const choices = [["filter-rule", 2], ["filter-category", 3], ["filter-folder", 4]].map(([id, at]) => [byId(id), at]);
  const search = byId("filter-text");
  const onlyButton = byId("filter-only");
  const moreButton = byId("more-button");
  const texts = [];
  let only = null;
  let found = rows.map((_, index) => index);
  let limit = step;

  const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  const textOf = (index) => {
    texts[index] ??= rows[index][0].replace(/<[^>]*>/g, "").replace(/&(?:amp|lt|gt|quot|#39);/g, (name) => entities[name]).toLowerCase();
    return texts[index];
  };
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";
  const markup = (from, to) => found.slice(from, to).map((index) => rows[index][0]).join("");
  const tell = () => {
    byId("shown").textContent = found.length === rows.length ? "all " + rows.length + " findings" : found.length + " of " + rows.length + " findings";
    const left = found.length - limit;
    byId("more").hidden = left <= 0;
    moreButton.textContent = "Show " + Math.min(step, left) + " more of " + left;
  };
  const show = (most) => {
    limit = most;
    list.innerHTML = markup(0, limit) || "<p class=nothing>No finding matches the filters.</p>";
    tell();
  };
  const apply = () => {
    const severities = new Set(severityButtons.filter(pressed).map((button) => button.dataset.severity));
    const wanted = choices.filter(([select]) => select.value !== "").map(([select, at]) => [at, select.value]);
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    found = [];
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      if (!severities.has(row[1]) || (only && !only.has(index))) continue;
      if (wanted.some(([at, value]) => String(row[at]) !== value)) continue;
      if (words.every((word) => textOf(index).includes(word))) found.push(index);
    }
    onlyButton.hidden = only === null;
    show(step);
  };
  const clear = () => {
    for (const button of severityButtons) button.setAttribute("aria-pressed", "true");
    for (const [select] of choices) select.value = "";
    search.value = "";
    only = null;
  };
  const lead = () => {
    apply();
    byId("findings").scrollIntoView();
    onlyButton.hidden ? choices[0][0].focus({ preventScroll: true }) : onlyButton.focus({ preventScroll: true });
  };

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
    apply();
  });
  for (const [select] of choices) select.addEventListener("change", apply);
  for (const button of severityButtons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!pressed(button)));
      apply();
    });
  }
  onlyButton.addEventListener("click", () => {
    only = null;
    apply();
    choices[0][0].focus();
  });
  moreButton.addEventListener("click", () => {
    const first = limit;
    list.insertAdjacentHTML("beforeend", markup(first, first + step));
    limit = first + step;
    tell();
    const next = list.children[first];
    if (next) {
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
  });
  for (const button of document.querySelectorAll("button[data-only], button[data-rule]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      clear();
      if (button.dataset.rule) choices[0][0].value = button.dataset.rule;
      else {
        only = new Set(button.dataset.only.split(",").map(Number));
        onlyButton.textContent = "Only " + button.dataset.label + " ✕";
      }
      lead();
    });
  }
  for (const shape of document.querySelectorAll("[data-folder]")) {
    const open = () => {
      clear();
      choices[2][0].value = shape.dataset.folder;
      lead();
    };
    shape.setAttribute("role", "button");
    shape.setAttribute("tabindex", "0");
    shape.addEventListener("click", open);
    shape.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    });
  }
  addEventListener("beforeprint", () => {
    show(mostPrinted);
    for (const fix of list.querySelectorAll("details")) fix.open = true;
  });
  addEventListener("afterprint", () => show(step));
  const rest = byId("static-rest");
  if (rest) rest.hidden = true;
  form.hidden = false;
  tell();
})();
`;
