import Diagnostics
import YAML

/// A route as it was written.
struct RouteSource {
  let name: String
  let place: Place
  /// The names of mappings.
  var from: [YAMLNode] = []
  var destinations: [Route.Destination] = []
  var when: FormulaSource?
  var order: FormulaSource?
  var policy = DeliveryPolicy()
  /// What its answers must say, as it was written and once it is checked.
  private(set) var answerNode: YAMLNode?
  var answer: AnswerRule?

  /// Reads all routes of a file; problems are added to `diagnostics`.
  static func read(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [RouteSource] {
    do throws(Diagnostic) {
      var keys = try KeyReader(node, RouteKeys.file)
      let entries = keys.entries("routes")
      diagnostics += keys.diagnostics
      return entries.map { RouteSource($0, &diagnostics) }
    } catch {
      diagnostics.append(error)
      return []
    }
  }

  private init(_ entry: YAMLNode.Entry, _ diagnostics: inout [Diagnostic]) {
    name = entry.name
    place = entry.key.place
    do throws(Diagnostic) {
      var keys = try KeyReader(entry.value, RouteKeys.route)
      from = keys["from"].map { $0.items ?? [$0] } ?? []
      destinations = keys.entries("to").map(Self.destination)
      when = try keys["when"].map { node throws(Diagnostic) in try Self.formula(node) }
      order = try keys["order"].map { node throws(Diagnostic) in try Self.formula(node) }
      diagnostics += keys.diagnostics
      if let node = keys["delivery"] {
        policy = try PolicyReader.read(node, &diagnostics)
        answerNode = node.entries?.first { $0.name == "answer" }?.value
      }
    } catch {
      diagnostics.append(error)
    }
  }

  private static func destination(_ entry: YAMLNode.Entry) -> Route.Destination {
    let mapping = entry.value.text ?? ""
    return Route.Destination(
      target: entry.name, mapping: mapping == "hub" ? nil : mapping, place: entry.value.place)
  }

  private static func formula(_ node: YAMLNode) throws(Diagnostic) -> FormulaSource {
    guard let formula = FormulaSource(node.text ?? "", node) else {
      throw Diagnostic(.expectedForm(what: "a formula", form: "`= formula`"), at: node.place)
    }
    return formula
  }
}

/// Reads how hard a route tries.
private enum PolicyReader {
  static func read(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) throws(Diagnostic) -> DeliveryPolicy {
    let keys = try KeyReader(node, RouteKeys.delivery)
    diagnostics += keys.diagnostics
    var policy = DeliveryPolicy()
    if let node = keys["timeout"] { policy.timeout = try duration(node) }
    if let node = keys["give-up-after"] { policy.giveUpAfter = try duration(node) }
    if let node = keys["attempts"] { policy.mostAttempts = try attempts(node) }
    if let node = keys["backoff"] { policy.backoff = try backoff(node) }
    if let node = keys["when-dead"] { policy.whenDead = try whenDead(node) }
    if let node = keys["success"] { policy.success = try statuses(node) }
    return policy
  }

  private static func duration(_ node: YAMLNode) throws(Diagnostic) -> Duration {
    guard let duration = DurationText.read(node.text ?? "") else {
      throw Diagnostic(
        .expectedForm(what: "a duration", form: "a number and a unit: `30 s`, `15 min`, `72 h`"),
        at: node.place)
    }
    return duration
  }

  private static func attempts(_ node: YAMLNode) throws(Diagnostic) -> Int {
    guard let number = Int(node.text ?? ""), 1...1_000_000 ~= number else {
      throw Diagnostic(.expectedForm(what: "the attempts", form: "a whole number from 1"), at: node.place)
    }
    return number
  }

  private static func backoff(_ node: YAMLNode) throws(Diagnostic) -> ClosedRange<Duration> {
    let ends = (node.text ?? "").split(separator: " to ").map { DurationText.read($0.trimming(" ")) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
      throw Diagnostic(
        .expectedForm(what: "the pauses", form: "the first pause and the longest: `1 s to 15 min`"),
        at: node.place)
    }
    return first...last
  }

  private static func whenDead(_ node: YAMLNode) throws(Diagnostic) -> DeliveryPolicy.WhenDead {
    guard let choice = DeliveryPolicy.WhenDead(rawValue: node.text ?? "") else {
      throw Diagnostic(.expectedForm(what: "the choice", form: "`hold` or `step-aside`"), at: node.place)
    }
    return choice
  }

  private static func statuses(_ node: YAMLNode) throws(Diagnostic) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for item in node.items ?? [node] {
      let ends = (item.text ?? "").split(separator: "-").map { Int($0.trimming(" ")) ?? 0 }
      guard let first = ends.first, let last = ends.last, ends.count <= 2, 100 <= first, first <= last,
        last <= 599
      else {
        throw Diagnostic(.expectedForm(what: "success", form: "HTTP statuses: `200-299`"), at: item.place)
      }
      ranges.append(first...last)
    }
    return ranges
  }
}
