/// Where a client says what they want to do.
struct AdvicePage: Page {
  /// An earlier piece of advice.
  struct Earlier: Sendable {
    let path: String
    let label: String
    let at: String
  }

  let shell: Shell
  let key: String
  let kinds: [CalculatorPage.Option]
  let purposes: [CalculatorPage.Option]
  let amount: String
  let currency: String
  let months: String
  let faults: [String]
  let hasFaults: Bool
  let earlier: [Earlier]
  let hasEarlier: Bool

  static let name = "advice"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>Advice</h1>
    <p class="quiet">We hold every product against what we know of you and tell you why it fits, or why not.</p></div>
    <div class="columns lean">
    <section class="card" aria-labelledby="ask"><h2 id="ask">What do you want to do?</h2>
    {{#hasFaults}}<div class="note bad" role="alert"><ul class="links">{{#faults}}<li>{{~.}}</li>{{/faults}}</ul></div>{{/hasFaults}}
    <form method="post" action="/advice">
    <input type="hidden" name="key" value="{{key}}">
    <div class="field"><label for="kind">Goal</label>
    <select id="kind" name="kind">{{#kinds}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{~label}}</option>{{/kinds}}</select></div>
    <div class="pair">
    <div class="field"><label for="amount">Amount</label>
    <input id="amount" name="amount" inputmode="decimal" autocomplete="off" value="{{amount}}"></div>
    <div class="field"><label for="currency">Currency</label>
    <input id="currency" name="currency" maxlength="3" autocapitalize="characters" autocomplete="off" value="{{currency}}"></div>
    </div>
    <div class="field"><label for="termMonths">Months</label>
    <input id="termMonths" name="termMonths" inputmode="numeric" autocomplete="off" value="{{months}}"></div>
    <div class="field"><label for="purpose">Purpose of a loan</label>
    <select id="purpose" name="purpose">{{#purposes}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{~label}}</option>{{/purposes}}</select></div>
    <div class="actions"><button>Get advice</button></div>
    </form>
    </section>
    <section class="card" aria-labelledby="earlier"><h2 id="earlier">Earlier advice</h2>
    {{#hasEarlier}}<ul class="links">{{#earlier}}<li class="card-head"><a href="{{path}}">{{~label}}</a><span class="quiet small number">{{at}}</span></li>{{/earlier}}</ul>{{/hasEarlier}}
    {{^hasEarlier}}<p class="quiet">There is none yet. Each piece of advice is kept with its reasons, so that you can come back to it.</p>{{/hasEarlier}}
    </section>
    </div>
    </main>
    """
}
