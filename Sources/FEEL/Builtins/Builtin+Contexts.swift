/// Context functions (DMN 1.5, 10.3.4.10, Table 81).
extension Builtin {
  static let contexts: [Builtin] = [
    Builtin(
      "get value", .any,
      .two(("m", .anyContext), ("key", .string)) { context, key, call in
        let key = key.text ?? ""
        return context.entries?[key]
          ?? call.evaluation.null(.missingEntry, call.span, "the context has no entry '\(key)'")
      }),
    Builtin(
      "get entries",
      .list(.context([Type.Member("key", .string), Type.Member("value", .any)])),
      .one("m", .anyContext) { context, call in
        let entries = context.entries ?? Context()
        guard call.spend(entries.count) else { return call.evaluation.exhausted(call.span) }
        return .list(entries.map { .context(Context(entryShape, [.string($0), $1])) })
      }),
    Builtin("context", .anyContext, .one("entries", .list(.any), context(of:_:))),
    Builtin(
      "context put", .anyContext,
      .many([
        Parameter("context", .anyContext), Parameter("key", .string), Parameter("value", .any),
      ]) { arguments, call in
        put(arguments[0], [arguments[1]], arguments[2], call)
      },
      .many([
        Parameter("context", .anyContext), Parameter("keys", .list(.any)),
        Parameter("value", .any),
      ]) { arguments, call in
        put(arguments[0], (arguments[1].elements ?? [])[...], arguments[2], call)
      }),
    Builtin("context merge", .anyContext, .one("contexts", .list(.any), merge)),
  ]

  private static let entryShape = ContextShape(["key", "value"])

  private static func context(of list: Value, _ call: Call) -> Value {
    var entries: [(key: String, value: Value)] = []
    var keys: Set<String> = []
    for element in list.elements ?? [] {
      guard call.spend(1) else { return call.evaluation.exhausted(call.span) }
      guard case .context(let entry) = element, case .string(let key) = entry["key"],
        let value = entry["value"]
      else { return call.wrongType("each entry is a context with a string 'key' and a 'value'") }
      guard keys.insert(key).inserted else {
        return call.evaluation.null(.duplicateKey, call.span, "two entries have the key '\(key)'")
      }
      entries.append((key, value))
    }
    return .context(Context(entries))
  }

  /// The context with `value` at the end of the path of keys.
  ///
  /// A single key given as a list of
  /// one is the first form.
  private static func put(
    _ context: Value, _ keys: ArraySlice<Value>, _ value: Value, _ call: Call
  ) -> Value {
    guard case .context(var entries) = context else {
      return call.wrongType("'context put' takes a context, not \(context.kindName)")
    }
    guard case .string(let key) = keys.first else {
      return call.wrongType("a key is a string")
    }
    guard call.spend(entries.count + 1), keys.count <= call.evaluation.limits.recursion else {
      return call.evaluation.exhausted(call.span)
    }
    var replacement = value
    if keys.count > 1 {
      guard let inner = entries[key] else {
        return call.evaluation.null(
          .missingEntry, call.span, "the context has no entry '\(key)'")
      }
      replacement = put(inner, keys.dropFirst(), value, call)
      if replacement.isNull { return .null }
    }
    entries[key] = replacement
    return .context(entries)
  }

  private static func merge(_ list: Value, _ call: Call) -> Value {
    var merged: [(key: String, value: Value)] = []
    for element in list.elements ?? [] {
      guard case .context(let entries) = element else {
        return call.wrongType("'context merge' takes contexts, not \(element.kindName)")
      }
      for (key, value) in entries {
        guard call.spend(1) else { return call.evaluation.exhausted(call.span) }
        merged.append((key, value))
      }
    }
    return .context(Context(merged))
  }
}
