import Diagnostics
import Foundation
import Mapping
import YAML

extension RIVTAContracts {
  /// The file's name in a folder of mappings.
  static let file = "rivta.yaml"

  /// What is in the file; nil when it is not there, or is no text.
  static func text(in folder: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(file)").flatMap { String(data: $0, encoding: .utf8) }
  }

  /// Reads `rivta.yaml` of a folder of mappings; without such a file only PingForConfiguration is answered.
  /// - Throws: all that is wrong with it.
  init(folder: String) throws(DiagnosticError) {
    let path = "\(folder)/\(Self.file)"
    guard FileManager.default.fileExists(atPath: path) else {
      self.init([])
      return
    }
    guard let text = Self.text(in: folder) else {
      throw MappingFolder.unreadable(path, "can't be opened, or is not UTF-8")
    }
    var reader = RIVTAContractReader()
    var contracts: [RIVTAContract] = []
    do throws(Diagnostic) {
      contracts = try reader.contracts(try YAMLReader.read(text, file: path))
    } catch {
      reader.diagnostics.append(error)
    }
    guard reader.diagnostics.isEmpty else { throw DiagnosticError(reader.diagnostics) }
    self.init(contracts, named: reader.named)
  }
}

private struct RIVTAContractReader {
  var diagnostics: [Diagnostic] = []
  /// The mappings that contracts name, and where.
  private(set) var named: [(mapping: String, place: Place)] = []
  /// The keys that name them.
  private static let mappings = ["request", "answer"]

  mutating func contracts(_ node: YAMLNode) throws(Diagnostic) -> [RIVTAContract] {
    var keys = try KeyReader(node, RIVTAContractKeys.file)
    defer { diagnostics += keys.diagnostics }
    var contracts: [RIVTAContract] = []
    for entry in keys.entries("contracts") {
      do throws(Diagnostic) {
        contracts.append(try contract(entry))
      } catch {
        diagnostics.append(error)
      }
    }
    return contracts
  }

  private mutating func contract(_ entry: YAMLNode.Entry) throws(Diagnostic) -> RIVTAContract {
    var keys = try KeyReader(entry.value, RIVTAContractKeys.contract)
    defer { diagnostics += keys.diagnostics }
    let parts = entry.name.split(separator: "/")
    guard parts.count == 2, Int(parts[1]) != nil else {
      throw Diagnostic(
        .expectedForm(what: "a contract", form: "`Interaction/major`"), at: entry.key.place)
    }
    let namespace = "\(keys.text("domain") ?? ""):\(parts[0])Responder:\(parts[1])"
    let binding: RIVTAContract.Binding
    switch (keys["query"], keys["look-up"], keys.text("service")) {
    case (let node?, nil, nil): binding = .query(try query(node))
    case (nil, let node?, nil): binding = .lookUp(try RIVTALookUp(node, &diagnostics))
    case (nil, nil, let name?): binding = .service(name)
    default:
      let form = "one of `query`, `look-up` and `service`"
      throw Diagnostic(.expectedForm(what: "a contract", form: form), at: entry.key.place)
    }
    for part in (keys["query"] ?? keys["look-up"])?.entries ?? [] where Self.mappings.contains(part.name) {
      if let name = part.value.text { named.append((name, part.value.place)) }
    }
    var contract = RIVTAContract(
      name: entry.name, namespace: namespace, element: String(parts[0]), binding: binding)
    for item in items(keys["checks"]) {
      guard let check = AccessCheck(rawValue: item.text ?? "") else {
        let form = AccessCheck.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        diagnostics.append(Diagnostic(.expectedForm(what: "a check", form: form), at: item.place))
        continue
      }
      contract.checks.append(check)
    }
    contract.kinds = items(keys["kinds"]).compactMap(\.text)
    return contract
  }

  private mutating func query(_ node: YAMLNode) throws(Diagnostic) -> RIVTAQuery {
    var keys = try KeyReader(node, RIVTAContractKeys.query)
    defer { diagnostics += keys.diagnostics }
    let paths = try keys["record"].map { node throws(Diagnostic) in try self.paths(node) }
    var query = RIVTAQuery(
      request: keys.text("request") ?? "", answer: keys.text("answer") ?? "",
      resources: items(keys["resources"]).compactMap(\.text), records: keys.text("records") ?? "",
      paths: paths ?? RIVTARecordPaths())
    query.informationType = keys.text("information-type") ?? ""
    query.narrow = keys.entries("narrow").map { entry in
      RIVTAQuery.Narrowing(type: entry.name, searches: items(entry.value).compactMap(\.text))
    }
    query.hasResult = keys.text("wrong") != "fault"
    if let node = keys["most"] {
      query.most = Int(node.text ?? "").flatMap { $0 > 0 ? $0 : nil }
      if query.most == nil {
        diagnostics.append(
          Diagnostic(.expectedForm(what: "the number", form: "a whole number above 0"), at: node.place))
      }
    }
    return query
  }

  private mutating func paths(_ node: YAMLNode) throws(Diagnostic) -> RIVTARecordPaths {
    var keys = try KeyReader(node, RIVTAContractKeys.record)
    defer { diagnostics += keys.diagnostics }
    var paths = RIVTARecordPaths()
    paths.id = items(keys["id"]).map { Self.path($0.text) }
    paths.source = Self.path(keys.text("source"))
    paths.careUnit = Self.path(keys.text("care-unit"))
    paths.careGiver = Self.path(keys.text("care-giver"))
    paths.contact = Self.path(keys.text("contact"))
    paths.times = items(keys["times"]).map { Self.path($0.text) }
    paths.period = items(keys["period"]).map { Self.path($0.text) }
    if !paths.period.isEmpty, paths.period.count != 2 {
      diagnostics.append(
        Diagnostic(.expectedForm(what: "`period`", form: "the paths of start and end"), at: node.place))
    }
    return paths
  }

  private func items(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node, !node.isEmpty else { return [] }
    return node.items ?? [node]
  }

  private static func path(_ text: String?) -> [String] {
    (text ?? "").split(separator: ".").map(String.init)
  }
}
