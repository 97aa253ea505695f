extension ReferenceTests {
  static let insuranceKinds: [String: Run] = [:]
}
