import Advice
import ArgumentParser
import Foundation
import JSON

/// Brings a questionnaire of others in as one of the forms.
struct ImportForm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form",
    abstract: "Bring a questionnaire of others in as one of the forms.",
    discussion: """
      The file is a list of questions:
        [{"id": "SAVE", "text": "Do you save?", "options": [{"code": 1, "label": "Yes"}]}]
      Codes below nought say refused or not asked, and are left out. The form is
      written beside our own, where the next start or publication finds it.

      Examples:
        steward import form questionnaire.json --id well-being --title "Well-being" --out -
        steward import form questionnaire.json --id well-being --title "Well-being"
      """)

  @Argument(help: "The file of questions.")
  var path: String

  @Option(help: ArgumentHelp("The form's name in addresses, such as well-being.", valueName: "id"))
  var id: String

  @Option(help: ArgumentHelp("What the form is called.", valueName: "text"))
  var title: String

  @Option(help: ArgumentHelp("Why the form is asked.", valueName: "text"))
  var purpose = "A survey whose answers help to choose what to offer."

  @Option(
    help: ArgumentHelp(
      "Write the form here instead of among our own; - is the standard output.",
      valueName: "file"))
  var out: String?

  @OptionGroup var home: HomeOptions

  func run() async throws {
    let bytes = try ModelFiles.read(path)
    let outside: OutsideForm
    do {
      outside = try OutsideForm(json: bytes, id: id, title: title, purpose: purpose)
    } catch {
      throw Failure("\(path): \(error)")
    }
    let target: String
    if let out {
      target = out
    } else {
      let folder = try home.folder().appending(path: "Questionnaires")
      target = folder.appending(path: "\(id).json").path
      guard !FileManager.default.fileExists(atPath: target) else {
        throw Failure("there is a form '\(id)' already: \(target)")
      }
    }
    var file = try OutputFile(target)
    try file.write(outside.json)
    try file.finish()
    Failure.report("\(outside.form.questions.count) questions, named '\(id)-…': \(target)")
  }
}
