extension ReferenceTests {
  static let depositKinds: [String: Run] = [:]
}
