import Advice
import Mustache

/// A page of the portal: a struct made for it alone, and the template that shows its properties.
///
/// Templates find values by the names of stored properties; a test holds that every name in a
/// template is one.
protocol Page: Sendable {
  /// The name of the template.
  static var name: String { get }
  /// What stands inside the frame, in Mustache.
  static var template: String { get }
  /// The frame around it.
  var shell: Shell { get }
}

/// The frame of every page: its head, the way to the other pages, and who is signed in.
struct Shell: Sendable {
  /// A way to another page.
  struct Link: Sendable {
    let label: String
    let path: String
    let isHere: Bool
  }

  /// A language that the page can be had in.
  struct LanguageLink: Sendable {
    let code: String
    let label: String
    let isHere: Bool
  }

  let title: String
  let links: [Link]
  let isSignedIn: Bool
  let language = PageLanguage.current.rawValue
  let languages = Language.allCases.map {
    LanguageLink(
      code: $0.rawValue, label: PageLanguage.name(of: $0), isHere: $0 == PageLanguage.current)
  }
  let style = Asset.style.path
  let script = Asset.script.path
  let icon = Asset.icon.path
  let mark = Mark.inline

  /// The frame for one who is not signed in.
  static func open(_ title: String, at path: String = "") -> Shell {
    Shell(title, isSignedIn: false, at: path, links: [calculators, ("Sign in", "/sign-in")])
  }

  /// The frame for one who may be signed in or not.
  static func anyone(_ title: String) -> Shell {
    Shell(title, isSignedIn: false, at: "", links: [("Overview", "/"), calculators])
  }

  /// The frame for a client.
  static func client(_ title: String, at path: String = "") -> Shell {
    Shell(
      title, isSignedIn: true, at: path,
      links: [
        ("Overview", "/"), ("Advice", "/advice"), ("Questionnaires", "/questionnaires"),
        calculators,
      ])
  }

  /// The frame for a policyholder.
  static func policyholder(_ title: String, at path: String = "") -> Shell {
    Shell(title, isSignedIn: true, at: path, links: [("Policies and claims", "/"), calculators])
  }

  /// The frame for a broker.
  static func broker(_ title: String, at path: String = "") -> Shell {
    Shell(title, isSignedIn: true, at: path, links: [("Your clients", "/"), calculators])
  }

  /// The frame for one of the staff.
  static func staff(_ title: String, at path: String = "") -> Shell {
    Shell(title, isSignedIn: true, at: path, links: staffLinks)
  }

  /// The frame of a page of the staff that has the name of a thing: a draft, a file.
  static func staff(naming title: String, at path: String) -> Shell {
    Shell(said: title, isSignedIn: true, at: path, links: staffLinks)
  }

  private static let staffLinks = [
    ("Rules", "/rules"), ("Catalogue", "/catalogue"), calculators,
  ]
  private static let section = "/calculators/"
  private static let calculators = ("Calculators", "/calculators/loan")

  private init(
    _ title: String, isSignedIn: Bool, at path: String, links: [(label: String, path: String)]
  ) {
    self.init(said: PageWords.say(title), isSignedIn: isSignedIn, at: path, links: links)
  }

  private init(
    said title: String, isSignedIn: Bool, at path: String, links: [(label: String, path: String)]
  ) {
    self.title = title
    self.isSignedIn = isSignedIn
    self.links = links.map { link in
      let isHere =
        link.path == path
        || (path.hasPrefix(Self.section) && link.path.hasPrefix(Self.section))
      return Link(label: link.label, path: link.path, isHere: isHere)
    }
  }
}

/// Fills the pages' templates, which are read once at the start.
struct PageWriter: Sendable {
  private let library: MustacheLibrary
  /// The same templates with their words and values marked, for pages in other languages.
  private let marked: MustacheLibrary

  /// All pages there are.
  static let pages: [any Page.Type] = [
    ErrorPage.self, SignInPage.self, HomePage.self, CalculatorPage.self, AdvicePage.self,
    DecisionPage.self, ChangePage.self, FormPage.self, FormListPage.self, NextQuestionPage.self,
    BrokerPage.self, ClaimPage.self, DocumentationPage.self, RulesPage.self, RuleDraftPage.self,
    RuleTablePage.self, CataloguePage.self,
  ]

  /// - Throws: when a template is not well-formed.
  init() throws {
    library = try Self.library { PageTemplate.plain($0) }
    marked = try Self.library { PageTemplate.marked($0) }
  }

  private static func library(
    _ prepared: (String) -> String
  ) throws -> MustacheLibrary {
    var library = MustacheLibrary()
    try library.register(prepared(Layout.frame), named: "frame")
    for (name, text) in Layout.partials { try library.register(prepared(text), named: name) }
    for page in pages {
      try library.register(Layout.around(prepared(page.template)), named: page.name)
    }
    return library
  }

  /// The HTML of a page.
  ///
  /// It leaves in the language of its reader.
  func html<P: Page>(_ page: P) -> String {
    guard let words = PageWords.of(PageLanguage.current) else {
      return library.render(page, withTemplate: P.name) ?? ""
    }
    return words.page(marked.render(page, withTemplate: P.name) ?? "")
  }
}
