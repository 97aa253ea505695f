import Advice
import Testing

@testable import Web

@Suite("The words of pages")
struct PageWordsTests {
  /// Words of ours, as somebody could be called.
  static let planted = ["Sign out", "Net", "Yes", "Rules", "Your clients", "revision 7", "New"]

  private func html(_ page: some Page, _ language: Language) throws -> String {
    let writer = try PageWriter()
    return PageLanguage.$current.withValue(language) { writer.html(page) }
  }

  @Test(
    "What a client, a product or a colleague is called is never translated",
    arguments: planted, [Language.romanian, .russian])
  func names(_ name: String, _ language: Language) throws {
    let offer = OfferLine(
      rank: "1", name: name, brand: name, kind: "Motor", headline: "5 EUR a year",
      facts: [.init(label: "Term", value: name)], reasons: [.met(name)], conditions: [name])
    let broker = BrokerPage(
      shell: .broker("Your clients", at: "/"), asOf: "today",
      persons: [.init(name: name, about: "Mandate in force", offers: [offer], hasOffers: true)],
      hasPersons: true, more: nil)
    let page = try html(broker, language)
    #expect(page.contains("<h2>\(name)</h2>"))
    #expect(page.contains("</span> \(name)</h3>"))
    #expect(page.contains("<dd>\(name)</dd>") && page.contains("<span>\(name)</span>"))
    #expect(page.contains("<li>\(name)</li>") && page.contains(">\(name) ·"))
    #expect(!page.contains("Mandate in force") && !page.contains("a year"))
    #expect(!page.contains("<v>") && !page.contains("<w>"))
    let home = try html(
      HomePage(
        shell: .client("Overview", at: "/"),
        greeting: PageLanguage.$current.withValue(language) {
          PageWords.say("Good to see you, {}", name)
        }, asOf: name, hasPosition: true, owned: "", owed: "", net: "",
        holdings: [.init(name: name, kind: "Current account", amount: "")], shortcuts: [],
        policies: [.init(name: name, number: name, until: name, premium: "")], hasPolicies: true,
        claims: [.init(path: "", title: name, state: "Reported", next: "", due: name)],
        hasClaims: true, offers: [], hasOffers: false, givesAdvice: false), language)
    #expect(home.contains(", \(name)</h1>"))
    #expect(home.contains("\(name)<br><span") && home.contains(">\(name)</a>"))
    #expect(!home.contains("Good to see you") && !home.contains("Current account"))
  }

  @Test(
    "Markup in a name cannot pose as one of the marks", arguments: ["<v>", "</v>", "<w>Yes</w>"])
  func marks(_ name: String) throws {
    let broker = BrokerPage(
      shell: .broker("Your clients", at: "/"), asOf: "today",
      persons: [.init(name: name, about: "", offers: [], hasOffers: false)], hasPersons: true,
      more: nil)
    let page = try html(broker, .russian)
    #expect(page.contains("<h2>\(HTMLText.escaped(name))</h2>"))
  }

  @Test("The cells of a decision table are shown as they were written")
  func cells() throws {
    let page = try html(SamplePages.ruleTable, .russian)
    let english = try html(SamplePages.ruleTable, .english)
    let areas = english.matches(of: /<textarea[^>]*>([^<]*)<\/textarea>/).map { String($0.1) }
    #expect(!areas.isEmpty)
    for text in areas { #expect(page.contains(">\(text)</textarea>")) }
  }

  @Test("Values in labels of tags are words of ours, on every page")
  func labels() {
    var templates = [Layout.frame] + Layout.partials.values
    for page in PageWriter.pages { templates.append(page.template) }
    for template in templates {
      for label in template.matches(of: /aria-label="([^"]*)"/) {
        let values = label.1.matches(of: /\{\{[^#^\/]/).map { String($0.0) }
        #expect(values.allSatisfy { $0 == "{{~" }, "\(label.1)")
      }
    }
  }

  @Test("A template is marked value by value, outside of tags only")
  func marking() {
    let template =
      "<a href=\"{{path}}\" title=\"{{~x}}\">{{name}}</a> {{~kind}} "
      + "{{{chart}}}{{#a}}{{.}}{{/a}}{{> b}}"
    #expect(
      PageTemplate.marked(template)
        == "<a href=\"{{path}}\" title=\"{{x}}\"><v>{{name}}</v></a> <w>{{kind}}</w> "
        + "{{{chart}}}{{#a}}<v>{{.}}</v>{{/a}}{{> b}}")
    #expect(!PageTemplate.plain(template).contains("~"))
  }

  @Test(
    "A sentence about a catalogue is told in the language, with what is quoted as it is",
    arguments: [
      (
        "The variable rate, amount 1 to 5: was 5 %, is now 6 %.",
        "переменная ставка, сумма 1–5: было 5 %, стало 6 %."
      ),
      (
        "Charges, fees, “Yes, New”, amount was 5, is now 6.",
        "Тарифы, комиссии, “Yes, New”, сумма: было 5, стало 6."
      ), ("It is new.", "Это новый продукт."), ("Something else", "Something else"),
    ])
  func told(english: String, russian: String) {
    #expect(PageLanguage.$current.withValue(.russian) { PageWords.tell(english) } == russian)
    #expect(PageWords.tell(english) == english)
  }

  @Test(
    "Parts of a list lead forth and back",
    arguments: [
      (0, 20, 20, nil, nil, nil), (0, 20, 102, "1 to 20 of 102", nil, 20),
      (20, 20, 102, "21 to 40 of 102", 0, 40), (100, 2, 102, "101 to 102 of 102", 80, nil),
      (5, 20, 1_102, "6 to 25 of 1,102", 0, 25), (0, 0, 0, nil, nil, nil),
    ] as [(Int, Int, Int, String?, Int?, Int?)])
  func parts(from: Int, shown: Int, total: Int, label: String?, previous: Int?, next: Int?) {
    let part = PagedPart(from: from, shown: shown, of: total, by: 20)
    #expect(part.label == label && part.previous == previous && part.next == next)
  }
}
