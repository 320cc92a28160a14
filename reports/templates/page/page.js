let came = null;
const open = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const panel = target && target.closest("details.panel");
  if (!panel) { return; }
  panel.open = true;
  for (const old of document.querySelectorAll(".chosen")) { old.classList.remove("chosen"); }
  const outcome = [...panel.querySelectorAll(".outcome")].find((one) => one.dataset.cells.split(" ").includes(target.id));
  const row = document.getElementById(target.id.replace(/^c/, "f"));
  for (const one of [target, row]) { if (one && one !== panel) { one.classList.add("chosen"); } }
  (outcome && outcome.previousElementSibling.matches(".outcome") ? outcome : panel).scrollIntoView();
  panel.querySelector("summary").focus({preventScroll: true});
};
addEventListener("hashchange", open);
document.addEventListener("click", (event) => {
  const mark = event.target.closest("a.mark");
  if (!mark) { return; }
  came = mark;
  if (mark.hash === location.hash) { open(); }
});
open();

for (const table of document.querySelectorAll("table.matrix")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => cell.querySelector("a")));
  const marks = rows.flat().filter(Boolean);
  for (const mark of marks.slice(1)) { mark.tabIndex = -1; }
  const steps = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || !event.target.matches("a.mark")) { return; }
    event.preventDefault();
    let y = rows.findIndex((row) => row.includes(event.target)), x = rows[y].indexOf(event.target);
    do { y += step[0]; x += step[1]; } while (rows[y] && x in rows[y] && !rows[y][x]);
    if (rows[y] && rows[y][x]) { rows[y][x].focus(); }
  });
  table.addEventListener("focusin", (event) => {
    if (!event.target.matches("a.mark")) { return; }
    for (const mark of marks) { mark.tabIndex = mark === event.target ? 0 : -1; }
  });
}

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest("details.panel");
  if (event.key === "Escape" && panel) {
    panel.open = false;
    (came || panel.querySelector("summary")).focus();
  }
});

const selected = (text) => {
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
};
for (const box of document.querySelectorAll(".copied")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${box.dataset.what}`);
  box.append(button);
  button.addEventListener("click", async () => {
    const text = box.querySelector("code").textContent;
    let done = true;
    try { await navigator.clipboard.writeText(text); } catch { done = selected(text); }
    button.textContent = done ? "Copied" : "Select it by hand";
    button.setAttribute("aria-label", button.textContent);
    button.focus();
    setTimeout(() => {
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy ${box.dataset.what}`);
    }, 2000);
  });
}

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(".summary details:not([open]), details.fold:not([open]), details.panel:not([open])")];
  for (const one of closed) { one.open = true; }
});
addEventListener("afterprint", () => { for (const one of closed) { one.open = false; } });
