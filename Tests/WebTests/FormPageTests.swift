import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Quantities
import Testing

@testable import Web

@Suite("Forms as pages", .serialized)
struct FormPageTests {
  private func signedIn() async throws -> HTTPFields {
    var headers = PortalTests.form
    headers[.cookie] = "__Host-steward=\(try await House.shared.value.token("mila"))"
    return headers
  }

  @Test("A form is filled in section by section without script, with faults beside their fields")
  func sections() async throws {
    let headers = try await signedIn()
    try await bareServer().application().test(.router) { client in
      let list = try await client.execute(uri: "/questionnaires", method: .get, headers: headers)
      #expect(list.status == .ok && list.text.contains("Your attitude to risk"))
      let path = "/questionnaires/demands-and-needs"
      let page = try await client.execute(
        uri: "\(path)?section=2", method: .get, headers: headers)
      #expect(page.text.contains("Do you own your home?"))
      #expect(page.text.contains("<progress"))
      let revision = try #require(page.text.firstMatch(of: #/name="revision" value="(\d+)"/#)?.1)
      let version = try #require(page.text.firstMatch(of: #/name="version" value="(\d+)"/#)?.1)
      let faulty = try await client.execute(
        uri: path, method: .post, headers: headers,
        body: ByteBuffer(
          string: "section=1&birth-date=1880-01-01&dependants=99&revision=\(revision)"))
      #expect(faulty.status == .unprocessableContent)
      #expect(faulty.text.contains("Give a number from 0 to 30."))
      #expect(faulty.text.contains("aria-invalid=\"true\""))
      #expect(faulty.text.contains("value=\"99\""), "what was typed stays")
      let saved = try await client.execute(
        uri: path, method: .post, headers: headers,
        body: ByteBuffer(
          string: "section=2&owns-vehicle=false&owns-home=true&keeps-pet=false&pet-age=4&"
            + "revision=\(revision)&version=\(version)"))
      #expect(saved.status == .seeOther, "\(saved.text)")
      #expect(saved.headers[.location] == "\(path)?section=3")
      let stale = try await client.execute(
        uri: path, method: .post, headers: headers,
        body: ByteBuffer(string: "section=2&owns-home=false&revision=\(revision)"))
      #expect(stale.status == .conflict && stale.text.contains("changed elsewhere"))
      let hidden = try await client.execute(
        uri: "/questionnaires/motor", method: .get, headers: headers)
      #expect(hidden.text.contains("Nothing is asked here"))
    }
  }

  @Test("The language is chosen by a link, kept by a cookie, and else taken from the browser")
  func language() async throws {
    let own = try await signedIn()
    try await bareServer().application().test(.router) { client in
      var headers = own
      headers[.referer] = "http://localhost/questionnaires/credit?section=1"
      let chosen = try await client.execute(
        uri: "/language?to=ro", method: .get, headers: headers)
      #expect(chosen.headers[.location] == "/questionnaires/credit?section=1")
      let cookie = try #require(chosen.headers[.setCookie]?.prefix { $0 != ";" })
      #expect(cookie == "steward-language=ro")
      var romanian = headers
      romanian[.cookie] = (headers[.cookie] ?? "") + "; " + cookie
      let page = try await client.execute(
        uri: "/questionnaires/credit", method: .get, headers: romanian)
      #expect(page.text.contains("<html lang=\"ro\">"))
      #expect(page.text.contains("Salvează și continuă"))
      #expect(page.text.contains("Care este sursa veniturilor dumneavoastră?"))
      #expect(!page.text.contains("Save and go on"))
      var russian = headers
      russian[.acceptLanguage] = "ru-RU,ru;q=0.9"
      let home = try await client.execute(uri: "/", method: .get, headers: russian)
      #expect(home.text.contains("Рады видеть вас, Mila"), "\(home.text.prefix(3000))")
      let unknown = try await client.execute(
        uri: "/language?to=xx", method: .get, headers: headers)
      #expect(unknown.status == .unprocessableContent)
      headers[.referer] = "https://evil.example//evil.example"
      let away = try await client.execute(uri: "/language?to=ru", method: .get, headers: headers)
      #expect(away.headers[.location]?.hasPrefix("//") == false)
    }
  }

  @Test("A number is read as the language of the page writes it")
  func numbers() {
    PageLanguage.$current.withValue(.romanian) {
      #expect(Wording.plain("1.234") == "1234" && Wording.plain("1.234,50") == "1234.50")
      #expect(Wording.plain("12,5") == "12.5" && Wording.typed(Decimal128("12.5") ?? 0) == "12,5")
    }
    PageLanguage.$current.withValue(.russian) {
      #expect(Wording.plain("1 234,50") == "1234.50")
      #expect(Wording.term(months: 50) == "4 года 2 месяца")
      #expect(Wording.money(Decimal128("1234.5") ?? 0, .euro) == "1\u{A0}234,50\u{A0}EUR")
    }
    #expect(Wording.plain("1,234.50") == "1234.50" && Wording.term(months: 13) == "1 year 1 month")
  }

  @Test("Every word of every template and label stands in each language with the same values")
  func words() throws {
    let (romanian, russian) = (
      try #require(PageWords.of(.romanian)), try #require(PageWords.of(.russian))
    )
    #expect(romanian.keys == russian.keys && romanian.keys.count > 300)
    for words in [romanian, russian] {
      for key in words.keys {
        let translated = words.translation(key) ?? ""
        let places = { (text: String) in text.components(separatedBy: "{}").count }
        #expect(places(translated) == places(key), "\(key)")
        #expect(!translated.contains { "şţŞŢ".contains($0) }, "\(key)")
      }
      var missing: [String] = []
      for page in PageWriter.pages where page != DocumentationPage.self {
        for run in Self.runs(page.template + Layout.frame) where words.translation(run) == nil {
          missing.append("\(page.name): \(run)")
        }
      }
      #expect(missing.isEmpty, "\(missing)")
    }
  }

  /// The runs of text of a template, `{}` in the places of values.
  private static func runs(_ template: String) -> [String] {
    let marked = template.replacing(#/\{\{[#^\/>$<][^}]*\}\}/#, with: "\u{1}")
      .replacing(#/\{\{\{?[^}]*\}\}\}?/#, with: "{}")
    let labels = marked.matches(of: #/aria-label="([^"]+)"/#).map { String($0.1) }
    let texts = marked.replacing(#/<[^>]*>/#, with: "\u{1}").split(separator: "\u{1}").map {
      $0.trimmingCharacters(in: [" ", "\n"])
    }
    return (texts + labels).filter {
      $0 != "Steward" && $0.contains(where: \.isLetter)
    }
  }

  @Test("A page leaves in its reader's language, with what is not ours as it is")
  func translated() throws {
    let writer = try PageWriter()
    let (html, list) = PageLanguage.$current.withValue(.russian) {
      let page = FormListPage(shell: .client("Questionnaires"), lines: [])
      return (writer.html(SamplePages.form), writer.html(page))
    }
    #expect(html.contains("Сохранить и продолжить"))
    #expect(list.contains("<html lang=\"ru\">") && list.contains("<title>Анкеты – Steward"))
    #expect(html.contains("Motor Comprehensive"))
    #expect(html.contains("Отвечено: 3 из 12"))
    #expect(!html.contains("Save and go on"))
  }

  @Test("The page of a form does not wait for the search of what to answer next")
  func nextQuestion() async throws {
    let headers = try await signedIn()
    try await bareServer().application().test(.router) { client in
      for path in ["/questionnaires", "/questionnaires/credit"] {
        let page = try await client.execute(uri: path, method: .get, headers: headers)
        #expect(page.text.contains("data-next=\"/next-question\""))
        #expect(page.text.contains("href=\"/next-question\""), "without script there is a way")
        #expect(!page.text.contains("Worth answering next"))
      }
      let next = try await client.execute(uri: "/next-question", method: .get, headers: headers)
      #expect(next.status == .ok)
      let question = try #require(next.text.firstMatch(of: /href="(\/questionnaires\/[^"#]+)/))
      let asked = try await client.execute(
        uri: String(question.1).replacing("&amp;", with: "&"), method: .get, headers: headers)
      #expect(asked.status == .ok)
    }
  }

  @Test(
    "The best language of Accept-Language is found",
    arguments: [
      ("ro", ["ro"]), ("en;q=0.2, ru;q=0.9, ro", ["ro", "ru", "en"]), ("", []), ("*", []),
      ("ru;q=0, ro;q=0.1", ["ro"]), ("de-AT , ro-MD ; q=0.5", ["de-AT", "ro-MD"]),
    ])
  func accepted(field: String, found: [String]) { #expect(RequestLocale.accepted(field) == found) }
}
