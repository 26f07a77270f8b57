import Cryptography
import Diagnostics
import MLLP
import Mapping
import YAML

/// Reads who may come, and over what: `tls`, `systems` and `mllp` of a `sluss.yaml`, and refuses what would let
/// in more than it seems.
struct EntranceReader {
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter keys: the file's keys; `address` has been read.
  mutating func read(_ keys: inout KeyReader, into configuration: inout GatewayConfiguration) {
    let demandsCertificate = readTLS(keys["tls"], into: &configuration)
    let isOpen = readSystems(&keys, demandsCertificate, into: &configuration)
    for entry in keys.entries("mllp") {
      if let entrance = attempt({ reader throws(Diagnostic) in try reader.entrance(entry, configuration) }) {
        configuration.mllp.append(entrance)
      }
    }
    let isLoopback = Network(configuration.address)?.isLoopback == true
    guard !isLoopback, configuration.tls == nil || isOpen else { return }
    expect(
      "the address to listen on",
      isOpen
        ? "a loopback address, since `systems` lets anybody in"
        : "a loopback address such as 127.0.0.1, or a section `tls` in this file",
      at: keys["address"]?.place ?? keys.place)
  }

  // MARK: TLS

  /// Whether client certificates are demanded.
  private mutating func readTLS(_ node: YAMLNode?, into configuration: inout GatewayConfiguration) -> Bool {
    guard let node, !node.isEmpty else { return false }
    return attempt { reader throws(Diagnostic) in
      var keys = try KeyReader(node, EntranceKeys.tls)
      configuration.tls = TLSFiles(
        certificate: keys.text("certificate"), key: keys.text("key"),
        authorities: keys.text("client-authorities"), revoked: keys.text("revoked"))
      let isDemanded = reader.choice(keys["client-certificates"], ["welcome", "demanded"]) == "demanded"
      if isDemanded || keys["revoked"] != nil, keys["client-authorities"] == nil {
        reader.expect("`tls`", "`client-authorities`, whose certificates these are", at: node.place)
      }
      reader.diagnostics += keys.diagnostics
      return isDemanded
    } ?? false
  }

  // MARK: systems

  /// Whether anybody may come.
  private mutating func readSystems(
    _ keys: inout KeyReader, _ demandsCertificate: Bool, into configuration: inout GatewayConfiguration
  ) -> Bool {
    guard keys["systems"]?.text != "anybody" else { return true }
    var systems: [SystemAccount] = []
    for entry in keys.entries("systems") {
      let system = attempt { reader throws(Diagnostic) in try reader.system(entry, configuration.tls) }
      if let system { systems.append(checked(system, against: systems, at: entry.key)) }
    }
    configuration.access = Access(systems, demandsCertificate: demandsCertificate)
    return false
  }

  private mutating func system(_ entry: YAMLNode.Entry, _ tls: TLSFiles?) throws(Diagnostic) -> SystemAccount
  {
    let keys = try KeyReader(entry.value, EntranceKeys.system)
    let before = diagnostics.count
    let system = system(entry, keys, tls)
    diagnostics += keys.diagnostics
    let written = keys["tokens"].map { $0.items?.count ?? ($0.isEmpty ? 0 : 1) } ?? 0
    if written != system.tokens.count { hideExcerpts(since: before) }
    return system
  }

  private mutating func system(_ entry: YAMLNode.Entry, _ keys: KeyReader, _ tls: TLSFiles?) -> SystemAccount
  {
    var system = SystemAccount(entry.name)
    system.tokens = list(keys["tokens"], "a token's hash", "`sha256:` and 64 digits, from `sluss token new`")
    {
      TokenHash($0)
    }
    system.hsaIDs = list(keys["hsa-ids"], "an HSA-id", "a text") { $0.isEmpty ? nil : $0 }
    system.fingerprints = list(keys["fingerprints"], "a fingerprint", "64 hexadecimal digits, SHA-256") {
      Hexadecimal.bytes($0.replacing(":", with: "")).flatMap { $0.count == 32 ? Hexadecimal.text($0) : nil }
    }
    system.networks = list(
      keys["addresses"], "an address", "one of loopback or a private network, or a range of them"
    ) {
      Network($0).flatMap { $0.isPrivate ? $0 : nil }
    }
    var lines: [Right: [MappingPattern]] = [:]
    for right in Right.allCases { lines[right] = line(keys[right.rawValue], right) }
    system.grants = Grants(lines)
    checkKnowledge(of: system, tls, at: entry.key.place)
    return system
  }

  private mutating func checkKnowledge(of system: SystemAccount, _ tls: TLSFiles?, at place: Place) {
    if !system.isKnowable {
      expect("a system", "`tokens`, `hsa-ids`, `fingerprints` or `addresses` that it is known by", at: place)
    }
    if !system.hsaIDs.isEmpty || !system.fingerprints.isEmpty, tls?.authorities == nil {
      expect("`client-authorities` in `tls`", "the authorities of this system's certificates", at: place)
    }
  }

  /// What is no hash may be the token itself, and all that is wrong may stand on its line.
  private mutating func hideExcerpts(since first: Int) {
    for index in diagnostics.indices.dropFirst(first) {
      let place = diagnostics[index].place
      diagnostics[index].place = Place(file: place.file, line: place.line, column: place.column)
    }
  }

  private mutating func line(_ node: YAMLNode?, _ right: Right) -> [MappingPattern]? {
    guard right.isForMappings else { return boolean(node) ? [.all] : nil }
    return list(node, "a mapping", "a name, `journal/*`, or `*`") { MappingPattern($0) }
  }

  /// What two systems are known by would make them one.
  private mutating func checked(
    _ system: SystemAccount, against others: [SystemAccount], at key: YAMLNode
  ) -> SystemAccount {
    for other in others where system.sharesKnowledge(with: other) {
      expect("a system", "credentials of its own; `\(other.name)` has the same", at: key.place)
    }
    return system
  }

  // MARK: MLLP

  private mutating func entrance(
    _ entry: YAMLNode.Entry, _ configuration: GatewayConfiguration
  ) throws(Diagnostic) -> MLLPEntrance {
    var keys = try KeyReader(entry.value, EntranceKeys.mllp)
    defer { diagnostics += keys.diagnostics }
    var entrance = MLLPEntrance(entry.name)
    entrance.address = keys.text("address") ?? entrance.address
    entrance.port = port(keys["port"])
    entrance.mapping = keys.text("mapping")
    for line in keys.entries("messages") { entrance.messages[line.name] = line.value.text ?? "" }
    let modes = AcknowledgementMode.allCases.map(\.rawValue)
    entrance.acknowledgements =
      choice(keys["acknowledgements"], modes).flatMap(AcknowledgementMode.init) ?? .asWished
    entrance.isPlain = boolean(keys["plain"])
    if entrance.mapping == nil, entrance.messages.isEmpty {
      expect("an MLLP entrance", "`mapping` or `messages`", at: entry.key.place)
    }
    checkAddress(of: entrance, configuration, at: keys["address"]?.place ?? entry.key.place)
    return entrance
  }

  private mutating func checkAddress(
    of entrance: MLLPEntrance, _ configuration: GatewayConfiguration, at place: Place
  ) {
    guard let fault = entrance.exposure(hasTLS: configuration.tls != nil, isOpen: configuration.access.isOpen)
    else {
      return
    }
    expect("the address of an MLLP entrance", fault, at: place)
  }

  // MARK: values

  private mutating func list<Item>(
    _ node: YAMLNode?, _ what: String, _ form: String, _ read: (String) -> Item?
  ) -> [Item] {
    guard let node, !node.isEmpty else { return [] }
    return (node.items ?? [node]).compactMap { item in
      if let value = item.text.flatMap(read) { return value }
      expect(what, form, at: item.place)
      return nil
    }
  }

  private mutating func port(_ node: YAMLNode?) -> UInt16 {
    guard let node else { return 0 }
    if let port = node.text.flatMap({ UInt16($0) }) { return port }
    expect("the port", "a whole number from 0 to 65535", at: node.place)
    return 0
  }

  private mutating func boolean(_ node: YAMLNode?) -> Bool {
    choice(node, ["true", "false"]) == "true"
  }

  private mutating func choice(_ node: YAMLNode?, _ words: [String]) -> String? {
    guard let node else { return nil }
    if let text = node.text, words.contains(text) { return text }
    expect("this", words.map { "`\($0)`" }.joined(separator: " or "), at: node.place)
    return nil
  }

  private mutating func expect(_ what: String, _ form: String, at place: Place) {
    diagnostics.append(Diagnostic(.expectedForm(what: what, form: form), at: place))
  }

  private mutating func attempt<T>(_ body: (inout EntranceReader) throws(Diagnostic) -> T) -> T? {
    do throws(Diagnostic) {
      return try body(&self)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}
