import Support
import Testing

@testable import FEEL

@Suite("Names that an expression reads")
struct NamesReadTests {
  @Test(
    "Names are told without a scope, as far as no operator, bracket or keyword parts them",
    arguments: [
      ("client.gender", ["client", "gender"]),
      ("client . mother tongue", ["client", "mother tongue"]),
      ("if is_female then 1 else no cover", ["is_female", "no cover"]),
      ("mother /* or not */ tongue", ["mother tongue"]), ("date-of-birth", ["date-of-birth"]),
      ("income - costs", ["income", "costs"]), ("client's sex", ["client's sex"]),
      (#"clients[sex = "f"].income"#, ["clients", "sex", "f", "income"]),
      (#"client["gender"]"#, ["client", "gender"]),
      (#"client["ge" + "nd" + "er"]"#, ["client", "gender"]),
      (#"{gender: 1, "mother tongue": "x"}"#, ["gender", "mother tongue"]),
      (#"kind in ["male", "female"]"#, ["kind"]), (#""a" < "sex""#, []),
      ("[18..65]", []), ("]1..5[", []), ("-", []), (#""sex""#, []), ("\"open", []),
      ("?.gender", ["gender"]), ("пол = 1", ["пол"]), ("function(sex) sex", ["sex", "sex"]),
      ("for s in staff return s.vârstă", ["s", "staff", "s", "vârstă"]),
      ("x instance of tGender", ["x", "of tGender"]), ("sex2 + 2", ["sex2"]),
    ] as [(String, [String])])
  func names(_ text: String, names: [String]) {
    #expect(NamesRead(text).names == names)
    #expect(NamesRead(text).unclear == [])
  }

  @Test(
    "A key that can be told without evaluating is a name",
    arguments: [
      (#"get value(who, "sex")"#, ["sex"]), (#"get value(who, "s" + "ex")"#, ["sex"]),
      (#"get value(who, ("s" + ("e" + "x")))"#, ["sex"]), (#"get value(who, "s\u0065x")"#, ["sex"]),
      (#"get value(key: "s" + "ex", m: who)"#, ["sex"]),
      (#"get /* a */ value (who, "sex")"#, ["sex"]), (#"get value(f(a, b), "sex")"#, ["sex"]),
      (#"get value(who, lower case("SEX"))"#, ["sex"]),
      (#"get value(get value(who, "home"), "sex")"#, ["home", "sex"]),
      (#"get entries(who)[key = "sex"].value"#, ["sex"]),
      (#"get entries(who)["s" + "ex" = key][1].value"#, ["sex"]),
      (#"get entries(who)[item.key = "sex" and value > 1]"#, ["sex"]),
      (#"get entries(who)[key in ("sex", "a" + "ge")]"#, ["sex", "age"]),
      (#"get entries(who)[key in ["sex", "age"]]"#, ["sex", "age"]),
      ("get entries(who).key", []), ("get value({low: 1, high: 2}, level)", []),
      (#"get value(m: {low: 1}, key: level)"#, []), ("get entries({low: 1})[1]", []),
      (#""get value(who, which)""#, []), ("budget value(who, which)", []),
      ("get value added(who, which)", []), ("// get value(who, which)\n1", []),
    ] as [(String, [String])])
  func keys(_ text: String, keys: [String]) {
    let read = NamesRead(text)
    #expect(read.unclear == [])
    for key in keys { #expect(read.names.contains(key), "\(read.names)") }
  }

  @Test(
    "A call whose key takes an evaluation to tell is unclear",
    arguments: [
      ("get value(who, which)", "get value(who, which)"),
      (#"1 + get value(who, lower case(x)) + 2"#, "get value(who, lower case(x))"),
      ("get value(who, string(today()))", "get value(who, string(today()))"),
      (#"get value(who, if a then "sex" else "b")"#, #"get value(who, if a then "sex" else "b")"#),
      (#"get value(who, "s" + x)"#, #"get value(who, "s" + x)"#),
      ("(get value)(who, which)", "get value"),
      ("{f: get value}.f(who, which)", "get value"), ("get value(who)", "get value(who)"),
      ("get value(key: which, m: who)", "get value(key: which, m: who)"),
      ("get entries(who)", "get entries(who)"), ("get entries(who)[2].value", "get entries(who)"),
      ("get entries(who)[key = which]", "get entries(who)"),
      (#"get entries(who)[key != "sex"]"#, "get entries(who)"),
      (#"get entries(who)[key = "a" or true]"#, "get entries(who)"),
      (#"get entries(who)[key in ("a", which)]"#, "get entries(who)"),
      ("for e in get entries(who) return e.value", "get entries(who)"),
      (#"for k in ["sex"] return get value(who, k)"#, "get value(who, k)"),
    ])
  func unclear(_ text: String, call: String) {
    #expect(NamesRead(text).unclear == [call])
  }

  @Test("Long and deep texts are read in time that grows with their length")
  func limits() {
    let depth = 20_000
    let nested =
      String(repeating: "get value(", count: depth) + "who"
      + String(repeating: ", k)", count: depth)
    #expect(NamesRead(nested).unclear.count == 100)
    let open = String(repeating: "([{", count: depth)
    #expect(NamesRead(open).names == [])
    #expect(NamesRead(String(repeating: "]", count: depth)).names == [])
  }
}
