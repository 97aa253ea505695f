import CRM
import Foundation
import JSON
import Quantities

extension RulesPage.Trial {
  init(_ result: ExperimentResult, _ isOwner: Bool) {
    let trial = result.experiment
    let share = Wording.percent(Decimal128(trial.share) / Decimal128(Experiment.parts))
    name = trial.name
    about =
      "\(share) of the clients since \(Wording.instant(trial.started))"
      + (trial.ended.map { ", ended \(Wording.instant($0))" } ?? "")
    let counts = Experiment.Arm.allCases.map { arm in
      let label = arm == .champion ? "Champion" : "Challenger"
      return "\(label): \(result.accepted[arm] ?? 0) of \(result.clients[arm] ?? 0) accepted"
    }
    var text = counts.joined(separator: ", ")
    if let difference = result.difference {
      text += String(
        format: "; difference %+.1f points (95 %%: %+.1f to %+.1f)", difference.value * 100,
        difference.low * 100, difference.high * 100)
    }
    self.result = text
    isBad = result.isMismatched
    sampleRatio =
      result.sampleRatioP.map { p in
        String(format: "sample ratio p = %.3f", p)
          + (result.isMismatched ? ": the split fails" : "")
      } ?? "nobody was advised yet"
    endPath = trial.ended == nil && isOwner ? "/rules/trials/\(trial.id)/end" : nil
  }
}

extension RuleDraftPage.Replay {
  /// Ids that are shown.
  private static let shownIDs = 200

  init(_ report: RuleReport) throws {
    let root = try JSONNode.parse(report.body, limits: .file)
    func text(_ node: JSONNode?, _ key: String) -> String {
      guard let value = node?[key] else { return "–" }
      return value.stringValue ?? value.numberText ?? "–"
    }
    func count(_ list: String, _ name: String, _ first: String, _ second: String)
      -> [RuleDraftPage.Count]
    {
      (root[list]?.elements ?? []).map {
        .init(name: text($0, name), first: text($0, first), second: text($0, second))
      }
    }
    let ratio = Decimal128(text(root, "flipRatio")) ?? 0
    about =
      "Of \(text(root["decisions"], "subjects")) recorded decisions and "
      + "\(text(root["clients"], "subjects")) clients it flips \(report.flipped), "
      + "\(Wording.percent(ratio)). Replayed \(Wording.instant(report.at))."
    values = count("value", "goal", "before", "delta")
    products = count("products", "name", "gained", "lost")
    hasProducts = !products.isEmpty
    segments = count("segments", "segment", "subjects", "flipped")
    groups = (root["groups"]?.elements ?? []).flatMap { attribute in
      (attribute["groups"]?.elements ?? []).flatMap { group in
        (group["acceptance"]?.elements ?? []).map { line in
          RuleDraftPage.Group(
            name: "\(text(attribute, "attribute")): \(text(group, "group"))",
            line: text(line, "line"), before: text(line["before"], "rate"),
            after: text(line["after"], "rate"), ratio: text(line["after"], "ratioToBest"),
            isBad: line["after"]?["isDisparity"]?.booleanValue ?? false)
        }
      }
    }
    hasGroups = !groups.isEmpty
    flipped = ["decisions", "clients"].flatMap { kind in
      (root[kind]?["flippedIds"]?.elements ?? []).compactMap(\.stringValue)
        .prefix(Self.shownIDs).map { "\(kind.dropLast()) \($0)" }
    }
    hasFlipped = !flipped.isEmpty
  }
}
