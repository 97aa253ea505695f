/// A decision table of a draft as a grid of cells, with what is wrong in it and its cases beside it.
struct RuleTablePage: Page {
  /// A way to another table of the file.
  struct Tab: Sendable {
    let label: String
    let path: String
    let isHere: Bool
  }

  /// A column.
  struct Column: Sendable {
    let name: String
    let about: String
    let isOutput: Bool
  }

  /// A cell.
  struct Cell: Sendable {
    let id: String
    let label: String
    let value: String
    let isOutput: Bool
    let isBad: Bool
  }

  /// A rule.
  struct Row: Sendable {
    let number: String
    let id: String
    let originName: String
    let origin: String
    let idName: String
    let cells: [Cell]
    let remove: String
    let isBad: Bool
  }

  /// A case.
  struct CaseLine: Sendable {
    let name: String
    let holds: Bool
    let differences: [String]
  }

  let shell: Shell
  let title: String
  let draftPath: String
  let file: String
  let tabs: [Tab]
  let element: String
  let hitPolicy: String
  let path: String
  let revision: String
  let table: String
  let from: String
  let rowCount: String
  let columns: [Column]
  let rows: [Row]
  let canEdit: Bool
  let fault: String?
  let findings: [RuleDraftPage.Finding]
  let hasFindings: Bool
  let cases: [CaseLine]
  let hasCases: Bool
  let coverage: String
  let missed: String?
  let words: [String]
  let hasWords: Bool
  let previous: String?
  let next: String?

  static let name = "rule-table"
  static let template = """
    <main id="main" class="page wide">
    <div class="lead"><p class="small"><a href="/rules">Rules</a> / <a href="{{draftPath}}">{{title}}</a></p><h1>{{file}}</h1>
    <ul class="switch" aria-label="Decision tables">{{#tabs}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{label}}</a></li>{{/tabs}}</ul></div>
    {{#fault}}<div class="note bad" role="alert"><p>{{~fault}}</p></div>{{/fault}}
    <form method="post" action="{{path}}" data-check="verdict" class="grid-form">
    <input type="hidden" name="table" value="{{table}}"><input type="hidden" name="from" value="{{from}}"><input type="hidden" name="rows" value="{{rowCount}}"><input type="hidden" name="revision" value="{{revision}}">
    <section class="card" aria-labelledby="table"><div class="card-head"><h2 id="table">{{element}}</h2><span class="tag">{{hitPolicy}}</span></div>
    <div class="scroll" tabindex="0" role="region" aria-label="The rules of the table">
    <table class="rules"><thead><tr><th scope="col">Rule</th>{{#columns}}<th scope="col"{{#isOutput}} class="output"{{/isOutput}}>{{name}}<span class="quiet small about">{{about}}</span></th>{{/columns}}{{#canEdit}}<th scope="col"><span class="hidden">Take out</span></th>{{/canEdit}}</tr></thead>
    <tbody>{{#rows}}<tr{{#isBad}} class="bad"{{/isBad}}><th scope="row">{{number}}<span class="quiet small about">{{id}}</span>
    <input type="hidden" name="{{originName}}" value="{{origin}}"><input type="hidden" name="{{idName}}" value="{{id}}"></th>
    {{#cells}}<td{{#isOutput}} class="output"{{/isOutput}}><label class="cell" for="{{id}}">{{label}}</label><textarea id="{{id}}" name="{{id}}" rows="1" spellcheck="false"{{^canEdit}} readonly{{/canEdit}}{{#isBad}} aria-invalid="true"{{/isBad}}>{{value}}</textarea></td>{{/cells}}
    {{#canEdit}}<td><button class="button second slight" name="action" value="{{remove}}">Take out<span class="hidden"> rule {{number}}</span></button></td>{{/canEdit}}</tr>
    {{/rows}}</tbody></table></div>
    <p class="actions">{{#previous}}<a class="button second" href="{{previous}}">Rules before</a>{{/previous}}{{#next}}<a class="button second" href="{{next}}">Rules after</a>{{/next}}</p>
    {{#canEdit}}<div class="actions"><button name="action" value="save">Save</button><button class="button second" name="action" value="add">Add a rule</button><button class="button second" name="action" value="check">Check</button></div>{{/canEdit}}
    </section></form>
    <div id="verdict" class="columns even" aria-live="polite">
    <section class="card" aria-labelledby="found"><h2 id="found">What was found</h2>
    {{#hasFindings}}<ul class="plain findings">{{#findings}}<li{{#isError}} class="bad"{{/isError}}><strong>{{#isError}}Error{{/isError}}{{^isError}}Note{{/isError}}:</strong> {{text}}</li>{{/findings}}</ul>{{/hasFindings}}
    {{^hasFindings}}<p class="quiet">Nothing is wrong in this file.</p>{{/hasFindings}}
    {{#hasWords}}<h3>What differs from the rules in force</h3><ul class="plain">{{#words}}<li>{{.}}</li>{{/words}}</ul>{{/hasWords}}
    </section>
    <section class="card" aria-labelledby="cases"><h2 id="cases">Cases</h2><p>{{~coverage}}</p>
    {{#missed}}<p class="quiet small">Never hit: {{missed}}</p>{{/missed}}
    {{#hasCases}}<ul class="plain">{{#cases}}<li>{{#holds}}<span class="tag">holds</span>{{/holds}}{{^holds}}<span class="tag bad">fails</span>{{/holds}} {{name}}{{^holds}}<ul class="plain small">{{#differences}}<li>{{.}}</li>{{/differences}}</ul>{{/holds}}</li>{{/cases}}</ul>{{/hasCases}}
    </section>
    </div>
    </main>
    """
}
