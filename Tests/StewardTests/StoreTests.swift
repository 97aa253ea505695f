import Foundation
import JSON
import Support
import Testing

@Suite("A store from the command line")
struct StoreTests {
  private static let client =
    #"{"record":"client","id":"c1","name":"Test","homeCurrency":"EUR","customerKind":"person"}"#

  @Test("A store is made once, with keys that only the owner may read")
  func initialising() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["init", "--data", data]).code == 0)
    for file in ["steward.sqlite", "keys/root.key", "keys/clients.keys"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(data)/\(file)")
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
    }
    for command in ["init", "demo"] {
      let again = try Program.run([command, "--data", data])
      #expect(again.code == 1)
      #expect(again.errorLines.count == 1)
    }
  }

  @Test("A catalogue that is cut off is refused and changes nothing")
  func cutCatalogue() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["init", "--data", data]).code == 0)
    let line = { (id: String) in
      #"{"brandId":"b","product":{"productId":"\#(id)","name":"N","productCategory":"TERM_DEPOSITS"}}"#
    }
    let file = folder.url.appending(path: "half.jsonl")
    try Data("\(line("p"))\n\(line("q").prefix(40))".utf8).write(to: file)
    let half = try Program.run(
      ["import", "cdr", file.path, "--as-of", "2024-08-12", "--data", data])
    #expect(half.code == 1)
    #expect(half.errorLines.last?.contains("cut off in line 2") == true, "\(half.errorLines)")
  }

  @Test("A file with a fault is refused by line and field and writes nothing")
  func faultyImport() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["init", "--data", data]).code == 0)
    let faulty = #"{"record":"movement","client":"c1","id":"m1","date":"2026-13-01"}"#
    let run = try Program.run(
      ["import", "clients", "-", "--data", data], input: "\(Self.client)\n\(faulty)\n")
    #expect(run.code == 1)
    #expect(run.errors.contains("standard input:2:") && run.errors.contains("date"))
    let good = try Program.run(
      ["import", "clients", "-", "--data", data], input: "\(Self.client)\n")
    #expect(good.code == 0, "\(good.errors)")
    #expect(good.output.contains("1 record\n"))
    #expect(good.output.contains("clients"))
    // Who was not erased cannot be brought back, which is said.
    let back = try Program.run(
      ["import", "clients", "-", "--bring-back", "c1", "--data", data], input: Self.client)
    #expect(back.code == 0 && back.output.contains("--bring-back c1: "), "\(back.output)")
    let named = #","document":{"country":"RO","kind":"passport","number":"7"}}"#
    let twins = ["c2", "c3"].map {
      Self.client.dropLast().replacing(#""c1""#, with: "\"\($0)\"") + named
    }
    let twice = try Program.run(
      ["import", "clients", "-", "--data", data], input: twins.joined(separator: "\n"))
    #expect(twice.code == 1)
    #expect(twice.errors.contains("standard input:2: client c3: "), "\(twice.errors)")
  }

  @Test("Demo data is served; a second writer is told by whom, readers go on, replay agrees")
  func demo() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    let made = try Program.run(["demo", "--data", data, "--clients", "3"])
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("demo-password-ana"))
    let open = try Program.run(["serve", "--data", data, "--host", "0.0.0.0", "--port", "0"])
    #expect(open.code == 1)
    #expect(open.errors.contains("demo data"))
    let server = try RunningServer(data: data)
    #expect(server.address.hasPrefix("http://"))
    let second = try Program.run(["import", "clients", "-", "--data", data], input: Self.client)
    #expect(second.code == 1)
    #expect(second.errorLines.count == 1)
    #expect(second.errors.contains(server.address), "\(second.errors)")
    let advice = try Program.run(["recommend", "--data", data, "--all", "--goal", "any"])
    #expect(advice.code == 0, "\(advice.errors)")
    let lines = advice.output.split(separator: "\n")
    #expect(lines.count == 7)
    for line in lines {
      #expect(try JSONNode.parse(String(line))["outcome"]?["counts"] != nil)
    }
    #expect(try Program.run(["replay", "--data", data]).code == 0)
    let port = server.address.split(separator: ":").last?.filter(\.isNumber) ?? ""
    let other = try TemporaryFolder()
    let elsewhere = other.url.appending(path: "data").path
    #expect(try Program.run(["init", "--data", elsewhere]).code == 0)
    let busy = try Program.run(["serve", "--data", elsewhere, "--port", String(port)])
    #expect(busy.code == 1)
    #expect(busy.errorLines.count == 1)
    #expect(busy.errors.contains("already in use"), "\(busy.errors)")
    #expect(server.stop() == 0)
  }

  @Test(
    "The command line ranks by what clients' answers taught, as the server does",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "needs curl"))
  func learned() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    #expect(try Program.run(["demo", "--data", data, "--clients", "0"]).code == 0)
    let server = try RunningServer(data: data)
    let script = #"""
      ask() { curl -sf "$A$1" -H "Authorization: Bearer $T" -H 'Content-Type: application/json' \
        -H "Idempotency-Key: $2" ${3:+-d "$3"}; }
      member() { sed 's/.*"'"$1"'":{[^}]*"id":"\([^"]*\)".*/\1/'; }
      T=$(ask /v1/sessions a '{"login":"ana@demo.example","password":"demo-password-ana"}' \
        | sed 's/.*"token":"\([^"]*\)".*/\1/')
      G='{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36,"limit":1}'
      first=$(ask /v1/me/recommendations b "$G")
      decision=$(echo "$first" | member decision); product=$(echo "$first" | member product)
      ask /v1/decisions/$decision/responses c "{\"product\":\"$product\",\"answer\":\"accepted\"}" >/dev/null
      ask /v1/me/recommendations d "$G"
      echo; ask /v1/me e
      """#
    let run = try ReadmeTests.run(
      "A=\(server.address.trimmingCharacters(in: ["/"])); T=none\n" + script, in: folder.url)
    let answers = run.output.split(separator: "\n").compactMap {
      try? JSONNode.parse(Array($0.utf8), limits: .file)
    }
    let served = try #require(answers.dropLast().last?["outcome"], "\(run.output)")
    let client = try #require(answers.last?["id"]?.stringValue, "\(run.output)")
    let advice = try Program.run([
      "recommend", "--data", data, "--client", client, "--goal", "borrow", "--amount", "10000",
      "--currency", "EUR", "--term", "36", "--limit", "1",
    ])
    let told = try JSONNode.parse(Array(advice.output.utf8), limits: .file)["outcome"]
    #expect(served["arbitration"]?["learned"]?.numberText == "1")
    for member in ["arbitration", "offers"] {
      #expect(told?[member]?.canonicalBytes == served[member]?.canonicalBytes, "\(member)")
    }
    #expect(server.stop() == 0)
  }

  @Test("A generated catalogue has at least twenty products to price for each client")
  func scale() throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    let made = try Program.run([
      "demo", "--data", data, "--clients", "12", "--products", "500", "--rules", "20",
    ])
    #expect(made.code == 0, "\(made.errors)")
    let advised = try Program.run([
      "recommend", "--all", "--goal", "save", "--amount", "5000", "--currency", "EUR",
      "--term", "12", "--data", data,
    ])
    #expect(advised.code == 0, "\(advised.errors)")
    let lines = advised.output.split(separator: "\n")
    #expect(lines.count >= 12)
    for line in lines {
      let counts = try JSONNode.parse(Array(line.utf8), limits: .file)["outcome"]?["counts"]
      let priced = ["offered", "arbitration"].compactMap {
        counts?[$0]?.numberText.flatMap { Int($0) }
      }.reduce(0, +)
      #expect(priced >= 20)
      #expect(counts?["total"]?.numberText == "500")
    }
  }
}
