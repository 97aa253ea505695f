/// Functions with regular expressions (DMN 1.5, Table 74; XQuery 1.0 and XPath 2.0 Functions and
/// Operators, 7.6). What is an error there is null here.
extension Builtin {
  static let patterns: [Builtin] = [
    prepared(
      "matches", .boolean,
      [
        Parameter("input", .string), Parameter("pattern", .string),
        Parameter("flags", .string, isOptional: true),
      ], flags: 2, matches),
    prepared(
      "replace", .string,
      [
        Parameter("input", .string), Parameter("pattern", .string),
        Parameter("replacement", .string), Parameter("flags", .string, isOptional: true),
      ], flags: 3, replace),
    prepared(
      "split", .list(.string), [Parameter("string", .string), Parameter("delimiter", .string)],
      flags: nil, split),
  ]

  private typealias Use =
    @Sendable ([Value], Pattern, Call) throws(PatternError) -> Value

  /// A function whose pattern is read once where it is constant in the text.
  private static func prepared(
    _ name: String, _ result: Type, _ parameters: [Parameter], flags: Int?,
    _ use: @escaping Use
  ) -> Builtin {
    let form = Form.many(parameters) { arguments, call in
      let flags = flags.flatMap { arguments[$0].text } ?? ""
      return run(call) { () throws(PatternError) in
        let pattern = try Pattern.compiled(
          arguments[1].text ?? "", flags: flags, limits: call.evaluation.limits)
        return try use(arguments, pattern, call)
      }
    }
    var builtin = Builtin(name, result, form).costing(20)
    let general = builtin
    builtin.specialized = { constants in
      guard constants.count > 1, case .string(let text) = constants[1] else { return nil }
      var flagText = ""
      if let flags, flags < constants.count {
        switch constants[flags] {
        case .string(let text): flagText = text
        case .null: break
        default: return nil
        }
      }
      guard form.takes(constants.count),
        let pattern = try? Pattern.compiled(text, flags: flagText, limits: .standard)
      else { return nil }
      return { arguments, call in
        guard case .success(let converted) = form.convert(arguments) else {
          return general.call(arguments, call)
        }
        return run(call) { () throws(PatternError) in try use(converted, pattern, call) }
      }
    }
    return builtin
  }

  private static func run(
    _ call: Call, _ body: () throws(PatternError) -> Value
  ) -> Value {
    guard call.spend(20) else { return call.evaluation.exhausted(call.span) }
    do throws(PatternError) {
      return try body()
    } catch {
      return call.evaluation.null(.invalidPattern, call.span, error.sentence)
    }
  }

  /// A matcher over the text, charged for reading it.
  private static func matcher(
    _ pattern: Pattern, _ text: String, _ call: Call
  ) throws(PatternError) -> Matcher {
    guard call.spend(text.utf8.count / 8) else { throw PatternError("too many steps") }
    return Matcher(pattern, text, call.evaluation.limits)
  }

  private static func charge(_ matcher: Matcher, _ call: Call) throws(PatternError) {
    guard call.spend(matcher.stepsTaken / 2) else { throw PatternError("too many steps") }
  }

  @Sendable private static func matches(
    _ arguments: [Value], _ pattern: Pattern, _ call: Call
  ) throws(PatternError) -> Value {
    var matcher = try matcher(pattern, arguments[0].text ?? "", call)
    let found = try matcher.search(from: 0) != nil
    try charge(matcher, call)
    return .boolean(found)
  }

  @Sendable private static func replace(
    _ arguments: [Value], _ pattern: Pattern, _ call: Call
  ) throws(PatternError) -> Value {
    let template = try Replacement(
      arguments[2].text ?? "", groups: pattern.groupCount, isLiteral: pattern.isQuoted)
    var matcher = try matcher(pattern, arguments[0].text ?? "", call)
    try refuseEmpty(pattern, call)
    var result: [Unicode.Scalar] = []
    var place = 0
    while let match = try matcher.search(from: place) {
      result += matcher.scalars[place..<match.start]
      template.append(match, matcher.scalars, to: &result)
      place = match.end
      guard result.count <= call.evaluation.limits.stringLength / 4 else {
        throw PatternError("the replaced string is too long")
      }
    }
    result += matcher.scalars[place...]
    try charge(matcher, call)
    return .string(text(result[...]))
  }

  @Sendable private static func split(
    _ arguments: [Value], _ pattern: Pattern, _ call: Call
  ) throws(PatternError) -> Value {
    try refuseEmpty(pattern, call)
    var matcher = try matcher(pattern, arguments[0].text ?? "", call)
    var parts: [Value] = []
    var place = 0
    while let match = try matcher.search(from: place) {
      parts.append(.string(text(matcher.scalars[place..<match.start])))
      place = match.end
    }
    parts.append(.string(text(matcher.scalars[place...])))
    try charge(matcher, call)
    return .list(parts)
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// A pattern that matches the empty string cannot cut a text (err:FORX0003).
  private static func refuseEmpty(_ pattern: Pattern, _ call: Call) throws(PatternError) {
    var matcher = Matcher(pattern, "", call.evaluation.limits)
    if try matcher.search(from: 0) != nil {
      throw PatternError("the pattern matches the empty string")
    }
  }
}
