/// A piece of advice: the offers with their reasons, and folded under, what was not offered and why.
struct DecisionPage: Page {
  /// A number of products with what became of them.
  struct Count: Sendable {
    let label: String
    let value: String
  }

  /// A product that was not offered.
  struct Exclusion: Sendable {
    let name: String
    let brand: String
    let verdict: String
    let isOpen: Bool
    let reasons: [ReasonLine]
    /// Where it is told what would change it.
    let change: String
  }

  let shell: Shell
  let title: String
  let at: String
  let id: String
  let needs: [String]
  let hasNeeds: Bool
  let offers: [OfferLine]
  let hasOffers: Bool
  let counts: [Count]
  let questions: [String]
  let hasQuestions: Bool
  let exclusions: [Exclusion]
  let exclusionsLabel: String
  let hasExclusions: Bool
  let isUnfolded: Bool
  /// Which of them are shown, and the ways to those before and after.
  let range: String?
  let previous: String?
  let more: String?

  static let name = "decision"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>{{~title}}</h1><p class="quiet">{{at}}</p></div>
    <div class="columns">
    <section class="card" aria-labelledby="offers"><h2 id="offers">What fits you</h2>
    {{#hasOffers}}{{#offers}}{{> offer}}{{/offers}}{{/hasOffers}}
    {{^hasOffers}}<p>No product fits at the moment. Below you see for each product what stands against it.</p>{{/hasOffers}}
    </section>
    <div class="stack">
    <section class="card" aria-labelledby="counts"><h2 id="counts">How we got there</h2>
    <table class="rows"><tbody>{{#counts}}<tr><th scope="row">{{~label}}</th><td class="money">{{value}}</td></tr>{{/counts}}</tbody></table>
    {{#hasNeeds}}<ul class="links small quiet">{{#needs}}<li>{{.}}</li>{{/needs}}</ul>{{/hasNeeds}}
    <p class="quiet small">Decision <span class="number">{{id}}</span></p>
    </section>
    {{#hasQuestions}}<section class="card" aria-labelledby="questions"><h2 id="questions">What we do not know yet</h2>
    <ul class="links">{{#questions}}<li>{{.}}</li>{{/questions}}</ul></section>{{/hasQuestions}}
    </div>
    </div>
    {{#hasExclusions}}<section class="card" aria-labelledby="rest"><h2 id="rest">What was not offered</h2>
    <details{{#isUnfolded}} open{{/isUnfolded}}><summary>{{~exclusionsLabel}}</summary>
    <div class="stack">{{#exclusions}}<article class="offer">
    <div class="offer-head"><h3>{{name}}</h3><span class="tag {{#isOpen}}warn{{/isOpen}}{{^isOpen}}bad{{/isOpen}}">{{~verdict}}</span></div>
    <p class="quiet small">{{brand}}</p>
    <ul class="reasons" aria-label="What stands against it">{{#reasons}}{{> reason}}{{/reasons}}</ul>
    <p class="small"><a href="{{change}}">What would change it?</a></p></article>{{/exclusions}}</div>
    {{#range}}<nav class="actions pages" aria-label="What was not offered">{{#previous}}<a class="button second" href="{{previous}}">Show those before</a>{{/previous}}{{#more}}<a class="button second" href="{{more}}">Show more</a>{{/more}}<span class="quiet small number">{{~range}}</span></nav>{{/range}}
    </details></section>{{/hasExclusions}}
    </main>
    """
}
