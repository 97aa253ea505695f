extension StyleSheet {
  static let forms = """
    form { display: grid; gap: 1.1rem; }
    .field { display: grid; gap: 0.35rem; }
    .pair { display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr) minmax(0, 7rem); }
    label, legend { font-weight: 600; font-size: 0.9375rem; }
    .hint { color: var(--soft); font-size: 0.875rem; }
    .fault { color: var(--bad); font-size: 0.875rem; font-weight: 600; }
    input, select {
      font: inherit; width: 100%; min-height: 2.75rem; padding: 0.45rem 0.75rem; color: inherit;
      background: var(--card); border: 1px solid var(--soft); border-radius: 8px;
    }
    input[inputmode="decimal"], input[inputmode="numeric"] {
      font-variant-numeric: tabular-nums lining-nums;
    }
    input[aria-invalid="true"] { border: 2px solid var(--bad); }
    input[type="range"] { padding: 0; min-height: 1.75rem; accent-color: var(--accent); border: 0; }
    button, .button {
      font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0.5rem 1.35rem;
      border-radius: 8px; border: 1px solid var(--accent); background: var(--accent);
      color: var(--accent-ink); cursor: pointer; text-decoration: none; display: inline-block;
      text-align: center;
    }
    button:hover, .button:hover { filter: brightness(1.08); }
    .button.second { background: transparent; color: var(--accent); }
    .switch { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; }
    .switch a {
      display: inline-block; padding: 0.4rem 1rem; border-radius: 999px; text-decoration: none;
      border: 1px solid var(--line); color: var(--ink);
    }
    .switch a[aria-current] {
      background: var(--accent); border-color: var(--accent); color: var(--accent-ink);
    }
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
    legend { padding: 0; margin-bottom: 0.35rem; }
    .option {
      display: grid; grid-template-columns: 1.35rem minmax(0, 1fr); gap: 0.6rem; font-weight: 400;
      align-items: start; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 8px;
    }
    .option:has(input:checked) { border-color: var(--accent); background: var(--accent-tint); }
    .option input {
      width: 1.15rem; min-height: 0; height: 1.15rem; margin: 0.2rem 0 0; padding: 0;
      accent-color: var(--accent);
    }
    .fault:empty { display: none; }
    .progress {
      appearance: none; width: 100%; height: 0.5rem; border: 0; border-radius: 999px;
      background: var(--line); overflow: hidden;
    }
    .progress::-webkit-progress-bar { background: var(--line); }
    .progress::-webkit-progress-value { background: var(--accent); }
    .progress::-moz-progress-bar { background: var(--accent); }
    .shortlist { list-style: none; display: grid; gap: 0.75rem; }
    .shortlist li { display: grid; gap: 0.1rem; border-top: 1px solid var(--line);
      padding-top: 0.75rem; }
    .shortlist li:first-child { border-top: 0; padding-top: 0; }
    .languages {
      list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem;
      justify-content: center; margin-top: 0.5rem;
    }
    .languages a { color: inherit; display: inline-block; padding: 0.25rem 0; }
    .languages a[aria-current] { font-weight: 650; text-decoration: none; }
    .actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }

    """

  static let figures = """
    .chart { width: 100%; height: auto; display: block; overflow: visible; }
    .chart text { fill: var(--soft); font-size: 10.5px; font-variant-numeric: tabular-nums; }
    .chart { max-width: 44rem; }
    .chart .grid { stroke: var(--line); stroke-width: 1; }
    .chart .first { fill: var(--accent); }
    .chart .second { fill: var(--mark); }
    .chart .line { fill: none; stroke-width: 2.5; }
    .chart .line.first { stroke: var(--accent); }
    .chart .line.second { stroke: var(--mark); stroke-dasharray: 5 4; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none;
      font-size: 0.875rem; color: var(--soft); }
    .legend span { display: inline-block; width: 0.8rem; height: 0.8rem; border-radius: 3px;
      margin-right: 0.45rem; vertical-align: -0.05rem; }
    .legend .first { background: var(--accent); }
    .legend .second { background: var(--mark); }

    """

  static let narrow = """
    @media (max-width: 40rem) {
      .page { padding: 1.25rem 1rem 3rem; gap: 1.1rem; }
      .card { padding: 1.1rem 1rem; border-radius: 10px; }
      .band-row { padding: 0.75rem 1rem; }
      .band nav { order: 3; flex-basis: 100%; }
      table.rows thead { position: absolute; clip-path: inset(50%); }
      table.rows tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.75rem;
        padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
      table.rows tbody tr:last-child { border-bottom: 0; }
      table.fields tr { grid-template-columns: minmax(0, 1fr); }
      table.rows th, table.rows td { border: 0; padding: 0.1rem 0; }
      table.rows .wide { grid-column: 1 / -1; }
      table.rows tfoot tr { border-top: 2px solid var(--line); border-bottom: 0; }
      .chart text { font-size: 17px; }
      table.dense { font-size: 0.8125rem; }
      table.dense th, table.dense td { padding: 0.4rem 0.3rem; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .tiles a, button, .button { transition: background-color 120ms, border-color 120ms; }
    }
    @media print {
      .band, .foot, form { display: none; }
      .card { break-inside: avoid; border: 0; padding: 0; }
    }

    """
}
