package import CRM
import Hummingbird
import Logging

/// What the server serves: the doors to the rest of the program.
package struct WebParts: Sendable {
  private let desk: AdviceDesk
  private let unreadiness: @Sendable () async -> String?
  private let gauges: @Sendable () -> [Gauge]

  /// The parts.
  ///
  /// - Parameters:
  ///   - desk: the book of business with the adviser in force.
  ///   - unreadiness: why requests cannot be served at this moment; nil when they can.
  ///   - gauges: figures of the other parts of the program for `/metrics`.
  package init(
    desk: AdviceDesk,
    unreadiness: @escaping @Sendable () async -> String? = { nil },
    gauges: @escaping @Sendable () -> [Gauge] = { [] }
  ) {
    self.desk = desk
    self.unreadiness = unreadiness
    self.gauges = gauges
  }

  /// Everything mounted, behind the gate.
  ///
  /// - Throws: when a page's template is not well-formed.
  func gate(settings: WebSettings, logger: Logger) throws -> Gate {
    let book = desk.book
    let writer = try PageWriter()
    let meters = Meters()
    let table = RouteTable(sessions: SessionReader { try await book.principal(of: $0) })
    let operatorRoutes = OperatorRoutes(
      unreadiness: unreadiness, meters: meters, gauges: gauges, version: settings.version)
    let offering = BrokerOffering(desk: desk)
    operatorRoutes.mount(on: table)
    CatalogueRoutes(desk: desk).mount(on: table)
    let allowance = CalculationAllowance(behindFront: settings.isBehindFront)
    CalculatorRoutes(book: book, allowance: allowance).mount(on: table)
    KnownInputRoutes(book: book).mount(on: table)
    ApplyRoutes(desk: desk).mount(on: table)
    StreamRoutes(today: { book.today }, allowance: allowance).mount(on: table)
    SessionRoutes(book: book, behindFront: settings.isBehindFront).mount(on: table)
    ClientRoutes(book: book).mount(on: table)
    let shortlists = ShortlistStreams(
      adviser: { [desk] in desk.adviser }, arbitration: { book.latestArbitration },
      today: { book.today })
    QuestionnaireRoutes(desk: desk, shortlists: shortlists).mount(on: table)
    ShortlistRoutes(desk: desk, shortlists: shortlists).mount(on: table)
    AdviceRoutes(desk: desk).mount(on: table)
    ClientDecisionRoutes(desk: desk).mount(on: table)
    CounterfactualRoutes(desk: desk).mount(on: table)
    ResponseRoutes(desk: desk).mount(on: table)
    PolicyRoutes(book: book).mount(on: table)
    BrokerRoutes(offering: offering).mount(on: table)
    PublicPages(writer: writer).mount(on: table)
    SignInPages(book: book, writer: writer, behindFront: settings.isBehindFront).mount(on: table)
    HomePages(desk: desk, offering: offering, writer: writer).mount(on: table)
    AdvicePages(desk: desk, writer: writer).mount(on: table)
    let rules = RuleDesk(desk: desk)
    RuleRoutes(rules: rules).mount(on: table)
    EditionRoutes(rules: rules).mount(on: table)
    RulePages(rules: rules, writer: writer).mount(on: table)
    RuleTablePages(rules: rules, writer: writer).mount(on: table)
    CataloguePages(desk: desk, writer: writer).mount(on: table)
    FormPages(desk: desk, shortlists: shortlists, writer: writer).mount(on: table)
    LanguagePages().mount(on: table)
    CalculatorPages(book: book, writer: writer).mount(on: table)
    operatorRoutes.mountDescription(on: table)
    PublicPages(writer: writer).mountDescription(on: table)
    return Gate(
      router: table.responder(), fixed: table.fixed, routes: table.routes,
      headers: AnswerHeaders(isSecure: settings.isSecure), isSecure: settings.isSecure,
      meters: meters, logger: logger,
      errorPage: { writer.html(ErrorPage($0, requestID: $1)) })
  }
}
