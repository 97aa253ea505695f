import Advice
import CRM
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Quantities
import Testing

@testable import Web

@Suite("The page of the catalogue's differences")
struct CataloguePageTests {
  private static func product(_ code: String, _ rate: Decimal128) -> ProductBody {
    var product = Product()
    product.id = ProductID(brand: "b", code: code)
    product.name = "Sign out \(code)"
    product.currency = .euro
    product.charges.rates = [RateBand(.variable, rate)]
    return ProductBody(brand: "b", code: code, body: product.packed)
  }

  private static func page(
    _ house: House, _ query: String, language: String = "en"
  ) async throws -> (status: HTTPResponse.Status, text: String) {
    let token = try await house.token("stella")
    return try await house.server().application().test(.router) { client in
      let response = try await client.execute(
        uri: "/catalogue\(query)", method: .get,
        headers: [
          .authorization: "Bearer \(token)", .accept: "text/html", .acceptLanguage: language,
        ])
      return (response.status, response.text.replacing("\u{A0}", with: " "))
    }
  }

  @Test("Staff read what differs between two days, in words of three languages, page by page")
  func differences() async throws {
    let house = try await House()
    let none = try await Self.page(house, "")
    #expect(none.status == .ok && none.text.contains("No catalogue was imported"))
    let days = ["2024-01-01", "2024-02-01", "2024-03-01"].compactMap { CalendarDate(iso: $0) }
    for (place, day) in days.enumerated() {
      let rate = Decimal128("0.05") ?? 0
      let change = Decimal128(place) / 100
      _ = try await house.book.take(
        (1...30).map { Self.product("\(100 + $0)", $0 > 5 ? rate + change : rate) }
          + [Self.product("new-\(place)", rate)],
        from: "s", asOf: day, report: "", withdrawing: true, by: atMachine)
    }
    let first = try await Self.page(house, "")
    #expect(first.status == .ok)
    #expect(first.text.contains("s of 1 February 2024 and of 1 March 2024"))
    #expect(first.text.contains("The variable rate: was 6 %, is now 7 %."))
    #expect(first.text.contains("1 to 20 of 27") && first.text.contains("from=20"))
    #expect(first.text.contains("<h3>Sign out 106</h3>"))
    let second = try await Self.page(
      house, "?source=s&from-day=2024-02-01&to-day=2024-03-01&from=20")
    #expect(second.text.contains("21 to 27 of 27") && second.text.contains("from=0#differences"))
    #expect(second.text.contains("It is new.") && second.text.contains("It is no longer offered."))
    for (language, words) in [
      ("ro", ["dobânda variabilă: a fost 6 %, este acum 7 %.", "Modificat"]),
      ("ru", ["переменная ставка: было 6 %, стало 7 %.", "Изменено"]),
    ] {
      let page = try await Self.page(house, "", language: language)
      for word in words { #expect(page.text.contains(word), "\(word)") }
      #expect(page.text.contains("<h3>Sign out 106</h3>"), "a product's name stays as it is")
    }
  }

  @Test("A day before all editions, an unknown source and a bad date are told")
  func refusals() async throws {
    let house = try await House()
    let day = try #require(CalendarDate(iso: "2024-01-01"))
    _ = try await house.book.take(
      [Self.product("a", 0)], from: "s", asOf: day, report: "", by: atMachine)
    let before = try await Self.page(house, "?source=s&from-day=2020-01-01&to-day=2024-01-01")
    #expect(before.status == .unprocessableContent && before.text.contains("role=\"alert\""))
    #expect(try await Self.page(house, "?source=other").status == .notFound)
    #expect(try await Self.page(house, "?from-day=soon").status == .unprocessableContent)
    let only = try await Self.page(house, "")
    #expect(only.status == .ok && only.text.contains("Nothing differs."))
  }
}
