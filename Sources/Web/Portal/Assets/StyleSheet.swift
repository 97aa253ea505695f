/// The portal's style: one sheet, written by hand.
///
/// One accent colour on calm neutrals, light and dark from the same names; figures in tables stand
/// in columns of equal digits. Every pair of text and ground has a contrast of at least 4.5 : 1.
enum StyleSheet {
  /// The whole sheet.
  static let text = ground + frame + parts + tables + forms + figures + narrow + rules

  private static let ground = """
    :root {
      color-scheme: light dark;
      --paper: #f6f7f5; --card: #ffffff; --ink: #17231f; --soft: #4b5a54; --line: #d8dedb;
      --accent: #0b5f52; --accent-ink: #ffffff; --accent-tint: #e4f0ec; --band: #0e2f2a;
      --band-ink: #eef6f3; --good: #17603a; --warn: #7a4a00; --warn-tint: #fbf0dc;
      --bad: #9b1c1c; --bad-tint: #fbe9e8; --mark: #b7770d;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #0f1614; --card: #17211e; --ink: #e7eeeb; --soft: #a9b8b2; --line: #2d3a36;
        --accent: #6fd0b9; --accent-ink: #06231d; --accent-tint: #1c322c; --band: #0a1f1b;
        --band-ink: #e4f0ec; --good: #7ed3a3; --warn: #f0c27a; --warn-tint: #33291a;
        --bad: #f2a39e; --bad-tint: #3a2120; --mark: #e3b155;
      }
    }
    *, *::before, *::after { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 "Inter", "Source Sans 3", system-ui, -apple-system, "Segoe UI", Roboto,
        "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
      overflow-wrap: break-word;
    }
    h1, h2, h3 { line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; margin: 0; }
    h1 { font-size: clamp(1.6rem, 1.3rem + 1.4vw, 2.15rem); }
    h2 { font-size: 1.2rem; }
    h3 { font-size: 1.05rem; }
    p { margin: 0; max-width: 68ch; }
    a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
    a:hover { text-decoration-thickness: 2px; }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; border-radius: 4px; }
    .quiet { color: var(--soft); }
    .small { font-size: 0.875rem; }
    .number { font-variant-numeric: tabular-nums lining-nums; }
    .hidden {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }
    ul, ol, dl, dd { margin: 0; padding: 0; }

    """

  private static let frame = """
    .skip { position: absolute; left: -999rem; }
    .skip:focus {
      left: 1rem; top: 1rem; padding: 0.6rem 1rem; background: var(--card); color: var(--ink);
      z-index: 2;
    }
    .band { background: var(--band); color: var(--band-ink); }
    .band-row {
      max-width: 72rem; margin: 0 auto; padding: 0.85rem 1.25rem; display: flex; flex-wrap: wrap;
      align-items: center; gap: 0.5rem 1.75rem;
    }
    .brand {
      display: inline-flex; align-items: center; gap: 0.6rem; color: inherit; font-weight: 650;
      font-size: 1.1rem; letter-spacing: 0.01em; text-decoration: none;
    }
    .brand svg { width: 1.6rem; height: 1.6rem; }
    .band nav { flex: 1 1 auto; }
    .band nav ul { display: flex; flex-wrap: wrap; gap: 0.15rem 1.25rem; list-style: none; }
    .band nav a {
      display: inline-block; padding: 0.35rem 0; color: inherit; text-decoration: none;
      border-bottom: 2px solid transparent;
    }
    .band nav a:hover, .band nav a[aria-current] { border-bottom-color: currentColor; }
    .band form { margin-left: auto; }
    .band button {
      background: transparent; color: inherit; border: 1px solid currentColor; min-height: 2.25rem;
      padding: 0.2rem 0.9rem;
    }
    .page {
      max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; display: grid;
      grid-template-columns: minmax(0, 1fr); gap: 1.5rem;
    }
    .page.narrow { max-width: 30rem; }
    .lead { display: grid; gap: 0.4rem; }
    .foot {
      border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem;
      padding: 1.25rem; text-align: center;
    }
    .foot p { margin: 0 auto; max-width: none; }
    .columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
    @media (min-width: 60rem) {
      .columns { grid-template-columns: minmax(0, 1.75fr) minmax(0, 1fr); align-items: start; }
      .columns.even { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      .columns.lean { grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); }
    }
    .stack { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
    .card {
      background: var(--card); border: 1px solid var(--line); border-radius: 12px;
      padding: 1.35rem 1.5rem; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr);
      align-content: start;
    }
    .card-head {
      display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline;
      justify-content: space-between;
    }

    """

  private static let parts = """
    .tag {
      display: inline-block; border-radius: 999px; padding: 0.1rem 0.7rem; font-size: 0.8125rem;
      font-weight: 600; background: var(--accent-tint); color: var(--accent);
    }
    .tag.warn { background: var(--warn-tint); color: var(--warn); }
    .tag.bad { background: var(--bad-tint); color: var(--bad); }
    .note {
      border-left: 4px solid var(--accent); background: var(--accent-tint); color: var(--ink);
      padding: 0.75rem 1rem; border-radius: 0 8px 8px 0;
    }
    .note.bad { border-color: var(--bad); background: var(--bad-tint); }
    .note.warn { border-color: var(--warn); background: var(--warn-tint); }
    .links { list-style: none; display: grid; gap: 0.5rem; }
    .tiles {
      list-style: none; display: grid; gap: 0.75rem;
      grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
    }
    .tiles a {
      display: grid; gap: 0.2rem; height: 100%; padding: 0.9rem 1rem; border-radius: 10px;
      border: 1px solid var(--line); color: inherit; text-decoration: none;
    }
    .tiles a:hover { border-color: var(--accent); background: var(--accent-tint); }
    .tiles strong { color: var(--accent); font-weight: 600; }
    .reasons { list-style: none; display: grid; gap: 0.5rem; }
    .reasons li { display: grid; grid-template-columns: 1.4rem minmax(0, 1fr); gap: 0.4rem; }
    .reasons svg { width: 1.1rem; height: 1.1rem; margin-top: 0.25rem; color: var(--good); }
    .reasons .against svg { color: var(--bad); }
    .reasons .open svg { color: var(--warn); }
    .offer { border-top: 1px solid var(--line); padding-top: 1.25rem; display: grid; gap: 0.9rem; }
    .offer-head + p { margin-top: -0.65rem; }
    .offer:first-of-type { border-top: 0; padding-top: 0; }
    .offer-head {
      display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; justify-content: space-between;
      align-items: baseline;
    }
    .offer-head .price { font-size: 1.15rem; font-weight: 650; }
    .rank { color: var(--soft); font-weight: 500; }
    details { border-top: 1px solid var(--line); padding-top: 0.75rem; }
    summary { cursor: pointer; font-weight: 600; color: var(--accent); padding: 0.25rem 0; }
    details[open] > summary { margin-bottom: 0.75rem; }
    details .reasons { margin-bottom: 0.5rem; }
    .timeline { list-style: none; display: grid; gap: 0; }
    .timeline li {
      position: relative; padding: 0 0 1.1rem 1.6rem; border-left: 2px solid var(--line);
      margin-left: 0.4rem;
    }
    .timeline li:last-child { border-left-color: transparent; padding-bottom: 0; }
    .timeline li::before {
      content: ""; position: absolute; left: -0.45rem; top: 0.4rem; width: 0.75rem;
      height: 0.75rem; border-radius: 50%; background: var(--accent);
    }
    .timeline li.next::before { background: var(--card); border: 2px solid var(--accent); }
    .person { border-top: 1px solid var(--line); padding-top: 1.25rem; display: grid; gap: 0.75rem; }
    .person:first-of-type { border-top: 0; padding-top: 0; }

    """

  private static let tables = """
    table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
    caption { text-align: left; color: var(--soft); font-size: 0.875rem; padding-bottom: 0.4rem; }
    th, td {
      padding: 0.55rem 0.5rem; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line);
    }
    th:first-child, td:first-child { padding-left: 0; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
    tbody th { font-weight: 500; }
    tbody tr:last-child > * { border-bottom: 0; }
    tfoot th, tfoot td { border-top: 2px solid var(--line); border-bottom: 0; font-weight: 650; }
    .money {
      text-align: right; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap;
    }
    code { font-size: 0.9em; overflow-wrap: anywhere; }
    @media (min-width: 40.01rem) {
      table.fields { table-layout: fixed; }
      table.fields th { width: 24%; }
      table.fields td:nth-child(2) { width: 34%; }
    }
    .facts { display: flex; flex-wrap: wrap; gap: 0.9rem 2.25rem; align-items: end; }
    .facts dt { color: var(--soft); font-size: 0.8125rem; }
    .facts dd { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums; }
    .facts .told { flex-basis: 100%; }
    .facts .told dd { font-weight: 400; white-space: normal; max-width: 65ch; }
    .scroll { overflow-x: auto; }
    .facts .main dd { font-size: 1.5rem; line-height: 1.3; letter-spacing: -0.01em; }

    """
}
