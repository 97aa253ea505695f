/// Functions with regular expressions (DMN 1.5, Table 74; XQuery 1.0 and XPath 2.0 Functions and
/// Operators, 7.6). What is an error there is null here.
extension Builtin {
  static let patterns: [Builtin] = [
    Builtin(
      "matches", .boolean,
      .many(
        [
          Parameter("input", .string), Parameter("pattern", .string),
          Parameter("flags", .string, isOptional: true),
        ], matches)),
    Builtin(
      "replace", .string,
      .many(
        [
          Parameter("input", .string), Parameter("pattern", .string),
          Parameter("replacement", .string), Parameter("flags", .string, isOptional: true),
        ], replace)),
    Builtin(
      "split", .list(.string),
      .two(("string", .string), ("delimiter", .string)) { text, delimiter, call in
        split([text, delimiter], call)
      }),
  ]

  private static func pattern(
    _ pattern: Value, flags: Value, _ call: Call
  ) -> Result<Pattern, PatternError> {
    Result { () throws(PatternError) in
      try Pattern.compiled(
        pattern.text ?? "", flags: flags.text ?? "", limits: call.evaluation.limits)
    }
  }

  private static func failed(_ error: PatternError, _ call: Call) -> Value {
    call.evaluation.null(.invalidPattern, call.span, error.sentence)
  }

  private static func matches(_ arguments: [Value], _ call: Call) -> Value {
    do throws(PatternError) {
      let pattern = try pattern(arguments[1], flags: arguments[2], call).get()
      var matcher = Matcher(pattern, arguments[0].text ?? "", call.evaluation.limits)
      return .boolean(try matcher.search(from: 0) != nil)
    } catch {
      return failed(error, call)
    }
  }

  private static func replace(_ arguments: [Value], _ call: Call) -> Value {
    do throws(PatternError) {
      let pattern = try pattern(arguments[1], flags: arguments[3], call).get()
      let template = try Replacement(
        arguments[2].text ?? "", groups: pattern.groupCount, isLiteral: pattern.isQuoted)
      var matcher = Matcher(pattern, arguments[0].text ?? "", call.evaluation.limits)
      try refuseEmpty(pattern, call)
      var result = String.UnicodeScalarView()
      var place = 0
      while let match = try matcher.search(from: place) {
        result.append(contentsOf: matcher.scalars[place..<match.start])
        template.append(match, matcher.scalars, to: &result)
        place = match.end
        guard result.count <= call.evaluation.limits.stringLength else {
          return call.evaluation.null(.limit, call.span, "the replaced string is too long")
        }
      }
      result.append(contentsOf: matcher.scalars[place...])
      return .string(String(result))
    } catch {
      return failed(error, call)
    }
  }

  private static func split(_ arguments: [Value], _ call: Call) -> Value {
    do throws(PatternError) {
      let pattern = try pattern(arguments[1], flags: .null, call).get()
      let input = arguments[0].text ?? ""
      try refuseEmpty(pattern, call)
      var matcher = Matcher(pattern, input, call.evaluation.limits)
      var parts: [Value] = []
      var place = 0
      while let match = try matcher.search(from: place) {
        parts.append(.string(text(matcher.scalars[place..<match.start])))
        place = match.end
      }
      parts.append(.string(text(matcher.scalars[place...])))
      return .list(parts)
    } catch {
      return failed(error, call)
    }
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
