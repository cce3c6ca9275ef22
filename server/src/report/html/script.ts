/**
 * The filters of the report. Without it (a viewer that runs no scripts) the whole report is there, and the filters,
 * which it reveals, are not.
 */
export const script = `"use strict";
(() => {
  const bar = document.getElementById("filters");
  if (!bar) return;
  const rows = Array.from(document.querySelectorAll("article[data-rule]"), (element) => ({ element, text: "" }));
  const sections = Array.from(document.querySelectorAll("section.file"));
  const rule = document.getElementById("filter-rule");
  const search = document.getElementById("filter-text");
  const shown = document.getElementById("shown");
  const buttons = Array.from(bar.querySelectorAll("button[data-severity]"));
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";

  const apply = () => {
    const severities = new Set(buttons.filter(pressed).map((button) => button.dataset.severity));
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const data = row.element.dataset;
      let visible = severities.has(data.severity) && (rule.value === "" || rule.value === data.rule);
      if (visible && words.length > 0) {
        if (row.text === "") row.text = (data.path + " " + row.element.textContent).toLowerCase();
        visible = words.every((word) => row.text.includes(word));
      }
      row.element.hidden = !visible;
      if (visible) count++;
    }
    for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
    shown.textContent = count === rows.length ? "all " + count + " findings" : count + " of " + rows.length + " findings";
  };

  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!pressed(button)));
      apply();
    });
  }
  rule.addEventListener("change", apply);
  search.addEventListener("input", soon);
  document.getElementById("filter-reset").addEventListener("click", () => {
    for (const button of buttons) button.setAttribute("aria-pressed", "true");
    rule.value = "";
    search.value = "";
    apply();
  });
  for (const id of [...new Set(rows.map((row) => row.element.dataset.rule))].sort()) rule.add(new Option(id, id));
  bar.hidden = false;
  apply();
})();
`;
