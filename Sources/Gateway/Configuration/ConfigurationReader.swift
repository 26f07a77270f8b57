import Cryptography
import Diagnostics
import Foundation
import Mapping
import YAML

extension GatewayConfiguration {
  /// Reads `sluss.yaml`.
  /// - Throws: all that is wrong with it.
  public init(file path: String) throws(DiagnosticError) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw MappingFolder.unreadable(path, "can't be opened, or is not UTF-8") }
    try self.init(text: text, named: path)
  }

  /// Reads the text of a `sluss.yaml`.
  /// - Throws: all that is wrong with it.
  public init(text: String, named path: String) throws(DiagnosticError) {
    self.init()
    var reader = ConfigurationReader()
    do throws(Diagnostic) {
      try reader.read(try YAMLReader.read(text, file: path), into: &self)
    } catch {
      reader.diagnostics.append(error)
    }
    guard reader.diagnostics.isEmpty else { throw DiagnosticError(reader.diagnostics) }
    fingerprint = String(SHA256.digest(of: Array(text.utf8)).hexadecimal.prefix(16))
  }
}

/// Reads configurations and collects what is wrong with them.
struct ConfigurationReader {
  var diagnostics: [Diagnostic] = []

  mutating func read(
    _ node: YAMLNode, into configuration: inout GatewayConfiguration
  ) throws(Diagnostic) {
    var keys = try KeyReader(node, GatewayKeys.file)
    configuration.address = keys.text("address") ?? configuration.address
    configuration.dataFolder = keys.text("data") ?? configuration.dataFolder
    configuration.mappingsFolder = keys.text("mappings") ?? configuration.mappingsFolder
    if let port = number(keys["port"], in: 0...65_535) { configuration.port = UInt16(port) }
    if let bytes = number(keys["largest-message"], in: 1...(50 << 20)) {
      configuration.maximumBodyBytes = bytes
    }
    if let node = keys["store"], !node.isEmpty {
      var store = StoreReader()
      configuration.store = attempt { _ throws(Diagnostic) in try store.read(node) } ?? .sqlite
      diagnostics += store.diagnostics
    }
    configuration.stopWithin = duration(keys["stop-within"]) ?? configuration.stopWithin
    if let node = keys["log"] { configuration.logsJSON = logsJSON(node) }
    if let node = keys["audit"] { configuration.audit = try audit(node) }
    for entry in keys.entries("targets") {
      if let target = attempt({ reader throws(Diagnostic) in try reader.target(entry.value) }) {
        configuration.targets[entry.name] = target
      }
    }
    if let node = keys["alerts"], !node.isEmpty {
      let alerts = attempt { reader throws(Diagnostic) in try reader.alerts(node) }
      configuration.alerts = alerts ?? configuration.alerts
    }
    if let node = keys["retention"], !node.isEmpty {
      let retention = attempt { reader throws(Diagnostic) in try reader.retention(node) }
      configuration.retention = retention ?? configuration.retention
    }
    if let node = keys["rivta"] {
      configuration.rivta = attempt { reader throws(Diagnostic) in try reader.rivta(node) }
    }
    if let node = keys["fhir"] {
      configuration.fhir = attempt { reader throws(Diagnostic) in try reader.fhir(node) }
    }
    if let node = keys["engagement-index"] {
      configuration.engagement =
        node.isEmpty
        ? EngagementConfiguration()
        : attempt { reader throws(Diagnostic) in try reader.engagement(node) }
    }
    var entrance = EntranceReader()
    entrance.read(&keys, into: &configuration)
    diagnostics += entrance.diagnostics + keys.diagnostics
  }

  private mutating func audit(_ node: YAMLNode) throws(Diagnostic) -> AuditConfiguration {
    var keys = try KeyReader(node, GatewayKeys.audit)
    var audit = AuditConfiguration()
    audit.folder = keys.text("folder")
    audit.origin = keys.text("origin") ?? audit.origin
    audit.system = keys.text("system") ?? audit.system
    if let text = keys.text("sign-every") { audit.signEvery = DurationText.read(text) ?? audit.signEvery }
    audit.forwardEvery = keys.text("forward-every").flatMap { DurationText.read($0) }
    for entry in keys.entries("witnesses") { audit.witnesses[entry.name] = try witness(entry.value) }
    diagnostics += keys.diagnostics
    return audit
  }

  private mutating func witness(_ node: YAMLNode) throws(Diagnostic) -> WitnessConfiguration {
    var keys = try KeyReader(node, GatewayKeys.witness)
    defer { diagnostics += keys.diagnostics }
    return WitnessConfiguration(
      key: keys.text("key") ?? "", target: try http(keys["http"] ?? node, GatewayKeys.http))
  }

  private mutating func logsJSON(_ node: YAMLNode) -> Bool {
    if !["text", "json"].contains(node.text) {
      diagnostics.append(Diagnostic(.expectedForm(what: "the log", form: "`text` or `json`"), at: node.place))
    }
    return node.text == "json"
  }

  private mutating func target(_ node: YAMLNode) throws(Diagnostic) -> TargetConfiguration {
    var keys = try KeyReader(node, GatewayKeys.target)
    defer { diagnostics += keys.diagnostics }
    let ways = ["http", "mllp", "directory"].filter { keys[$0] != nil }
    guard ways.count == 1 else {
      throw Diagnostic(
        .expectedForm(what: "a target", form: "one of `http`, `mllp`, `directory`"), at: node.place)
    }
    let atOnce = number(keys["at-once"], in: 1...256)
    if let folder = keys.text("directory") {
      return TargetConfiguration(.directory(folder), atOnce: atOnce ?? 1)
    }
    if let mllp = keys["mllp"] { return TargetConfiguration(try self.mllp(mllp), atOnce: atOnce ?? 1) }
    let http = try http(keys["http"] ?? node, GatewayKeys.http)
    return TargetConfiguration(.http(http), atOnce: atOnce ?? 4)
  }

  private mutating func rivta(_ node: YAMLNode) throws(Diagnostic) -> RIVTARules {
    let reader = try RIVTARulesReader(node)
    var rules = reader.rules
    for entry in reader.services { rules.checks[entry.name] = try http(entry.value, GatewayKeys.http) }
    diagnostics += reader.diagnostics
    return rules
  }

  private mutating func mllp(_ node: YAMLNode) throws(Diagnostic) -> TargetConfiguration.Way {
    var keys = try KeyReader(node, GatewayKeys.mllp)
    let host = keys.text("host") ?? ""
    let tls = TLSFiles(
      certificate: keys.text("certificate"), key: keys.text("key"), authorities: keys.text("trust"))
    diagnostics += keys.diagnostics
    if tls.paths.count > 0, tls.authorities == nil {
      expect("an MLLP target with TLS", "`trust`, whose certificate the system has to show", at: node.place)
    }
    if (tls.certificate == nil) != (tls.key == nil) {
      expect("`certificate` and `key`", "both or neither", at: node.place)
    }
    let port = UInt16(number(keys["port"], in: 1...65_535) ?? 0)
    return .mllp(host: host, port: port, tls: tls.paths.isEmpty ? nil : tls)
  }

  mutating func http(_ node: YAMLNode, _ table: KeyTable) throws(Diagnostic) -> HTTPTarget {
    var keys = try KeyReader(node, table)
    var target = HTTPTarget(url: keys.text("url") ?? "")
    if let url = keys["url"], !Self.isWeb(target.url) {
      diagnostics.append(
        Diagnostic(.expectedForm(what: "a URL", form: "`https://…` or `http://…`"), at: url.place))
    }
    target.method = keys.text("method") ?? target.method
    if let node = keys["network"] { target.network = network(node) ?? target.network }
    target.headers = keys.entries("headers").map { .init(name: $0.name, value: $0.value.text ?? "") }
    target.token = try keys["token"].map { node throws(Diagnostic) in try Self.secret(node) }
    target.certificate = keys.text("certificate")
    target.key = keys.text("key")
    target.trust = keys.text("trust")
    target.soap = try keys["soap"].map { node throws(Diagnostic) in try soap(node) }
    if target.network == .public, target.url.hasPrefix("http:"), let url = keys["url"] {
      diagnostics.append(
        Diagnostic(
          .expectedForm(what: "a URL", form: "`https://…`, unless `network` is private or loopback"),
          at: url.place))
    }
    diagnostics += keys.diagnostics
    return target
  }

  mutating func network(_ node: YAMLNode) -> HTTPTarget.Network? {
    let network = HTTPTarget.Network(rawValue: node.text ?? "")
    if network == nil {
      diagnostics.append(
        Diagnostic(
          .expectedForm(what: "the network", form: "`public`, `private` or `loopback`"), at: node.place))
    }
    return network
  }

  private mutating func soap(_ node: YAMLNode) throws(Diagnostic) -> HTTPTarget.SOAP {
    var keys = try KeyReader(node, GatewayKeys.soap)
    defer { diagnostics += keys.diagnostics }
    return HTTPTarget.SOAP(
      action: keys.text("action") ?? "", logicalAddress: keys.text("logical-address") ?? "")
  }

  private static func isWeb(_ url: String) -> Bool {
    guard let parts = URLComponents(string: url), parts.user == nil, parts.password == nil else {
      return false
    }
    return ["http", "https"].contains(parts.scheme ?? "") && !(parts.host ?? "").isEmpty
  }

  static func secret(_ node: YAMLNode) throws(Diagnostic) -> Secret {
    guard let secret = Secret(node.text ?? "") else {
      throw Diagnostic(
        .expectedForm(what: "a secret's place", form: "`env NAME` or `file PATH`, never the secret itself"),
        at: node.withoutExcerpt)
    }
    return secret
  }

  /// A whole number; a diagnostic when it is none or out of range.
  mutating func number(_ node: YAMLNode?, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    if let number = Int(node.text ?? ""), range.contains(number) { return number }
    let form = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    diagnostics.append(Diagnostic(.expectedForm(what: "the number", form: form), at: node.place))
    return nil
  }

  mutating func attempt<T>(_ body: (inout ConfigurationReader) throws(Diagnostic) -> T) -> T? {
    do throws(Diagnostic) {
      return try body(&self)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}

extension YAMLNode {
  /// Where it stands, without showing what: it may be a secret by mistake.
  var withoutExcerpt: Place { Place(file: place.file, line: place.line, column: place.column) }
}
