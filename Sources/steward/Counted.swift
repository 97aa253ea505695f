extension Int {
  /// The number with what is counted, such as `1 model` and `2 models`.
  func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
