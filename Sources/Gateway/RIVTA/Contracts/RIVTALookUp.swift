import Diagnostics
import Mapping
import YAML

/// How a contract is answered that asks for more than one patient's records: free times, units, kinds of
/// care, bookings.
///
/// As with ``RIVTAQuery``, what is answered is chosen by what the records of the answer say of themselves.
struct RIVTALookUp: Sendable {
  /// A kind of resources, and by what they are found: names of searches in `store.yaml`, each with what it must be:
  /// a parameter of the request, the kind of resources found before that it refers to, or a path in such resources
  /// (`PractitionerRole.healthcareService.identifier.value`).
  struct Find: Sendable, Equatable {
    let type: String
    let by: [Condition]
    /// The parameter without which it is not looked for, nor asked by others; empty for always.
    var when = ""

    struct Condition: Sendable, Equatable {
      let search, wanted: String
    }
  }

  /// The mapping of the request, which makes `Parameters` of it.
  let request: String
  /// The mapping of the answer.
  let answer: String
  /// What is looked for, in this order.
  let find: [Find]
  /// The kinds that are found for what stands in them only.
  var aside: Set<String> {
    Set(find.flatMap(\.by).map(\.wanted).filter { $0.contains(".") }.map(Self.kind))
  }
  /// The kind that records are made of.
  var kind: String? { free ?? find.first { !aside.contains($0.type) }?.type }
  /// The element of the answer that holds one record.
  let records: String
  /// The kind of resources of which only those stay that nobody has booked; nil for all.
  var free: String?
  /// Where in a record the unit stands whose logical address it is; empty where that is not asked.
  var unit: [String] = []
  /// Parameters of the request and where in a record stands what they choose by.
  var chosenBy: [(parameter: String, path: [String])] = []
  /// Where in a record its day or time stands, which lies in the days asked for.
  var days: [String] = []
  /// Records that say the same at all these places are told once.
  var once: [[[String]]] = []
  /// Where in a record stands what they are ordered by.
  var order: [[String]] = []
  /// So many records there must be, or the request is answered with a fault.
  var atLeast = 0
}

extension RIVTALookUp {
  /// The kind that a path begins with.
  static func kind(_ path: String) -> String { String(path.prefix { $0 != "." }) }

  /// Reads it.
  /// - Parameter diagnostics: gets what is wrong with it beside what is thrown.
  init(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) throws(Diagnostic) {
    var keys = try KeyReader(node, RIVTALookUpKeys.lookUp)
    request = keys.text("request") ?? ""
    answer = keys.text("answer") ?? ""
    find = keys.entries("find").map { Find(type: $0.name, $0.value.entries ?? []) }
    records = keys.text("records") ?? ""
    free = keys.text("free")
    unit = Self.path(keys.text("unit"))
    chosenBy = keys.entries("chosen-by").map { ($0.name, Self.path($0.value.text)) }
    days = Self.path(keys.text("days"))
    once = (keys["once"]?.items ?? []).map { ($0.items ?? []).map { Self.path($0.text) } }
    order = (keys["order"]?.items ?? []).map { Self.path($0.text) }
    if let text = keys.text("at-least") { atLeast = Int(text) ?? 0 }
    diagnostics += keys.diagnostics
  }

  private static func path(_ text: String?) -> [String] {
    (text ?? "").split(separator: ".").map(String.init)
  }
}

extension RIVTALookUp.Find {
  fileprivate init(type: String, _ entries: [YAMLNode.Entry]) {
    self.type = type
    by = entries.filter { $0.name != Self.when }.flatMap { entry in
      (entry.value.items ?? [entry.value]).map { Condition(search: entry.name, wanted: $0.text ?? "") }
    }
    when = entries.first { $0.name == Self.when }?.value.text ?? ""
  }

  private static let when = "when"
}

/// The keys of `look-up` in `rivta.yaml`.
enum RIVTALookUpKeys {
  static let lookUp = KeyTable(
    "a look-up",
    [
      KeyDefinition("request", .text, "The mapping of the request.", isRequired: true),
      KeyDefinition("answer", .text, "The mapping of the answer.", isRequired: true),
      KeyDefinition(
        "find", .map(.name, .map(.name, .list(of: .text))),
        "Kinds of resources: by which search of store.yaml, and what for: a parameter, a kind found before that they refer to, or "
          + "a path in such a kind, which then is no part of the answer. `when` names a parameter without which the kind is "
          + "not looked for.", isRequired: true),
      KeyDefinition("records", .text, "The element of the answer that holds one record.", isRequired: true),
      KeyDefinition("free", .text, "The kind of resources of which those stay that nobody has booked."),
      KeyDefinition("unit", .text, "Where in a record the unit stands whose logical address it is."),
      KeyDefinition(
        "chosen-by", .map(.name, .text), "Parameters, and where in a record stands what they choose by."),
      KeyDefinition("days", .text, "Where in a record its day or time stands."),
      KeyDefinition(
        "once", .list(of: .list(of: .text)), "Records that say the same at these places are told once."),
      KeyDefinition("order", .list(of: .text), "Where in a record stands what they are ordered by."),
      KeyDefinition("at-least", .number, "So many there must be; else the answer is a fault (0)."),
    ])
}
