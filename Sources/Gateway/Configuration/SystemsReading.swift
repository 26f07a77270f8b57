import Cryptography
import Diagnostics
import Mapping
import YAML

/// Reads the section `systems`.
extension EntranceReader {
  /// Whether anybody may come.
  mutating func readSystems(
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
}
