extension StyleSheet {
  /// Decision tables as grids of cells; on a narrow screen each rule is a card of its own.
  static let rules = """
    .page.wide, body:has(.page.wide) .band-row { max-width: 100rem; }
    .days { display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); }
    .days input { min-width: 0; }
    .id { overflow-wrap: anywhere; }
    .pages { margin-top: 1.25rem; }
    .plain li { overflow-wrap: anywhere; }
    .grid-form { grid-template-columns: minmax(0, 1fr); }
    .plain { list-style: none; display: grid; gap: 0.5rem; }
    .plain .plain { margin: 0.3rem 0 0 1rem; }
    .findings .bad { color: var(--bad); }
    .scroll { overflow-x: auto; position: relative; }
    textarea {
      font: inherit; width: 100%; padding: 0.45rem 0.6rem; color: inherit; resize: vertical;
      background: var(--card); border: 1px solid var(--soft); border-radius: 8px;
      field-sizing: content; min-height: 2.75rem;
    }
    textarea[aria-invalid="true"] { border: 2px solid var(--bad); }
    textarea[readonly] { border-color: var(--line); }
    table.rules { border-collapse: collapse; }
    table.rules th, table.rules td { padding: 0.35rem; min-width: 8.5rem; }
    table.rules th:first-child { min-width: 4rem; }
    table.rules .output { background: var(--accent-tint); }
    table.rules tr.bad th:first-child { color: var(--bad); }
    table.rules .about { display: block; font-weight: 400; }
    table.rules textarea { font-size: 0.875rem; font-family: ui-monospace, "Liberation Mono", monospace; }
    label.cell { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    table.rules td, table.rules th { position: relative; }
    .slight { min-height: 2.25rem; padding: 0.2rem 0.7rem; font-size: 0.875rem; }
    .upload { color: var(--accent); cursor: pointer; text-decoration: underline; margin-left: 0.75rem; }
    .upload:focus-within { outline: 3px solid var(--mark); outline-offset: 2px; }
    button.second { background: transparent; color: var(--accent); }
    @media (max-width: 40rem) {
      table.rules, table.rules tbody, table.rules tr, table.rules td, table.rules tbody th {
        display: block; width: 100%; min-width: 0;
      }
      table.rules th:first-child { min-width: 0; }
      table.rules thead { display: none; }
      table.rules tr { border: 1px solid var(--line); border-radius: 10px; padding: 0.5rem;
        margin-bottom: 0.9rem; }
      table.rules td { border: 0; }
      label.cell { position: static; width: auto; height: auto; clip-path: none; display: block;
        margin-bottom: 0.2rem; }
    }

    """
}
