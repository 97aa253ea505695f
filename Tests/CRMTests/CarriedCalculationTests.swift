import CRM
import JSON
import Testing

@Suite("Calculations that are carried on")
struct CarriedCalculationTests {
  private static func calculation(_ inputs: String) throws -> CarriedCalculation {
    CarriedCalculation(
      path: "loan/quote", inputs: try JSONNode.parse(inputs), hash: "abc", engineVersion: "1")
  }

  @Test("an id gives its owner the calculation back for an hour, and nobody else ever")
  func owner() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("anna")
    _ = try await test.book.addClient("ivan")
    let (anna, ivan) = (try await test.book.client("anna"), try await test.book.client("ivan"))
    let made = try Self.calculation(#"{"amount":"900","payments":12}"#)
    let id = try #require(try test.book.carry(made, for: anna))
    #expect(!id.contains("900"))
    let found = try #require(try test.book.carried(id, by: anna))
    #expect(found.path == "loan/quote" && found.hash == "abc" && found.engineVersion == "1")
    #expect(found.inputs["amount"]?.stringValue == "900")
    #expect(try test.book.carried(id, by: ivan) == nil)
    test.clock.advance(seconds: CarriedCalculation.seconds)
    #expect(try test.book.carried(id, by: anna) != nil)
    test.clock.advance(seconds: 1)
    #expect(try test.book.carried(id, by: anna) == nil)
  }

  @Test("what is no id, or was changed, or has inputs without end, carries nothing")
  func refused() async throws {
    let test = try await TestBook()
    _ = try await test.book.addClient("anna")
    let anna = try await test.book.client("anna")
    let id = try #require(try test.book.carry(try Self.calculation("{}"), for: anna))
    let other = id.last == "A" ? "B" : "A"
    for bad in ["", "x", "no-id!", String(id.dropLast()) + other, String(id.dropFirst()), id + id] {
      #expect(try test.book.carried(bad, by: anna) == nil, "\(bad)")
    }
    let long = String(repeating: "1", count: CarriedCalculation.longestInputs)
    #expect(try test.book.carry(try Self.calculation(#"{"text":"\#(long)"}"#), for: anna) == nil)
  }
}
