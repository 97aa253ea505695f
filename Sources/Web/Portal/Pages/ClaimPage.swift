/// A claim: where it stands, what comes next, and what has happened.
struct ClaimPage: Page {
  /// One step of the claim's way.
  struct Step: Sendable {
    let label: String
    let at: String
    let about: String?
    let isNext: Bool
  }

  let shell: Shell
  let title: String
  let state: String
  let facts: [OfferLine.Fact]
  let steps: [Step]

  static let name = "claim"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>{{title}}</h1><p><span class="tag">{{~state}}</span></p></div>
    <div class="columns">
    <section class="card" aria-labelledby="steps"><h2 id="steps">The way of your claim</h2>
    <ol class="timeline">{{#steps}}<li{{#isNext}} class="next"{{/isNext}}><h3>{{~label}}</h3>
    <p class="quiet small number">{{~at}}</p>{{#about}}<p>{{about}}</p>{{/about}}</li>{{/steps}}</ol>
    </section>
    <section class="card" aria-labelledby="facts"><h2 id="facts">Figures</h2>
    <dl class="facts">{{#facts}}<div><dt>{{~label}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
    <p><a href="/">Back to the overview</a></p></section>
    </div>
    </main>
    """
}
