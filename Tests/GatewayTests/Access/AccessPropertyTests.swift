import Cryptography
import Gateway
import TestRig
import Testing

/// Access against lines of text, which another reading of the same rules goes through one by one.
struct AccessPropertyTests {
  /// `system knows thing`, `system may right pattern`.
  private struct Lines {
    var knowledge: [(system: String, thing: String)] = []
    var rights: [(system: String, right: Right, pattern: String)] = []
  }

  private static let patterns = ["a/x", "a/y", "b/x", "a/*", "b/*", "a*", "*"]
  private static let mappings = ["a/x", "a/y", "b/x", "a", "c"]
  private static let things = (0..<3).flatMap {
    ["token \($0)", "id \($0)", "print \($0)", "net 10.\($0).0.0/16"]
  }

  private static func lines(_ chance: inout Seeded) -> Lines {
    var lines = Lines()
    for system in ["one", "two", "three"] {
      for thing in things where Int.random(in: 0..<6, using: &chance) == 0 {
        lines.knowledge.append((system, thing))
      }
      for right in Right.allCases where Bool.random(using: &chance) {
        let pattern = right.isForMappings ? patterns.randomElement(using: &chance) ?? "*" : "*"
        lines.rights.append((system, right, pattern))
      }
    }
    return lines
  }

  private static func access(_ lines: Lines, _ isDemanded: Bool) -> Access {
    Access(
      ["one", "two", "three"].map { name in
        var system = SystemAccount(name)
        for line in lines.knowledge where line.system == name {
          let thing = line.thing.split(separator: " ").map(String.init)
          switch thing[0] {
          case "token": system.tokens.append(TokenHash(of: line.thing))
          case "id": system.hsaIDs.append(line.thing)
          case "print": system.fingerprints.append(SHA256.digest(of: Array(line.thing.utf8)).hexadecimal)
          default: system.networks += [Network(thing[1])].compactMap(\.self)
          }
        }
        let own = lines.rights.filter { $0.system == name }
        system.grants = Grants(
          Dictionary(grouping: own, by: \.right).mapValues { $0.compactMap { MappingPattern($0.pattern) } })
        return system
      }, demandsCertificate: isDemanded)
  }

  /// What is shown, and the same as things.
  private static func evidence(_ chance: inout Seeded) -> (Evidence, shown: [String]) {
    var (evidence, shown) = (Evidence(), [String]())
    let number = { (chance: inout Seeded) in Int.random(in: 0..<4, using: &chance) }
    if Int.random(in: 0..<3, using: &chance) == 0 {
      let token = "token \(number(&chance))"
      evidence.token = token
      shown.append(token)
    }
    switch Int.random(in: 0..<4, using: &chance) {
    case 0:
      let (id, print) = ("id \(number(&chance))", "print \(number(&chance))")
      evidence.identity = .verified(
        PeerCertificate(hsaID: id, fingerprint: SHA256.digest(of: Array(print.utf8)), expires: 0))
      shown += [id, print]
    case 1: evidence.identity = .refused(.expired)
    default: break
    }
    if Bool.random(using: &chance) {
      let net = number(&chance)
      evidence.address = "10.\(net).1.1"
      shown.append("net 10.\(net).0.0/16")
    }
    return (evidence, shown)
  }

  @Test(
    "Nothing is allowed that no line allows, and all that lines allow to one system is",
    arguments: UInt64(1)...4)
  func lines(_ seed: UInt64) {
    var chance = Seeded(seed: seed)
    var allowed = 0
    for round in 0..<2500 {
      let lines = Self.lines(&chance)
      let isDemanded = Int.random(in: 0..<5, using: &chance) == 0
      let access = Self.access(lines, isDemanded)
      let (evidence, shown) = Self.evidence(&chance)
      let right = Right.allCases.randomElement(using: &chance) ?? .push
      let mapping = Self.mappings.randomElement(using: &chance) ?? "a/x"
      let may = (try? access.caller(showing: evidence))?.may(right, on: mapping) ?? false
      let expected = Self.isAllowed(lines, evidence, shown, isDemanded, right, mapping)
      #expect(may == expected, "seed \(seed), round \(round): \(lines), \(evidence), \(right) \(mapping)")
      if may { allowed += 1 }
    }
    #expect(allowed > 50, "the property would hold for nothing")
  }

  private static func isAllowed(
    _ lines: Lines, _ evidence: Evidence, _ shown: [String], _ isDemanded: Bool, _ right: Right,
    _ mapping: String
  ) -> Bool {
    let owners = { (kinds: [String]) in
      Set(
        lines.knowledge.filter { line in
          shown.contains(line.thing) && kinds.contains { line.thing.hasPrefix($0) }
        }.map(\.system))
    }
    let (byToken, byCertificate, byNet) = (owners(["token"]), owners(["id", "print"]), owners(["net"]))
    let isRefused = evidence.identity == .refused(.expired)
    let isVerified = evidence.identity != .anonymous && !isRefused
    if isDemanded, !isVerified { return false }
    if evidence.token != nil, byToken.isEmpty { return false }
    if evidence.token == nil, isRefused || isVerified && byCertificate.isEmpty { return false }
    let known = byToken.union(byCertificate)
    let systems = known.isEmpty ? byNet : known
    guard systems.count == 1, let system = systems.first else { return false }
    return lines.rights.contains { line in
      line.system == system && line.right == right
        && (!right.isForMappings || isMeant(mapping, by: line.pattern))
    }
  }

  private static func isMeant(_ mapping: String, by pattern: String) -> Bool {
    pattern == mapping || pattern.last == "*" && mapping.hasPrefix(String(pattern.dropLast()))
  }
}
