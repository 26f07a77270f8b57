import Diagnostics
import Foundation
import Mapping
import YAML

/// A mapping's test: an input and what must come out, in a folder of its own.
struct CaseFile {
  let title: String
  let folder: String
  let from: String
  let input: String
  /// Which mapping, or `hub`, gives which file.
  let outputs: [(to: String, file: String)]
  /// Codes of the diagnostics that must refuse the input.
  let rejects: [String]
  /// Whether the hub, mapped back, must give the input again.
  let isReversible: Bool
  let received: String
  let id: String
  let place: Place

  /// Reads `case.yaml` of a folder.
  init(folder: String) throws(Diagnostic) {
    let path = folder + "/case.yaml"
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw Diagnostic(.unreadableFile(reason: "can't be opened"), at: Place(file: path, line: 1, column: 1))
    }
    let node = try YAMLReader.read(text, file: path)
    let keys = CaseKeys.table
    for entry in node.entries ?? [] where !keys.names.contains(entry.name) {
      let near = NearNames.of(entry.name, among: keys.names)
      throw Diagnostic(.unknownKey(key: entry.name, near: near, allowed: keys.names), at: entry.key.place)
    }
    let value = { (key: String) in node.entries?.first { $0.name == key }?.value }
    self.folder = folder
    place = node.place
    title = value("case")?.text ?? folder
    received = value("received")?.text ?? "2026-11-21T10:15:00+01:00"
    id = value("id")?.text ?? "018f3c1e-0000-7000-8000-000000000001"
    outputs = (value("to")?.entries ?? []).map { ($0.name, $0.value.text ?? "") }
    rejects = value("rejects")?.items?.compactMap(\.text) ?? value("rejects")?.text.map { [$0] } ?? []
    isReversible = value("back")?.text == "true"
    guard let from = value("from")?.text, let input = value("input")?.text else {
      let missing = value("from") == nil ? "from" : "input"
      throw Diagnostic(.missingKey(key: missing, what: keys.what), at: node.place)
    }
    if from == "hub", isReversible, let back = node.entries?.first(where: { $0.name == "back" }) {
      let allowed = keys.names.filter { $0 != "back" }
      throw Diagnostic(.unknownKey(key: "back", near: [], allowed: allowed), at: back.key.place)
    }
    self.from = from
    self.input = input
  }
}
