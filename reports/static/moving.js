for (const box of document.querySelectorAll(".moving")) {
  const data = JSON.parse(box.querySelector("script[type='application/json']").textContent);
  const range = box.querySelector("input[type=range]"), told = box.querySelector("output");
  const here = box.querySelector("line.here"), play = box.querySelector("button");
  const largest = (rows) => Math.max(1e-300, ...rows.flat().map(Math.abs));
  const scale = {inputs: largest(data.inputs), scores: largest(data.scores)};
  const write = (value) => {
    const size = Math.abs(value);
    return size && (size >= 1e6 || size < 1e-4) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  };
  const show = () => {
    const place = Number(range.value);
    for (const name of ["inputs", "scores"]) {
      const cells = box.querySelectorAll(`.${name} .grid span`);
      data[name][place].forEach((value, i) => {
        cells[i].textContent = write(value);
        const share = Math.round(75 * Math.abs(value) / scale[name]);
        const colour = value < 0 ? "var(--negative, #2166ac)" : "var(--positive, #b2182b)";
        cells[i].style.background = `color-mix(in srgb, ${colour} ${share}%, transparent)`;
      });
    }
    const jumped = data.jumps.some((at) => data.at[place] === at);
    const side = data.at[place] === data.at[place + 1] ? "before" : "behind";
    told.textContent = `t = ${write(data.at[place])}, f = ${write(data.outputs[place])}` + (jumped ? `, ${side} ${data.break}` : "");
    told.className = jumped ? "jumped" : "";
    range.setAttribute("aria-valuetext", told.textContent);
    const x = data.left + data.width * data.at[place] / data.at[data.at.length - 1];
    here.setAttribute("x1", x); here.setAttribute("x2", x);
  };
  range.addEventListener("input", show);
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; };
  play.addEventListener("click", () => {
    if (timer !== null) { stop(); return; }
    if (range.value === range.max) { range.value = 0; }
    play.textContent = "Stop";
    timer = setInterval(() => { range.value = Number(range.value) + 1; show(); if (range.value === range.max) { stop(); } }, 120);
  });
  box.querySelector(".control").hidden = false;
  show();
}
