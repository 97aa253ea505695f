import Advice

/// The language of the page that is being made: the one that its reader chose, else the best that
/// the browser asks for.
enum PageLanguage {
  /// The language; it belongs to one request.
  @TaskLocal static var current = Language.english

  /// What the languages call themselves.
  static func name(of language: Language) -> String {
    switch language {
    case .english: "English"
    case .romanian: "Română"
    case .russian: "Русский"
    }
  }
}
