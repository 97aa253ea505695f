/// A calculator with its result; the same page with and without script.
struct CalculatorPage: Page {
  /// A field of the form.
  struct Field: Sendable {
    let id: String
    let label: String
    let value: String
    let hint: String?
    let fault: String?
    let isInvalid: Bool
    let mode: String
    let options: [Option]
    let hasOptions: Bool
    var slider: Slider?
  }

  /// A slider beside a field; script joins the two.
  struct Slider: Sendable {
    let least: String
    let greatest: String
    let step: String
    let value: String
  }

  /// A figure that the law wants shown.
  struct Shown: Sendable {
    let label: String
    var values: [String]
    /// Whether it is told in sentences.
    let isTold: Bool
  }

  /// One of a field's choices.
  struct Option: Sendable {
    let value: String
    let label: String
    let isChosen: Bool
  }

  /// A figure of the result.
  struct Figure: Sendable {
    let label: String
    let value: String
    let isMain: Bool
  }

  /// A row of the schedule.
  struct Row: Sendable {
    let label: String
    let cells: [String]
  }

  /// What came out.
  struct Result: Sendable {
    let figures: [Figure]
    let chart: String
    let legend: [Legend]
    let caption: String
    let columns: [String]
    let rows: [Row]
    let detailColumns: [String]
    let details: [Row]
    let detailsLabel: String
    var hasDetails: Bool
    var disclosures: [Shown] = []
    var hasDisclosures = false
    var files: [Tab] = []
    var sheet = Sheet(name: "", columns: [], rows: [])
  }

  /// The meaning of a colour in the chart.
  struct Legend: Sendable {
    let style: String
    let label: String
  }

  /// The other calculators.
  struct Tab: Sendable {
    let path: String
    let label: String
    let isHere: Bool
  }

  let shell: Shell
  let title: String
  let about: String
  let action: String
  let tabs: [Tab]
  let fields: [Field]
  let result: Result?
  let failure: String?

  static let name = "calculator"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>{{~title}}</h1><p class="quiet">{{~about}}</p></div>
    <ul class="switch" aria-label="Calculators">{{#tabs}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{~label}}</a></li>{{/tabs}}</ul>
    <div class="columns lean">
    <section class="card" aria-label="Your figures">
    <form method="get" action="{{action}}" data-live="result">
    {{#fields}}<div class="field"><label for="{{id}}">{{~label}}</label>
    {{#hasOptions}}<select id="{{id}}" name="{{id}}"{{#isInvalid}} aria-invalid="true" aria-describedby="{{id}}-fault"{{/isInvalid}}>{{#options}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{~label}}</option>{{/options}}</select>{{/hasOptions}}
    {{^hasOptions}}<input id="{{id}}" name="{{id}}" inputmode="{{mode}}" autocomplete="off" value="{{value}}"{{#isInvalid}} aria-invalid="true" aria-describedby="{{id}}-fault"{{/isInvalid}}>{{/hasOptions}}
    {{#slider}}<input type="range" data-for="{{id}}" aria-label="{{~label}}" min="{{least}}" max="{{greatest}}" step="{{step}}" value="{{value}}" hidden>{{/slider}}
    {{#hint}}<span class="hint">{{~hint}}</span>{{/hint}}{{#fault}}<span class="fault" id="{{id}}-fault">{{~fault}}</span>{{/fault}}</div>
    {{/fields}}<div class="actions"><button>Calculate</button></div>
    </form>
    </section>
    <div id="result" class="stack" aria-live="polite">
    {{#failure}}<p class="note bad" role="alert">{{~failure}}</p>{{/failure}}
    {{#result}}<section class="card" aria-labelledby="figures"><h2 id="figures">What it comes to</h2>
    <dl class="facts">{{#figures}}<div{{#isMain}} class="main"{{/isMain}}><dt>{{~label}}</dt><dd>{{~value}}</dd></div>{{/figures}}</dl>
    {{{chart}}}
    <ul class="legend" aria-hidden="true">{{#legend}}<li><span class="{{style}}"></span>{{~label}}</li>{{/legend}}</ul>
    </section>
    <section class="card" aria-labelledby="schedule"><h2 id="schedule">{{~caption}}</h2>
    <div class="scroll" role="group" tabindex="0" aria-labelledby="schedule"><table class="dense"><thead><tr>{{#columns}}<th scope="col"{{^first()}} class="money"{{/first()}}>{{~.}}</th>{{/columns}}</tr></thead>
    <tbody>{{#rows}}<tr><th scope="row" class="number">{{~label}}</th>{{#cells}}<td class="money">{{.}}</td>{{/cells}}</tr>{{/rows}}</tbody></table></div>
    {{#hasDetails}}<details><summary>{{~detailsLabel}}</summary>
    <div class="scroll" role="group" tabindex="0" aria-label="{{~detailsLabel}}"><table class="dense"><thead><tr>{{#detailColumns}}<th scope="col"{{^first()}} class="money"{{/first()}}>{{~.}}</th>{{/detailColumns}}</tr></thead>
    <tbody>{{#details}}<tr><th scope="row" class="number">{{~label}}</th>{{#cells}}<td class="money">{{.}}</td>{{/cells}}</tr>{{/details}}</tbody></table></div></details>{{/hasDetails}}
    <p class="quiet files">{{#files}}<a href="{{path}}" download>{{~label}}</a> {{/files}}</p>
    </section>
    {{#hasDisclosures}}<section class="card" aria-labelledby="shown"><h2 id="shown">What the law wants you to see</h2>
    <dl class="facts">{{#disclosures}}<div{{#isTold}} class="told"{{/isTold}}><dt>{{~label}}</dt>{{#values}}<dd>{{~.}}</dd>{{/values}}</div>{{/disclosures}}</dl>
    </section>{{/hasDisclosures}}{{/result}}
    </div>
    </div>
    </main>
    """
}
