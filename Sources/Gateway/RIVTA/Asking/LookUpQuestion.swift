import Documents
import Formats

/// What is asked for, from the `Parameters` that a request's mapping makes.
struct LookUpQuestion: Sendable {
  /// The texts of each parameter; those that a patient chooses by have all their values. What is chosen by its name
  /// alone, without a code, has it under the parameter's name with `-name` behind it.
  private(set) var values: [String: [String]] = [:]
  /// The patient's identifier; nil when nobody is named.
  private(set) var patient: (system: String, value: String)?

  /// Days, `YYYYMMDD`, both included.
  var start: String? { values["start"]?.first }
  var end: String? { values["end"]?.first }

  /// Reads the question in a hub document, a FHIR Bundle in JSON.
  init?(_ bundle: [UInt8]) {
    var forest = Forest(names: .empty)
    guard let root = try? JSONReader().read(bundle, named: "question", into: &forest) else { return nil }
    let resources = forest.elements(root, called: "entry").flatMap { forest.elements($0, called: "resource") }
    for node in resources.flatMap({ forest.elements($0, called: "parameter") }) {
      let name = forest.text(node, at: ["name"])
      let identifier = forest.text(node, at: ["valueIdentifier", "value"])
      if name == "patient" { patient = (forest.text(node, at: ["valueIdentifier", "system"]), identifier) }
      let code = forest.text(node, at: ["valueCoding", "code"])
      let display = forest.text(node, at: ["valueCoding", "display"])
      if code.isEmpty, !display.isEmpty { values["\(name)-name", default: []].append(display) }
      let texts = [
        identifier, code,
        forest.text(node, at: ["valueDate"]).filter { $0 != "-" }, forest.text(node, at: ["valueString"]),
      ]
      values[name, default: []] += texts.filter { !$0.isEmpty }
    }
  }
}
