import Cryptography

/// Who may do what: decided from what somebody shows and wants, and from nothing else.
///
/// Nothing is allowed that no line of a system allows, and nobody is a system without showing what it is
/// known by. Where they show two things, both must be the same system's.
public struct Access: Sendable, Equatable {
  /// Anybody may do anything: for trying things out, on loopback only.
  public static let open = Access(systems: nil, demandsCertificate: false)

  /// Nil when it is open.
  private let systems: [SystemAccount]?
  private let demandsCertificate: Bool

  /// Access for these systems and nobody else.
  /// - Parameter demandsCertificate: whether who shows no certificate, or one that is not believed, is turned
  ///   away whatever else they show.
  public init(_ systems: [SystemAccount], demandsCertificate: Bool = false) {
    self.init(systems: systems, demandsCertificate: demandsCertificate)
  }

  private init(systems: [SystemAccount]?, demandsCertificate: Bool) {
    (self.systems, self.demandsCertificate) = (systems, demandsCertificate)
  }

  /// The systems; none when it is open.
  var accounts: [SystemAccount] { systems ?? [] }

  /// Whether anybody may do anything.
  public var isOpen: Bool { systems == nil }

  /// Who it is that shows this.
  public func caller(showing evidence: Evidence) throws(AccessRefusal) -> Caller {
    guard let systems else { return .anybody }
    try checkDemand(evidence.identity)
    let found = [
      try evidence.token.map { token throws(AccessRefusal) in try Self.owners(of: token, among: systems) },
      try owners(of: evidence.identity, among: systems, isEnough: evidence.token == nil),
    ].compactMap(\.self).joined()
    let owners = found.isEmpty ? try Self.owners(of: evidence, among: systems) : Array(found)
    guard let first = owners.first, owners.allSatisfy({ $0.name == first.name }) else { throw .contradiction }
    return Caller(name: first.name, grants: first.grants)
  }

  private func checkDemand(_ identity: PeerIdentity) throws(AccessRefusal) {
    guard demandsCertificate else { return }
    switch identity {
    case .verified: return
    case .refused(let refusal): throw .wrongCertificate(refusal)
    case .anonymous: throw .certificateDemanded
    }
  }

  /// All hashes are looked at, so that the time tells nothing.
  private static func owners(
    of token: String, among systems: [SystemAccount]
  ) throws(AccessRefusal) -> [SystemAccount] {
    let hash = TokenHash(of: token)
    let owners = systems.filter { system in system.tokens.count { $0.matches(hash) } > 0 }
    guard !owners.isEmpty else { throw .unknownToken }
    return owners
  }

  /// - Parameter isEnough: whether there is nothing else that they may be known by.
  private func owners(
    of identity: PeerIdentity, among systems: [SystemAccount], isEnough: Bool
  ) throws(AccessRefusal) -> [SystemAccount] {
    switch identity {
    case .anonymous: return []
    case .refused(let refusal):
      guard isEnough else { return [] }
      throw .wrongCertificate(refusal)
    case .verified(let certificate):
      let owners = systems.filter { $0.has(certificate) }
      guard !owners.isEmpty || !isEnough else { throw .unknownCertificate }
      return owners
    }
  }

  private static func owners(
    of evidence: Evidence, among systems: [SystemAccount]
  ) throws(AccessRefusal) -> [SystemAccount] {
    guard let address = evidence.address else { throw .noCredentials }
    let owners = systems.filter { $0.networks.contains { $0.contains(address) } }
    guard !owners.isEmpty else { throw .unknownAddress }
    return owners
  }
}

extension SystemAccount {
  fileprivate func has(_ certificate: PeerCertificate) -> Bool {
    if !fingerprints.isEmpty {
      let fingerprint = certificate.fingerprint.hexadecimal
      if fingerprints.contains(where: { $0.lowercased() == fingerprint }) { return true }
    }
    guard let id = certificate.hsaID?.uppercased() else { return false }
    return hsaIDs.contains { $0.uppercased() == id }
  }
}
