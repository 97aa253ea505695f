import Testing

@testable import Advice

@Suite("Values in sentences")
struct ReadableTests {
  @Test(
    "Thousands are parted and names of choices become words; all else stays",
    arguments: [
      ("1114.12 EUR", "1,114.12 EUR"), ("500 to 20000 EUR", "500 to 20,000 EUR"),
      ("2000000", "2,000,000"), ("2024-08-12", "12\u{A0}August\u{A0}2024"), ("2024", "2024"),
      ("selfEmployed, civilServant", "self employed, civil servant"), ("6.99 %", "6.99 %"),
      ("EUR", "EUR"), ("MD-CU", "MD-CU"), ("", ""), ("12", "12"),
      ("meridian/personal-loan", "meridian/personal-loan"),
      ("3000 to 30000 AUD", "3,000 to 30,000 AUD"), ("at least 1000 AUD", "at least 1,000 AUD"),
      ("6250 AUD", "6,250 AUD"), ("1200 to 2400 months", "1200 to 2400 months"),
    ])
  func readable(value: String, text: String) {
    #expect(Readable(language: .english, sentences: [:]).text(value) == text)
  }
}
