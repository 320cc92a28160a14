const filters = document.querySelector("form.filters");
const place = (mark) => (mark.id || mark.hash || "").split("-").pop();
const filtered = () => {
  const {text, look, family} = Object.fromEntries(new FormData(filters));
  const wanted = text.trim().toLowerCase().split(/\s+/);
  const fits = (label, marks) => wanted.every((word) => label.toLowerCase().includes(word))
    && ((!look && !family) || marks.some((mark) => (!look || mark.classList.contains(look)) && (!family || place(mark) === family)));
  let shown = 0;
  const panels = [...document.querySelectorAll("details.panel")];
  for (const panel of panels) {
    panel.hidden = !fits(panel.querySelector("h3").textContent, [...panel.querySelectorAll("summary .mark")]);
    shown += !panel.hidden;
  }
  for (const row of document.querySelectorAll("table.matrix tbody tr")) {
    const marks = [...row.querySelectorAll(".mark")];
    const labels = [row.cells[0].textContent, ...marks.map((mark) => mark.getAttribute("aria-label"))].join(" ");
    row.hidden = !fits(labels, marks);
  }
  filters.querySelector("output").textContent = shown < panels.length ? `${shown} of ${panels.length} results` : "";
};
if (filters) {
  filters.addEventListener("input", filtered);
  filters.addEventListener("submit", (event) => { event.preventDefault(); });
}
