import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite("The portal")
struct PortalTests {
  static let form: HTTPFields = [
    .contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin",
    .accept: "text/html",
  ]

  @Test("A client signs in by the form, asks for advice and reads it, without script")
  func wholeWay() async throws {
    try await bareServer().application().test(.router) { client in
      let away = try await client.execute(
        uri: "/advice", method: .get, headers: [.accept: "text/html"])
      #expect(away.status == .seeOther)
      #expect(away.headers[.location] == "/sign-in?next=%2Fadvice")
      let signedIn = try await client.execute(
        uri: "/sign-in", method: .post, headers: Self.form,
        body: ByteBuffer(string: "login=anna&password=annaanna&next=%2Fadvice"))
      #expect(signedIn.status == .seeOther)
      #expect(signedIn.headers[.location] == "/advice")
      let cookie = try #require(signedIn.headers[.setCookie])
      for part in ["__Host-steward=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        #expect(cookie.contains(part))
      }
      var headers = Self.form
      headers[.cookie] = String(cookie.prefix { $0 != ";" })
      let page = try await client.execute(uri: "/advice", method: .get, headers: headers)
      #expect(page.status == .ok)
      let faulty = try await client.execute(
        uri: "/advice", method: .post, headers: headers,
        body: ByteBuffer(string: "kind=borrow&key=abc&amount=x"))
      #expect(faulty.status == .unprocessableContent)
      #expect(faulty.text.contains("Amount:"))
      let asked = try await client.execute(
        uri: "/advice", method: .post, headers: headers,
        body: ByteBuffer(
          string: "kind=borrow&key=\(UUID().uuidString)&amount=9000&currency=eur&termMonths=48"))
      #expect(asked.status == .seeOther, "\(asked.text)")
      let location = try #require(asked.headers[.location])
      let decision = try await client.execute(uri: location, method: .get, headers: headers)
      #expect(decision.status == .ok)
      #expect(decision.text.contains("Borrow 9,000.00\u{A0}EUR over 4 years"))
      #expect(decision.text.contains("What was not offered"))
      #expect(!decision.text.contains("Show those before"))
      let next = try #require(decision.text.firstMatch(of: /href="([^"]*from=20#rest)"/))
      let second = try await client.execute(
        uri: String(next.1.prefix { $0 != "#" }), method: .get, headers: headers)
      #expect(second.text.contains("21 to 40 of"))
      #expect(second.text.contains("href=\"\(location)?from=0#rest\""), "there is a way back")
      let beyond = try await client.execute(
        uri: "\(location)?from=99999", method: .get, headers: headers)
      #expect(beyond.status == .ok && !beyond.text.contains("Show more"))
      let home = try await client.execute(uri: "/", method: .get, headers: headers)
      #expect(home.text.contains("Good to see you, Anna"))
      #expect(home.text.contains("Storm damage"))
      let out = try await client.execute(uri: "/sign-out", method: .post, headers: headers)
      #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
      let after = try await client.execute(uri: "/", method: .get, headers: headers)
      #expect(after.status == .ok)
      #expect(after.text.contains("<h1>Sign in</h1>"))
    }
  }

  @Test("Policyholders and brokers have first pages of their own")
  func otherRoles() async throws {
    let house = try await House.shared.value
    let petra = try await house.token("petra")
    let bruno = try await house.token("bruno")
    try await house.server().application().test(.router) { client in
      let policies = try await client.execute(
        uri: "/", method: .get, headers: [.cookie: "\(SessionCookie.name)=\(petra)"])
      #expect(policies.text.contains("Home Contents"))
      #expect(!policies.text.contains("Everyday account"))
      let list = try await client.execute(
        uri: "/", method: .get, headers: [.cookie: "\(SessionCookie.name)=\(bruno)"])
      #expect(list.text.contains("Anna Dvořáková"))
      #expect(!list.text.contains("Petrov"))
    }
  }

  @Test(
    "Numbers are read as people write them, or refused where they could be two",
    arguments: [
      ("1,200", true, "1200"), ("1,200.50", true, "1200.50"), ("1.200,50", true, "1200.50"),
      ("10 000", true, "10000"), ("1,234,567", true, "1234567"), ("10000,5", true, "10000.5"),
      ("3,49", false, "3.49"), ("3.49", false, "3.49"), ("3,490", false, "3,490"),
      ("-5", true, "-5"), ("x", true, "x"),
    ])
  func numbers(text: String, isAmount: Bool, plain: String) {
    #expect(CalculatorForm.plain(text, isAmount: isAmount) == plain)
  }

  @Test("The calculators work by their forms alone and say what is wrong")
  func calculators() async throws {
    try await bareServer().application().test(.router) { client in
      let loan = try await client.execute(uri: "/calculators/loan", method: .get)
      #expect(loan.text.contains("<svg class=\"chart\""))
      let other = try await client.execute(
        uri: "/calculators/loan?amount=1,200&currency=EUR&rate=12&termMonths=12&repayment=annuity",
        method: .get)
      #expect(other.text.contains("106.62\u{A0}EUR"))
      let wrong = try await client.execute(
        uri: "/calculators/deposit?amount=x&currency=EUR&rate=3&termMonths=12", method: .get)
      #expect(wrong.text.contains("aria-invalid=\"true\""))
    }
  }

  @Test(
    "A way on leads only to pages of ours",
    arguments: [
      ("/advice", "/advice"), ("//evil.example", nil), ("https://evil.example", nil),
      ("/\\evil.example", nil), ("/a\r\nSet-Cookie: x", nil), ("", nil),
    ] as [(String, String?)])
  func localOnly(path: String, expected: String?) {
    #expect(SignInPages.local(path) == expected)
  }

  @Test("A change asked for by another site is refused with a page")
  func crossOrigin() async throws {
    let house = try await House.shared.value
    let token = try await house.token("anna")
    try await house.server().application().test(.router) { client in
      var headers = Self.form
      headers[.secFetchSite] = "cross-site"
      headers[.cookie] = "\(SessionCookie.name)=\(token)"
      let response = try await client.execute(
        uri: "/sign-out", method: .post, headers: headers)
      #expect(response.status == .forbidden)
      // Who is signed in is not asked to sign in.
      #expect(!response.text.contains("/sign-in"))
      let still = try await client.execute(
        uri: "/v1/me", method: .get, headers: [.authorization: "Bearer \(token)"])
      #expect(still.status == .ok)
    }
  }
}
