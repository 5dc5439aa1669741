(() => {
  "use strict";

  // Everything shown is read from the object of result.json; text only ever becomes text nodes.
  const results = JSON.parse(document.getElementById("results").textContent);
  const report = document.getElementById("report");

  // ---- elements

  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
    return element;
  }

  const section = (id, title, ...children) =>
    h("section", { id }, h("h2", {}, title), ...children);

  const term = (name, text) => [h("dt", {}, name), h("dd", {}, text)];

  /** A table; a column is { title, number, cell(row), header }. */
  function table(caption, columns, rows, foot) {
    const align = (column) => (column.number ? { class: "number" } : {});
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      h("table", { "aria-label": caption },
        h("thead", {}, h("tr", {},
          columns.map((column) => h("th", { scope: "col", ...align(column) }, column.title)))),
        h("tbody", {}, rows.map((row) => tableRow(columns, row))),
        foot && h("tfoot", {}, tableRow(columns, foot))));
  }

  function tableRow(columns, row) {
    return h("tr", {}, columns.map((column) => {
      const content = [column.cell(row)].flat();
      const attributes = column.number ? { class: "number" } : { class: column.class };
      return column.header
        ? h("th", { scope: "row", ...attributes }, ...content)
        : h("td", attributes, ...content);
    }));
  }

  /** Details whose content is made when they are first opened. */
  function lazy(attributes, summary, make) {
    const body = h("div", { class: "body" });
    const details = h("details", attributes, h("summary", {}, summary), body);
    details.addEventListener("toggle", () => {
      if (details.open && !body.hasChildNodes()) body.append(...[make()].flat(Infinity).filter(Boolean));
    });
    return details;
  }

  // ---- numbers

  const integer = (value) => value.toLocaleString("en");
  const digits = (value) =>
    value === 0 ? "0" : Number(value.toPrecision(4)).toLocaleString("en", { maximumSignificantDigits: 4 });
  const percent = (share, decimals = 2) =>
    share === null ? "n/a" : (100 * share).toFixed(decimals) + "\u00a0%";

  const PREFIXES = [[1, ""], [1e-3, "m"], [1e-6, "\u00b5"], [1e-9, "n"], [1e-12, "p"], [1e-15, "f"]];

  /** A prefix that fits the largest of some values. */
  function prefixFor(values) {
    const largest = Math.max(0, ...values.map(Math.abs));
    return PREFIXES.find(([factor]) => largest >= factor) ?? (largest === 0 ? PREFIXES[0] : PREFIXES.at(-1));
  }

  function scaled(value, unit) {
    if (value === null) return "n/a";
    if (unit !== "s" && unit !== "J") return digits(value) + "\u00a0" + unit.replace("mm2", "mm\u00b2");
    const [factor, prefix] = prefixFor([value]);
    return digits(value / factor) + "\u00a0" + prefix + unit;
  }

  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

  function large(value) {
    if (value >= 1e9) return digits(value / 1e9) + "\u00a0G";
    if (value >= 1e6) return digits(value / 1e6) + "\u00a0M";
    return integer(value);
  }

  function bytes(value) {
    if (value >= 1024 * 1024) return digits(value / 1024 / 1024) + "\u00a0MiB";
    if (value >= 1024) return digits(value / 1024) + "\u00a0KiB";
    return digits(value) + "\u00a0B";
  }

  const date = (instant) => new Date(instant).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }) + " UTC";

  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const kind = (word) => h("span", { class: "kind" }, word);
  const figure = (quantity) =>
    quantity ? [h("span", { title: quantity.source }, scaled(quantity.value, quantity.unit)), kind(quantity.kind)] : "\u2013";
  /** A bar under a number: its share of the largest in the column. */
  const bar = (share) => h("span", { class: "share", style: `width:${Math.max(0, Math.min(100, 100 * share)).toFixed(1)}%` });

  // ---- charts

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const plots = new Set();
  const FONT = "12px system-ui, sans-serif";

  const axis = (label, more) => ({
    label,
    labelFont: FONT,
    labelSize: 20,
    size: 34,
    font: FONT,
    stroke: () => colour("--muted"),
    grid: { stroke: () => colour("--rule"), width: 1 },
    ticks: { stroke: () => colour("--rule"), width: 1 },
    ...more,
  });

  /** A plot in a box, as wide as the box; drawn once the box is in the page. */
  function plot(description, height, options, data) {
    const box = h("div", { class: "plot", role: "img", "aria-label": description, style: `height:${height}px` });
    let chart;
    new ResizeObserver(() => {
      const width = Math.floor(box.clientWidth);
      if (width === 0) return;
      if (chart) {
        if (chart.width !== width) chart.setSize({ width, height });
        return;
      }
      chart = new uPlot({ width, height, legend: { show: false }, ...options }, data, box);
      plots.add(chart);
    }).observe(box);
    return box;
  }

  const redraw = () => plots.forEach((chart) => chart.redraw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => { document.documentElement.dataset.print = ""; redraw(); });
  addEventListener("afterprint", () => { delete document.documentElement.dataset.print; redraw(); });

  // A policy has a colour, an accelerator a shape.
  const policies = [...new Set([...results.outcomes, ...results.policies].map((one) => one.policy))];
  const accelerators = [...new Set(results.outcomes.map((outcome) => outcome.accelerator).filter(Boolean))];
  const seriesName = (policy) => `--series-${policies.indexOf(policy) % 6}`;

  const SHAPES = [
    { name: "circle", points: null },
    { name: "square", points: [[-1, -1], [1, -1], [1, 1], [-1, 1]] },
    { name: "triangle", points: [[0, -1.2], [1.2, 1], [-1.2, 1]] },
    { name: "diamond", points: [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]] },
  ];
  const shapeOf = (accelerator) => SHAPES[Math.max(0, accelerators.indexOf(accelerator)) % SHAPES.length];

  function trace(context, shape, x, y, radius) {
    context.beginPath();
    if (shape.points) {
      shape.points.forEach(([dx, dy]) => context.lineTo(x + radius * dx, y + radius * dy));
      context.closePath();
    } else {
      context.arc(x, y, 1.1 * radius, 0, 2 * Math.PI);
    }
    context.fill();
  }

  /** One mark for each point, with its label where there is room for it. */
  function drawMarks(chart, points) {
    const { ctx: context, bbox } = chart;
    const ratio = devicePixelRatio;
    const taken = [];
    context.save();
    context.font = `${12 * ratio}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    const marks = points.map((point) => ({
      ...point,
      left: chart.valToPos(point.x, "x", true),
      top: chart.valToPos(point.y, "y", true),
    }));
    marks.forEach((mark) => {
      context.fillStyle = colour(seriesName(mark.policy));
      trace(context, shapeOf(mark.accelerator), mark.left, mark.top, 5 * ratio);
      taken.push([mark.left - 6 * ratio, mark.top - 6 * ratio, mark.left + 6 * ratio, mark.top + 6 * ratio]);
    });
    context.fillStyle = colour("--ink");
    marks.forEach((mark) => {
      const width = context.measureText(mark.policy).width;
      const height = 14 * ratio;
      const gap = 10 * ratio;
      const places = [
        [mark.left + gap, mark.top - height / 2],
        [mark.left - gap - width, mark.top - height / 2],
        [mark.left - width / 2, mark.top - gap - height],
        [mark.left - width / 2, mark.top + gap],
      ];
      const free = places.map(([x, y]) => [x, y, x + width, y + height]).find((box) =>
        box[0] >= bbox.left && box[2] <= bbox.left + bbox.width && box[1] >= bbox.top && box[3] <= bbox.top + bbox.height &&
        taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]));
      if (free) {
        taken.push(free);
        context.fillText(mark.policy, free[0], free[1] + height / 2);
      }
    });
    context.restore();
  }

  function padded(values) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const margin = (high - low || Math.abs(high) || 1) * 0.15;
    return [low - margin, high + margin];
  }

  /** A dashed line at the accuracy in float, which no quantization is expected to pass by much. */
  function drawReference(chart, value) {
    const { ctx: context, bbox } = chart;
    const ratio = devicePixelRatio;
    const y = chart.valToPos(value, "y", true);
    context.save();
    context.strokeStyle = colour("--muted");
    context.lineWidth = ratio;
    context.setLineDash([5 * ratio, 4 * ratio]);
    context.beginPath();
    context.moveTo(bbox.left, y);
    context.lineTo(bbox.left + bbox.width, y);
    context.stroke();
    context.fillStyle = colour("--muted");
    context.font = `${12 * ratio}px system-ui, sans-serif`;
    context.textAlign = "right";
    context.textBaseline = "bottom";
    context.fillText("float", bbox.left + bbox.width - 4 * ratio, y - 3 * ratio);
    context.restore();
  }

  function scatter(title, xLabel, yLabel, points, reference) {
    const described = `${title}. ` + points.map((point) =>
      `${point.policy}${point.accelerator ? " on " + point.accelerator : ""}: ${digits(point.y)}, ${digits(point.x)}`).join("; ");
    const xRange = padded(points.map((point) => point.x));
    const yRange = padded([...points.map((point) => point.y), reference].filter((y) => y !== undefined));
    const sorted = [...points].sort((one, other) => one.x - other.x);
    return h("figure", {}, h("figcaption", {}, title),
      plot(described, 300, {
        cursor: { show: false },
        scales: { x: { time: false, range: () => [Math.max(0, xRange[0]), xRange[1]] }, y: { range: () => yRange } },
        axes: [axis(xLabel), axis(yLabel, { size: 58 })],
        series: [{}, { paths: () => null, points: { show: false } }],
        hooks: {
          draw: [(chart) => {
            if (reference !== undefined) drawReference(chart, reference);
            drawMarks(chart, points);
          }],
        },
      }, [sorted.map((point) => point.x), sorted.map((point) => point.y)]));
  }

  function legend() {
    const mark = (shape, fill) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("width", "14");
      svg.setAttribute("height", "14");
      svg.setAttribute("viewBox", "-2 -2 4 4");
      svg.setAttribute("aria-hidden", "true");
      const outline = document.createElementNS("http://www.w3.org/2000/svg", shape.points ? "polygon" : "circle");
      if (shape.points) outline.setAttribute("points", shape.points.join(" "));
      else outline.setAttribute("r", "1.1");
      outline.setAttribute("fill", fill);
      svg.append(outline);
      return svg;
    };
    return h("ul", { class: "legend" },
      accelerators.map((accelerator) => h("li", {}, mark(shapeOf(accelerator), "currentColor"), accelerator)));
  }

  /** The first and the last level, and how many there are; nothing for a float tensor. */
  function span({ levels, levelRange }) {
    return levelRange ? { ...levelRange, count: levelRange.to - levelRange.from + 1 }
      : levels.length ? { from: levels[0], to: levels.at(-1), count: levels.length } : undefined;
  }

  /** The levels to draw between two places: of every integer, none as long as they are too many. */
  function levelsBetween({ levels, levelRange }, min, max) {
    if (!levelRange) return levels;
    const first = Math.max(levelRange.from, Math.ceil(min));
    const count = Math.min(levelRange.to, Math.floor(max)) - first + 1;
    return count > 512 ? [] : Array.from({ length: Math.max(0, count) }, (_, index) => first + index);
  }

  /** How values lie against the levels, in units of the scale. */
  function histogramChart(what, tensor) {
    const { low, high, counts } = tensor.histogram;
    const step = (high - low) / counts.length || 1;
    const centres = counts.map((_, bin) => low + (bin + 0.5) * step);
    const levels = span(tensor);
    const sorted = [...counts].sort((one, other) => other - one);
    // Many activations are exactly zero; a root keeps the rest visible beside them.
    const rooted = counts.length > 1 && sorted[0] > 5 * sorted[1];
    const shown = rooted ? counts.map(Math.sqrt) : counts;
    const left = Math.min(low, levels?.from ?? low);
    const right = Math.max(high, levels?.to ?? high);
    const margin = (right - left || 1) * 0.03;
    const description = `Histogram of ${integer(sum(counts))} ${what} from ${digits(low)} to ${digits(high)}` +
      (levels ? ` against ${levels.count} levels from ${levels.from} to ${levels.to}` : "");
    return plot(description, 220, {
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: {
        x: { time: false, range: (chart, min, max) => chart.zoomed ? [min, max] : [left - margin, right + margin] },
        y: { range: (chart, min, max) => [0, (max || 1) * 1.05] },
      },
      axes: [
        axis(!levels ? "value" : "in units of the scale; lines are levels" + (tensor.levelRange ? ", where they are not too many" : "")),
        axis(rooted ? "count, root scale" : "count", { size: 58, values: (chart, splits) => splits.map((split) => compact.format(rooted ? split * split : split)) }),
      ],
      series: [{}, {
        fill: () => colour("--bar"),
        stroke: () => colour("--bar"),
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars({ size: [1, Infinity], gap: 0 }),
      }],
      hooks: {
        setSelect: [(chart) => { chart.zoomed = chart.select.width > 0; }],
        draw: [(chart) => drawLevels(chart, levelsBetween(tensor, chart.scales.x.min, chart.scales.x.max))],
      },
    }, [centres, shown]);
  }

  /** A line for each level; where they would hide the bars, a tick at the foot. */
  function drawLevels(chart, levels) {
    const { ctx: context, bbox } = chart;
    const ratio = devicePixelRatio;
    const places = levels.map((level) => chart.valToPos(level, "x", true))
      .filter((x) => x >= bbox.left && x <= bbox.left + bbox.width);
    if (places.length === 0) return;
    const spacing = bbox.width / places.length;
    context.save();
    context.strokeStyle = colour("--level");
    context.lineWidth = (spacing > 12 * ratio ? 1.5 : 1) * ratio;
    context.globalAlpha = spacing > 12 * ratio ? 0.9 : 0.6;
    const top = spacing > 6 * ratio ? bbox.top : bbox.top + bbox.height - 7 * ratio;
    context.beginPath();
    places.forEach((x) => {
      context.moveTo(x, top);
      context.lineTo(x, bbox.top + bbox.height);
    });
    context.stroke();
    context.restore();
  }

  /** What each layer loses to quantization, as a line for each policy. */
  function errorChart(what, part) {
    const names = [...new Set(results.policies.flatMap((policy) => policy.layers.map((layer) => layer.name)))];
    const lines = results.policies.map((policy) => {
      const known = new Map(policy.layers.map((layer) => [layer.name, layer[part].sqnr]));
      return { policy: policy.policy, values: names.map((name) => known.get(name) ?? null) };
    }).filter((line) => line.values.some((value) => value !== null));
    if (lines.length === 0 || names.length < 2) return null;
    const kindOf = results.policies.flatMap((policy) => policy.layers).find((layer) => layer[part].sqnrKind)[part].sqnrKind;
    const worst = (line) => line.values.reduce((least, value, index) =>
      value !== null && (least < 0 || value < line.values[least]) ? index : least, -1);
    const described = `SQNR of ${what} over ${names.length} layers. ` + lines.map((line) =>
      `${line.policy}: lowest ${line.values[worst(line)].toFixed(1)} dB in ${names[worst(line)]}`).join("; ");
    const readout = h("p", { class: "readout muted" }, "Point at a layer to read its values.");
    const told = (index) => names[index] + ": " + lines.filter((line) => line.values[index] !== null)
      .map((line) => `${line.policy} ${line.values[index].toFixed(1)} dB`).join(", ");
    const values = lines.flatMap((line) => line.values).filter((value) => value !== null);
    return h("figure", { class: "errors" }, h("figcaption", {}, `SQNR of ${what}, layer by layer `, kind(kindOf)),
      plot(described, 240, {
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: () => [0.5, names.length + 0.5] },
          y: { range: () => padded(values) },
        },
        axes: [axis("layer", { incrs: [1, 2, 5, 10, 20, 50, 100] }), axis("SQNR, dB", { size: 58 })],
        series: [{}, ...lines.map((line) => ({
          stroke: () => colour(seriesName(line.policy)),
          fill: undefined,
          width: 1.5,
          points: { show: true, size: 5, fill: () => colour(seriesName(line.policy)) },
        }))],
        hooks: {
          setCursor: [(chart) => { if (chart.cursor.idx !== null && chart.cursor.idx !== undefined) readout.textContent = told(chart.cursor.idx); }],
        },
      }, [names.map((_, index) => index + 1), ...lines.map((line) => line.values)]),
      readout);
  }

  /** Which colour is which policy, of those that quantize. */
  function policyLegend() {
    const quantizing = results.policies.filter((policy) => policy.layers.some((layer) =>
      typeof layer.weights.sqnr === "number" || typeof layer.activations.sqnr === "number"));
    return h("ul", { class: "legend" }, quantizing.map((policy) =>
      h("li", {}, h("span", { class: "swatch", style: `background:var(${seriesName(policy.policy)})` }), policy.policy)));
  }

  function errorCharts() {
    const charts = [errorChart("weights", "weights"), errorChart("activations", "activations")].filter(Boolean);
    return charts.length === 0 ? null : [h("div", { class: "charts" }, charts), policyLegend()];
  }

  // ---- the parts of the report

  function header() {
    const { network, dataset, provenance } = results;
    const facts = [
      `Experiment ${results.experiment}`,
      dataset ? `${integer(dataset.images)} images` : "no data set, hardware only",
      `${large(network.macs)} MACs`,
      `${large(network.parameters)} parameters`,
      date(provenance.date),
      `Dyadic ${provenance.dyadic}`,
    ];
    return h("header", {},
      h("h1", {}, network.name + (dataset ? ` on ${dataset.name}` : "")),
      h("ul", { class: "facts" }, facts.map((fact) => h("li", {}, fact))),
      results.status === "interrupted" &&
        h("p", { class: "banner", role: "note" }, "This run was stopped before it was finished; what it had by then is below."));
  }

  function navigation(sections) {
    return h("nav", { "aria-label": "Sections" },
      sections.map((part) => h("a", { href: "#" + part.id }, part.querySelector("h2").textContent)));
  }

  const reference = results.outcomes.find((outcome) => outcome.accuracy?.arithmetic === "float32")?.accuracy?.top1;

  function accuracyCell(outcome) {
    const accuracy = outcome.accuracy;
    if (!accuracy) return "\u2013";
    const change = reference !== undefined && accuracy.arithmetic !== "float32" && accuracy.top1 !== null
      ? ` (${accuracy.top1 >= reference ? "+" : "\u2212"}${Math.abs(100 * (accuracy.top1 - reference)).toFixed(2)})`
      : "";
    return [percent(accuracy.top1), h("span", { class: "muted", title: "percentage points from float" }, change),
      kind(accuracy.images < accuracy.of ? `measured, ${integer(accuracy.images)} of ${integer(accuracy.of)}` : "measured")];
  }

  /** Of all layers, weighted by their cycles. */
  function utilisation(outcome) {
    const layers = outcome.layers.filter((layer) => layer.cycles !== undefined);
    return layers.length === 0 ? undefined
      : sum(layers.map((layer) => layer.utilisation * layer.cycles)) / sum(layers.map((layer) => layer.cycles));
  }

  function resultsSection() {
    const has = (field) => results.outcomes.some((outcome) => outcome[field] !== undefined);
    const number = (title, field, cell) => has(field) && { title, number: true, cell };
    const notes = [...new Set(results.outcomes.map(note).filter(Boolean))];
    const noted = (outcome) => (note(outcome) ? ` (${notes.indexOf(note(outcome)) + 1})` : "");
    const columns = [
      { title: "Policy", header: true, cell: (outcome) => outcome.policy },
      accelerators.length > 0 && { title: "Accelerator", cell: (outcome) => outcome.accelerator ?? "\u2013" },
      number("Top-1", "accuracy", accuracyCell),
      number("Top-5", "accuracy", (outcome) => (outcome.accuracy ? [percent(outcome.accuracy.top5), kind("measured")] : "\u2013")),
      number("Cycles", "cycles", (outcome) => (outcome.cycles === undefined ? "\u2013" : [integer(outcome.cycles), kind(outcome.latency.kind)])),
      number("Latency", "latency", (outcome) => figure(outcome.latency)),
      number("Energy", "energy", (outcome) => figure(outcome.energy)),
      number("Area", "area", (outcome) => figure(outcome.area)),
      number("Utilisation", "cycles", (outcome) => {
        const share = utilisation(outcome);
        return share === undefined ? "\u2013" : [percent(share, 1), kind(outcome.latency.kind)];
      }),
      { title: "Status", cell: (outcome) => h("span", { class: "status-" + outcome.status }, outcome.status + noted(outcome)) },
    ].filter(Boolean);
    return section("results-table", "Results",
      table("Results: a row for each policy and accelerator", columns, results.outcomes),
      notes.length > 0 && h("ol", { class: "notes" }, notes.map((text) => h("li", {}, text))),
      h("p", { class: "muted" }, sourcesLine()),
      charts());
  }

  /** Why an outcome is not what was asked for. */
  function note(outcome) {
    if (outcome.reason) return (outcome.plugin ? outcome.plugin + ": " : "") + outcome.reason;
    const overflows = outcome.accuracy?.overflows;
    if (!overflows) return "";
    const each = outcome.layers.reduce((sum, layer) => sum + (layer.activity?.macs > 0 ? layer.activity.requantizations : 0), 0);
    const share = each > 0 ? ` (${(100 * overflows / outcome.accuracy.images / each).toPrecision(2)}\u00a0%)` : "";
    return `${integer(overflows)} sums${share} overflowed the accumulator`;
  }

  /** What the kinds mean, of those that occur, and where the figures come from. */
  function sourcesLine() {
    const meanings = {
      measured: "counted by executing the network on the images",
      simulated: "from a simulator that steps through cycles",
      modelled: "from a formula or a cost table",
      synthesised: "from gates that a synthesis tool made",
      published: "from a publication",
    };
    const sources = new Map();
    for (const outcome of results.outcomes) {
      if (outcome.accuracy) sources.set("measured", sources.get("measured") ?? new Set());
      for (const quantity of [outcome.latency, outcome.energy, outcome.area].filter(Boolean)) {
        sources.set(quantity.kind, (sources.get(quantity.kind) ?? new Set()).add(quantity.source));
      }
    }
    return [...sources].map(([word, from]) =>
      `${word[0].toUpperCase()}${word.slice(1)}: ${meanings[word] ?? ""}${from.size ? ` (${[...from].join("; ")})` : ""}.`).join(" ");
  }

  function charts() {
    const done = results.outcomes.filter((outcome) => outcome.energy);
    const measured = done.filter((outcome) => outcome.accuracy && outcome.accuracy.top1 !== null);
    const point = (outcome, x, y) => ({ policy: outcome.policy, accelerator: outcome.accelerator, x, y });
    const [joule, joulePrefix] = prefixFor(done.map((outcome) => outcome.energy.value));
    const [second, secondPrefix] = prefixFor(done.map((outcome) => outcome.latency.value));
    const floatLine = reference === undefined || reference === null ? undefined : 100 * reference;
    const shown = measured.length > 1
      ? [
          scatter("Accuracy against energy", `energy per image, ${joulePrefix}J`, "top-1, %",
            measured.map((outcome) => point(outcome, outcome.energy.value / joule, 100 * outcome.accuracy.top1)), floatLine),
          scatter("Accuracy against area", "area, mm\u00b2", "top-1, %",
            measured.map((outcome) => point(outcome, outcome.area.value, 100 * outcome.accuracy.top1)), floatLine),
        ]
      : done.length > 1
        ? [scatter("Energy against latency", `latency per image, ${secondPrefix}s`, `energy, ${joulePrefix}J`,
            done.map((outcome) => point(outcome, outcome.latency.value / second, outcome.energy.value / joule)))]
        : [];
    return shown.length === 0 ? null : [h("div", { class: "charts" }, shown), accelerators.length > 0 && legend()].filter(Boolean);
  }

  function policiesSection() {
    if (results.policies.length === 0) return null;
    return section("policies", "Policies, layer by layer",
      h("p", { class: "muted" }, "SQNR is signal to quantization noise, measured with each value at its nearest level. Open a layer to see its values against its levels."),
      errorCharts(),
      results.policies.map(policyDetails));
  }

  function policyDetails(policy) {
    const bits = policy.layers.map((layer) => layer.weights.bits);
    const widths = bits.length === 0 ? "no layers"
      : Math.min(...bits) === Math.max(...bits) ? `weights of ${bits[0]} bits` : `weights of ${Math.min(...bits)} to ${Math.max(...bits)} bits`;
    const size = sum(policy.layers.map((layer) => layer.parameters * layer.weights.bits)) / 8;
    return lazy({}, [h("strong", {}, policy.policy),
      h("span", { class: "muted" }, `${policy.layers.length} layers, ${widths}, ${bytes(size)} of parameters`)],
      () => policyTable(policy));
  }

  function policyTable(policy) {
    const tensors = (part) => policy.layers.map((layer) => layer[part].sqnr ?? 0);
    const largest = Math.max(1, ...tensors("weights"), ...tensors("activations"));
    const sqnr = (tensor) => tensor.sqnr === undefined ? "\u2013"
      : tensor.sqnr === null ? "exact" : [tensor.sqnr.toFixed(1) + "\u00a0dB", bar(tensor.sqnr / largest)];
    // Each datapath may have had other kernels.
    const executed = results.outcomes.filter((outcome) =>
      outcome.policy === policy.policy && Object.keys(outcome.accuracy?.kernels ?? {}).length > 0);
    const kernelsOf = (layer) => [...new Set(executed.map((outcome) => outcome.accuracy.kernels[layer.name] ?? "\u2013"))].join(", ");
    const columns = [
      { title: "Layer", header: true, cell: (layer) => layerButton(policy, layer) },
      { title: "Kind", class: "word", cell: (layer) => layer.kind },
      executed.length > 0 && { title: "Kernel", class: "word", cell: (layer) => kernelsOf(layer) },
      { title: "MACs", number: true, cell: (layer) => integer(layer.macs) },
      { title: "Parameters", number: true, cell: (layer) => integer(layer.parameters) },
      { title: "Weights", class: "word", cell: (layer) => grid(layer.weights) },
      { title: "SQNR", number: true, cell: (layer) => sqnr(layer.weights) },
      { title: "Activations", class: "word", cell: (layer) => grid(layer.activations) },
      { title: "SQNR", number: true, cell: (layer) => sqnr(layer.activations) },
    ].filter(Boolean);
    return table(`Layers of ${policy.policy}`, columns, policy.layers);
  }

  /** A quantizer, its subsets if it chose some, and whether there are none better. */
  function grid(tensor) {
    const subsets = tensor.encoding?.match(/(\u00b1 )?\{.*\}/);
    return [`${tensor.quantizer}, ${tensor.bits} bits`,
      subsets && h("span", { class: "kind subsets" }, subsets[0]),
      tensor.certificate && kind(verdict(tensor.certificate))];
  }

  function layerButton(policy, layer) {
    const button = h("button", { class: "layer", type: "button", "aria-expanded": "false" }, layer.name);
    let detail;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      if (!detail) {
        const row = button.closest("tr");
        detail = h("tr", { class: "detail" }, h("td", { colspan: String(row.cells.length) },
          h("div", { class: "charts" }, tensorFigure(`Weights of ${layer.name}`, "weights", layer.weights),
            tensorFigure(`Activations into ${layer.name}`, "activations", layer.activations))));
        row.after(detail);
      }
      detail.hidden = !open;
    });
    return button;
  }

  function tensorFigure(title, what, tensor) {
    const facts = [["Quantizer", `${tensor.quantizer} ${tensor.settings}`.trim()], ["Encoding", tensor.encoding]];
    const levels = span(tensor);
    if (levels) facts.push([`Levels (${levels.count})`, levelsText(tensor)]);
    if (tensor.scales.length > 0) facts.push(["Scale", scaleText(tensor.scales)]);
    if (tensor.sqnr !== undefined) facts.push([`SQNR (${tensor.sqnrKind})`, tensor.sqnr === null ? "exact" : tensor.sqnr.toFixed(2) + " dB"]);
    if (tensor.certificate) facts.push(["Search", certificateText(tensor.certificate)]);
    const seen = tensor.histogram.counts.length > 0; // a stand-in has no values of its own
    return h("figure", {}, h("figcaption", {}, title),
      seen && histogramChart(what, tensor),
      h("dl", {}, facts.map(([name, text]) => term(name, text))),
      seen && lazy({ class: "numbers" }, "The numbers of this chart", () => binTable(title, tensor.histogram)));
  }

  function levelsText({ levels, levelRange }) {
    if (levelRange) return `${levelRange.from}, ${levelRange.from + 1}, \u2026, ${levelRange.to} (every integer)`;
    const gap = levels.length > 1 ? levels[1] - levels[0] : 0;
    const regular = levels.length > 8 && levels.every((level, index) => index === 0 || level - levels[index - 1] === gap);
    return regular
      ? `${levels[0]}, ${levels[1]}, \u2026, ${levels.at(-1)} (every ${gap === 1 ? "integer" : gap})`
      : levels.join(", ");
  }

  function scaleText(scales) {
    return scales.length === 1 ? digits(scales[0])
      : `one for each of ${scales.length} channels, ${digits(Math.min(...scales))} to ${digits(Math.max(...scales))}`;
  }

  /** How near a search came to the best there is. */
  function verdict(certificate) {
    if (certificate.proven) return "proven best";
    return certificate.gap === null || certificate.gap === undefined
      ? "not proven best" : `at most ${certificate.gap.toFixed(2)} dB from the best`;
  }

  function certificateText(certificate) {
    const counts = [`${integer(certificate.candidates)} candidates`, `${integer(certificate.pruned)} pruned`,
      `${integer(certificate.evaluated)} evaluated`].join(", ");
    const error = (value) => (value === null ? "n/a" : Number(value.toPrecision(4)).toString());
    return `${verdict(certificate)}: ${counts}; squared error ${error(certificate.squaredError)}, ` +
      `lower bound ${error(certificate.lowerBound)}; ${certificate.note}`;
  }

  function binTable(title, { low, high, counts }) {
    const step = (high - low) / counts.length;
    return table(`${title}: counts`, [
      { title: "From", number: true, cell: (row) => digits(row.from) },
      { title: "To", number: true, cell: (row) => digits(row.to) },
      { title: "Count", number: true, cell: (row) => integer(row.count) },
    ], counts.map((count, bin) => ({ from: low + bin * step, to: low + (bin + 1) * step, count })));
  }

  function acceleratorsSection() {
    const done = results.outcomes.filter((outcome) => outcome.energy);
    if (done.length === 0) return null;
    return section("accelerators", "Accelerators, layer by layer", done.map((outcome) =>
      lazy({}, [h("strong", {}, `${outcome.policy} on ${outcome.accelerator}`),
        h("span", { class: "muted" }, `${scaled(outcome.latency.value, "s")}, ${scaled(outcome.energy.value, "J")} per image, ${scaled(outcome.area.value, "mm2")}; simulator ${outcome.simulator}`)],
        () => hardwareDetails(outcome))));
  }

  function hardwareDetails(outcome) {
    const layers = outcome.layers.filter((layer) => layer.cycles !== undefined);
    const kinds = (words) => [...new Set(words)].join(" or ");
    return [
      h("h3", {}, "Layers"),
      h("p", { class: "muted" }, `For one image. Cycles, utilisation and DRAM traffic are ${kinds(layers.map((layer) => layer.cyclesKind))}, ` +
        `energy is ${kinds(layers.map((layer) => layer.energy.kind).filter(Boolean))}.`),
      hardwareTable(outcome, layers),
      rooflineParts(outcome, layers.filter((layer) => layer.roofline)),
      h("h3", {}, "Where the energy goes"),
      sharesTable(`Energy of ${outcome.policy} on ${outcome.accelerator}`, layers.flatMap((layer) => layer.energy.shares)),
      h("h3", {}, "Where the area goes"),
      sharesTable(`Area of ${outcome.accelerator}`, outcome.area.shares),
      clockLine(outcome.clock),
      constantsOf(outcome),
    ];
  }

  /** The clock asked for beside the fastest that the elements reach, where a cost model can tell. */
  function clockLine(clock) {
    if (!clock) return null;
    return h("p", { class: "muted" }, `Clock ${digits(clock.asked.value / 1e6)}\u00a0MHz; the elements reach ${digits(clock.fastest.value / 1e6)}\u00a0MHz ` +
      `through ${clock.slowest.join(", ")} (${clock.fastest.source}). `, kind(clock.fastest.kind));
  }

  /** Every number that the figures rest on; older results have none. */
  function constantsOf(outcome) {
    if (!outcome.costs || outcome.costs.constants.length === 0) return null;
    return lazy({}, [h("strong", {}, "Constants"), h("span", { class: "muted" }, "each with the node, voltage and corner it holds for, and its source")], () => [
      table(`Constants behind the figures of ${outcome.accelerator}`, [
        { title: "Name", header: true, cell: (row) => row.name },
        { title: "Value", number: true, cell: (row) => digits(row.value) },
        { title: "Unit", cell: (row) => row.unit },
        { title: "Node", cell: (row) => row.node },
        { title: "Voltage", cell: (row) => row.voltage },
        { title: "Corner", cell: (row) => row.corner },
        { title: "Source", cell: (row) => row.source },
      ], outcome.costs.constants),
    ]);
  }

  /** What each layer attains of what array and memory allow. */
  function rooflineParts(outcome, layers) {
    if (layers.length === 0) return [];
    const { peak } = layers[0].roofline;
    const giga = (value) => digits(value / 1e9);
    return [
      h("h3", {}, "Roofline"),
      h("p", { class: "muted" }, "Multiply-accumulates for each byte of DRAM traffic, and a second. A layer attains at most the peak of the array " +
        "and what memory brings operands for; which of the two is less binds it."),
      rooflineChart(outcome, layers),
      table(`Roofline of ${outcome.policy} on ${outcome.accelerator}`, [
        { title: "Layer", header: true, cell: (layer) => layer.name },
        { title: "MACs a byte", number: true, cell: (layer) => digits(layer.roofline.intensity) },
        { title: "Attainable, GMAC/s", number: true, cell: (layer) => giga(layer.roofline.attainable) },
        { title: "Achieved, GMAC/s", number: true, cell: (layer) => [giga(layer.roofline.achieved), bar(layer.roofline.achieved / peak)] },
        { title: "of attainable", number: true, cell: (layer) => percent(layer.roofline.achieved / layer.roofline.attainable, 1) },
        { title: "Bound by", class: "word", cell: (layer) => [layer.roofline.bound, kind(layer.roofline.kind)] },
      ], layers),
    ];
  }

  function rooflineChart(outcome, layers) {
    const decade = (value) => Math.log10(value);
    const intensities = layers.map((layer) => layer.roofline.intensity);
    const { peak } = layers[0].roofline;
    const bytes = layers.map((layer) => layer.roofline).find((roof) => roof.bound === "memory");
    const low = Math.min(...intensities) / 2;
    const high = Math.max(...intensities) * 2;
    const rate = bytes && bytes.attainable / bytes.intensity;
    const corner = rate && peak / rate;
    const roof = [...new Set([low, rate && corner > low && corner < high ? corner : low, high])]
      .map((x) => [decade(x), decade(rate ? Math.min(peak, rate * x) : peak)]);
    const points = layers.map((layer) => [decade(layer.roofline.intensity), decade(layer.roofline.achieved)])
      .sort((one, other) => one[0] - other[0]);
    const all = [...roof, ...points].map((point) => point[1]);
    const powers = (chart, splits) => splits.map((split) => Number.isInteger(split) ? compact.format(10 ** split) : "");
    return plot(`Roofline of ${outcome.policy} on ${outcome.accelerator}: ${layers.length} layers`, 260, {
      cursor: { show: false },
      scales: { x: { time: false, range: () => [decade(low), decade(high)] }, y: { range: () => [Math.min(...all) - 0.2, Math.max(...all) + 0.2] } },
      axes: [axis("MACs for each byte of DRAM traffic", { values: powers }), axis("MAC/s", { size: 58, values: powers })],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [(chart) => drawRoofline(chart, roof, points, outcome)] },
    }, [points.map((point) => point[0]), points.map((point) => point[1])]);
  }

  function drawRoofline(chart, roof, points, outcome) {
    const { ctx: context } = chart;
    const at = ([x, y]) => [chart.valToPos(x, "x", true), chart.valToPos(y, "y", true)];
    context.save();
    context.strokeStyle = colour("--muted");
    context.lineWidth = 1.5 * devicePixelRatio;
    context.beginPath();
    roof.forEach((point) => context.lineTo(...at(point)));
    context.stroke();
    context.fillStyle = colour(seriesName(outcome.policy));
    points.forEach((point) => trace(context, shapeOf(outcome.accelerator), ...at(point), 4 * devicePixelRatio));
    context.restore();
  }

  function hardwareTable(outcome, layers) {
    const purposes = [...new Set(layers.flatMap((layer) => layer.energy.shares.map((share) => share.purpose)))];
    const energy = (layer, purpose) => sum(layer.energy.shares.filter((share) => share.purpose === purpose).map((share) => share.value));
    const total = {
      name: "Total",
      cycles: outcome.cycles,
      stalls: sum(layers.map((layer) => layer.stalls)),
      utilisation: utilisation(outcome),
      energy: { value: outcome.energy.value, shares: layers.flatMap((layer) => layer.energy.shares) },
      dram: { read: sum(layers.map((layer) => layer.dram.read)), written: sum(layers.map((layer) => layer.dram.written)) },
      total: true,
    };
    const most = { cycles: Math.max(...layers.map((layer) => layer.cycles)), energy: Math.max(...layers.map((layer) => layer.energy.value)) };
    const [joule, prefix] = prefixFor([most.energy]);
    const joules = (value) => (value / joule).toFixed(2);
    const columns = [
      { title: "Layer", header: true, cell: (layer) => layer.name },
      { title: "Kind", class: "word", cell: (layer) => layer.kind ?? "" },
      { title: "Cycles", number: true, cell: (layer) => [integer(layer.cycles), layer.total ? "" : bar(layer.cycles / most.cycles)] },
      { title: "of these stalled", number: true, cell: (layer) => integer(layer.stalls) },
      { title: "Utilisation", number: true, cell: (layer) => [percent(layer.utilisation, 1), layer.total ? "" : bar(layer.utilisation)] },
      { title: "DRAM read", number: true, cell: (layer) => bytes(layer.dram.read) },
      { title: "DRAM written", number: true, cell: (layer) => bytes(layer.dram.written) },
      { title: `Energy, ${prefix}J`, number: true, cell: (layer) => [joules(layer.energy.value), layer.total ? "" : bar(layer.energy.value / most.energy)] },
      ...purposes.map((purpose) => ({ title: purpose, number: true, cell: (layer) => joules(energy(layer, purpose)) })),
    ];
    return table(`Layers of ${outcome.policy} on ${outcome.accelerator}`, columns, layers, total);
  }

  /** Shares of a total, joined where purpose, component and source agree. */
  function sharesTable(caption, shares) {
    const joined = new Map();
    for (const share of shares) {
      const key = JSON.stringify([share.purpose, share.component, share.kind, share.source]);
      const known = joined.get(key);
      if (known) {
        known.value += share.value;
        known.count += share.count;
      } else {
        joined.set(key, { ...share });
      }
    }
    const rows = [...joined.values()].sort((one, other) => other.value - one.value);
    const total = sum(rows.map((row) => row.value));
    return table(caption, [
      { title: "Purpose", header: true, cell: (row) => row.purpose },
      { title: "Component", cell: (row) => row.component },
      { title: "Count", number: true, cell: (row) => large(row.count) },
      { title: "Amount", number: true, cell: (row) => [scaled(row.value, row.unit), bar(row.value / total)] },
      { title: "Share", number: true, cell: (row) => percent(row.value / total, 1) },
      { title: "Kind and source", cell: (row) => [row.source, kind(row.kind)] },
    ], rows);
  }

  function diagnosticsSection() {
    if (results.diagnostics.length === 0) return null;
    return section("diagnostics", "Diagnostics", h("ul", { class: "diagnostics" }, results.diagnostics.map((diagnostic) =>
      h("li", {}, h("strong", { class: "severity-" + diagnostic.severity }, diagnostic.severity), " ", diagnostic.message, " ",
        h("code", { class: "muted" }, (diagnostic.file ? `${diagnostic.file}:${diagnostic.line}:${diagnostic.column} ` : "") + `[${diagnostic.code}]`)))));
  }

  function specificationSection() {
    return section("specification", "Specification", h("p", { class: "muted" }, "With every import and every inherited setting written out."),
      h("pre", { tabindex: "0" }, results.specification));
  }

  function provenanceSection() {
    const { network, dataset, provenance, timings, pluginTimes } = results;
    const facts = [
      ["Dyadic", `${provenance.dyadic}, kernels ${provenance.kernels}, Java ${provenance.java}, seed ${provenance.seed}`],
      ["Network", `${network.file}, SHA-256 ${network.sha256}`],
      dataset && ["Data set", `${dataset.name}, SHA-256 ${dataset.sha256}`],
      ["Specification", `SHA-256 ${provenance.specification}`],
      ["Time (measured)", Object.entries(timings).filter(([, seconds]) => seconds !== null)
        .map(([stage, seconds]) => `${stage} ${digits(seconds)}\u00a0s`).join(", ")],
    ].filter(Boolean);
    return section("provenance", "Provenance",
      h("dl", {}, facts.map(([name, text]) => term(name, text))),
      pluginTimes.length > 0 && h("h3", {}, "Time of plugins"),
      pluginTimes.length > 0 && table("How long plugins worked in each stage, measured, summed over all threads", [
        { title: "Stage", cell: (time) => time.stage },
        { title: "Plugin", header: true, cell: (time) => time.plugin },
        { title: "Calls", number: true, cell: (time) => String(time.calls) },
        { title: "Seconds", number: true, cell: (time) => digits(time.seconds) },
      ], pluginTimes),
      h("h3", {}, "Plugins"),
      table("Plugins that took part", [
        { title: "Kind", cell: (plugin) => plugin.kind },
        { title: "Id", header: true, cell: (plugin) => plugin.id },
        { title: "What it is", cell: (plugin) => plugin.documentation },
        { title: "Bundle", cell: (plugin) => plugin.bundle },
        { title: "Version", cell: (plugin) => plugin.version },
      ], provenance.plugins));
  }

  const sections = [resultsSection(), policiesSection(), acceleratorsSection(), diagnosticsSection(),
    specificationSection(), provenanceSection()].filter(Boolean);
  report.replaceChildren(header(), navigation(sections), ...sections);
})();
