/// A client's or policyholder's overview: the position, shortcuts, policies, claims, top offers.
struct HomePage: Page {
  /// A line of the position.
  struct Holding: Sendable {
    let name: String
    let kind: String
    let amount: String
  }

  /// A policy in force.
  struct Policy: Sendable {
    let name: String
    let number: String
    let until: String
    let premium: String
  }

  /// A claim with its next step.
  struct ClaimLine: Sendable {
    let path: String
    let title: String
    let state: String
    let next: String
    let due: String?
  }

  /// A way to something that is often done.
  struct Shortcut: Sendable {
    let path: String
    let label: String
    let about: String
  }

  let shell: Shell
  let greeting: String
  let asOf: String
  let hasPosition: Bool
  let owned: String
  let owed: String
  let net: String
  let holdings: [Holding]
  let shortcuts: [Shortcut]
  let policies: [Policy]
  let hasPolicies: Bool
  let claims: [ClaimLine]
  let hasClaims: Bool
  let offers: [OfferLine]
  let hasOffers: Bool
  let givesAdvice: Bool

  static let name = "home"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>{{greeting}}</h1><p class="quiet">As of {{asOf}}</p></div>
    <div class="columns">
    <div class="stack">
    {{#hasPosition}}<section class="card" aria-labelledby="position">
    <h2 id="position">Your position</h2>
    <dl class="facts"><div class="main"><dt>Net</dt><dd>{{net}}</dd></div>
    <div><dt>You own</dt><dd>{{owned}}</dd></div><div><dt>You owe</dt><dd>{{owed}}</dd></div></dl>
    <table class="rows"><thead><tr><th scope="col">Account or contract</th><th scope="col" class="money">Amount</th></tr></thead><tbody>
    {{#holdings}}<tr><th scope="row">{{name}}<br><span class="quiet small">{{~kind}}</span></th><td class="money">{{amount}}</td></tr>
    {{/holdings}}</tbody></table>
    </section>{{/hasPosition}}
    {{#givesAdvice}}<section class="card" aria-labelledby="offers">
    <div class="card-head"><h2 id="offers">Worth a look</h2><a href="/advice">Ask for advice</a></div>
    {{#hasOffers}}{{#offers}}{{> offer}}{{/offers}}{{/hasOffers}}
    {{^hasOffers}}<p>No offers at the moment. Say what you want to do, and we look through every product.</p>{{/hasOffers}}
    </section>{{/givesAdvice}}
    </div>
    <div class="stack">
    <section class="card" aria-labelledby="shortcuts"><h2 id="shortcuts">Shortcuts</h2>
    <ul class="tiles">{{#shortcuts}}<li><a href="{{path}}"><strong>{{~label}}</strong><span class="quiet small">{{~about}}</span></a></li>{{/shortcuts}}</ul>
    </section>
    <section class="card" aria-labelledby="policies"><h2 id="policies">Policies</h2>
    {{#hasPolicies}}<table class="rows"><thead><tr><th scope="col">Policy</th><th scope="col" class="money">A year</th></tr></thead><tbody>
    {{#policies}}<tr><th scope="row">{{name}}<br><span class="quiet small number">{{number}} · until {{~until}}</span></th>
    <td class="money">{{premium}}</td></tr>{{/policies}}</tbody></table>{{/hasPolicies}}
    {{^hasPolicies}}<p class="quiet">You have no policies with us.</p>{{/hasPolicies}}
    </section>
    <section class="card" aria-labelledby="claims"><h2 id="claims">Claims</h2>
    {{#hasClaims}}<ul class="links">{{#claims}}<li><div class="card-head"><a href="{{path}}">{{title}}</a><span class="tag">{{~state}}</span></div>
    <p class="quiet small">{{~next}}{{#due}} · by {{due}}{{/due}}</p></li>{{/claims}}</ul>{{/hasClaims}}
    {{^hasClaims}}<p class="quiet">You have no open claims.</p>{{/hasClaims}}
    </section>
    </div>
    </div>
    </main>
    """
}

/// An offer as the pages show it.
struct OfferLine: Sendable {
  /// A figure with its name.
  struct Fact: Sendable {
    let label: String
    let value: String
  }

  let rank: String?
  let name: String
  let brand: String
  let kind: String
  let headline: String
  let facts: [Fact]
  let reasons: [ReasonLine]
  let more: [ReasonLine]
  let moreLabel: String?
  let conditions: [String]
  let hasConditions: Bool

  /// Reasons that are shown at once; the others are folded under them.
  static let shownReasons = 4

  /// An offer; of many reasons the first and the last ones are shown at once, since the need comes
  /// first and what it costs comes last.
  init(
    rank: String?, name: String, brand: String, kind: String, headline: String, facts: [Fact],
    reasons: [ReasonLine], conditions: [String]
  ) {
    self.rank = rank
    self.name = name
    self.brand = brand
    self.kind = kind
    self.headline = headline
    self.facts = facts
    let isLong = reasons.count > Self.shownReasons + 1
    let last = Self.shownReasons - 1
    self.reasons = isLong ? reasons.prefix(1) + reasons.suffix(last) : reasons
    more = isLong ? Array(reasons.dropFirst().dropLast(last)) : []
    moreLabel = isLong ? "\(more.count) more conditions that are met" : nil
    self.conditions = conditions
    hasConditions = !conditions.isEmpty
  }
}

/// A reason as the pages show it.
struct ReasonLine: Sendable {
  let text: String
  let sign: String
  let isAgainst: Bool
  let isOpen: Bool

  /// A condition that is met.
  static func met(_ text: String) -> ReasonLine {
    ReasonLine(text: text, sign: Mark.check, isAgainst: false, isOpen: false)
  }
  /// A condition that fails.
  static func failed(_ text: String) -> ReasonLine {
    ReasonLine(text: text, sign: Mark.cross, isAgainst: true, isOpen: false)
  }
  /// A condition that cannot be told.
  static func unknown(_ text: String) -> ReasonLine {
    ReasonLine(text: text, sign: Mark.open, isAgainst: false, isOpen: true)
  }
}
