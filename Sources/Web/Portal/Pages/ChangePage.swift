/// What would have to change for a product that was not offered.
struct ChangePage: Page {
  let shell: Shell
  let title: String
  let brand: String
  let verdict: String
  let changes: [String]
  let hasChanges: Bool
  let promise: String?
  let blockers: [ReasonLine]
  let hasBlockers: Bool
  /// The goal to ask again with, as JSON; nil where nothing would change.
  let goal: String?
  let key: String
  let back: String

  static let name = "change"
  static let template = """
    <main id="main" class="page narrow">
    <div class="lead"><h1>{{title}}</h1><p class="quiet">{{brand}}</p></div>
    <section class="card" aria-labelledby="change"><h2 id="change">What would change it</h2>
    <p>{{verdict}}</p>
    {{#hasChanges}}<ul class="links">{{#changes}}<li>{{.}}</li>{{/changes}}</ul>{{/hasChanges}}
    {{#hasBlockers}}<ul class="reasons" aria-label="What stands against it">{{#blockers}}{{> reason}}{{/blockers}}</ul>{{/hasBlockers}}
    {{#promise}}<p><strong>{{~promise}}</strong></p>{{/promise}}
    {{#goal}}<form method="post" action="/advice"><input type="hidden" name="goal" value="{{goal}}"><input type="hidden" name="key" value="{{key}}">
    <p class="actions"><button type="submit">Ask again with this</button></p></form>{{/goal}}
    <p class="actions"><a class="button second" href="{{back}}">Back to the advice</a></p>
    </section>
    </main>
    """
}
