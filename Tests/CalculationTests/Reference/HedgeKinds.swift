extension ReferenceTests {
  static let hedgeKinds: [String: Run] = [:]
}
