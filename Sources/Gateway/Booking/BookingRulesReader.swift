import Booking
import Diagnostics
import Foundation
import Mapping
import YAML

extension BookingRules {
  /// Reads `booking.yaml` of a folder of mappings; nil without such a file.
  /// - Throws: all that is wrong with it.
  static func load(_ folder: String) throws(DiagnosticError) -> BookingRules? {
    let path = "\(folder)/\(BookingFolder.file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw MappingFolder.unreadable(path, "can't be opened, or is not UTF-8") }
    var reader = BookingRulesReader()
    var rules = BookingRules()
    do throws(Diagnostic) {
      rules = try reader.rules(try YAMLReader.read(text, file: path))
    } catch {
      reader.diagnostics.append(error)
    }
    guard reader.diagnostics.isEmpty else { throw DiagnosticError(reader.diagnostics) }
    return rules
  }
}

private struct BookingRulesReader {
  var diagnostics: [Diagnostic] = []

  mutating func rules(_ node: YAMLNode) throws(Diagnostic) -> BookingRules {
    var keys = try KeyReader(node, BookingKeys.file)
    defer { diagnostics += keys.diagnostics }
    var rules = BookingRules()
    rules.name = keys.text("name") ?? ""
    rules.record = keys.text("record") ?? ""
    if let node = keys["words"] { rules.words = try words(node) }
    for entry in keys.entries("web") { rules.services[entry.name] = try service(entry.value) }
    if let node = keys["free-times"] { rules.freeTimes = try freeTimes(node) }
    for entry in keys.entries("heard") {
      guard let origin = BookingIntent.Origin(rawValue: entry.value.text ?? ""), origin != .web else {
        expect("who tells it", "`journal` or `platform`", at: entry.value.place)
        continue
      }
      rules.heard[entry.name] = origin
    }
    if let node = keys["journal"] { rules.journal = try neighbour(node, Self.journalCalls) }
    if let node = keys["platform"] { rules.platform = try neighbour(node, Self.platformCalls) }
    return rules
  }

  private static let journalCalls = ["reserve", "hold", "confirm", "release", "change", "annul", "look"]
  private static let platformCalls = ["register", "place", "shift", "withdraw"]

  private mutating func words(_ node: YAMLNode) throws(Diagnostic) -> BookingRules.Words {
    var keys = try KeyReader(node, BookingKeys.words)
    defer { diagnostics += keys.diagnostics }
    return BookingRules.Words(
      taken: keys.text("taken") ?? "", missing: keys.text("missing") ?? "", late: keys.text("late") ?? "",
      refused: keys.text("refused") ?? "")
  }

  private mutating func service(_ node: YAMLNode) throws(Diagnostic) -> BookingRules.Service {
    var keys = try KeyReader(node, BookingKeys.service)
    defer { diagnostics += keys.diagnostics }
    guard let wish = BookingRules.Service.Wish(rawValue: keys.text("wish") ?? "") else {
      throw Diagnostic(.expectedForm(what: "a wish", form: "`book`, `move` or `cancel`"), at: node.place)
    }
    return BookingRules.Service(
      wish: wish, request: keys.text("request") ?? "", answer: keys.text("answer") ?? "")
  }

  private mutating func freeTimes(_ node: YAMLNode) throws(Diagnostic) -> BookingRules.FreeTimes {
    var keys = try KeyReader(node, BookingKeys.freeTimes)
    defer { diagnostics += keys.diagnostics }
    return BookingRules.FreeTimes(
      shownBy: keys.text("shown-by") ?? "", records: keys.text("records") ?? "",
      askedIn: Self.path(keys.text("asked-in")), same: Self.texts(keys["same"]).map { Self.path($0) })
  }

  private mutating func neighbour(
    _ node: YAMLNode, _ names: [String]
  ) throws(Diagnostic) -> BookingRules.Neighbour {
    var keys = try KeyReader(node, BookingKeys.neighbour)
    defer { diagnostics += keys.diagnostics }
    var neighbour = BookingRules.Neighbour()
    neighbour.target = keys.text("target") ?? ""
    if let text = keys.text("limit") {
      neighbour.limit = DurationText.read(text) ?? neighbour.limit
    }
    neighbour.ids = Self.texts(keys["ids"])
    if keys["send"] != nil { neighbour.usual.send = keys.text("send") ?? "" }
    if keys["answer"] != nil { neighbour.usual.answer = keys.text("answer") }
    for entry in keys.entries("calls") {
      if !names.contains(entry.name) {
        expect("a call", names.map { "`\($0)`" }.joined(separator: ", "), at: entry.key.place)
      }
      neighbour.calls[entry.name] = try call(entry.value)
    }
    for name in names where neighbour.call(name).send.isEmpty {
      expect("the call `\(name)`", "`send` with a mapping, there or for all calls", at: node.place)
    }
    return neighbour
  }

  private mutating func call(_ node: YAMLNode) throws(Diagnostic) -> BookingRules.Call {
    var keys = try KeyReader(node, BookingKeys.call)
    defer { diagnostics += keys.diagnostics }
    return BookingRules.Call(
      send: keys.text("send") ?? "", answer: keys.text("answer"), method: keys.text("method") ?? "POST",
      path: keys.text("path") ?? "")
  }

  private static func texts(_ node: YAMLNode?) -> [String] {
    guard let node, !node.isEmpty else { return [] }
    return (node.items ?? [node]).compactMap(\.text)
  }

  private static func path(_ text: String?) -> [String] {
    (text ?? "").split(separator: ".").map(String.init)
  }

  private mutating func expect(_ what: String, _ form: String, at place: Place) {
    diagnostics.append(Diagnostic(.expectedForm(what: what, form: form), at: place))
  }
}
