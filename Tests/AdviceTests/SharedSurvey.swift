import Foundation
import JSON
import Support

/// The questions of the National Financial Well-Being Survey 2016, which is not part of the project.
enum SharedSurvey {
  static let url = SharedFolder.find("data/nfwbs-2016/questionnaire.json")

  /// A question of the survey as a form has it.
  static func write(_ node: JSONNode, _ json: inout JSONWriter) {
    let id = (node["id"]?.stringValue ?? "").lowercased().replacing("_", with: "-")
    json.member("id", "nfwbs-\(id)")
    json.member("text", String((node["text"]?.stringValue ?? id).prefix(600)))
    json.member("required", false)
    let options = node["options"]?.elements ?? []
    guard !options.isEmpty, options.count <= 100 else {
      json.member("type", "number")
      json.member("min", "-1000000")
      json.member("max", "1000000")
      json.member("digits", 6)
      return
    }
    json.member("type", "choice")
    json.array("options") { json in
      for option in options {
        json.object { json in
          let code = option["code"]
          json.member("value", code?.numberText ?? code?.stringValue ?? "?")
          let label = option["label"]?.stringValue ?? ""
          json.member("text", label.isEmpty ? "–" : String(label.prefix(400)))
        }
      }
    }
  }
}
