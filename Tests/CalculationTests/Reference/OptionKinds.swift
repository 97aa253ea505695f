extension ReferenceTests {
  static let optionKinds: [String: Run] = [:]
}
