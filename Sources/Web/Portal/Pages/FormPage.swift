/// A section of a form, with what the answers so far lead to.
struct FormPage: Page {
  /// One of a question's choices.
  struct Option: Sendable {
    let value: String
    let label: String
    let isChosen: Bool
    let field: String
  }

  /// A question as the page asks it.
  struct Field: Sendable {
    let id: String
    let label: String
    let help: String?
    let isRadio: Bool
    let isSelect: Bool
    let isInput: Bool
    let options: [Option]
    let value: String
    let type: String
    let mode: String
    let hint: String?
    let fault: String?
    let isInvalid: Bool
    let isOutdated: Bool
    let isOptional: Bool
  }

  /// A section and the way to it.
  struct SectionLink: Sendable {
    let path: String
    let title: String
    let isHere: Bool
  }

  let shell: Shell
  let title: String
  let purpose: String
  let path: String
  let form: String
  let heading: String
  let section: String
  let sections: [SectionLink]
  let revision: String
  let version: String
  let answered: String
  let asked: String
  let fields: [Field]
  let hasFields: Bool
  let hasFaults: Bool
  let notice: String?
  let shortlist: ShortlistView

  static let name = "form"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>{{title}}</h1><p class="quiet">{{purpose}}</p></div>
    <div class="columns">
    <section class="card" aria-labelledby="section">
    <div class="card-head"><h2 id="section">{{heading}}</h2>
    </div>
    <div id="progress"><p class="quiet small">{{answered}} of {{asked}} answered</p>
    <progress class="progress" value="{{answered}}" max="{{asked}}" aria-label="Progress"></progress></div>
    <ul class="switch" aria-label="Sections">{{#sections}}<li><a href="{{path}}"{{#isHere}} aria-current="step"{{/isHere}}>{{title}}</a></li>{{/sections}}</ul>
    {{#notice}}<p class="note warn" role="alert">{{~notice}}</p>{{/notice}}
    {{#hasFaults}}<p class="note bad" role="alert">Some answers cannot be taken. Each is marked below.</p>{{/hasFaults}}
    {{#hasFields}}<form method="post" action="{{path}}" data-answers="/v1/me/questionnaires/{{form}}/answers">
    <input type="hidden" name="section" value="{{section}}">
    <input type="hidden" name="revision" value="{{revision}}">
    <input type="hidden" name="version" value="{{version}}">
    <div id="fields" class="stack">{{#fields}}{{#isRadio}}<fieldset class="field" id="{{id}}" data-question="{{id}}"{{#isInvalid}} aria-describedby="{{id}}-fault"{{/isInvalid}}>
    <legend>{{label}}{{#isOptional}} <span class="quiet">(if you like)</span>{{/isOptional}}</legend>
    {{#help}}<span class="hint">{{help}}</span>{{/help}}{{#options}}<label class="option"><input type="radio" name="{{id}}" value="{{value}}"{{#isChosen}} checked{{/isChosen}}><span>{{label}}</span></label>{{/options}}
    {{#hint}}<span class="hint">{{~hint}}</span>{{/hint}}{{#isOutdated}}<span class="hint">The question has changed since you answered it; please answer it again.</span>{{/isOutdated}}
    <span class="fault" id="{{id}}-fault">{{fault}}</span></fieldset>{{/isRadio}}{{^isRadio}}<div class="field" data-question="{{id}}"><label for="{{id}}">{{label}}{{#isOptional}} <span class="quiet">(if you like)</span>{{/isOptional}}</label>
    {{#help}}<span class="hint">{{help}}</span>{{/help}}{{#isSelect}}<select id="{{id}}" name="{{id}}"{{#isInvalid}} aria-invalid="true"{{/isInvalid}} aria-describedby="{{id}}-fault"><option value="">Choose</option>{{#options}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/options}}</select>{{/isSelect}}{{#isInput}}<input id="{{id}}" name="{{id}}" type="{{type}}" inputmode="{{mode}}" autocomplete="off" value="{{value}}"{{#isInvalid}} aria-invalid="true"{{/isInvalid}} aria-describedby="{{id}}-fault">{{/isInput}}
    {{#hint}}<span class="hint">{{~hint}}</span>{{/hint}}{{#isOutdated}}<span class="hint">The question has changed since you answered it; please answer it again.</span>{{/isOutdated}}
    <span class="fault" id="{{id}}-fault">{{fault}}</span></div>{{/isRadio}}
    {{/fields}}</div>
    <div class="actions"><button>Save and go on</button><a class="button second" href="/questionnaires">All questionnaires</a></div>
    </form>{{/hasFields}}
    {{^hasFields}}<p>Nothing is asked here, given your other answers.</p>
    <p class="actions"><a class="button second" href="/questionnaires">All questionnaires</a></p>{{/hasFields}}
    </section>
    <div class="stack">
    <section class="card" aria-labelledby="shortlist-title"><h2 id="shortlist-title">What fits you so far</h2>
    <div id="shortlist" aria-live="polite" data-stream="/v1/me/shortlist/stream">{{#shortlist}}{{> shortlist}}{{/shortlist}}</div>
    </section>
    {{> next-question}}
    </div>
    </div>
    </main>
    """
}

/// The offers so far in one line each.
struct ShortlistView: Sendable {
  /// One offer.
  struct Line: Sendable {
    let name: String
    let brand: String
    let headline: String
  }

  let lines: [Line]
  let hasLines: Bool

  init(_ offers: [OfferLine]) {
    lines = offers.map { Line(name: $0.name, brand: $0.brand, headline: $0.headline) }
    hasLines = !lines.isEmpty
  }

  static let partial = """
    {{#hasLines}}<ol class="shortlist">{{#lines}}<li><span class="card-head"><strong>{{name}}</strong><span class="number">{{~headline}}</span></span><span class="quiet small">{{brand}}</span></li>{{/lines}}</ol>{{/hasLines}}{{^hasLines}}<p class="quiet">Nothing yet: answer some questions, and what fits you is shown here.</p>{{/hasLines}}
    """
}

/// The forms with how far the client has come.
struct FormListPage: Page {
  /// One form.
  struct Line: Sendable {
    let path: String
    let title: String
    let purpose: String
    let answered: String
    let asked: String
    let isComplete: Bool
    let isBegun: Bool
  }

  let shell: Shell
  let lines: [Line]

  static let name = "forms"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>Questionnaires</h1>
    <p class="quiet">The more we know, the better the advice. Every answer is kept; you can stop at any time and go on later, on any device.</p></div>
    {{> next-question}}
    <section class="card" aria-label="Questionnaires">
    {{#lines}}<article class="person"><div class="card-head"><h2><a href="{{path}}">{{title}}</a></h2>
    {{#isComplete}}<span class="tag">Complete</span>{{/isComplete}}{{^isComplete}}{{#isBegun}}<span class="tag warn">Begun</span>{{/isBegun}}{{/isComplete}}</div>
    <p class="quiet">{{purpose}}</p>
    <p class="quiet small">{{answered}} of {{asked}} answered</p>
    <progress class="progress" value="{{answered}}" max="{{asked}}" aria-label="Progress"></progress></article>
    {{/lines}}</section>
    </main>
    """
}
