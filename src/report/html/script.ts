/**
 * What makes the HTML report answer: choosing a scenario redraws the picture, check boxes filter the diagnostics. All of it
 * is in the page without it too, drawn for the normal scenario.
 * @param wired whether hosts and bridges are drawn
 */
export const script = (wired: boolean): string => `
"use strict";
for (const section of document.querySelectorAll("[data-cluster]")) {
  const data = section.querySelector("script[type='application/json']");
  if (data) scenarios(section, JSON.parse(data.textContent));
}
for (const box of document.querySelectorAll("[data-filter]")) {
  box.addEventListener("change", () => {
    for (const one of document.querySelectorAll("article[data-severity='" + box.dataset.filter + "']")) one.hidden = !box.checked;
  });
}
function scenarios(section, all) {
  const rows = [...section.querySelectorAll("tr[data-scenario]")];
  const choose = (row) => {
    for (const other of rows) {
      other.classList.toggle("chosen", other === row);
      other.querySelector("button").setAttribute("aria-pressed", String(other === row));
    }
    draw(section, all[rows.indexOf(row)]);
  };
  rows.forEach((row, index) => {
    row.addEventListener("click", () => choose(row));
    row.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = step && rows[index + step];
      if (!next) return;
      event.preventDefault();
      next.querySelector("button").focus();
      choose(next);
    });
  });
}
function draw(section, scenario) {
  const svg = section.querySelector("svg");
  svg.querySelector("title").textContent = scenario.title;
  section.querySelector("[data-caption]").textContent = scenario.title;
  for (const part of svg.querySelectorAll("[data-role]")) {
    part.classList.toggle("off", ${wired ? "[scenario.off].flat().includes(part.dataset.role)" : "scenario.off === part.dataset.role"});
    const state = part.querySelector("[data-state]");
    if (state) state.textContent = scenario.states[part.dataset.role];
  }
${
  wired
    ? `  for (const part of svg.querySelectorAll("[data-part]")) {
    part.classList.toggle("dead", [part.dataset.part, part.dataset.host].includes(scenario.dead));
  }
`
    : ""
}  for (const wire of svg.querySelectorAll("[data-wire]")) {
    wire.classList.toggle("cut", scenario.cut.includes(wire.dataset.side + " " + wire.dataset.wire));
  }
  scenario.vips.forEach((vip, index) => {
    for (const side of ["primary", "secondary"]) {
      const chip = svg.querySelector("[data-vip='" + index + "'][data-side='" + side + "']");
      const shown = vip.master === side || vip.master === "both" || (vip.master === "none" && side === "primary");
      chip.toggleAttribute("hidden", !shown);
      chip.classList.toggle("trouble", !vip.ok);
      chip.classList.toggle("off", vip.master === "none");
    }
  });
  const list = section.querySelector("[data-effects]");
  list.replaceChildren(...scenario.effects.map(([outcome, text]) => {
    const item = document.createElement("li");
    item.className = outcome;
    item.textContent = text;
    return item;
  }));
}
`;
