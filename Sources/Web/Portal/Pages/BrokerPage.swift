/// A broker's clients with what each should hear of, and why.
struct BrokerPage: Page {
  /// One client with their offers.
  struct Person: Sendable {
    let name: String
    let about: String
    let offers: [OfferLine]
    let hasOffers: Bool
  }

  let shell: Shell
  let asOf: String
  let persons: [Person]
  let hasPersons: Bool
  let more: String?

  static let name = "broker"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>Your clients</h1>
    <p class="quiet">What each should hear of, and why. As of {{asOf}}.</p></div>
    <section class="card" aria-label="Clients">
    {{#hasPersons}}{{#persons}}<section class="person"><div class="card-head"><h2>{{name}}</h2><span class="quiet small">{{~about}}</span></div>
    {{#hasOffers}}{{#offers}}{{> offer}}{{/offers}}{{/hasOffers}}
    {{^hasOffers}}<p class="quiet">Nothing to offer at the moment.</p>{{/hasOffers}}</section>{{/persons}}
    {{#more}}<p class="actions"><a class="button second" href="{{more}}">More clients</a></p>{{/more}}{{/hasPersons}}
    {{^hasPersons}}<p>No client has given you a mandate that is in force.</p>{{/hasPersons}}
    </section>
    </main>
    """
}
