/// The catalogues that were imported, and what differs between two days of one, in words.
struct CataloguePage: Page {
  /// A catalogue as it was imported.
  struct Edition: Sendable {
    let asOf: String
    let products: String
    /// Where it is compared with the one before; nil for the first.
    let path: String?
  }

  /// A product that differs.
  struct Item: Sendable {
    let name: String
    let id: String
    let kind: String
    let isClosed: Bool
    let sentences: [String]
    /// What is folded under them, with the words that say so.
    let more: [String]
    let moreLabel: String?

    /// Sentences of a product that are shown at once.
    static let shownSentences = 5

    init(name: String, id: String, kind: String, isClosed: Bool, sentences: [String]) {
      self.name = name
      self.id = id
      self.kind = kind
      self.isClosed = isClosed
      let isLong = sentences.count > Self.shownSentences + 1
      self.sentences = isLong ? Array(sentences.prefix(Self.shownSentences)) : sentences
      more = isLong ? Array(sentences.dropFirst(Self.shownSentences)) : []
      moreLabel = isLong ? "\(more.count) more differences" : nil
    }
  }

  /// What differs between the two days.
  struct Found: Sendable {
    let title: String
    let counts: [DecisionPage.Count]
    let items: [Item]
    let hasItems: Bool
    let range: String?
    let previous: String?
    let next: String?
  }

  let shell: Shell
  let sources: [CalculatorPage.Option]
  let hasSources: Bool
  let editions: [Edition]
  let earlier: String
  let later: String
  let fault: String?
  let found: Found?

  static let name = "catalogue"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>Catalogue</h1><p class="quiet">What was imported, and what differs between two days, product by product.</p></div>
    {{^hasSources}}<p class="note">No catalogue was imported; only our own products are offered.</p>{{/hasSources}}
    {{#hasSources}}<div class="columns lean">
    <div class="stack">
    <section class="card" aria-labelledby="days"><h2 id="days">Compare two days</h2>
    <form method="get" action="/catalogue">
    <div class="field"><label for="source">Source</label><select id="source" name="source">{{#sources}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/sources}}</select></div>
    <div class="days"><div class="field"><label for="earlier">The earlier day</label><input id="earlier" name="from-day" type="date" value="{{earlier}}"></div>
    <div class="field"><label for="later">The later day</label><input id="later" name="to-day" type="date" value="{{later}}"></div></div>
    <div class="actions"><button>Compare</button></div>
    </form></section>
    <section class="card" aria-labelledby="editions"><h2 id="editions">Editions</h2>
    <table class="rows"><thead><tr><th scope="col">As of</th><th scope="col" class="money">Products</th></tr></thead><tbody>
    {{#editions}}<tr><th scope="row">{{asOf}}{{#path}}<br><a class="small" href="{{path}}">Compare with the one before<span class="hidden"> {{asOf}}</span></a>{{/path}}</th><td class="money">{{products}}</td></tr>
    {{/editions}}</tbody></table></section>
    </div>
    <section class="card" id="differences" aria-labelledby="found"><h2 id="found">What differs</h2>
    {{#fault}}<p class="note bad" role="alert">{{~fault}}</p>{{/fault}}
    {{#found}}<p class="quiet">{{title}}</p>
    <dl class="facts">{{#counts}}<div><dt>{{~label}}</dt><dd>{{value}}</dd></div>{{/counts}}</dl>
    {{#hasItems}}<div class="stack">{{#items}}<article class="offer"><div class="offer-head"><h3>{{name}}</h3><span class="tag{{#isClosed}} bad{{/isClosed}}">{{~kind}}</span></div>
    <p class="quiet small number id">{{id}}</p>
    <ul class="plain">{{#sentences}}<li>{{.}}</li>{{/sentences}}</ul>
    {{#moreLabel}}<details><summary>{{~moreLabel}}</summary><ul class="plain">{{#more}}<li>{{.}}</li>{{/more}}</ul></details>{{/moreLabel}}</article>{{/items}}</div>{{/hasItems}}
    {{^hasItems}}<p class="quiet">Nothing differs.</p>{{/hasItems}}
    {{#range}}<nav class="actions pages" aria-label="What differs">{{#previous}}<a class="button second" href="{{previous}}">Show those before</a>{{/previous}}{{#next}}<a class="button second" href="{{next}}">Show more</a>{{/next}}<span class="quiet small number">{{~range}}</span></nav>{{/range}}{{/found}}
    </section>
    </div>{{/hasSources}}
    </main>
    """
}
